import { type Expr, isNumber } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

const scopes = new WeakMap<Expr, Scope>()

/**
 * Keeps with a term what its names stand for, so that `evaluate(parse('f(2)', { let: ['f(x) = x^2'] }), {})`
 * knows f. Weak: the entry goes with the term.
 */
export function rememberScope<T extends Expr>(term: T, scope: Scope): T {
  // A weak map is dear to the garbage collector, and most terms mean the same without their scope.
  if (changesValues(scope)) scopes.set(term, scope)
  return term
}

/** Whether a term's value depends on more than the environment: on definitions, or where an index starts. */
function changesValues(scope: Scope): boolean {
  if (scope.hasDefinitions) return true
  for (const { ranges } of scope.declarations) {
    if (ranges.some((range) => range !== undefined && !isNumber(range.from, 1))) return true
  }
  return false
}

export function scopeOf(term: Expr): Scope | undefined {
  return scopes.get(term)
}
