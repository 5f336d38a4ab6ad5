import { instantiateAll } from '../term/binder.ts'
import type { Expr } from '../term/expr.ts'
import type { TermStore } from '../term/store.ts'
import { type Event, toArray } from './schedule.ts'
import type { Condition } from './step.ts'

const letters = ['i', 'j', 'k', 'l', 'q', 'r', 's', 'n', 't', 'u', 'v']

/** The conditions of a step, closed: each bound index gets a letter that is not in `taken`. */
export function closeConditions(
  store: TermStore,
  event: Event,
  taken: ReadonlySet<string>,
): readonly Condition[] {
  const needed = neededConditions(event)
  if (needed.length === 0) return none
  const used = new Set(taken)
  const values: Expr[] = []
  const ranges: Condition['indices'][number][] = []
  for (const binder of toArray(event.binders)) {
    const name =
      [binder.hint, ...letters].find((letter) => !used.has(letter)) ?? `${binder.hint}${values.length}`
    used.add(name)
    const [from, to] = [binder.args[0]!, binder.args[1]!].map((bound) => instantiateAll(store, bound, values))
    values.push(store.symbol(name))
    ranges.push({ name, from: from!, to: to! })
  }
  return needed.map((condition) => {
    const relation = instantiateAll(store, condition, values)
    return { relation, indices: ranges.filter((range) => relation.names.has(range.name)) }
  })
}

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
