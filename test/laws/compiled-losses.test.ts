import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { randomNumbers } from '../../src/numeric/random.ts'
import { differentiateNumerically } from '../support/differences.ts'
import { type Batch, lossesByHand, type Matrix, type Vector } from '../support/losses-by-hand.ts'

/**
 * Losses compiled beside the same losses written by hand in JavaScript, which know nothing of terms: values, and
 * gradients by differences of the hand-written ones, on typed arrays and plain ones, on batches of 0, 1 and 5.
 */

const seed = 11
const [features, classes] = [3, 4]

type Draw = () => number

function draw(size: number, next: Draw, make: (values: readonly number[]) => Vector): Batch {
  const signed = () => (next() > 0.5 ? 1 : -1) * (0.3 + next())
  const vector = (length: number, of: Draw) => make(Array.from({ length }, of))
  const matrix = (height: number, width: number) =>
    Array.from({ length: height }, () => vector(width, signed))
  return {
    x: vector(size, signed),
    y: vector(size, signed),
    v: vector(size, () => 0.2 + 0.6 * next()),
    X: matrix(size, features),
    T: Array.from({ length: size }, () => vector(classes, next)),
    c: vector(size, () => 1 + Math.floor(classes * next())),
    w: vector(features, signed),
    W: matrix(classes, features),
    m: signed(),
    b: signed(),
    s: 0.5 + next(),
    a: signed(),
  }
}

/** Every entry of a parameter, and the batch with that entry moved. */
function entriesOf(batch: Batch, name: keyof Batch): { value: number; moved: (to: number) => Batch }[] {
  const along = (
    value: number | Vector | Matrix,
    put: (value: number | Vector | Matrix) => Batch,
  ): { value: number; moved: (to: number) => Batch }[] =>
    typeof value === 'number'
      ? [{ value, moved: put }]
      : Array.from(value as ArrayLike<number | Vector>).flatMap((entry, i) =>
          along(entry, (next) =>
            put(
              Array.from(value as ArrayLike<number | Vector>, (old, j) => (i === j ? next : old)) as
                | Vector
                | Matrix,
            ),
          ),
        )
  return along(batch[name], (value) => ({ ...batch, [name]: value }))
}

function flatten(value: unknown): readonly number[] {
  return typeof value === 'number' ? [value] : (value as readonly unknown[]).flatMap(flatten)
}

const arrays: readonly [string, (values: readonly number[]) => Vector][] = [
  ['plain arrays', (values) => values],
  ['Float64Array', (values) => Float64Array.from(values)],
  ['Float32Array', (values) => Float32Array.from(values)],
]

describe.each(lossesByHand)('$text', ({ text, wrt, byHand, let: definitions }) => {
  const compiled = compile(text, {
    wrt: [...wrt],
    data: ['x', 'y', 'v', 'X', 'T', 'c'],
    ...(definitions && { let: [...definitions] }),
  })

  test.each(arrays)(`on %s (seed ${seed})`, (_, make) => {
    const next = randomNumbers(seed)
    for (const size of [5, 1]) {
      const batch = draw(size, next, make)
      const expected = byHand(batch)
      const { loss, gradient } = compiled.lossAndGradient({ ...batch })
      expect(Math.abs(loss - expected)).toBeLessThan(1e-11 * (1 + Math.abs(expected)))
      for (const name of wrt) {
        const slopes = flatten(gradient[name])
        const entries = entriesOf(batch, name)
        expect(slopes).toHaveLength(entries.length)
        entries.forEach(({ value, moved }, i) => {
          const slope = differentiateNumerically((to) => byHand(moved(to)), value, 2e-3)
          expect(Math.abs(slopes[i]! - slope), `${name} ${i}`).toBeLessThan(1e-7 * (1 + Math.abs(slope)))
        })
      }
    }
  })

  test('on no sample', () => {
    const batch = draw(0, randomNumbers(seed), (values) => values)
    const expected = byHand(batch)
    const { loss, gradient } = compiled.lossAndGradient({ ...batch, N: 0, d: features, K: classes })
    if (Number.isFinite(expected)) expect(loss).toBeCloseTo(expected, 11)
    else expect(Number.isFinite(loss)).toBe(false)
    for (const name of wrt) expect(flatten(gradient[name])).toHaveLength(entriesOf(batch, name).length)
  })
})

describe('arguments that overflow, by values of 40 digits', () => {
  const large: readonly [string, string, object, number, readonly number[]][] = [
    ['mean(log(1+exp(-y*w*x)))', 'w', { x: [1000, 1000], y: [1, -1], w: 1 }, 500, [500]],
    ['-mean(y*log(p)+(1-y)*log(1-p))', 'w', { x: [800, -900], y: [0, 1], w: 1 }, 850, [850]],
    ['log(sum(k=1..K, exp(z_k)))', 'z', { z: [1000, 1000] }, 1000 + Math.LN2, [0.5, 0.5]],
    ['log(sum(k=1..K, exp(z_k)))', 'z', { z: [-2000, -1000] }, -1000, [0, 1]],
    ['-log(exp(z_1)/sum(k=1..K, exp(z_k)))', 'z', { z: [-1000, 0, 1000] }, 2000, [-1, 0, 1]],
    ['sum(k=1..K, log(cosh(z_k)))', 'z', { z: [1000, -1000] }, 2000 - 2 * Math.LN2, [1, -1]],
    ['sum(k=1..K, softplus(z_k))', 'z', { z: [1000, -1000] }, 1000, [1, 0]],
    [
      '-sum(y*log(Phi(w*x))+(1-y)*log(1-Phi(w*x)))',
      'w',
      { x: [50, -50], y: [0, 1], w: 1 },
      2509.66272227884,
      [5001.998403190564],
    ],
    ['sum(exp(w*x)-y*w*x)', 'w', { x: [-1000, 0], y: [0, 3], w: 1 }, 1, [0]],
    [
      '1/N*sum(i=1..N, log(sum(k=1..K, exp(-(x_i-z_k)^2))))',
      'z',
      { x: [100, -100], z: [0, 1] },
      -9900.5,
      [-100, 99],
    ],
  ]
  test.each(large)('%s by %s at %j', (text, name, env, loss, slopes) => {
    const compiled = compile(text, {
      wrt: [name],
      data: ['x', 'y'],
      let: text.includes('(p)') ? ['p = sigmoid(w*x)'] : [],
    })
    const both = compiled.lossAndGradient(env as Record<string, number>)
    expect(Math.abs(both.loss - loss)).toBeLessThan(1e-12 * Math.max(1, Math.abs(loss)))
    flatten(both.gradient[name]).forEach((slope, i) => {
      expect(Math.abs(slope - slopes[i]!)).toBeLessThan(1e-11 * Math.max(1, Math.abs(slopes[i]!)))
    })
  })
})
