import type { CheckReport } from '../../check/written/report.ts'
import { reportToText } from './text.ts'

export type CheckFormat = 'text' | 'json'

/** A report in a format; `color` is for terminals. */
export function printReport(
  report: CheckReport,
  format: CheckFormat,
  options: { readonly color?: boolean } = {},
): string {
  switch (format) {
    case 'json':
      return JSON.stringify(report, null, 2)
    default:
      return reportToText(report, options)
  }
}
