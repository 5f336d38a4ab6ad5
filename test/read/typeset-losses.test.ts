import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { type ReadOptions, readLoss } from '../../src/read/index.ts'
import { readingEnvironment } from '../support/reading-environment.ts'

/**
 * Losses of regression, classification, likelihood, kernels and factorisation in the LaTeX of several authors, and as
 * typed by hand, beside the plain notation with all indices: both have the same value at random points.
 */
const typeset: readonly (readonly [text: string, plain: string, options?: ReadOptions])[] = [
  [
    String.raw`\mathcal{L}(\mathbf{w}) = \frac{1}{2N}\sum_{i=1}^{N}\left(\mathbf{w}^{\top}\mathbf{x}^{(i)} - y^{(i)}\right)^{2} + \frac{\lambda}{2}\left\lVert \mathbf{w}\right\rVert_{2}^{2}`,
    '1/(2*N)*sum(i=1..N, (sum(j=1..d, w_j*x_{i,j})-y_i)^2)+lambda/2*sum(j=1..d, w_j^2)',
  ],
  [
    String.raw`J(\theta)=\frac{1}{2}\sum_{i=1}^{m}(h_{\theta}(x^{(i)})-y^{(i)})^{2}`,
    '1/2*sum(i=1..m, (theta_0+theta_1*x_i-y_i)^2)',
    { let: ['h_{\\theta}(x) = \\theta_0 + \\theta_1 x'] },
  ],
  [
    String.raw`\mathrm{NLL} = -\sum_{i=1}^{n} \left[ y_i \log \pi_i + (1-y_i)\log(1-\pi_i) \right], \quad \pi_i = \frac{1}{1+e^{-(\beta_0+\beta_1 x_i)}}`,
    '-sum(i=1..n, y_i*log(1/(1+exp(-(beta_0+beta_1*x_i))))+(1-y_i)*log(1-1/(1+exp(-(beta_0+beta_1*x_i)))))',
    { wrt: ['beta_0', 'beta_1'] },
  ],
  [
    String.raw`-\frac{1}{N}\sum_{n=1}^{N}\sum_{c=1}^{C} t_{n,c}\,\ln\!\left(\frac{e^{a_{n,c}}}{\sum_{c'=1}^{C}e^{a_{n,c'}}}\right)`,
    '-1/N*sum(n=1..N, sum(c=1..C, t_{n,c}*log(exp(a_{n,c})/sum(k=1..C, exp(a_{n,k})))))',
    { wrt: ['a'] },
  ],
  [
    String.raw`\frac{1}{n}\|\mathbf{y}-\mathbf{X}\boldsymbol{\beta}\|_2^2+\lambda\|\boldsymbol{\beta}\|_1`,
    '1/n*sum(i=1..n, (y_i-sum(j=1..d, X_{i,j}*beta_j))^2)+lambda*sum(j=1..d, abs(beta_j))',
  ],
  [
    String.raw`(\mathbf{y}-\mathbf{X}\mathbf{w})^{\mathsf T}(\mathbf{y}-\mathbf{X}\mathbf{w})`,
    'sum(i=1..N, (y_i-sum(j=1..d, X_{i,j}*w_j))^2)',
  ],
  [
    String.raw`\frac{1}{2}\mathbf{w}^T\mathbf{w} + C\sum_{i=1}^{n}\xi_i^2`,
    '1/2*sum(j=1..d, w_j^2)+C*sum(i=1..n, xi_i^2)',
    { wrt: ['w', 'xi'] },
  ],
  [
    String.raw`\sum_{i=1}^{n}\max\left(0,\,1-y_i\left(\langle\mathbf{w},\mathbf{x}_i\rangle+b\right)\right)`,
    'sum(i=1..n, max(0, 1-y_i*(sum(j=1..d, w_j*x_{i,j})+b)))',
  ],
  [
    String.raw`\frac{1}{N} \sum_{i=1}^N \rho_\tau(y_i - x_i \beta), \quad \rho_\tau(u) = u(\tau - \mathbb{1}_{u<0})`,
    '1/N*sum(i=1..N, (y_i-x_i*beta)*(tau-if(y_i-x_i*beta<0, 1, 0)))',
  ],
  [
    String.raw`L_\delta(a) = \begin{cases} \frac{1}{2}{a^2} & \text{for } |a| \le \delta, \\ \delta \cdot \left(|a| - \frac{1}{2}\delta\right), & \text{otherwise.} \end{cases}`,
    'if(abs(a)<=delta, 1/2*a^2, delta*(abs(a)-delta/2))',
    { wrt: ['a'] },
  ],
  [
    String.raw`\mathcal{L}_{\mathrm{triplet}} = \max\left(\|f_a - f_p\|_2^2 - \|f_a - f_n\|_2^2 + m, 0\right)`,
    'max(sum(j=1..d, (f_{a,j}-f_{p,j})^2)-sum(j=1..d, (f_{a,j}-f_{n,j})^2)+m, 0)',
    { wrt: ['f'] },
  ],
  [
    String.raw`D_{\mathrm{KL}} = \sum_{i} P(i)\,\log\frac{P(i)}{Q(i)}`,
    'sum(i=1..N, (i*u)*log((i*u)/(v*i^2)))',
    { let: ['P(i)=i*u', 'Q(i)=v*i^2'], wrt: ['u', 'v'] },
  ],
  [
    String.raw`\frac{1}{|B|}\sum_{i\in B}\left(y_i-\hat y_i\right)^2`,
    '1/N*sum(i=1..N, (y_i-yhat_i)^2)',
    { wrt: ['yhat'] },
  ],
  [String.raw`\tfrac{1}{2}\, \textstyle\sum_i (t_i-o_i)^2`, '1/2*sum(i=1..N, (t_i-o_i)^2)', { wrt: ['o'] }],
  [String.raw`E=\frac12\sum_k (t_k - y_k)^2`, '1/2*sum(k=1..K, (t_k-y_k)^2)', { wrt: ['y'] }],
  [
    String.raw`\sqrt{\frac{\sum_{i=1}^{N}(y_i-\hat{y}_i)^2}{N}}`,
    'sqrt(sum(i=1..N, (y_i-yhat_i)^2)/N)',
    { wrt: ['yhat'] },
  ],
  [String.raw`\log\sum_{i=1}^{n} e^{x_i}`, 'log(sum(i=1..n, exp(x_i)))', { wrt: ['x'] }],
  [
    String.raw`\frac{\sum_{i}(x_i-\bar{x})(y_i-\bar{y})}{\sqrt{\sum_i (x_i-\bar x)^2\sum_i(y_i-\bar y)^2}}`,
    'sum(i=1..N, (x_i-xbar)*(y_i-ybar))/sqrt(sum(i=1..N, (x_i-xbar)^2)*sum(i=1..N, (y_i-ybar)^2))',
    { wrt: ['x'] },
  ],
  [
    String.raw`\prod_{i=1}^n \frac{1}{\sqrt{2\pi\sigma^2}}\exp\left(-\frac{(x_i-\mu)^2}{2\sigma^2}\right)`,
    'prod(i=1..n, 1/sqrt(2*pi*sigma^2)*exp(-(x_i-mu)^2/(2*sigma^2)))',
    { wrt: ['mu', 'sigma'] },
  ],
  [
    String.raw`-\frac{n}{2}\log(2\pi\sigma^2)-\frac{1}{2\sigma^2}\sum_{i=1}^{n}(y_i-\beta x_i)^2`,
    '-n/2*log(2*pi*sigma^2)-1/(2*sigma^2)*sum(i=1..n, (y_i-beta*x_i)^2)',
  ],
  [
    String.raw`n\log\lambda-\lambda\sum_{i=1}^n x_i`,
    'n*log(lambda)-lambda*sum(i=1..n, x_i)',
    { wrt: ['lambda'] },
  ],
  [
    String.raw`\sum_{t=1}^{T}\gamma^{t-1}r_t\log\pi_t`,
    'sum(t=1..T, gamma^(t-1)*r_t*log(pi_t))',
    { wrt: ['pi'] },
  ],
  [
    String.raw`\frac{1}{2}\left(r + \gamma w^\top\phi' - w^\top\phi\right)^2`,
    '1/2*(r+gamma*sum(j=1..d, w_j*phiprime_j)-sum(j=1..d, w_j*phi_j))^2',
    { wrt: ['w'] },
  ],
  [
    String.raw`\sum_{i=1}^{N}\log\left(1+\exp\left(-y_i\,\mathbf{w}^{\top}\mathbf{x}_i\right)\right)`,
    'sum(i=1..N, log(1+exp(-y_i*sum(j=1..d, w_j*x_{i,j}))))',
  ],
  [
    String.raw`\frac{1}{m}\sum_{i=1}^m\left[-y_i\log\hat{y}_i-(1-y_i)\log(1-\hat{y}_i)\right]+\frac{\lambda}{2m}\sum_{j=1}^n\theta_j^2`,
    '1/m*sum(i=1..m, -y_i*log(yhat_i)-(1-y_i)*log(1-yhat_i))+lambda/(2*m)*sum(j=1..n, theta_j^2)',
    { wrt: ['yhat', 'theta'] },
  ],
  [
    String.raw`\frac{1}{N}\sum_{i=1}^{N}\left|\frac{A_i-F_i}{A_i}\right|`,
    '1/N*sum(i=1..N, abs((A_i-F_i)/A_i))',
    { wrt: ['F'] },
  ],
  [
    String.raw`\mathrm{SMAPE}=\frac{100\%}{n}\sum_{t=1}^n\frac{|F_t-A_t|}{(|A_t|+|F_t|)/2}`,
    '100/n*sum(t=1..n, abs(F_t-A_t)/((abs(A_t)+abs(F_t))/2))',
    { wrt: ['F'] },
  ],
  [
    String.raw`\alpha\sum_{i}|w_i|+\beta\sum_{i}w_i^2`,
    'alpha*sum(i=1..N, abs(w_i))+beta*sum(i=1..N, w_i^2)',
    { wrt: ['w'] },
  ],
  [
    String.raw`\sum_{i<j}\log\left(1+e^{-(s_i-s_j)}\right)`,
    'sum(i=1..N, sum(j=i+1..N, log(1+exp(-(s_i-s_j)))))',
    { wrt: ['s'] },
  ],
  [
    String.raw`\sum_{i=1}^{n-1}\sum_{j=i+1}^{n}(u_i-u_j)^2`,
    'sum(i=1..n-1, sum(j=i+1..n, (u_i-u_j)^2))',
    { wrt: ['u'] },
  ],
  [
    String.raw`\sum_{i}\sum_{j\ne i}\frac{q_iq_j}{|r_i-r_j|}`,
    'sum(i=1..N, sum(j=1..N, if(j==i, 0, q_i*q_j/abs(r_i-r_j))))',
    { wrt: ['r'] },
  ],
  [String.raw`\operatorname{tr}(A^\top A)`, 'sum(i=1..d, sum(j=1..K, A_{j,i}^2))', { wrt: ['A'] }],
  [
    String.raw`\|X - UV^\top\|_F^2 + \lambda(\|U\|_F^2+\|V\|_F^2)`,
    'sum(i=1..N, sum(j=1..d, (X_{i,j}-sum(k=1..K, U_{i,k}*V_{j,k}))^2))+lambda*(sum(i=1..N, sum(k=1..K, U_{i,k}^2))+sum(j=1..d, sum(k=1..K, V_{j,k}^2)))',
    { wrt: ['U', 'V'] },
  ],
  [
    String.raw`\frac{1}{N}\sum_{n=1}^{N}\|\mathbf{x}_n-\mathbf{W}\mathbf{W}^\top\mathbf{x}_n\|^2`,
    '1/N*sum(n=1..N, sum(a=1..d, (x_{n,a}-sum(b=1..K, W_{a,b}*sum(c=1..d, W_{c,b}*x_{n,c})))^2))',
    { wrt: ['W'] },
  ],
  [
    String.raw`-\log\left(\frac{e^{s_{y}}}{\sum_j e^{s_j}}\right)`,
    '-log(exp(s_y)/sum(j=1..d, exp(s_j)))',
    { wrt: ['s'] },
  ],
  [
    String.raw`\sum_k \alpha_k (1-p_k)^{\gamma} (-y_k\log p_k)`,
    'sum(k=1..K, alpha_k*(1-p_k)^gamma*(-y_k*log(p_k)))',
    { wrt: ['p'] },
  ],
  [String.raw`\frac{1}{2}(\sigma(w^\top x + b) - y)^2`, '1/2*(sigmoid(sum(j=1..d, w_j*x_j)+b)-y)^2'],
  [
    String.raw`\frac12\lVert \sigma(Wx+b)-y\rVert^2`,
    '1/2*sum(j=1..d, (sigmoid(sum(k=1..K, W_{j,k}*x_k)+b_j)-y_j)^2)',
    { wrt: ['W', 'b'] },
  ],
  [
    String.raw`-\sum_{k} y_k \log\left(\operatorname{softmax}(Wx+b)_k\right)`,
    '-sum(k=1..K, y_k*log(exp(sum(j=1..d, W_{k,j}*x_j)+b_k)/sum(l=1..K, exp(sum(j=1..d, W_{l,j}*x_j)+b_l))))',
    { wrt: ['W', 'b'] },
  ],
  [
    String.raw`\left\|\frac{x}{\|x\|}-\frac{y}{\|y\|}\right\|^2`,
    'sum(j=1..d, (x_j/sqrt(sum(k=1..d, x_k^2))-y_j/sqrt(sum(k=1..d, y_k^2)))^2)',
    { wrt: ['x'] },
  ],
  [
    String.raw`1-\frac{x^\top y}{\|x\|\,\|y\|}`,
    '1-sum(j=1..d, x_j*y_j)/(sqrt(sum(j=1..d, x_j^2))*sqrt(sum(j=1..d, y_j^2)))',
    { wrt: ['x'] },
  ],
  [String.raw`\exp(-\gamma\|x-z\|^2)`, 'exp(-gamma*sum(j=1..d, (x_j-z_j)^2))', { wrt: ['z'] }],
  [
    String.raw`\frac{1}{2}\alpha^\top K \alpha - y^\top\alpha`,
    '1/2*sum(i=1..N, sum(j=1..N, alpha_i*K_{i,j}*alpha_j))-sum(i=1..N, y_i*alpha_i)',
    { wrt: ['alpha'] },
  ],
  [
    String.raw`\sum_i\alpha_i-\frac12\sum_i\sum_j\alpha_i\alpha_jy_iy_jk(x_i,x_j)`,
    'sum(i=1..N, alpha_i)-1/2*sum(i=1..N, sum(j=1..N, alpha_i*alpha_j*y_i*y_j*exp(-(x_i-x_j)^2)))',
    { wrt: ['alpha'], let: ['k(u,v)=exp(-(u-v)^2)'] },
  ],
  [
    String.raw`\ln L(\lambda) = \sum_{i=1}^{n}\left(x_i\ln\lambda-\lambda-\ln x_i!\right)`,
    'sum(i=1..n, x_i*log(lambda)-lambda-lgamma(x_i+1))',
    { wrt: ['lambda'] },
  ],
  [
    String.raw`\binom{n}{k}p^k(1-p)^{n-k}`,
    'gamma(n+1)/(gamma(k+1)*gamma(n-k+1))*p^k*(1-p)^(n-k)',
    { wrt: ['p'] },
  ],
  [String.raw`k\log p+(n-k)\log(1-p)`, 'k*log(p)+(n-k)*log(1-p)', { wrt: ['p'] }],
  [
    String.raw`\frac{\Gamma(\alpha+\beta)}{\Gamma(\alpha)\Gamma(\beta)}x^{\alpha-1}(1-x)^{\beta-1}`,
    'gamma(alpha+beta)/(gamma(alpha)*gamma(beta))*x^(alpha-1)*(1-x)^(beta-1)',
    { wrt: ['alpha', 'beta'] },
  ],
  [String.raw`\frac{1}{1+e^{-x}}`, '1/(1+exp(-x))', { wrt: ['x'] }],
  [String.raw`x\,\Phi(x)+\alpha\mathbf{1}\{x>0\}`, 'x*Phi(x)+alpha*if(x>0, 1, 0)', { wrt: ['x'] }],
  [String.raw`\log\cosh(y-\hat y)`, 'log(cosh(y-yhat))', { wrt: ['yhat'] }],
  [String.raw`\ln\left(\cosh\left(\hat{y}_i-y_i\right)\right)`, 'log(cosh(yhat_i-y_i))', { wrt: ['yhat_i'] }],
  ['mse = mean((y - (a*x + b))^2)', '1/N*sum(i=1..N, (y_i-a*x_i-b)^2)'],
  [
    'loss = -sum(y*log(p) + (1-y)*log(1-p))/N where p = 1/(1+exp(-(w*x+b)))',
    '-sum(i=1..N, y_i*log(1/(1+exp(-(w*x_i+b))))+(1-y_i)*log(1-1/(1+exp(-(w*x_i+b)))))/N',
  ],
  [
    'Σ_i (y_i - θ·x_i)² + λ‖θ‖²',
    'sum(i=1..N, (y_i-sum(j=1..d, theta_j*x_{i,j}))^2)+lambda*sum(j=1..d, theta_j^2)',
  ],
  ['∑ᵢ (yᵢ − w·xᵢ − b)²', 'sum(i=1..N, (y_i-w*x_i-b)^2)'],
  ['½(y − ŷ)²', '1/2*(y-yhat)^2', { wrt: ['yhat'] }],
  ['(1/N) sum_{i=1}^{N} (y_i - m x_i - b)^2', '1/N*sum(i=1..N, (y_i-m*x_i-b)^2)'],
  ['sum_{i=1}^N (y_i - m*x_i)^2 / (2*N)', 'sum(i=1..N, (y_i-m*x_i)^2/(2*N))'],
  ['sum_i (y_i - m*x_i)^2', 'sum(i=1..N, (y_i-m*x_i)^2)'],
  ['(y_true - y_pred)**2', '(y_true-y_pred)^2', { wrt: ['y_pred'] }],
  ['max(0, 1 - y*f(x))', 'max(0, 1-y*(w*x+b))', { let: ['f(x)=w*x+b'] }],
  ['log(1+exp(-y*(w1*x1+w2*x2+b)))', 'log(1+exp(-y*(w1*x1+w2*x2+b)))', { wrt: ['w1', 'w2', 'b'] }],
  ['E[(y - w*x)^2] + l2*w^2', '1/N*sum(i=1..N, (y_i-w*x_i)^2)+l2*w^2'],
  ['KL = p*log(p/q) + (1-p)*log((1-p)/(1-q))', 'p*log(p/q)+(1-p)*log((1-p)/(1-q))', { wrt: ['q'] }],
  [
    String.raw`E_D(\mathbf{w})=\frac12\sum_{n=1}^{N}\{t_n-\mathbf{w}^{\rm T}\mathbf{x}_n\}^2`,
    '1/2*sum(n=1..N, (t_n-sum(j=1..d, w_j*x_{n,j}))^2)',
  ],
  [
    String.raw`\frac{\lambda}{2}\sum_{l=1}^{L}\|W^{(l)}\|_F^2`,
    'lambda/2*sum(l=1..L, sum(i=1..d, sum(j=1..K, W_{l,i,j}^2)))',
  ],
  [
    String.raw`\frac12\sum_{n=1}^{N}\sum_{k=1}^{K}\{y_k(x_n,w)-t_{nk}\}^2`,
    '1/2*sum(n=1..N, sum(k=1..K, (w*x_n*k-t_{n,k})^2))',
    { let: ['y_k(x,w)=w*x*k'], wrt: ['w'] },
  ],
]

describe('losses as they are typeset', () => {
  test.each(typeset.map(([text, plain, options = {}]) => [text, { plain, options }] as const))('%s', (text, {
    plain,
    options,
  }) => {
    const one = readLoss(text, options)
    const { let: _, ...others } = options
    const other = readLoss(plain, others)
    const seed = 20261126
    const env = readingEnvironment(seed, [one, other])
    const expected = evaluate(other.loss, env, other.scope)
    expect(Number.isFinite(expected)).toBe(true)
    const error = Math.abs(evaluate(one.loss, env, one.scope) - expected) / Math.max(1, Math.abs(expected))
    expect(error, `seed ${seed}`).toBeLessThan(1e-11)
  })
})
