import { describe, expect, test } from 'vitest'
import { compile as compileText } from '../../src/library/evaluate.ts'
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

describe('a matrix of parameters', () => {
  const z = 'z_{i,k} = sum(j=1..d, W_{k,j}*x_{i,j})'
  const p = 'p_{i,k} = exp(z_{i,k})/sum(l=1..K, exp(z_{i,l}))'
  const compiled = compileText('-1/N*sum(i=1..N, sum(k=1..K, t_{i,k}*log(p_{i,k})))', {
    wrt: ['W'],
    data: ['x', 't'],
    let: [z, p],
  })
  const [N, d, K] = [7, 3, 4]
  const rows = (count: number, length: number, entry: (i: number, j: number) => number) =>
    Array.from({ length: count }, (_, i) => Float64Array.from({ length }, (_, j) => entry(i, j)))
  const x = rows(N, d, (i, j) => Math.sin(i + 3 * j))
  const t = rows(N, K, (i, k) => (i % K === k ? 1 : 0))
  const W = rows(K, d, (k, j) => Math.cos(k * j) - 0.3 * k)

  test('softmax regression, beside a loop written by hand', () => {
    let loss = 0
    const slopes = rows(K, d, () => 0)
    for (let i = 0; i < N; i++) {
      const logits = W.map((weights) => weights.reduce((sum, weight, j) => sum + weight * x[i]![j]!, 0))
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0)
      for (const [k, logit] of logits.entries()) {
        const share = Math.exp(logit) / total
        loss -= (t[i]![k]! * Math.log(share)) / N
        for (let j = 0; j < d; j++) slopes[k]![j]! += ((share - t[i]![k]!) * x[i]![j]!) / N
      }
    }
    const both = compiled.lossAndGradient({ x, t, W })
    expect(both.loss).toBeCloseTo(loss, 13)
    for (const [k, row] of (both.gradient.W as number[][]).entries()) {
      for (const [j, slope] of row.entries()) expect(slope).toBeCloseTo(slopes[k]![j]!, 13)
    }
    expect(both.gradient).toEqual(compiled.gradient({ x, t, W }))
  })

  test('rows of different lengths have a gradient of their shape', () => {
    const { gradient } = compileText('sum(i=1..n, sum(j=1..i, w_{i,j}^2))', { wrt: ['w'], data: [] })
    expect(gradient({ n: 2, w: [[3], [4, 5]] })).toEqual({ w: [[6], [8, 10]] })
  })

  test('logits that would overflow', () => {
    const large = compiled.lossAndGradient({
      x: [[1, 0, 0]],
      t: [[0, 1]],
      W: [
        [2000, 0, 0],
        [1000, 0, 0],
      ],
    })
    expect(large).toEqual({
      loss: 1000,
      gradient: {
        W: [
          [1, 0, 0],
          [-1, 0, 0],
        ],
      },
    })
  })
})

test('an element that the loss does not have, beside those of a sum from 2 on, has the slope 0', () => {
  const { gradient } = compileText('sum(t=2..T, s_{t-1}*u_t)', { wrt: ['u'], data: ['s'] })
  expect(gradient({ T: 4, s: [1, 2, 3, 4], u: [1, 1, 1, 1] })).toEqual({ u: [0, 1, 2, 3] })
  const square = compileText('sum(t=1..T-1, u_t^2)', { wrt: ['u'], order: 2 })
  expect(square.hessian({ T: 3, u: [5, 6, 7] })).toEqual({
    u: {
      u: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 0],
      ],
    },
  })
})
