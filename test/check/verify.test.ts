import { describe, expect, test } from 'vitest'
import { checkDerivation } from '../../src/check/derivation.ts'
import type { Derivation, Step } from '../../src/derivation/step.ts'
import { type DeriveOptions, derive, verify } from '../../src/index.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { replaceAt, subtermAt } from '../../src/term/path.ts'
import { lossOptions, readLossCases } from '../support/cases.ts'

const line = '1/N*sum((y-m*x-b)^2)'

describe('what is derived is true', () => {
  test.each(readLossCases().map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
    const { verdict, points, worst, partials } = verify(derive(entry.ascii, lossOptions(entry)), {
      points: 8,
    })
    expect({ verdict, points }).toEqual({ verdict: 'true', points: 8 })
    expect(worst).toBeLessThan(1e-7)
    expect(partials.reduce((sum, { undecided }) => sum + undecided, 0)).toBe(0)
  })

  const others: readonly (readonly [string, DeriveOptions])[] = [
    ['1/N*sum((y-f(x))^2)', {}],
    ['1/N*sum(l(y, w*x))', { wrt: ['w'], let: [] }],
    ['sum(t=2..T, (y_t - phi*y_{t-1} - u_t)^2)', { wrt: ['phi', 'u'], data: ['y'], order: 2 }],
    ['sum(i=1..n, if(abs(x_i-m) <= c, (x_i-m)^2/2, c*abs(x_i-m)-c^2/2))', { wrt: ['m'], order: 2 }],
    ['-sum(k=1..K, t_k*log(p_k))', { wrt: ['p'], assume: ['sum(k=1..K, t_k) = 1', 'p_k > 0'], order: 2 }],
  ]
  test.each(others)('%s', (text, options) => {
    expect(verify(derive(text, options))).toMatchObject({ verdict: 'true', points: 20 })
  })
})

/** The derivation with the term that one step puts in doubled and raised by one, and all later steps as before. */
function spoil(derivation: Derivation, position: number, store: Parameters<typeof replaceAt>[0]): Derivation {
  const steps = derivation.steps.map((step, k): Step => {
    const { before, after, at } = step
    if (k !== position) return step
    const twice = store.add([store.mul([store.number(2), subtermAt(after, at)]), store.number(1)])
    return { ...step, rule: step.rule, at, before, after: replaceAt(store, after, at, twice) }
  })
  return { ...pick(derivation), steps }
}

function pick({ subject, variables, start, result, conditions }: Derivation) {
  return { subject, variables, start, result, conditions, lines: () => [] }
}

test('whichever step is false is found, and named', () => {
  const { reading, partials } = derive(line, { wrt: ['m'] })
  const { scope, store, loss } = reading
  const [partial] = partials
  const points = samplePoints([loss], scope, { count: 4, seed: 5 })
  expect(partial!.steps.length).toBeGreaterThan(5)
  for (const [position, { rule }] of partial!.steps.entries()) {
    const check = checkDerivation(spoil(partial!, position, store), scope, points, 1e7)
    expect(check).toMatchObject({ verdict: 'false', where: { step: position, rule } })
  }
})

test('a false result is found', () => {
  const { reading, partials } = derive(line, { wrt: ['m'] })
  const { scope, store, loss } = reading
  const points = samplePoints([loss], scope, { count: 4, seed: 5 })
  const [partial] = partials
  const wrong = { ...pick(partial!), steps: [], result: store.neg(partial!.result) }
  expect(checkDerivation(wrong, scope, points, 1e7)).toMatchObject({ verdict: 'false', where: 'result' })
})

describe('what cannot be decided is not called true', () => {
  test('an empty domain', () => {
    const check = verify(derive('asin(x) + log(x-2)', { wrt: ['x'] }))
    expect(check).toMatchObject({ verdict: 'undecided', points: 0 })
  })

  test('one of two derivatives', () => {
    const { verdict, partials } = verify(derive('a + sqrt(b - 5)*asin(b)', { wrt: ['a', 'b'] }))
    expect(verdict).toBe('undecided')
    expect(partials.map((check) => check.verdict)).toContain('undecided')
  })

  test('more sums inside each other than can be added up', () => {
    const letters = [...'abcdefghijklmnopqrstuv']
    const sums = letters.reduceRight(
      (body, letter) => `sum(${letter}=1..N, ${body})`,
      `w*(${letters.join('+')})`,
    )
    expect(verify(derive(sums, { wrt: ['w'] }))).toMatchObject({ verdict: 'undecided', points: 0 })
  })
})

test('very many steps of a high term are bounded, and the rest is told', () => {
  const deep = `${'sin('.repeat(200)}w${')'.repeat(200)}`
  const { verdict, partials } = verify(derive(deep, { wrt: ['w'], order: 2 }), { points: 2 })
  const [first, second] = partials
  expect(verdict).toBe('true')
  expect(first!.undecided).toBe(0)
  expect(second!.undecided).toBeGreaterThan(1000)
  expect(second!.undecided).toBeLessThan(second!.steps)
})

test('the same seed gives the same check, and points says how many', () => {
  const derived = derive(line)
  expect(verify(derived, { seed: 9 })).toEqual(verify(derived, { seed: 9 }))
  expect(verify(derived, { seed: 9 }).worst).not.toBe(verify(derived, { seed: 10 }).worst)
  expect(verify(derived, { points: 3 })).toMatchObject({ points: 3, seed: 1 })
})

test('an index is also tried at both ends of its range', () => {
  const { reading, partials } = derive('sum(j=1..d, w_j^2)', { wrt: ['w_k'] })
  const { scope, loss } = reading
  const points = samplePoints([loss, partials[0]!.result], scope, { count: 12, seed: 2 })
  const at = points.map((point) => {
    const { k, d } = point as { readonly k: number; readonly d: number }
    return { isFirst: k === 1, isLast: k === d }
  })
  expect(at.filter(({ isFirst }) => isFirst).length).toBeGreaterThanOrEqual(3)
  expect(at.filter(({ isLast }) => isLast).length).toBeGreaterThanOrEqual(3)
})
