import { follows, isKnown, signOf } from '../rules/index.ts'
import { canonical, splitCoefficient } from '../term/canonical.ts'
import type { Expr, RelationOperation } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import { fractionOf } from '../term/fraction.ts'
import { TooLarge } from '../term/polynomial.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import type { Condition } from './step.ts'

const turned: Readonly<Record<RelationOperation, RelationOperation>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
}

/**
 * The conditions as a person writes them: each in its simplest form with the variable side first, none that
 * is known, none twice, and none that another one implies. Together they say the same as before.
 */
export function readableConditions(conditions: readonly Condition[], scope: Scope): readonly Condition[] {
  const simple = conditions
    .flatMap((condition) => simplify(condition, scope))
    .filter(({ relation }) => !isKnown(relation, scope))
  const kept: Condition[] = []
  for (const condition of simple) {
    if (kept.some((other) => implies(other, condition, scope))) continue
    const rest = kept.filter((other) => !implies(condition, other, scope))
    kept.splice(0, kept.length, ...rest, condition)
  }
  return kept
}

function implies(known: Condition, condition: Condition, scope: Scope): boolean {
  if (!condition.indices.every((index) => known.indices.some(({ name }) => name === index.name))) return false
  if (known.relation === condition.relation) return true
  if (isSameUpToScale(known.relation, condition.relation, scope.store)) return true
  return follows(condition.relation, [known.relation], scope)
}

/** Whether two inequations `u != v` have differences that differ in a factor only. */
function isSameUpToScale(left: Expr, right: Expr, store: TermStore): boolean {
  if (left.kind !== 'relation' || right.kind !== 'relation') return false
  if (left.name !== '!=' || right.name !== '!=') return false
  return differenceUpToScale(left, store) === differenceUpToScale(right, store)
}

function differenceUpToScale(relation: Expr, store: TermStore): Expr {
  const [left, right] = relation.args as [Expr, Expr]
  return splitCoefficient(store, canonical(store, store.subtract(left, right)))[1]
}

/** A condition as simpler ones that say the same together. */
function simplify(condition: Condition, scope: Scope): readonly Condition[] {
  const { relation, indices } = condition
  if (relation.kind !== 'relation') return [condition]
  const [left, right] = relation.args as [Expr, Expr]
  const withRelation = (simpler: Expr): readonly Condition[] =>
    simplify({ relation: simpler, indices }, scope)
  const { store } = scope
  const zero = store.number(0)
  const compare = (operation: RelationOperation, term: Expr) => store.relation(operation, term, zero)
  if (isNumber(right, 0)) {
    const parts = relation.name === '!=' ? nonzeroParts(left, scope) : signedParts(relation.name, left, scope)
    if (parts !== undefined) {
      return parts.flatMap(({ operation, term }) => withRelation(compare(operation, term)))
    }
    return [{ relation: separateSides(store, relation.name, left) ?? relation, indices }]
  }
  const shorter = shorterDifference(store, left, right)
  return shorter === undefined
    ? [{ relation: variableFirst(store, relation.name, left, right), indices }]
    : withRelation(compare(relation.name, shorter))
}

interface Part {
  readonly operation: RelationOperation
  readonly term: Expr
}

/** The terms that must not be 0 for the term not to be 0; nothing where it cannot be taken apart. */
function nonzeroParts(term: Expr, scope: Scope): readonly Part[] | undefined {
  const all = (terms: readonly Expr[]): readonly Part[] =>
    terms.map((part) => ({ operation: '!=', term: part }))
  switch (term.kind) {
    case 'neg':
      return all([term.args[0]!])
    case 'mul':
      return all(term.args.filter((factor) => !isKnown(nonzero(factor, scope), scope)))
    case 'div':
      return all([term.args[0]!])
    case 'pow':
      return signOf(term.args[1]!, scope) === 'positive' ? all([term.args[0]!]) : undefined
    case 'call':
      return term.name === 'abs' || term.name === 'cbrt' ? all([term.args[0]!]) : undefined
    default:
      return undefined
  }
}

/** A comparison with 0 taken apart: u^2 > 0 is u != 0, and factors that are positive do not matter. */
function signedParts(operation: RelationOperation, term: Expr, scope: Scope): readonly Part[] | undefined {
  switch (term.kind) {
    case 'neg':
      return [{ operation: turned[operation], term: term.args[0]! }]
    case 'pow':
      if (operation !== '>' || !isEven(term.args[1]!)) return undefined
      return [{ operation: '!=', term: term.args[0]! }]
    case 'call':
      if (operation !== '>' || (term.name !== 'abs' && term.name !== 'sqrt')) return undefined
      return [{ operation: term.name === 'abs' ? '!=' : '>', term: term.args[0]! }]
    case 'mul': {
      const rest = term.args.filter((factor) => signOf(factor, scope) !== 'positive')
      return rest.length === term.args.length ? undefined : [{ operation, term: scope.store.mul(rest) }]
    }
    case 'div':
      return signOf(term.args[1]!, scope) === 'positive' ? [{ operation, term: term.args[0]! }] : undefined
    default:
      return undefined
  }
}

function nonzero(term: Expr, { store }: Scope): Expr {
  return store.relation('!=', term, store.number(0))
}

function isEven(term: Expr): boolean {
  return term.kind === 'number' && term.value.isInteger && term.value.numerator % 2n === 0n
}

/** `y - m*x - b != 0` as y != m*x + b: the negative terms on the other side, and a number always there. */
function separateSides(store: TermStore, operation: RelationOperation, sum: Expr): Expr | undefined {
  if (sum.kind !== 'add') return undefined
  const isNegative = (term: Expr) => term.kind === 'neg'
  const positive = sum.args.filter((term) => !isNegative(term))
  const negative = sum.args.filter(isNegative).map((term) => term.args[0]!)
  if (positive.length === 0) {
    return variableFirst(store, turned[operation], store.add(negative), store.number(0))
  }
  const numbers = positive.filter((term) => term.kind === 'number')
  if (negative.length === 0) {
    if (numbers.length !== 1) return undefined
    const rest = positive.filter((term) => term !== numbers[0])
    return store.relation(operation, store.add(rest), store.neg(numbers[0]!))
  }
  return variableFirst(store, operation, store.add(positive), store.add(negative))
}

/** A side that is a number, or begins with one, stands right. */
function variableFirst(store: TermStore, operation: RelationOperation, left: Expr, right: Expr): Expr {
  const beginsWithNumber = (term: Expr): boolean =>
    term.kind === 'number' || (term.kind === 'add' && term.args[0]!.kind === 'number')
  const swaps = beginsWithNumber(left) && !beginsWithNumber(right)
  return swaps ? store.relation(turned[operation], right, left) : store.relation(operation, left, right)
}

/** The difference of both sides, multiplied out, where that is shorter than the sides are. */
function shorterDifference(store: TermStore, left: Expr, right: Expr): Expr | undefined {
  if (left.size + right.size > 200) return undefined
  try {
    const { above, below } = fractionOf(store, store.subtract(left, right))
    if (below.value === undefined) return undefined
    const difference = above.scale(below.value.power(-1)).toTerm(store)
    return difference.size < left.size + right.size - 1 ? difference : undefined
  } catch (error) {
    if (error instanceof TooLarge) return undefined
    throw error
  }
}
