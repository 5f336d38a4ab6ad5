import { compile, derive, verify } from 'gradus'
import { describe, expect, test } from 'vitest'

/** A name with a number for an index: an element, or a name of its own. The gradients are told by differences. */

type Values = Readonly<Record<string, number | readonly number[] | readonly (readonly number[])[]>>

const step = 1e-4

/** The slope of the loss in one number of the environment, by a central difference. */
function difference(
  loss: (values: Values) => number,
  values: Values,
  name: string,
  element?: number,
): number {
  const moved = (by: number): Values => {
    const value = values[name]!
    if (typeof value === 'number') return { ...values, [name]: value + by }
    return {
      ...values,
      [name]: value.map((entry, i) => (i === element ? Number(entry) + by : Number(entry))),
    }
  }
  return (loss(moved(step)) - loss(moved(-step))) / (2 * step)
}

const samples = {
  x: [
    [1, 2],
    [0.5, -1],
    [3, 0.25],
  ],
  y: [1, -2, 0.5],
  w: [0.3, -0.7],
  w_0: 0.4,
}
const logits = { z: [0.2, -0.4, 1.1] }
const softmax = ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))']

describe('a name with a fixed index', () => {
  test.each([
    ['sum(i=1..N, (y_i - w_0 - sum(j=1..d, w_j*x_{i,j}))^2)', ['w_0', 'w'], ['x', 'y'], [], samples],
    ['w_0*exp(w_0) + sum(j=1..d, w_j^2)', ['w_0'], [], [], { w: [0.3, -0.7], w_0: 0.4 }],
    ['w_1*w_2 + sum(j=1..d, w_j^2)', ['w'], [], [], { d: 2, w: [0.3, -0.7] }],
    ['-log(p_2)', ['z'], [], softmax, logits],
    ['-log(p_2) - p_1*p_3', ['z'], [], softmax, logits],
  ] as const)('%s by %j', (text, wrt, data, definitions, values: Values) => {
    const compiled = compile(text, { wrt, data, let: definitions })
    const gradient = compiled.gradient(values)
    for (const name of wrt) {
      const value = values[name]
      if (typeof value === 'number') {
        expect(gradient[name], name).toBeCloseTo(difference(compiled.loss, values, name), 6)
        continue
      }
      for (const element of value!.keys()) {
        const slope = (gradient[name] as readonly number[])[element]
        const expected = difference(compiled.loss, values, name, element)
        expect(Math.abs(expected), 'the test has something to tell').toBeGreaterThan(1e-3)
        expect(slope, `${name} ${element}`).toBeCloseTo(expected, 6)
      }
    }
  })
})

test.each([
  ['sum(j=1..d, w_j^2)', 'w_0'],
  ['sum(j=1..3, w_j^2)', 'w_4'],
  ['sum(j=1..d, sum(k=1..K, W_{j,k}))', 'W_{1,0}'],
])('%s does not depend on %s, which is said', (text, wrt) => {
  const derived = derive(text, { wrt: [wrt] })
  expect(derived.reading.warnings).toEqual([`${wrt} does not occur in the expression`])
  expect(derived.partials[0]!.result).toMatchObject({ kind: 'number', name: '0' })
  expect(verify(derived)).toMatchObject({ verdict: 'true' })
})
