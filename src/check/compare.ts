import type { Environment, Value } from '../numeric/environment.ts'

/** Below this, two ways to compute one number differ by rounding in any case. */
const exact = 1e-9
/** A point at which rounding errors are larger than this says nothing. */
const coarse = 1e-3

/**
 * How far the two sides are apart at a point, relative to the larger and beyond what rounding explains; nothing
 * where they have no value, or rounding errors so large that they do not tell.
 *
 * Near a pole, or where large terms cancel, a value in double precision has few right digits. The rounding
 * error is taken to be what moving all inputs by a few units in the last place does to a side: that asks
 * nothing of the rules, and is tiny for a side that is well conditioned.
 */
export function differenceAt(
  sides: (environment: Environment) => readonly number[],
  point: Environment,
): number | undefined {
  const [left, right] = sides(point) as [number, number]
  if (!Number.isFinite(left) || !Number.isFinite(right)) return undefined
  const difference = relativeDifference(left, right)
  if (difference <= exact) return difference
  let noise = 0
  for (const units of [-8, -3, 3, 8]) {
    const [movedLeft, movedRight] = sides(move(point, 1 + units * Number.EPSILON)) as [number, number]
    noise = Math.max(noise, Math.abs(movedLeft - left), Math.abs(movedRight - right))
  }
  noise *= 8 / Math.max(1, Math.abs(left), Math.abs(right))
  return noise <= coarse ? Math.max(0, difference - noise) : undefined
}

/** The difference of two numbers relative to the larger, absolute for numbers below 1. */
export function relativeDifference(left: number, right: number): number {
  return Math.abs(left - right) / Math.max(1, Math.abs(left), Math.abs(right))
}

/** All numbers but the whole ones, which may be counts and indices, times a factor. */
function move(environment: Environment, factor: number): Environment {
  const moved = (value: Value): Value => {
    if (typeof value === 'number') return Number.isInteger(value) ? value : value * factor
    return typeof value === 'function' ? value : Array.from(value, moved)
  }
  return new Map([...entriesOf(environment)].map(([name, value]) => [name, moved(value)]))
}

/** The names of an environment with their values. */
export function entriesOf(environment: Environment): Iterable<[string, Value]> {
  return environment instanceof Map ? environment.entries() : Object.entries(environment)
}
