import { linearityOf } from '../tasks/linear-over-sum.ts'
import { differentiateLoss, type HessianEntry, type PartialDerivation } from '../tasks/gradient.ts'
import { type Reading, type ReadOptions, readLoss } from '../read/index.ts'

/** What to differentiate by, what the names stand for, and how far to go. */
export interface DeriveOptions extends ReadOptions {
  /** 1 for the gradient, 2 for the Hessian as well. */
  readonly order?: 1 | 2
}

/** A loss with the derivations of all its partial derivatives. Immutable. */
export interface DerivedLoss {
  readonly input: string
  /** How the text was understood. */
  readonly reading: Reading
  readonly partials: readonly PartialDerivation[]
  /** The Hessian's entries on and above the diagonal; empty for order 1. */
  readonly hessian: readonly HessianEntry[]
  /** One sentence on averaging, where the loss is a sum or a mean over samples. */
  readonly closing: readonly string[]
}

/**
 * Differentiates a loss by each of its parameters, with every step.
 * @throws ReadError where the text cannot be read, with line, column, what was expected and a hint.
 * @throws LimitError where a stated limit is reached.
 */
export function derive(text: string, options: DeriveOptions = {}): DerivedLoss {
  const reading = readLoss(text, options)
  const { loss, scope, variables } = reading
  const gradient = differentiateLoss(loss, scope, variables, options.order ?? 1)
  return { input: text, reading, ...gradient, closing: linearityOf(loss, scope) }
}
