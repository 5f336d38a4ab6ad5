import type { GoalTrace, InsideTrace, StepTrace, Trace } from '../rewrite/trace.ts'
import type { Rule } from '../rules/rule.ts'
import type { BigTerm, Expr } from '../term/expr.ts'
import type { Path } from '../term/path.ts'

/** A linked list, innermost entry first: a position or a binder is added without copying what is above. */
export interface Chain<T> {
  readonly last: T
  readonly rest: Chain<T> | undefined
}

/** A micro-step with its place in the whole term and in the derivation. */
export interface Event {
  readonly step: StepTrace
  readonly at: Chain<number> | undefined
  readonly binders: Chain<BigTerm> | undefined
  /** The line of the paper view that it belongs to, counted from 0. */
  readonly line: number
  /** Whether it is part of an inner derivative that is closed in one line. */
  readonly inner: boolean
  /** The conditions of the step that a goal around it does not need. */
  readonly lifted: Chain<ReadonlySet<Expr>> | undefined
}

/** How rules show in the paper view. */
export interface Headlines {
  readonly factor: ReadonlySet<Rule>
  readonly sum: ReadonlySet<Rule>
  readonly indexedSum: ReadonlySet<Rule>
  /** Rules that leave an inner derivative as a factor. */
  readonly chain: ReadonlySet<Rule>
  /** Rules that never have a line of their own. */
  readonly folded: ReadonlySet<Rule>
  /** Rules for a lone name, which are lines of their own below a folded rule. */
  readonly leaf: ReadonlySet<Rule>
  /** Rules that open a line in what follows the differentiation, after other algebra. */
  readonly sifting: ReadonlySet<Rule>
  /** Rules that only bring a term into the form that such a rule needs. */
  readonly preparing: ReadonlySet<Rule>
}

/**
 * Where a goal stands. On the outermost `spine` every linear rule is a headline; inside an indexed sum a
 * factor is folded into the next line; elsewhere all linear rules are.
 */
type Place = 'spine' | 'inside a sum' | 'elsewhere'

/**
 * Puts the micro-steps of a record in the order of a written derivation. Goals that stand side by side are
 * resolved in the same lines. Steps at disjoint positions commute, so any order that keeps a goal's own steps
 * in sequence is a derivation, with the same positions.
 */
export function schedule(
  differentiation: GoalTrace | undefined,
  phases: readonly (readonly Trace[])[],
  headlines: Headlines,
): readonly Event[] {
  const lines: Event[][] = []
  const emit = (
    step: StepTrace,
    at: Event['at'],
    binders: Event['binders'],
    line: number,
    inner: boolean,
    lifted: Event['lifted'],
  ): void => {
    while (lines.length <= line) lines.push([])
    lines[line]!.push({ step, at, binders, line, inner, lifted })
  }

  const walk = (
    trace: Trace,
    at: Event['at'],
    binders: Event['binders'],
    line: number,
    inner: boolean,
    lifted?: Event['lifted'],
  ): void => {
    switch (trace.kind) {
      case 'step':
        emit(trace, at, binders, line, inner, lifted)
        break
      case 'inside':
        walk(
          trace.trace,
          extend(at, trace.path),
          extend(binders, trace.binders),
          line,
          inner,
          liftedInside(trace, lifted),
        )
        break
      case 'sequence':
        for (const part of trace.parts) walk(part, at, binders, line, inner, lifted)
        break
      case 'goal': {
        const all = extendLifted(lifted, trace)
        if (trace.unfolding !== undefined) walk(trace.unfolding, at, binders, line, inner)
        walk(trace.head, at, binders, line, inner, all)
        for (const goal of trace.goals) walk(goal, at, binders, line, inner, all)
        if (trace.cleaning !== undefined) walk(trace.cleaning, at, binders, line, inner)
        break
      }
    }
  }

  /** Schedules a goal from `start` on and answers the line in which it is done. */
  const place = (
    goal: GoalTrace,
    at: Event['at'],
    binders: Event['binders'],
    start: number,
    where: Place,
    below: { folded: boolean; chained: boolean },
    outer?: Event['lifted'],
  ): number => {
    const lifted = extendLifted(outer, goal)
    let line = start
    if (goal.unfolding !== undefined) {
      walk(goal.unfolding, at, binders, line, false)
      if (goal.linear || goal.unfolding.kind !== 'inside' || goal.unfolding.path.length > 1) line++
    }
    if (goal.linear && where === 'elsewhere') {
      walk({ ...goal, unfolding: undefined }, at, binders, line, below.chained, outer)
      return line
    }
    const { rule } = goal
    const isLinear = headlines.factor.has(rule) || headlines.sum.has(rule) || headlines.indexedSum.has(rule)
    const isFolded =
      headlines.folded.has(rule) ||
      (isLinear && where === 'elsewhere') ||
      (headlines.factor.has(rule) && where !== 'spine')
    if (headlines.leaf.has(rule) && below.folded) line++
    walk(goal.head, at, binders, line, false, lifted)
    const next = isFolded ? line : line + 1
    let inner: Place = isLinear || headlines.folded.has(rule) ? where : 'elsewhere'
    if (headlines.indexedSum.has(rule) && inner === 'spine') inner = 'inside a sum'
    else if (headlines.sum.has(rule)) inner = where === 'spine' ? 'inside a sum' : 'elsewhere'
    let end = line
    const nestedSums = headlines.indexedSum.has(rule)
    for (const child of goal.goals) {
      const from = nestedSums && headlines.indexedSum.has(child.trace.rule) ? line : next
      const done = place(
        child.trace,
        extend(at, child.path),
        extend(binders, child.binders),
        from,
        inner,
        { folded: isFolded, chained: headlines.chain.has(rule) || (isFolded && below.chained) },
        liftedInside(child, lifted),
      )
      end = Math.max(end, done)
    }
    if (goal.cleaning !== undefined) walk(goal.cleaning, at, binders, end, false)
    return end
  }

  if (differentiation !== undefined) {
    place(differentiation, undefined, undefined, 0, 'spine', { folded: false, chained: false })
  }
  const firstTidy = lines.length
  for (const phase of phases) {
    const line = lines.length
    for (const trace of phase) walk(trace, undefined, undefined, line, false)
    if (lines.length === line) continue
    for (const events of splitAtSifting(lines.pop()!, headlines)) {
      const last = lines.length > firstTidy ? lines.at(-1)! : undefined
      if (last !== undefined && saysNothingNew(events, last)) last.push(...moveTo(lines.length - 1, events))
      else lines.push(moveTo(lines.length, events))
    }
  }
  return lines.flat()
}

/**
 * Algebra and the sifting of deltas that follows it are two lines: a reader who has to do both at once cannot
 * follow. What only brings the sum into the form that is sifted goes with the sifting.
 */
function splitAtSifting(
  events: readonly Event[],
  { sifting, preparing }: Headlines,
): readonly (readonly Event[])[] {
  let start = events.findIndex(({ step }) => sifting.has(step.rule))
  while (start > 0 && preparing.has(events[start - 1]!.step.rule)) start--
  return start <= 0 ? [events] : [events.slice(0, start), events.slice(start)]
}

/** Whether all that would be told of the events is told of the line before: two lines both called distr. are one. */
function saysNothingNew(events: readonly Event[], before: readonly Event[]): boolean {
  const told = titlesOf(before)
  return [...titlesOf(events)].every((title) => told.has(title))
}

function titlesOf(events: readonly Event[]): ReadonlySet<string> {
  const told = events.filter(({ step }) => step.rule.prominence === undefined)
  return new Set(told.map(({ step }) => step.title))
}

function moveTo(line: number, events: readonly Event[]): Event[] {
  return events.map((event) => ({ ...event, line }))
}

function extendLifted(chain: Event['lifted'], { lifted }: GoalTrace): Event['lifted'] {
  return lifted.size === 0 ? chain : { last: lifted, rest: chain }
}

/** What a goal lifts are conditions of its own indices; under a binder the same term would say something else. */
function liftedInside(trace: InsideTrace, lifted: Event['lifted']): Event['lifted'] {
  return trace.binders.length === 0 ? lifted : undefined
}

function extend<T>(chain: Chain<T> | undefined, items: readonly T[] | Path): Chain<T> | undefined {
  let result = chain
  for (const item of items) result = { last: item as T, rest: result }
  return result
}

export function toArray<T>(chain: Chain<T> | undefined): T[] {
  const items: T[] = []
  for (let link = chain; link !== undefined; link = link.rest) items.push(link.last)
  return items.reverse()
}
