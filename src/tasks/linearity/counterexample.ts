import type { Counterexample, Numbers } from '../../derivation/linearity.ts'
import { type Environment, EvaluateError, lookUp, type Value } from '../../numeric/environment.ts'
import { samplePoints } from '../../numeric/sample.ts'
import { surveyTerms } from '../../numeric/survey.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import { differentiateLoss } from '../gradient.ts'
import { BatchLoss, combine, distance, type Entries } from './batches.ts'
import { makeConcrete } from './concrete.ts'
import type { Samples } from './samples.ts'

const seed = 5
/** Gradients that are further apart than this are different; much further than differences are wrong. */
const margin = 1e-2
/** From here on a difference is seen at a glance. */
const clear = 0.15
const tolerance = 1e-6
const candidatesPerSize = { best: 40, any: 6 } as const

/** Whether to look for a batch that is easy to compute with, or for any at all. */
export type Search = keyof typeof candidatesPerSize

/** Batches, smallest first, with the parts to compare. */
const splits: readonly (readonly (readonly number[])[])[] = [
  [[0], [1]],
  [[0], [1], [2]],
  [
    [0, 1],
    [2, 3],
  ],
]

/**
 * A smallest batch with round numbers on which the gradient is neither the average nor the sum of the gradients
 * of its samples; where the loss has no value on one sample, of two micro-batches. What the rules say is verified
 * by differences, which know nothing of them. Nothing where the search finds none.
 */
export function findCounterexample(
  loss: Expr,
  scope: Scope,
  variables: readonly SymbolTerm[],
  samples: Samples,
  search: Search,
): Counterexample | undefined {
  const concrete = makeConcrete(loss, scope, variables)
  // By a name that does not occur every gradient is 0, and the name has no value to be moved.
  const moving = concrete.variables.filter((variable) => !concrete.scope.freeOf(loss, variable))
  const byDifferences = new BatchLoss(
    loss,
    moving.map((variable) => scope.store.derivative(loss, variable)),
    moving,
    samples,
    concrete.scope,
  )
  // Where any batch will do, differences tell that the gradients differ, and no derivative is taken.
  const exact = search === 'any' ? byDifferences : withDerivatives(loss, moving, samples, concrete.scope)
  for (const parts of splits) {
    const found: (Comparison & { readonly environment: Environment; readonly cost: number })[] = []
    for (const environment of candidates(loss, concrete.scope, samples, parts, candidatesPerSize[search])) {
      const comparison = compare(exact, environment, parts)
      if (comparison === undefined || !isDifferent(comparison)) continue
      found.push({ ...comparison, environment, cost: costOf(comparison, environment) })
      if (search === 'any') break
    }
    found.sort((a, b) => a.cost - b.cost)
    for (const { environment, ...comparison } of found) {
      const again = search === 'any' ? comparison : compare(byDifferences, environment, parts)
      if (again === undefined || !agrees(comparison, again)) continue
      return {
        env: numbersOf(loss, concrete.scope, environment),
        definitions: concrete.definitions,
        ...write(comparison, parts),
      }
    }
  }
  return undefined
}

function withDerivatives(
  loss: Expr,
  variables: readonly SymbolTerm[],
  samples: Samples,
  scope: Scope,
): BatchLoss {
  const { partials } = differentiateLoss(loss, scope, variables)
  const gradient = partials.map(({ result }) => result)
  return new BatchLoss(loss, gradient, variables, samples, scope)
}

interface Comparison {
  readonly batch: Entries
  readonly gradients: readonly Entries[]
  readonly average: Entries
  readonly sum: Entries
}

function compare(
  loss: BatchLoss,
  environment: Environment,
  parts: readonly (readonly number[])[],
): Comparison | undefined {
  const batch = loss.gradient(environment, parts.flat())
  if (batch === undefined) return undefined
  const gradients: Entries[] = []
  for (const part of parts) {
    const gradient = loss.gradient(environment, part)
    if (gradient === undefined) return undefined
    gradients.push(gradient)
  }
  return {
    batch,
    gradients,
    average: combine(gradients, () => 1 / parts.length),
    sum: combine(gradients, () => 1),
  }
}

function isDifferent({ batch, average, sum }: Comparison): boolean {
  return distance(batch, average) > margin && distance(batch, sum) > margin
}

function agrees(a: Comparison, b: Comparison): boolean {
  return (
    distance(a.batch, b.batch) < tolerance &&
    a.gradients.every((g, i) => distance(g, b.gradients[i]!) < tolerance)
  )
}

/**
 * How much a person has to write: digits of all numbers. Zeros as gradients say little, and so does a
 * difference that shows in the second digit only.
 */
function costOf({ batch, gradients, average }: Comparison, environment: Environment): number {
  let cost = distance(batch, average) < clear ? 8 : 0
  for (const entries of [batch, average, ...gradients]) {
    for (const value of entries.values()) cost += digitsOf(value) + (value === 0 ? 3 : 0)
  }
  const add = (value: Value): void => {
    if (typeof value === 'number') cost += digitsOf(value) / 2
    else if (typeof value === 'object') for (const inner of Array.from(value)) add(inner)
  }
  for (const value of Object.values(environment)) add(value)
  return cost
}

function digitsOf(value: number): number {
  return String(Number(value.toPrecision(6))).replace(/[-.]/g, '').length + (value < 0 ? 2 : 0)
}

function candidates(
  loss: Expr,
  scope: Scope,
  samples: Samples,
  parts: readonly (readonly number[])[],
  count: number,
): readonly Environment[] {
  const counts = new Map(samples.sizes.map((name) => [name, parts.flat().length]))
  try {
    return samplePoints([loss], scope, { count, seed, counts, round: true })
  } catch (error) {
    if (error instanceof EvaluateError) return []
    throw error
  }
}

function numbersOf(loss: Expr, scope: Scope, environment: Environment): Readonly<Record<string, Numbers>> {
  const entries: [string, Numbers][] = []
  for (const name of surveyTerms([loss], scope).keys()) {
    const value = lookUp(environment, name)
    const numbers = value === undefined ? undefined : toNumbers(value)
    if (numbers !== undefined) entries.push([name, numbers])
  }
  return Object.fromEntries(entries)
}

function toNumbers(value: Value): Numbers | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'object' ? Array.from(value, (inner) => toNumbers(inner) ?? 0) : undefined
}

function write(
  { batch, gradients, average, sum }: Comparison,
  parts: readonly (readonly number[])[],
): Omit<Counterexample, 'env' | 'definitions'> {
  const entries = [...batch.keys()]
  // Rounding errors are no part of what a person would find.
  const largest = Math.max(
    ...[batch, average, ...gradients].flatMap((from) => [...from.values()].map(Math.abs)),
  )
  const exact = (value: number) => (Math.abs(value) < 1e-13 * largest ? 0 : Number(value.toPrecision(12)))
  const list = (from: Entries) => entries.map((key) => exact(from.get(key) ?? 0))
  const averageOfParts = list(average)
  const batchGradient = list(batch)
  return {
    entries,
    batchGradient,
    parts: parts.map((part) => part.map((i) => i + 1)),
    partGradients: gradients.map(list),
    averageOfParts,
    sumOfParts: list(sum),
    isPerSample: parts.every((part) => part.length === 1),
    difference: Number(
      Math.max(...batchGradient.map((value, i) => Math.abs(value - averageOfParts[i]!))).toPrecision(12),
    ),
  }
}
