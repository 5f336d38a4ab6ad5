import type { StepTrace } from '../rewrite/trace.ts'
import { instantiateAll } from '../term/binder.ts'
import { type Expr, isNumber } from '../term/expr.ts'
import { addIndices, indexDistance } from '../term/index-arithmetic.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { type Event, toArray } from './schedule.ts'
import type { Condition } from './step.ts'

const letters = ['i', 'j', 'k', 'l', 'q', 'r', 's', 'n', 't', 'u', 'v']

/** The conditions of a step, closed: each bound index gets a letter that is not in `taken`. */
export function closeConditions(
  scope: Scope,
  event: Event,
  taken: ReadonlySet<string>,
): readonly Condition[] {
  const { store } = scope
  const needed = neededConditions(event).map((condition) => atBoundaries(condition, event.step, scope))
  if (needed.length === 0) return none
  const used = new Set(taken)
  const values: Expr[] = []
  const ranges: Condition['indices'][number][] = []
  const binders = toArray(event.binders)
  const chosen = chosenIndices(event.step.before, binders.length)
  for (const [position, binder] of binders.entries()) {
    const only = chosen.get(binders.length - 1 - position)
    if (only !== undefined) {
      values.push(only)
      continue
    }
    const name =
      [binder.hint, ...letters].find((letter) => !used.has(letter)) ?? `${binder.hint}${values.length}`
    used.add(name)
    const [from, to] = [binder.args[0]!, binder.args[1]!].map((bound) => instantiateAll(store, bound, values))
    values.push(store.symbol(name))
    ranges.push({ name, from: from!, to: to! })
  }
  return needed.map((condition) => {
    const relation = instantiateAll(store, condition, values)
    return { relation, indices: rangesOf(relation, ranges, store) }
  })
}

/** The ranges of the indices in a relation, and those that these ranges depend on: j=1..i needs i. */
function rangesOf(relation: Expr, ranges: readonly Range[], store: TermStore): readonly Range[] {
  let needed: Range[] = []
  for (const range of [...ranges].reverse()) {
    const dependent = needed.filter(({ from, to }) => from.names.has(range.name) || to.names.has(range.name))
    if (relation.names.has(range.name)) needed.unshift(range)
    else if (dependent.length > 0) {
      const [only] = dependent
      const all = dependent.length === 1 ? union(store, only!, range) : undefined
      if (all === undefined) needed.unshift(range)
      else needed = needed.map((other) => (other === only ? all : other))
    }
  }
  return needed
}

type Range = Condition['indices'][number]

/** All values that an index has for some value of an outer one: j=1..i for i=1..n is j=1..n. */
function union(store: TermStore, inner: Range, { name, from, to }: Range): Range | undefined {
  const index = store.symbol(name)
  const at = (bound: Expr, end: Expr): Expr | undefined => {
    const distance = indexDistance(store, bound, index)
    return distance && addIndices(store, [end, store.rational(distance)])
  }
  const [isFromMoving, isToMoving] = [inner.from.names.has(name), inner.to.names.has(name)]
  if (isFromMoving && isToMoving) return undefined
  const end = isFromMoving ? at(inner.from, from) : at(inner.to, to)
  return end && { ...inner, ...(isFromMoving ? { from: end } : { to: end }) }
}

/**
 * The values of bound indices, by their level, for which alone a derivative is not 0: w_j depends on w_k for
 * j = k only, so what |w_j| needs is needed of w_k. Nothing where the variable stands in the term in another way.
 */
function chosenIndices(goal: Expr, binders: number): ReadonlyMap<number, Expr> {
  const chosen = new Map<number, Expr>()
  if (goal.kind !== 'derivative' || binders === 0) return chosen
  const [body, variable] = goal.args as [Expr, Expr]
  if (variable.kind !== 'symbol' || variable.args.length === 0) return chosen
  const occurrences = new Map<string, { readonly term: Expr; readonly depth: number }>()
  const search = (term: Expr, depth: number): boolean => {
    if (!term.names.has(variable.name)) return true
    if (term.kind === 'symbol' && term.name === variable.name) {
      occurrences.set(`${term.id} ${depth}`, { term, depth })
      return true
    }
    if (term.kind === 'apply') return false
    return term.args.every((arg, i) => search(arg, term.kind === 'big' && i === 2 ? depth + 1 : depth))
  }
  const [only] = search(body, 0) ? occurrences.values() : []
  if (occurrences.size !== 1 || only === undefined) return chosen
  if (only.term.args.length !== variable.args.length) return chosen
  for (const [i, index] of only.term.args.entries()) {
    if (index.kind !== 'bound') continue
    const level = index.level - only.depth
    if (level >= 0 && level < binders && !chosen.has(level)) chosen.set(level, variable.args[i]!)
  }
  return chosen
}

/**
 * A kink of |c*u| is one of |u|: where the constant c is 0 there is no kink, and the slope is 0 as the rule says. And
 * one of |relu(u)| is at u = 0 only: where relu(u) is 0 all around, nothing changes.
 */
function atBoundaries(condition: Expr, { rule, before }: StepTrace, scope: Scope): Expr {
  const [goal, variable] = before.args
  const isKink =
    rule.id === 'maximum' ||
    rule.id === 'piecewise' ||
    (goal?.kind === 'call' && foldingFunctions.has(goal.name))
  if (!isKink || before.kind !== 'derivative' || variable?.kind !== 'symbol') return condition
  if (condition.kind !== 'relation' || condition.name !== '!=') return condition
  const [left, right] = condition.args as [Expr, Expr]
  const positive = left.kind === 'neg' ? left.args[0]! : left
  if (!isNumber(right, 0)) return condition
  const factors = positive.kind === 'mul' ? positive.args : [positive]
  const dependent = factors.filter((factor) => !scope.freeOf(factor, variable))
  if (dependent.length === 0) return condition
  return scope.store.relation('!=', scope.store.mul(dependent.map(unclipped)), right)
}

/** The term that is 0 where a clipped one begins to be. */
function unclipped(term: Expr): Expr {
  if (term.kind !== 'call') return term
  if (term.name === 'relu') return unclipped(term.args[0]!)
  const isClip = (term.name === 'max' || term.name === 'min') && term.args.length === 2
  const other = isClip ? term.args.find((arg) => !isNumber(arg, 0)) : undefined
  return other !== undefined && term.args.some((arg) => isNumber(arg, 0)) ? unclipped(other) : term
}

const foldingFunctions: ReadonlySet<string> = new Set(['abs', 'sign', 'relu'])

/** The conditions of an event's step that no goal around it does without. */
export function neededConditions({ step, lifted }: Event): readonly Expr[] {
  if (lifted === undefined || step.conditions.length === 0) return step.conditions
  const sets = toArray(lifted)
  return step.conditions.filter((condition) => !sets.some((set) => set.has(condition)))
}

const none: readonly Condition[] = []

/** Each condition once. */
export function distinctConditions(groups: readonly (readonly Condition[])[]): readonly Condition[] {
  let distinct: Map<Expr, Condition> | undefined
  for (const group of groups) {
    for (const condition of group) {
      distinct ??= new Map()
      if (!distinct.has(condition.relation)) distinct.set(condition.relation, condition)
    }
  }
  return distinct === undefined ? none : [...distinct.values()]
}
