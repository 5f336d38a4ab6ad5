import { describe, expect, test } from 'vitest'
import { compile, derive, evaluate, parse, print, verify } from '../../src/index.ts'
import { conditionHolds } from '../support/laws.ts'

/**
 * A product over an index has a slope where factors are 0: it is the product of the others. The oracle is a difference
 * quotient in exact steps: a product is a polynomial, of degree 1 or 2 in each of its elements.
 */
interface Product {
  readonly loss: string
  readonly wrt: string
  readonly data?: readonly string[]
}

const products: readonly Product[] = [
  { loss: 'prod(j=1..d, w_j)', wrt: 'w' },
  { loss: 'prod(j=1..d, a_j*w_j + 1)', wrt: 'w', data: ['a'] },
  { loss: 'prod(j=2..d, w_j)', wrt: 'w' },
  { loss: 'prod(j=1..d, w_j^2)', wrt: 'w' },
  { loss: 'prod(j=1..d, m - a_j)', wrt: 'm', data: ['a'] },
  { loss: 'prod(i=1..d, prod(j=i+1..d, w_i - w_j))', wrt: 'w' },
  { loss: 'sum(l=1..d, prod(k=1..l, w_k))', wrt: 'w' },
  { loss: 'sum(l=1..d, a_l*prod(k=l..d, w_k))', wrt: 'w', data: ['a'] },
  { loss: 'prod(j=1..d, j != 2, w_j)', wrt: 'w' },
  { loss: 'sum(k=1..d, a_k*prod(j=1..d, j != k, w_j))', wrt: 'w', data: ['a'] },
  { loss: 'prod(j=1..d-1, w_j*w_{j+1})', wrt: 'w' },
  { loss: '3*prod(j=1..d, w_j) + prod(j=1..d, 1 - w_j)', wrt: 'w' },
]

/** Each with some zeros, or elements that are equal. */
const values = [
  [0, 2, -1, 3],
  [2, 0, 0, 1],
  [1, 1, 2, 0],
  [-1, 3, 2, 0.5],
]
const a = [2, 0, -3, 1]

describe('the slope of a product is right where factors are 0', () => {
  test.each(products)('$loss', ({ loss, wrt, data = [] }) => {
    const derived = derive(loss, { wrt: [wrt], data })
    const [partial] = derived.partials
    const { scope } = derived.reading
    const index = partial!.variables[0]!.args[0]?.names.values().next().value
    for (const w of values) {
      for (let k = 1; k <= (index === undefined ? 1 : w.length); k++) {
        const env = { d: w.length, a, w, m: w[0]!, ...(index === undefined ? {} : { [index]: k }) }
        const told = `${print(partial!.result, 'ascii')} at ${JSON.stringify(env)}`
        const along = (by: number) =>
          evaluate(
            loss,
            index === undefined ? { ...env, m: env.m + by } : { ...env, w: w.with(k - 1, w[k - 1]! + by) },
          )
        // Of the fourth order: exact for polynomials up to the fourth degree.
        const slope = (along(-1) * -8 + along(1) * 8 + along(-2) - along(2)) / 12
        if (!partial!.conditions.every((condition) => conditionHolds(condition, scope, env))) {
          // An element out of the range, on which nothing depends.
          expect(k === 1 && slope === 0 && loss.includes('j=2..d'), told).toBe(true)
          continue
        }
        expect(evaluate(partial!.result, env), told).toBeCloseTo(slope, 9)
      }
    }
  })

  test('factors that are never 0 keep the product whole, and powers of unknown order need a positive base anyway', () => {
    const result = (text: string) => print(derive(text, { wrt: ['theta'] }).partials[0]!.result, 'ascii')
    expect(result('prod(i=1..N, exp(theta*x_i))')).toBe('prod(i=1..N, exp(theta*x_i))*sum(i=1..N, x_i)')
    expect(result('prod(theta^y*(1-theta)^(1-y))')).not.toContain('!=')
    expect(result('log(prod(i=1..N, theta + x_i^2))')).toBe('sum(i=1..N, 1/(theta + x_i^2))')
  })
})

describe('a product that leaves factors out is written and read', () => {
  test.each([
    ['\\prod_{j \\ne k}^{d} w_j', 'prod(j=1..d, j != k, w_j)'],
    ['\\prod_{j=1, j \\ne k}^{d} w_j', 'prod(j=1..d, j != k, w_j)'],
    ['\\prod_{\\substack{j=1 \\\\ j \\neq k}}^{d} w_j', 'prod(j=1..d, j != k, w_j)'],
    ['prod(j=1..d, if(j != k, w_j, 1))', 'prod(j=1..d, j != k, w_j)'],
    ['prod(j=1..d, j != k, j != l, w_j)', 'prod(j=1..d, j != k and j != l, w_j)'],
    ['\\sum_{j=1, j \\neq k}^{d} w_j', 'sum(j=1..d, if(j != k, w_j, 0))'],
  ])('%s', (text, expected) => {
    const term = parse(text, { wrt: ['w'] })
    expect(print(term, 'ascii')).toBe(expected)
    for (const format of ['ascii', 'latex'] as const) {
      expect(print(parse(print(term, format), { wrt: ['w'] }), 'ascii')).toBe(expected)
    }
    const w = [2, 3, 5, 7]
    const value = evaluate(term, { w, d: 4, k: 2, l: 3 })
    expect(value).toBe(expected.startsWith('sum') ? 14 : expected.includes('l') ? 14 : 70)
  })
})

describe('a maximum that leaves an index out', () => {
  const s = [
    [-3, -1, -2],
    [-3, -4, -1],
  ]
  const environment = { s, c: [2, 1], N: 2, K: 3 }

  test.each([
    '\\sum_{i=1}^{N} \\max(0, 1 + \\max_{j \\ne c_i} s_{i,j} - s_{i,c_i})',
    'sum(i=1..N, max(0, 1 + max(j=1..K, j != c_i, s_{i,j}) - s_{i,c_i}))',
    'sum(i=1..N, max(0, 1 - min(j=1..K, j != c_i, -s_{i,j}) - s_{i,c_i}))',
  ])('%s is not 0 where all others are negative', (text) => {
    const options = { wrt: ['s'], data: ['c'], range: ['j=1..K'] }
    const compiled = compile(text, options)
    // 1 - 2 + 1 = 0 of the first, 1 - 1 + 3 = 3 of the second
    expect(compiled.loss(environment)).toBe(3)
    const rows = compiled.gradient(environment).s as readonly (readonly number[])[]
    expect(rows.map((row) => row.map((slope) => slope + 0))).toEqual([
      [0, 0, 0],
      [-1, 0, 1],
    ])
    const derived = derive(text, options)
    expect(verify(derived)).toMatchObject({ verdict: 'true' })
    for (const format of ['ascii', 'latex'] as const) {
      const written = print(derived.partials[0]!.result, format)
      expect(print(parse(written, options), 'ascii')).toBe(print(derived.partials[0]!.result, 'ascii'))
    }
  })
})
