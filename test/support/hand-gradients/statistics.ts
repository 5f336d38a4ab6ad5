import type { HandGradient } from './index.ts'

/** Generalised linear models, distributions, robust regression, linear models. */
export const statistics: readonly HandGradient[] = [
  // Generalised linear models: McCullagh & Nelder; beta regression: Ferrari & Cribari-Neto.
  {
    loss: '-sum(y*log(Phi(eta)) + (1-y)*log(1-Phi(eta)))',
    wrt: 'w',
    hand: '-1/sqrt(2*pi)*sum(i=1..N, (y_i - Phi(eta_i))*exp(-eta_i^2/2)/(Phi(eta_i)*(1-Phi(eta_i)))*x_i)',
    options: { let: ['eta = w*x+b'] },
  },
  {
    loss: '-sum(y*log(p) + (1-y)*log(1-p))',
    wrt: 'w',
    hand: '-sum(i=1..N, (y_i - p_i)/p_i*exp(w*x_i+b)*x_i)',
    options: { let: ['p = 1 - exp(-exp(w*x+b))'] },
  },
  {
    loss: 'sum(y/mu + log(mu))',
    wrt: 'w',
    hand: 'sum(i=1..N, (mu_i - y_i)/mu_i*x_i)',
    options: { let: ['mu = exp(w*x+b)'] },
  },
  {
    loss: 'alpha*sum(y/mu + log(mu))',
    wrt: 'w',
    hand: 'alpha*sum(i=1..N, (y_i - mu_i)*x_i)',
    options: { let: ['mu = 1/(w*x+b)'] },
  },
  { loss: 'sum(lambda*(y-mu)^2/(2*mu^2*y))', wrt: 'mu', hand: '-lambda/mu^3*sum(i=1..N, y_i - mu)' },
  {
    loss: '-sum(lgamma(phi) - lgamma(mu*phi) - lgamma((1-mu)*phi) + (mu*phi-1)*log(y) + ((1-mu)*phi-1)*log(1-y))',
    wrt: 'mu',
    hand: '-phi*sum(i=1..N, log(y_i) - log(1-y_i) - digamma(mu*phi) + digamma((1-mu)*phi))',
  },
  {
    loss: '-sum(lgamma(y+r) - lgamma(r) + r*log(r/(r+mu)) + y*log(mu/(r+mu)))',
    wrt: 'r',
    hand: '-sum(i=1..N, digamma(y_i+r) - digamma(r) + log(r/(r+mu_i)) + (mu_i - y_i)/(r+mu_i))',
    options: { let: ['mu = exp(w*x)'] },
  },
  {
    loss: '-sum(y*log(p) + (m-y)*log(1-p))',
    wrt: 'w',
    hand: 'sum(i=1..N, (m_i*p_i - y_i)*x_i)',
    options: { let: ['p = sigmoid(w*x+b)'], data: ['x', 'y', 'm'] },
  },
  {
    loss: '-sum(log(u - v))',
    wrt: 'w',
    hand: 'sum(i=1..N, (u_i*(1-u_i) - v_i*(1-v_i))/(u_i - v_i)*x_i)',
    options: { let: ['u = sigmoid(a-w*x)', 'v = sigmoid(c-w*x)'] },
  },
  {
    loss: 'sum(log(exp(mu)-1) - y*log(mu))',
    wrt: 'mu',
    hand: 'N*exp(mu)/(exp(mu)-1) - 1/mu*sum(i=1..N, y_i)',
  },
  {
    loss: '-log(Phi((c - w*x)/sigma))',
    wrt: 'w',
    hand: 'x/(sqrt(2*pi)*sigma)*exp(-((c-w*x)/sigma)^2/2)/Phi((c-w*x)/sigma)',
    options: { data: ['x', 'c'] },
  },
  {
    loss: '-sum(i=1..n, sum(j=1..n, c_{i,j}*log(e^(beta_i)/(e^(beta_i) + e^(beta_j)))))',
    wrt: 'beta_k',
    hand: 'sum(i=1..n, c_{i,k}*e^(beta_k)/(e^(beta_i) + e^(beta_k))) - sum(j=1..n, c_{k,j}*e^(beta_j)/(e^(beta_k) + e^(beta_j)))',
    options: { data: ['c'] },
  },
  // Survival and distributions: Kalbfleisch & Prentice; Murphy.
  {
    loss: '-sum(d*log(lambda) - lambda*t)',
    wrt: 'lambda',
    hand: 'sum(i=1..N, t_i) - 1/lambda*sum(i=1..N, d_i)',
    options: { data: ['d', 't'] },
  },
  {
    loss: '-sum(d*(log(k/lambda) + (k-1)*log(t/lambda)) - (t/lambda)^k)',
    wrt: 'lambda',
    hand: 'k/lambda*sum(i=1..N, d_i - (t_i/lambda)^k)',
    options: { data: ['d', 't'], wrt: ['k', 'lambda'] },
  },
  {
    loss: '-sum(d*(log(k/lambda) + (k-1)*log(t/lambda)) - (t/lambda)^k)',
    wrt: 'k',
    hand: '-sum(i=1..N, d_i/k + d_i*log(t_i/lambda) - (t_i/lambda)^k*log(t_i/lambda))',
    options: { data: ['d', 't'], wrt: ['k', 'lambda'] },
  },
  {
    loss: 'sum(log(y*sigma) + (log(y)-mu)^2/(2*sigma^2))',
    wrt: 'mu',
    hand: '-1/sigma^2*sum(i=1..N, log(y_i) - mu)',
  },
  {
    loss: 'sum(log(y*sigma) + (log(y)-mu)^2/(2*sigma^2))',
    wrt: 'sigma',
    hand: 'N/sigma - 1/sigma^3*sum(i=1..N, (log(y_i) - mu)^2)',
  },
  {
    loss: 'sum(u + log(s) + 2*log(1+exp(-u)))',
    wrt: 'mu',
    hand: '-1/s*sum(i=1..N, 1 - 2/(1+exp(u_i)))',
    options: { let: ['u = (y-mu)/s'] },
  },
  {
    loss: 'sum((y-mu)/beta + exp(-(y-mu)/beta) + log(beta))',
    wrt: 'mu',
    hand: '1/beta*sum(i=1..N, exp(-(y_i-mu)/beta) - 1)',
  },
  { loss: '-kappa*sum(cos(y-mu))', wrt: 'mu', hand: '-kappa*sum(i=1..N, sin(y_i-mu))' },
  {
    loss: '-sum(log(a) + a*log(m) - (a+1)*log(y))',
    wrt: 'a',
    hand: '-sum(i=1..N, 1/a + log(m) - log(y_i))',
    options: { hyper: ['m'] },
  },
  {
    loss: 'N*log(sum(k=1..K, exp(theta*t_k))) - theta*sum(s)',
    wrt: 'theta',
    hand: 'N*sum(k=1..K, t_k*exp(theta*t_k))/sum(k=1..K, exp(theta*t_k)) - sum(i=1..N, s_i)',
    options: { data: ['s', 't'] },
  },
  // Robust regression: Holland & Welsch, Geman & McClure, Andrews, Charbonnier, wing loss.
  {
    loss: '1/2*sum(r^2/(c^2+r^2))',
    wrt: 'm',
    hand: '-c^2*sum(i=1..N, x_i*r_i/(c^2+r_i^2)^2)',
    options: { let: ['r = y-m*x-b'], hyper: ['c'] },
  },
  {
    loss: '1/N*sum(if(abs(r)<=c, c^2/6*(1-(1-(r/c)^2)^3), c^2/6))',
    wrt: 'm',
    hand: '-1/N*sum(i=1..N, x_i*r_i*(1-(r_i/c)^2)^2*ind(abs(r_i)<=c))',
    options: { let: ['r = y-m*x-b'], hyper: ['c'] },
  },
  {
    loss: '1/N*sum(if(abs(r)<beta, r^2/(2*beta), abs(r)-beta/2))',
    wrt: 'm',
    hand: '-1/N*sum(i=1..N, x_i*if(abs(r_i)<beta, r_i/beta, sign(r_i)))',
    options: { let: ['r = y-m*x-b'], hyper: ['beta'] },
  },
  {
    loss: 'sum(if(abs(r)<=c*pi, c^2*(1-cos(r/c)), 2*c^2))',
    wrt: 'm',
    hand: '-c*sum(i=1..N, x_i*sin(r_i/c)*ind(abs(r_i)<=c*pi))',
    options: { let: ['r = y-m*x-b'], hyper: ['c'] },
  },
  {
    loss: 'c^2*sum(abs(r)/c - log(1+abs(r)/c))',
    wrt: 'm',
    hand: '-sum(i=1..N, x_i*r_i/(1+abs(r_i)/c))',
    options: { let: ['r = y-m*x-b'], hyper: ['c'] },
  },
  {
    loss: 'sum(sqrt(r^2+eps^2))',
    wrt: 'm',
    hand: '-sum(i=1..N, x_i*r_i/sqrt(r_i^2+eps^2))',
    options: { let: ['r = y-m*x-b'] },
  },
  {
    loss: 'sum(max(0, abs(r)-epsilon)^2)',
    wrt: 'm',
    hand: '-2*sum(i=1..N, x_i*sign(r_i)*max(0, abs(r_i)-epsilon))',
    options: { let: ['r = y-m*x-b'] },
  },
  {
    loss: 'sum(i=1..N, if(abs(p_i-y_i)<a, a*log(1+abs(p_i-y_i)/eps), abs(p_i-y_i)-c))',
    wrt: 'p_k',
    hand: 'sign(p_k-y_k)*if(abs(p_k-y_k)<a, a/(eps+abs(p_k-y_k)), 1)',
    options: { data: ['y'], hyper: ['a', 'c'] },
  },
  { loss: 'sum(((y-m*x)/y)^2)', wrt: 'm', hand: '-2*sum(i=1..N, x_i*(y_i-m*x_i)/y_i^2)' },
  {
    loss: 'sum((1-y*w*x)^2)',
    wrt: 'w',
    hand: '-2*sum(i=1..N, x_i*(y_i-w*x_i))',
    options: { assume: ['y in {-1,1}'] },
  },
  // Linear models, penalties: ESL, Bishop.
  {
    loss: '1/(2*N)*sum((y-sum(j=1..d, w_j*x_j))^2) + lambda*(alpha*sum(j=1..d, abs(w_j)) + (1-alpha)/2*sum(j=1..d, w_j^2))',
    wrt: 'w_k',
    hand: '-1/N*sum(i=1..N, x_{i,k}*(y_i-sum(j=1..d, w_j*x_{i,j}))) + lambda*(alpha*sign(w_k) + (1-alpha)*w_k)',
  },
  {
    loss: '1/2*sum(j=1..d, w_j^2) + C*sum(max(0, 1-y*(sum(j=1..d, w_j*x_j)+b)))',
    wrt: 'w_k',
    hand: 'w_k - C*sum(i=1..N, y_i*x_{i,k}*ind(y_i*(sum(j=1..d, w_j*x_{i,j})+b) < 1))',
    options: { hyper: ['C'] },
  },
  {
    loss: '1/2*sum(j=1..d, w_j^2) + C*sum(max(0, 1-y*(sum(j=1..d, w_j*x_j)+b))^2)',
    wrt: 'w_k',
    hand: 'w_k - 2*C*sum(i=1..N, y_i*x_{i,k}*max(0, 1-y_i*(sum(j=1..d, w_j*x_{i,j})+b)))',
    options: { hyper: ['C'] },
  },
  {
    loss: 'sum(i=1..N, exp(-y_i*sum(j=1..M, a_j*h_{i,j})))',
    wrt: 'a_k',
    hand: '-sum(i=1..N, y_i*h_{i,k}*exp(-y_i*sum(j=1..M, a_j*h_{i,j})))',
    options: { data: ['h', 'y'] },
  },
  {
    loss: 'sum(1/(1+exp(y*w*x))^2)',
    wrt: 'w',
    hand: '-2*sum(i=1..N, y_i*x_i*exp(y_i*w*x_i)/(1+exp(y_i*w*x_i))^3)',
  },
  {
    loss: '1/2*sum(i=1..n, (y_i-sum(j=1..n, K_{i,j}*a_j))^2) + lambda/2*sum(i=1..n, sum(j=1..n, a_i*K_{i,j}*a_j))',
    wrt: 'a_k',
    hand: '-sum(i=1..n, K_{i,k}*(y_i-sum(j=1..n, K_{i,j}*a_j))) + lambda/2*(sum(j=1..n, K_{k,j}*a_j) + sum(i=1..n, a_i*K_{i,k}))',
    options: { data: ['K', 'y'] },
  },
  {
    loss: '1/2*sum(i=1..n, sum(j=1..n, S_{i,j}*(f_i-f_j)^2))',
    wrt: 'f_k',
    hand: 'sum(j=1..n, S_{k,j}*(f_k-f_j)) - sum(i=1..n, S_{i,k}*(f_i-f_k))',
    options: { data: ['S'], wrt: ['f_k'] },
  },
  {
    loss: 'lambda/2*sum(j=1..d, F_j*(w_j-v_j)^2)',
    wrt: 'w_k',
    hand: 'lambda*F_k*(w_k-v_k)',
    options: { data: ['F', 'v'] },
  },
]
