import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { derive, print, verify } from '../../src/index.ts'
import { compileLoss } from '../../src/numeric/compile.ts'
import type { Environment, Value } from '../../src/numeric/environment.ts'
import { compileTerms, evaluate } from '../../src/numeric/evaluate.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { printTerm } from '../../src/print/index.ts'
import { readLoss } from '../../src/read/index.ts'
import { Differentiator } from '../../src/tasks/differentiate.ts'
import { PartialDerivation } from '../../src/tasks/gradient.ts'
import { instantiate } from '../../src/term/binder.ts'
import type { Expr } from '../../src/term/expr.ts'
import type { Scope } from '../../src/term/scope.ts'
import { differentiateNumerically } from '../support/differences.ts'
import {
  lastLineIsResult,
  noSteps,
  readsBack,
  renders,
  show,
  stepsAreAChain,
  stepsAreTrue,
} from '../support/laws.ts'
import { arbitraryLoss, type DrawnLoss } from '../support/random-loss.ts'

const seed = 20240613
const counts = { ...noSteps(), losses: 0, compared: 0 }

/**
 * Whether no part of the loss is huge, with the first index for each sum's: beside 1e10 a difference quotient
 * has lost the digits that a test needs.
 */
function isTame(loss: Expr, scope: Scope, point: Environment): boolean {
  const parts = new Set<Expr>()
  const collect = (term: Expr): void => {
    if (parts.has(term)) return
    parts.add(term)
    for (const [i, arg] of term.args.entries()) {
      if (term.kind === 'symbol') continue
      collect(term.kind === 'big' && i === 2 ? instantiate(scope.store, arg, scope.store.number(1)) : arg)
    }
  }
  collect(loss)
  return compileTerms([...parts], scope)(point).every((value) => Math.abs(value) < 1e4)
}

/** Everything that is wrong with the derivations of a loss. */
function faultsOf({ text, wrt, data, seed: own }: DrawnLoss): string[] {
  const options = { wrt, data }
  const { loss, scope, variables } = readLoss(text, options)
  const differentiator = new Differentiator(scope)
  const partials = variables.map(
    (variable) => new PartialDerivation(differentiator.differentiate(loss, variable)),
  )
  counts.losses++
  const faults: string[] = []
  for (const format of ['ascii', 'latex'] as const) faults.push(...readsBack(loss, format, options, scope))
  for (const derivation of partials) {
    const { result } = derivation
    const points = samplePoints([loss, result, derivation.variables[0]!], scope, {
      count: 6,
      seed: own,
      conditions: derivation.conditions.map(({ relation }) => relation),
    }).filter((point) => isTame(loss, scope, point))
    const found = [
      ...lastLineIsResult(derivation),
      ...stepsAreAChain(derivation, scope),
      ...stepsAreTrue(derivation, scope, points, counts),
    ]
    if (differentiator.canTidy(result)) found.push(`a tidy rule applies to the result ${show(result)}`)
    if (result.hasDerivative) found.push(`a derivative is left in ${show(result)}`)
    for (const { term } of derivation.lines('paper')) {
      for (const format of ['ascii', 'latex'] as const) found.push(...readsBack(term, format, options, scope))
    }
    found.push(...renders(printTerm(result, 'latex')))
    faults.push(...found.map((fault) => `by ${derivation.wrt}: ${fault}`))
    for (const point of points) faults.push(...gradientFaults(derivation, point))
  }
  return faults

  /** Compares the result with differences of the loss itself, taken here and not by the engine. */
  function gradientFaults(derivation: PartialDerivation, point: Environment): string[] {
    const variable = derivation.variables[0]!
    if (variable.kind !== 'symbol') return []
    const record = point as Readonly<Record<string, Value>>
    const position = variable.args.length === 0 ? undefined : Number(record.k ?? 1) - 1
    const value = record[variable.name]!
    const at = position === undefined ? value : (value as readonly number[])[position]!
    if (typeof at !== 'number') return []
    const along = (moved: number) =>
      evaluate(
        loss,
        {
          ...record,
          [variable.name]:
            position === undefined
              ? moved
              : Array.from(value as readonly number[], (w, i) => (i === position ? moved : w)),
        },
        scope,
      )
    const expected = differentiateNumerically(along, at, 2e-3)
    const again = differentiateNumerically(along, at, 1e-3)
    const size = Math.max(1, Math.abs(expected), 1e-6 * Math.abs(along(at)))
    // Where two steps disagree the function is too steep for differences, and nothing can be said.
    if (!(Math.abs(expected - again) < 1e-7 * size)) return []
    counts.compared++
    const { gradient } = compileLoss({
      loss,
      gradient: [derivation.result],
      variables: [variable],
      scope,
    })
    const slope = gradient(point)[variable.name]
    const actual = position === undefined ? slope : (slope as readonly number[])[position]
    if (typeof actual === 'number' && Math.abs(actual - expected) < 1e-6 * size) return []
    return [`by ${derivation.wrt}: ${show(derivation.result)} is ${actual}, by differences ${expected}`]
  }
}

describe('random losses', () => {
  test(`are derived truly, in named steps, and read back (seed ${seed})`, () => {
    fc.assert(
      fc.property(arbitraryLoss(12), (drawn) => {
        const faults = faultsOf(drawn)
        if (faults.length > 0) expect.fail(`${drawn.text}\n  ${faults.join('\n  ')}`)
      }),
      { numRuns: 300, seed },
    )
    console.log(`random losses: ${JSON.stringify(counts)}`)
    expect(counts.compared).toBeGreaterThan(1000)
    expect(counts.tested / counts.steps).toBeGreaterThan(0.98)
    expect(counts.rounding).toBeLessThan(counts.steps / 200)
  })

  test(`do not depend on what was derived before (seed ${seed})`, () => {
    const once = (drawn: DrawnLoss) => print(derive(drawn.text, drawn), 'latex')
    fc.assert(
      fc.property(arbitraryLoss(10), arbitraryLoss(10), (drawn, other) => {
        const first = once(drawn)
        once(other)
        expect(once(drawn)).toBe(first)
      }),
      { numRuns: 40, seed },
    )
  })
})

describe('no index is captured', () => {
  const result = (text: string, wrt: string, data: readonly string[] = []) =>
    print(derive(text, { wrt: [wrt], data }).partials[0]!.result, 'ascii')

  test.each([
    // the variable's index has the letter of the sum's
    ['sum(k=1..d, w_k^2)', 'w_k', '2*w_k'],
    ['sum(k=1..d, w_k^2)', 'w_j', '2*w_j'],
    ['sum(j=1..d, w_j*x_j)', 'w_j', 'x_j'],
    // two sums side by side and one in the other
    ['sum(k=1..d, w_k^2) + sum(k=1..d, w_k)', 'w_k', '2*w_k + 1'],
    ['sum(j=1..d, sum(k=1..d, w_j*w_k))', 'w_k', '2*sum(k=1..d, w_k)'],
  ])('d(%s)/d%s is %s', (text, wrt, expected) => {
    expect(result(text, wrt, ['x'])).toBe(expected)
  })
})

describe('an unknown function is never taken to be constant', () => {
  test.each([
    ['f(x)', ['x']],
    ['f(x)^2', ['m']],
    ['m*g(m^2)', ['m']],
    ['1/N*sum((y-f(x))^2)', ['theta']],
    ['1/N*sum(l(y, f(x, theta)))', ['theta']],
    ['sum(j=1..d, w_j*h(z_j))', ['m']],
    ['f(g(x))', ['m']],
  ] as const)('%s by %s', (text, wrt) => {
    const { result } = derive(text, { wrt }).partials[0]!
    expect(print(result, 'ascii')).not.toBe('0')
    expect([...result.names].some((name) => /^[fghl]$/.test(name))).toBe(true)
  })
})

describe('corners of arithmetic', () => {
  test.each([
    ['2^5000*x + x', 'a number too large to write out'],
    ['x*(b - b) + 3 + x', 'a term that cancels to nothing beside a number'],
    ['x^2*(y - y)/(y - y + 1) + x', 'a quotient of nothing'],
    ['x*x*y + x*x', 'a factor that stands twice'],
  ])('%s: %s', (text) => {
    const derived = derive(text, { wrt: ['x'], data: [] })
    const [partial] = derived.partials
    expect(partial!.result.hasDerivative).toBe(false)
    expect(lastLineIsResult(partial!)).toEqual([])
  })

  test('a variable that does not occur has the derivative 0, which can be verified', () => {
    const derived = derive('sum(y^2)', { wrt: ['m'] })
    expect(print(derived.partials[0]!.result, 'ascii')).toBe('0')
    expect(verify(derived)).toMatchObject({ worst: 0, points: 20 })
  })
})
