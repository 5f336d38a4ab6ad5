import type { Lifting, Need } from '../rewrite/resolve.ts'
import { follows, guardsAlong, meetsSmoothly, phraseOf, thresholdsOf } from '../rules/index.ts'
import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

/** More kinks in one goal are not looked at one by one: their conditions stay. */
const maximumKinks = 12

/**
 * The conditions of the steps of a goal that the goal as a whole does not need: those that hold wherever the
 * term they belong to counts, as `log(x)` in the branch `x > 0`, and those at which both sides meet with equal
 * value and equal slope, as at the ends of the parabola in Huber's loss.
 */
export function liftConditions(
  goal: Expr,
  result: Expr,
  needs: readonly Need[],
  scope: Scope,
): Lifting | undefined {
  const all = [...new Set(needs.map(({ condition }) => condition))]
  const guarded = all.filter((condition) =>
    needs
      .filter((need) => need.condition === condition)
      .every(({ head, path }) => follows(condition, guardsAlong(scope, head, path), scope)),
  )
  const kinks = all.filter((condition) => !guarded.includes(condition))
  const smooth =
    kinks.length > maximumKinks
      ? []
      : kinks.filter((condition) => meetsSmoothly(goal.args[0]!, result, condition, scope))
  if (guarded.length === 0 && smooth.length === 0) return undefined
  return { lifted: [...guarded, ...smooth], remark: remarkOn(smooth, scope) }
}

function remarkOn(kinks: readonly Expr[], scope: Scope): string | undefined {
  if (kinks.length === 0) return undefined
  const places = kinks.map((kink) => `${phraseOf(kink.args[0]!)} = ${phraseOf(kink.args[1]!)}`)
  const thresholds = new Set(kinks.flatMap((kink) => thresholdsOf(kink, scope)))
  const taken =
    thresholds.size === 0 ? '' : ` (for ${[...thresholds].map((name) => `${name} > 0`).join(', ')})`
  return `where ${places.join(' and where ')} both sides meet with the same value and the same derivative${taken}, so there is no kink`
}
