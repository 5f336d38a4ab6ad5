import { readFileSync } from 'node:fs'
import type { Verdict } from '../../src/index.ts'
import type { Row } from './table.ts'

/**
 * Losses of batches with the verdict, the weights and the four answers on micro-batches that a person gave
 * them, by the names of `averaging.jsonl`; written down before the program was asked.
 */
interface BatchLoss {
  readonly id: string
  readonly ascii: string
  readonly params: readonly string[]
  readonly data?: readonly string[]
  readonly let?: readonly string[]
  readonly combine: Verdict
  readonly combine_weight?: string
  readonly mean_of_equal_microbatches_exact?: boolean
  readonly mean_of_unequal_microbatches_exact?: boolean
  readonly size_weighted_mean_of_unequal_microbatches_exact?: boolean
  readonly sum_of_microbatches_exact?: boolean
  readonly shapes: string
  readonly count?: string
  readonly domain?: 'positive' | 'unit'
  readonly integers?: Readonly<Record<string, number>>
}

export function readBatchLosses(): readonly Row[] {
  const text = readFileSync(new URL('../cases/batch-losses.jsonl', import.meta.url), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => rowOf(JSON.parse(line) as BatchLoss))
}

function rowOf(entry: BatchLoss): Row {
  const { data, let: definitions, combine_weight: weight, count, domain, integers } = entry
  return {
    expr: entry.ascii,
    verdict: entry.combine,
    wrt: entry.params.join(),
    shapes: entry.shapes,
    ...(data && { data: data.join() }),
    ...(definitions && { let: definitions }),
    ...(weight && { weight }),
    ...(count && { count }),
    ...(domain && { domain }),
    ...(integers && { integers }),
    ...(entry.combine !== 'no-samples' && {
      microBatches: {
        equalMean: entry.mean_of_equal_microbatches_exact === true,
        unequalMean: entry.mean_of_unequal_microbatches_exact === true,
        sizeWeightedMean: entry.size_weighted_mean_of_unequal_microbatches_exact === true,
        sum: entry.sum_of_microbatches_exact === true,
      },
    }),
  }
}
