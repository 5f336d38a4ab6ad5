import type { Environment, Value } from '../../src/numeric/environment.ts'
import { differentiateNumerically } from './differences.ts'

/**
 * The oracle of the averaging tests: a batch is split by what the test says of its arrays, the loss itself is
 * evaluated on each part, and gradients are differences. Nothing here knows how a verdict is found.
 */

export type Env = Readonly<Record<string, Value>>

/** A loss as a function of the values of its names. */
export type Valuation = (env: Environment) => number

/** How each array is indexed, such as `['N', 'd']`; what is not listed is a number. */
export type Shapes = Readonly<Record<string, readonly string[]>>

/** The environment of the samples in a part, which count from 0. */
export function restrict(env: Env, shapes: Shapes, counts: readonly string[], part: readonly number[]): Env {
  const select = (value: Value, axes: readonly string[]): Value => {
    const [axis, ...rest] = axes
    if (axis === undefined || typeof value !== 'object') return value
    const kept = counts.includes(axis) ? part.map((i) => value[i]!) : Array.from(value)
    return kept.map((entry) => select(entry, rest))
  }
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      counts.includes(name) ? part.length : select(value, shapes[name] ?? []),
    ]),
  )
}

/** The gradient on the samples of a part, by all entries of the parameters that are in it. */
export function gradientOn(
  loss: Valuation,
  env: Env,
  parameters: readonly string[],
  shapes: Shapes,
  counts: readonly string[],
  part: readonly number[],
): ReadonlyMap<string, number> {
  const own = restrict(env, shapes, counts, part)
  const gradient = new Map<string, number>()
  for (const name of parameters) {
    for (const { path, value } of leavesOf(own[name]!)) {
      const along = (moved: number) => loss({ ...own, [name]: replace(own[name]!, path, moved) })
      const step = 1e-3 * Math.max(0.5, Math.abs(value))
      const slope = differentiateNumerically(along, value, step)
      const original = path.map((at, position) =>
        counts.includes(shapes[name]?.[position] ?? '') ? part[at]! : at,
      )
      gradient.set([name, ...original].join(' '), slope)
    }
  }
  return gradient
}

function leavesOf(value: Value, path: readonly number[] = []): { path: readonly number[]; value: number }[] {
  if (typeof value === 'number') return [{ path, value }]
  if (typeof value !== 'object') return []
  return Array.from(value).flatMap((entry, i) => leavesOf(entry, [...path, i]))
}

function replace(value: Value, path: readonly number[], moved: number): Value {
  const [first, ...rest] = path
  if (first === undefined || typeof value !== 'object') return moved
  return Array.from(value).map((entry, i) => (i === first ? replace(entry, rest, moved) : entry))
}

export type Gradient = ReadonlyMap<string, number>

export function combine(gradients: readonly Gradient[], weights: readonly number[]): Gradient {
  const total = new Map<string, number>()
  gradients.forEach((gradient, k) => {
    for (const [key, value] of gradient) total.set(key, (total.get(key) ?? 0) + weights[k]! * value)
  })
  return total
}

/** The largest difference of an entry, relative where entries are large. */
export function apart(a: Gradient, b: Gradient): number {
  let worst = 0
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(key) ?? 0, b.get(key) ?? 0]
    const difference = Math.abs(x - y) / Math.max(1, Math.abs(x), Math.abs(y))
    worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference)
  }
  return worst
}

/** The gradient on the whole batch and its parts, combined in the ways that a training loop may. */
export function combinations(
  gradientOf: (part: readonly number[]) => Gradient,
  parts: readonly (readonly number[])[],
) {
  const gradients = parts.map(gradientOf)
  const total = parts.flat().length
  return {
    whole: gradientOf(parts.flat()),
    gradients,
    mean: combine(
      gradients,
      parts.map(() => 1 / parts.length),
    ),
    sizeWeighted: combine(
      gradients,
      parts.map((part) => part.length / total),
    ),
    sum: combine(
      gradients,
      parts.map(() => 1),
    ),
  }
}

/** What a report claims of a loss: its form, as texts. */
export interface Claim {
  readonly verdict: string
  readonly index: string | null
  readonly weight: string | null
  readonly perSample: { readonly ascii: string } | null
  readonly rest: { readonly ascii: string } | null
}

/**
 * The gradient of a batch made up of what a report says: the losses of single samples, by their weights, and
 * the rest. `first` is where the index of the samples starts.
 */
export function claimedGradient(
  claim: Claim,
  valuationOf: (text: string) => Valuation,
  gradientOf: (loss: Valuation) => Gradient,
  env: Env,
  size: number,
  first: number,
): Gradient {
  const { verdict, index, perSample, weight, rest } = claim
  const each = valuationOf(perSample!.ascii)
  const samples = Array.from({ length: size }, (_, i) => ({ [index!]: i + first }))
  const gradients = samples.map((sample) => gradientOf((at) => each({ ...at, ...sample })))
  const weigh = weight === null ? undefined : valuationOf(weight)
  const weights = samples.map((sample) => weigh?.({ ...env, ...sample }) ?? 1)
  // Where the answer is no, but for a factor that each batch has of its own, the factor is in the losses of the samples.
  const isSum = verdict === 'sum' || verdict === 'none'
  const total = verdict === 'mean' ? size : isSum ? 1 : weights.reduce((a, b) => a + b)
  const sum = combine(
    gradients,
    weights.map((w) => w / total),
  )
  return rest === null ? sum : combine([sum, gradientOf(valuationOf(rest.ascii))], [1, 1])
}
