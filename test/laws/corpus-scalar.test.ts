import { afterAll, describe, expect, test } from 'vitest'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { printTerm } from '../../src/print/index.ts'
import { readLoss } from '../../src/read/index.ts'
import { Differentiator } from '../../src/tasks/differentiate.ts'
import { PartialDerivation } from '../../src/tasks/gradient.ts'
import { chunk, readScalarCases, type ScalarCase, scalarOptions } from '../support/cases.ts'
import {
  lastLineIsResult,
  noSteps,
  readsBack,
  relativeError,
  renders,
  show,
  stepsAreAChain,
  stepsAreTrue,
} from '../support/laws.ts'

const cases = readScalarCases()
const counts = noSteps()
let passed = 0

/** Everything that is wrong with one case. */
function faultsOf(entry: ScalarCase): string[] {
  const options = scalarOptions(entry)
  const { loss, scope, variables } = readLoss(entry.expr, options)
  const differentiator = new Differentiator(scope)
  const derivation = new PartialDerivation(differentiator.differentiate(loss, variables[0]!))
  const { result } = derivation
  const faults: string[] = []
  for (const { vars, d } of entry.points) {
    const value = evaluate(result, vars, scope)
    if (!(relativeError(value, Number(d)) < 1e-9)) faults.push(`${show(result)} is ${value}, expected ${d}`)
  }
  faults.push(...lastLineIsResult(derivation))
  faults.push(...stepsAreAChain(derivation, scope))
  const points = entry.points.map(({ vars }) => vars)
  faults.push(...stepsAreTrue(derivation, scope, points, counts))
  if (differentiator.canTidy(result)) faults.push(`a tidy rule applies to the result ${show(result)}`)
  if (result.hasDerivative) faults.push(`a derivative is left in ${show(result)}`)
  for (const [k, { term }] of [...derivation.lines('paper').entries(), [-1, { term: result }] as const]) {
    faults.push(...readsBack(term, 'ascii', options, scope), ...readsBack(term, 'latex', options, scope))
    if (k < 0 || k % 5 === 0) faults.push(...renders(printTerm(term, 'latex')))
  }
  return faults
}

describe('every function of scalar.jsonl and random-scalar.jsonl is derived as it should be', () => {
  test.each(chunk(cases, 40).map((part, k) => [k + 1, part] as const))('part %i', (_, part) => {
    const faults = part.flatMap((entry) => {
      const found = faultsOf(entry)
      if (found.length === 0) passed++
      return found.map((fault) => `${entry.id} ${entry.expr}\n    ${fault}`)
    })
    expect(faults).toEqual([])
  })

  test('nearly every step was tested by numbers, and rounding excuses next to none', () => {
    expect(counts.tested / counts.steps).toBeGreaterThan(0.99)
    expect(counts.rounding).toBeLessThan(counts.steps / 10_000)
  })
})

afterAll(() => {
  console.log(
    `scalar.jsonl and random-scalar.jsonl: ${passed} of ${cases.length} pass; ${JSON.stringify(counts)}`,
  )
})
