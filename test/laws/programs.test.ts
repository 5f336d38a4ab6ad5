import { describe, expect, test } from 'vitest'
import type { Environment } from '../../src/numeric/environment.ts'
import { evaluateEach } from '../../src/numeric/exact.ts'
import { interpret } from '../../src/numeric/interpreter.ts'
import { compileJavaScript } from '../../src/numeric/javascript.ts'
import { namesIn } from '../../src/numeric/program-run.ts'
import { readLossCases, readScalarCases, readSecondOrderCases } from '../support/cases.ts'
import { programsOf, type Requests, requestsOfLoss, requestsOfScalar } from '../support/compiled.ts'
import { relativeError } from '../support/laws.ts'

/**
 * Programs against an evaluation that shares no code with them: terms one by one, by closures. Both back ends
 * are held to the same bits. That the values are right is tested against the values of the cases.
 */
function faultsOf(requests: Requests, environments: readonly Environment[]): string[] {
  const programs = programsOf(requests)
  const asked = {
    loss: requests.loss,
    gradient: requests.gradient,
    both: [...requests.loss, ...requests.gradient],
    hessian: requests.hessian,
  }
  const faults: string[] = []
  for (const kind of ['loss', 'gradient', 'both', 'hessian'] as const) {
    const program = programs[kind]
    const compiled = compileJavaScript(program)!
    const interpreted = interpret(program)
    const exact = evaluateEach(asked[kind], requests.scope)
    for (const environment of environments) {
      const values = new Map(Object.entries(environment))
      const inputs = namesIn(program).map((name) => values.get(name))
      const actual = compiled(inputs).flatMap(({ values }) => [...values])
      const again = interpreted(inputs).flatMap(({ values }) => [...values])
      const expected = ([...exact(environment)] as number[][]).flat(8)
      if (actual.length !== expected.length) faults.push(`${kind} has ${actual.length} numbers`)
      for (const [i, value] of actual.entries()) {
        if (!Object.is(value, again[i])) faults.push(`${kind}: compiled ${value}, interpreted ${again[i]}`)
        if (Number.isNaN(value) && Number.isNaN(expected[i])) continue
        if (!(relativeError(value, expected[i]!) < 1e-10))
          faults.push(`${kind}: ${value}, not ${expected[i]}`)
      }
    }
  }
  return faults
}

describe('programs compute what evaluation computes', () => {
  test.each(readLossCases())('$id', (entry) => {
    expect(
      faultsOf(
        requestsOfLoss(entry),
        entry.numeric.map(({ env }) => env),
      ),
    ).toEqual([])
  })

  test.each([
    ['scalar', readScalarCases(), 1],
    ['second-order', readSecondOrderCases(), 2],
  ] as const)('%s cases', (_, cases, order) => {
    const faults = cases.flatMap((entry) =>
      faultsOf(
        requestsOfScalar(entry, order),
        entry.points.map(({ vars }) => vars),
      ).map((fault) => `${entry.id}: ${fault}`),
    )
    expect(faults).toEqual([])
  })
})
