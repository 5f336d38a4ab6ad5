import type { Expr } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'

/** The letters that index a name in the term and that nothing binds there. */
export function freeIndicesOf(term: Expr, scope: Scope): ReadonlySet<string> {
  const found = new Set<string>()
  const seen = new Set<Expr>()
  const inIndex = (node: Expr): void => {
    if (node.kind === 'symbol' && node.args.length === 0 && scope.role(node.name) === 'index')
      found.add(node.name)
    for (const arg of node.args) inIndex(arg)
  }
  const visit = (node: Expr): void => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.kind === 'symbol' || node.kind === 'delta') for (const arg of node.args) inIndex(arg)
    else for (const arg of node.args) visit(arg)
  }
  visit(term)
  return found
}

/** The free indices of several terms, of which some may be missing. */
export function freeIndicesIn(terms: readonly (Expr | undefined)[], scope: Scope): ReadonlySet<string> {
  return new Set(terms.flatMap((term) => (term === undefined ? [] : [...freeIndicesOf(term, scope)])))
}
