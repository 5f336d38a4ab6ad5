import { canonical } from '../../term/canonical.ts'
import { type Expr, isNumber } from '../../term/expr.ts'
import type { TermStore } from '../../term/store.ts'
import type { Samples } from './samples.ts'

/** A summand of a loss, taken apart at its products and quotients. */
export interface Monomial {
  readonly summand: Expr
  readonly negative: boolean
  readonly above: readonly Expr[]
  readonly below: readonly Expr[]
}

/** The summands of a loss; of a term that is no sum, that term. A power of `count` is taken apart into factors. */
export function monomialsOf(term: Expr, count: Expr): readonly Monomial[] {
  const summands = term.kind === 'add' ? term.args : [term]
  return summands.map((summand) => {
    const above: Expr[] = []
    const below: Expr[] = []
    let negative = false
    const visit = (factor: Expr, side: Expr[], other: Expr[]): void => {
      switch (factor.kind) {
        case 'neg':
          negative = !negative
          visit(factor.args[0]!, side, other)
          break
        case 'mul':
          for (const arg of factor.args) visit(arg, side, other)
          break
        case 'div':
          visit(factor.args[0]!, side, other)
          visit(factor.args[1]!, other, side)
          break
        case 'pow': {
          const [base, exponent] = factor.args as [Expr, Expr]
          const size = exponent.kind === 'neg' ? exponent.args[0]! : exponent
          const times = base !== count ? 0 : isNumber(size, 1) ? 1 : isNumber(size, 2) ? 2 : 0
          if (times === 0) side.push(factor)
          for (let i = 0; i < times; i++) visit(base, exponent === size ? side : other, side)
          break
        }
        default:
          if (!isNumber(factor, 1)) side.push(factor)
      }
    }
    visit(summand, above, below)
    return { summand, negative, above, below }
  })
}

export function factorsOf(term: Expr): readonly Expr[] {
  return term.kind === 'mul' ? term.args : [term]
}

/** above/below, each a list of factors, without what stands on both sides. */
export function quotientOf(store: TermStore, above: readonly Expr[], below: readonly Expr[]): Expr {
  const [up, down] = withoutCommon(above, below).map((factors) => store.mul(asPowers(store, factors)))
  return isNumber(down!, 1) ? up! : store.div(up!, down!)
}

/** N*N as N^2. */
function asPowers(store: TermStore, factors: readonly Expr[]): Expr[] {
  const times = new Map<Expr, number>()
  for (const factor of factors) times.set(factor, (times.get(factor) ?? 0) + 1)
  return [...times].flatMap(([factor, count]) => {
    const isName = factor.kind === 'symbol' && factor.args.length === 0
    if (count === 1 || !isName) return Array.from({ length: count }, () => factor)
    return [store.pow(factor, store.number(count))]
  })
}

export function withoutCommon(above: readonly Expr[], below: readonly Expr[]): [Expr[], Expr[]] {
  const up = [...above]
  const down = below.filter((factor) => {
    const position = up.indexOf(factor)
    if (position >= 0) up.splice(position, 1)
    return position < 0
  })
  return [up, down]
}

/** Whether a quotient of what a batch has of its own is the same for every batch: N/N, 2*N/(N + N). */
export function isFreeOfBatch(
  store: TermStore,
  above: readonly Expr[],
  below: readonly Expr[],
  samples: Samples,
): boolean {
  return !samples.mentions(canonical(store, quotientOf(store, above, below)))
}
