/** Losses in our notation beside the same written in JavaScript, which knows nothing of terms. */

export type Vector = ArrayLike<number>
export type Matrix = ArrayLike<Vector>
/** `N` samples, `d` features, `K` classes; what a loss does not name is not used. */
export interface Batch {
  readonly x: Vector
  readonly y: Vector
  readonly v: Vector
  readonly X: Matrix
  readonly T: Matrix
  readonly c: Vector
  readonly w: Vector
  readonly W: Matrix
  readonly m: number
  readonly b: number
  readonly s: number
  readonly a: number
}

export interface LossByHand {
  readonly text: string
  readonly wrt: readonly (keyof Batch)[]
  readonly byHand: (batch: Batch) => number
  readonly let?: readonly string[]
}

const sum = (values: Vector, of: (value: number, i: number) => number): number =>
  Array.from(values).reduce((total, value, i) => total + of(value, i), 0)
const mean = (values: Vector, of: (value: number, i: number) => number) => sum(values, of) / values.length
const dot = (u: Vector, v: Vector) => sum(u, (value, i) => value * v[i]!)
const sigmoid = (u: number) => 1 / (1 + Math.exp(-u))
const residuals = ({ x, y, m, b }: Batch) => Array.from(x, (value, i) => y[i]! - m * value - b)
const logSum = (values: Vector) => Math.log(sum(values, Math.exp))
const logits = ({ X, W }: Batch) => Array.from(X, (row) => Array.from(W, (weights) => dot(weights, row)))

const line = 'y_i - m*x_i - b'
const logit = 'sum(j=1..d, W_{k,j}*X_{i,j})'
const z = `z_{i,k} = ${logit}`

export const lossesByHand: readonly LossByHand[] = [
  { text: '1/N*sum((y-m*x-b)^2)', wrt: ['m', 'b'], byHand: (e) => mean(residuals(e), (r) => r * r) },
  { text: 'sum(abs(y-m*x-b)^3)', wrt: ['m', 'b'], byHand: (e) => sum(residuals(e), (r) => Math.abs(r) ** 3) },
  {
    text: 'mean(log(cosh(y-m*x-b)))',
    wrt: ['m', 'b'],
    byHand: (e) => mean(residuals(e), (r) => Math.log(Math.cosh(r))),
  },
  {
    text: 'mean(if(abs(y-m*x-b)<=1/2, (y-m*x-b)^2/2, abs(y-m*x-b)/2-1/8))',
    wrt: ['m', 'b'],
    byHand: (e) => mean(residuals(e), (r) => (Math.abs(r) <= 0.5 ? (r * r) / 2 : Math.abs(r) / 2 - 0.125)),
  },
  {
    text: 'mean(sqrt(1+(y-m*x-b)^2)-1)',
    wrt: ['m', 'b'],
    byHand: (e) => mean(residuals(e), (r) => Math.hypot(1, r) - 1),
  },
  {
    text: 'sqrt(mean((y-m*x-b)^2))',
    wrt: ['m', 'b'],
    byHand: (e) => Math.sqrt(mean(residuals(e), (r) => r * r)),
  },
  {
    text: 'sum(v*(y-m*x-b)^2)/sum(v)',
    wrt: ['m', 'b'],
    byHand: (e) => sum(residuals(e), (r, i) => e.v[i]! * r * r) / sum(e.v, (v) => v),
  },
  {
    text: 'sum(log(s)+(y-m)^2/(2*s^2))',
    wrt: ['m', 's'],
    byHand: ({ y, m, s }) => sum(y, (value) => Math.log(s) + (value - m) ** 2 / (2 * s * s)),
  },
  {
    text: 'sum(exp(m*x+b)-v*(m*x+b))',
    wrt: ['m', 'b'],
    byHand: ({ x, v, m, b }) => sum(x, (value, i) => Math.exp(m * value + b) - v[i]! * (m * value + b)),
  },
  {
    text: 'mean(log(1+exp(-y*(m*x+b))))',
    wrt: ['m', 'b'],
    byHand: ({ x, y, m, b }) => mean(x, (value, i) => Math.log(1 + Math.exp(-y[i]! * (m * value + b)))),
  },
  {
    text: '-mean(v*log(p)+(1-v)*log(1-p))',
    let: ['p = sigmoid(m*x+b)'],
    wrt: ['m', 'b'],
    byHand: ({ x, v, m, b }) =>
      -mean(x, (value, i) => {
        const p = sigmoid(m * value + b)
        return v[i]! * Math.log(p) + (1 - v[i]!) * Math.log(1 - p)
      }),
  },
  {
    text: '-mean((1-p)^2*log(p))',
    let: ['p = sigmoid(m*x+b)'],
    wrt: ['m', 'b'],
    byHand: ({ x, m, b }) =>
      -mean(x, (value) => (1 - sigmoid(m * value + b)) ** 2 * Math.log(sigmoid(m * value + b))),
  },
  {
    text: '1-2*sum(v*p)/(sum(v)+sum(p))',
    let: ['p = sigmoid(m*x+b)'],
    wrt: ['m', 'b'],
    byHand: ({ x, v, m, b }) => {
      const p = Array.from(x, (value) => sigmoid(m * value + b))
      return 1 - (2 * dot(v, p)) / (sum(v, (u) => u) + sum(p, (u) => u))
    },
  },
  {
    text: 'mean((y-a*tanh(m*x+b)-s)^2)',
    wrt: ['a', 'm', 'b', 's'],
    byHand: ({ x, y, a, m, b, s }) => mean(x, (value, i) => (y[i]! - a * Math.tanh(m * value + b) - s) ** 2),
  },
  {
    text: 'mean((m*x)^2)-mean(m*x)^2',
    wrt: ['m'],
    byHand: ({ x, m }) => mean(x, (value) => (m * value) ** 2) - mean(x, (value) => m * value) ** 2,
  },
  {
    text: 'log(mean(exp(m*x)))/m',
    wrt: ['m'],
    byHand: ({ x, m }) => Math.log(mean(x, (value) => Math.exp(m * value))) / m,
  },
  {
    text: '1/N^2*sum(i=1..N, sum(j=1..N, (m*x_i-m*x_j-(y_i-y_j))^2))',
    wrt: ['m'],
    byHand: ({ x, y, m }) => mean(x, (p, i) => mean(x, (q, j) => (m * p - m * q - (y[i]! - y[j]!)) ** 2)),
  },
  {
    text: 'sum(i=1..N, sum(j=i+1..N, log(1+exp(-m*(x_i-x_j)))))',
    wrt: ['m'],
    byHand: ({ x, m }) =>
      sum(x, (p, i) => sum(x, (q, j) => (j > i ? Math.log(1 + Math.exp(-m * (p - q))) : 0))),
  },
  {
    text: 'sum(i=1..N, log(sum(j=i..N, exp(m*x_j)))-m*x_i)',
    wrt: ['m'],
    byHand: ({ x, m }) =>
      sum(
        x,
        (p, i) =>
          logSum(
            Array.from(x)
              .slice(i)
              .map((q) => m * q),
          ) -
          m * p,
      ),
  },
  {
    text: `-log(prod(i=1..N, exp(-(${line})^2)))`,
    wrt: ['m', 'b'],
    byHand: (e) => sum(residuals(e), (r) => r * r),
  },
  {
    text: 'prod(i=1..N, 1+s*v_i)',
    wrt: ['s'],
    byHand: ({ v, s }) => Array.from(v).reduce((product, value) => product * (1 + s * value), 1),
  },
  {
    text: 'sum(i=1..N, (y_i-sum(j=1..d, w_j*X_{i,j}))^2)+1/2*sum(j=1..d, w_j^2)',
    wrt: ['w'],
    byHand: ({ X, y, w }) => sum(y, (value, i) => (value - dot(w, X[i]!)) ** 2) + dot(w, w) / 2,
  },
  {
    text: 'mean(i=1..N, abs(y_i-sum(j=1..d, w_j*X_{i,j})))+sum(j=1..d, abs(w_j))',
    wrt: ['w'],
    byHand: ({ X, y, w }) => mean(y, (value, i) => Math.abs(value - dot(w, X[i]!))) + sum(w, Math.abs),
  },
  {
    text: 'sum(i=1..N, log(1+exp(-y_i*sum(j=1..d, w_j*X_{i,j}))))',
    wrt: ['w'],
    byHand: ({ X, y, w }) => sum(y, (value, i) => Math.log(1 + Math.exp(-value * dot(w, X[i]!)))),
  },
  {
    text: 'sum(i=1..N, max(0, 1-y_i*sum(j=1..d, w_j*X_{i,j}))^2)',
    wrt: ['w'],
    byHand: ({ X, y, w }) => sum(y, (value, i) => Math.max(0, 1 - value * dot(w, X[i]!)) ** 2),
  },
  {
    text: 'sum(i=1..N, prod(j=1..d, 1+w_j*X_{i,j}))',
    wrt: ['w'],
    byHand: ({ X, w }) =>
      sum(
        Array.from(X, (row) => Array.from(row).reduce((product, u, j) => product * (1 + w[j]! * u), 1)),
        (u) => u,
      ),
  },
  {
    text: 'log(sum(j=1..d, exp(w_j)))-w_2',
    wrt: ['w'],
    byHand: ({ w }) => logSum(w) - w[1]!,
  },
  {
    text: 'sum(j=2..d, (w_j-w_{j-1})^2)',
    wrt: ['w'],
    byHand: ({ w }) => sum(w, (value, j) => (j === 0 ? 0 : (value - w[j - 1]!) ** 2)),
  },
  {
    text: 'sqrt(sum(j=1..d, w_j^2))',
    wrt: ['w'],
    byHand: ({ w }) => Math.sqrt(dot(w, w)),
  },
  {
    text: 'sum(j=1..d, sum(l=1..d, w_j*w_l/(j+l-1)))',
    wrt: ['w'],
    byHand: ({ w }) => sum(w, (p, j) => sum(w, (q, l) => (p * q) / (j + l + 1))),
  },
  {
    text: '-mean(i=1..N, sum(k=1..K, T_{i,k}*log(p_{i,k})))',
    let: [z, 'p_{i,k} = exp(z_{i,k})/sum(l=1..K, exp(z_{i,l}))'],
    wrt: ['W'],
    byHand: (e) => {
      const rows = logits(e)
      return -mean(
        rows.map((row, i) => sum(row, (u, k) => e.T[i]![k]! * (u - logSum(row)))),
        (u) => u,
      )
    },
  },
  {
    text: `-mean(i=1..N, log(exp(sum(j=1..d, W_{c_i,j}*X_{i,j}))/sum(k=1..K, exp(${logit}))))`,
    wrt: ['W'],
    byHand: (e) =>
      -mean(
        logits(e).map((row, i) => row[e.c[i]! - 1]! - logSum(row)),
        (u) => u,
      ),
  },
  {
    text: `mean(i=1..N, sum(k=1..K, (T_{i,k}-sigmoid(${logit}))^2))`,
    wrt: ['W'],
    byHand: (e) =>
      mean(
        logits(e).map((row, i) => sum(row, (u, k) => (e.T[i]![k]! - sigmoid(u)) ** 2)),
        (u) => u,
      ),
  },
  {
    text: `sum(i=1..N, max(k=1..K, ${logit}))`,
    wrt: ['W'],
    byHand: (e) =>
      sum(
        logits(e).map((row) => Math.max(...row)),
        (u) => u,
      ),
  },
  {
    text: 'sum(i=1..N, min(k=1..K, sum(j=1..d, (X_{i,j}-W_{k,j})^2)))',
    wrt: ['W'],
    byHand: ({ X, W }) =>
      sum(
        Array.from(X, (row) =>
          Math.min(...Array.from(W, (centre) => sum(row, (u, j) => (u - centre[j]!) ** 2))),
        ),
        (u) => u,
      ),
  },
  {
    text: 'sum(i=1..N, sum(k=1..K, ind(k != c_i)*max(0, 1+z_{i,k}-z_{i,c_i})))',
    let: [z],
    wrt: ['W'],
    byHand: (e) =>
      sum(
        logits(e).map((row, i) =>
          sum(row, (u, k) => (k === e.c[i]! - 1 ? 0 : Math.max(0, 1 + u - row[e.c[i]! - 1]!))),
        ),
        (u) => u,
      ),
  },
  {
    text: '-sum(i=1..N, log(sum(k=1..K, exp(-sum(j=1..d, (X_{i,j}-W_{k,j})^2)))))',
    wrt: ['W'],
    byHand: ({ X, W }) =>
      -sum(
        Array.from(X, (row) => logSum(Array.from(W, (centre) => -sum(row, (u, j) => (u - centre[j]!) ** 2)))),
        (u) => u,
      ),
  },
  {
    text: '1/2*sum(k=1..K, sum(j=1..d, W_{k,j}^2))+sum(k=1..K, sqrt(sum(j=1..d, W_{k,j}^2)))',
    wrt: ['W'],
    byHand: ({ W }) =>
      sum(
        Array.from(W, (row) => dot(row, row) / 2 + Math.sqrt(dot(row, row))),
        (u) => u,
      ),
  },
  {
    text: 'sum(k=1..K, sum(l=1..K, (sum(j=1..d, W_{k,j}*W_{l,j})-delta_{k,l})^2))',
    wrt: ['W'],
    byHand: ({ W }) =>
      sum(
        Array.from(W, (p, k) =>
          sum(
            Array.from(W, (q, l) => (dot(p, q) - (k === l ? 1 : 0)) ** 2),
            (u) => u,
          ),
        ),
        (u) => u,
      ),
  },
]
