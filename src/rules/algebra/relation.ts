import type { Expr, RelationOperation } from '../../term/expr.ts'
import { fractionOf } from '../../term/fraction.ts'
import { TooLarge } from '../../term/polynomial.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { sameSign } from '../kinks/same-sign.ts'
import { choosesLargest, turned } from '../relations.ts'
import { isKnown } from '../sign.ts'
import { isZero } from './zero-and-one.ts'

/**
 * A comparison as one writes it: y - m*x - b > 0 is y > m*x + b, and 1 - v > 0 is v < 1. The truth of the
 * relation does not change.
 */
export function rearrange(store: TermStore, relation: Expr): Expr {
  if (relation.kind !== 'relation') return relation
  const [left, right] = relation.args as [Expr, Expr]
  if (!isZero(right)) return variableFirst(store, relation.name, left, right)
  if (left.kind === 'neg') {
    return rearrange(store, store.relation(turned[relation.name], left.args[0]!, right))
  }
  return left.kind === 'add' ? (separate(store, relation.name, left) ?? relation) : relation
}

/** The negative terms of a sum on the other side, and a number always there. */
function separate(store: TermStore, operation: RelationOperation, sum: Expr): Expr | undefined {
  const isNegative = (term: Expr) => term.kind === 'neg'
  const positive = sum.args.filter((term) => !isNegative(term))
  const negative = sum.args.filter(isNegative).map((term) => term.args[0]!)
  if (positive.length === 0) return store.relation(turned[operation], store.add(negative), store.number(0))
  if (negative.length > 0) return variableFirst(store, operation, store.add(positive), store.add(negative))
  const numbers = positive.filter((term) => term.kind === 'number')
  if (numbers.length !== 1) return undefined
  const rest = positive.filter((term) => term !== numbers[0])
  // 1 + r^2/s > 0 speaks of a sum that must be positive, and r^2/s > -1 of nothing.
  if (operation === '>' && rest.every(({ kind }) => kind === 'div' || kind === 'pow')) return undefined
  return store.relation(operation, store.add(rest), store.neg(numbers[0]!))
}

/** A side that is a number, or begins with one, stands right. */
function variableFirst(store: TermStore, operation: RelationOperation, left: Expr, right: Expr): Expr {
  const swaps = beginsWithNumber(left) && !beginsWithNumber(right)
  return swaps ? store.relation(turned[operation], right, left) : store.relation(operation, left, right)
}

function beginsWithNumber(term: Expr): boolean {
  if (term.kind === 'neg') return beginsWithNumber(term.args[0]!)
  return term.kind === 'number' || (term.kind === 'add' && term.args[0]!.kind === 'number')
}

/**
 * A comparison of a maximum or minimum with a bound that decides between its arguments: max(u, 0) < 1 is u < 1,
 * and max(u, 0) != 1 is u != 1. A relation that always or never holds is answered as such.
 */
export function unclip(relation: Expr, scope: Scope): Expr | boolean | undefined {
  if (relation.kind !== 'relation' || relation.name === '==') return undefined
  const { store } = scope
  const [left, right] = relation.args as [Expr, Expr]
  const clip = clipOf(left, store)
  if (clip === undefined) return undefined
  const { name, args } = clip
  for (const [i, fixed] of args.entries()) {
    const other = args[1 - i]!
    const isLess = isKnown(store.relation('<', fixed, right), scope)
    const isMore = isKnown(store.relation('>', fixed, right), scope)
    const isEqual = fixed === right
    // Where the fixed argument is on the far side of the bound, the other one decides; on the near side it does.
    const [far, near] = name === 'max' ? [isLess, isMore] : [isMore, isLess]
    if (far) return store.relation(relation.name, other, right)
    if (near) {
      const holds = { '<': isLess, '<=': isLess, '>': isMore, '>=': isMore, '!=': true }[relation.name]
      return holds
    }
    if (isEqual && relation.name === (name === 'max' ? '>' : '<'))
      return store.relation(relation.name, other, right)
  }
  return undefined
}

function clipOf(
  term: Expr,
  store: TermStore,
): { readonly name: 'max' | 'min'; readonly args: readonly [Expr, Expr] } | undefined {
  if (term.kind !== 'call') return undefined
  if (term.name === 'relu') return { name: 'max', args: [store.number(0), term.args[0]!] }
  if ((term.name !== 'max' && term.name !== 'min') || term.args.length !== 2) return undefined
  return { name: term.name, args: [term.args[0]!, term.args[1]!] }
}

/** The difference of both sides, multiplied out, where that is shorter than the sides are. */
export function shorterDifference(store: TermStore, left: Expr, right: Expr): Expr | undefined {
  if (left.size + right.size > 200) return undefined
  try {
    const { above, below } = fractionOf(store, store.subtract(left, right))
    if (below.value === undefined) return undefined
    const difference = above.scale(below.value.power(-1)).toTerm(store)
    return difference.size < left.size + right.size + 1 ? difference : undefined
  } catch (error) {
    if (error instanceof TooLarge) return undefined
    throw error
  }
}

/** A condition with each comparison in its simplest form: exp(u) < 1 is u < 0, x + 3 < 6 is x < 3. */
export function simplifyComparison(condition: Expr, scope: Scope): Expr {
  const { store } = scope
  if (condition.kind === 'logical' && condition.name !== 'not') {
    if (isChain(condition)) return condition
    return store.logical(
      condition.name,
      condition.args.map((arg) => simplifyComparison(arg, scope)),
    )
  }
  if (condition.kind !== 'relation' || choosesLargest(condition)) return condition
  const clipped = unclip(condition, scope)
  if (clipped !== undefined && typeof clipped !== 'boolean') return simplifyComparison(clipped, scope)
  const written = rearrange(store, condition)
  if (written.kind !== 'relation') return written
  const [left, right] = written.args as [Expr, Expr]
  const difference = isZero(right)
    ? left
    : (shorterDifference(store, left, right) ?? store.subtract(left, right))
  const simpler = rearrange(store, store.relation(written.name, sameSign(difference, scope), store.number(0)))
  return weightOf(simpler) < weightOf(written) ? simplifyComparison(simpler, scope) : written
}

/** How many names and numbers a term has, without 0. */
export function weightOf(term: Expr): number {
  if (isZero(term)) return 0
  return term.args.length === 0 ? 1 : term.args.reduce((sum, arg) => sum + weightOf(arg), 0)
}

/** 0 < x and x < 1, which is printed as 0 < x < 1. */
function isChain(condition: Expr): boolean {
  return condition.args.every(
    (part, i) => part.kind === 'relation' && (i === 0 || part.args[0] === condition.args[i - 1]!.args[1]),
  )
}
