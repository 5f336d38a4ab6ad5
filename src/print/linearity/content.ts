import type { Linearity } from '../../derivation/linearity.ts'
import type { Derivation } from '../../derivation/step.ts'
import { type WrittenDerivation, writeDerivation } from '../derivation/written.ts'
import { combinationFormula, trainingCode } from './combination.ts'
import { counterexampleBlocks } from './counterexample.ts'
import { Wording, type WordingFormat } from './wording.ts'

/** What the answer on averaging says, in one notation; the formats only set it. */
export type Block =
  | { readonly kind: 'heading' | 'sentence' | 'code'; readonly text: string }
  /** Equations in the notation, each a line. */
  | { readonly kind: 'formulas'; readonly lines: readonly string[] }
  | {
      readonly kind: 'proof'
      readonly proof: Derivation
      readonly written: WrittenDerivation
      readonly name: string
    }
  /** The loss with a part of it marked. */
  | { readonly kind: 'marked'; readonly left: string; readonly loss: string; readonly remark: string }
  /** Words beside words. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, string])[] }
  /** Words beside values in the notation. */
  | { readonly kind: 'values'; readonly rows: readonly (readonly [string, string])[] }

const headlines = {
  mean: 'Yes: the gradient of the average is the average of the gradients.',
  sum: 'Yes: the gradient of the sum is the sum of the gradients.',
  weighted: 'Yes, with weights: the gradient is the weighted average of the gradients.',
  none: 'No: the gradient of the batch is neither the average nor the sum of the gradients of its samples.',
  'no-samples': 'There is nothing to average: the loss is no sum over samples.',
  undecided: 'Undecided: there is neither a proof nor a counterexample.',
} as const

/** Where there is a factor that each batch has of its own: by its size alone, or by its data. */
const scaled = {
  yes: 'Yes, with a factor: the gradient is the sum of the gradients of the samples, times a factor that each batch has of its own.',
  no: 'No: the gradient is a sum over the samples, but times a factor that depends on the data of the whole batch.',
} as const

const roles = [
  ['equalMean', 'plain mean, equal sizes'],
  ['unequalMean', 'plain mean, unequal sizes'],
  ['sizeWeightedMean', 'mean weighted by size'],
  ['sum', 'sum'],
] as const

/** The answer as blocks, in the order of reading. */
export function describeLinearity(answer: Linearity, format: WordingFormat): readonly Block[] {
  const wording = new Wording(answer, format)
  const headline =
    answer.scale === undefined ? headlines[answer.verdict] : scaled[answer.verdict === 'none' ? 'no' : 'yes']
  const blocks: Block[] = [{ kind: 'heading', text: headline }]
  const form = wording.form()
  if (form !== undefined) blocks.push({ kind: 'formulas', lines: form })
  const { proof, obstruction, counterexample, combination, microBatches } = answer
  if (obstruction !== undefined) blocks.push(wording.marked(obstruction.at, obstruction.because))
  if (proof !== undefined) {
    blocks.push({
      kind: 'proof',
      proof,
      name: wording.name,
      // MathML sets the terms itself and takes the labels.
      written: writeDerivation(proof, format === 'mathml' ? 'text' : format, {
        name: wording.name,
        detail: 'paper',
      }),
    })
  }
  // What is said beside the mark need not be said again.
  if (obstruction === undefined) blocks.push({ kind: 'sentence', text: capitalized(answer.because) })
  if (microBatches !== undefined) {
    blocks.push({ kind: 'sentence', text: 'On micro-batches, with the loss itself evaluated on each:' })
    blocks.push({
      kind: 'facts',
      rows: roles.map(([key, words]) => [words, microBatches[key] ? 'exact' : 'not exact'] as const),
    })
  }
  if (combination !== undefined) {
    blocks.push({ kind: 'sentence', text: 'Their gradients combine exactly by' })
    blocks.push({ kind: 'formulas', lines: [combinationFormula(answer, wording)] })
    blocks.push({ kind: 'code', text: trainingCode(answer) })
  }
  if (counterexample !== undefined) blocks.push(...counterexampleBlocks(counterexample, wording))
  return blocks
}

function capitalized(sentence: string): string {
  const text = sentence.charAt(0).toUpperCase() + sentence.slice(1)
  return /[.:]$/.test(text) ? text : `${text}.`
}
