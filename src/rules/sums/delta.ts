import { instantiate, occursBound, shift } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { factorsOf, rationalOf } from '../algebra/number.ts'
import { nameOf, type Rule } from '../rule.ts'
import { isKnown } from '../sign.ts'

/** delta_{k,k} = 1, delta_{1,2} = 0 */
export const evaluateDelta: Rule = {
  id: 'delta-value',
  title: 'Kronecker delta',
  law: 'delta_{k,k} = 1',
  because: 'the delta is 1 for equal indices and 0 for different numbers',
  examples: [
    ['delta_{k,k}', '1'],
    ['delta_{1,2}', '0'],
  ],
  on: ['delta'],
  silent: true,
  apply(term, { store }) {
    const [left, right] = term.args as [Expr, Expr]
    if (left === right) return store.number(1)
    const a = rationalOf(left)
    const b = rationalOf(right)
    return a !== undefined && b !== undefined ? store.number(a.equals(b) ? 1 : 0) : undefined
  },
}

/**
 * sum(j, delta_{j,k}*u_j) = u_k: the delta keeps one term of the sum, for k in the range of j, which is told
 * as a condition, or stays as an indicator where the range moves with an outer index.
 */
export const siftDelta: Rule = {
  id: 'delta-sifting',
  title: 'delta sifting',
  law: 'sum(j=1..n, delta_{j,k}*u_j) = u_k',
  needs: ['1 <= k', 'k <= n'],
  because: 'the delta is 0 in every term of the sum but the one with {k}, which remains',
  examples: [['sum(j=1..d, delta_{j,k}*x_j)', 'x_k']],
  on: ['big'],
  apply(term, { store, scope }) {
    if (term.kind !== 'big' || term.name !== 'sum') return undefined
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const negative = body.kind === 'neg'
    const positive = negative ? body.args[0]! : body
    const above = positive.kind === 'div' ? positive.args[0]! : positive
    const factors = above.kind === 'mul' ? above.args : [above]
    const position = factors.findIndex((factor) => factor.kind === 'delta' && siftedIndex(factor) !== undefined)
    if (position < 0) return undefined
    const index = siftedIndex(factors[position]!)!
    const rest = store.mul(factors.filter((_, i) => i !== position))
    const without = positive.kind === 'div' ? store.div(rest, positive.args[1]!) : rest
    const value = shift(store, index, -1)
    const sifted = instantiate(store, without, value)
    const conditions = rangeConditions(store, scope, value, from, to)
    // A range that moves with an outer index cannot be a condition on the result: it is part of each term.
    const moves = conditions.some((condition) => condition.loose !== 0)
    const kept = moves
      ? store.mul([store.piecewise([conditions[0]!, store.number(1), store.number(0)]), ...factorsOf(sifted)])
      : sifted
    return {
      after: negative ? store.neg(kept) : kept,
      conditions: moves ? [] : conditions,
      words: { k: nameOf(value) },
    }
  },
}

/** The other index of a delta one of whose indices is the innermost bound one alone. */
function siftedIndex(delta: Expr): Expr | undefined {
  const [left, right] = delta.args as [Expr, Expr]
  if (left.kind === 'bound' && left.level === 0 && !occursBound(right)) return right
  if (right.kind === 'bound' && right.level === 0 && !occursBound(left)) return left
  return undefined
}

function rangeConditions(store: TermStore, scope: Scope, value: Expr, from: Expr, to: Expr): readonly Expr[] {
  const bounds = [store.relation('<=', from, value), store.relation('<=', value, to)]
  const open = bounds.filter((bound) => !isKnown(bound, scope))
  return open.length === 0 ? [] : open.length === 1 ? open : [store.logical('and', open)]
}
