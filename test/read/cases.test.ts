import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { type ReadOptions, readLoss } from '../../src/read/index.ts'
import { TermStore } from '../../src/term/store.ts'

/** Values that other programs computed, for texts as real sources print them. */

interface LossCase {
  readonly id: string
  readonly ascii: string
  readonly ascii_explicit?: string
  readonly params: readonly string[]
  readonly data?: readonly string[]
  readonly functions?: Readonly<Record<string, { readonly args: readonly string[]; readonly ascii: string }>>
  readonly numeric: readonly { readonly env: Record<string, number | number[]>; readonly loss: string }[]
}

interface ScalarCase {
  readonly id: string
  readonly expr: string
  readonly wrt: string
  readonly points: readonly { readonly vars: Record<string, number>; readonly value: string }[]
}

const readCases = <T>(name: string): T[] =>
  readFileSync(new URL(`../cases/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)

/** Sums that cancel lose a digit or two in double precision; the reading is exact. */
function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(expected)))
}

describe('scalar.jsonl: every letter is a variable', () => {
  const cases = readCases<ScalarCase>('scalar')
  test.each(cases.map((entry) => [entry.id, entry] as const))('%s', (_, { expr, wrt, points }) => {
    const { loss, scope, variables } = readLoss(expr, { wrt: [wrt] })
    expect(variables.map(({ name }) => name)).toEqual([wrt])
    for (const { vars, value } of points) expectClose(evaluate(loss, vars, scope), Number(value))
  })
})

describe('losses.jsonl', () => {
  const cases = readCases<LossCase>('losses')

  const optionsOf = ({ params, data, functions }: LossCase): ReadOptions => ({
    wrt: params,
    ...(data === undefined ? {} : { data }),
    let: Object.entries(functions ?? {}).map(
      ([name, { args, ascii }]) => `${name}(${args.join(', ')}) = ${ascii}`,
    ),
  })

  test.each(cases.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
    for (const text of [entry.ascii, entry.ascii_explicit]) {
      if (text === undefined) continue
      const { loss, scope, variables } = readLoss(text, optionsOf(entry))
      expect(variables.map(({ name }) => name)).toEqual(entry.params)
      for (const { env, loss: value } of entry.numeric) expectClose(evaluate(loss, env, scope), Number(value))
    }
  })
})

describe('the index of a sum over samples', () => {
  test.each([
    ['sum((y_i-m*x_i)^2)', 'sum(i=1..N, (y_i-m*x_i)^2)'],
    ['sum((y_i-m*x)^2)', 'sum(i=1..N, (y_i-m*x_i)^2)'],
    ['sum(y_n)/N', 'sum(n=1..N, y_n)/N'],
    ['\\sum (y_i-x_i)^2', 'sum(i=1..N, (y_i-x_i)^2)'],
    ['sum((y-sum(j=1..d,w_j*x_j))^2)', 'sum(i=1..N, (y_i-sum(j=1..d,w_j*x_{i,j}))^2)'],
    ['sum((y-1/N*sum(y))^2)', 'sum(i=1..N, (y_i-1/N*sum(j=1..N, y_j))^2)'],
  ])('%s', (text, explicit) => {
    const store = new TermStore()
    const value = (written: string) => {
      const { loss, scope } = readLoss(written, { store, wrt: ['m'] })
      return evaluate(
        loss,
        { N: 2, d: 1, x: written.includes('w_j') ? [[2], [3]] : [2, 3], y: [5, 8], w: [2], m: 4 },
        scope,
      )
    }
    expect(value(text)).toBe(value(explicit))
  })
})

describe('a sum over pairs', () => {
  // With x = 5, 2, 1 and w = 4 the pairs give 1, 0 and 9; the diagonal gives 16 each.
  test.each([
    ['\\sum_{i<j} (x_i - x_j - w)^2', 10],
    ['\\sum_{j>i} (x_i - x_j - w)^2', 10],
    ['\\sum_{1\\le i<j\\le n} (x_i - x_j - w)^2', 10],
    ['\\sum_{i\\le j} (x_i - x_j - w)^2', 58],
    ['\\sum_{i\\ge j} (x_j - x_i - w)^2', 58],
  ])('%s', (text, expected) => {
    const { loss, scope } = readLoss(text, { wrt: ['w'], data: ['x'] })
    expect(evaluate(loss, { x: [5, 2, 1], w: 4 }, scope)).toBe(expected)
  })

  test('the larger index may be bound outside, or be a bound itself', () => {
    const { loss, scope } = readLoss('\\sum_{j=1}^n \\sum_{i<j} (x_i - x_j - w)^2', {
      wrt: ['w'],
      data: ['x'],
    })
    expect(evaluate(loss, { x: [5, 2, 1], w: 4 }, scope)).toBe(10)
    const before = readLoss('\\sum_{i<T} w x_i', { wrt: ['w'], data: ['x'] })
    expect(evaluate(before.loss, { x: [5, 2, 1], w: 4, T: 3 }, before.scope)).toBe(28)
  })
})
