import type { Expr } from '../term/expr.ts'
import type { Rational } from '../term/rational.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { isKnown } from './sign.ts'

/** What abs, sign, relu, max or min come to where the order of their arguments is known; nothing else. */
export function valueByOrder(
  name: string,
  args: readonly Expr[],
  store: TermStore,
  scope: Scope,
): Expr | undefined {
  const [first, second] = args as [Expr, Expr | undefined]
  const zero = store.number(0)
  const holds = (left: Expr, operation: '>' | '>=' | '<', right: Expr) =>
    isKnown(store.relation(operation, left, right), scope)
  const isAtLeast = (left: Expr, right: Expr) =>
    holds(store.subtract(left, right), '>=', zero) || holds(left, '>=', right)
  switch (name) {
    case 'abs':
      if (holds(first, '>=', zero)) return first
      if (holds(store.neg(first), '>=', zero)) return store.neg(first)
      return sameForAll(first, (value) => value.abs(), store, scope)
    case 'sign':
      if (holds(first, '>', zero)) return store.number(1)
      return holds(first, '<', zero) ? store.neg(store.number(1)) : undefined
    case 'relu':
      if (holds(first, '>=', zero)) return first
      return holds(store.neg(first), '>=', zero) ? zero : undefined
    case 'max':
    case 'min': {
      if (args.length !== 2 || second === undefined) return undefined
      const [high, low] = name === 'max' ? [first, second] : [second, first]
      if (isAtLeast(high, low)) return first
      return isAtLeast(low, high) ? second : undefined
    }
    default:
      return undefined
  }
}

/** The number that the function gives for each of the values that are asserted, if it is one. */
function sameForAll(
  term: Expr,
  value: (of: Rational) => Rational,
  store: TermStore,
  scope: Scope,
): Expr | undefined {
  const results = scope.known.values(term)?.value.map(value)
  if (results === undefined || !results.every((result) => result.equals(results[0]!))) return undefined
  return store.rational(results[0]!)
}
