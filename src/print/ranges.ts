import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { printTerm, type TermFormat } from './term.ts'

/**
 * Where the free indices of variables run: `1 ≤ k ≤ d`, for several with one range `1 ≤ k, l ≤ d`. An index
 * of unknown range stands alone; nothing for variables without index.
 */
export function writeRanges(variables: readonly Expr[], scope: Scope, format: TermFormat): string {
  const byRange = new Map<string, { from: string; to: string; names: string[] }>()
  for (const variable of variables) {
    if (variable.kind !== 'symbol') continue
    for (const [position, index] of variable.args.entries()) {
      if (index.kind !== 'symbol' || index.args.length > 0) continue
      const range = scope.declaration(variable.name)?.ranges[position]
      const isKnown = range !== undefined && range.from.loose === 0 && range.to.loose === 0
      const from = isKnown ? printTerm(range.from, format) : ''
      const to = isKnown ? printTerm(range.to, format) : ''
      const entry = byRange.get(`${from} ${to}`) ?? { from, to, names: [] }
      byRange.set(`${from} ${to}`, entry)
      const name = printTerm(index, format)
      if (!entry.names.includes(name)) entry.names.push(name)
    }
  }
  const sign = { latex: ' \\le ', text: ' ≤ ', ascii: ' <= ' }[format]
  return [...byRange.values()]
    .map(({ from, to, names }) => [from, names.join(', '), to].filter((part) => part !== '').join(sign))
    .join(format === 'latex' ? ',\\; ' : ', ')
}
