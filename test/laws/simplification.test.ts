import { afterAll, describe, expect, test } from 'vitest'
import { samplePoints } from '../../src/numeric/sample.ts'
import { readLoss } from '../../src/read/index.ts'
import { cleaningRules, siftingRules } from '../../src/rules/index.ts'
import { Differentiator } from '../../src/tasks/differentiate.ts'
import { PartialDerivation } from '../../src/tasks/gradient.ts'
import type { Simplification } from '../../src/tasks/simplify.ts'
import { writtenLength } from '../../src/term/length.ts'
import { lossOptions, readLossCases } from '../support/cases.ts'
import { lastLineIsResult, noSteps, show, stepsAreAChain, stepsAreTrue } from '../support/laws.ts'

/** However far a result is simplified, each step is a true one, and the more is allowed the shorter it gets. */

const modes: readonly Simplification[] = ['none', 'paper', 'full']
const lengths = { none: 0, paper: 0, full: 0 }
const counts = noSteps()

const clearing: ReadonlySet<string> = new Set([...cleaningRules, ...siftingRules].map(({ id }) => id))

describe('every loss of losses.jsonl, simplified as far as asked', () => {
  test.each(readLossCases().map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
    const faults: string[] = []
    const { loss, scope, variables } = readLoss(entry.ascii, lossOptions(entry))
    for (const variable of variables) {
      const size = new Map<Simplification, number>()
      for (const mode of modes) {
        const differentiator = new Differentiator(scope, mode)
        const derivation = new PartialDerivation(differentiator.differentiate(loss, variable))
        const { result } = derivation
        size.set(mode, writtenLength(result))
        lengths[mode] += writtenLength(result)
        const points = samplePoints([loss, result], scope, { count: 2, seed: 23 })
        const found = [
          ...lastLineIsResult(derivation),
          ...stepsAreAChain(derivation, scope),
          ...(mode === 'paper' ? [] : stepsAreTrue(derivation, scope, points, counts)),
        ]
        if (differentiator.canTidy(result)) found.push(`more can be done for ${show(result)}`)
        faults.push(...found.map((fault) => `${mode}, by ${derivation.wrt}: ${fault}`))
      }
      if (size.get('full')! > size.get('paper')!) faults.push(`full is longer by ${variable.name}`)
    }
    expect(faults).toEqual([])
  })

  afterAll(() => console.log(`symbols in all results: ${JSON.stringify(lengths)}; ${JSON.stringify(counts)}`))
})

test('without simplification, only zeros, ones, double signs and deltas are cleared', () => {
  const { loss, scope, variables } = readLoss('1/N*sum((y-m*x-b)^2) + lambda*sum(j=1..d, w_j^2)', {
    wrt: ['m', 'w_k'],
  })
  const differentiator = new Differentiator(scope, 'none')
  for (const variable of variables) {
    const { steps } = new PartialDerivation(differentiator.differentiate(loss, variable))
    const last = steps.findLastIndex(({ before }) => before.hasDerivative)
    expect(steps.slice(last + 1).filter(({ rule }) => !clearing.has(rule))).toEqual([])
  }
})

test.each([
  'gamma(x)/(-3 - x)^(3/2)',
  'gamma(x)/(-3 - x)^2',
  'sigmoid(x)*(-3 - x)^(-3/2)',
  'sin(x)*sin(x^2)*(2 - 5 - x*3)^(-3/2)',
  '(x/2/7^(-2)/(-4 - x*7))^(3/2)',
])('signs that could be taken out of a sum and put back for ever settle: %s', (text) => {
  const { loss, scope, variables } = readLoss(text, { wrt: ['x'] })
  const differentiator = new Differentiator(scope)
  const derivation = new PartialDerivation(differentiator.differentiate(loss, variables[0]!))
  const points = [-7.25, -4.5, -3.125].map((x) => ({ x }))
  const stepCounts = noSteps()
  expect(stepsAreTrue(derivation, scope, points, stepCounts)).toEqual([])
  expect(stepCounts.tested).toBeGreaterThan(0)
  expect(differentiator.canTidy(derivation.result)).toBe(false)
})
