import type { Expr, RelationOperation } from '../term/expr.ts'
import type { TermStore } from '../term/store.ts'

/** `v op' u` says what `u op v` says. */
export const turned: Readonly<Record<RelationOperation, RelationOperation>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
}

/** `u op' v` holds exactly where `u op v` does not. */
export const opposite: Readonly<Record<RelationOperation, RelationOperation>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
}

/** The conditions that all hold where this one does. */
export function conjuncts(condition: Expr): readonly Expr[] {
  return condition.kind === 'logical' && condition.name === 'and'
    ? condition.args.flatMap(conjuncts)
    : [condition]
}

/** All conditions in one; x > 0 and x < 1 in the order of 0 < x < 1. */
export function inOrder(store: TermStore, conditions: readonly Expr[]): Expr {
  if (conditions.length === 1) return conditions[0]!
  for (const [low, high] of [conditions, [...conditions].reverse()] as [Expr, Expr][]) {
    if (conditions.length !== 2 || low.kind !== 'relation' || high.kind !== 'relation') break
    if (!low.name.startsWith('>') || !high.name.startsWith('<') || low.args[0] !== high.args[0]) continue
    return store.logical('and', [store.relation(turned[low.name], low.args[1]!, low.args[0]!), high])
  }
  return store.logical('and', conditions)
}

/**
 * Whether a relation chooses the terms that are the largest, u_k == max(j, u_j). Its sides are computed and must then
 * have the same digits, so both keep the form they have: an ulp between them and no term would be the largest.
 */
export function choosesLargest(relation: Expr): boolean {
  if (relation.kind !== 'relation' || relation.name !== '==') return false
  return relation.args.some((side) => side.kind === 'big' && (side.name === 'max' || side.name === 'min'))
}
