import { type Environment, EvaluateError, type Value } from '../../numeric/environment.ts'
import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import { drawPoints, evaluator, type Facts, noFacts } from './points.ts'

/** Numbers for which two lines differ. */
export interface Counterexample {
  /** The values of the names; functions that are not defined are left out. */
  readonly env: Readonly<Record<string, Value>>
  readonly line: number
  readonly previous: number
}

export type Comparison =
  | { readonly verdict: 'equal' }
  | { readonly verdict: 'different'; readonly counterexample?: Counterexample }
  | { readonly verdict: 'undecided'; readonly because: string }

/** Compares terms with one that was evaluated beforehand. */
export interface Probe {
  matches(term: Expr): boolean
}

const pointCount = 16
const tellingCount = 10
const maximumRounds = 6
/** Far from 1, since the next seeds are used elsewhere. */
const seedStep = 1009
/** Relative differences below the first are rounding, above the second they are real. */
const equalBelow = 1e-6
const differentAbove = 1e-4

/**
 * Judges whether two terms are equal: canonical form first, then numbers at random points. Derivatives are taken by
 * differences of the function itself; no rule of calculus takes part.
 */
export class Judge {
  readonly #comparisons = new Map<string, Comparison>()

  constructor(
    readonly scope: Scope,
    readonly seed: number,
  ) {}

  compare(line: Expr, previous: Expr, facts: Facts = noFacts): Comparison {
    if (line === previous) return { verdict: 'equal' }
    const key = `${line.id} ${previous.id} ${facts.relations.map(({ id }) => id)} ${[...facts.oneHot]}`
    let comparison = this.#comparisons.get(key)
    if (comparison === undefined) {
      comparison = this.#compare(line, previous, facts)
      this.#comparisons.set(key, comparison)
    }
    return comparison
  }

  /** Whether two terms are equal by their form, whatever the names in them mean. */
  isSameForm(line: Expr, previous: Expr): boolean {
    return canonical(this.scope.store, line) === canonical(this.scope.store, previous)
  }

  /** A quick comparison of many terms with one, at few points; nothing where it has no values. */
  probe(previous: Expr, beside: Expr, facts: Facts = noFacts): Probe | undefined {
    const options = { count: 4, seed: this.seed + 1, beside: [beside] }
    const points = orNothing(() => drawPoints([previous], this.scope, facts, options))
    if (points === undefined || points.length < 2) return undefined
    const expected = points.map((point) => evaluator([previous], this.scope)(point)[0]!)
    return {
      matches: (term) => {
        const values = orNothing(() => evaluator([term], this.scope))
        return (
          values !== undefined &&
          points.every((point, i) => compareNumbers(values(point)[0]!, expected[i]!) === 'equal')
        )
      },
    }
  }

  #compare(line: Expr, previous: Expr, facts: Facts): Comparison {
    if (this.isSameForm(line, previous)) return { verdict: 'equal' }
    const values = evaluator([line, previous], this.scope)
    let equal = 0
    let telling = 0
    let without = 0
    let wavering = 0
    // Two zeros say little: where most values are 0, as those of indicators, more points are drawn.
    for (let round = 0; round === 0 || (telling < tellingCount && round < maximumRounds); round++) {
      let points: readonly Environment[]
      try {
        const seed = this.seed + seedStep * round
        points = drawPoints([previous], this.scope, facts, { count: pointCount, seed, beside: [line] })
      } catch (error) {
        return { verdict: 'undecided', because: error instanceof Error ? error.message : String(error) }
      }
      for (const point of points) {
        const [left, right] = values(point) as [number, number]
        if (!Number.isFinite(right)) continue
        if (!Number.isFinite(left)) without++
        else {
          const outcome = compareNumbers(left, right)
          if (outcome === 'equal') equal++
          else if (outcome === 'different' && this.#persists(point, values)) {
            return { verdict: 'different', ...this.#counterexample(points, point, values, facts) }
          } else wavering++
          if (right !== 0) telling++
        }
      }
    }
    if (wavering > 0) {
      return { verdict: 'undecided', because: 'the two sides agree only roughly where they were evaluated' }
    }
    if (equal >= 3) return { verdict: 'equal' }
    if (without >= 3) {
      return this.#hasValue(line, facts)
        ? { verdict: 'different' }
        : { verdict: 'undecided', because: 'the line has no value where it could be evaluated' }
    }
    return { verdict: 'undecided', because: 'no point was found at which both sides have a value' }
  }

  /** Whether the line has values anywhere, so that it is merely another function. */
  #hasValue(line: Expr, facts: Facts): boolean {
    try {
      return drawPoints([line], this.scope, facts, { count: 1, seed: this.seed }).length > 0
    } catch {
      return false
    }
  }

  /** A difference that a slight move undoes is one of rounding, or of a difference quotient at a kink. */
  #persists(point: Environment, values: (point: Environment) => readonly number[]): boolean {
    const moved = mapNumbers(point, (value) => (Number.isInteger(value) ? value : value * (1 + 1e-7)))
    const [left, right] = values(moved) as [number, number]
    return !Number.isFinite(left) || !Number.isFinite(right) || compareNumbers(left, right) === 'different'
  }

  /** The point with the fewest and roundest numbers at which the two differ. */
  #counterexample(
    points: readonly Environment[],
    found: Environment,
    values: (point: Environment) => readonly number[],
    facts: Facts,
  ): { readonly counterexample: Counterexample } {
    const bySize = [...points].sort((a, b) => sizeOf(a) - sizeOf(b))
    const isFree = facts.relations.length === 0 && this.scope.facts.length === 0
    const candidates = [
      ...(isFree ? bySize.map((point) => mapNumbers(point, (value) => roundTo(value, 1))) : []),
      ...(isFree ? bySize.map((point) => mapNumbers(point, (value) => roundTo(value, 2))) : []),
      ...bySize,
      found,
    ]
    for (const candidate of candidates) {
      const [line, previous] = values(candidate) as [number, number]
      if (!Number.isFinite(line) || !Number.isFinite(previous)) continue
      if (compareNumbers(line, previous) !== 'different') continue
      return {
        counterexample: { env: plainEnvironment(candidate), line: tidy(line), previous: tidy(previous) },
      }
    }
    const [line, previous] = values(found) as [number, number]
    return { counterexample: { env: plainEnvironment(found), line, previous } }
  }
}

function orNothing<T>(compute: () => T): T | undefined {
  try {
    return compute()
  } catch (error) {
    if (error instanceof EvaluateError) return undefined
    throw error
  }
}

function compareNumbers(left: number, right: number): 'equal' | 'different' | 'wavering' {
  const difference = Math.abs(left - right)
  const scale = Math.max(Math.abs(left), Math.abs(right))
  if (difference <= equalBelow * scale + 1e-9) return 'equal'
  return difference > differentAbove * scale + 1e-7 ? 'different' : 'wavering'
}

/** To a whole number, or to a half; never to 0, where too much agrees by chance. */
function roundTo(value: number, parts: number): number {
  if (Number.isInteger(value)) return value
  const rounded = Math.round(value * parts) / parts
  return rounded === 0 ? Math.sign(value) / parts : rounded
}

/** Numbers found by differences have a dozen digits at best. */
function tidy(value: number): number {
  return Number(value.toPrecision(10))
}

function entriesOf(point: Environment): readonly (readonly [string, Value])[] {
  return point instanceof Map ? [...point] : Object.entries(point as Readonly<Record<string, Value>>)
}

function mapNumbers(point: Environment, change: (value: number) => number): Environment {
  const walk = (value: Value): Value =>
    typeof value === 'number'
      ? change(value)
      : typeof value === 'function'
        ? value
        : Array.from(value).map(walk)
  return new Map(entriesOf(point).map(([name, value]) => [name, walk(value)]))
}

function sizeOf(point: Environment): number {
  const size = (value: Value): number =>
    typeof value === 'object' ? Array.from(value).reduce<number>((sum, entry) => sum + size(entry), 0) : 1
  return entriesOf(point).reduce((sum, [, value]) => sum + size(value), 0)
}

function plainEnvironment(point: Environment): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    entriesOf(point).filter(([name, value]) => typeof value !== 'function' && !name.includes(' ')),
  )
}
