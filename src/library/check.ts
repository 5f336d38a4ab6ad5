import { unknownQuantity } from '../check/written/open-name.ts'
import {
  type CheckedLine,
  type CheckOptions,
  type CheckReport,
  type JudgedDerivation,
  judgeDerivation,
} from '../check/written/report.ts'
import { type CheckFormat, printReport, reportToHtml } from '../print/check/index.ts'
import { printTerm } from '../print/index.ts'
import { nextRule } from '../tasks/next-rule.ts'

export type { CheckedLine, CheckOptions, CheckReport } from '../check/written/report.ts'
export type { CheckFormat } from '../print/check/index.ts'

/**
 * Judges a derivation that a person wrote, line by line: LaTeX in most environments, Markdown with formulas, or plain
 * lines. Equality is judged by canonical form and by numbers, never by the rules that derive.
 * @throws ReadError where there is nothing to judge, or where the loss or an option cannot be read.
 */
export function check(text: string, options: CheckOptions = {}): CheckReport {
  const judged = judgeDerivation(text, options)
  const next = nextOf(judged)
  const report = {
    ...judged.report,
    lines: judged.report.lines.map((line, i) => withTypeset(line, judged, i)),
  }
  return next === undefined ? report : { ...report, next }
}

/** A report as `text` for a terminal, `latex`, `markdown` or `json`. */
export function printCheck(
  report: CheckReport,
  format: CheckFormat,
  options: { readonly color?: boolean } = {},
): string {
  return printReport(report, format, options)
}

/** A report as a self-contained HTML page, or with `fragment` just its body. */
export async function renderCheckHtml(
  report: CheckReport,
  options: { readonly fragment?: boolean } = {},
): Promise<string> {
  return reportToHtml(report, options)
}

/** Plain lines are set from the term they were read as. */
function withTypeset(line: CheckedLine, { report, judged }: JudgedDerivation, position: number): CheckedLine {
  const term = judged[position]?.line.term
  return report.latex || term === undefined ? line : { ...line, typeset: printTerm(term, 'latex') }
}

/** On a derivation that is not finished, the rule that could be used next. */
function nextOf({ judged }: JudgedDerivation): string | undefined {
  const last = judged.at(-1)
  if (last?.line.term === undefined || !last.line.term.hasDerivative) return undefined
  // Of a quantity that nobody defines it is not known what it depends on.
  const { open, loss, scope } = last.read
  if (open.size > 0 || (loss === undefined && unknownQuantity(last.line.term, scope) !== undefined))
    return undefined
  const rule = nextRule(last.line.term, scope)
  return rule === undefined ? undefined : `A derivative is left: next is the ${rule}.`
}
