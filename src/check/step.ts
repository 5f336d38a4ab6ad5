import type { Step } from '../derivation/step.ts'
import type { Environment, Value } from '../numeric/environment.ts'
import { compileTerms } from '../numeric/evaluate.ts'
import { instantiateAll } from '../term/binder.ts'
import type { Expr } from '../term/expr.ts'
import { bindersAlong, subtermAt } from '../term/path.ts'
import type { Scope } from '../term/scope.ts'

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
 * not used to judge their own use.
 */
export function checkStep(step: Step, scope: Scope, environments: readonly Environment[]): StepCheck {
  const { store } = scope
  const binders = bindersAlong(step.before, step.at)
  // No name that a user can write has a "#" in it.
  const names = binders.map((_, i) => `#${i}`)
  const values = names.map((name) => store.symbol(name))
  const close = (term: Expr) => instantiateAll(store, term, values)
  const before = close(subtermAt(step.before, step.at))
  const after = close(subtermAt(step.after, step.at))
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
  for (const environment of environments) {
    for (const place of ['first', 'last'] as const) {
      const point = extend(environment)
      const isInside = ranges.every((range, i) => {
        const [first, last] = range(point) as [number, number]
        point.set(names[i]!, place === 'first' ? first : last)
        return first <= last
      })
      if (!isInside) continue
      const [left, right] = evaluateSides(point) as [number, number]
      if (!Number.isFinite(left) || !Number.isFinite(right)) continue
      points++
      worst = Math.max(worst, relativeDifference(left, right))
      if (names.length === 0) break
    }
  }
  return { worst, points }
}

/** The difference of two numbers relative to the larger, absolute for numbers below 1. */
export function relativeDifference(left: number, right: number): number {
  return Math.abs(left - right) / Math.max(1, Math.abs(left), Math.abs(right))
}

function extend(environment: Environment): Map<string, Value> {
  return new Map(environment instanceof Map ? environment : Object.entries(environment))
}
