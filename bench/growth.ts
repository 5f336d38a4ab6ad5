import { type DerivedLoss, derive, type Expr, parse } from 'gradus'
import { readLoss } from '../src/read/index.ts'
import { Differentiator } from '../src/tasks/differentiate.ts'
import { measureFew, printTable, showTime } from './measure.ts'

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
  const options = { wrt: ['w'] }
  const rows = sizes.map((n) => {
    const text = write(n)
    const runs = n < 1000 ? 15 : 3
    const read = measureFew(() => parse(text, options), runs)
    const result = measureFew(() => derive(text, options), runs)
    const record = measureFew(() => countSteps(derive(text, options)), runs)
    const steps = countSteps(derive(text, options))
    return [
      n.toLocaleString('en'),
      showTime(read / n),
      showTime((result - read) / n),
      showTime((record - result) / n),
      (steps / n).toFixed(2),
    ]
  })
  printTable(title, ['n', 'reading / n', 'result / n', 'record / n', 'steps / n'], rows)
}

const countSteps = (loss: DerivedLoss) => loss.partials.reduce((sum, { steps }) => sum + steps.length, 0)

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
