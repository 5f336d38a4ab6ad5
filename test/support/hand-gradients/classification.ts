import type { HandGradient } from './index.ts'

/** Softmax and logistic losses. */
export const classification: readonly HandGradient[] = [
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
