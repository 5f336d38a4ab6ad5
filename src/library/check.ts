import { type CheckOptions, type CheckReport, judgeDerivation } from '../check/written/report.ts'
import { type CheckFormat, printReport } from '../print/check/index.ts'

export type { CheckedLine, CheckOptions, CheckReport } from '../check/written/report.ts'
export type { CheckFormat } from '../print/check/index.ts'

/**
 * Judges a derivation that a person wrote, line by line: LaTeX in most environments, Markdown with formulas, or plain
 * lines. Equality is judged by canonical form and by numbers, never by the rules that derive.
 * @throws ReadError where there is nothing to judge, or where the loss or an option cannot be read.
 */
export function check(text: string, options: CheckOptions = {}): CheckReport {
  return judgeDerivation(text, options).report
}

/** A report as `text` for a terminal, `latex`, `markdown` or `json`. */
export function printCheck(
  report: CheckReport,
  format: CheckFormat,
  options: { readonly color?: boolean } = {},
): string {
  return printReport(report, format, options)
}
