import { describe, expect, test } from 'vitest'
import type { Combination } from '../../src/derivation/linearity.ts'
import { type LinearityReport, linearity, type ReadOptions } from '../../src/index.ts'
import type { Environment } from '../../src/numeric/environment.ts'
import { compileTerm } from '../../src/numeric/evaluate.ts'
import { randomNumbers } from '../../src/numeric/random.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { readAny, readLoss } from '../../src/read/index.ts'
import { analyzeLinearity } from '../../src/tasks/linearity/index.ts'
import { lastLineIsResult, noSteps, stepsAreAChain, stepsAreTrue } from '../support/laws.ts'
import {
  apart,
  claimedGradient,
  combinations,
  combine,
  type Env,
  type Gradient,
  gradientOn,
  restrict,
  type Shapes,
  type Valuation,
} from '../support/micro-batches.ts'
import { readBatchLosses } from './batch-losses.ts'
import { type Row, rows, shapesOf } from './table.ts'

/**
 * Every verdict, and every answer on micro-batches, is held to numbers: on random batches the loss is evaluated
 * on single samples and on micro-batches, its gradients are differences, and they are combined.
 */

const seed = 7
const trials = 5
const exact = 1e-6
const different = 1e-4
const size = 6
const singles = [[0], [1], [2], [3], [4], [5]]
const equal = [
  [0, 1, 2],
  [3, 4, 5],
]
const unequal = [
  [0, 1],
  [2, 3, 4, 5],
]

function optionsOf({ expr, wrt, data, let: definitions, assume }: Row): ReadOptions {
  return {
    wrt: wrt.split(','),
    ...(data === undefined ? {} : { data: data.split(',') }),
    ...(definitions === undefined ? {} : { let: definitions }),
    ...(assume === undefined ? {} : { assume }),
    ...(expr.includes('=0..N-1') ? { range: ['i=0..N-1'] } : {}),
  }
}

/** The value of a text as a function of the environment. */
function valuationOf(text: string, row: Row): Valuation {
  const { term, scope } = readAny(text, optionsOf(row))
  return compileTerm(term, scope)
}

function randomBatch(row: Row, shapes: Shapes, random: () => number): Env {
  const samples = row.count ?? 'N'
  const { loss, scope } = readLoss(row.expr, optionsOf(row))
  const lengthOf = (axis: string) => (batchCounts(row).includes(axis) ? size : axis === 'W' ? 3 : 2)
  const draw = (): number => {
    const u = random()
    if (row.domain === 'unit') return 0.1 + 0.8 * u
    return row.domain === 'positive' || u > 0.5 ? 0.3 + 1.5 * random() : -0.3 - 1.5 * random()
  }
  const fill = (name: string, axes: readonly string[]): Env[string] => {
    const [axis, ...rest] = axes
    const values = row.integers?.[name]
    if (axis === undefined) return values === undefined ? draw() : 1 + Math.floor(values * random())
    return Array.from({ length: lengthOf(axis) }, () => fill(name, rest))
  }
  const env: Record<string, Env[string]> = { [samples]: size }
  const names = new Set([...loss.names, ...[...scope.declarations].map(({ name }) => name)])
  for (const name of names) {
    if (name === samples || scope.declaration(name)?.definition !== undefined) continue
    const axes = shapes[name]
    const isCount = axes === undefined && scope.role(name) === 'count'
    env[name] = isCount ? lengthOf(name) : fill(name, axes ?? [])
  }
  return env
}

/** The names of the sizes that a micro-batch makes smaller. */
function batchCounts(row: Row): readonly string[] {
  return row.count === 'P' ? ['P', 'Q'] : [row.count ?? 'N']
}

class Trial {
  readonly env: Env
  readonly #row: Row
  readonly #shapes: Shapes

  constructor(row: Row, random: () => number) {
    this.#row = row
    this.#shapes = shapesOf(row)
    this.env = randomBatch(row, this.#shapes, random)
  }

  gradient(value: Valuation, part: readonly number[]): Gradient {
    return gradientOn(value, this.env, this.#row.wrt.split(','), this.#shapes, batchCounts(this.#row), part)
  }
}

function hasValues(gradient: Gradient): boolean {
  return [...gradient.values()].every(Number.isFinite)
}

/** What the report says the gradient is. */
function claimed(report: LinearityReport, row: Row, trial: Trial): Gradient {
  return claimedGradient(
    report,
    (text) => valuationOf(text, row),
    (loss) => trial.gradient(loss, singles.flat()),
    trial.env,
    size,
    row.expr.includes('=0..') ? 0 : 1,
  )
}

/** The gradient of the batch, and what the report makes of those of two micro-batches of unequal size. */
function combinedAsSaid(
  report: LinearityReport,
  row: Row,
  trial: Trial,
  value: Valuation,
  { by, restOnce }: Combination,
): { readonly whole: Gradient; readonly combined: Gradient } {
  const samples = row.count ?? 'N'
  const rest = restOnce ? valuationOf(report.rest!.ascii, row) : () => 0
  const scale = report.scale === null ? () => 1 : valuationOf(report.scale.ascii, row)
  const weight = report.weight === null ? () => 1 : valuationOf(report.weight, row)
  const first = row.expr.includes('=0..') ? 0 : 1
  const weightOf = (part: readonly number[]) =>
    part.reduce((total, i) => total + weight({ ...trial.env, [report.index!]: i + first }), 0)
  const own = (part: readonly number[]) => restrict(trial.env, shapesOf(row), batchCounts(row), part)
  const factorOf = (part: readonly number[]): number => {
    const everything = singles.flat()
    switch (by) {
      case 'sum':
        return 1
      case 'size':
        return (own(part)[samples] as number) / size
      case 'weight':
        return weightOf(part) / weightOf(everything)
      case 'scale':
      case 'statistic':
        return scale(own(everything)) / scale(own(part))
    }
  }
  const withoutRest = (env: Environment) => value(env) - rest(env)
  return {
    whole: trial.gradient(value, singles.flat()),
    combined: combine(
      [...unequal.map((part) => trial.gradient(withoutRest, part)), trial.gradient(rest, singles.flat())],
      [...unequal.map(factorOf), 1],
    ),
  }
}

describe.each([...rows, ...readBatchLosses()])('$expr', (row) => {
  const report = linearity(row.expr, optionsOf(row))
  const value = valuationOf(row.expr, row)
  const random = randomNumbers(seed)
  const all = Array.from({ length: trials }, () => new Trial(row, random))

  test('has the verdict that a person gives it', () => {
    expect(report.verdict, report.because).toBe(row.verdict)
    if (row.weight !== undefined) expect(report.weight).toBe(row.weight)
    if (row.microBatches !== undefined) expect(report.microBatches).toEqual(row.microBatches)
    if (row.plain === false) {
      expect(report.microBatches).toEqual({
        equalMean: false,
        unequalMean: false,
        sizeWeightedMean: false,
        sum: false,
      })
    }
  })

  if (row.verdict === 'no-samples') {
    test('has no sum over samples to speak of', () => {
      expect(report).toMatchObject({ microBatches: null, perSample: null, counterexample: null, proof: [] })
    })
    return
  }

  if (row.verdict === 'none') {
    test(`its gradient is neither the average nor the sum (seed ${seed})`, () => {
      const parts = hasValues(all[0]!.gradient(value, [0])) ? singles : equal
      const seen = all.map((trial) => combinations((part) => trial.gradient(value, part), parts))
      expect(Math.max(...seen.map(({ whole, mean }) => apart(whole, mean)))).toBeGreaterThan(different)
      expect(Math.max(...seen.map(({ whole, sum }) => apart(whole, sum)))).toBeGreaterThan(different)
    })

    test('its counterexample is one', () => {
      const example = report.counterexample!
      const shapes = shapesOf(row)
      const part = (positions: readonly number[]) =>
        gradientOn(
          value,
          example.env,
          row.wrt.split(','),
          shapes,
          batchCounts(row),
          positions.map((i) => i - 1),
        )
      const parts = example.microBatches
      const whole = part(parts.flat())
      const average = combine(
        parts.map(part),
        parts.map(() => 1 / parts.length),
      )
      expect([...whole.values()]).toHaveLength(example.batchGradient.length)
      example.batchGradient.forEach((entry, k) => {
        expect(entry).toBeCloseTo([...whole.values()][k]!, 5)
      })
      example.averageOfMicroBatches.forEach((entry, k) => {
        expect(entry).toBeCloseTo([...average.values()][k] ?? 0, 5)
      })
      expect(apart(whole, average)).toBeGreaterThan(different)
      expect(example.difference).toBeGreaterThan(different)
    })
  } else {
    test(`is what the loss of one sample, weights and rest make of it (seed ${seed})`, () => {
      for (const trial of all) {
        const whole = trial.gradient(value, singles.flat())
        expect(hasValues(whole)).toBe(true)
        expect(apart(whole, claimed(report, row, trial))).toBeLessThan(exact)
      }
    })

    test('is proved by true steps', () => {
      const reading = readLoss(row.expr, optionsOf(row))
      const { loss, scope, proof } = analyzeLinearity(reading.loss, reading.scope, reading.variables)
      const counts = noSteps()
      const points = samplePoints([loss], scope, { count: 4, seed }).map((point) => ({ ...point, '∇': 11 }))
      expect([
        ...lastLineIsResult(proof!),
        ...stepsAreAChain(proof!, scope),
        ...stepsAreTrue(proof!, scope, points, counts),
      ]).toEqual([])
      expect(counts.tested).toBeGreaterThan(0)
      expect(report.proof.map(({ labels }) => labels.join()).join()).toContain('sum rule')
    })
  }

  if (report.combine !== null) {
    test(`gradients of micro-batches of any size combine as is said (seed ${seed})`, () => {
      const reading = readLoss(row.expr, optionsOf(row))
      const { combination } = analyzeLinearity(reading.loss, reading.scope, reading.variables)
      for (const trial of all) {
        const { whole, combined } = combinedAsSaid(report, row, trial, value, combination!)
        expect(apart(whole, combined)).toBeLessThan(exact)
      }
    })
  }

  test(`its answers on micro-batches are those of the numbers (seed ${seed})`, () => {
    const worst = { equalMean: 0, unequalMean: 0, sizeWeightedMean: 0, sum: 0 }
    for (const trial of all) {
      const even = combinations((part) => trial.gradient(value, part), equal)
      const odd = combinations((part) => trial.gradient(value, part), unequal)
      worst.equalMean = Math.max(worst.equalMean, apart(even.whole, even.mean))
      worst.unequalMean = Math.max(worst.unequalMean, apart(odd.whole, odd.mean))
      worst.sizeWeightedMean = Math.max(worst.sizeWeightedMean, apart(odd.whole, odd.sizeWeighted))
      worst.sum = Math.max(worst.sum, apart(even.whole, even.sum), apart(odd.whole, odd.sum))
    }
    for (const [name, isExact] of Object.entries(report.microBatches!)) {
      const off = worst[name as keyof typeof worst]
      if (isExact) expect(off, name).toBeLessThan(exact)
      else expect(off, name).toBeGreaterThan(different)
    }
  })
})

test('a name that does not occur takes no counterexample away', () => {
  const report = linearity('sqrt(mean((y-m*x)^2))', { wrt: ['m', 'b'] })
  expect(report.verdict).toBe('none')
  expect(report.counterexample?.entries).toEqual(['m'])
})
