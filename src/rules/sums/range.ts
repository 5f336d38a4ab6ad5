import type { Expr } from '../../term/expr.ts'
import { addIndices, indexDistance } from '../../term/index-arithmetic.ts'
import type { IndexRange, Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { isKnown } from '../sign.ts'

/** How it is said that a value lies in a range. */
export interface InRange {
  /** What the term itself must say, since it is 0 elsewhere. */
  readonly indicator: Expr | undefined
  /** What is told beside the term. */
  readonly conditions: readonly Expr[]
}

/** One end of a range, and where it is an end for a free index, `k >= bound` or `k <= bound`. */
interface End {
  readonly relation: Expr
  readonly side: 'lower' | 'upper'
  readonly index: Expr | undefined
  readonly bound: Expr
}

/**
 * That `from <= value <= to`, as conditions and as an indicator; nothing where it is known to be false. The
 * range of all elements of a parameter is told as a condition. A range that moves with an outer index, or that
 * leaves elements out, is part of the term, as far as it does not follow from the range of the elements.
 */
export function rangeOf(scope: Scope, value: Expr, from: Expr, to: Expr): InRange | undefined {
  const { store } = scope
  if (isBelow(store, value, from) || isBelow(store, to, value)) return undefined
  const ends = [lowerEnd(scope, value, from), upperEnd(scope, value, to)].filter(
    ({ relation }) => !isKnown(relation, scope),
  )
  const whole = ends.map(({ index }) => declaredRange(scope, index)).find((range) => range !== undefined)
  const index = ends.find((end) => end.index !== undefined)?.index
  if (whole === undefined || index === undefined) {
    const all = together(
      store,
      ends.map(({ relation }) => relation),
    )
    const isMoving = all.some((relation) => relation.loose !== 0)
    return isMoving ? { indicator: all[0], conditions: [] } : { indicator: undefined, conditions: all }
  }
  const narrower = ends.filter((end) => !followsFrom(store, whole, end))
  const told =
    narrower.length === 2
      ? []
      : together(store, [store.relation('<=', whole.from, index), store.relation('<=', index, whole.to)])
  const own =
    narrower.length === 2
      ? narrower.map(({ relation }) => relation)
      : narrower.map((end) => write(store, end))
  return { indicator: together(store, own)[0], conditions: told }
}

/** Whether an index is less than another whatever the values of the names. */
function isBelow(store: TermStore, left: Expr, right: Expr): boolean {
  const distance = indexDistance(store, left, right)
  return distance !== undefined && distance.sign < 0
}

function lowerEnd(scope: Scope, value: Expr, from: Expr): End {
  const { store } = scope
  const { index, rest, isNegative } = isolate(scope, value)
  if (index === undefined)
    return { relation: store.relation('<=', from, value), side: 'lower', index, bound: from }
  if (isNegative) return upper(store, index, addIndices(store, [rest, store.neg(from)]))
  return lower(store, index, addIndices(store, [from, store.neg(rest)]))
}

function upperEnd(scope: Scope, value: Expr, to: Expr): End {
  const { store } = scope
  const { index, rest, isNegative } = isolate(scope, value)
  if (index === undefined)
    return { relation: store.relation('<=', value, to), side: 'upper', index, bound: to }
  if (isNegative) return lower(store, index, addIndices(store, [rest, store.neg(to)]))
  return upper(store, index, addIndices(store, [to, store.neg(rest)]))
}

function lower(store: TermStore, index: Expr, bound: Expr): End {
  return { relation: store.relation('<=', bound, index), side: 'lower', index, bound }
}

function upper(store: TermStore, index: Expr, bound: Expr): End {
  return { relation: store.relation('<=', index, bound), side: 'upper', index, bound }
}

/** An index term as a free index, or its negative, plus terms without it. */
function isolate(
  scope: Scope,
  value: Expr,
): { readonly index: Expr | undefined; readonly rest: Expr; readonly isNegative: boolean } {
  const { store } = scope
  const terms = value.kind === 'add' ? value.args : [value]
  const isFree = (term: Expr) =>
    term.kind === 'symbol' && term.args.length === 0 && scope.role(term.name) === 'index'
  const own = terms.filter((term) => isFree(term) || (term.kind === 'neg' && isFree(term.args[0]!)))
  const [only] = own
  const rest = addIndices(
    store,
    terms.filter((term) => term !== only),
  )
  if (own.length !== 1 || only === undefined) return { index: undefined, rest, isNegative: false }
  return only.kind === 'neg'
    ? { index: only.args[0], rest, isNegative: true }
    : { index: only, rest, isNegative: false }
}

export function declaredRange(scope: Scope, index: Expr | undefined): IndexRange | undefined {
  if (index?.kind !== 'symbol') return undefined
  const range = scope.declaration(index.name)?.ranges[0]
  return range === undefined || range.from.loose !== 0 || range.to.loose !== 0 ? undefined : range
}

/** Whether an end holds for every index of a range. */
function followsFrom(store: TermStore, range: IndexRange, { side, bound }: End): boolean {
  const distance =
    side === 'lower' ? indexDistance(store, range.from, bound) : indexDistance(store, bound, range.to)
  return distance !== undefined && distance.sign >= 0
}

/** `k >= 2`, `k < n` for k <= n - 1, `i < k` for i + 1 <= k. */
function write(store: TermStore, { index, side, bound, relation }: End): Expr {
  if (index === undefined || bound.kind === 'number') {
    return index === undefined ? relation : store.relation(side === 'lower' ? '>=' : '<=', index, bound)
  }
  const beyond = addIndices(store, [bound, side === 'lower' ? store.neg(store.number(1)) : store.number(1)])
  const isShorter = beyond.size < bound.size
  if (side === 'upper') return store.relation(isShorter ? '<' : '<=', index, isShorter ? beyond : bound)
  return store.relation(isShorter ? '<' : '<=', isShorter ? beyond : bound, index)
}

function together(store: TermStore, relations: readonly Expr[]): readonly Expr[] {
  return relations.length < 2 ? relations : [store.logical('and', relations)]
}
