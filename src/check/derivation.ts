import type { Derivation } from '../derivation/step.ts'
import type { Environment } from '../numeric/environment.ts'
import { compileTerms } from '../numeric/evaluate.ts'
import type { Scope } from '../term/scope.ts'
import { checkStep, relativeDifference } from './step.ts'

/** How far a derivation is from the truth, as numbers tell. */
export interface DerivationCheck {
  /** At how many points the result could be compared with differences of the function itself. */
  readonly points: number
  /** The largest relative difference of any step or of the result. */
  readonly worst: number
}

/** Compares every step, and the result with the derivative taken numerically, at every point. */
export function checkDerivation(
  derivation: Derivation,
  scope: Scope,
  environments: readonly Environment[],
): DerivationCheck {
  let worst = 0
  let points = 0
  const ends = compileTerms([derivation.start, derivation.result], scope)
  for (const environment of environments) {
    const [expected, actual] = ends(environment) as [number, number]
    if (!Number.isFinite(expected) || !Number.isFinite(actual)) continue
    points++
    worst = Math.max(worst, relativeDifference(expected, actual))
  }
  for (const step of derivation.steps) worst = Math.max(worst, checkStep(step, scope, environments).worst)
  return { points, worst }
}
