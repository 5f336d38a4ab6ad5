import type { CheckedLine, CheckReport } from '../../check/written/report.ts'
import { counterexampleText, summary, verdictSigns, warningOf } from './sentence.ts'

const colors = { valid: 32, invalid: 31, unreadable: 31, undecided: 33 } as const

/** The report for a terminal: a sign a line, the part at fault underlined, what is wrong, how it should read. */
export function reportToText(
  report: CheckReport,
  { color = false }: { readonly color?: boolean } = {},
): string {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
  const out: string[] = []
  const width = String(report.lines.length).length
  for (const line of report.lines) {
    const equation = report.equations.find(({ firstLine }) => firstLine === line.n)
    if (equation !== undefined && equation.left !== '') out.push(`${' '.repeat(width + 3)}${equation.left}`)
    out.push(...lineToText(line, width, paint))
  }
  out.push('', summary(report))
  if (report.next !== undefined) out.push(report.next)
  return `${out.join('\n')}\n`
}

function lineToText(
  line: CheckedLine,
  width: number,
  paint: (code: number, text: string) => string,
): string[] {
  const head = `${verdictSigns[line.verdict]} ${String(line.n).padStart(width)} = `
  const indent = ' '.repeat(width + 5)
  const label = line.label === undefined ? '' : `   ${line.label.given}`
  const shown = line.latex.replace(/\s/g, ' ')
  const out = [`${paint(colors[line.verdict], head.slice(0, 1))}${head.slice(1)}${shown}${label}`]
  if (line.marks.length > 0) {
    let marks = ''
    for (const { from, to } of [...line.marks].sort((a, b) => a.from - b.from)) {
      const start = Math.max(from, marks.length)
      if (to > start) marks = `${marks.padEnd(start)}${'^'.repeat(to - start)}`
    }
    out.push(`${indent}${paint(colors[line.verdict === 'valid' ? 'undecided' : line.verdict], marks)}`)
  }
  const warning = warningOf(line)
  if (warning !== undefined) out.push(`${indent}${warning}`)
  if (line.suggestion !== undefined) out.push(`${indent}it should read: ${line.suggestion.latex}`)
  if (line.counterexample !== undefined) out.push(`${indent}${counterexampleText(line.counterexample)}`)
  if (line.label?.right === false) out.push(`${indent}${line.label.because}`)
  return out
}
