import type { CheckReport } from '../../check/written/report.ts'
import { counterexampleText, linesOfEquation, summary, verdictSigns, warningOf } from './sentence.ts'
import { typesetLine } from './typeset.ts'

/** The report as Markdown: a list item a line, formulas between dollars. */
export function reportToMarkdown(report: CheckReport): string {
  const out: string[] = []
  const code = (text: string) => (report.latex ? `$${text}$` : `\`${text}\``)
  for (const equation of report.equations) {
    if (equation.left !== '') out.push(code(equation.left), '')
    for (const line of linesOfEquation(report, equation)) {
      const shown =
        line.verdict === 'unreadable' || !report.latex
          ? `\`= ${line.latex}\``
          : `$= ${typesetLine(line, (part) => `{\\color{red} ${part}}`)}$`
      const label = line.label === undefined ? '' : ` (${line.label.given})`
      out.push(`- ${verdictSigns[line.verdict]} **${line.n}** ${shown}${label}`)
      const warning = warningOf(line)
      if (warning !== undefined) out.push(`  - ${warning}`)
      if (line.suggestion !== undefined) out.push(`  - it should read: ${code(line.suggestion.latex)}`)
      if (line.counterexample !== undefined) out.push(`  - ${counterexampleText(line.counterexample)}`)
      if (line.label?.because !== undefined) out.push(`  - ${line.label.because}`)
    }
    out.push('')
  }
  out.push(summary(report))
  if (report.next !== undefined) out.push('', report.next)
  return `${out.join('\n')}\n`
}
