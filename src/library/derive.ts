import type { Linearity } from '../derivation/linearity.ts'
import { printReading } from '../print/index.ts'
import { type Reading, type ReadOptions, readLoss } from '../read/index.ts'
import { differentiateLoss, type HessianEntry, type PartialDerivation } from '../tasks/gradient.ts'
import { analyzeLinearity, closingSentences } from '../tasks/linearity/index.ts'
import type { Simplification } from '../tasks/simplify.ts'
import type { Expr } from '../term/expr.ts'
import { rememberScope } from './remembered-scope.ts'

/** What to differentiate by, what the names stand for, and how far to go. */
export interface DeriveOptions extends ReadOptions {
  /** 1 for the gradient, 2 for the Hessian as well. */
  readonly order?: 1 | 2
  /** How far results are simplified; `paper`, the form of a textbook, unless said otherwise. */
  readonly simplify?: Simplification
}

/** A reading with the sentence that tells it. */
export interface ToldReading extends Reading {
  /** `read as J = …; data x_i, y_i; parameters m, b; N samples` */
  readonly sentence: string
}

/** A loss with the derivations of all its partial derivatives. Immutable. */
export interface DerivedLoss {
  readonly input: string
  /** How the text was understood. */
  readonly reading: ToldReading
  /** What the user should know of the input, such as a variable that does not occur. */
  readonly warnings: readonly string[]
  readonly partials: readonly PartialDerivation[]
  /** The Hessian's entries on and above the diagonal; empty for order 1. */
  readonly hessian: readonly HessianEntry[]
  /** Whether the gradient is the average of the per-sample gradients; found when it is first asked for. */
  readonly linearity: Linearity
  /** One sentence on averaging, where the loss is over samples. */
  readonly closing: readonly string[]
}

/**
 * Differentiates a loss by each of its parameters, with every step.
 * @throws ReadError where the text cannot be read, with line, column, what was expected and a hint.
 * @throws LimitError where a stated limit is reached.
 */
export function derive(text: string, options: DeriveOptions = {}): DerivedLoss {
  const reading = readLoss(text, options)
  const { loss, variables } = reading
  const { scope, warnings, ...gradient } = differentiateLoss(
    loss,
    reading.scope,
    variables,
    options.order ?? 1,
    options.simplify,
  )
  rememberScope(loss, scope)
  for (const derivation of [...gradient.partials, ...gradient.hessian])
    rememberScope(derivation.result, scope)
  const told = {
    ...reading,
    scope,
    get sentence() {
      return printReading(loss, scope, 'text', variables, { second: secondVariables(gradient.hessian) })
    },
  }
  let linearity: Linearity | undefined
  return {
    input: text,
    reading: told,
    warnings: [...reading.warnings, ...warnings],
    ...gradient,
    get linearity() {
      linearity ??= analyzeLinearity(loss, scope, variables, 'any')
      return linearity
    },
    get closing() {
      return closingSentences(this.linearity)
    },
  }
}

/** What the entries of a Hessian are differentiated by in the second place. */
export function secondVariables(hessian: readonly HessianEntry[]): readonly Expr[] {
  return hessian.map(({ variables }) => variables[1]!)
}
