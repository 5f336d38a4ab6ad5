import type { HandGradient } from './index.ts'

/** Networks, latent variables, factorisations, series. */
export const networks: readonly HandGradient[] = [
  // Networks: Goodfellow, CS229, Bishop 5.3.
  {
    loss: '1/2*sum(i=1..N, (y_i-sum(j=1..m, w_j*h_{i,j}))^2)',
    wrt: 'c_k',
    hand: '-w_k/s_k^2*sum(i=1..N, (y_i-sum(j=1..m, w_j*h_{i,j}))*h_{i,k}*(x_i-c_k))',
    options: { let: ['h_{i,j} = exp(-(x_i-c_j)^2/(2*s_j^2))'], data: ['x', 'y'] },
  },
  {
    loss: '1/2*sum(i=1..N, (y_i-yhat_i)^2)',
    wrt: 's_k',
    hand: '-w_k/s_k^3*sum(i=1..N, (y_i-yhat_i)*h_{i,k}*(x_i-c_k)^2)',
    options: {
      let: ['h_{i,j} = exp(-(x_i-c_j)^2/(2*s_j^2))', 'yhat_i = sum(j=1..m, w_j*h_{i,j})'],
      data: ['x', 'y'],
    },
  },
  {
    loss: '1/2*sum(i=1..N, (y_i-yhat_i)^2)',
    wrt: 'W_{k,l}',
    hand: '-v_k*sum(i=1..N, (y_i-yhat_i)*(1-a_{i,k}^2)*x_{i,l})',
    options: {
      let: ['a_{i,j} = tanh(sum(q=1..d, W_{j,q}*x_{i,q}))', 'yhat_i = sum(j=1..m, v_j*a_{i,j})'],
      data: ['x', 'y'],
    },
  },
  {
    loss: '1/2*sum(i=1..N, (y_i-yhat_i)^2)',
    wrt: 'v_k',
    hand: '-sum(i=1..N, (y_i-yhat_i)*a_{i,k})',
    options: {
      let: ['a_{i,j} = tanh(sum(q=1..d, W_{j,q}*x_{i,q}))', 'yhat_i = sum(j=1..m, v_j*a_{i,j})'],
      data: ['x', 'y'],
    },
  },
  {
    loss: '1/2*(y-yhat)^2',
    wrt: 'u',
    hand: '-(y-yhat)*v*(1-h^2)*g',
    options: { let: ['h = tanh(w*x+u*g+b)', 'yhat = v*h+c'], data: ['x', 'y', 'g'], wrt: ['u'] },
  },
  {
    loss: '1/2*(y-o*tanh(c))^2',
    wrt: 'w',
    hand: '-(y-o*tanh(c))*tanh(c)*o*(1-o)*x',
    options: { let: ['o = sigmoid(w*x+b)'], data: ['x', 'y'], wrt: ['w'] },
  },
  {
    loss: '1/2*(y-v*softplus(w*x+b))^2',
    wrt: 'w',
    hand: '-(y-v*softplus(w*x+b))*v*sigmoid(w*x+b)*x',
    options: { data: ['x', 'y'] },
  },
  {
    loss: 'sum(j=1..n, a_j*v_j)',
    wrt: 'k_m',
    hand: 'q*a_m*(v_m - sum(j=1..n, a_j*v_j))',
    options: { let: ['a_j = exp(q*k_j)/sum(l=1..n, exp(q*k_l))'], wrt: ['k_m'], data: ['q', 'v'] },
  },
  {
    loss: 'sum(i=1..N, c_i*(u_i-mu)/sqrt(v+epsilon))',
    wrt: 'u_k',
    hand: '1/sqrt(v+epsilon)*(c_k - 1/N*sum(i=1..N, c_i) - (u_k-mu)/(N*(v+epsilon))*sum(i=1..N, c_i*(u_i-mu)))',
    options: { let: ['mu = 1/N*sum(i=1..N, u_i)', 'v = 1/N*sum(i=1..N, (u_i-mu)^2)'], data: ['c'] },
  },
  { loss: '1/2*relu(w)^2', wrt: 'w', hand: 'relu(w)' },
  { loss: 'w*relu(w)', wrt: 'w', hand: '2*relu(w)' },
  { loss: 'w*max(0, w)', wrt: 'w', hand: '2*max(0, w)' },
  { loss: '1/2*w*abs(w)', wrt: 'w', hand: 'abs(w)' },
  // Latent variables, factorisations, series: Bishop 9, Lee & Seung, Koren.
  {
    loss: '-sum(i=1..N, log(sum(k=1..K, pi_k*q_{i,k})))',
    wrt: 'mu_k',
    hand: '-pi_k/s_k^2*sum(i=1..N, q_{i,k}*(x_i-mu_k)/sum(j=1..K, pi_j*q_{i,j}))',
    options: { let: ['q_{i,k} = exp(-(x_i-mu_k)^2/(2*s_k^2))/(sqrt(2*pi)*s_k)'], data: ['x'] },
  },
  {
    loss: '-sum(i=1..N, log(sum(k=1..K, pi_k*q_{i,k})))',
    wrt: 'pi_k',
    hand: '-sum(i=1..N, q_{i,k}/sum(j=1..K, pi_j*q_{i,j}))',
    options: { let: ['q_{i,k} = exp(-(x_i-mu_k)^2/(2*s_k^2))/(sqrt(2*pi)*s_k)'], data: ['x'] },
  },
  {
    loss: 'sum(i=1..N, sum(k=1..K, r_{i,k}*(x_i-mu_k)^2))',
    wrt: 'mu_q',
    hand: '-2*sum(i=1..N, r_{i,q}*(x_i-mu_q))',
    options: { data: ['r', 'x'] },
  },
  {
    loss: 'sum(i=1..n, sum(j=1..m, t_{i,j} - y_{i,j}*log(t_{i,j})))',
    wrt: 'u_{a,c}',
    hand: 'sum(j=1..m, v_{j,c}*(1 - y_{a,j}/t_{a,j}))',
    options: { let: ['t_{i,j} = sum(k=1..K, u_{i,k}*v_{j,k})'], data: ['y'], wrt: ['u_{a,c}'] },
  },
  {
    loss: '1/2*sum(j=1..d, (x_j-sum(k=1..K, D_{j,k}*a_k))^2) + lambda*sum(k=1..K, abs(a_k))',
    wrt: 'a_q',
    hand: '-sum(j=1..d, D_{j,q}*(x_j-sum(k=1..K, D_{j,k}*a_k))) + lambda*sign(a_q)',
    options: { data: ['x', 'D'] },
  },
  {
    loss: '1/2*sum(t=2..T, (y_t-phi*y_{t-1})^2)',
    wrt: 'phi',
    hand: '-sum(t=2..T, y_{t-1}*(y_t-phi*y_{t-1}))',
    options: { data: ['y'] },
  },
  {
    loss: '-sum(y*log(p)+(1-y)*log(1-p))',
    wrt: 'a',
    hand: 'sum(i=1..N, (p_i-y_i)*(theta_i-b))',
    options: { let: ['p = sigmoid(a*(theta-b))'], data: ['y', 'theta'] },
  },
  {
    loss: '-sum(y*log(p)+(1-y)*log(1-p))',
    wrt: 'b',
    hand: '-a*sum(i=1..N, p_i-y_i)',
    options: { let: ['p = sigmoid(a*(theta-b))'], data: ['y', 'theta'] },
  },
  {
    loss: '(d-r)^2',
    wrt: 'x_k',
    hand: '-2*(d-r)*(x_k-z_k)/r',
    options: { let: ['r = sqrt(sum(j=1..m, (x_j-z_j)^2))'], data: ['d', 'z'] },
  },
  {
    loss: 'sum(i=1..d, sum(j=1..d, M_{i,j}*v_i*v_j))',
    wrt: 'M_{a,b}',
    hand: 'v_a*v_b',
    options: { data: ['v'] },
  },
]
