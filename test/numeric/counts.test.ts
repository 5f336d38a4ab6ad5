import { describe, expect, test } from 'vitest'
import { compile } from '../../src/library/evaluate.ts'
import type { Environment } from '../../src/numeric/environment.ts'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { readAny } from '../../src/read/index.ts'
import { type LossCase, lossOptions, readLossCases } from '../support/cases.ts'
import { relativeError } from '../support/laws.ts'

const value = (text: string, environment: Environment, options: Parameters<typeof readAny>[1] = {}) => {
  const { term, scope } = readAny(text, options)
  return evaluate(term, environment, scope)
}

describe('a count is told from the arrays', () => {
  test.each<[string, Environment, number]>([
    ['1/N*sum(i=1..N, x_i)', { x: [1, 2, 6] }, 3],
    ['1/N*sum(i=1..N, x_i)', { x: [1, 2, 6], N: 2 }, 1.5],
    ['sum(t=1..n-1, (y_{t+1} - y_t)^2)', { y: [1, 3, 0] }, 13],
    ['sum(t=2..T, (y_t - y_{t-1})^2)', { y: [1, 3, 0] }, 13],
    ['sum(t=1..T-1, y_{t+1}*v_t)', { y: [1, 3, 5], v: [1, 2] }, 13],
    ['sum(i=1..n, sum(j=i+1..n, x_i*x_j))', { x: [1, 2, 3] }, 11],
    ['sum(i=1..n, sum(j=1..i, x_j))', { x: [1, 2, 3] }, 10],
    ['sum(k=0..M, w_k*2^k)', { w: [1, 1, 1] }, 7],
    ['sum(i=1..N, sum(k=1..K, x_{i,k}))', { x: [[1, 2, 3], new Float64Array([4, 5, 6])] }, 21],
    ['sum(i=1..N, theta_{a_i})', { theta: [7, 8, 9], a: new Int32Array([3, 3]) }, 18],
    ['prod(i=1..constructor, x_i)', { x: [2, 3] }, 6],
    ['sum(i=1..N, x_i)', { x: [] }, 0],
  ])('%s', (text, environment, expected) => {
    expect(value(text, environment)).toBeCloseTo(expected, 12)
    // The same names in a map, and in a program.
    expect(value(text, new Map(Object.entries(environment)))).toBeCloseTo(expected, 12)
    expect(compile(`${text} + p`, { wrt: ['p'] }).loss({ ...environment, p: 1 })).toBeCloseTo(
      expected + 1,
      12,
    )
  })

  test('and not from a sum up to a free index, which is chosen', () => {
    const { gradient } = compile('sum(h=1..n, sum(j=1..h-1, D_{h,j}*w_h*w_{j+1}))', {
      wrt: ['w'],
      data: ['D'],
    })
    const D = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]
    // w_2*(4*w_2) + w_3*(7*w_2 + 8*w_3)
    expect(gradient({ n: 3, D, w: [1, 2, 3] })).toEqual({ w: [0, 37, 62] })
  })

  test('through definitions', () => {
    const options = { let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'] }
    expect(value('sum(k=1..K, t_k*p_k)', { z: [0, 0], t: [1, 1] }, options)).toBeCloseTo(1, 14)
  })
})

describe('what the arrays do not tell', () => {
  test.each<[string, Environment, string]>([
    [
      'sum(i=1..N, x_i*y_i)',
      { x: [1, 2], y: [1, 2, 3] },
      'by the length of "x", N is 2, but by that of "y" 3',
    ],
    [
      'sum(i=1..N, sum(k=1..K, x_{i,k}))',
      { x: [[1], [1, 2]] },
      'the rows of "x" have different lengths, 1 and 2',
    ],
    ['sum(i=1..N, i)', {}, 'there is no value for "N"'],
    ['sum(i=1..N, x_i)', {}, 'there is no value for "x", nor one for "N", its length'],
    [
      'sum(i=1..N, sum(k=1..K, x_{i,k}))',
      { N: 2 },
      'there is no value for "x", nor one for "K", the length of its rows',
    ],
    ['sum(i=1..N, x_i)', { x: 3 }, '"x" is not an array, nor is there a value for "N", its length'],
  ])('%s at %j', (text, environment, message) => {
    expect(() => value(text, environment)).toThrow(message)
    expect(() => compile(`${text} + p`, { wrt: ['p'] }).loss({ ...environment, p: 1 })).toThrow(message)
  })
})

/** The environment without the counts that are the length of an array of it, and only that. */
function withoutCounts({ ascii, numeric, ...entry }: LossCase): Environment[] {
  const { scope } = readAny(ascii, lossOptions({ ascii, numeric, ...entry }))
  const counts = new Set(scope.namesWithRole('count'))
  return numeric.map(({ env }) =>
    Object.fromEntries(Object.entries(env).filter(([name]) => !counts.has(name))),
  )
}

test('the losses of the corpus need no counts', () => {
  const faults: string[] = []
  for (const entry of readLossCases()) {
    const compiled = compile(entry.ascii, lossOptions(entry))
    for (const [i, environment] of withoutCounts(entry).entries()) {
      try {
        const actual = compiled.loss(environment)
        const expected = Number(entry.numeric[i]!.loss)
        if (!(relativeError(actual, expected) < 1e-9)) faults.push(`${entry.id}: ${actual}, not ${expected}`)
      } catch (error) {
        faults.push(`${entry.id}: ${error}`)
      }
    }
  }
  expect(faults).toEqual([])
})
