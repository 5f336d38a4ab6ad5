import { describe, expect, test } from 'vitest'
import { compileLoss } from '../../src/numeric/compile.ts'
import { type ReadOptions, readLoss } from '../../src/read/index.ts'

/** The gradient is left as derivatives, which are taken numerically: this tests the frame, not the calculus. */
const compile = (text: string, options: ReadOptions) => {
  const { loss, scope, store, variables } = readLoss(text, options)
  const gradient = variables.map((variable) => store.derivative(loss, variable))
  return compileLoss({ loss, gradient, variables, scope })
}

describe('gradients have the shape of the parameters', () => {
  test('numbers', () => {
    const f = compile('1/N*sum((y-m*x-b)^2)', { wrt: ['m', 'b'] })
    const env = { N: 3, x: [1, 2, 3], y: [1, 2, 4], m: 1, b: 0 }
    expect(f.loss(env)).toBeCloseTo(1 / 3, 15)
    const { m, b } = f.gradient(env)
    expect(m).toBeCloseTo(-2, 9)
    expect(b).toBeCloseTo(-2 / 3, 9)
  })

  test('arrays of arrays, typed or not', () => {
    const f = compile('sum(i=1..n, sum(j=1..d, i*j*w_{i,j}^2))', { wrt: ['w'], data: [] })
    const w = [new Float64Array([1, 2]), [3, 4], [5, 6]]
    const slope = f.gradient({ n: 3, d: 2, w }).w as number[][]
    expect(slope).toHaveLength(3)
    for (const [i, row] of slope.entries()) {
      for (const [j, entry] of row.entries()) expect(entry).toBeCloseTo(2 * (i + 1) * (j + 1) * w[i]![j]!, 8)
    }
  })

  test('an index from 0, and what lies beyond the range has no slope', () => {
    const f = compile('sum(k=0..M, w_k*u^k)', { wrt: ['w'], data: [] })
    const slope = f.gradient({ M: 2, u: 3, w: [1, 1, 1, 1] }).w as number[]
    for (const [k, expected] of [1, 3, 9, 0].entries()) expect(slope[k]).toBeCloseTo(expected, 8)
  })

  test('a missing parameter is named', () => {
    const f = compile('sum(k=1..K, w_k^2)', { wrt: ['w'], data: [] })
    expect(() => f.gradient({ K: 2 })).toThrow('there is no value for "w"')
    expect(() => f.gradient({ K: 2, w: 3 })).toThrow('there must be an array for "w"')
    expect(() => f.loss({ K: 3, w: [1, 2] })).toThrow('element 2 of "w" does not exist')
    expect(() => f.loss({})).toThrow('there is no value for')
  })
})
