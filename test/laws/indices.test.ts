import { describe, expect, test } from 'vitest'
import { type DerivedLoss, derive, print } from '../../src/index.ts'
import type { Value } from '../../src/numeric/environment.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { surveyTerms } from '../../src/numeric/survey.ts'
import { TermCompiler } from '../../src/numeric/term-compiler.ts'
import type { Expr, SymbolTerm } from '../../src/term/expr.ts'
import { indexedLosses } from '../support/indexed-losses.ts'
import { conditionHolds } from '../support/laws.ts'
import { slopeOf } from '../support/loss-elements.ts'
import { Chance } from '../support/random-term.ts'

/**
 * Losses over indices: nested and dependent sums, shifts, several deltas, indices of indices. Every element of
 * every gradient is compared with differences of the loss, also the elements at the ends of a range and those
 * beyond: there the result is right, or its conditions say that it does not speak of them.
 */

const seed = 20240917
/** More elements than any sum reaches, so that some are out of range. */
const length = 12

describe(`elements of gradients are right in and out of range (seed ${seed})`, () => {
  test.each(
    indexedLosses.map(([text, wrt, data = '']) => [text, wrt, data] as const),
  )('%s by %s', (text, wrt, data) => {
    const derived = derive(text, { wrt: wrt.split(' '), data: data === '' ? [] : data.split(' ') })
    const chance = new Chance(seed)
    for (const partial of derived.partials) {
      const told = `${partial.wrt}: ${print(partial.result, 'ascii')}`
      let compared = 0
      for (let round = 0; round < 4; round++) {
        for (const { point, isOutside, slope } of elements(
          derived,
          partial.variables[0] as SymbolTerm,
          chance,
        )) {
          const { scope } = derived.reading
          if (!partial.conditions.every((condition) => conditionHolds(condition, scope, point))) {
            expect(isOutside, `${told} excludes an element that the loss depends on`).toBe(true)
            continue
          }
          if (slope === undefined) continue
          const [actual] = compileTerms([partial.result], scope)(point) as readonly [number]
          compared++
          expect(Math.abs(actual - slope) / Math.max(1, Math.abs(slope)), told).toBeLessThan(1e-6)
        }
      }
      expect(compared, told).toBeGreaterThan(0)
    }
  })
})

interface Element {
  /** Values of all names, and of the indices that choose the element. */
  readonly point: ReadonlyMap<string, Value>
  /** The derivative of the loss by this element, by differences; nothing at a kink. */
  readonly slope: number | undefined
  /** Whether the loss does not depend on the element at all. */
  readonly isOutside: boolean
}

/** Every element of a parameter at one random point. */
function elements(
  { reading, partials }: DerivedLoss,
  variable: SymbolTerm,
  chance: Chance,
): readonly Element[] {
  const { loss, scope } = reading
  const terms = [
    loss,
    ...partials.map(({ result }) => result),
    ...partials.flatMap(({ variables }) => variables),
  ]
  const values = new Map<string, Value>()
  const uses = [...surveyTerms(terms, scope).values()]
  for (const use of uses) {
    const isIndex = use.indexes.length > 0
    const fill = (indices: number): Value => {
      if (indices > 0) return Array.from({ length }, () => fill(indices - 1))
      return isIndex ? 1 + Math.floor(2 * chance.number()) : 0.2 + 1.3 * chance.number()
    }
    const isCount = use.indices === 0 && (use.isBound || scope.role(use.name) === 'count')
    values.set(use.name, isCount ? 2 + Math.floor(2.5 * chance.number()) : fill(use.indices))
  }
  const value = compileTerms([loss], scope)
  return positions(variable).map((at) => {
    const point = new Map(values)
    for (const [i, index] of variable.args.entries()) {
      if (index.kind === 'symbol')
        point.set(index.name, at[i]! + new TermCompiler(scope).indexBase(variable.name, i))
    }
    const along = (amount: number) =>
      value(new Map([...point, [variable.name, moved(values.get(variable.name)!, at, amount)]]))[0]!
    return {
      point,
      slope: slopeOf(along, 0),
      isOutside: along(0.25) === along(0) && along(-0.25) === along(0),
    }
  })
}

/** The positions in the array that an indexed name goes through: all where its index is free. */
function positions(variable: SymbolTerm): readonly (readonly number[])[] {
  return variable.args.reduce<readonly (readonly number[])[]>(
    (all, index: Expr) =>
      all.flatMap((at) =>
        index.kind === 'symbol'
          ? Array.from({ length: 6 }, (_, i) => [...at, i])
          : [[...at, Number(print(index, 'ascii')) - 1]],
      ),
    [[]],
  )
}

function moved(value: Value, at: readonly number[], amount: number): Value {
  const [first, ...rest] = at
  if (first === undefined) return (value as number) + amount
  return Array.from(value as readonly Value[], (entry, i) =>
    i === first ? moved(entry, rest, amount) : entry,
  )
}
