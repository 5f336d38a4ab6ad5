import { keyOf } from '../../numeric/compile.ts'
import { type Environment, EvaluateError, lookUp, type Value } from '../../numeric/environment.ts'
import { evaluateEach, type Slope } from '../../numeric/exact.ts'
import { surveyTerms } from '../../numeric/survey.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import type { Samples } from './samples.ts'

/** A gradient over the whole batch, entry by entry; samples that are not in a part have the gradient 0. */
export type Entries = ReadonlyMap<string, number>

/** A loss and its gradient on parts of a batch. So few batches are looked at that no program is worth making. */
export class BatchLoss {
  readonly #evaluate: (environment: Environment) => readonly Slope[]
  readonly #names: readonly string[]

  constructor(
    loss: Expr,
    gradient: readonly Expr[],
    readonly variables: readonly SymbolTerm[],
    readonly samples: Samples,
    readonly scope: Scope,
  ) {
    const partials = gradient.map((term, i) => ({ term, variables: [variables[i]!] }))
    this.#evaluate = evaluateEach([{ term: loss, variables: [] }, ...partials], scope)
    this.#names = [...surveyTerms([loss, ...variables], scope).keys()]
  }

  /** The environment of the loss on some samples, which count from 0. */
  restrict(environment: Environment, part: readonly number[]): Environment {
    const restricted = new Map<string, Value>()
    for (const name of this.#names) {
      const value = lookUp(environment, name)
      if (value === undefined) continue
      restricted.set(
        name,
        this.samples.sizes.includes(name) ? part.length : this.#select(name, value, part, 0),
      )
    }
    return restricted
  }

  #select(name: string, value: Value, part: readonly number[], position: number): Value {
    if (typeof value !== 'object' || value === null) return value
    const isSample = this.samples.isBatchPosition(name, position)
    const kept = isSample ? part.map((i) => value[i]!) : Array.from(value)
    return kept.map((entry) => this.#select(name, entry, part, position + 1))
  }

  /** The gradient of the loss on some samples; nothing where it has none. */
  gradient(environment: Environment, part: readonly number[]): Entries | undefined {
    const entries = new Map<string, number>()
    try {
      const [value, ...slopes] = this.#evaluate(this.restrict(environment, part))
      if (!Number.isFinite(value)) return undefined
      for (const [i, slope] of slopes.entries()) {
        this.#collect(keyOf(this.variables[i]!), slope, part, [], entries)
      }
    } catch (error) {
      if (error instanceof EvaluateError) return undefined
      throw error
    }
    return [...entries.values()].every(Number.isFinite) ? entries : undefined
  }

  #collect(
    name: string,
    slope: Slope,
    part: readonly number[],
    indices: readonly number[],
    entries: Map<string, number>,
  ): void {
    if (typeof slope === 'number') {
      const written = indices.map((index) => index + 1).join(',')
      const below = written.length === 1 ? `_${written}` : `_{${written}}`
      entries.set(indices.length === 0 ? name : `${name}${below}`, slope)
      return
    }
    const isSample = this.samples.isBatchPosition(name, indices.length)
    for (const [i, inner] of slope.entries()) {
      this.#collect(name, inner, part, [...indices, isSample ? part[i]! : i], entries)
    }
  }
}

/** Σ c_B g_B over the entries of all the gradients. */
export function combine(parts: readonly Entries[], weightOf: (position: number) => number): Entries {
  const total = new Map<string, number>()
  for (const [position, entries] of parts.entries()) {
    for (const [key, value] of entries) total.set(key, (total.get(key) ?? 0) + weightOf(position) * value)
  }
  return total
}

/** The largest difference between the entries, relative where they are large. */
export function distance(a: Entries, b: Entries): number {
  let largest = 0
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(key) ?? 0, b.get(key) ?? 0]
    largest = Math.max(largest, Math.abs(x - y) / Math.max(1, Math.abs(x), Math.abs(y)))
  }
  return largest
}
