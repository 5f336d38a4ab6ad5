import { afterAll, describe, expect, test } from 'vitest'
import { compileLoss } from '../../src/numeric/compile.ts'
import type { Environment } from '../../src/numeric/environment.ts'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { printTerm } from '../../src/print/index.ts'
import { type ReadOptions, readLoss } from '../../src/read/index.ts'
import { Differentiator } from '../../src/tasks/differentiate.ts'
import { differentiateLoss, PartialDerivation } from '../../src/tasks/gradient.ts'
import type { Scope } from '../../src/term/scope.ts'
import {
  type JsonEnvironment,
  type JsonSlope,
  type JsonValue,
  type LossCase,
  lossOptions,
  readLossCases,
  readSecondOrderCases,
  type ScalarCase,
  scalarOptions,
} from '../support/cases.ts'
import {
  conditionHolds,
  lastLineIsResult,
  noSteps,
  readsBack,
  relativeError,
  renders,
  show,
  stepsAreAChain,
  stepsAreTrue,
} from '../support/laws.ts'

const counts = noSteps()

/** Everything that is wrong with one text of a loss. */
function faultsOf(text: string, { numeric }: LossCase, options: ReadOptions): string[] {
  const { loss, scope, variables } = readLoss(text, options)
  const differentiator = new Differentiator(scope)
  const partials = variables.map(
    (variable) => new PartialDerivation(differentiator.differentiate(loss, variable)),
  )
  const compiled = compileLoss({ loss, gradient: partials.map(({ result }) => result), variables, scope })
  const faults: string[] = []
  for (const { env, loss: value, grad } of numeric) {
    const actual = compiled.loss(env)
    if (!(relativeError(actual, Number(value)) < 1e-9))
      faults.push(`the loss is ${actual}, expected ${value}`)
    const gradient = compiled.gradient(env)
    for (const [name, slope] of Object.entries(grad)) {
      const error = slopeError(gradient[name], slope)
      if (!(error < 1e-9)) {
        faults.push(`by ${name}: ${JSON.stringify(gradient[name])}, expected ${JSON.stringify(slope)}`)
      }
    }
  }
  for (const [position, derivation] of partials.entries()) {
    const variable = variables[position]!
    const { result } = derivation
    const points = numeric.flatMap(({ env }) => elementPoints(env, variable.name, variable.args, scope))
    const found = [
      ...lastLineIsResult(derivation),
      ...stepsAreAChain(derivation, scope),
      ...stepsAreTrue(derivation, scope, points, counts),
    ]
    if (differentiator.canTidy(result)) found.push(`a tidy rule applies to the result ${show(result)}`)
    if (result.hasDerivative) found.push(`a derivative is left in ${show(result)}`)
    for (const condition of derivation.conditions) {
      if (!points.every((point) => conditionHolds(condition, scope, point))) {
        found.push(`the condition ${show(condition.relation)} does not hold where the gradient is known`)
      }
    }
    for (const { term } of derivation.lines('paper')) {
      for (const format of ['ascii', 'latex'] as const) {
        found.push(...readsBack(term, format, options, scope))
      }
      found.push(...renders(printTerm(term, 'latex')))
    }
    faults.push(...found.map((fault) => `by ${derivation.wrt}: ${fault}`))
  }
  return faults
}

/** The largest relative error of any element; infinite where the shapes differ. */
function slopeError(actual: unknown, expected: JsonSlope | undefined): number {
  if (typeof expected === 'string' || typeof expected === 'number') {
    return typeof actual === 'number' ? relativeError(actual, Number(expected)) : Number.POSITIVE_INFINITY
  }
  if (expected === undefined || !Array.isArray(actual) || actual.length !== expected.length) {
    return Number.POSITIVE_INFINITY
  }
  return Math.max(0, ...expected.map((slope, i) => slopeError(actual[i], slope)))
}

/** The environment once for each element of a parameter: w_k for every k. */
function elementPoints(
  env: JsonEnvironment,
  name: string,
  indices: readonly { readonly kind: string }[],
  scope: Scope,
): readonly Environment[] {
  let points: { readonly env: Record<string, JsonValue>; readonly value: JsonValue }[] = [
    { env: { ...env }, value: env[name] ?? 0 },
  ]
  for (const [position, index] of indices.entries()) {
    const from = scope.declaration(name)?.ranges[position]?.from
    const base = from === undefined || from.loose !== 0 ? 1 : evaluate(from, env)
    points = points.flatMap((point) =>
      typeof point.value === 'number'
        ? []
        : point.value.map((value, i) => ({
            env: 'name' in index ? { ...point.env, [String(index.name)]: i + base } : point.env,
            value,
          })),
    )
  }
  return points.map((point) => point.env)
}

describe('every loss of losses.jsonl is derived as it should be', () => {
  const cases = readLossCases()
  const missing: string[] = []

  test.each(cases.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
    const faults = [entry.ascii, entry.ascii_explicit].flatMap((text) =>
      text === undefined
        ? []
        : faultsOf(text, entry, lossOptions(entry)).map((fault) => `${text}\n    ${fault}`),
    )
    if (faults.length > 0) missing.push(id)
    expect(faults).toEqual([])
  })

  test('nearly every step was tested by numbers', () => {
    expect(counts.tested / counts.steps).toBeGreaterThan(0.99)
    expect(counts.rounding).toBeLessThan(counts.steps / 1000)
  })

  afterAll(() => {
    const others = missing.length === 0 ? '' : `; not yet: ${missing.join(', ')}`
    console.log(
      `losses.jsonl: ${cases.length - missing.length} of ${cases.length} pass${others}; ${JSON.stringify(counts)}`,
    )
  })
})

describe('every function of second_order.jsonl is derived twice', () => {
  const cases = readSecondOrderCases()
  let passed = 0
  const seconds = noSteps()

  function secondFaults(entry: ScalarCase): string[] {
    const options = scalarOptions(entry)
    const { loss, scope, variables } = readLoss(entry.expr, options)
    const { partials, hessian } = differentiateLoss(loss, scope, variables, 2)
    expect(hessian.map(({ wrt }) => wrt)).toEqual([[entry.wrt, entry.wrt]])
    const first = partials[0]!
    const second = hessian[0]!
    const faults: string[] = []
    for (const { vars, d, d2 } of entry.points) {
      for (const [{ result }, expected] of [
        [first, d],
        [second, d2],
      ] as const) {
        const value = evaluate(result, vars, scope)
        if (!(relativeError(value, Number(expected)) < 1e-9)) {
          faults.push(`${show(result)} is ${value}, expected ${expected}`)
        }
      }
    }
    const points = entry.points.map(({ vars }) => vars)
    for (const derivation of [first, second]) {
      faults.push(
        ...lastLineIsResult(derivation),
        ...stepsAreAChain(derivation, scope),
        ...stepsAreTrue(derivation, scope, points, seconds),
      )
    }
    for (const { term } of second.lines('paper')) {
      for (const format of ['ascii', 'latex'] as const) {
        faults.push(...readsBack(term, format, options, scope))
      }
      faults.push(...renders(printTerm(term, 'latex')))
    }
    return faults
  }

  test.each(cases.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
    const faults = secondFaults(entry)
    if (faults.length === 0) passed++
    expect(faults).toEqual([])
  })

  afterAll(() => {
    console.log(`second_order.jsonl: ${passed} of ${cases.length} pass; ${JSON.stringify(seconds)}`)
  })
})
