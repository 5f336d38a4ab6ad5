import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

/** How often a sum's body is evaluated at a sample point, at most, and the body of a difference quotient. */
const termsOfSum = 4
const valuesOfSlope = 25

/**
 * About how many sub-terms are evaluated to evaluate these terms once at a sample point; no more than `limit`.
 * What no index around it occurs in is evaluated once, as the compiled terms do.
 */
export function workOf(terms: readonly Expr[], scope: Scope, limit: number): number {
  const counted = new Map<Expr, number>()
  const pending = terms.map((term) => ({ term, loops: 1, slopes: 1 }))
  let work = 0
  for (let next = pending.pop(); next !== undefined && work < limit; next = pending.pop()) {
    const { term, loops, slopes } = next
    const times = slopes * (term.loose === 0 ? 1 : loops)
    const before = counted.get(term) ?? 0
    if (times <= before) continue
    counted.set(term, times)
    work += times - before
    const body = term.kind === 'symbol' || term.kind === 'apply' ? scope.unfold(term) : undefined
    if (body !== undefined) pending.push({ term: body, loops, slopes })
    const inner = term.kind === 'derivative' ? slopes * valuesOfSlope : slopes
    for (const [position, arg] of term.args.entries()) {
      const isBody = term.kind === 'big' && position === 2
      pending.push({ term: arg, loops: isBody ? loops * termsOfSum : loops, slopes: inner })
    }
  }
  return Math.min(work, limit)
}
