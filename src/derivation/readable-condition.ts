import {
  conjuncts,
  follows,
  isKnown,
  signOf,
  simplifyComparison,
  turned,
  unclip,
  weightOf,
  withPositiveHyperparameters,
} from '../rules/index.ts'
import { instantiate } from '../term/binder.ts'
import { canonical, splitCoefficient } from '../term/canonical.ts'
import type { Expr, RelationOperation } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import type { Condition } from './step.ts'

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
  return joinIntervals(kept, scope.store)
}

/** u > 0 and u < 1 as one condition, 0 < u < 1. */
function joinIntervals(conditions: readonly Condition[], store: TermStore): readonly Condition[] {
  const joined: Condition[] = []
  for (const condition of conditions) {
    const i = joined.findIndex((other) => intervalOf(other, condition, store) !== undefined)
    if (i < 0) joined.push(condition)
    else joined[i] = { relation: intervalOf(joined[i]!, condition, store)!, indices: condition.indices }
  }
  return joined
}

function intervalOf(first: Condition, second: Condition, store: TermStore): Expr | undefined {
  const names = ({ indices }: Condition) => indices.map(({ name }) => name).join()
  const [a, b] = [first.relation, second.relation]
  if (a.kind !== 'relation' || b.kind !== 'relation' || a.args[0] !== b.args[0]) return undefined
  if (a.args[1]!.kind !== 'number' || b.args[1]!.kind !== 'number' || names(first) !== names(second))
    return undefined
  const [low, high] = a.name.startsWith('>') ? [a, b] : [b, a]
  if (!low.name.startsWith('>') || !high.name.startsWith('<')) return undefined
  return store.logical('and', [store.relation(turned[low.name], low.args[1]!, low.args[0]!), high])
}

function implies(known: Condition, condition: Condition, scope: Scope): boolean {
  if (!condition.indices.every((index) => known.indices.some(({ name }) => name === index.name))) return false
  if (known.relation === condition.relation) return true
  if (isSameUpToScale(known.relation, condition.relation, scope.store)) return true
  const facts = conjuncts(known.relation)
  return conjuncts(condition.relation).every((part) => follows(part, facts, scope))
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
  const unclipped = unclip(relation, withPositiveHyperparameters(scope))
  if (unclipped === true) return []
  if (unclipped !== undefined && unclipped !== false) return withRelation(unclipped)
  if (isNumber(right, 0)) {
    if (relation.name === '!=' && left.kind === 'big' && left.name === 'prod') {
      return simplify(ofEveryFactor(left, condition, store), scope)
    }
    const parts = relation.name === '!=' ? nonzeroParts(left, scope) : signedParts(relation.name, left, scope)
    if (parts !== undefined) {
      return parts.flatMap(({ operation, term }) => withRelation(compare(operation, term)))
    }
  }
  const simpler = simplifyComparison(relation, scope)
  return weightOf(simpler) < weightOf(relation) ? withRelation(simpler) : [{ relation: simpler, indices }]
}

const letters = ['i', 'j', 'k', 'l', 'q', 'r', 's', 'u', 'v']

/** That a product over an index is not 0, said of each of its factors. */
function ofEveryFactor(product: Expr & { kind: 'big' }, { indices }: Condition, store: TermStore): Condition {
  const taken = new Set([...product.names, ...indices.map(({ name }) => name)])
  const name =
    [product.hint, ...letters].find((letter) => !taken.has(letter)) ?? `${product.hint}${taken.size}`
  const [from, to, factor] = product.args as [Expr, Expr, Expr]
  return {
    relation: store.relation('!=', instantiate(store, factor, store.symbol(name)), store.number(0)),
    indices: [...indices, { name, from, to }],
  }
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
      // A power of 0 has no value unless its exponent is positive, and is then 0.
      return all([term.args[0]!])
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
