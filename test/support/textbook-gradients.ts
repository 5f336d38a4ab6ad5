import type { ReadOptions } from '../../src/read/index.ts'

/** A loss with one component of its gradient, typed from textbooks, papers and the documentation of libraries. */
export interface TextbookGradient {
  readonly loss: string
  readonly wrt: string
  readonly hand: string
  readonly options?: ReadOptions
}

export const textbookGradients: readonly TextbookGradient[] = [
  // softmax family
  {
    loss: '-sum(k=1..K, y_k*log(exp(z_k)/sum(j=1..K, exp(z_j))))',
    wrt: 'z_q',
    hand: 'exp(z_q)/sum(j=1..K, exp(z_j))*sum(k=1..K, y_k) - y_q',
    options: { data: ['y'] },
  },
  {
    loss: '-sum(k=1..K, y_k*log(exp(z_k)/sum(j=1..K, exp(z_j))))',
    wrt: 'z_q',
    hand: 'exp(z_q)/sum(j=1..K, exp(z_j)) - y_q',
    options: { data: ['y'], assume: ['sum(k=1..K, y_k) = 1'] },
  },
  {
    loss: '-1/N*sum(i=1..N, sum(k=1..K, y_{i,k}*log(exp(z_{i,k})/sum(j=1..K, exp(z_{i,j})))))',
    wrt: 'z_{a,q}',
    hand: '1/N*(exp(z_{a,q})/sum(j=1..K, exp(z_{a,j}))*sum(k=1..K, y_{a,k}) - y_{a,q})',
    options: { data: ['y'] },
  },
  {
    loss: 'log(sum(k=1..K, exp(z_k))) - z_c',
    wrt: 'z_q',
    hand: 'exp(z_q)/sum(k=1..K, exp(z_k)) - delta_{c,q}',
  },
  {
    loss: '-log(exp(z_c)/sum(k=1..K, exp(z_k)))',
    wrt: 'z_q',
    hand: 'exp(z_q)/sum(k=1..K, exp(z_k)) - delta_{c,q}',
  },
  {
    loss: '-1/N*sum(i=1..N, log(exp(z_{i,c_i})/sum(k=1..K, exp(z_{i,k}))))',
    wrt: 'z_{a,q}',
    hand: '1/N*(exp(z_{a,q})/sum(k=1..K, exp(z_{a,k})) - delta_{c_a,q})',
    options: { data: ['c'] },
  },
  {
    loss: '-log(p_c)',
    wrt: 'z_q',
    hand: 'p_q - delta_{c,q}',
    options: { let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'] },
  },
  { loss: 'logsumexp(k=1..K, z_k)', wrt: 'z_q', hand: 'exp(z_q)/sum(k=1..K, exp(z_k))' },
  {
    loss: 'T*log(sum(k=1..K, exp(z_k/T)))',
    wrt: 'z_q',
    hand: 'exp(z_q/T)/sum(k=1..K, exp(z_k/T))',
    options: { hyper: ['T'] },
  },
  {
    loss: '-T^2*sum(k=1..K, t_k*log(p_k))',
    wrt: 'z_q',
    hand: 'T*(p_q*sum(k=1..K, t_k) - t_q)',
    options: { let: ['p_k = exp(z_k/T)/sum(j=1..K, exp(z_j/T))'], data: ['t'], hyper: ['T'] },
  },
  { loss: '-sum(k=1..K, p_k*log(p_k))', wrt: 'p_q', hand: '-(log(p_q) + 1)' },
  {
    loss: 'sum(k=1..K, t_k*log(t_k/p_k))',
    wrt: 'z_q',
    hand: 'p_q*sum(k=1..K, t_k) - t_q',
    options: { let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'], data: ['t'] },
  },
  { loss: 'sum(k=1..K, p_k*log(p_k/q_k))', wrt: 'p_j', hand: 'log(p_j/q_j) + 1', options: { data: ['q'] } },
  { loss: 'sum(k=1..K, p_k*log(p_k/q_k))', wrt: 'q_j', hand: '-p_j/q_j', options: { data: ['p'] } },
  {
    loss: '-sum(k=1..K, ((1-eps)*t_k + eps/K)*log(p_k))',
    wrt: 'z_q',
    hand: 'p_q*sum(k=1..K, (1-eps)*t_k + eps/K) - ((1-eps)*t_q + eps/K)',
    options: { let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'], data: ['t'] },
  },
  // logistic
  {
    loss: '-(y*log(p) + (1-y)*log(1-p))',
    wrt: 'w',
    hand: '(p - y)*x',
    options: { let: ['p = sigmoid(w*x+b)'], data: ['x', 'y'] },
  },
  {
    loss: '-1/N*sum(y*log(p) + (1-y)*log(1-p))',
    wrt: 'w',
    hand: '1/N*sum(i=1..N, (p_i - y_i)*x_i)',
    options: { let: ['p = sigmoid(w*x+b)'] },
  },
  {
    loss: '-1/N*sum(i=1..N, y_i*log(p_i) + (1-y_i)*log(1-p_i))',
    wrt: 'w_k',
    hand: '1/N*sum(i=1..N, (p_i - y_i)*x_{i,k})',
    options: { let: ['p_i = sigmoid(sum(j=1..d, w_j*x_{i,j}) + b)'], data: ['x', 'y'] },
  },
  { loss: '-(y*log(p) + (1-y)*log(1-p))', wrt: 'p', hand: '(p-y)/(p*(1-p))', options: { data: ['y'] } },
  {
    loss: '-1/N*sum(y*log(1/(1+exp(-(w*x+b)))) + (1-y)*log(1-1/(1+exp(-(w*x+b)))))',
    wrt: 'w',
    hand: '1/N*sum(i=1..N, (1/(1+exp(-(w*x_i+b))) - y_i)*x_i)',
  },
  {
    loss: '-1/N*sum(y*log(p) + (1-y)*log(1-p))',
    wrt: 'w',
    hand: '1/N*sum(i=1..N, (p_i - y_i)*x_i)',
    options: { let: ['p = 1/(1+exp(-(w*x+b)))'] },
  },
  {
    loss: '1/N*sum(log(1+exp(-y*(w*x+b))))',
    wrt: 'w',
    hand: '-1/N*sum(i=1..N, y_i*x_i/(1+exp(y_i*(w*x_i+b))))',
  },
  {
    loss: '1/N*sum(softplus(-y*(w*x+b)))',
    wrt: 'w',
    hand: '-1/N*sum(i=1..N, y_i*x_i*sigmoid(-y_i*(w*x_i+b)))',
  },
  {
    loss: '-1/N*sum(log(sigmoid(y*(w*x+b))))',
    wrt: 'w',
    hand: '-1/N*sum(i=1..N, y_i*x_i*sigmoid(-y_i*(w*x_i+b)))',
  },
  { loss: 'sum(softplus(w*x+b) - y*(w*x+b))', wrt: 'w', hand: 'sum(i=1..N, (sigmoid(w*x_i+b) - y_i)*x_i)' },
  {
    loss: '-log(sigmoid(beta*(a - b)))',
    wrt: 'a',
    hand: '-beta*sigmoid(-beta*(a-b))',
    options: { hyper: ['beta'] },
  },
  {
    loss: '-1/N*sum(i=1..N, log(sigmoid(beta*((s_i - r_i) - (u_i - v_i)))))',
    wrt: 's_k',
    hand: '-beta/N*sigmoid(-beta*((s_k - r_k) - (u_k - v_k)))',
    options: { data: ['r', 'u', 'v'], hyper: ['beta'] },
  },
  { loss: 'log(1+exp(-m))', wrt: 'm', hand: '-1/(1+exp(m))' },
  {
    loss: '-(1-p)^gamma*log(p)',
    wrt: 'z',
    hand: '(1-p)^gamma*(gamma*p*log(p) - (1-p))',
    options: { let: ['p = sigmoid(z)'], wrt: ['z'] },
  },
  { loss: '-(1-p)^2*log(p)', wrt: 'p', hand: '2*(1-p)*log(p) - (1-p)^2/p' },
  // nets
  {
    loss: '1/N*sum((y-yhat)^2)',
    wrt: 'w',
    hand: '-2/N*sum(i=1..N, (y_i - yhat_i)*v*(1 - a_i^2)*x_i)',
    options: { let: ['a = tanh(w*x+b)', 'yhat = v*a+c'] },
  },
  {
    loss: '1/2*(yhat-y)^2',
    wrt: 'w',
    hand: '(yhat-y)*v*h*(1-h)*x',
    options: { let: ['h = sigmoid(w*x+b)', 'yhat = v*h+c'], data: ['x', 'y'] },
  },
  {
    loss: '1/N*sum((y-v*tanh(w*x+b))^2)',
    wrt: 'w',
    hand: '-2*v/N*sum(i=1..N, (y_i - v*tanh(w*x_i+b))*(1-tanh(w*x_i+b)^2)*x_i)',
  },
  {
    loss: '1/N*sum((y-v*relu(w*x+b))^2)',
    wrt: 'w',
    hand: '-2*v/N*sum(i=1..N, (y_i - v*relu(w*x_i+b))*ind(w*x_i+b>0)*x_i)',
  },
  {
    loss: '-1/N*sum(y*log(p)+(1-y)*log(1-p))',
    wrt: 'w',
    hand: '1/N*sum(i=1..N, (p_i-y_i)*v*(1-h_i^2)*x_i)',
    options: { let: ['h = tanh(w*x+b)', 'p = sigmoid(v*h+c)'] },
  },
  { loss: '(tanh(w)-y)^2', wrt: 'w', hand: '2*(tanh(w)-y)*(1-tanh(w)^2)' },
  { loss: '(sigmoid(w*x)-y)^2', wrt: 'w', hand: '2*x*(sigmoid(w*x)-y)*sigmoid(w*x)*(1-sigmoid(w*x))' },
  // Gaussian etc
  {
    loss: 'N/2*log(2*pi*sigma^2) + 1/(2*sigma^2)*sum((y-mu)^2)',
    wrt: 'sigma',
    hand: 'N/sigma - 1/sigma^3*sum(i=1..N, (y_i-mu)^2)',
  },
  {
    loss: 'N/2*log(2*pi*sigma^2) + 1/(2*sigma^2)*sum((y-mu)^2)',
    wrt: 'mu',
    hand: '-1/sigma^2*sum(i=1..N, y_i-mu)',
  },
  { loss: '1/2*sum(log(v) + (y-mu)^2/v)', wrt: 'v', hand: 'N/(2*v) - 1/(2*v^2)*sum(i=1..N, (y_i-mu)^2)' },
  {
    loss: '1/N*sum(1/2*(s + (y-mu)^2*exp(-s)))',
    wrt: 's',
    hand: '1/2 - exp(-s)/(2*N)*sum(i=1..N, (y_i-mu)^2)',
  },
  {
    loss: '1/2*sum(i=1..N, log(s_i) + (y_i-m_i)^2/s_i)',
    wrt: 's_k',
    hand: '1/2*(1/s_k - (y_k-m_k)^2/s_k^2)',
    options: { data: ['y'] },
  },
  {
    loss: '1/2*sum(i=1..N, log(s_i) + (y_i-m_i)^2/s_i)',
    wrt: 'm_k',
    hand: '(m_k-y_k)/s_k',
    options: { data: ['y'] },
  },
  { loss: 'sum(log(2*s)+abs(y-mu)/s)', wrt: 'mu', hand: '-1/s*sum(i=1..N, sign(y_i-mu))' },
  { loss: 'sum(mu - y*log(mu))', wrt: 'mu', hand: 'N - 1/mu*sum(i=1..N, y_i)' },
  { loss: 'sum(exp(w*x+b) - y*(w*x+b))', wrt: 'w', hand: 'sum(i=1..N, (exp(w*x_i+b)-y_i)*x_i)' },
  {
    loss: 'sum(lambda*exp(0) - y*log(lambda) + lgamma(y+1))',
    wrt: 'lambda',
    hand: 'N - 1/lambda*sum(i=1..N, y_i)',
    options: { wrt: ['lambda'] },
  },
  {
    loss: '-sum(alpha*log(beta) - lgamma(alpha) + (alpha-1)*log(y) - beta*y)',
    wrt: 'alpha',
    hand: 'sum(i=1..N, digamma(alpha) - log(beta) - log(y_i))',
    options: { wrt: ['alpha', 'beta'] },
  },
  {
    loss: '-sum(alpha*log(beta) - lgamma(alpha) + (alpha-1)*log(y) - beta*y)',
    wrt: 'beta',
    hand: 'sum(i=1..N, y_i - alpha/beta)',
    options: { wrt: ['alpha', 'beta'] },
  },
  { loss: 'sum(y/mu + log(mu))', wrt: 'mu', hand: 'N/mu - 1/mu^2*sum(i=1..N, y_i)' },
  {
    loss: '-sum(y*log(mu/(mu+r)) + r*log(r/(mu+r)))',
    wrt: 'w',
    hand: 'r*sum(i=1..N, x_i*(mu_i - y_i)/(mu_i + r))',
    options: { hyper: ['r'], let: ['mu = exp(w*x + b)'] },
  },
  {
    loss: '(nu+1)/2*sum(log(1 + (y-mu)^2/(nu*sigma^2)))',
    wrt: 'mu',
    hand: '-(nu+1)*sum(i=1..N, (y_i-mu)/(nu*sigma^2 + (y_i-mu)^2))',
  },
  {
    loss: '(nu+1)/2*sum(log(1 + (y-mu)^2/(nu*sigma^2)))',
    wrt: 'sigma',
    hand: '-(nu+1)/sigma*sum(i=1..N, (y_i-mu)^2/(nu*sigma^2 + (y_i-mu)^2))',
  },
  {
    loss: 'sum(log(1+((y-m*x)/c)^2))',
    wrt: 'm',
    hand: '-2*sum(i=1..N, x_i*(y_i-m*x_i)/(c^2+(y_i-m*x_i)^2))',
    options: { hyper: ['c'] },
  },
  {
    loss: 'c^2/2*sum(log(1+((y-m*x)/c)^2))',
    wrt: 'm',
    hand: '-sum(i=1..N, x_i*(y_i-m*x_i)/(1+((y_i-m*x_i)/c)^2))',
    options: { hyper: ['c'] },
  },
  { loss: 'sum(sqrt(1+(y-m*x)^2)-1)', wrt: 'm', hand: '-sum(i=1..N, x_i*(y_i-m*x_i)/sqrt(1+(y_i-m*x_i)^2))' },
  {
    loss: 'delta^2*sum(sqrt(1+((y-m*x)/delta)^2)-1)',
    wrt: 'm',
    hand: '-sum(i=1..N, x_i*(y_i-m*x_i)/sqrt(1+((y_i-m*x_i)/delta)^2))',
  },
  {
    loss: 'c^2/2*sum(1-exp(-((y-m*x)/c)^2))',
    wrt: 'm',
    hand: '-sum(i=1..N, x_i*(y_i-m*x_i)*exp(-((y_i-m*x_i)/c)^2))',
    options: { hyper: ['c'] },
  },
  { loss: '1/N*sum(log(cosh(y-m*x-b)))', wrt: 'm', hand: '-1/N*sum(i=1..N, tanh(y_i-m*x_i-b)*x_i)' },
  {
    loss: 'sum((y-m*x)^2/(1+(y-m*x)^2))',
    wrt: 'm',
    hand: '-2*sum(i=1..N, x_i*(y_i-m*x_i)/(1+(y_i-m*x_i)^2)^2)',
  },
  { loss: '1/N*sum(abs((y-m*x)/y))', wrt: 'm', hand: '-1/N*sum(i=1..N, x_i/y_i*sign((y_i-m*x_i)/y_i))' },
  {
    loss: '1/N*sum((log(1+y)-log(1+m*x))^2)',
    wrt: 'm',
    hand: '-2/N*sum(i=1..N, x_i*(log(1+y_i)-log(1+m*x_i))/(1+m*x_i))',
  },
  {
    loss: '1/N*sum(exp(a*(y-m*x)) - a*(y-m*x) - 1)',
    wrt: 'm',
    hand: '-a/N*sum(i=1..N, x_i*(exp(a*(y_i-m*x_i)) - 1))',
    options: { hyper: ['a'] },
  },
  { loss: 'sum(exp(-y*w*x))', wrt: 'w', hand: '-sum(i=1..N, y_i*x_i*exp(-y_i*w*x_i))' },
  // regularised
  {
    loss: '1/(2*N)*sum((y-m*x-b)^2) + lambda/2*m^2',
    wrt: 'm',
    hand: '-1/N*sum(i=1..N, x_i*(y_i-m*x_i-b)) + lambda*m',
  },
  { loss: '1/(2*N)*sum((m*x+b-y)^2)', wrt: 'm', hand: '1/N*sum(i=1..N, (m*x_i+b-y_i)*x_i)' },
  {
    loss: 'lambda*sum(j=1..d, abs(w_j)) + (1-lambda)/2*sum(j=1..d, w_j^2)',
    wrt: 'w_k',
    hand: 'lambda*sign(w_k) + (1-lambda)*w_k',
  },
  { loss: 'sqrt(sum(j=1..d, w_j^2))', wrt: 'w_k', hand: 'w_k/sqrt(sum(j=1..d, w_j^2))' },
  {
    loss: 'sum(j=1..d, u_j*v_j)/(sqrt(sum(j=1..d, u_j^2))*sqrt(sum(j=1..d, v_j^2)))',
    wrt: 'u_k',
    hand: 'v_k/(sqrt(sum(j=1..d, u_j^2))*sqrt(sum(j=1..d, v_j^2))) - u_k*sum(j=1..d, u_j*v_j)/(sqrt(sum(j=1..d, u_j^2))^3*sqrt(sum(j=1..d, v_j^2)))',
    options: { data: ['v'] },
  },
  { loss: '-1/2*sum(j=1..d, 1+s_j-mu_j^2-exp(s_j))', wrt: 'mu_k', hand: 'mu_k' },
  { loss: '-1/2*sum(j=1..d, 1+s_j-mu_j^2-exp(s_j))', wrt: 's_k', hand: '-(1-exp(s_k))/2' },
  { loss: '1/2*sum(j=1..d, mu_j^2+sigma_j^2-1-log(sigma_j^2))', wrt: 'sigma_k', hand: 'sigma_k - 1/sigma_k' },
  {
    loss: 'log(s_2/s_1) + (s_1^2 + (m_1-m_2)^2)/(2*s_2^2) - 1/2',
    wrt: 's_1',
    hand: 's_1/s_2^2 - 1/s_1',
    options: { wrt: ['s_1', 'm_1'] },
  },
  {
    loss: 'log(s_2/s_1) + (s_1^2 + (m_1-m_2)^2)/(2*s_2^2) - 1/2',
    wrt: 'm_1',
    hand: '(m_1-m_2)/s_2^2',
    options: { wrt: ['s_1', 'm_1'] },
  },
  // metric learning
  {
    loss: 'max(0, (a-p)^2 - (a-n)^2 + alpha)',
    wrt: 'a',
    hand: '2*(n-p)*ind((a-p)^2-(a-n)^2+alpha>0)',
    options: { wrt: ['a'], data: ['p', 'n'] },
  },
  {
    loss: 'max(0, sum(j=1..d, (a_j-p_j)^2) - sum(j=1..d, (a_j-n_j)^2) + alpha)',
    wrt: 'a_k',
    hand: '2*(n_k-p_k)*ind(sum(j=1..d, (a_j-p_j)^2) - sum(j=1..d, (a_j-n_j)^2) + alpha>0)',
    options: { data: ['p', 'n'] },
  },
  {
    loss: 'y*D^2 + (1-y)*max(0, m-D)^2',
    wrt: 'D',
    hand: '2*y*D - 2*(1-y)*max(0, m-D)',
    options: { data: ['y', 'm'] },
  },
  {
    loss: '-1/N*sum(i=1..N, log(exp(s_{i,i}/tau)/sum(j=1..N, exp(s_{i,j}/tau))))',
    wrt: 's_{a,b}',
    hand: '1/(N*tau)*(exp(s_{a,b}/tau)/sum(j=1..N, exp(s_{a,j}/tau)) - delta_{a,b})',
  },
  {
    loss: '-log(exp(s_1/tau)/sum(j=1..K, exp(s_j/tau)))',
    wrt: 's_q',
    hand: '1/tau*(exp(s_q/tau)/sum(j=1..K, exp(s_j/tau)) - delta_{1,q})',
  },
  // rl
  {
    loss: '-1/N*sum(i=1..N, A_i*log(exp(theta_{a_i})/sum(k=1..K, exp(theta_k))))',
    wrt: 'theta_j',
    hand: '-1/N*sum(i=1..N, A_i*(delta_{a_i,j} - exp(theta_j)/sum(k=1..K, exp(theta_k))))',
    options: { data: ['A', 'a'] },
  },
  {
    loss: '1/N*sum(i=1..N, (r_i + gamma*v_i - sum(j=1..d, w_j*x_{i,j}))^2)',
    wrt: 'w_k',
    hand: '-2/N*sum(i=1..N, x_{i,k}*(r_i + gamma*v_i - sum(j=1..d, w_j*x_{i,j})))',
    options: { data: ['r', 'v', 'x'] },
  },
  // attention
  {
    loss: 'sum(j=1..n, exp(q*k_j)*v_j)/sum(j=1..n, exp(q*k_j))',
    wrt: 'v_m',
    hand: 'exp(q*k_m)/sum(j=1..n, exp(q*k_j))',
    options: { wrt: ['v_m'], data: ['q', 'k'] },
  },
  {
    loss: 'sum(j=1..n, a_j*v_j)',
    wrt: 'q',
    hand: 'sum(j=1..n, a_j*v_j*(k_j - sum(l=1..n, a_l*k_l)))',
    options: { let: ['a_j = exp(q*k_j)/sum(l=1..n, exp(q*k_l))'], wrt: ['q'], data: ['k', 'v'] },
  },
  // misc
  {
    loss: 'log(sum(i=1..N, exp(w*x_i)))',
    wrt: 'w',
    hand: 'sum(i=1..N, x_i*exp(w*x_i))/sum(i=1..N, exp(w*x_i))',
  },
  {
    loss: 'sum(i=1..N, y_i*x_i)/sum(i=1..N, v_i)*w^2',
    wrt: 'w',
    hand: '2*w*sum(i=1..N, y_i*x_i)/sum(i=1..N, v_i)',
    options: { data: ['x', 'y', 'v'] },
  },
  {
    loss: 'sqrt(1/N*sum((y-m*x-b)^2))',
    wrt: 'b',
    hand: '-sum(i=1..N, y_i-m*x_i-b)/(N*sqrt(1/N*sum(i=1..N,(y_i-m*x_i-b)^2)))',
  },
  { loss: '(1/N*sum(y-m*x-b))^2', wrt: 'b', hand: '-2/N*sum(i=1..N, y_i-m*x_i-b)' },
  {
    loss: 'sum(v*(y-m*x)^2)/sum(v)',
    wrt: 'm',
    hand: '-2*sum(i=1..N, v_i*x_i*(y_i-m*x_i))/sum(i=1..N, v_i)',
    options: { data: ['v', 'x', 'y'] },
  },
  { loss: '1/(1+exp(-x))', wrt: 'x', hand: 'exp(-x)/(1+exp(-x))^2', options: { wrt: ['x'], data: [] } },
  { loss: 'w*log(w) - w', wrt: 'w', hand: 'log(w)' },
  { loss: 'sum(-log(a*exp(-a*y)))', wrt: 'a', hand: 'sum(i=1..N, y_i) - N/a' },
  { loss: '-sum(log(a)-a*y)', wrt: 'a', hand: 'sum(i=1..N, y_i - 1/a)' },
  {
    loss: '-sum(y*log(theta)+(1-y)*log(1-theta))',
    wrt: 'theta',
    hand: '-sum(i=1..N, y_i/theta - (1-y_i)/(1-theta))',
  },
  { loss: '1/2*(y-w*x)^2', wrt: 'w', hand: '-x*(y-w*x)', options: { data: ['x', 'y'] } },
  { loss: '2*sum(y*log(y/mu)-(y-mu))', wrt: 'mu', hand: '2*N - 2/mu*sum(i=1..N, y_i)' },
  { loss: '2*sum((y-mu)/mu - log(y/mu))', wrt: 'mu', hand: '2*N/mu - 2/mu^2*sum(i=1..N, y_i)' },
  {
    loss: '1/N*sum(-y*mu^(1-p)/(1-p) + mu^(2-p)/(2-p))',
    wrt: 'mu',
    hand: '1/N*sum(i=1..N, mu^(1-p) - y_i*mu^(-p))',
    options: { data: ['y'], hyper: ['p'] },
  },
  { loss: '(1-mu^2)^2', wrt: 'mu', hand: '-4*mu*(1-mu^2)' },
  { loss: 'log(exp(a)+exp(b))', wrt: 'a', hand: 'exp(a)/(exp(a)+exp(b))' },
  {
    loss: 'gamma*(x-m)/sqrt(v+eps)+beta',
    wrt: 'v',
    hand: '-gamma*(x-m)/(2*(v+eps)^(3/2))',
    options: { wrt: ['v'], data: ['x', 'm'] },
  },

  // the stable form of a library, and the odds
  {
    loss: 'sum(i=1..N, max(z_i,0) - z_i*y_i + log(1+exp(-abs(z_i))))',
    wrt: 'z_k',
    hand: 'sigmoid(z_k) - y_k',
    options: { data: ['y'] },
  },
  { loss: '-log(1-exp(-a))', wrt: 'a', hand: '-exp(-a)/(1-exp(-a))' },
  { loss: 'log(1+exp(z)) - y*z', wrt: 'z', hand: 'sigmoid(z) - y', options: { data: ['y'] } },
  {
    loss: 'sum(i=1..N, abs(p_i-y_i)^3)',
    wrt: 'p_k',
    hand: '3*(p_k-y_k)*abs(p_k-y_k)',
    options: { data: ['y'] },
  },
  {
    loss: 'sum(i=1..N, (p_i-y_i)^2/abs(p_i-y_i))',
    wrt: 'p_k',
    hand: 'sign(p_k-y_k)',
    options: { data: ['y'] },
  },
]
