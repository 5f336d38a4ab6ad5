import {
  type NextLine,
  nextLineToJson,
  printNextLine,
  printReading,
  printTerm,
  type TermFormat,
} from '../print/index.ts'
import { type ReadOptions, readLoss } from '../read/index.ts'
import { advanceExpression, advanceLoss, variableWithin } from '../tasks/next-step.ts'
import type { Expr } from '../term/expr.ts'
import { rememberScope } from './remembered-scope.ts'

export interface NextStepOptions extends ReadOptions {
  /** The number of lines of the derivation that are done; 0 unless said otherwise. */
  readonly after?: number
}

/** The next line of a derivation: its rules, and what it says. */
export interface NextStep extends NextLine {
  readonly input: string
  /** What the derivative is taken by. */
  readonly wrt: string
  /** How the text was read, in a sentence. */
  readonly sentence: string
  readonly warnings: readonly string[]
  /** The line; the scope of its names goes with it. */
  readonly line: Expr
}

/**
 * The next step of a derivation only, so that one can go on alone. A loss starts from its derivative by the first
 * variable, behind as many lines as `after` says; an expression with derivatives not yet taken, such as
 * `1/N*sum(D((y-m*x-b)^2, m))`, goes on from there. Nothing where the derivation is done.
 * @throws ReadError and LimitError as `derive` does.
 */
export function nextStep(text: string, options: NextStepOptions = {}): NextStep | undefined {
  const { loss, scope, variables, warnings } = readLoss(text, options)
  const variable = variableWithin(loss) ?? variables[0]!
  const advance = loss.hasDerivative
    ? advanceExpression(loss, scope)
    : advanceLoss(loss, variable, scope, options.after ?? 0)
  if (advance === undefined) return undefined
  rememberScope(advance.line, scope)
  const sentence = printReading(loss, scope, 'text', loss.hasDerivative ? [variable] : variables)
  return { input: text, wrt: printTerm(variable, 'ascii'), sentence, warnings, scope, ...advance }
}

/** The next step in a format; `show` says whether the line is told too, or only its rule. */
export function printNextStep(
  step: NextStep,
  format: TermFormat | 'json',
  show: 'rule' | 'line' = 'rule',
): string {
  return format === 'json'
    ? JSON.stringify(nextLineToJson(step, show), null, 2)
    : printNextLine(step, format, show)
}
