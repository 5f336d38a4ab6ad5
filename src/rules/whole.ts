import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

/** Whether a term is a whole number for all values of its names: indices, counts and numbers, and sums of these. */
export function isWhole(term: Expr, scope: Scope): boolean {
  switch (term.kind) {
    case 'number':
      return term.value.isInteger
    case 'bound':
      return true
    case 'symbol': {
      const role = scope.role(term.name)
      return term.args.length === 0 && (role === 'index' || role === 'count')
    }
    case 'neg':
    case 'add':
    case 'mul':
      return term.args.every((arg) => isWhole(arg, scope))
    default:
      return false
  }
}
