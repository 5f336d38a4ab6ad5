import type { Derivation } from '../derivation/step.ts'
import type { Environment } from '../numeric/environment.ts'
import { compileTerms } from '../numeric/evaluate.ts'
import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { differenceAt } from './compare.ts'
import { checkStep } from './step.ts'

/** Above this relative difference, two sides that should be equal are not. */
export const tolerance = 1e-6

/** What numbers say: every step and the result are true, something is false, or they do not tell. */
export type Verdict = 'true' | 'false' | 'undecided'

/** How far a derivation is from the truth, as numbers tell. */
export interface DerivationCheck {
  /** `undecided` where the result could be compared at no point. */
  readonly verdict: Verdict
  /** At how many points the result could be compared with differences of the function itself. */
  readonly points: number
  /** The largest relative difference of any step or of the result. */
  readonly worst: number
  /** Where it was met: in a step, counted from 0, or in the result; nothing where all sides are equal. */
  readonly where: { readonly step: number; readonly rule: string } | 'result' | undefined
  /** How many steps there are, and how many of them no point could decide. */
  readonly steps: number
  readonly undecided: number
}

/** What the terms of all steps may take together, in words of memory: a quarter of a gigabyte. */
const largestBuilt = 3e7
const wordsOfNode = 25

function widestOf(term: Expr): number {
  let width = 0
  const seen = new Set<Expr>()
  const pending = [term]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    width = Math.max(width, next.args.length)
    pending.push(...next.args)
  }
  return width
}

/**
 * Compares every step, and the result with the derivative taken numerically, at every point. No more than
 * about `work` sub-terms are evaluated: a step that is dear to evaluate is tried at fewer points, or at none, and
 * of very many steps of a large term only the first.
 */
export function checkDerivation(
  derivation: Derivation,
  scope: Scope,
  environments: readonly Environment[],
  work: number,
): DerivationCheck {
  let worst = 0
  let where: DerivationCheck['where']
  const meet = (difference: number, place: DerivationCheck['where']) => {
    if (difference <= worst) return
    worst = difference
    where = place
  }
  const ends = compileTerms([derivation.start, derivation.result], scope)
  let points = 0
  for (const environment of environments) {
    const difference = differenceAt(ends, environment)
    if (difference === undefined) continue
    points++
    meet(difference, 'result')
  }
  const { steps } = derivation
  const share = work / steps.length
  let undecided = 0
  // The whole term of each step is put together anew along its position, and stays in the store.
  const width = widestOf(derivation.start)
  let built = 0
  for (const [position, step] of steps.entries()) {
    built += wordsOfNode * step.at.length + width
    if (built > largestBuilt) {
      undecided += steps.length - position
      break
    }
    const check = checkStep(step, scope, environments, share)
    if (check.points === 0) undecided++
    else meet(check.worst, { step: position, rule: step.rule })
  }
  const verdict = worst > tolerance ? 'false' : points === 0 ? 'undecided' : 'true'
  return { verdict, points, worst, where, steps: steps.length, undecided }
}
