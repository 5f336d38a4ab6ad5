import type { Linearity } from '../derivation/linearity.ts'
import { type LinearityJson, linearityToJson, printReading } from '../print/index.ts'
import { type ReadOptions, readLoss } from '../read/index.ts'
import { analyzeLinearity } from '../tasks/linearity/index.ts'

/**
 * The answer to: is the gradient of a batch the average of the gradients of its samples? Plain data, as
 * `derive linearity --format json` prints it.
 */
export interface LinearityReport extends LinearityJson {
  /** `read as J = …; data x_i, y_i; parameters m, b; N samples` */
  readonly sentence: string
  readonly warnings: readonly string[]
}

const answers = new WeakMap<LinearityReport, Linearity>()

/**
 * Whether ∇J is the average, the sum or a weighted average of the per-sample gradients, with the proof or a
 * counterexample, and what may be done with micro-batches.
 * @throws ReadError where the text cannot be read, LimitError where a stated limit is reached.
 */
export function linearity(text: string, options: ReadOptions = {}): LinearityReport {
  const { loss, scope, variables, warnings } = readLoss(text, options)
  const answer = analyzeLinearity(loss, scope, variables)
  const sentence = printReading(loss, scope, 'text', variables)
  const report: LinearityReport = { ...linearityToJson(answer, text), sentence, warnings }
  answers.set(report, answer)
  return report
}

/** What a report was made from. @throws TypeError for an object that `linearity` did not make. */
export function answerOf(report: LinearityReport): Linearity {
  const answer = answers.get(report)
  if (answer === undefined) throw new TypeError('only what linearity() returned can be printed')
  return answer
}
