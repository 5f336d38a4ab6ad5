import { describe, expect, test } from 'vitest'
import { compile } from '../../src/library/evaluate.ts'
import type { Environment, Value } from '../../src/numeric/environment.ts'
import type { Slope } from '../../src/numeric/exact.ts'
import { lossOptions, readLossCases } from '../support/cases.ts'
import { differentiateNumerically } from '../support/differences.ts'
import { relativeError } from '../support/laws.ts'

/** The positions of the numbers in a value. */
function placesIn(value: unknown): readonly (readonly number[])[] {
  if (typeof value === 'number') return [[]]
  return Array.from(value as ArrayLike<unknown>).flatMap((part, i) =>
    placesIn(part).map((place) => [i, ...place]),
  )
}

function at(value: unknown, place: readonly number[]): number {
  const [first, ...rest] = place
  return first === undefined ? (value as number) : at((value as ArrayLike<unknown>)[first], rest)
}

function moved(value: Value, place: readonly number[], to: number): Value {
  const [first, ...rest] = place
  if (first === undefined) return to
  return Array.from(value as ArrayLike<Value>, (part, i) => (i === first ? moved(part, rest, to) : part))
}

/** Each column of the Hessian is the gradient's slope along one element of one parameter. */
function faultsOf(
  gradient: (environment: Environment) => Record<string, Slope>,
  hessian: Record<string, Record<string, Slope>>,
  env: Readonly<Record<string, Value>>,
): string[] {
  const faults: string[] = []
  for (const [by, row] of Object.entries(hessian)) {
    for (const place of placesIn(env[by])) {
      for (const [other, entries] of Object.entries(row)) {
        for (const otherPlace of placesIn(env[other])) {
          const along = (to: number) =>
            at(gradient({ ...env, [by]: moved(env[by]!, place, to) })[other], otherPlace)
          const expected = differentiateNumerically(along, at(env[by], place), 1e-3)
          const actual = at(entries, [...place, ...otherPlace])
          if (!(relativeError(actual, expected) < 1e-7)) {
            faults.push(`${by}[${place}] ${other}[${otherPlace}]: ${actual}, by differences ${expected}`)
          }
        }
      }
    }
  }
  return faults
}

describe('the Hessian is the slope of the gradient', () => {
  test.each(readLossCases())('$id', (entry) => {
    const { gradient, hessian } = compile(entry.ascii, { ...lossOptions(entry), order: 2 })
    const faults = entry.numeric.slice(0, 1).flatMap(({ env }) => {
      const entries = hessian(env)
      expect(Object.keys(entries).sort()).toEqual([...entry.params].sort())
      return faultsOf(gradient, entries, env)
    })
    expect(faults).toEqual([])
  })
})
