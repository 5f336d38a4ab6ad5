import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { ReadError, type ReadOptions, readLoss } from '../../src/read/index.ts'
import { readingEnvironment } from '../support/reading-environment.ts'

/**
 * Losses as documentation and textbooks print them, beside the plain notation typed by hand: both have the same value
 * at random points.
 */
const pasted: readonly (readonly [text: string, plain: string, options?: ReadOptions])[] = [
  // with its name on the left, or in an environment
  [
    '\\mathcal L(\\theta) = \\frac1N \\sum_{i=1}^N (y_i - \\theta x_i)^2',
    '1/N*sum(i=1..N, (y_i-theta*x_i)^2)',
  ],
  ['J(m,b) = \\frac{1}{N}\\sum_{i=1}^{N}(y_i-(mx_i+b))^2', '1/N*sum(i=1..N, (y_i-m*x_i-b)^2)'],
  [
    '\\text{MSE} = \\frac{1}{n} \\sum_{i=1}^{n}(y_i - \\hat{y}_i)^2',
    '1/n*sum(i=1..n, (y_i-yhat_i)^2)',
    { wrt: ['yhat'] },
  ],
  [
    '\\mathrm{MSE}(y, \\hat{y}) = \\frac{1}{n} \\sum_{i=1}^{n} (y_i - \\hat{y}_i)^2.',
    '1/n*sum(i=1..n, (y_i-yhat_i)^2)',
    { wrt: ['yhat'] },
  ],
  ['\\ell(y, \\hat y) = -y\\log\\hat y', '-y*log(yhat)'],
  ['\\mathcal{L}_{\\text{CE}} = -\\sum_{k=1}^{K} y_k \\log \\hat{y}_k', '-sum(k=1..K, y_k*log(yhat_k))'],
  ['\\mathrm{KL}(p\\|q) = \\sum_{k} p_k \\log\\frac{p_k}{q_k}', 'sum(k=1..K, p_k*log(p_k/q_k))'],
  [
    '\\begin{equation} J = \\frac{1}{N}\\sum_{i=1}^N (y_i - m x_i)^2 \\label{eq:j} \\end{equation}',
    '1/N*sum(i=1..N, (y_i-m*x_i)^2)',
  ],
  [
    '\\begin{align*} J(m, b) &= \\frac{1}{N}\\sum_{i=1}^N (y_i - m x_i)^2 \\\\ \\end{align*}',
    '1/N*sum(i=1..N, (y_i-m*x_i)^2)',
  ],
  ['\\[ \\frac{1}{N}\\sum_{i=1}^N (y_i - m x_i)^2 \\]', '1/N*sum(i=1..N, (y_i-m*x_i)^2)'],
  ['$(y-mx)^2$', '(y-m*x)^2'],
  ['$$J = \\frac{1}{N}\\sum_{i=1}^N (y_i - m x_i)^2, \\tag{1}$$', '1/N*sum(i=1..N, (y_i-m*x_i)^2)'],
  ['\\sum_{i=1}^N (y_i-p_i)^2, \\quad p_i = \\sigma(w x_i)', 'sum(i=1..N, (y_i-sigmoid(w*x_i))^2)'],
  ['\\sum_{i=1}^N (y_i-p_i)^2, \\text{ where } p_i = \\sigma(w x_i)', 'sum(i=1..N, (y_i-sigmoid(w*x_i))^2)'],
  // PyTorch
  [
    '\\ell(x, y) = L = \\{l_1,\\dots,l_N\\}^\\top, \\quad l_n = - w_n \\left[ y_n \\cdot \\log x_n + (1 - y_n) \\cdot \\log (1 - x_n) \\right],',
    '-w_n*(y_n*log(x_n)+(1-y_n)*log(1-x_n))',
    { wrt: ['x_n'] },
  ],
  [
    'l_n = \\begin{cases} 0.5 (x_n - y_n)^2 / beta, & \\text{if } |x_n - y_n| < beta \\\\ |x_n - y_n| - 0.5 * beta, & \\text{otherwise } \\end{cases}',
    'if(abs(x_n-y_n) < beta, 0.5*(x_n-y_n)^2/beta, abs(x_n-y_n)-0.5*beta)',
    { wrt: ['x_n'] },
  ],
  [
    '\\text{loss}(x1, x2, y) = \\max(0, -y * (x1 - x2) + \\text{margin})',
    'max(0, -y*(x1-x2)+margin)',
    { wrt: ['x1'] },
  ],
  ['\\exp(\\text{input}) - \\text{target}*\\text{input}', 'exp(input)-target*input', { wrt: ['input'] }],
  [
    '\\text{target}*\\log(\\text{target}) - \\text{target} + 0.5 * \\log(2\\pi\\ \\text{target})',
    'target*log(target)-target+0.5*log(2*pi*target)',
    { wrt: ['target'] },
  ],
  [
    '\\frac{1}{2}\\left[\\ln\\left(\\max(\\text{var}, \\epsilon)\\right) + \\frac{(\\text{input}-\\text{target})^2}{\\max(\\text{var}, \\epsilon)}\\right]',
    '1/2*(log(max(var, epsilon))+(input-target)^2/max(var, epsilon))',
    { wrt: ['input'] },
  ],
  [
    'L(a, p, n) = \\max \\{\\|a - p\\|_2 - \\|a - n\\|_2 + {\\rm margin}, 0\\}',
    'max(sqrt(sum(j=1..d, (a_j-p_j)^2))-sqrt(sum(j=1..d, (a_j-n_j)^2))+margin, 0)',
    { wrt: ['a'] },
  ],
  ['\\operatorname{mean}\\left((y-mx)^2\\right)', '1/N*sum(i=1..N, (y_i-m*x_i)^2)'],
  [
    '\\text{loss}(x, y) = \\sum_i \\log(1 + \\exp(-y[i]*x[i]))',
    'sum(i=1..N, log(1+exp(-y_i*x_i)))',
    { wrt: ['x'] },
  ],
  // scikit-learn
  ['\\min_{w} || X w - y||_2^2', 'sum(i=1..N, (sum(j=1..d, X_{i,j}*w_j)-y_i)^2)'],
  [
    '\\min_{w} || X w - y||_2^2 + \\alpha ||w||_2^2',
    'sum(i=1..N, (sum(j=1..d, X_{i,j}*w_j)-y_i)^2)+alpha*sum(j=1..d, w_j^2)',
  ],
  [
    '\\min_{w} { \\frac{1}{2n} ||X w - y||_2 ^ 2 + \\alpha ||w||_1}',
    '1/(2*n)*sum(i=1..n, (sum(j=1..d, X_{i,j}*w_j)-y_i)^2)+alpha*sum(j=1..d, abs(w_j))',
  ],
  [
    '\\min_{w} { \\frac{1}{2n} ||X w - y||_2 ^ 2 + \\alpha \\rho ||w||_1 + \\frac{\\alpha(1-\\rho)}{2} ||w||_2 ^ 2}',
    '1/(2*n)*sum(i=1..n, (sum(j=1..d, X_{i,j}*w_j)-y_i)^2)+alpha*rho*sum(j=1..d, abs(w_j))+alpha*(1-rho)/2*sum(j=1..d, w_j^2)',
  ],
  [
    '\\frac{1}{n}\\sum_{i=1}^n \\max\\{0, 1-y_i\\langle w, x_i\\rangle\\}',
    '1/n*sum(i=1..n, max(0, 1-y_i*sum(j=1..d, w_j*x_{i,j})))',
  ],
  [
    '\\min_ {w, b} \\frac{1}{2} w^T w + C \\sum_{i=1}^n \\max(0, 1 - y_i (w^T x_i + b))',
    '1/2*sum(j=1..d, w_j^2)+C*sum(i=1..n, max(0, 1-y_i*(sum(j=1..d, w_j*x_{i,j})+b)))',
  ],
  [
    'R^2 = 1 - \\frac{\\sum_{i=1}^{n} (y_i - \\hat{y}_i)^2}{\\sum_{i=1}^{n} (y_i - \\bar{y})^2}',
    '1-sum(i=1..n, (y_i-yhat_i)^2)/sum(i=1..n, (y_i-ybar)^2)',
    { wrt: ['yhat'] },
  ],
  // textbooks and papers
  [
    'E(\\mathbf{w}) = \\frac{1}{2}\\sum_{n=1}^{N}\\{y(x_n,\\mathbf{w}) - t_n\\}^2',
    '1/2*sum(n=1..N, (y(x_n, w)-t_n)^2)',
    { let: ['y(x, w) = w*x^2'] },
  ],
  [
    '\\frac{1}{2}\\sum_{n=1}^N\\{t_n-\\mathbf{w}^\\mathrm{T}\\mathbf{x}_n\\}^2+\\frac{\\lambda}{2}\\mathbf{w}^\\mathrm{T}\\mathbf{w}',
    '1/2*sum(n=1..N, (t_n-sum(j=1..d, w_j*x_{n,j}))^2)+lambda/2*sum(j=1..d, w_j^2)',
  ],
  [
    '\\frac{1}{2m}\\sum_{i=1}^{m}\\left(h_\\theta(x^{(i)}) - y^{(i)}\\right)^2',
    '1/(2*m)*sum(i=1..m, (theta_0+theta_1*x_i-y_i)^2)',
    { let: ['h(x) = theta_0 + theta_1*x'] },
  ],
  [
    'J(\\theta) = -\\frac{1}{m}\\left[\\sum_{i=1}^m y^{(i)}\\log h_\\theta(x^{(i)}) + (1-y^{(i)})\\log(1-h_\\theta(x^{(i)}))\\right]'
      .replace('m y', 'm \\left(y')
      .replace('\\right]', '\\right)\\right]'),
    '-1/m*sum(i=1..m, y_i*log(sigmoid(theta*x_i))+(1-y_i)*log(1-sigmoid(theta*x_i)))',
    { let: ['h(x) = sigmoid(theta*x)'] },
  ],
  [
    'J(\\theta) = -\\sum_{i=1}^m\\sum_{k=1}^K 1\\{y^{(i)} = k\\}\\log\\frac{e^{z_k}}{\\sum_{j=1}^K e^{z_j}}',
    '-sum(i=1..m, sum(k=1..K, ind(y_i==k)*log(exp(z_k)/sum(j=1..K, exp(z_j)))))',
    { wrt: ['z'] },
  ],
  ['\\sum_{i=1}^m (\\hat{y}^{(i)} - y^{(i)})^2', 'sum(i=1..m, (yhat_i-y_i)^2)', { wrt: ['yhat'] }],
  [
    '\\left\\| y - X\\beta \\right\\|_2^2 + \\lambda \\left\\| \\beta \\right\\|_1',
    'sum(i=1..N, (y_i-sum(j=1..d, X_{i,j}*beta_j))^2)+lambda*sum(j=1..d, abs(beta_j))',
  ],
  [
    '\\hat\\beta = \\arg\\min_\\beta \\sum_{i=1}^n (y_i - \\beta x_i)^2'.replace('\\hat\\beta = ', ''),
    'sum(i=1..n, (y_i-beta*x_i)^2)',
  ],
  ['\\operatorname*{arg\\,min}_\\beta \\sum_{i=1}^n (y_i - \\beta x_i)^2', 'sum(i=1..n, (y_i-beta*x_i)^2)'],
  ['\\underset{w}{\\min} \\sum_{i=1}^n (y_i - w x_i)^2', 'sum(i=1..n, (y_i-w*x_i)^2)'],
  ['\\mathbb E_{x,y\\sim D}[(y - m x)^2]', '1/N*sum(i=1..N, (y_i-m*x_i)^2)'],
  [
    '\\mathbb{E}_{(x,y)\\sim\\mathcal{D}}\\left[\\log(1+e^{-y m x})\\right]',
    '1/N*sum(i=1..N, log(1+exp(-y_i*m*x_i)))',
  ],
  ['\\mathbb E_i (y_i - m x_i)^2', '1/N*sum(i=1..N, (y_i-m*x_i)^2)'],
  ['\\mathbb{E}_{s,a\\sim\\pi}\\left[(Q - s a)^2\\right]', '1/N*sum(i=1..N, (Q-s_i*a_i)^2)', { wrt: ['Q'] }],
  [
    '\\hat{\\mathbb E}_t\\left[\\min(r_t \\hat A_t, \\operatorname{clip}(r_t, 1-\\epsilon, 1+\\epsilon)\\hat A_t)\\right]',
    '1/N*sum(t=1..N, min(r_t*Ahat_t, min(max(r_t, 1-epsilon), 1+epsilon)*Ahat_t))',
    { wrt: ['r'] },
  ],
  ['E[(y-m*x)^2]', '1/N*sum(i=1..N, (y_i-m*x_i)^2)'],
  ['-\\sum_{n=1}^{N} \\ln \\mathcal{N}(y_n \\mid \\mu, v)', 'sum(n=1..N, 1/2*log(2*pi*v)+(y_n-mu)^2/(2*v))'],
  ['\\sum_{i\\in\\{1,\\dots,N\\}} (y_i - m x_i)^2', 'sum(i=1..N, (y_i-m*x_i)^2)'],
  ['\\sum_{i\\in\\{1..N\\}} (y_i - m x_i)^2', 'sum(i=1..N, (y_i-m*x_i)^2)'],
  ['\\sum_{i \\in [N]} (y_i - m x_i)^2', 'sum(i=1..N, (y_i-m*x_i)^2)'],
  ['\\frac{1}{|\\mathcal B|}\\sum_{i\\in\\mathcal B} (y_i - m x_i)^2', '1/N*sum(i=1..N, (y_i-m*x_i)^2)'],
  ['\\sum\\limits_{i=1}^{N} (y_i - m x_i)^2', 'sum(i=1..N, (y_i-m*x_i)^2)'],
  ['\\sum_{1\\le i<j\\le n} (u_i - u_j)^2', 'sum(i=1..n, sum(j=i+1..n, (u_i-u_j)^2))', { wrt: ['u'] }],
  [
    '\\sum_{i\\neq j} A_{ij} u_i u_j',
    'sum(i=1..N, sum(j=1..N, if(i==j, 0, A_{i,j}*u_i*u_j)))',
    { wrt: ['u'] },
  ],
  ['\\sum_{j\\neq c} \\max(0, z_j - z_c + 1)', 'sum(j=1..d, if(j==c, 0, max(0, z_j-z_c+1)))', { wrt: ['z'] }],
  [
    "-\\sum_{c=1}^C y_{c}\\log\\frac{\\exp(z_{c})}{\\sum_{c'=1}^C\\exp(z_{c'})}",
    '-sum(c=1..C, y_c*log(exp(z_c)/sum(k=1..C, exp(z_k))))',
    { wrt: ['z'] },
  ],
  ['\\log_2(1+u^2) + \\log_{10} u + \\log_b u', 'log2(1+u^2)+log10(u)+log(u,b)', { wrt: ['u'] }],
  ['-\\log \\operatorname{softmax}(z)_k', '-log(exp(z_k)/sum(j=1..d, exp(z_j)))', { wrt: ['z_q'] }],
  ['\\operatorname{logsumexp}(z) - z_k', 'log(sum(j=1..d, exp(z_j)))-z_k', { wrt: ['z_q'] }],
  ["\\sigma'(u)", 'sigmoid(u)*(1-sigmoid(u))', { wrt: ['u'] }],
  ['\\mathbb{1}\\{u\\le v\\} u^2', 'if(u<=v, u^2, 0)', { wrt: ['u'] }],
  ['\\mathbf 1_{u > 0} u', 'if(u>0, u, 0)', { wrt: ['u'] }],
  ['\\mathbb I(u > 0) u + \\mathbb{I}[v > u]', 'if(u>0, u, 0)+if(v>u, 1, 0)', { wrt: ['u'] }],
  ['[u > v]\\,u + \\mathbf{1}_{\\{v>0\\}}', 'if(u>v, u, 0)+if(v>0, 1, 0)', { wrt: ['u'] }],
  ['w_{\\text{out}} \\tanh(w_{\\text{low}} u)', 'w_out*tanh(w_low*u)', { wrt: ['w_out', 'w_low'], let: [] }],
  ['(w^{[2]} \\tanh(w^{[1]} u) + b^{[2]})^2', '(w^{[2]}*tanh(w^{[1]}*u)+b^{[2]})^2'],
  [
    '\\frac{2\\operatorname{TP}}{2\\operatorname{TP}+\\operatorname{FP}+\\operatorname{FN}}',
    '2*TP/(2*TP+FP+FN)',
  ],
  ['\\sum_i (\\text{pred}_i - \\text{target}_i)^2', 'sum(i=1..N, (pred_i-target_i)^2)', { wrt: ['pred'] }],
  [
    '-\\sum_{i=1}^N \\log p_\\theta(y_i \\mid x_i)',
    '-sum(i=1..N, log(sigmoid(y_i*theta*x_i)))',
    { let: ['p(y, x) = sigmoid(y*theta*x)'] },
  ],
  [
    '\\sum_{i=1}^N (y_i - f(x_i;\\theta))^2',
    'sum(i=1..N, (y_i-theta*x_i)^2)',
    { let: ['f(x, theta) = theta*x'] },
  ],
  [
    '\\sum_{x} P(x)\\log\\frac{P(x)}{Q(x)}',
    'sum(k=1..N, P(k)*log(P(k)/Q(k)))',
    { let: ['P(k) = exp(u*k)', 'Q(k) = exp(v*k^2)'] },
  ],
  [
    '\\frac{u \\cdot v}{\\max(\\|u\\|_2 \\cdot \\|v\\|_2, \\epsilon)}',
    'sum(j=1..d, u_j*v_j)/max(sqrt(sum(j=1..d, u_j^2))*sqrt(sum(j=1..d, v_j^2)), epsilon)',
  ],
  [
    '-\\log \\frac{\\exp(z_i^\\top z_j/\\tau)}{\\sum_{k=1}^N \\exp(z_i^\\top z_k/\\tau)}',
    '-log(exp(sum(q=1..d, z_{i,q}*z_{j,q})/tau)/sum(k=1..N, exp(sum(q=1..d, z_{i,q}*z_{k,q})/tau)))',
    { wrt: ['z'] },
  ],
  [
    '\\dfrac{1}{N}\\displaystyle\\sum_{i=1}^N \\bigg( y_i - \\big(m x_i + b\\big) \\bigg)^2',
    '1/N*sum(i=1..N, (y_i-m*x_i-b)^2)',
  ],
  ['\\tfrac12\\lvert y - u\\rvert^2 + \\frac12 u^{\\frac13}', '1/2*abs(y-u)^2+1/2*u^(1/3)', { wrt: ['u'] }],
  ['Σ_{i=1}^{N} ½·(yᵢ − m·xᵢ)² + λ‖w‖²', 'sum(i=1..N, 1/2*(y_i-m*x_i)^2)+lambda*sum(j=1..d, w_j^2)'],
  ['\\sum_{t=2}^{T} u_t^2', 'sum(t=2..T, u_t^2)', { wrt: ['u'] }],
  ['\\prod_{t=1}^T u_t', 'prod(t=1..T, u_t)', { wrt: ['u'] }],
  ['\\sum_{i=1}^{N} f(x_i)^2', 'sum(i=1..N, (10*x_i*m)^2)', { wrt: ['m'], let: ['f(x) = 10 \\cdot x m'] }],
  ['\\sum_{t=1}^{T-1} (u_{t+1} - u_t)^2', 'sum(t=1..T-1, (u_{t+1}-u_t)^2)', { wrt: ['u'] }],
  // signs, marks and words in several spellings
  ['\\mathbb{1}\\{u \\not= v\\} u', 'if(u==v, 0, u)', { wrt: ['u'] }],
  ['\\sum_{i=1}^n (y_i - \\hat{y_i})^2', 'sum(i=1..n, (y_i-yhat_i)^2)', { wrt: ['yhat'] }],
  ['\\mathcal{L_{BT}} = \\sum_{i=1}^N \\bar{x_i}^2 w', 'sum(i=1..N, xbar_i^2*w)', { wrt: ['w'] }],
  ['\\frac{{}\\left| u \\right|}{v}', 'abs(u)/v', { wrt: ['u'] }],
  ['\\sum_{i=1}^n [1 - y_i m x_i]_+ + (m)_{+}^2', 'sum(i=1..n, max(0, 1-y_i*m*x_i))+max(0, m)^2'],
  ['u \\text{Tanh}(u) + \\text{ReLU}(u)', 'u*tanh(u)+max(0, u)', { wrt: ['u'] }],
  ['u - v\\log u + \\log v!', 'u-v*log(u)+lgamma(v+1)', { wrt: ['u'] }],
  ['\\text{input} + \\log(\\text{target!})', 'input+lgamma(target+1)', { wrt: ['input'] }],
  ['u^2 + (v+1)! + \\text{const.}', 'u^2+gamma(v+2)', { wrt: ['u'] }],
  ['\\left(\\vert u \\vert^3\\right)^{1/3}', 'abs(u)', { wrt: ['u'] }],
  [
    '\\begin{cases} 0 & \\text{if~} u \\le -3, \\\\ u^2 & \\text{for }u>0\\text{ (right)} \\\\ u & \\text{otherwise.} \\end{cases}',
    'if(u<=-3, 0, u>0, u^2, u)',
    { wrt: ['u'] },
  ],
  ['w^* + w_* + (\\theta^-)u_+', 'w_star+w_star+theta_minus*u_plus', { wrt: ['u_plus'] }],
  // what the left side may be
  ['\\ln p(\\mathbf{X} | \\mu) = -\\sum_{n=1}^N (x_n - \\mu)^2', '-sum(n=1..N, (x_n-mu)^2)'],
  ['L(y_i, f(u)) = \\max(0, 1 - v u)', 'max(0, 1-v*u)', { wrt: ['u'] }],
  ['loss(x, y) = u^2 v', 'u^2*v', { wrt: ['u'] }],
  ['L^{CLIP}(\\theta) = \\theta^2 v', 'theta^2*v'],
  ['\\|A\\|_{\\text{Fro}} = \\sqrt{u^2 + v^2}', 'sqrt(u^2+v^2)', { wrt: ['u'] }],
  ['R^2(y, \\hat{y}) \\doteq 1 - u^2', '1-u^2', { wrt: ['u'] }],
  ['E(w) = -\\ln p(t | w) = u^2 - v', 'u^2-v', { wrt: ['u'] }],
  ['L(w, b) = \\frac1n\\sum_{i=1}^n l^{(i)}(w, b) = u^2 - v', 'u^2-v', { wrt: ['u'] }],
  ['\\tilde E(w) := u^2 v, \\quad v = u + 1', 'u^2*(u+1)', { wrt: ['u'] }],
  // programs
  ['np.mean((y - (w*x + b))**2)', '1/N*sum(i=1..N, (y_i-w*x_i-b)^2)'],
  ['-torch.mean(y*torch.log(torch.sigmoid(w*x)))', '-1/N*sum(i=1..N, y_i*log(sigmoid(w*x_i)))'],
  ['tf.reduce_mean(tf.square(y - w*x))', '1/N*sum(i=1..N, (y_i-w*x_i)^2)'],
  ['((y - w*x)**2).mean() + (w - 1).abs()', '1/N*sum(i=1..N, (y_i-w*x_i)^2)+abs(w-1)'],
  ['F.softplus(-y*w*x).sum()', 'sum(i=1..N, log(1+exp(-y_i*w*x_i)))'],
  ['torch.exp(u).pow(2)', 'exp(u)^2', { wrt: ['u'] }],
  // indices, counts, norms and functions of vectors
  ['\\sum_{n=1}^N \\frac{u_n}{\\sum_{n=1}^N v_n}', 'sum(n=1..N, u_n)/sum(n=1..N, v_n)', { wrt: ['u'] }],
  ['\\sum_i \\frac{u_i^2}{\\text{u.size}(0)}', '1/N*sum(i=1..N, u_i^2)', { wrt: ['u'] }],
  ['sum(i=1..n, u_i^2)/len(u) + u.numel()', 'sum(i=1..n, u_i^2)/n+n', { wrt: ['u'] }],
  [
    '\\|W\\|_{2,1} + \\|W\\|_{\\text{Fro}}^2',
    'sum(i=1..d, sqrt(sum(j=1..K, W_{i,j}^2)))+sum(i=1..d, sum(j=1..K, W_{i,j}^2))',
  ],
  [
    '1 - \\cos(u, v)',
    '1-sum(j=1..d, u_j*v_j)/(sqrt(sum(j=1..d, u_j^2))*sqrt(sum(j=1..d, v_j^2)))',
    { wrt: ['u'] },
  ],
  ["\\sum_{i=1}^n (y_i - \\beta' x_i)^2", 'sum(i=1..n, (y_i-sum(j=1..d, beta_j*x_{i,j}))^2)'],
  ["(u + V(s') - V(s))^2", '(u+v*sprime^2-v*s^2)^2', { wrt: ['v'], let: ['V(s) = v s^2'] }],
  [
    '\\sum_{i=1}^n \\theta^{(k)\\top} x^{(i)}',
    'sum(i=1..n, sum(j=1..d, theta_{k,j}*x_{i,j}))',
    { wrt: ['theta'] },
  ],
  [
    '\\sum_{i=1}^n (y_i - X_i w)^2 + \\|w\\|_1',
    'sum(i=1..n, (y_i-sum(j=1..d, X_{i,j}*w_j))^2)+sum(j=1..d, abs(w_j))',
  ],
  ['-\\log\\sigma(u_o^\\top v_c)', '-log(sigmoid(sum(j=1..d, u_{o,j}*v_{c,j})))', { wrt: ['v_c'] }],
  ['\\max \\{0, margin - u\\}', 'max(0, margin-u)', { wrt: ['u'] }],
  ['mean(square(y_true - m*x))', '1/N*sum(i=1..N, (y_true_i-m*x_i)^2)', { data: ['x', 'y_true'] }],
  ['mean(maximum(1 - y*p, 0))', '1/N*sum(i=1..N, max(0, 1-y_i*p_i))', { wrt: ['p'], data: ['y', 'p'] }],
  // words above names, conditions below sums, operators over their index
  [
    '\\sum_{i=1}^n (u_i - v^{\\text{ref}}_i)(v_i^{\\text{old}} - u^{new}_i)'.replace('new', '\\text{new}'),
    'sum(i=1..n, (u_i-v_ref_i)*(v_old_i-u_new_i))',
    { wrt: ['u'] },
  ],
  ['\\sum_{i : v_i > 0.5} u_i^2', 'sum(i=1..N, if(v_i>0.5, u_i^2, 0))', { wrt: ['u'] }],
  [
    '\\hat\\beta = \\underset{\\beta}{\\operatorname{arg\\,min}} \\sum_{i=1}^n (y_i - \\beta x_i)^2',
    'sum(i=1..n, (y_i-beta*x_i)^2)',
  ],
  ['\\underset{x\\sim P}{\\mathbb{E}} \\left[ w x \\right]', '1/N*sum(i=1..N, w*x_i)'],
  ['u^\\prime + (u^{\\prime})v', 'uprime+uprime*v', { wrt: ['v'] }],
  // LaTeX without its backslashes, binomials, norms as functions
  ['(1/N) sum_{i=1}^{N} (y_i - m x_i - b)^2', '1/N*sum(i=1..N, (y_i-m*x_i-b)^2)'],
  [
    'sum_i (y_i - m*x_i)^2 + prod_{i=1}^N u_i',
    'sum(i=1..N, (y_i-m*x_i)^2)+prod(i=1..N, u_i)',
    { wrt: ['m'] },
  ],
  ['1/n * Σ (y - m*x)²', '1/n*sum(i=1..n, (y_i-m*x_i)^2)'],
  ['\\binom{n}{k} p^k (1-p)^{n-k}', 'gamma(n+1)/(gamma(k+1)*gamma(n-k+1))*p^k*(1-p)^(n-k)', { wrt: ['p'] }],
  ['\\log\\binom{n}{k} + k \\log p', 'lgamma(n+1)-lgamma(k+1)-lgamma(n-k+1)+k*log(p)', { wrt: ['p'] }],
  ['\\frac{100\\%}{n} \\sum_{t=1}^n |F_t - A_t|', '100/n*sum(t=1..n, abs(F_t-A_t))', { wrt: ['F'] }],
  [
    '-\\log\\frac{\\exp(\\mathbf{q}\\cdot\\mathbf{k}_{+})}{\\sum_{i=1}^{K}\\exp(\\mathbf{q}\\cdot\\mathbf{k}_{i})}',
    '-log(exp(sum(j=1..d, q_j*k_plus_j))/sum(i=1..K, exp(sum(j=1..d, q_j*k_{i,j}))))',
    { wrt: ['q'] },
  ],
  ['norm(u)^2 + clamp(v, 0, 1)', 'sum(j=1..d, u_j^2)+min(max(v, 0), 1)', { wrt: ['u'] }],
  // rows, words below, braces, remarks
  [
    '\\begin{aligned} J &= \\frac{1}{N}\\sum_{i=1}^N (y_i-\\hat y_i)^2 \\\\ \\hat y_i &= w x_i + b \\end{aligned}',
    '1/N*sum(i=1..N, (y_i-w*x_i-b)^2)',
  ],
  [
    '\\begin{align} L &= (y-a)^2 \\\\ a &= \\sigma(z) \\\\ z &= wx+b \\end{align}',
    '(y-sigmoid(w*x+b))^2',
    { data: ['x', 'y'], wrt: ['w', 'b'] },
  ],
  [
    'L = (y-a)^2, \\quad a = \\sigma(z), \\quad z = wx+b',
    '(y-sigmoid(w*x+b))^2',
    { data: ['x', 'y'], wrt: ['w', 'b'] },
  ],
  ['J = (y - m)^2 \\\\ &+ \\lambda m^2', '(y-m)^2+lambda*m^2'],
  ['L = L_{cls} + \\lambda L_{box} + D_{KL}', 'L_cls+lambda*L_box+D_KL', { wrt: ['L_cls'] }],
  ['\\sum_{i=1}^n y_i \\log{\\sigma{(w x_i)}}', 'sum(i=1..n, y_i*log(sigmoid(w*x_i)))'],
  ['\\sum_{i=1}^n(\\underbrace{m x_i}_{\\hat{y}_i} - y_i)^2 \\qquad (3)', 'sum(i=1..n, (m*x_i-y_i)^2)'],
  ['{\\textstyle\\sum}_{i=1}^{n}\\mathopen{}(\\color{red}{m x_i} - y_i)^2', 'sum(i=1..n, (m*x_i-y_i)^2)'],
  ['\\sum_{i=1}^n (y_i - w x_i)^2 \\quad \\text{s.t. } w \\le 1', 'sum(i=1..n, (y_i-w*x_i)^2)'],
  ['\\max_{j \\ne c} (-u_j - 2)', 'max(j=1..N, if(j==c, -100, -u_j-2))', { wrt: ['u'] }],
  ['\\min_{j : v_j > 0.5} (u_j + 2)', 'min(j=1..N, if(v_j > 0.5, u_j+2, 100))', { wrt: ['u'] }],
]

describe('losses as they are pasted', () => {
  for (const [text, plain, options = {}] of pasted) {
    test(text, () => {
      const one = readLoss(text, options)
      const other = readLoss(plain, options)
      const seed = 20261125
      const env = readingEnvironment(seed, [one, other])
      const expected = evaluate(other.loss, env, other.scope)
      expect(Number.isFinite(expected)).toBe(true)
      expect(evaluate(one.loss, env, one.scope), `seed ${seed}`).toBeCloseTo(expected, 10)
    })
  }

  test('are many', () => {
    expect(pasted.length).toBeGreaterThanOrEqual(60)
  })
})

describe('what cannot be read is told', () => {
  test.each([
    ['\\mathbb E[m^2]', 'nothing in this expectation belongs to a sample'],
    ['x^2 = 3', 'a condition is no loss'],
    ['J = m^2 \\\\ \\frac{\\partial J}{\\partial m} = 2m', 'another equation begins here'],
    ['\\sum_{(u,i)\\in K} (u_i - v)^2', 'a sum over a set of pairs'],
    ['x $ y', 'unexpected character "$"'],
    ['\\left( x + 1', 'expected ")" to close'],
    ['\\sum_ x', 'x'],
    ['\\foo{x}', 'unknown command \\foo'],
    ['\\langle w, x', 'expected "\\rangle" to close'],
    ['\\langle w\\rangle', 'expected ","'],
  ])('%s', (text, message) => {
    try {
      readLoss(text)
    } catch (error) {
      expect(error).toBeInstanceOf(ReadError)
      expect((error as ReadError).message).toContain(message)
      return
    }
    expect.unreachable()
  })
})
