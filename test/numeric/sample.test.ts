import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Environment } from '../../src/numeric/environment.ts'
import { compileTerms, evaluate } from '../../src/numeric/evaluate.ts'
import { randomNumbers } from '../../src/numeric/random.ts'
import { randomFunction } from '../../src/numeric/random-function.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { type ReadOptions, readLoss, readTerm } from '../../src/read/index.ts'
import { nabla } from '../../src/term/scope.ts'

const seed = 4711
const sample = (text: string, options: ReadOptions = {}, conditions: readonly string[] = [], count = 12) => {
  const { loss, scope, store } = readLoss(text, options)
  const relations = conditions.map((condition) => readTerm(condition, { ...options, store }))
  return { loss, scope, points: samplePoints([loss], scope, { count, seed, conditions: relations }) }
}
const at = (point: Environment, name: string) => (point as Readonly<Record<string, never>>)[name] as unknown

describe(`points in the domain (seed ${seed})`, () => {
  test.each<[string, ReadOptions]>([
    ['1/N*sum((y-m*x-b)^2)', { wrt: ['m', 'b'] }],
    ['log(p) + log(1 - p)', { wrt: ['p'] }],
    ['sum(i=1..N, y_i*log(p_i) + (1-y_i)*log(1-p_i))', { wrt: ['p'], data: ['y'] }],
    ['1/2*sum((sum(k=0..M,w_k*x^k)-t)^2)', { wrt: ['w'], data: ['x', 't'] }],
    ['sum(t=2..T, (y_t - phi*y_{t-1})^2)', { wrt: ['phi'], data: ['y'] }],
    ['sum(t=1..T-1, (y_{t+1} - phi*y_t)^2)', { wrt: ['phi'], data: ['y'] }],
    ['sum(i=1..N, (y_i - theta_{a_i})^2)', { wrt: ['theta'], data: ['y', 'a'] }],
    ['sum(i=1..n, sum(j=i+1..n, (x_i - x_j)^2))', { wrt: ['x'], data: [] }],
    ['sqrt(acosh(u)) + asin(v)', { wrt: ['u', 'v'], data: [] }],
    ['1/N*sum((y-f(x))^2)', {}],
    [
      '-sum(n=1..N,log(sum(k=1..K,pi_k*exp(-(x_n-mu_k)^2/2)/sqrt(2*pi))))',
      { wrt: ['mu', 'pi'], data: ['x'] },
    ],
  ])('%s', (text, options) => {
    const { loss, scope, points } = sample(text, options)
    expect(points).toHaveLength(12)
    for (const point of points) expect(evaluate(loss, point, scope)).toSatisfy(Number.isFinite)
    expect(sample(text, options).points.map((point) => JSON.stringify(point))).toEqual(
      points.map((point) => JSON.stringify(point)),
    )
  })

  test('arrays have the shape of their ranges, and counts are small', () => {
    const { points } = sample('1/N*sum((y-sum(j=1..d,w_j*x_j))^2)', { wrt: ['w'] })
    for (const point of points) {
      const [n, d] = [at(point, 'N'), at(point, 'd')] as [number, number]
      expect([2, 3, 4]).toContain(n)
      expect(at(point, 'x')).toHaveLength(n)
      expect((at(point, 'x') as number[][])[0]).toHaveLength(d)
      expect(at(point, 'w')).toHaveLength(d)
    }
  })

  test('facts and conditions hold, with a margin', () => {
    const onSimplex = sample('-sum(k=1..K, t_k*log(p_k))', { wrt: ['p'], assume: ['sum(k=1..K, t_k) = 1'] })
    expect(onSimplex.points).toHaveLength(12)
    for (const point of onSimplex.points) {
      expect((at(point, 't') as number[]).reduce((sum, entry) => sum + entry)).toBeCloseTo(1, 12)
    }
    const labels = sample('sum(y*w)', { wrt: ['w'], data: ['y'], assume: ['y in {0,1}'] })
    expect(labels.points).toHaveLength(12)
    for (const point of labels.points) for (const y of at(point, 'y') as number[]) expect([0, 1]).toContain(y)
    const apart = sample('sum(abs(y - m))', { wrt: ['m'], data: ['y'] }, ['y_i != m', 'm > 1/2'])
    expect(apart.points).toHaveLength(12)
    for (const point of apart.points) {
      const m = at(point, 'm') as number
      expect(m).toBeGreaterThan(0.5)
      for (const y of at(point, 'y') as number[]) expect(Math.abs(y - m)).toBeGreaterThan(1e-3)
    }
  })

  test('what is nowhere defined has no points', () => {
    expect(sample('log(-u^2 - 1)', { wrt: ['u'] }).points).toHaveLength(0)
  })
})

describe('random functions', () => {
  test('their derivatives are those of the function', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 3 }),
        fc.nat(2),
        (functionSeed, args, pick) => {
          const f = randomFunction(functionSeed)
          const position = pick % args.length
          const zero = args.map(() => 0)
          const h = 1e-4
          const value = (by: number) => f(args.with(position, args[position]! + by), zero, [])
          const expected = (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) / (12 * h)
          expect(f(args, zero.with(position, 1), [])).toBeCloseTo(expected, 8)
        },
      ),
      { seed, numRuns: 100 },
    )
  })

  test('where no argument is a parameter, they depend on all parameters', () => {
    const { loss, scope, points } = sample('1/N*sum((y-f(x))^2) + m^2', { wrt: ['m'] })
    const { store } = scope
    const open = store.apply('f', [store.number(1)])
    const slopes = compileTerms(
      [store.derivative(open, store.symbol('m')), store.derivative(loss, store.symbol(nabla))],
      scope,
    )
    for (const point of points) for (const slope of slopes(point)) expect(Math.abs(slope)).toBeGreaterThan(0)
  })

  test('the generator is what it says: uniform and repeatable', () => {
    const random = randomNumbers(1)
    const draws = Array.from({ length: 10000 }, random)
    expect(draws.slice(0, 3)).toEqual(Array.from({ length: 3 }, randomNumbers(1)))
    expect(draws.reduce((sum, draw) => sum + draw) / draws.length).toBeCloseTo(0.5, 1)
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...draws)).toBeLessThan(1)
  })
})
