import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { linearity } from '../../src/index.ts'

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
}

interface LossCase {
  readonly id: string
  readonly ascii: string
  readonly params: readonly string[]
  readonly data: readonly string[]
  readonly linear_over_sums: boolean | null
  readonly functions?: Readonly<Record<string, { readonly args: readonly string[]; readonly ascii: string }>>
}

function readCases<T>(file: string): readonly T[] {
  const text = readFileSync(new URL(`../cases/${file}`, import.meta.url), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

describe('averaging', () => {
  test.each(readCases<AveragingCase>('averaging.jsonl'))('$id', (entry) => {
    const report = linearity(entry.ascii, { wrt: entry.params, data: entry.data })
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
  })
})

describe('losses', () => {
  test.each(readCases<LossCase>('losses.jsonl'))('$id', (entry) => {
    const definitions = Object.entries(entry.functions ?? {}).map(
      ([name, { args, ascii }]) => `${name}(${args.join(', ')}) = ${ascii}`,
    )
    const { verdict } = linearity(entry.ascii, { wrt: entry.params, data: entry.data, let: definitions })
    if (entry.linear_over_sums === true) expect(['mean', 'sum', 'weighted']).toContain(verdict)
    if (entry.linear_over_sums === false) expect(verdict).toBe('none')
    expect(verdict).not.toBe('undecided')
  })
})
