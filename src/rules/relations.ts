import type { Expr, RelationOperation } from '../term/expr.ts'

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
