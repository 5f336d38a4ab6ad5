import { occursBound, shift } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import { isIndicator } from '../../term/guarded.ts'
import { addIndices, indexDistance, solveForIndex } from '../../term/index-arithmetic.ts'
import type { Scope } from '../../term/scope.ts'
import { factorsOf } from '../algebra/number.ts'
import { follows } from '../kinks/guard.ts'
import { conjuncts, turned } from '../relations.ts'
import type { Rule } from '../rule.ts'
import { isKnown } from '../sign.ts'
import { isWhole } from '../whole.ts'
import { declaredRange } from './range.ts'

/** What a comparison says of the index of a sum: a new bound, or that it always holds. */
interface Bound {
  readonly side: 'from' | 'to' | 'always'
  readonly value: Expr
  readonly conditions: readonly Expr[]
}

/**
 * sum(i=1..n, [i < k]*u_i) = sum(i=1..k-1, u_i): an indicator that cuts the range of a sum becomes its bound. That
 * the new bound lies within the old ones is told, since it depends on a free index.
 */
export const boundsFromIndicator: Rule = {
  id: 'bounds-from-indicator',
  title: 'range of the sum',
  law: 'sum(i=1..n, if(i < n, 1, 0)*u_i) = sum(i=1..n-1, u_i)',
  needs: ['the new bound lies within the old ones'],
  because: 'the terms outside of the indicator are 0, so the sum runs over the others alone',
  examples: [['sum(i=1..N, if(i < N, 1, 0)*y_i)', 'sum(i=1..N-1, y_i)']],
  on: ['big'],
  apply(term, { store, scope }) {
    if (term.kind !== 'big' || term.name !== 'sum') return undefined
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const positive = body.kind === 'neg' ? body.args[0]! : body
    const above = positive.kind === 'div' ? positive.args[0]! : positive
    const factors = factorsOf(above)
    for (const [i, factor] of factors.entries()) {
      if (!isIndicator(factor)) continue
      const parts = conjuncts(factor.args[0]!)
      for (const [j, part] of parts.entries()) {
        const bound = boundOf(part, from, to, parts, scope)
        if (bound === undefined) continue
        const told = bound.conditions.flatMap(conjuncts)
        const rest = parts.filter((other, k) => k !== j && !follows(other, told, scope))
        const kept =
          rest.length === 0
            ? []
            : [
                store.rebuild(factor, [
                  rest.length === 1 ? rest[0]! : store.logical('and', rest),
                  store.number(1),
                  store.number(0),
                ]),
              ]
        const product = store.mul(factors.flatMap((other, k) => (k === i ? kept : [other])))
        const value = positive.kind === 'div' ? store.div(product, positive.args[1]!) : product
        const range = { from, to, always: from, [bound.side]: bound.value }
        return {
          after: store.big(
            'sum',
            term.hint,
            range.from,
            range.to,
            body.kind === 'neg' ? store.neg(value) : value,
          ),
          conditions: bound.conditions,
        }
      }
    }
    return undefined
  },
}

function boundOf(
  relation: Expr,
  from: Expr,
  to: Expr,
  parts: readonly Expr[],
  scope: Scope,
): Bound | undefined {
  const { store } = scope
  if (relation.kind !== 'relation' || !occursBound(relation)) return undefined
  const [left, right] = relation.args as [Expr, Expr]
  const solution = solveForIndex(store, left, right)
  if (solution === undefined || !isWhole(solution, scope)) return undefined
  // At a larger index the left side is larger where it has the index itself, or the right its negative.
  const rises = indexDistance(
    store,
    addIndices(store, [left, store.neg(right)]),
    addIndices(store, [store.bound(0), store.neg(solution)]),
  )
  const operation = rises?.sign === 0 ? relation.name : turned[relation.name]
  const limit = shift(store, solution, -1)
  const one = store.number(1)
  const beside = parts.filter((part) => !occursBound(part)).map((part) => shift(store, part, -1))
  switch (operation) {
    case '<':
      return upperBound(addIndices(store, [limit, store.neg(one)]), to, beside, scope)
    case '<=':
      return upperBound(limit, to, beside, scope)
    case '>':
      return lowerBound(addIndices(store, [limit, one]), from, beside, scope)
    case '>=':
      return lowerBound(limit, from, beside, scope)
    default:
      return undefined
  }
}

function upperBound(limit: Expr, to: Expr, beside: readonly Expr[], scope: Scope): Bound | undefined {
  const { store } = scope
  const slack = indexDistance(store, limit, to)
  if (slack !== undefined && slack.sign >= 0) return { side: 'always', value: to, conditions: [] }
  const conditions = whereInside(store.relation('<=', limit, to), limit, beside, scope)
  return conditions && { side: 'to', value: limit, conditions }
}

function lowerBound(limit: Expr, from: Expr, beside: readonly Expr[], scope: Scope): Bound | undefined {
  const { store } = scope
  const slack = indexDistance(store, from, limit)
  if (slack !== undefined && slack.sign >= 0) return { side: 'always', value: from, conditions: [] }
  const conditions = whereInside(store.relation('<=', from, limit), limit, beside, scope)
  return conditions && { side: 'from', value: limit, conditions }
}

/**
 * What is told so that a relation on a free index holds. It must hold wherever the term counts, by the range of
 * the index or by the conditions beside it, or elements that the term depends on would be excluded.
 */
function whereInside(
  relation: Expr,
  limit: Expr,
  beside: readonly Expr[],
  scope: Scope,
): readonly Expr[] | undefined {
  const { store } = scope
  const [left, right] = relation.args as [Expr, Expr]
  const distance = indexDistance(store, right, left)
  if (isKnown(relation, scope) || (distance !== undefined && distance.sign >= 0)) return []
  if (relation.loose !== 0) return undefined
  if (follows(relation, beside, scope)) return [relation]
  const [name, ...others] = [...limit.names].filter((entry) => scope.role(entry) === 'index')
  if (name === undefined || others.length > 0) return undefined
  const index = store.symbol(name)
  const range = declaredRange(scope, index)
  const offset = indexDistance(store, limit, index)
  if (range === undefined || offset === undefined) return undefined
  const end = addIndices(store, [left === limit ? range.to : range.from, store.rational(offset)])
  const room = left === limit ? indexDistance(store, right, end) : indexDistance(store, end, left)
  if (room === undefined || room.sign < 0) return undefined
  return [
    store.logical('and', [store.relation('<=', range.from, index), store.relation('<=', index, range.to)]),
  ]
}
