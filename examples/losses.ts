import type { DeriveOptions } from 'gradus'

/** A loss of the gallery: how it is called, where its formula is from, and how it is derived. */
export interface Example {
  readonly title: string
  /** The source of the formula, in words. */
  readonly source: string
  readonly text: string
  readonly options?: DeriveOptions
}

/** All losses of the gallery, by the name of their files. */
export const examples: Readonly<Record<string, Example>> = {
  line: {
    title: 'Least squares of a line',
    source: 'The mean squared error of a line, as every course on regression begins.',
    text: '1/N*sum((y-m*x-b)^2)',
  },
  'least-squares': {
    title: 'Least squares of a model f',
    source: 'The mean squared error of a model f. It is unfolded only where the derivative meets it.',
    text: '1/N*sum((y - f(x))^2)',
    options: { let: ['f(x) = m*x + b'] },
  },
  'any-model': {
    title: 'Least squares of any model',
    source: 'Nothing is said of f, so its gradient stays in the result: ∇ stands for all of its parameters.',
    text: '1/N*sum((y - f(x))^2)',
  },
  'polynomial-regression': {
    title: 'Polynomial regression',
    source: 'Least squares of a polynomial of degree M, the first example of Bishop, Pattern Recognition.',
    text: String.raw`\frac12 \sum_{i=1}^{N} \left( \sum_{k=0}^{M} w_k x_i^k - y_i \right)^2`,
    options: { wrt: ['w'] },
  },
  'ridge-regression': {
    title: 'Ridge regression',
    source: 'Several features and an L2 penalty: the derivative by one weight meets a Kronecker delta.',
    text: '1/N*sum((y - sum(j=1..d, w_j*x_j))^2) + lambda*sum(j=1..d, w_j^2)',
    options: { wrt: ['w_k'] },
  },
  lasso: {
    title: 'Lasso',
    source: 'Squared error with an L1 penalty, in the scaling of scikit-learn.',
    text: String.raw`\frac{1}{2N} \sum_{i=1}^{N} \Bigl( y_i - \sum_{j=1}^{d} w_j x_{ij} \Bigr)^2 + \alpha \sum_{j=1}^{d} |w_j|`,
    options: { wrt: ['w_k'] },
  },
  'elastic-net': {
    title: 'Elastic net',
    source: 'Both penalties, mixed by rho, as scikit-learn states its objective.',
    text: String.raw`\frac{1}{2N} \sum_{i=1}^{N} \Bigl( y_i - \sum_{j=1}^{d} w_j x_{ij} \Bigr)^2 + \alpha \rho \sum_{j=1}^{d} |w_j| + \frac{\alpha (1 - \rho)}{2} \sum_{j=1}^{d} w_j^2`,
    options: { wrt: ['w_k'], hyper: ['alpha', 'rho'] },
  },
  'exponential-decay': {
    title: 'Exponential decay',
    source: 'A curve that decays over the time t, not linear in its parameter k.',
    text: '1/N*sum((y - a*exp(-k*t))^2)',
    options: { wrt: ['a', 'k'] },
  },
  huber: {
    title: 'Huber loss',
    source: 'Quadratic near 0 and linear beyond delta; the branches meet smoothly (Huber 1964).',
    text: '1/N*sum(if(abs(r) <= delta, r^2/2, delta*(abs(r) - delta/2)))',
    options: { let: ['r = y - m*x - b'], wrt: ['m'], assume: ['delta > 0'] },
  },
  'log-cosh': {
    title: 'Log-cosh loss',
    source: 'A smooth relative of the absolute error; sinh over cosh is told to be tanh.',
    text: '1/N*sum(log(cosh(y-m*x-b)))',
  },
  quantile: {
    title: 'Quantile loss',
    source: 'The pinball loss, whose minimum is the quantile tau (Koenker and Bassett 1978).',
    text: String.raw`\frac1N \sum_{i=1}^{N} \max\{\tau (y_i - m x_i - b), (\tau - 1) (y_i - m x_i - b)\}`,
    options: { wrt: ['m'] },
  },
  tukey: {
    title: "Tukey's biweight",
    source: 'A redescending loss: outliers beyond c have no influence at all (Beaton and Tukey 1974).',
    text: '1/N*sum(if(abs(r) <= c, c^2/6*(1 - (1 - (r/c)^2)^3), c^2/6))',
    options: { let: ['r = y - m*x - b'], wrt: ['m'], hyper: ['c'], assume: ['c > 0'] },
  },
  'root-mean-square': {
    title: 'Root mean square error',
    source: 'The root stands outside the sum, so this gradient is no average of the gradients of samples.',
    text: 'sqrt(1/N*sum((y-m*x-b)^2))',
    options: { wrt: ['m'] },
  },
  'student-t': {
    title: "Student's t likelihood",
    source: "The negative log-likelihood of Student's t distribution, robust against outliers.",
    text: '(nu+1)/2*sum(log(1 + (y-mu)^2/(nu*sigma^2)))',
    options: { wrt: ['mu', 'sigma'] },
  },
  'gaussian-likelihood': {
    title: 'Gaussian likelihood',
    source: 'The negative log-likelihood of a normal distribution, up to a constant.',
    text: 'sum(log(sigma) + (y-mu)^2/(2*sigma^2))',
    options: { wrt: ['mu', 'sigma'] },
  },
  'gaussian-with-variance': {
    title: 'Gaussian likelihood with a predicted variance',
    source: 'A model predicts the mean and the log-variance of each sample (Nix and Weigend 1994).',
    text: String.raw`\frac{1}{2N} \sum_{i=1}^{N} \left( s_i + \frac{(y_i - \mu_i)^2}{e^{s_i}} \right)`,
    options: { let: ['mu_i = m*x_i + b', 's_i = v*x_i + c'], wrt: ['m', 'v'], data: ['x', 'y'] },
  },
  'logistic-regression': {
    title: 'Logistic regression',
    source: 'The cross-entropy of a probability p. The name p is kept, and comes back in the result.',
    text: '-1/N*sum(y*log(p) + (1-y)*log(1-p))',
    options: { let: ['p = sigmoid(w*x + b)'] },
  },
  'logistic-hessian': {
    title: 'Logistic regression, second derivatives',
    source: 'The Hessian of logistic regression, each entry once.',
    text: '-1/N*sum(y*log(p) + (1-y)*log(1-p))',
    options: { let: ['p = sigmoid(w*x + b)'], order: 2 },
  },
  'multinomial-regression': {
    title: 'Multinomial logistic regression',
    source: 'Softmax over linear scores with one-hot targets y, by one weight of the matrix W.',
    text: String.raw`-\frac1N \sum_{i=1}^{N} \sum_{k=1}^{K} y_{ik} \log p_{ik}`,
    options: {
      let: ['s_{i,k} = sum(j=1..d, W_{k,j}*x_{i,j})', 'p_{i,k} = exp(s_{i,k})/sum(l=1..K, exp(s_{i,l}))'],
      wrt: ['W_{c,q}'],
      data: ['x', 'y'],
      assume: ['sum(k=1..K, y_k) = 1'],
    },
  },
  'probit-regression': {
    title: 'Probit regression',
    source: 'Binary regression with the normal distribution function as its link.',
    text: String.raw`-\sum_{i=1}^{N} \left( y_i \log \Phi(w x_i) + (1 - y_i) \log(1 - \Phi(w x_i)) \right)`,
    options: { wrt: ['w'] },
  },
  'poisson-regression': {
    title: 'Poisson regression',
    source: 'The negative log-likelihood of counts y with the rate exp(theta x), pasted as LaTeX.',
    text: String.raw`\sum_{i=1}^{n} \left( e^{\theta x_i} - y_i \theta x_i \right)`,
  },
  'gamma-regression': {
    title: 'Gamma regression',
    source: 'The deviance of a gamma model with a log link, up to terms without parameters.',
    text: 'sum(y/mu + log(mu))',
    options: { let: ['mu = exp(w*x + b)'], wrt: ['w'] },
  },
  'negative-binomial': {
    title: 'Negative binomial regression',
    source: 'Overdispersed counts with the mean mu and the size r; by r the digamma function appears.',
    text: '-sum(lgamma(y + r) - lgamma(r) + r*log(r/(r + mu)) + y*log(mu/(r + mu)))',
    options: { let: ['mu = exp(w*x)'], wrt: ['r'], data: ['x', 'y'], assume: ['r > 0'] },
  },
  hinge: {
    title: 'Hinge loss',
    source: 'The loss of a support vector machine: the kink stands beside the result as a condition.',
    text: String.raw`\frac1N \sum_{i=1}^{N} \max\{0, 1 - y_i (m x_i + b)\}`,
  },
  'squared-hinge': {
    title: 'Squared hinge loss',
    source: 'The hinge squared, with the weight penalty of a linear support vector classifier.',
    text: String.raw`\frac12 w^2 + C \sum_{i=1}^{N} \max(0, 1 - y_i (w x_i + b))^2`,
    options: { wrt: ['w'], hyper: ['C'] },
  },
  'exponential-loss': {
    title: 'Exponential loss',
    source: 'The loss that AdaBoost minimises (Friedman, Hastie and Tibshirani 2000).',
    text: String.raw`\frac1N \sum_{i=1}^{N} e^{-y_i (w x_i + b)}`,
    options: { wrt: ['w'] },
  },
  focal: {
    title: 'Focal loss',
    source: 'Cross-entropy that plays down the easy samples (Lin et al. 2017).',
    text: String.raw`-\frac1N \sum_{i=1}^{N} (1 - p_i)^\gamma \log p_i`,
    options: { let: ['p_i = sigmoid(y_i*w*x_i)'], wrt: ['w'] },
  },
  'softmax-cross-entropy': {
    title: 'Softmax and cross-entropy',
    source: 'With targets that sum to 1 the derivative is the famous p - t.',
    text: '-sum(k=1..K, t_k*log(p_k))',
    options: {
      let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'],
      wrt: ['z_q'],
      data: ['t'],
      assume: ['sum(k=1..K, t_k) = 1'],
    },
  },
  'label-smoothing': {
    title: 'Label smoothing',
    source: 'Cross-entropy against targets mixed with the uniform distribution (Szegedy et al. 2016).',
    text: String.raw`-\sum_{k=1}^{K} \left( (1 - \epsilon) t_k + \frac{\epsilon}{K} \right) \log p_k`,
    options: {
      let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'],
      wrt: ['z_q'],
      data: ['t'],
      assume: ['sum(k=1..K, t_k) = 1'],
    },
  },
  'kl-divergence': {
    title: 'Kullback-Leibler divergence',
    source: 'Distillation: a teacher q and a student softmax (Hinton, Vinyals and Dean 2015).',
    text: String.raw`\sum_{k=1}^{K} q_k \log \frac{q_k}{p_k}`,
    options: {
      let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'],
      wrt: ['z_c'],
      data: ['q'],
      assume: ['sum(k=1..K, q_k) = 1'],
    },
  },
  dice: {
    title: 'Soft Dice loss (soft F1)',
    source: 'A ratio of sums over the batch, so no average of losses of samples (Milletari et al. 2016).',
    text: String.raw`1 - \frac{2 \sum_{i=1}^{N} y_i p_i}{\sum_{i=1}^{N} y_i + \sum_{i=1}^{N} p_i}`,
    options: { let: ['p_i = sigmoid(w*x_i + b)'], wrt: ['w'] },
  },
  'gaussian-mixture': {
    title: 'Gaussian mixture',
    source: 'The negative log-likelihood of a mixture with unit variances; the responsibilities appear.',
    text: String.raw`-\sum_{i=1}^{N} \log \sum_{k=1}^{K} a_k e^{-(x_i - \mu_k)^2 / 2}`,
    options: { wrt: ['mu_c'], data: ['x', 'a'] },
  },
  cox: {
    title: 'Cox partial likelihood',
    source: 'Proportional hazards over samples sorted by time; e_i is 1 where an event was seen (Cox 1972).',
    text: String.raw`-\sum_{i=1}^{n} e_i \left( \theta x_i - \log \sum_{j=i}^{n} \exp(\theta x_j) \right)`,
    options: { wrt: ['theta'], data: ['x', 'e'] },
  },
  'skip-gram': {
    title: 'Skip-gram with negative sampling',
    source: 'The word2vec objective of one pair and its n noise words, by the word (Mikolov et al. 2013).',
    text: String.raw`-\log \sigma\Bigl(\sum_{j=1}^{d} u_j v_j\Bigr) - \sum_{k=1}^{n} \log \sigma\Bigl(-\sum_{j=1}^{d} c_{kj} v_j\Bigr)`,
    options: { wrt: ['v_q'], data: ['u', 'c'] },
  },
  glove: {
    title: 'GloVe',
    source: 'Weighted least squares on the logarithms of co-occurrence counts (Pennington et al. 2014).',
    text: String.raw`\sum_{i=1}^{n} \sum_{j=1}^{n} c_{ij} \left( \sum_{k=1}^{d} u_{ik} v_{jk} + b_i - x_{ij} \right)^2`,
    options: { wrt: ['u_{p,q}'], data: ['c', 'x'] },
  },
  'matrix-factorisation': {
    title: 'Matrix factorisation',
    source: 'Ratings r by users and items with L2 penalties (Koren, Bell and Volinsky 2009).',
    text: String.raw`\sum_{i=1}^{n} \sum_{j=1}^{m} \left( r_{ij} - \sum_{k=1}^{d} u_{ik} v_{jk} \right)^2 + \lambda \sum_{i=1}^{n} \sum_{k=1}^{d} u_{ik}^2`,
    options: { wrt: ['u_{p,q}'], data: ['r'] },
  },
  'bayesian-ranking': {
    title: 'Bayesian personalised ranking',
    source: 'A user u prefers the item a over the item b (Rendle et al. 2009).',
    text: String.raw`-\log \sigma\Bigl(\sum_{k=1}^{d} u_k (a_k - b_k)\Bigr) + \lambda \sum_{k=1}^{d} u_k^2`,
    options: { wrt: ['u_q'], data: [] },
  },
  ranknet: {
    title: 'RankNet',
    source: 'Logistic loss on the differences of all pairs that are out of order (Burges et al. 2005).',
    text: String.raw`\sum_{i=1}^{n} \sum_{j=i+1}^{n} \log\left(1 + e^{-(s_i - s_j)}\right)`,
    options: { let: ['s_i = w*x_i'], wrt: ['w'] },
  },
  listmle: {
    title: 'ListMLE',
    source: 'The Plackett-Luce likelihood of a list in its right order (Xia et al. 2008).',
    text: String.raw`-\sum_{i=1}^{n} \left( s_i - \log \sum_{j=i}^{n} e^{s_j} \right)`,
    options: { let: ['s_i = w*x_i'], wrt: ['w'], data: ['x'] },
  },
  triplet: {
    title: 'Triplet loss',
    source: 'An anchor nearer to the positive than to the negative sample (Schroff et al. 2015).',
    text: String.raw`\max\Bigl(0, \sum_{k=1}^{d} (a_k - p_k)^2 - \sum_{k=1}^{d} (a_k - q_k)^2 + \alpha\Bigr)`,
    options: { wrt: ['a_j'], data: ['p', 'q'] },
  },
  contrastive: {
    title: 'Contrastive loss',
    source: 'Pairs at the distance D: alike ones (y = 1) are pulled, others pushed (Hadsell et al. 2006).',
    text: String.raw`\frac{1}{2N} \sum_{i=1}^{N} \left( y_i D_i^2 + (1 - y_i) \max(0, c - D_i)^2 \right)`,
    options: { let: ['D_i = abs(w*x_i)'], wrt: ['w'], data: ['x', 'y'], hyper: ['c'] },
  },
  'info-nce': {
    title: 'InfoNCE',
    source:
      'The first of n similarities is the positive one; tau is the temperature (van den Oord et al. 2018).',
    text: String.raw`-\log \frac{e^{s_1 / \tau}}{\sum_{j=1}^{n} e^{s_j / \tau}}`,
    options: { let: ['s_j = sum(k=1..d, w_k*z_{j,k})'], wrt: ['w_q'], data: ['z'] },
  },
  reinforce: {
    title: 'REINFORCE',
    source: 'A softmax policy over actions a with advantages A (Williams 1992).',
    text: String.raw`-\frac1N \sum_{i=1}^{N} A_i \left( \theta_{a_i} - \log \sum_{k=1}^{K} e^{\theta_k} \right)`,
    options: { wrt: ['theta_c'], data: ['A', 'a'] },
  },
  ppo: {
    title: 'PPO with a clipped ratio',
    source: 'The surrogate of proximal policy optimisation with advantages A (Schulman et al. 2017).',
    text: String.raw`-\frac1N \sum_{i=1}^{N} \min\left( r_i A_i, \min(\max(r_i, 1 - \epsilon), 1 + \epsilon) A_i \right)`,
    options: { let: ['r_i = exp(w*x_i - q_i)'], wrt: ['w'], data: ['x', 'q', 'A'] },
  },
  'temporal-difference': {
    title: 'Temporal difference learning',
    source: 'Squared residuals of linear values at successive states x (Baird 1995).',
    text: String.raw`\frac12 \sum_{t=1}^{T-1} \left( r_t + \gamma w x_{t+1} - w x_t \right)^2`,
    options: { wrt: ['w'], data: ['r', 'x'] },
  },
  dpo: {
    title: 'Direct preference optimisation',
    source: 'Log-ratios of preferred answers p and rejected ones q (Rafailov et al. 2023).',
    text: String.raw`-\frac1N \sum_{i=1}^{N} \log \sigma\left( \beta (w (x_i - z_i) - p_i + q_i) \right)`,
    options: { wrt: ['w'], data: ['x', 'z', 'p', 'q'], hyper: ['beta'] },
  },
  attention: {
    title: 'Attention with one query',
    source: 'Softmax weights over keys k mix the values v (Vaswani et al. 2017), by the query.',
    text: String.raw`\frac12 \left( y - \sum_{j=1}^{n} a_j v_j \right)^2`,
    options: {
      let: ['s_j = sum(c=1..d, q_c*k_{j,c})/sqrt(d)', 'a_j = exp(s_j)/sum(l=1..n, exp(s_l))'],
      wrt: ['q_p'],
      data: ['y', 'k', 'v'],
    },
  },
  'batch-norm': {
    title: 'Batch normalisation',
    source: 'A batch normalised by its own mean and variance (Ioffe and Szegedy 2015), by one input.',
    text: String.raw`\sum_{i=1}^{N} c_i \frac{u_i - \mu}{\sqrt{v + \epsilon}}`,
    options: {
      let: ['mu = 1/N*sum(i=1..N, u_i)', 'v = 1/N*sum(i=1..N, (u_i - mu)^2)'],
      wrt: ['u_k'],
      data: ['c'],
    },
  },
  'layer-norm': {
    title: 'Layer normalisation',
    source: 'Gain and bias after normalising (Ba, Kiros and Hinton 2016), by the gain.',
    text: String.raw`\frac12 \sum_{j=1}^{d} (g_j h_j + b_j - t_j)^2`,
    options: {
      let: [
        'mu = 1/d*sum(j=1..d, x_j)',
        'v = 1/d*sum(j=1..d, (x_j - mu)^2)',
        'h_j = (x_j - mu)/sqrt(v + epsilon)',
      ],
      wrt: ['g_k'],
      data: ['x', 't'],
    },
  },
  'hidden-unit': {
    title: 'A hidden unit',
    source: 'A network with one hidden unit: definitions use each other, and fold back in the result.',
    text: '1/N*sum((y - yhat)^2)',
    options: { let: ['a = tanh(w*x + b)', 'yhat = v*a + c'], wrt: ['w', 'v'] },
  },
  'two-layer-network': {
    title: 'A network with two layers',
    source: 'A hidden layer of tanh units, by one weight of either layer: backpropagation.',
    text: String.raw`\frac{1}{2N} \sum_{i=1}^{N} (\hat y_i - y_i)^2`,
    options: {
      let: ['a_{i,h} = tanh(sum(j=1..d, W_{h,j}*x_{i,j}) + b_h)', 'yhat_i = sum(h=1..H, v_h*a_{i,h})'],
      wrt: ['v_p', 'W_{p,q}'],
      data: ['x', 'y'],
    },
  },
  'gelu-neuron': {
    title: 'A GELU neuron',
    source: 'One neuron with the Gaussian error linear unit (Hendrycks and Gimpel 2016).',
    text: '1/N*sum((y - gelu(w*x + b))^2)',
    options: { wrt: ['w'] },
  },
  vae: {
    title: 'Variational autoencoder',
    source:
      'Reconstruction with reparametrised noise e plus the divergence from the prior (Kingma and Welling 2014).',
    text: String.raw`\frac{1}{2} (y - w (\mu + s e_1))^2 + \frac12 \left( \mu^2 + s^2 - 1 - \log s^2 \right)`,
    options: { wrt: ['mu', 's', 'w'], data: ['y', 'e'], assume: ['s > 0'] },
  },
  gan: {
    title: 'Generative adversarial network',
    source: 'The discriminator against true samples x and generated ones z (Goodfellow et al. 2014).',
    text: String.raw`-\frac1N \sum_{i=1}^{N} \left( \log \sigma(w x_i + b) + \log(1 - \sigma(w z_i + b)) \right)`,
    options: { wrt: ['w'], data: ['x', 'z'] },
  },
  wgan: {
    title: 'Wasserstein critic',
    source: 'The difference of two means of a critic, without a penalty (Arjovsky et al. 2017).',
    text: String.raw`\frac1N \sum_{i=1}^{N} v \tanh(w z_i) - \frac1N \sum_{i=1}^{N} v \tanh(w x_i)`,
    options: { wrt: ['v', 'w'], data: ['x', 'z'] },
  },
  cvar: {
    title: 'Conditional value at risk',
    source: 'The mean of the worst losses beyond the quantile c (Rockafellar and Uryasev 2000).',
    text: String.raw`c + \frac{1}{\alpha N} \sum_{i=1}^{N} \max(0, (y_i - w x_i)^2 - c)`,
    options: { wrt: ['w', 'c'] },
  },
}
