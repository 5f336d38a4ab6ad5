import type { Verdict } from '../derivation/linearity.ts'
import type { Derivation } from '../derivation/step.ts'
import {
  type DerivationJson,
  type DerivationOptions,
  derivationToJson,
  type HtmlOptions,
  hessianEntryToJson,
  printDerivation,
  printLinearity,
  printMathml,
  printTerm,
  type ReadingJson,
  readingToJson,
  renderHtml as renderDocument,
  renderLinearity,
  type TermFormat,
} from '../print/index.ts'
import type { Expr } from '../term/expr.ts'
import { type DerivedLoss, secondVariables } from './derive.ts'
import { answerOf, type LinearityReport } from './linearity.ts'

export type Format = TermFormat | 'mathml' | 'markdown' | 'json'

/** The JSON that `--format json` prints. */
export interface DerivedLossJson {
  readonly version: 1
  readonly input: string
  readonly reading: ReadingJson
  readonly partials: readonly DerivationJson[]
  readonly hessian?: readonly DerivationJson<readonly string[]>[]
  /** Whether the gradient is the average of the per-sample gradients; `linearity` tells more. */
  readonly linearity: { readonly verdict: Verdict }
}

/**
 * A term in `ascii` (the plain notation), `latex`, `text` (Unicode) or `mathml` (for which KaTeX is not needed); or
 * all derivations of a loss, also as `markdown` and `json`; or the answer of `linearity`.
 */
export function print(subject: Expr, format: TermFormat | 'mathml'): string
export function print(subject: DerivedLoss, format: Format, options?: DerivationOptions): string
export function print(subject: LinearityReport, format: Format): string
export function print(
  subject: Expr | DerivedLoss | LinearityReport,
  format: Format,
  options: DerivationOptions = {},
): string {
  if (isTerm(subject)) {
    if (format === 'markdown' || format === 'json') throw new TypeError(`a term has no ${format} form`)
    return format === 'mathml' ? printMathml(subject) : printTerm(subject, format)
  }
  if (isReport(subject)) return printLinearity(answerOf(subject), format, subject.input)
  if (format === 'json') return JSON.stringify(toJson(subject, options), null, 2)
  const { scope } = subject.reading
  const { partials, hessian, closing } = subject
  return printDerivation(partials, scope, format, { hessian, closing, ...options })
}

/** The data behind `print(…, 'json')`. */
export function toJson(subject: DerivedLoss, options: DerivationOptions = {}): DerivedLossJson {
  const { scope, loss, variables } = subject.reading
  return {
    version: 1,
    input: subject.input,
    reading: readingToJson(loss, scope, variables, secondVariables(subject.hessian)),
    partials: subject.partials.map((partial: Derivation) => derivationToJson(partial, scope, options.detail)),
    ...(subject.hessian.length === 0
      ? {}
      : {
          hessian: subject.hessian.map((entry: Derivation) =>
            hessianEntryToJson(entry, scope, options.detail),
          ),
        }),
    linearity: { verdict: subject.linearity.verdict },
  }
}

/** A self-contained HTML document with KaTeX inside, or with `fragment` just its body. */
export async function renderHtml(
  subject: DerivedLoss | LinearityReport,
  options: HtmlOptions = {},
): Promise<string> {
  if (isReport(subject)) return renderLinearity(answerOf(subject), options)
  const { partials, hessian, closing } = subject
  const { scope, loss, variables } = subject.reading
  return renderDocument({ partials, hessian, scope, loss, variables, closing }, options)
}

function isTerm(subject: Expr | DerivedLoss | LinearityReport): subject is Expr {
  return 'kind' in subject
}

function isReport(subject: DerivedLoss | LinearityReport): subject is LinearityReport {
  return 'verdict' in subject
}
