import type { Expr, RelationOperation } from '../../term/expr.ts'
import type { TermStore } from '../../term/store.ts'

const turned: Readonly<Record<RelationOperation, RelationOperation>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
}

/**
 * A comparison as one writes it: u - v > 0 is u > v, and 1 - v > 0 is v < 1. The truth of the relation does
 * not change.
 */
export function rearrange(store: TermStore, relation: Expr): Expr {
  if (relation.kind !== 'relation') return relation
  const [left, right] = relation.args as [Expr, Expr]
  if (left.kind !== 'add' || left.args.length !== 2 || right.kind !== 'number' || right.value.sign !== 0)
    return relation
  const [first, second] = left.args as [Expr, Expr]
  if (first.kind === 'neg' || second.kind !== 'neg') return relation
  const subtracted = second.args[0]!
  return first.kind === 'number'
    ? store.relation(turned[relation.name], subtracted, first)
    : store.relation(relation.name, first, subtracted)
}
