import { expect, test } from 'vitest'
import { type LinearityReport, linearity } from '../../src/index.ts'
import { compileTerm } from '../../src/numeric/evaluate.ts'
import { randomNumbers } from '../../src/numeric/random.ts'
import { readAny } from '../../src/read/index.ts'
import {
  apart,
  claimedGradient,
  combinations,
  type Env,
  gradientOn,
  type Shapes,
  type Valuation,
} from '../support/micro-batches.ts'

/**
 * Losses of batches made at random, whatever they mean: what is claimed of each is held to numbers. A claim that
 * an answer is exact must be so on every batch; a claim that one is not needs a batch on which it is not.
 */

const seed = 77
const count = 200
const options = { wrt: ['m', 'b'], data: ['x', 'y', 'v'] }
const shapes: Shapes = { x: ['N'], y: ['N'], v: ['N'] }
const size = 6
const all = [0, 1, 2, 3, 4, 5]
const equal = [
  [0, 1, 2],
  [3, 4, 5],
]
const unequal = [
  [0, 1],
  [2, 3, 4, 5],
]

/** Writes losses: of one sample, over the batch, and of what was summed. */
class Writer {
  readonly #next: () => number

  constructor(next: () => number) {
    this.#next = next
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(items.length * this.#next())]!
  }

  /** The loss of the sample with this index. */
  #own(i: string): string {
    return this.pick([
      `(y_${i} - m*x_${i} - b)^2`,
      `exp(m*x_${i})`,
      `log(1 + exp(-y_${i}*(m*x_${i} + b)))`,
      `sigmoid(m*x_${i} + b)`,
      `v_${i}*(y_${i} - m)^2`,
      `v_${i}*m*x_${i}`,
      `m*x_${i} + b`,
      `sqrt(1 + (m*x_${i})^2)`,
    ])
  }

  #data(): string {
    return this.pick([
      'sum(v)',
      'sum(x^2)',
      'mean(v)',
      'mean((y - mean(y))^2)',
      'max(i=1..N, v_i)',
      'N',
      'N - 1',
      'sqrt(N)',
    ])
  }

  #sum(): string {
    const own = this.#own('i')
    return this.pick([
      `sum(i=1..N, ${own})`,
      `1/N*sum(i=1..N, ${own})`,
      `mean(i=1..N, ${own})`,
      `sum(i=1..N, v_i*(${own}))/sum(v)`,
      `sum(i=1..N, (${own})/N)`,
      `sum(i=1..N, (${own})/(${this.#data()}))`,
      `sum(i=1..N, sum(j=1..N, (${own}) + (${this.#own('j')})))/N`,
      `log(prod(i=1..N, exp(${own})))`,
      `sum(i=1..N, (${own}) - ${this.pick(['mean(x)', 'mean(m*x)', 'm', 'm^2/N'])})`,
    ])
  }

  loss(depth = 2): string {
    if (depth === 0) return this.#sum()
    const inner = this.loss(depth - 1)
    return this.pick([
      inner,
      `${inner} + ${this.#sum()}`,
      `${inner} - 2*(${this.#sum()})`,
      `${inner} + ${this.pick(['m^2', 'abs(b)', 'm^2/N', 'N*m^2', 'N*log(2 + m^2)', 'mean(v)', '3'])}`,
      `(${inner})/(${this.#data()})`,
      `${this.pick(['2', 'N', 'exp(b)', '-1', '1/(1 + m^2)'])}*(${inner})`,
      `(${inner})*(${this.#data()})`,
      ...(depth === 1
        ? [`sqrt(1 + (${inner})^2)`, `log(1 + (${inner})^2)`, `log(exp(${inner}))`, `(${inner})^2`]
        : []),
    ])
  }
}

function batch(next: () => number): Env {
  const vector = () => Array.from({ length: size }, () => 0.2 + next())
  return { N: size, x: vector(), y: vector(), v: vector(), m: 0.3 + next(), b: -0.2 - next() }
}

function faultsOf(text: string, report: LinearityReport, batches: readonly Env[]): string[] {
  const read = (of: string): Valuation => {
    const { term, scope } = readAny(of, options)
    return compileTerm(term, scope)
  }
  const value = read(text)
  const gradient = (env: Env, of: Valuation, part: readonly number[]) =>
    gradientOn(of, env, options.wrt, shapes, ['N'], part)
  const faults: string[] = []
  const { microBatches, verdict } = report
  if (report.perSample !== null) {
    for (const env of batches) {
      const whole = gradient(env, value, all)
      const claimed = claimedGradient(report, read, (of) => gradient(env, of, all), env, size, 1)
      if (!(apart(whole, claimed) < 1e-6)) faults.push(`${verdict}, but not of ${report.perSample.ascii}`)
    }
  }
  if (microBatches === null) return faults
  const worst = { equalMean: 0, unequalMean: 0, sizeWeightedMean: 0, sum: 0 }
  for (const env of batches) {
    const even = combinations((part) => gradient(env, value, part), equal)
    const odd = combinations((part) => gradient(env, value, part), unequal)
    worst.equalMean = Math.max(worst.equalMean, apart(even.whole, even.mean))
    worst.unequalMean = Math.max(worst.unequalMean, apart(odd.whole, odd.mean))
    worst.sizeWeightedMean = Math.max(worst.sizeWeightedMean, apart(odd.whole, odd.sizeWeighted))
    worst.sum = Math.max(worst.sum, apart(even.whole, even.sum), apart(odd.whole, odd.sum))
  }
  for (const [name, isExact] of Object.entries(microBatches)) {
    const off = worst[name as keyof typeof worst]
    if (isExact ? off > 1e-6 : off < 1e-8)
      faults.push(`${name} is said to be ${isExact}, but is off by ${off}`)
  }
  return faults
}

test(`what is claimed of losses made at random is so in numbers (seed ${seed})`, () => {
  const next = randomNumbers(seed)
  const writer = new Writer(next)
  const batches = [batch(next), batch(next)]
  const verdicts = new Map<string, number>()
  const faults: string[] = []
  for (const text of new Set(Array.from({ length: count }, () => writer.loss()))) {
    const report = linearity(text, options)
    verdicts.set(report.verdict, (verdicts.get(report.verdict) ?? 0) + 1)
    faults.push(...faultsOf(text, report, batches).map((fault) => `${text}: ${fault}`))
    if (report.verdict === 'undecided') faults.push(`${text}: undecided`)
  }
  expect(faults).toEqual([])
  for (const verdict of ['mean', 'sum', 'weighted', 'none']) expect(verdicts.get(verdict)).toBeGreaterThan(3)
})
