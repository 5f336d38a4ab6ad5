import type { CheckReport } from '../../check/written/report.ts'
import { reportToLatex } from './latex.ts'
import { reportToMarkdown } from './markdown.ts'
import { reportToText } from './text.ts'

export { reportToHtml } from './html.ts'

export type CheckFormat = 'text' | 'latex' | 'markdown' | 'json'

/** A report in a format; `color` is for terminals. */
export function printReport(
  report: CheckReport,
  format: CheckFormat,
  options: { readonly color?: boolean } = {},
): string {
  switch (format) {
    case 'text':
      return reportToText(report, options)
    case 'latex':
      return reportToLatex(report)
    case 'markdown':
      return reportToMarkdown(report)
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
  }
}
