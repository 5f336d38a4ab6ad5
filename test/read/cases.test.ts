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
