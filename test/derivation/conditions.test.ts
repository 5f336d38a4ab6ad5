import { describe, expect, test } from 'vitest'
import { type DeriveOptions, derive, print } from '../../src/index.ts'
import { boundLetters, writeConditions } from '../../src/print/derivation/condition.ts'

type Row = readonly [loss: string, wrt: string, expected: string, options?: DeriveOptions]

/** The conditions of a result, typed as a person would write them. */
const conditions: readonly Row[] = [
  ['1/N*sum(abs(y-m*x-b))', 'm', 'y_i ≠ m·x_i + b'],
  ['1/N*sum(abs(b+m*x-y))', 'm', 'b + m·x_i ≠ y_i'],
  ['1/N*sum(max(0, 1-y*(m*x+b)))', 'm', 'y_i·(m·x_i + b) ≠ 1'],
  ['sum(max(tau*(y-q), (tau-1)*(y-q)))', 'q', 'y_i ≠ q'],
  ['-sum(min(0, y*(w*x+b)))', 'w', 'w·x_i + b ≠ 0', { wrt: ['w'] }],
  ['min(max(x, 0), 1)', 'x', 'x ≠ 1, x ≠ 0', { wrt: ['x'] }],
  ['log(abs(u))', 'u', 'u ≠ 0'],
  ['log(u^2)', 'u', 'u ≠ 0'],
  ['abs(u - v) + abs(v - u)', 'u', 'u ≠ v', { wrt: ['u'] }],
  ['log(x) + abs(x) + sqrt(x)', 'x', 'x > 0', { wrt: ['x'] }],
  ['-log(p) - log(1-p)', 'p', '0 < p < 1'],
  ['lgamma(a)', 'a', 'a ∉ {0, −1, −2, …}'],
  ['lambda*sum(j=1..d, abs(w_j))', 'w_k', 'w_k ≠ 0, 1 ≤ k ≤ d', { wrt: ['w_k'] }],
  ['max(k=1..K, z_k)', 'z_q', 'a single largest z_k, 1 ≤ q ≤ K', { wrt: ['z_q'] }],
  ['min(k=1..K, z_k)', 'z_q', 'a single smallest z_k, 1 ≤ q ≤ K', { wrt: ['z_q'] }],
  ['-sum(i=1..n, log(p_{c_i}))', 'p_k', 'p_{c_i} > 0', { wrt: ['p_k'], data: ['c'] }],
  ['sum(i=1..n-1, w_i*w_{i+1})', 'w_k', '1 ≤ k ≤ n', { wrt: ['w_k'] }],
  ['if(x > 0, log(x), 0)', 'x', 'x ≠ 0', { wrt: ['x'] }],
  // no sum of the result binds t
  ['sum(t=2..T, abs(u_t - u_{t-1}))', 'u_k', 'u_t ≠ u_{t−1} for all t, 1 ≤ k ≤ T', { wrt: ['u_k'] }],
]

/** Cases, maxima and indicators, as short as they are in books. */
const results: readonly Row[] = [
  ['min(max(x, 0), 1)', 'x', '𝟙[0 < x < 1]', { wrt: ['x'] }],
  ['if(x > 3, 1, if(x < -3, 0, x/6 + 1/2))', 'x', '𝟙[−3 ≤ x ≤ 3]/6', { wrt: ['x'] }],
  ['max(x, y, w)', 'x', '𝟙[x > y and x > w]', { wrt: ['x'] }],
  ['sum(max(tau*(y-q), (tau-1)*(y-q)))', 'q', '−Σ_{i=1}^{N} {τ if y_i > q; τ − 1 otherwise}'],
  ['sum(relu(y-m)^2)', 'm', '−2 Σ_{i=1}^{N} ReLU(y_i − m)'],
  ['sum(k=1..K, b_k*sum(l=1..k, w_l))', 'w_j', 'Σ_{k=j}^{K} b_k', { wrt: ['w_j'], data: ['b'] }],
  [
    '-sum(i=1..n, sum(j=1..K, if(j == c_i, log(p_j), 0)))',
    'p_k',
    '−(1/p_k) Σ_{i=1}^{n} 𝟙[k = c_i]',
    { wrt: ['p_k'], data: ['c'] },
  ],
]

function partialBy([loss, wrt, , options]: Row) {
  return derive(loss, options).partials.find((entry) => entry.wrt === wrt)!
}

describe('conditions read as a person writes them', () => {
  test.each(conditions.map((row) => ({ title: row[0], wrt: row[1], row })))('$title by $wrt', ({ row }) => {
    const partial = partialBy(row)
    const names = new Set([...partial.start.names])
    const written = writeConditions(partial.conditions, 'text', names, boundLetters(partial.result))
    expect(written.join(', ')).toBe(row[2])
  })
})

describe('cases and indicators come out merged', () => {
  test.each(results.map((row) => ({ title: row[0], wrt: row[1], row })))('$title by $wrt', ({ row }) => {
    expect(print(partialBy(row).result, 'text')).toBe(row[2])
  })
})
