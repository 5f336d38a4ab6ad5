import type { HandGradient } from './index.ts'

/** Networks, metric learning, reinforcement learning, attention, and what else comes up. */
export const models: readonly HandGradient[] = [
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
]
