import { occursBound, shift } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { factorsOf } from '../algebra/number.ts'
import type { Rule } from '../rule.ts'

/** sum(i, c*u_i) = c*sum(i, u_i), with signs and divisors */
export const constantFactorOfSum: Rule = {
  id: 'constant-factor-of-sum',
  title: 'distr.',
  law: 'sum(i=1..n, c*u_i) = c*sum(i=1..n, u_i)',
  where: ['c is free of the index'],
  because: 'a factor that is the same in every term moves in front of the sum',
  examples: [['sum(i=1..N, 2*x_i)', '2*sum(i=1..N, x_i)']],
  on: ['big'],
  apply(term, { store }) {
    if (term.kind !== 'big' || term.name !== 'sum') return undefined
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const negative = body.kind === 'neg'
    const positive = negative ? body.args[0]! : body
    if (!occursBound(positive))
      return negative ? store.neg(store.big('sum', term.hint, from, to, positive)) : undefined
    const [above, below] =
      positive.kind === 'div' ? [positive.args[0]!, positive.args[1]!] : [positive, undefined]
    const [outAbove, inAbove] = split(above)
    const [outBelow, inBelow] = below === undefined ? [[], []] : split(below)
    if (!negative && outAbove.length === 0 && outBelow.length === 0) return undefined
    const inner =
      inBelow.length === 0 ? store.mul(inAbove) : store.div(store.mul(inAbove), store.mul(inBelow))
    const outside = [...outAbove, ...outBelow].map((factor) => shift(store, factor, -1))
    const up = store.mul(outside.slice(0, outAbove.length))
    const factor = outBelow.length === 0 ? up : store.div(up, store.mul(outside.slice(outAbove.length)))
    const sum = store.big('sum', term.hint, from, to, inner)
    const product = isNumber(factor, 1) ? sum : store.mul([...factorsOf(factor), sum])
    return negative ? store.neg(product) : product
  },
}

function split(side: Expr): [Expr[], Expr[]] {
  const outside: Expr[] = []
  const inside: Expr[] = []
  for (const factor of factorsOf(side)) {
    if (isNumber(factor, 1)) continue
    ;(occursBound(factor) ? inside : outside).push(factor)
  }
  return [outside, inside]
}

/**
 * sum(i, c + u_i/d) = n*c + 1/d*sum(i, u_i): only where the other terms share a divisor that leaves the sum,
 * as in N/sigma - 1/sigma^3 sum (y_i - mu)^2. A residual such as y_i - m x_i - b stays whole.
 */
export const splitSum: Rule = {
  id: 'split-sum',
  title: 'distr.',
  law: 'sum(i=1..n, c + u_i/d^2) = sum(i=1..n, c) + sum(i=1..n, u_i/d^2)',
  where: ['c and d are free of the index'],
  because: 'a sum of sums is summed term by term',
  examples: [['sum(i=1..N, 1/s - y_i/s^2)', 'sum(i=1..N, 1/s) - sum(i=1..N, y_i/s^2)']],
  on: ['big'],
  apply(term, { store }) {
    if (term.kind !== 'big' || term.name !== 'sum') return undefined
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    if (body.kind !== 'add') return undefined
    const dependent = body.args.filter((arg) => occursBound(arg))
    if (dependent.length === body.args.length || !dependent.every(hasConstantDivisor)) return undefined
    return store.add(
      body.args.map((summand) => {
        const negative = summand.kind === 'neg'
        const sum = store.big('sum', term.hint, from, to, negative ? summand.args[0]! : summand)
        return negative ? store.neg(sum) : sum
      }),
    )
  },
}

function hasConstantDivisor(summand: Expr): boolean {
  const positive = summand.kind === 'neg' ? summand.args[0]! : summand
  if (positive.kind !== 'div') return false
  return factorsOf(positive.args[1]!).some((factor) => factor.kind !== 'number' && !occursBound(factor))
}
