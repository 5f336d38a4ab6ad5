import { describe, expect, test } from 'vitest'
import { derive, nextStep, print } from '../../src/index.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { lossOptions, readLossCases } from '../support/cases.ts'

const line = '1/N*sum((y-m*x-b)^2)'

test('behind each line comes the next one, and behind the last none', () => {
  const lines = derive(line, { wrt: ['m'] }).partials[0]!.lines()
  for (const [after, expected] of lines.entries()) {
    const step = nextStep(line, { wrt: ['m'], after })
    expect(step?.labels).toEqual(expected.labels)
    expect(print(step!.line, 'ascii')).toBe(print(expected.term, 'ascii'))
    expect(step?.isLast).toBe(after === lines.length - 1)
  }
  expect(nextStep(line, { wrt: ['m'], after: lines.length })).toBeUndefined()
})

test('an expression with a derivative goes on from there', () => {
  const step = nextStep('1/N*sum(D((y-m*x-b)^2, m))')
  expect(step).toMatchObject({ wrt: 'm', labels: ['chain rule'] })
  expect(print(step!.line, 'ascii')).toBe('1/N*sum(i=1..N, 2*(y_i - m*x_i - b)*D(y_i - m*x_i - b, m))')
})

test('what a step needs is told with the letters of the sum around it', () => {
  const step = nextStep('sum(i=1..N, D(log(x_i*m), m))')
  expect(step!.conditions.map(({ relation }) => print(relation, 'ascii'))).toEqual(['x_i*m > 0'])
})

const cases = readLossCases().filter((_, i) => i % 3 === 0)

describe('a student who takes each hint arrives, and no line is false', () => {
  test.each(cases.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
    const options = lossOptions(entry)
    const derived = derive(entry.ascii, options)
    let text = print(derived.partials[0]!.lines()[0]!.term, 'ascii')
    for (let count = 0; ; count++) {
      expect(count).toBeLessThan(40)
      const step = nextStep(text, options)
      if (step === undefined) break
      const points = samplePoints([step.from, step.line], step.scope, {
        count: 3,
        seed: 6,
        conditions: step.conditions.map(({ relation }) => relation),
        tries: 300,
      })
      const sides = compileTerms([step.from, step.line], step.scope)
      for (const point of points) {
        const [from, to] = sides(point) as [number, number]
        expect(Math.abs(from - to), text).toBeLessThan(1e-6 * Math.max(1, Math.abs(from)))
      }
      if (!step.line.hasDerivative) break
      text = print(step.line, 'ascii')
    }
  })
})
