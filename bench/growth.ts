import type { Expr } from 'gradus'
import { readLoss } from '../src/read/index.ts'
import { Differentiator } from '../src/tasks/differentiate.ts'
import { differentiateLoss } from '../src/tasks/gradient.ts'
import { median, printTable, showTime } from './measure.ts'

/** What grows with the size of a loss; flat columns are linear growth. */
export function benchGrowth(): void {
  growth('A sum of n terms, a_1*sin(w) + …, a term', [10, 100, 1000, 10_000], (n) =>
    Array.from({ length: n }, (_, i) => `a_${i + 1}*sin(w)`).join(' + '),
  )
  growth('A chain of n functions, sin(exp(sin(…))), a function', [10, 30, 100, 300, 1000], (n) =>
    nest('w', n, (inner, i) => `${i % 2 === 0 ? 'sin' : 'exp'}(${inner})`),
  )
}

function growth(title: string, sizes: readonly number[], write: (n: number) => string): void {
  const rows = sizes.map((n) => {
    const text = write(n)
    const runs = Array.from({ length: n < 1000 ? 15 : 3 }, () => timeStages(text))
    const each = (stage: (run: Stages) => number) => showTime(median(runs.map(stage)) / n)
    return [
      n.toLocaleString('en'),
      each((run) => run.reading),
      each((run) => run.result),
      each((run) => run.record),
      (runs[0]!.steps / n).toFixed(2),
    ]
  })
  printTable(title, ['n', 'reading / n', 'result / n', 'record / n', 'steps / n'], rows)
}

/** Microseconds of each stage of one derivation, and how many micro-steps it has. */
interface Stages {
  readonly reading: number
  readonly result: number
  readonly record: number
  readonly steps: number
}

function timeStages(text: string): Stages {
  const start = performance.now()
  const { loss, scope, variables } = readLoss(text, { wrt: ['w'] })
  const read = performance.now()
  const { partials } = differentiateLoss(loss, scope, variables)
  const resolved = performance.now()
  const steps = partials.reduce((sum, partial) => sum + partial.steps.length, 0)
  const recorded = performance.now()
  return {
    reading: (read - start) * 1000,
    result: (resolved - read) * 1000,
    record: (recorded - resolved) * 1000,
    steps,
  }
}

/** The k-th derivative of a nested root shares its parts: as a tree it would have millions of nodes. */
export function benchSharing(): void {
  const depth = 24
  const text = nest('x', depth - 1, (inner) => `sqrt(x + ${inner})`)
  const rows: string[][] = []
  const { loss, scope, variables } = readLoss(`sqrt(${text})`, { wrt: ['x'] })
  const differentiator = new Differentiator(scope)
  let term = loss
  for (let order = 1; order <= 4; order++) {
    const from = performance.now()
    term = differentiator.differentiate(term, variables[0]!).result
    const taken = (performance.now() - from) * 1000
    rows.push([`${order}`, countShared(term).toLocaleString('en'), term.size.toPrecision(3), showTime(taken)])
  }
  printTable(
    `Derivatives of a root nested ${depth} deep (aim: the fourth under 5,000 shared nodes)`,
    ['order', 'shared nodes', 'as a tree', 'time'],
    rows,
  )
}

function countShared(root: Expr): number {
  const seen = new Set<Expr>([root])
  for (const term of seen) for (const arg of term.args) seen.add(arg)
  return seen.size
}

function nest(core: string, depth: number, wrap: (inner: string, i: number) => string): string {
  let text = core
  for (let i = 0; i < depth; i++) text = wrap(text, i)
  return text
}
