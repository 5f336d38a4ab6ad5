import type { Expr } from '../../term/expr.ts'
import { fractionOf } from '../../term/fraction.ts'
import { isIndicator } from '../../term/guarded.ts'
import type { Path } from '../../term/path.ts'
import { TooLarge } from '../../term/polynomial.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { conjuncts, opposite } from '../relations.ts'
import { isKnown } from '../sign.ts'

/**
 * What holds wherever the value at `path` counts: the conditions of the case distinctions around it, and of
 * the indicators that multiply it. Written with the indices of `term`.
 */
export function guardsAlong(scope: Scope, term: Expr, path: Path): readonly Expr[] {
  const { store } = scope
  const guards: Expr[] = []
  let node = term
  const negated = (condition: Expr): readonly Expr[] => {
    if (condition.kind === 'relation') {
      return [store.relation(opposite[condition.name], condition.args[0]!, condition.args[1]!)]
    }
    return condition.kind === 'logical' && condition.name === 'or' ? condition.args.flatMap(negated) : []
  }
  for (const position of path) {
    if (node.kind === 'big') break
    if (node.kind === 'piecewise') {
      const own = position % 2 === 1 ? position - 1 : undefined
      for (let i = 0; i + 1 < node.args.length && i < position; i += 2) {
        if (i === own) guards.push(...conjuncts(node.args[i]!))
        else guards.push(...negated(node.args[i]!))
      }
    }
    if (node.kind === 'mul') {
      for (const [i, factor] of node.args.entries()) {
        if (i !== position && isIndicator(factor)) guards.push(...conjuncts(factor.args[0]!))
      }
    }
    node = node.args[position]!
  }
  return guards
}

/** A term that is positive, or at least not negative. */
interface Claim {
  readonly term: Expr
  readonly isStrict: boolean
}

/**
 * Whether a condition follows from one of others: `u > 0` from `u > c` for a c known to be at least 0, and
 * `u != 0` from either.
 */
export function follows(condition: Expr, from: readonly Expr[], scope: Scope): boolean {
  if (from.includes(condition)) return true
  const goals = claimsFor(condition, scope.store)
  return (
    goals.length > 0 &&
    from.some((fact) => {
      const known = claimOf(fact, scope.store)
      return known !== undefined && goals.some((goal) => isEnough(known, goal, scope))
    })
  )
}

function isEnough(known: Claim, goal: Claim, scope: Scope): boolean {
  const { store } = scope
  try {
    const { above, below } = fractionOf(store, store.subtract(goal.term, known.term))
    if (below.value === undefined) return false
    const margin = above.scale(below.value.power(-1)).toTerm(store)
    const operation = goal.isStrict && !known.isStrict ? '>' : '>='
    return isKnown(store.relation(operation, margin, store.number(0)), scope)
  } catch (error) {
    if (error instanceof TooLarge) return false
    throw error
  }
}

/** What a relation says of a sign. */
function claimOf(relation: Expr, store: TermStore): Claim | undefined {
  if (relation.kind !== 'relation') return undefined
  const [left, right] = relation.args as [Expr, Expr]
  switch (relation.name) {
    case '>':
    case '>=':
      return { term: store.subtract(left, right), isStrict: relation.name === '>' }
    case '<':
    case '<=':
      return { term: store.subtract(right, left), isStrict: relation.name === '<' }
    default:
      return undefined
  }
}

/** The claims each of which is enough for a relation. */
function claimsFor(relation: Expr, store: TermStore): readonly Claim[] {
  if (relation.kind !== 'relation') return []
  const [left, right] = relation.args as [Expr, Expr]
  if (relation.name === '!=') {
    return [store.subtract(left, right), store.subtract(right, left)].map((term) => ({
      term,
      isStrict: true,
    }))
  }
  const claim = claimOf(relation, store)
  return claim === undefined ? [] : [claim]
}
