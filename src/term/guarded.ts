import type { Expr } from './expr.ts'
import { isNumber } from './expr.ts'
import type { Scope } from './scope.ts'

/** Whether a term is 1 where a condition holds and else 0. */
export function isIndicator(term: Expr): boolean {
  return (
    term.kind === 'piecewise' &&
    term.args.length === 3 &&
    isNumber(term.args[1]!, 1) &&
    isNumber(term.args[2]!, 0)
  )
}

/**
 * The factors of a product or quotient that say where it counts: indicators and deltas. Where one of them is 0
 * the product is 0, whatever the other factors are: in `[k >= 2]*u_{k-1}` there is no u_0 for k = 1.
 */
export function guardsOf(term: Expr): readonly Expr[] {
  if (term.kind === 'div') {
    const above = term.args[0]!
    return isGuard(above) ? [above] : guardsOf(above.kind === 'neg' ? above.args[0]! : above)
  }
  return term.kind === 'mul' ? term.args.filter(isGuard) : []
}

function isGuard(term: Expr): boolean {
  return term.kind === 'delta' || isIndicator(term)
}

/** Whether a condition compares indices: it chooses elements, and says which of them there are. */
export function isOnIndices(condition: Expr, scope: Scope): boolean {
  if (condition.kind === 'logical') return condition.args.every((arg) => isOnIndices(arg, scope))
  return condition.kind === 'relation' && condition.args.some((side) => isIndex(side, scope))
}

/** Whether a term is an index, or one plus other index terms. */
function isIndex(term: Expr, scope: Scope): boolean {
  switch (term.kind) {
    case 'bound':
      return true
    case 'symbol':
      return term.args.length === 0 && scope.role(term.name) === 'index'
    case 'neg':
    case 'add':
      return term.args.some((arg) => isIndex(arg, scope))
    default:
      return false
  }
}
