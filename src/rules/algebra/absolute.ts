import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { Rule } from '../rule.ts'
import { signOf } from '../sign.ts'
import { factorsOf, powerOf, rationalOf, writePower } from './number.ts'

/** abs(u)*sign(u) = u, and u*sign(u) = abs(u) */
export const absoluteTimesSign: Rule = {
  id: 'absolute-times-sign',
  title: 'absolute value',
  law: 'abs(u)*sign(u) = u',
  because: 'a number is its absolute value times its sign',
  examples: [['2*abs(x)*sign(x)', '2*x']],
  on: ['mul'],
  apply(term, { store }) {
    for (const [i, factor] of term.args.entries()) {
      if (factor.kind !== 'call' || factor.name !== 'sign') continue
      const j = term.args.findIndex(
        (other) => other.kind === 'call' && other.name === 'abs' && other.args[0] === factor.args[0],
      )
      if (j < 0) continue
      return store.mul(
        term.args.flatMap((arg, k) =>
          k === Math.min(i, j) ? factorsOf(factor.args[0]!) : k === Math.max(i, j) ? [] : [arg],
        ),
      )
    }
    return undefined
  },
}

/** abs(u)^2 = u^2 and sqrt(u^2) = abs(u); abs(u) = u where u is known not to be negative. */
export const squareOfAbsolute: Rule = {
  id: 'square-of-absolute',
  title: 'absolute value',
  law: 'abs(u)^2 = u^2',
  because: 'a square does not know the sign, and its root is the absolute value',
  examples: [
    ['abs(x)^2', 'x^2'],
    ['sqrt(x^2)', 'abs(x)'],
    ['abs(-x)', 'abs(x)'],
    ['abs(exp(x))', 'exp(x)'],
  ],
  on: ['pow', 'call'],
  apply(term, { store, scope }) {
    const [inner] = term.args as [Expr]
    if (term.kind === 'pow') {
      const order = rationalOf(term.args[1]!)
      const isEven = order?.isInteger === true && order.numerator % 2n === 0n
      const isAbsolute = inner.kind === 'call' && inner.name === 'abs'
      return isEven && isAbsolute ? store.pow(inner.args[0]!, term.args[1]!) : undefined
    }
    if (term.kind !== 'call') return undefined
    if (term.name === 'sqrt' && inner.kind === 'pow' && isNumber(inner.args[1]!, 2)) {
      return store.call('abs', [inner.args[0]!])
    }
    if (term.name !== 'abs') return undefined
    if (inner.kind === 'neg') return store.call('abs', [inner.args[0]!])
    const sign = signOf(inner, scope)
    return sign === 'positive' || sign === 'nonnegative' ? inner : undefined
  },
}

/** u/abs(u) = sign(u), and abs(u)/u = sign(u) */
export const quotientOfAbsolute: Rule = {
  id: 'quotient-of-absolute',
  title: 'absolute value',
  law: 'u*v/abs(u) = v*sign(u)',
  needs: ['u != 0, as the fraction demands'],
  because: 'a number over its absolute value is its sign',
  examples: [
    ['x/abs(x)', 'sign(x)'],
    ['abs(x)/x', 'sign(x)'],
    ['x^2/abs(x)', 'x*sign(x)'],
  ],
  on: ['div'],
  apply(term, { store }) {
    const above = factorsOf(term.args[0]!)
    const below = factorsOf(term.args[1]!)
    for (const [i, factor] of above.entries()) {
      const up = powerOf(factor, store)
      for (const [j, divisor] of below.entries()) {
        const down = powerOf(divisor, store)
        const u = absoluteArgument(down.base) ?? absoluteArgument(up.base)
        if (u === undefined) continue
        const other = absoluteArgument(down.base) === undefined ? down.base : up.base
        if (canonical(store, other) !== canonical(store, u) || absoluteArgument(other) !== undefined) continue
        const orders = [rationalOf(up.exponent), rationalOf(down.exponent)]
        if (orders.some((order) => !order?.isInteger || order.sign < 0)) continue
        const lower = (base: Expr, order: Rational): Expr =>
          writePower(store, base, store.rational(order.subtract(Rational.one)))
        const numerator = above.flatMap((arg, k) =>
          k === i ? [lower(up.base, orders[0]!), store.call('sign', [u])] : [arg],
        )
        const denominator = below.map((arg, k) => (k === j ? lower(down.base, orders[1]!) : arg))
        const [top, bottom] = [numerator, denominator].map((factors) =>
          store.mul(factors.filter((arg) => !isNumber(arg, 1))),
        ) as [Expr, Expr]
        return isNumber(bottom, 1) ? top : store.div(top, bottom)
      }
    }
    return undefined
  },
}

function absoluteArgument(term: Expr): Expr | undefined {
  return term.kind === 'call' && term.name === 'abs' ? term.args[0] : undefined
}
