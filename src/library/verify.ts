import { checkDerivation, type DerivationCheck, type Verdict } from '../check/derivation.ts'
import { samplePoints } from '../numeric/sample.ts'
import { workOf } from '../numeric/work.ts'
import type { Expr } from '../term/expr.ts'
import type { DerivedLoss } from './derive.ts'

/** What `verify` found; `partials` follow the order of the partial derivatives, then of the Hessian. */
export interface Verification extends Pick<DerivationCheck, 'verdict' | 'points' | 'worst'> {
  /** The same seed gives the same points. */
  readonly seed: number
  readonly partials: readonly PartialCheck[]
}

/** What was found for one derivation; `wrt` has two variables for an entry of the Hessian. */
export interface PartialCheck extends DerivationCheck {
  readonly wrt: readonly string[]
}

export interface VerifyOptions {
  /** 1 unless said otherwise. */
  readonly seed?: number
  /** How many points to sample for each derivation; 20 unless said otherwise. */
  readonly points?: number
}

/** How many sub-terms are evaluated at most, in all: some seconds. */
const totalWork = 1e8

/**
 * Checks every step and every result by numbers, at random points in the domain where the conditions and the
 * facts hold. The rules of calculus take no part in it. The whole is `true` only where each part is.
 */
export function verify(subject: DerivedLoss, options: VerifyOptions = {}): Verification {
  const { seed = 1, points: count = 20 } = options
  const { scope, loss } = subject.reading
  const derivations = [...subject.partials, ...subject.hessian]
  const work = totalWork / derivations.length
  const partials = derivations.map((derivation) => {
    const { start, result, variables, conditions } = derivation
    const affordable = Math.floor(work / 4 / workOf([loss, start, result], scope, work))
    const environments = samplePoints([loss, result, ...variables], scope, {
      count: Math.min(count, affordable),
      seed,
      tries: affordable,
      conditions: conditions.map(({ relation }) => relation),
      single: variables.flatMap(({ args }) => args.flatMap(namesOf)),
    })
    return { wrt: [derivation.wrt].flat(), ...checkDerivation(derivation, scope, environments, work) }
  })
  const verdicts = new Set<Verdict>(partials.map(({ verdict }) => verdict))
  return {
    verdict: verdicts.has('false') ? 'false' : verdicts.has('undecided') ? 'undecided' : 'true',
    points: Math.min(...partials.map(({ points }) => points)),
    worst: Math.max(...partials.map(({ worst }) => worst)),
    seed,
    partials,
  }
}

function namesOf(index: Expr): string[] {
  return [...index.names]
}
