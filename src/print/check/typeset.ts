import type { CheckedLine } from '../../check/written/report.ts'

/** A line as LaTeX that can be set: its author's own, with the part at fault marked. */

/** Words in typewriter: what cannot be set as a formula is shown letter by letter. */
export function verbatim(text: string): string {
  return `\\texttt{${text.replace(/\s+/g, ' ').replace(/[\\{}^~_&%#$]/g, (sign) => escapes.get(sign) ?? `\\${sign}`)}}`
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
])

/** The line with each marked part wrapped; a part that is no formula by itself marks the whole line. */
export function typesetLine(line: CheckedLine, wrap: (part: string) => string): string {
  if (line.verdict === 'unreadable') return wrap(verbatim(line.latex))
  if (line.typeset !== undefined) return line.marks.length > 0 ? wrap(line.typeset) : line.typeset
  const { latex } = line
  if (line.marks.length === 0) return line.verdict === 'invalid' ? wrap(latex) : latex
  const marks = [...line.marks].sort((a, b) => b.from - a.from)
  const overlap = marks.some(({ to }, i) => i > 0 && to > marks[i - 1]!.from)
  if (overlap || marks.some(({ from, to }) => !isWhole(latex, from, to))) return wrap(latex)
  return marks.reduce(
    (text, { from, to }) => `${text.slice(0, from)}${wrap(text.slice(from, to))}${text.slice(to)}`,
    latex,
  )
}

/** Whether a part of a formula can stand in braces: brackets close in it, and no command is cut in two. */
function isWhole(latex: string, from: number, to: number): boolean {
  const part = latex.slice(from, to)
  const cutsInto = /\\[A-Za-z]*$/.test(latex.slice(0, from)) && /^[A-Za-z]/.test(part)
  const cutsOff = /\\[A-Za-z]*$/.test(part) && /^[A-Za-z]/.test(latex.slice(to))
  return !cutsInto && !cutsOff && isFormula(part)
}

function isFormula(part: string): boolean {
  if (part.trim() === '' || /^[_^&]|[_^\\&]$/.test(part) || /^\\(?:begin|end|right|left)?$/.test(part))
    return false
  // A command with arguments needs them all.
  if (/\\(?:frac|sqrt|text|operatorname|mathrm|hat|bar|partial|sum|prod)\s*$/.test(part)) return false
  if (/\\(?:[tdc]?frac)\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*$/.test(part)) return false
  let braces = 0
  let sizes = 0
  let environments = 0
  for (const [sign] of part.matchAll(/\\(?:left|right|begin|end)\b|\\.|[{}]/gs)) {
    if (sign === '{') braces++
    if (sign === '}') braces--
    if (sign === '\\left') sizes++
    if (sign === '\\right') sizes--
    if (sign === '\\begin') environments++
    if (sign === '\\end') environments--
    if (braces < 0 || sizes < 0 || environments < 0) return false
  }
  return braces === 0 && sizes === 0 && environments === 0
}
