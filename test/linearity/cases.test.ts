import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { linearity, type ReadOptions } from '../../src/index.ts'
import { compileTerm } from '../../src/numeric/evaluate.ts'
import { readAny } from '../../src/read/index.ts'
import {
  apart,
  type Claim,
  claimedGradient,
  combine,
  type Env,
  type Gradient,
  gradientOn,
  type Shapes,
} from '../support/micro-batches.ts'

/** The verdicts of cases whose numbers were computed elsewhere. */

interface AveragingCase {
  readonly id: string
  readonly ascii: string
  readonly latex: string
  readonly params: readonly string[]
  readonly data: readonly string[]
  readonly combine: string
  readonly combine_weight: string | null
  readonly mean_of_equal_microbatches_exact: boolean
  readonly mean_of_unequal_microbatches_exact: boolean
  readonly size_weighted_mean_of_unequal_microbatches_exact: boolean
  readonly sum_of_microbatches_exact: boolean
  readonly numeric: { readonly env: Env; readonly full_gradient: readonly string[] }
}

interface LossCase {
  readonly id: string
  readonly ascii: string
  readonly params: readonly string[]
  readonly data: readonly string[]
  readonly linear_over_sums: boolean | null
  readonly shapes: Readonly<Record<string, string>>
  readonly index_base?: number
  readonly numeric: readonly { readonly env: Env; readonly grad: Readonly<Record<string, Reference>> }[]
  readonly functions?: Readonly<Record<string, { readonly args: readonly string[]; readonly ascii: string }>>
}

type Reference = string | readonly Reference[]

function readCases<T>(file: string): readonly T[] {
  const text = readFileSync(new URL(`../cases/${file}`, import.meta.url), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

/** The gradient that the report makes of a batch. */
function claimedOn(claim: Claim, options: ReadOptions, shapes: Shapes, env: Env): Gradient {
  const size = lengthOf(env, options.data ?? [])
  const valuationOf = (text: string) => {
    const { term, scope } = readAny(text, options)
    return compileTerm(term, scope)
  }
  const all = Array.from({ length: size }, (_, i) => i)
  const whole = { ...env, N: size }
  return claimedGradient(
    claim,
    valuationOf,
    (loss) => gradientOn(loss, whole, options.wrt ?? [], shapes, ['N'], all),
    whole,
    size,
    1,
  )
}

/** How many samples there are: what the first index of the data counts. */
function lengthOf(env: Env, data: readonly string[]): number {
  for (const name of data) {
    const value = env[name]
    if (typeof value === 'object') return value.length
  }
  throw new Error('no array tells how many samples there are')
}

function flatten(reference: Reference, path: readonly (string | number)[]): [string, number][] {
  if (typeof reference === 'string') return [[path.join(' '), Number(reference)]]
  return reference.flatMap((entry, i) => flatten(entry, [...path, i]))
}

describe('averaging', () => {
  test.each(readCases<AveragingCase>('averaging.jsonl'))('$id', (entry) => {
    const options = { wrt: entry.params, data: entry.data }
    const report = linearity(entry.ascii, options)
    expect(report.verdict).toBe(entry.combine)
    expect(report.weight?.replaceAll('_i', '') ?? null).toBe(entry.combine_weight)
    expect(report.microBatches).toEqual({
      equalMean: entry.mean_of_equal_microbatches_exact,
      unequalMean: entry.mean_of_unequal_microbatches_exact,
      sizeWeightedMean: entry.size_weighted_mean_of_unequal_microbatches_exact,
      sum: entry.sum_of_microbatches_exact,
    })
    expect(report.proof.length > 0).toBe(entry.combine !== 'none')
    expect(report.counterexample !== null && report.obstruction !== null).toBe(entry.combine === 'none')
    if (entry.combine === 'none') return
    const { env, full_gradient: gradient } = entry.numeric
    const shapes = Object.fromEntries(entry.data.map((name) => [name, ['N']]))
    const expected = new Map(entry.params.map((name, k) => [name, Number(gradient[k])]))
    expect(apart(claimedOn(report, options, shapes, env), expected)).toBeLessThan(1e-7)
  })

  // The others are written with names for what the plain text spells out.
  const written = readCases<AveragingCase>('averaging.jsonl').filter(
    ({ latex }) => !/D_i|ell_i|TP|bar p|Var|delta_i|y_i=1/.test(latex),
  )
  test.each(written)('$id, in LaTeX', (entry) => {
    expect(linearity(entry.latex, { wrt: entry.params, data: entry.data }).verdict).toBe(entry.combine)
  })
})

describe('losses', () => {
  test.each(readCases<LossCase>('losses.jsonl'))('$id', (entry) => {
    const definitions = Object.entries(entry.functions ?? {}).map(
      ([name, { args, ascii }]) => `${name}(${args.join(', ')}) = ${ascii}`,
    )
    const options = { wrt: entry.params, data: entry.data, let: definitions }
    const report = linearity(entry.ascii, options)
    const { verdict } = report
    if (entry.linear_over_sums === true) expect(['mean', 'sum', 'weighted']).toContain(verdict)
    if (entry.linear_over_sums === false) expect(verdict).toBe('none')
    expect(verdict).not.toBe('undecided')
    if (report.perSample === null) return
    const shapes = Object.fromEntries(
      Object.entries(entry.shapes).map(([name, axes]) => [name, axes === '' ? [] : axes.split(',')]),
    )
    for (const { env, grad } of entry.numeric) {
      const claimed = claimedOn(report, options, shapes, env)
      const expected = new Map(entry.params.flatMap((name) => flatten(grad[name]!, [name])))
      expect(apart(combine([claimed], [1]), expected)).toBeLessThan(1e-6)
    }
  })
})
