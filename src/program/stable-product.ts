import type { Expr, MulTerm } from '../term/expr.ts'
import type { TermStore } from '../term/store.ts'
import { complementOf } from './stable-sum.ts'

/** Sees through definitions. */
interface Resolver {
  resolve(term: Expr): Expr
}

/**
 * `exp(u)*(v/Phi(s) - w/(1 - Phi(s)))` as `v*(exp(u)/Phi(s)) - w*(exp(u)/(1 - Phi(s)))`. Far out the exponential and the
 * probability underflow together: each quotient has a value by logarithms, the product has none.
 */
export function spreadExponential(term: MulTerm, resolver: Resolver, store: TermStore): Expr | undefined {
  const exponential = term.args.find((factor) => isCall(resolver.resolve(factor), ['exp']))
  const sum = term.args.find(
    (factor) => factor.kind === 'add' && factor.args.some((summand) => hasTail(summand, resolver)),
  )
  if (exponential === undefined || sum === undefined) return undefined
  const spread = sum.args.map((summand) => {
    const positive = summand.kind === 'neg' ? summand.args[0]! : summand
    const [above, below] = positive.kind === 'div' ? positive.args : [positive, undefined]
    const factor = below === undefined ? exponential : store.div(exponential, below)
    const product = store.mul([above!, factor])
    return summand.kind === 'neg' ? store.neg(product) : product
  })
  const rest = term.args.filter((factor) => factor !== exponential && factor !== sum)
  return store.mul([...rest, store.add(spread)])
}

/** The factors of one side of a quotient. */
export interface Side {
  /** Those whose logarithms are safer than they are. */
  readonly exponential: readonly Expr[]
  readonly plain: readonly Expr[]
  readonly isNegative: boolean
}

/**
 * The sides of `x*exp(u)/sum(k, exp(v_k))`, which is x times a quotient of exponentials: x may be negative, and has no
 * logarithm. Nothing where one side has no exponentials.
 */
export function sidesOf(
  above: Expr,
  below: Expr,
  isExponential: (term: Expr) => boolean,
): readonly [above: Side, below: Side] | undefined {
  const sides = [above, below].map((term): Side => {
    const positive = term.kind === 'neg' ? term.args[0]! : term
    const factors = positive.kind === 'mul' ? positive.args : [positive]
    return {
      exponential: factors.filter(isExponential),
      plain: factors.filter((factor) => !isExponential(factor)),
      isNegative: term.kind === 'neg',
    }
  }) as [Side, Side]
  return sides.some(({ exponential }) => exponential.length === 0) ? undefined : sides
}

/** Whether a term is divided by a probability that underflows. */
function hasTail(summand: Expr, resolver: Resolver): boolean {
  const positive = summand.kind === 'neg' ? summand.args[0]! : summand
  if (positive.kind !== 'div') return false
  const below = resolver.resolve(positive.args[1]!)
  return isCall(below, tails) || (below.kind === 'add' && complementOf(below.args, resolver) !== undefined)
}

const tails = ['Phi', 'erfc']

function isCall(term: Expr, names: readonly string[]): boolean {
  return term.kind === 'call' && names.includes(term.name)
}
