import type { CheckedLine, CheckReport } from '../../check/written/report.ts'
import { escapeLatexText } from '../names.ts'
import { counterexampleText, linesOfEquation, remarkOf, summary, warningOf } from './sentence.ts'
import { typesetLine, verbatim } from './typeset.ts'

const wrong = (part: string) => `{\\color{red} ${part}}`
const loose = (part: string) => `{\\color{magenta} ${part}}`

/**
 * The derivation with the part at fault in colour and a remark in the margin, then what is to be said of each line. It
 * needs amsmath, amssymb and xcolor.
 */
export function reportToLatex(report: CheckReport): string {
  const blocks = ['% needs \\usepackage{amsmath,amssymb,xcolor}']
  for (const equation of report.equations) {
    const lines = linesOfEquation(report, equation)
    if (lines.length === 0) continue
    const left = report.latex ? equation.left : equation.left === '' ? '' : verbatim(equation.left)
    const rows = lines.map((line, i) => rowOf(line, i === 0 ? `${left} ` : ''))
    blocks.push(`\\begin{align*}\n${rows.join(' \\\\\n')}\n\\end{align*}`)
    const remarks = lines.flatMap((line) => remarksOf(line, report.latex))
    if (remarks.length > 0) blocks.push(`\\begin{itemize}\n${remarks.join('\n')}\n\\end{itemize}`)
  }
  blocks.push(escapeLatexText(summary(report)))
  if (report.next !== undefined) blocks.push(escapeLatexText(report.next))
  return `${blocks.join('\n\n')}\n`
}

function rowOf(line: CheckedLine, left: string): string {
  const formula = typesetLine(line, line.verdict === 'valid' ? loose : wrong)
  const label = line.label === undefined ? '' : `\\text{${escapeLatexText(line.label.given)}}`
  const isLabelWrong = line.label?.right === false
  const beside = label === '' ? '' : ` && ${isLabelWrong ? wrong(label) : label}`
  const remark = remarkOf(line)
  const margin = remark === undefined ? '' : ` \\tag*{$\\color{red} \\text{${escapeLatexText(remark)}}$}`
  return `${left}&= ${formula}${beside}${margin}`
}

function remarksOf(line: CheckedLine, isLatex: boolean): string[] {
  const sentences: string[] = []
  const warning = warningOf(line)
  if (warning !== undefined) sentences.push(`${escapeLatexText(capital(warning))}.`)
  if (line.suggestion !== undefined) {
    const formula = isLatex ? `$${line.suggestion.latex}$` : verbatim(line.suggestion.latex)
    sentences.push(`It should read: ${formula}.`)
  }
  if (line.counterexample !== undefined)
    sentences.push(`${escapeLatexText(capital(counterexampleText(line.counterexample)))}.`)
  if (line.label?.because !== undefined) sentences.push(`${escapeLatexText(capital(line.label.because))}.`)
  return sentences.length === 0 ? [] : [`\\item Line ${line.n}. ${sentences.join(' ')}`]
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
