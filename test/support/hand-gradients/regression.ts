import type { HandGradient } from './index.ts'

/** Likelihoods, robust losses and penalties. */
export const regression: readonly HandGradient[] = [
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
]
