import type { HandGradient } from './index.ts'

/** Softmax and metric losses, generative models, reinforcement learning. */
export const learning: readonly HandGradient[] = [
  // Softmax models: Bishop 4.3.4, CS231n, CS224n (word2vec, GloVe), Hinton (distillation), Guo (calibration).
  {
    loss: '-log(p_o)',
    wrt: 'v_k',
    hand: 'sum(w=1..V, p_w*u_{w,k}) - u_{o,k}',
    options: {
      let: ['p_w = exp(sum(m=1..d, u_{w,m}*v_m))/sum(l=1..V, exp(sum(m=1..d, u_{l,m}*v_m)))'],
      data: ['u'],
    },
  },
  {
    loss: '-log(p_o)',
    wrt: 'u_{a,k}',
    hand: '(p_a - delta_{a,o})*v_k',
    options: {
      let: ['p_w = exp(sum(m=1..d, u_{w,m}*v_m))/sum(l=1..V, exp(sum(m=1..d, u_{l,m}*v_m)))'],
      data: ['v'],
    },
  },
  {
    loss: 'sum(i=1..V, sum(j=1..V, f_{i,j}*(sum(k=1..d, w_{i,k}*u_{j,k}) + b_i + c_j - log(X_{i,j}))^2))',
    wrt: 'w_{a,q}',
    hand: '2*sum(j=1..V, f_{a,j}*(sum(k=1..d, w_{a,k}*u_{j,k}) + b_a + c_j - log(X_{a,j}))*u_{j,q})',
    options: { data: ['f', 'X'] },
  },
  {
    loss: 'sum(i=1..V, sum(j=1..V, f_{i,j}*(sum(k=1..d, w_{i,k}*u_{j,k}) + b_i + c_j - log(X_{i,j}))^2))',
    wrt: 'b_a',
    hand: '2*sum(j=1..V, f_{a,j}*(sum(k=1..d, w_{a,k}*u_{j,k}) + b_a + c_j - log(X_{a,j})))',
    options: { data: ['f', 'X'] },
  },
  {
    loss: 'T^2*sum(k=1..K, q_k*log(q_k/p_k))',
    wrt: 'z_j',
    hand: 'T*(p_j - q_j)',
    options: {
      let: ['p_k = exp(z_k/T)/sum(l=1..K, exp(z_l/T))'],
      data: ['q'],
      hyper: ['T'],
      assume: ['sum(k=1..K, q_k) = 1'],
    },
  },
  {
    loss: 'sum(k=1..K, p_k*log(p_k))',
    wrt: 'z_j',
    hand: 'p_j*(log(p_j) - sum(k=1..K, p_k*log(p_k)))',
    options: { let: ['p_k = exp(z_k)/sum(l=1..K, exp(z_l))'] },
  },
  {
    loss: '-sum(k=1..K, ((1-eps)*t_k + eps/K)*log(p_k))',
    wrt: 'z_j',
    hand: 'p_j - (1-eps)*t_j - eps/K',
    options: { let: ['p_k = exp(z_k)/sum(l=1..K, exp(z_l))'], data: ['t'], assume: ['sum(k=1..K, t_k) = 1'] },
  },
  {
    loss: '-1/N*sum(i=1..N, log(p_{i,c_i}))',
    wrt: 'W_{a,q}',
    hand: '1/N*sum(i=1..N, (p_{i,a} - delta_{a,c_i})*x_{i,q})',
    options: {
      let: ['p_{i,k} = exp(sum(j=1..d, W_{k,j}*x_{i,j}))/sum(l=1..K, exp(sum(j=1..d, W_{l,j}*x_{i,j})))'],
      data: ['x', 'c'],
    },
  },
  {
    loss: '-sum(i=1..N, sum(k=1..K, y_{i,k}*log(p_{i,k})))',
    wrt: 'W_{a,q}',
    hand: 'sum(i=1..N, (p_{i,a} - y_{i,a})*x_{i,q})',
    options: {
      let: ['p_{i,k} = exp(sum(j=1..d, W_{k,j}*x_{i,j}))/sum(l=1..K, exp(sum(j=1..d, W_{l,j}*x_{i,j})))'],
      data: ['x', 'y'],
      assume: ['sum(k=1..K, y_{i,k}) = 1'],
    },
  },
  {
    loss: '-log(p_c)',
    wrt: 'T',
    hand: '1/T^2*(z_c - sum(j=1..K, p_j*z_j))',
    options: { let: ['p_k = exp(z_k/T)/sum(l=1..K, exp(z_l/T))'], data: ['z'], wrt: ['T'] },
  },
  {
    loss: '-(lambda*log(p_a) + (1-lambda)*log(p_b))',
    wrt: 'z_j',
    hand: 'p_j - lambda*delta_{a,j} - (1-lambda)*delta_{b,j}',
    options: { let: ['p_k = exp(z_k)/sum(l=1..K, exp(z_l))'], wrt: ['z_j'] },
  },
  // Metric learning and ranking: InfoNCE, FaceNet, Hadsell, VICReg, center loss, ArcFace, BPR, DPO, IPO, RankNet.
  {
    loss: '-log(p_1)',
    wrt: 'q_a',
    hand: '1/tau*(sum(j=1..n, p_j*k_{j,a}) - k_{1,a})',
    options: {
      let: ['p_j = exp(sum(m=1..d, q_m*k_{j,m})/tau)/sum(l=1..n, exp(sum(m=1..d, q_m*k_{l,m})/tau))'],
      data: ['k'],
    },
  },
  {
    loss: 'max(0, sqrt(sum(j=1..d, (a_j-p_j)^2)) - sqrt(sum(j=1..d, (a_j-n_j)^2)) + m)',
    wrt: 'p_k',
    hand: '-(a_k-p_k)/sqrt(sum(j=1..d, (a_j-p_j)^2))*ind(sqrt(sum(j=1..d, (a_j-p_j)^2)) - sqrt(sum(j=1..d, (a_j-n_j)^2)) + m > 0)',
    options: { hyper: ['m'] },
  },
  {
    loss: '1 - c',
    wrt: 'u_k',
    hand: '-1/r*(v_k/s - c*u_k/r)',
    options: {
      let: ['r = sqrt(sum(j=1..d, u_j^2))', 's = sqrt(sum(j=1..d, v_j^2))', 'c = sum(j=1..d, u_j*v_j)/(r*s)'],
      data: ['v'],
    },
  },
  {
    loss: '(1-y)/2*D^2 + y/2*max(0, m-D)^2',
    wrt: 'D',
    hand: '(1-y)*D - y*max(0, m-D)',
    options: { data: ['y'], hyper: ['m'] },
  },
  {
    loss: '1/d*sum(j=1..d, max(0, gamma - sqrt(v_j+eps)))',
    wrt: 'v_k',
    hand: '-1/(2*d*sqrt(v_k+eps))*ind(sqrt(v_k+eps) < gamma)',
  },
  {
    loss: '1/2*sum(i=1..N, sum(j=1..d, (x_{i,j} - c_{y_i,j})^2))',
    wrt: 'c_{a,q}',
    hand: '-sum(i=1..N, delta_{a,y_i}*(x_{i,q} - c_{a,q}))',
    options: { data: ['x', 'y'] },
  },
  { loss: 'cos(acos(c) + m)', wrt: 'c', hand: 'sin(acos(c) + m)/sqrt(1-c^2)', options: { hyper: ['m'] } },
  {
    loss: '-sum(u=1..n, log(sigmoid(s_u))) + lambda*sum(k=1..d, p_k^2)',
    wrt: 'p_a',
    hand: '-sum(u=1..n, sigmoid(-s_u)*(q_{u,a} - r_{u,a})) + 2*lambda*p_a',
    options: { let: ['s_u = sum(k=1..d, p_k*q_{u,k}) - sum(k=1..d, p_k*r_{u,k})'], data: ['q', 'r'] },
  },
  {
    loss: '-log(sigmoid(beta*(log(p) - log(q) - c)))',
    wrt: 'p',
    hand: '-beta/p*sigmoid(-beta*(log(p) - log(q) - c))',
    options: { wrt: ['p'], hyper: ['beta'] },
  },
  { loss: '(a - b - 1/(2*beta))^2', wrt: 'a', hand: '2*(a - b - 1/(2*beta))', options: { hyper: ['beta'] } },
  {
    loss: 'log(1+exp(o)) - P*o',
    wrt: 'a',
    hand: 'sigmoid(o) - P',
    options: { let: ['o = a - b'], wrt: ['a'] },
  },
  {
    loss: '1/(P*Q)*sum(i=1..P, sum(j=1..Q, (1-w*(u_i-v_j))^2))',
    wrt: 'w',
    hand: '-2/(P*Q)*sum(i=1..P, sum(j=1..Q, (u_i-v_j)*(1-w*(u_i-v_j))))',
    options: { data: ['u', 'v'] },
  },
  {
    loss: '1/(P*Q)*sum(i=1..P, sum(j=1..Q, max(0, 1-w*(u_i-v_j))))',
    wrt: 'w',
    hand: '-1/(P*Q)*sum(i=1..P, sum(j=1..Q, (u_i-v_j)*ind(w*(u_i-v_j) < 1)))',
    options: { data: ['u', 'v'] },
  },
  // Overlap: V-Net, Tversky, soft Jaccard.
  {
    loss: '1 - 2*sum(y*p)/(sum(y)+sum(p))',
    wrt: 'p_k',
    hand: '-2*(y_k*(sum(i=1..N, y_i) + sum(i=1..N, p_i)) - sum(i=1..N, y_i*p_i))/(sum(i=1..N, y_i) + sum(i=1..N, p_i))^2',
    options: { data: ['y', 'p'], wrt: ['p_k'] },
  },
  {
    loss: '1 - 2*sum(y*p)/(sum(y)+sum(p))',
    wrt: 'w',
    hand: '-2*((sum(i=1..N, y_i) + sum(i=1..N, p_i))*sum(i=1..N, y_i*p_i*(1-p_i)*x_i) - sum(i=1..N, y_i*p_i)*sum(i=1..N, p_i*(1-p_i)*x_i))/(sum(i=1..N, y_i) + sum(i=1..N, p_i))^2',
    options: { let: ['p = sigmoid(w*x+b)'] },
  },
  {
    loss: '1 - 2*sum(i=1..N, p_i*g_i)/(sum(i=1..N, p_i^2)+sum(i=1..N, g_i^2))',
    wrt: 'p_k',
    hand: '-2*(g_k*(sum(i=1..N, p_i^2)+sum(i=1..N, g_i^2)) - 2*p_k*sum(i=1..N, p_i*g_i))/(sum(i=1..N, p_i^2)+sum(i=1..N, g_i^2))^2',
    options: { data: ['g'] },
  },
  {
    loss: '1 - A/B',
    wrt: 'p_k',
    hand: '-(y_k*B - A*(1 - y_k))/B^2',
    options: {
      let: ['A = sum(i=1..N, p_i*y_i)', 'B = sum(i=1..N, p_i) + sum(i=1..N, y_i) - A'],
      data: ['y'],
    },
  },
  {
    loss: '1 - A/B',
    wrt: 'p_k',
    hand: '-(y_k*B - A*(y_k + alpha*(1-y_k) - beta*y_k))/B^2',
    options: {
      let: [
        'A = sum(i=1..N, p_i*y_i)',
        'B = A + alpha*sum(i=1..N, p_i*(1-y_i)) + beta*sum(i=1..N, (1-p_i)*y_i)',
      ],
      data: ['y'],
      hyper: ['alpha', 'beta'],
    },
  },
  // Generative models: VAE, GAN, WGAN-GP, NCE, denoising.
  {
    loss: '1/2*(y - v*s)^2',
    wrt: 'sigma',
    hand: '-(y - v*s)*v*e',
    options: { let: ['s = mu + sigma*e'], data: ['y', 'e'], wrt: ['mu', 'sigma'] },
  },
  {
    loss: '-1/N*sum(log(sigmoid(v*g)))',
    wrt: 'w',
    hand: '-v/N*sum(i=1..N, z_i*sigmoid(-v*g_i))',
    options: { let: ['g = w*z+b'] },
  },
  {
    loss: '1/N*sum(log(1-d))',
    wrt: 'w',
    hand: '-v/N*sum(i=1..N, d_i*z_i)',
    options: { let: ['d = sigmoid(v*(w*z+b))'] },
  },
  {
    loss: 'lambda*(sqrt(sum(j=1..d, g_j^2)) - 1)^2',
    wrt: 'g_k',
    hand: '2*lambda*(1 - 1/sqrt(sum(j=1..d, g_j^2)))*g_k',
  },
  {
    loss: 'lambda*(r - 1)^2',
    wrt: 'g_k',
    hand: '2*lambda*(r - 1)*g_k/r',
    options: { let: ['r = sqrt(sum(j=1..d, g_j^2))'] },
  },
  { loss: '-log(p/(p+k*q))', wrt: 'p', hand: '-k*q/(p*(p+k*q))', options: { wrt: ['p'] } },
  {
    loss: '1/N*sum((e - w*u)^2)',
    wrt: 'w',
    hand: '-2/N*sum(i=1..N, u_i*(e_i - w*u_i))',
    options: { let: ['u = sqrt(a)*x + sqrt(1-a)*e'], data: ['x', 'e'], wrt: ['w'] },
  },
  {
    loss: 'log(1/M*sum(j=1..M, exp(w*z_j))) - 1/N*sum(i=1..N, w*x_i)',
    wrt: 'w',
    hand: 'sum(j=1..M, z_j*exp(w*z_j))/sum(j=1..M, exp(w*z_j)) - 1/N*sum(i=1..N, x_i)',
    options: { data: ['x', 'z'] },
  },
  {
    loss: '1/(N*M)*sum(i=1..N, sum(j=1..M, exp(-(w*u_i-v_j)^2/(2*s^2))))',
    wrt: 'w',
    hand: '-1/(N*M*s^2)*sum(i=1..N, sum(j=1..M, u_i*(w*u_i-v_j)*exp(-(w*u_i-v_j)^2/(2*s^2))))',
    options: { data: ['u', 'v'], hyper: ['s'] },
  },
  // Reinforcement learning: Sutton & Barto, PPO, soft actor-critic.
  {
    loss: '-sum(a=1..K, p_a*Q_a)',
    wrt: 'theta_j',
    hand: '-p_j*(Q_j - sum(a=1..K, p_a*Q_a))',
    options: { let: ['p_k = exp(theta_k)/sum(l=1..K, exp(theta_l))'], data: ['Q'] },
  },
  {
    loss: '-sum(t=1..T, (G_t - b_t)*log(p_{a_t}))',
    wrt: 'theta_j',
    hand: '-sum(t=1..T, (G_t - b_t)*(delta_{a_t,j} - p_j))',
    options: { let: ['p_k = exp(theta_k)/sum(l=1..K, exp(theta_l))'], data: ['G', 'b', 'a'] },
  },
  {
    loss: 'sum(a=1..K, p_a*(alpha*log(p_a) - Q_a))',
    wrt: 'theta_j',
    hand: 'p_j*(alpha*log(p_j) - Q_j - sum(a=1..K, p_a*(alpha*log(p_a) - Q_a)))',
    options: { let: ['p_k = exp(theta_k)/sum(l=1..K, exp(theta_l))'], data: ['Q'] },
  },
  {
    loss: '-1/N*sum(min(r*A, min(max(r, 1-epsilon), 1+epsilon)*A))',
    wrt: 'w',
    hand: '-1/N*sum(i=1..N, r_i*A_i*x_i*if(r_i*A_i < min(max(r_i, 1-epsilon), 1+epsilon)*A_i, 1, 1-epsilon < r_i and r_i < 1+epsilon, 1, 0))',
    options: { let: ['r = exp(w*x - o)'], data: ['x', 'A', 'o'] },
  },
  {
    loss: 'sum(t=0..T, gamma^t*r_t)',
    wrt: 'gamma',
    hand: 'sum(t=0..T, t*gamma^(t-1)*r_t)',
    options: { wrt: ['gamma'], data: ['r'] },
  },
]
