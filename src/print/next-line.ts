import type { Condition } from '../derivation/step.ts'
import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { writeConditions } from './derivation/condition.ts'
import { conditionsToLatex, joinLabels } from './derivation/latex.ts'
import { writeLabel } from './derivation/written.ts'
import { printTerm, type TermFormat } from './term.ts'

/** What a line of a derivation says and follows from. */
export interface NextLine {
  readonly from: Expr
  readonly line: Expr
  readonly labels: readonly string[]
  readonly because: readonly string[]
  readonly conditions: readonly Condition[]
  readonly isLast: boolean
  readonly scope: Scope
}

/** The rules of the next line, each with its sentence, and on request the line itself. */
export function printNextLine(next: NextLine, format: TermFormat, show: 'rule' | 'line'): string {
  const { from, line, because, conditions, scope } = next
  const labels = next.labels.map((label) => writeLabel(label, format, scope))
  const taken = new Set([...from.names, ...line.names])
  const needs = writeConditions(conditions, format, taken)
  const print = (term: Expr) => printTerm(term, format, { taken })
  if (format === 'latex') {
    const rules = joinLabels(labels)
    if (show === 'rule') return rules === '' ? '\\text{tidy up}' : rules
    return `\\begin{align*}\n${print(from)} &= ${print(line)}${conditionsToLatex(needs)} && ${rules}\n\\end{align*}`
  }
  const head = [labels.join(', ') || 'tidy up', ...because.map((sentence) => `  ${sentence}`)]
  if (show === 'rule') return head.join('\n')
  const where = needs.length === 0 ? '' : `   for ${needs.join(', ')}`
  return [...head, '', print(from), `  = ${print(line)}${where}`].join('\n')
}

/** The next line as data; the line is there only where it is asked for. */
export function nextLineToJson(next: NextLine, show: 'rule' | 'line'): object {
  const { from, line, labels, because, conditions, isLast } = next
  const taken = new Set([...from.names, ...line.names])
  const write = (term: Expr) => ({
    ascii: printTerm(term, 'ascii', { taken }),
    latex: printTerm(term, 'latex', { taken }),
  })
  return {
    version: 1,
    from: write(from),
    labels,
    because,
    conditions: writeConditions(conditions, 'ascii', taken),
    last: isLast,
    ...(show === 'line' ? { line: write(line) } : {}),
  }
}
