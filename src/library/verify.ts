import { checkDerivation, type DerivationCheck } from '../check/derivation.ts'
import { samplePoints } from '../numeric/sample.ts'
import type { DerivedLoss } from './derive.ts'

/** What `verify` found; `partials` follow the order of the partial derivatives, then of the Hessian. */
export interface Verification extends DerivationCheck {
  readonly seed: number
  readonly partials: readonly DerivationCheck[]
}

/**
 * Checks every step and every result by numbers, at random points in the domain where the conditions and the
 * facts hold. The rules of calculus take no part in it.
 */
export function verify(
  subject: DerivedLoss,
  options: { readonly seed?: number; readonly points?: number } = {},
): Verification {
  const { scope, loss } = subject.reading
  const seed = options.seed ?? 1
  const partials = [...subject.partials, ...subject.hessian].map((derivation) => {
    const environments = samplePoints([loss, derivation.result, ...derivation.variables], scope, {
      count: options.points ?? 20,
      seed,
      conditions: derivation.conditions.map((condition) => condition.relation),
    })
    return checkDerivation(derivation, scope, environments)
  })
  return {
    seed,
    partials,
    points: Math.min(...partials.map((check) => check.points)),
    worst: Math.max(...partials.map((check) => check.worst)),
  }
}
