import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { ReadError, type ReadOptions, readAny, readLoss } from '../../src/read/index.ts'

/** Vector notation against matrix arithmetic of the test's own. */

type Vector = readonly number[]
type Matrix = readonly Vector[]

const dot = (a: Vector, b: Vector) => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
const apply = (a: Matrix, x: Vector) => a.map((row) => dot(row, x))
const transpose = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!))
const minus = (a: Vector, b: Vector) => a.map((value, i) => value - b[i]!)
const squares = (a: Matrix) => a.reduce((sum, row) => sum + dot(row, row), 0)
const product = (a: Matrix, b: Matrix) => a.map((row) => apply(transpose(b), row))

const X: Matrix = [
  [0.94, 1.15],
  [-0.97, 0.74],
  [0.48, 0.37],
]
const y = [0.29, -0.49, -0.63]
const w = [1.33, -0.93]
const A: Matrix = [
  [2, -1],
  [0.5, 3],
]
const b = [0.25, -1.5]
const mu = [0.1, 0.2]
const c = [1, 2, 2]
const residual = minus(y, apply(X, w))
const env = {
  X,
  x: X,
  y,
  t: y,
  w,
  A,
  W: A,
  b,
  mu,
  c,
  theta: w,
  lambda: 0.7,
  N: 3,
  n: 3,
  d: 2,
  K: 2,
  p: 2,
  m: 3,
  k: 2,
  'W^{[1]}': A,
  'b^{[1]}': b,
  'W^{[2]}': [b, mu],
  'b^{[2]}': w,
}
const sigmoid = (u: number) => 1 / (1 + Math.exp(-u))

const losses: readonly (readonly [text: string, value: number, options?: ReadOptions])[] = [
  ['\\frac1N\\sum_{i=1}^N (y_i - \\mathbf w^\\top \\mathbf x_i)^2', dot(residual, residual) / 3],
  ['\\frac1N\\sum_{i=1}^N (y_i - w^T x_i)^2', dot(residual, residual) / 3],
  ['\\frac1N\\sum_{i=1}^N (y_i - w^{\\mathsf T} x_i)^2', dot(residual, residual) / 3],
  ['\\frac1N\\sum_{i=1}^N (y_i - x_i^\\intercal w)^2', dot(residual, residual) / 3],
  ['\\frac1N\\sum_{i=1}^N (y_i - \\langle w, x_i\\rangle)^2', dot(residual, residual) / 3],
  ['\\frac1N\\sum_{i=1}^N (y_i - \\mathbf w\\cdot\\mathbf x_i)^2', dot(residual, residual) / 3],
  [
    '\\sum_{i=1}^N (y_i - w\\cdot x_i)^2 + \\lambda\\sum_{j=1}^d w_j^2',
    dot(residual, residual) + 0.7 * dot(w, w),
  ],
  ['sum((y - w^T x)^2)', dot(residual, residual)],
  ['\\sum (y - w^\\top x)^2', dot(residual, residual)],
  ['(y-Xw)^\\top(y-Xw)', dot(residual, residual)],
  ['\\left(y-Xw\\right)^T\\left(y-Xw\\right)', dot(residual, residual)],
  ['\\|y-Xw\\|^2', dot(residual, residual)],
  ['\\left\\lVert y-Xw\\right\\rVert_2^2', dot(residual, residual)],
  ['‖y − X w‖² + λ‖w‖²', dot(residual, residual) + 0.7 * dot(w, w)],
  ['||y - X w||_2^2', dot(residual, residual)],
  ['\\frac{1}{2m}\\|X\\theta - y\\|^2', dot(residual, residual) / 6],
  ['\\frac{1}{n}(X\\theta - y)^\\top(X\\theta - y)', dot(residual, residual) / 3],
  ['y^\\top y-2y^\\top Xw+w^\\top X^\\top Xw', dot(residual, residual)],
  ['\\|y-Xw\\|_2', Math.sqrt(dot(residual, residual))],
  ['\\|y-Xw\\|_1 + \\lambda\\|w\\|_\\infty', residual.reduce((sum, r) => sum + Math.abs(r), 0) + 0.7 * 1.33],
  ['w^\\top A w - b^\\top w', dot(w, apply(A, w)) - dot(b, w)],
  ['w^\\top A^\\top b', dot(apply(A, w), b)],
  ['\\lVert A\\rVert_F^2', squares(A)],
  ['\\operatorname{tr}(A^\\top A)', squares(A)],
  ['\\|X - XA\\|_F^2', squares(X.map((row, i) => minus(row, product(X, A)[i]!)))],
  ['\\sum_{i=1}^N\\|x_i - \\mu\\|', X.reduce((sum, row) => sum + Math.hypot(...minus(row, mu)), 0)],
  [
    '\\sum_{i=1}^N (x_i - \\mu)^\\top A (x_i - \\mu)',
    X.reduce((sum, row) => sum + dot(minus(row, mu), apply(A, minus(row, mu))), 0),
  ],
  ['-\\sum_{i=1}^N \\log\\operatorname{softmax}(W x_i + b)_{c_i}', crossEntropy()],
  [
    '-\\sum_{i=1}^N \\left(w_{c_i}^\\top x_i + b_{c_i} - \\log\\sum_{k=1}^K e^{w_k^\\top x_i + b_k}\\right)',
    crossEntropy(),
    { let: ['w_{k,j} = W_{k,j}'] },
  ],
  [
    '\\sum_i \\log(1+\\exp(-y_i(w^\\top x_i)))',
    y.reduce((sum, v, i) => sum + Math.log1p(Math.exp(-v * dot(w, X[i]!))), 0),
  ],
  ['\\sum_i \\sigma(w^\\top x_i)', X.reduce((sum, row) => sum + sigmoid(dot(w, row)), 0)],
  [
    'w^\\top (w \\odot b)',
    dot(
      w,
      w.map((v, i) => v * b[i]!),
    ),
  ],
  ['\\|\\sigma(Aw + b)\\|^2', apply(A, w).reduce((sum, u, i) => sum + sigmoid(u + b[i]!) ** 2, 0)],
  [
    '\\sum_i (y_i - f(x_i))^2, \\quad f(x) = w^\\top x + k',
    minus(residual, [2, 2, 2]).reduce((sum, r) => sum + r * r, 0),
    { wrt: ['w'] },
  ],
  ['let r = y - X w; \\tfrac12 r^\\top r', dot(residual, residual) / 2],
  ['let z_i = w^\\top x_i; \\sum_i z_i^2', X.reduce((sum, row) => sum + dot(w, row) ** 2, 0)],
  ['\\|w\\|^2 + |\\mathbf w|^2', 2 * dot(w, w)],
  ['\\| W_2 \\sigma(W_1 w + b_1) + b_2 \\|^2', twoLayers(), { wrt: ['W_1'] }],
  ['(A w)_1 + w^\\top b', apply(A, w)[0]! + dot(w, b)],
]

function twoLayers(): number {
  const hidden = apply(A, w).map((u, j) => sigmoid(u + b[j]!))
  return apply([b, mu], hidden).reduce((sum, u, j) => sum + (u + w[j]!) ** 2, 0)
}

function crossEntropy(): number {
  return X.reduce((sum, row, i) => {
    const z = apply(A, row).map((u, k) => u + b[k]!)
    return sum - z[c[i]! - 1]! + Math.log(z.reduce((total, u) => total + Math.exp(u), 0))
  }, 0)
}

describe('vector notation is read by components', () => {
  for (const [text, value, options] of losses) {
    test(text, () => {
      const { loss, scope } = readLoss(text, { wrt: ['w'], ...options })
      expect(evaluate(loss, env, scope)).toBeCloseTo(value, 10)
    })
  }
})

describe('the component of a vector', () => {
  const gradient = apply(transpose(X), minus(apply(X, w), y)).map((value) => 2 * value)
  test.each([
    '-2X^\\top y+2X^\\top Xw',
    '2X^\\top(Xw-y)',
    '\\nabla_w\\left(y^\\top y-2y^\\top Xw+w^\\top X^\\top Xw\\right)',
    '\\frac{\\partial}{\\partial w}\\|y-Xw\\|^2',
  ])('%s', (text) => {
    const { term, scope } = readAny(text, { components: ['k'], wrt: ['w'] })
    expect(evaluate(term, env, scope)).toBeCloseTo(gradient[1]!, 6)
  })

  test('of a matrix has two indices', () => {
    const { term, scope } = readAny('2 X^\\top X A', { components: ['k', 'l'] })
    expect(evaluate(term, { ...env, l: 1 }, scope)).toBeCloseTo(
      2 * product(product(transpose(X), X), A)[1]![0]!,
      10,
    )
  })

  test('a number is read as without', () => {
    const { term, scope } = readAny('\\|w\\|^2', { components: ['k'] })
    expect(evaluate(term, env, scope)).toBeCloseTo(dot(w, w), 10)
  })
})

describe('T is a transposition only where it can be none but that', () => {
  const texts: readonly (readonly [text: string, value: number, options?: ReadOptions])[] = [
    ['x^T', 8],
    ['x^T y', 24, { wrt: ['T'] }],
    ['x^T*y + T', 27],
    ['(1+x)^T', 27],
  ]
  for (const [text, value, options] of texts) {
    test(text, () => {
      const { loss, scope } = readLoss(text, { wrt: ['x'], ...options })
      expect(evaluate(loss, { x: 2, T: 3, y: 3 }, scope)).toBe(value)
    })
  }
})

describe('shapes that do not fit are told', () => {
  test.each([
    ['\\|y - Xw\\|^2 + y', 'y is a number'],
    ['X^\\top y', 'a vector, not a number'],
    ['\\mathbf w\\,\\mathbf x + \\|\\mathbf w\\|^2', 'stand side by side'],
    ['\\| \\|', 'a norm of nothing'],
    ['\\|A\\|_2', 'largest singular value'],
    ['\\|x\\|_A', 'this norm is not known'],
    ['\\sum_{j=1}^d w_j^2 + \\sum_{k=1}^K v_k^2 + w^\\top v', 'components'],
    ['(w^\\top x)_i', 'holds a number'],
    ['(x - \\mu)^\\top\\Sigma^{-1}(x - \\mu)', 'a matrix has no power'],
  ])('%s', (text, message) => {
    expect(() => readLoss(text)).toThrow(ReadError)
    expect(() => readLoss(text)).toThrow(message)
  })
})

test('many products and deep brackets are read, each axis with its range', () => {
  const count = 10_000
  const { loss } = readLoss(Array.from({ length: count }, () => 'w^\\top x_i').join('+'), { wrt: ['w'] })
  expect(loss.args).toHaveLength(count)
  expect(loss.args.every((term) => term === loss.args[0])).toBe(true)
  const nested = `${'('.repeat(2_000)}w^\\top x_i${')'.repeat(2_000)}`
  expect(readLoss(nested, { wrt: ['w'] }).loss.kind).toBe('big')
})
