import { type Environment, EvaluateError, type Value } from '../../numeric/environment.ts'
import { compileTerms } from '../../numeric/evaluate.ts'
import { samplePoints } from '../../numeric/sample.ts'
import type { Expr } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'

/** Facts under which two lines are compared: relations, and names whose entries are all 0 but one, which is 1. */
export interface Facts {
  readonly relations: readonly Expr[]
  readonly oneHot: ReadonlySet<string>
}

export const noFacts: Facts = { relations: [], oneHot: new Set() }

/** Random points at which the first terms have values and the facts hold; the sizes of arrays vary from 1 to 4. */
export function drawPoints(
  terms: readonly Expr[],
  scope: Scope,
  facts: Facts,
  options: { readonly count: number; readonly seed: number; readonly beside?: readonly Expr[] },
): readonly Environment[] {
  const draw = (relations: readonly Expr[]) =>
    samplePoints(terms, scope, {
      ...options,
      conditions: relations,
      smallestCount: 1,
      areIndicesInside: true,
    })
  if (facts.oneHot.size === 0) return draw(facts.relations)
  const points = draw(
    facts.relations.filter((relation) => ![...facts.oneHot].some((name) => relation.names.has(name))),
  )
  return points.map((point, i) => makeOneHot(point, facts.oneHot, i, scope))
}

/** The point with the last index of each such array made one-hot; the turn tells which entry is 1. */
function makeOneHot(point: Environment, names: ReadonlySet<string>, turn: number, scope: Scope): Environment {
  const entries = point instanceof Map ? [...point] : Object.entries(point as Readonly<Record<string, Value>>)
  return new Map(
    entries.map(([name, value]) => {
      if (!names.has(name)) return [name, value]
      const to = scope.declaration(name)?.ranges.at(-1)?.to
      const [count = Number.NaN] = to === undefined ? [] : evaluator([to], scope)(point)
      return [name, oneHot(value, turn, count)]
    }),
  )
}

/** The array may be longer than the range that is summed over, and the 1 must stand inside of it. */
function oneHot(value: Value, turn: number, count: number): Value {
  if (typeof value !== 'object') return value
  const entries = Array.from(value)
  if (entries.some((entry) => typeof entry === 'object')) {
    return entries.map((entry, i) => oneHot(entry, turn + i, count))
  }
  const length = count >= 1 ? Math.min(count, entries.length) : entries.length
  return entries.map((_, i) => (i === turn % length ? 1 : 0))
}

/** The values of terms at a point; not a number where a term has none. */
export function evaluator(terms: readonly Expr[], scope: Scope): (point: Environment) => readonly number[] {
  const values = compileTerms(terms, scope)
  return (point) => {
    try {
      return values(point)
    } catch (error) {
      if (error instanceof EvaluateError) return terms.map(() => Number.NaN)
      throw error
    }
  }
}
