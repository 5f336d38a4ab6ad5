import { describe, expect, test } from 'vitest'
import { functions } from '../../src/functions/index.ts'
import { compileTerm } from '../../src/numeric/evaluate.ts'
import { randomNumbers } from '../../src/numeric/random.ts'
import { Differentiator } from '../../src/tasks/differentiate.ts'
import { Scope } from '../../src/term/scope.ts'
import { TermStore } from '../../src/term/store.ts'
import { compileTemplate } from '../../src/term/template.ts'

const seed = 20240607
const points = 40
const store = new TermStore()
const noBindings = new Map()

/** Every domain ends at least ten steps before the function does, which keeps differences of order 10 exact. */
const step = 0.002

/** The derivative by central differences of order 10. */
function differentiate(f: (t: number) => number, at: number): number {
  const weights = [5 / 6, -5 / 21, 5 / 84, -5 / 504, 1 / 1260]
  let slope = 0
  weights.forEach((weight, i) => {
    const h = (i + 1) * step
    slope += weight * (f(at + h) - f(at - h))
  })
  return slope / step
}

for (const spec of functions.values()) {
  describe(spec.name, () => {
    spec.derivative.forEach((template, position) => {
      if (template === undefined) return
      test(`by ${spec.args[position]} (seed ${seed})`, () => {
        const random = randomNumbers(seed)
        const slope = compileTerm(compileTemplate(template)(store, noBindings))
        const needs = (spec.needs ?? []).map((need) => compileTerm(compileTemplate(need)(store, noBindings)))
        for (let i = 0; i < points; i++) {
          const args = spec.domain.map(([low, high]) => low + (high - low) * random())
          const env = Object.fromEntries(spec.args.map((name, j) => [name, args[j]!]))
          for (const need of needs) expect(need(env)).toBe(1)
          const at = args[position]!
          const along = (value: number) => spec.evaluate(...args.with(position, value))
          const expected = differentiate(along, at)
          const actual = slope(env)
          const size = Math.max(Math.abs(actual), 1e-3 * Math.abs(along(at)))
          expect(
            Math.abs(actual - expected) / Math.max(size, 1e-6),
            `${spec.name} at ${args}: ${actual}, by differences ${expected}`,
          ).toBeLessThan(1e-8)
        }
      })
    })

    test('the row is complete', () => {
      expect(spec.domain).toHaveLength(spec.args.length)
      expect(spec.because).toMatch(/^[a-zA-Z].*[^.]$/)
      expect([0, spec.args.length]).toContain(spec.derivative.length)
      for (const name of spec.args) expect(spec.code.js).toMatch(new RegExp(`\\{(${name}|\\.\\.\\.)\\}`))
    })
  })
}

/** The k-th derivative by the engine against differences of the one before: four links from the row itself. */
describe('derivatives of order 2 to 4, by repetition', () => {
  for (const spec of functions.values()) {
    spec.derivative.forEach((template, position) => {
      if (template === undefined) return
      test(`${spec.name} by ${spec.args[position]} (seed ${seed})`, () => {
        const random = randomNumbers(seed)
        const scope = new Scope(store)
        const differentiator = new Differentiator(scope)
        const variable = store.symbol(spec.args[position]!)
        const args = spec.args.map((name, j) =>
          spec.derivative[j] === undefined ? store.number(2) : store.symbol(name),
        )
        const terms = [store.call(spec.name, args)]
        for (let order = 1; order <= 4; order++) {
          terms.push(differentiator.differentiate(terms[order - 1]!, variable).result)
        }
        const values = terms.map((term) => compileTerm(term, scope))
        for (let i = 0; i < 5; i++) {
          // Away from the ends of the domain, near which high derivatives may grow beyond differences.
          const drawn = spec.domain.map(([low, high]) => low + (high - low) * (0.2 + 0.6 * random()))
          const env = Object.fromEntries(spec.args.map((name, j) => [name, drawn[j]!]))
          for (let order = 2; order <= 4; order++) {
            const along = (value: number) => values[order - 1]!({ ...env, [variable.name]: value })
            const expected = differentiate(along, drawn[position]!)
            const actual = values[order]!(env)
            const size = Math.max(1e-3, Math.abs(actual), 1e-2 * Math.abs(along(drawn[position]!)))
            expect(
              Math.abs(actual - expected) / size,
              `order ${order} at ${drawn}: ${actual}, by differences ${expected}`,
            ).toBeLessThan(1e-7)
          }
        }
      })
    })
  }
})
