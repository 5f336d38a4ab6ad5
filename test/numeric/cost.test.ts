import { describe, expect, test } from 'vitest'
import type { Environment, Value } from '../../src/numeric/environment.ts'
import { interpret, type Tally } from '../../src/numeric/interpreter.ts'
import { namesIn } from '../../src/numeric/program-run.ts'
import type { Program } from '../../src/program/index.ts'
import { readLossCases } from '../support/cases.ts'
import { programsOf, requestsOf, requestsOfLoss } from '../support/compiled.ts'

/** What programs cost, in statements run: time is measured in bench/, never asserted. */
function costOf(program: Program, environment: Environment): number {
  const tally: Tally = { statements: 0 }
  const values = new Map(Object.entries(environment))
  interpret(program, tally)(namesIn(program).map((name) => values.get(name)))
  return tally.statements
}

test('a gradient costs a few times its loss', () => {
  const dear: string[] = []
  for (const entry of readLossCases()) {
    const { loss, gradient, both } = programsOf(requestsOfLoss(entry))
    const { env } = entry.numeric[0]!
    const ratio = costOf(gradient, env) / costOf(loss, env)
    if (ratio > 6) dear.push(`${entry.id}: ${ratio.toFixed(1)}`)
    const together = costOf(both, env)
    if (together > costOf(gradient, env) + costOf(loss, env)) dear.push(`${entry.id}: ${together} together`)
  }
  expect(dear).toEqual([])
})

describe('growth', () => {
  const numbers = (...lengths: readonly number[]): Value => {
    const [length, ...inner] = lengths
    if (length === undefined) return 0.5
    return Array.from({ length }, () => numbers(...inner))
  }
  const growth = (
    kind: 'gradient' | 'hessian',
    text: string,
    wrt: string[],
    make: (n: number) => Environment,
  ) => {
    const programs = programsOf(requestsOf(text, { wrt, data: ['x', 'y', 't'], order: 2 }))
    return costOf(programs[kind], make(2000)) / costOf(programs[kind], make(1000))
  }

  test.each<[string, 'gradient' | 'hessian', string, string[], (n: number) => Environment]>([
    [
      'samples',
      'gradient',
      '1/N*sum((y-m*x-b)^2)',
      ['m', 'b'],
      (N) => ({ N, x: numbers(N), y: numbers(N), m: 1, b: 1 }),
    ],
    [
      'samples, by a vector',
      'gradient',
      '1/N*sum(i=1..N, (y_i - sum(j=1..d, w_j*x_{i,j}))^2)',
      ['w'],
      (N) => ({ N, d: 3, x: numbers(N, 3), y: numbers(N), w: numbers(3) }),
    ],
    [
      'features',
      'gradient',
      '1/N*sum(i=1..N, (y_i - sum(j=1..d, w_j*x_{i,j}))^2)',
      ['w'],
      (d) => ({ N: 3, d, x: numbers(3, d), y: numbers(3), w: numbers(d) }),
    ],
    [
      'classes',
      'gradient',
      'let p_k = exp(z_k)/sum(j=1..K, exp(z_j)); -sum(k=1..K, t_k*log(p_k))',
      ['z'],
      (K) => ({ K, t: numbers(K), z: numbers(K) }),
    ],
    [
      'samples of a Hessian',
      'hessian',
      '1/N*sum(i=1..N, log(1 + exp(-y_i*sum(j=1..d, w_j*x_{i,j}))))',
      ['w'],
      (N) => ({ N, d: 3, x: numbers(N, 3), y: numbers(N), w: numbers(3) }),
    ],
  ])('linear in the number of %s', (_, kind, text, wrt, make) => {
    expect(growth(kind, text, wrt, make)).toBeLessThan(2.05)
  })
})
