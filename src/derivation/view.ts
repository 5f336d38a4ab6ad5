import { reasonOf } from '../rewrite/apply.ts'
import type { Expr } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import type { TermStore } from '../term/store.ts'
import { distinctConditions } from './condition.ts'
import { ProductFlattener } from './display.ts'
import { Overlay } from './overlay.ts'
import { type Event, toArray } from './schedule.ts'
import type { Condition, Line } from './step.ts'

type View = (
  store: TermStore,
  start: Expr,
  events: readonly Event[],
  conditions: readonly (readonly Condition[])[],
) => readonly Line[]

/** One line a headline rule, with trivial inner derivatives closed into one line. */
export const paperLines: View = (store, start, events, conditions) =>
  groupLines(store, start, events, conditions, (e) => e.line)

/** Every micro-step a line. */
export const detailedLines: View = (store, start, events, conditions) =>
  groupLines(store, start, events, conditions, (_, k) => k)

/** The result at once, with the headline rules that lead to it. */
export const briefLines: View = (store, start, events, conditions) =>
  groupLines(store, start, events, conditions, () => 0)

function groupLines(
  store: TermStore,
  start: Expr,
  events: readonly Event[],
  conditions: readonly (readonly Condition[])[],
  groupOf: (event: Event, position: number) => number,
): readonly Line[] {
  const lines: Line[] = []
  const overlay = new Overlay(store, start)
  const flattener = new ProductFlattener(store)
  let previous = start
  for (let first = 0; first < events.length; ) {
    const group = groupOf(events[first]!, first)
    let end = first
    const paths: Path[] = []
    while (end < events.length && groupOf(events[end]!, end) === group) {
      const path = toArray(events[end]!.at)
      overlay.replace(path, events[end]!.step.after)
      paths.push(path)
      end++
    }
    const members = events.slice(first, end)
    const term = overlay.term
    const marks = outermost(paths)
    const shown = end === events.length ? { term, marks } : flattener.show(term, marks)
    // A step that only takes brackets away, which no line shows, makes no line.
    if (shown.term !== previous || lines.length === 0) {
      const named = prominent(members)
      lines.push({
        term: shown.term,
        marks: shown.marks,
        labels: labelsOf(named),
        because: reasonsOf(named),
        conditions: distinctConditions(conditions.slice(first, end)),
      })
    }
    previous = shown.term
    first = end
  }
  return lines
}

/** The titles of a line's rules; a derivative closed in one line is called what it is. */
function labelsOf(events: readonly Event[]): readonly string[] {
  const labels = new Set<string>()
  for (const { inner, step } of events) labels.add(inner ? 'inner derivative' : step.title)
  return [...labels]
}

function reasonsOf(events: readonly Event[]): readonly string[] {
  const reasons = new Set<string>()
  for (const { step } of events) reasons.add(reasonOf(step))
  return [...reasons]
}

/** The steps worth a word: the minor ones only where there is nothing else, the trivial ones last. */
function prominent(events: readonly Event[]): readonly Event[] {
  for (const level of [undefined, 'minor'] as const) {
    const named = events.filter((event) => event.inner || event.step.rule.prominence === level)
    if (named.length > 0) return named
  }
  return events
}

/** Positions none of which lies inside another. */
function outermost(paths: readonly Path[]): readonly Path[] {
  if (paths.length < 2) return paths
  const keys = new Map(paths.map((path) => [path.join(), path]))
  return [...keys.values()].filter((path) => {
    for (let length = 0; length < path.length; length++) {
      if (keys.has(path.slice(0, length).join())) return false
    }
    return true
  })
}
