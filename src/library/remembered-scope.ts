import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

const scopes = new WeakMap<Expr, Scope>()

/**
 * Keeps with a term what its names stand for, so that `evaluate(parse('f(2)', { let: ['f(x) = x^2'] }), {})`
 * knows f. Weak: the entry goes with the term.
 */
export function rememberScope<T extends Expr>(term: T, scope: Scope): T {
  scopes.set(term, scope)
  return term
}

export function scopeOf(term: Expr): Scope | undefined {
  return scopes.get(term)
}
