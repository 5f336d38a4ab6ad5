import { compile } from 'gradus'
import { compile as compileInMathjs, matrix } from 'mathjs'
import { measure, printTable, showTime } from './measure.ts'

const samples = 10_000
const features = 8
const classes = 5

/** Compiled losses beside loops written by hand and beside mathjs, all with the same numbers. */
export function benchCompiled(): void {
  const rows = [...line(), ...softmax()].flatMap(({ name, ways }) => {
    const times = ways.map(({ act }) => measure(act))
    return ways.map(({ by }, i) => [
      i === 0 ? name : '',
      by,
      showTime(times[i]!),
      (times[i]! / times[0]!).toFixed(2),
    ])
  })
  printTable(
    `Values and gradients over N = ${samples.toLocaleString('en')} samples, warm (aim: ratio 3)`,
    ['', 'by', 'time', 'ratio'],
    rows,
  )
}

interface Task {
  readonly name: string
  /** The first is the loop written by hand. */
  readonly ways: readonly { readonly by: string; readonly act: () => unknown }[]
}

function line(): Task[] {
  const x = Float64Array.from({ length: samples }, (_, i) => Math.sin(i))
  const y = Float64Array.from({ length: samples }, (_, i) => 2 * Math.sin(i) + Math.cos(7 * i))
  const values = { x, y, m: 0.7, b: 0.2 }
  const compiled = compile('1/N*sum((y-m*x-b)^2)', { wrt: ['m', 'b'] })
  const lossByHand = () => {
    let sum = 0
    for (let i = 0; i < samples; i++) sum += (y[i]! - values.m * x[i]! - values.b) ** 2
    return sum / samples
  }
  const bothByHand = () => {
    let [sum, byM, byB] = [0, 0, 0]
    for (let i = 0; i < samples; i++) {
      const residual = y[i]! - values.m * x[i]! - values.b
      sum += residual * residual
      byM -= residual * x[i]!
      byB -= residual
    }
    return [sum / samples, (2 * byM) / samples, (2 * byB) / samples]
  }
  const inMathjs = compileInMathjs('sum((y - m * x - b) .^ 2) / N')
  const scope = { ...values, x: matrix([...x]), y: matrix([...y]), N: samples }
  return [
    beside('mean squared error', lossByHand, () => compiled.loss(values), [
      ['mathjs', () => inMathjs.evaluate(scope)],
    ]),
    beside('… with its gradient', bothByHand, () => compiled.lossAndGradient(values)),
  ]
}

function softmax(): Task[] {
  const x = Array.from({ length: samples }, (_, i) =>
    Float64Array.from({ length: features }, (_, j) => Math.sin(i + 3 * j)),
  )
  const t = Array.from({ length: samples }, (_, i) =>
    Float64Array.from({ length: classes }, (_, k) => (i % classes === k ? 1 : 0)),
  )
  const W = Array.from({ length: classes }, (_, k) =>
    Float64Array.from({ length: features }, (_, j) => Math.cos(k + j)),
  )
  const values = { x, t, W }
  const text =
    'let z_{i,k} = sum(j=1..d, W_{k,j}*x_{i,j}); let p_{i,k} = exp(z_{i,k})/sum(l=1..K, exp(z_{i,l})); ' +
    '-1/N*sum(i=1..N, sum(k=1..K, t_{i,k}*log(p_{i,k})))'
  const compiled = compile(text, { wrt: ['W'], data: ['x', 't'] })
  const gradient = W.map((row) => row.slice())
  const byHand = (withGradient: boolean) => {
    let sum = 0
    const z = new Float64Array(classes)
    for (const row of gradient) row.fill(0)
    for (let i = 0; i < samples; i++) {
      const [xi, ti] = [x[i]!, t[i]!]
      let largest = Number.NEGATIVE_INFINITY
      for (let k = 0; k < classes; k++) {
        const weights = W[k]!
        let logit = 0
        for (let j = 0; j < features; j++) logit += weights[j]! * xi[j]!
        z[k] = logit
        if (logit > largest) largest = logit
      }
      let total = 0
      for (let k = 0; k < classes; k++) total += Math.exp(z[k]! - largest)
      const logTotal = largest + Math.log(total)
      for (let k = 0; k < classes; k++) {
        sum -= ti[k]! * (z[k]! - logTotal)
        if (!withGradient) continue
        const difference = Math.exp(z[k]! - logTotal) - ti[k]!
        const slopes = gradient[k]!
        for (let j = 0; j < features; j++) slopes[j]! += (difference * xi[j]!) / samples
      }
    }
    return sum / samples
  }
  const inMathjs = compileInMathjs('-sum(T .* (Z - reshape(map(sum(map(Z, exp), 2), ln), [N, 1]))) / N')
  const scope = { T: matrix(t.map((row) => [...row])), N: samples, ln: (u: number) => Math.log(u) }
  const logits = () =>
    matrix(x.map((xi) => W.map((weights) => xi.reduce((sum, entry, j) => sum + entry * weights[j]!, 0))))
  return [
    beside(
      'softmax cross-entropy',
      () => byHand(false),
      () => compiled.loss(values),
      [['mathjs', () => inMathjs.evaluate({ ...scope, Z: logits() })]],
    ),
    beside(
      '… with its gradient',
      () => byHand(true),
      () => compiled.lossAndGradient(values),
    ),
  ]
}

/** All must give the same loss: a fast wrong answer is none. */
function beside(
  name: string,
  byHand: () => unknown,
  ours: () => unknown,
  others: readonly [string, () => unknown][] = [],
): Task {
  const tasks = [['a loop by hand', byHand], ['gradus', ours], ...others] as const
  const expected = firstNumber(byHand())
  for (const [by, act] of tasks) {
    const actual = firstNumber(act())
    if (!(Math.abs(actual - expected) < 1e-9))
      throw new Error(`${name} by ${by} is ${actual}, not ${expected}`)
  }
  return { name, ways: tasks.map(([by, act]) => ({ by, act })) }
}

function firstNumber(value: unknown): number {
  return typeof value === 'number' ? value : firstNumber(Object.values(value as object)[0])
}
