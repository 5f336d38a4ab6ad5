import { describe, expect, test } from 'vitest'
import { functions } from '../../src/functions/index.ts'
import { compileTerm } from '../../src/numeric/evaluate.ts'
import { randomNumbers } from '../../src/numeric/random.ts'
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
