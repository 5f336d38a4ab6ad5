import type { Step } from '../derivation/step.ts'
import type { Environment, Value } from '../numeric/environment.ts'
import { compileTerms } from '../numeric/evaluate.ts'
import { workOf } from '../numeric/work.ts'
import { instantiateAll } from '../term/binder.ts'
import type { Expr } from '../term/expr.ts'
import { bindersAlong, subtermAt } from '../term/path.ts'
import type { Scope } from '../term/scope.ts'
import { differenceAt, entriesOf } from './compare.ts'

/** How far a step's two sides are apart at some points. */
export interface StepCheck {
  /** The largest relative difference; 0 where no point could be evaluated. */
  readonly worst: number
  /** At how many points (and index values) both sides had a finite value. */
  readonly points: number
}

/**
 * Evaluates what a step replaced and what it put there, at every point and at some values of the indices that
 * bind them. Derivatives are evaluated by differences of the function itself, so the rules of calculus are
 * not used to judge their own use. About `work` sub-terms are evaluated at most.
 */
export function checkStep(
  step: Step,
  scope: Scope,
  environments: readonly Environment[],
  work = Number.POSITIVE_INFINITY,
): StepCheck {
  const { store } = scope
  // Read once, in order: a step puts its terms together from those before it.
  const { at, before: whole, after: rewritten } = step
  const binders = bindersAlong(whole, at)
  // No name that a user can write has a "#" in it.
  const names = binders.map((_, i) => `#${i}`)
  const values = names.map((name) => store.symbol(name))
  const close = (term: Expr) => instantiateAll(store, term, values)
  const before = close(subtermAt(whole, at))
  const after = close(subtermAt(rewritten, at))
  // A range may depend on the indices outside of it, as in j=i+1..n.
  const ranges = binders.map(({ args: [from, to] }, i) =>
    compileTerms(
      [from!, to!].map((bound) => instantiateAll(store, bound, values.slice(0, i))),
      scope,
    ),
  )
  const evaluateSides = compileTerms([before, after], scope)
  let worst = 0
  let points = 0
  // Each point is tried at the first and at the last value of the indices.
  const affordable = Math.floor(work / 2 / workOf([before, after], scope, work))
  for (const environment of environments.slice(0, affordable)) {
    for (const place of ['first', 'last'] as const) {
      const point = extend(environment)
      const isInside = ranges.every((range, i) => {
        const [first, last] = range(point) as [number, number]
        point.set(names[i]!, place === 'first' ? first : last)
        return first <= last
      })
      if (!isInside) continue
      const difference = differenceAt(evaluateSides, point)
      if (difference !== undefined) {
        points++
        worst = Math.max(worst, difference)
      }
      if (names.length === 0) break
    }
  }
  return { worst, points }
}

function extend(environment: Environment): Map<string, Value> {
  return new Map(entriesOf(environment))
}
