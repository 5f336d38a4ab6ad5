import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { isIndicator } from '../../term/guarded.ts'
import { Rational } from '../../term/rational.ts'
import type { Rule } from '../rule.ts'
import { factorsOf, powerOf, rationalOf, writePower } from './number.ts'
import { simplifyComparison } from './relation.ts'
import { isZero } from './zero-and-one.ts'

/** if(c, u, u) = u */
export const equalCases: Rule = {
  id: 'equal-cases',
  title: 'equal cases',
  law: 'if(y > 1, u, u) = u',
  because: 'all cases are the same',
  examples: [['if(y > 1, x, x)', 'x']],
  on: ['piecewise'],
  prominence: 'minor',
  apply(term) {
    const values = valuesOf(term)
    return values.every((value) => value === values[0]) ? values[0] : undefined
  },
}

/** if(c, u*v, u*w/a) = u*if(c, v, w/a): factors, and a sign, that all cases have; a case 0 has every factor. */
export const commonFactorOfCases: Rule = {
  id: 'common-factor-of-cases',
  title: 'distr.',
  law: 'if(y > 1, u*v, u*w) = u*if(y > 1, v, w)',
  because: 'a factor of every case moves in front of the cases',
  examples: [
    ['if(y > 1, x*sin(x), x*cos(x))', 'x*if(y > 1, sin(x), cos(x))'],
    ['if(y > 1, x*z/2, x)', 'x*if(y > 1, z/2, 1)'],
  ],
  on: ['piecewise'],
  apply(term, { store }) {
    const values = valuesOf(term)
    const filled = values.filter((value) => !isZero(value))
    if (filled.length < 2) return undefined
    const negative = filled.every((value) => value.kind === 'neg')
    const key = (factor: Expr) => canonical(store, factor)
    const products = filled.map((value) => factorsOf(aboveOf(value)))
    const common = products[0]!.filter(
      (factor, i, all) =>
        factor.kind !== 'number' &&
        all.findIndex((other) => key(other) === key(factor)) === i &&
        products.every((product) => product.some((other) => key(other) === key(factor))),
    )
    if (common.length === 0 && !negative) return undefined
    const rest = (value: Expr): Expr => {
      if (isZero(value)) return value
      const left = [...factorsOf(aboveOf(value))]
      for (const factor of common) {
        left.splice(
          left.findIndex((other) => key(other) === key(factor)),
          1,
        )
      }
      const positive = stripSign(value)
      const size = positive.kind === 'div' ? store.div(store.mul(left), positive.args[1]!) : store.mul(left)
      return value.kind === 'neg' && !negative ? store.neg(size) : size
    }
    const args = term.args.map((arg, i) => (i % 2 === 0 && i < term.args.length - 1 ? arg : rest(arg)))
    const product = store.mul([...common, store.piecewise(args)])
    return negative ? store.neg(product) : product
  },
}

/** max(0, u)*if(u > 0, 1, 0) = max(0, u) */
export const indicatorOfMaximum: Rule = {
  id: 'indicator-of-maximum',
  title: 'indicator',
  law: 'max(0, u)*if(u > 0, 1, 0) = max(0, u)',
  because: 'where the indicator is 0, the maximum is 0 already',
  examples: [['max(0, x)*if(x > 0, 1, 0)', 'max(0, x)']],
  on: ['mul'],
  apply(term, { store, scope }) {
    for (const factor of term.args) {
      const maximum = factor.kind === 'pow' ? factor.args[0]! : factor
      const u = positivePart(maximum)
      if (u === undefined) continue
      const taken = simplifyComparison(store.relation('>', u, store.number(0)), scope)
      const i = term.args.findIndex((other) => isIndicator(other) && other.args[0] === taken)
      if (i >= 0) return store.mul(term.args.filter((_, j) => j !== i))
    }
    return undefined
  },
}

/** u*if(u > 0, 1, 0) = max(0, u); relu(u) where the user wrote that. */
export const argumentTimesIndicator: Rule = {
  id: 'argument-times-indicator',
  title: 'indicator',
  law: 'u*if(u > 0, 1, 0)*v = max(0, u)*v',
  because: 'a number where it is positive and else 0 is the maximum of 0 and the number',
  examples: [['y*x*if(x > 0, 1, 0)', 'y*max(0, x)']],
  on: ['mul'],
  apply(term, { store, scope, isWritten }) {
    const zero = store.number(0)
    for (const [i, u] of term.args.entries()) {
      if (rationalOf(u) !== undefined) continue
      const taken = simplifyComparison(store.relation('>', u, zero), scope)
      const j = term.args.findIndex((other) => isIndicator(other) && other.args[0] === taken)
      if (j < 0) continue
      const written = [store.call('relu', [u]), store.call('max', [u, zero])].find(isWritten)
      const positive = written ?? store.call('max', [zero, u])
      return store.mul(term.args.flatMap((arg, k) => (k === i ? [positive] : k === j ? [] : [arg])))
    }
    return undefined
  },
}

/** sign(u)*u = abs(u), and sign(u^3) = sign(u) */
export const signTimesArgument: Rule = {
  id: 'sign-times-argument',
  title: 'absolute value',
  law: 'sign(u)*u = abs(u)',
  because: 'a number times its sign is its absolute value; an odd power has the sign of its base',
  examples: [
    ['sign(x)*x^2', 'abs(x)*x'],
    ['sign(x^3)', 'sign(x)'],
  ],
  on: ['mul', 'call'],
  apply(term, { store }) {
    if (term.kind === 'call') {
      const power = term.args[0]!
      if (term.name !== 'sign' || power.kind !== 'pow') return undefined
      const order = rationalOf(power.args[1]!)
      const isOdd = order?.isInteger === true && order.numerator % 2n !== 0n
      return isOdd ? store.call('sign', [power.args[0]!]) : undefined
    }
    for (const [i, factor] of term.args.entries()) {
      if (factor.kind !== 'call' || factor.name !== 'sign') continue
      const u = factor.args[0]!
      for (const [j, other] of term.args.entries()) {
        const { base, exponent } = powerOf(other, store)
        const order = rationalOf(exponent)
        if (base !== u || order === undefined || order.compare(Rational.one) < 0) continue
        const lower = writePower(store, u, store.rational(order.subtract(Rational.one)))
        return store.mul(
          term.args.flatMap((arg, k) =>
            k === i ? [store.call('abs', [u])] : k === j ? (isNumber(lower, 1) ? [] : [lower]) : [arg],
          ),
        )
      }
    }
    return undefined
  },
}

function positivePart(term: Expr): Expr | undefined {
  if (term.kind !== 'call') return undefined
  if (term.name === 'relu') return term.args[0]
  if (term.name !== 'max' || term.args.length !== 2) return undefined
  return isZero(term.args[0]!) ? term.args[1] : isZero(term.args[1]!) ? term.args[0] : undefined
}

/** The numerator of a value, without its sign. */
function aboveOf(value: Expr): Expr {
  const positive = stripSign(value)
  return positive.kind === 'div' ? positive.args[0]! : positive
}

function stripSign(term: Expr): Expr {
  return term.kind === 'neg' ? term.args[0]! : term
}

function valuesOf(piecewise: Expr): readonly Expr[] {
  return piecewise.args.filter((_, i) => i % 2 === 1 || i === piecewise.args.length - 1)
}
