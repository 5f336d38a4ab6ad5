import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { constants } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule } from '../rule.ts'
import { negateExponent } from './monomial.ts'
import {
  addExponents,
  containsBig,
  factorsOf,
  isBig,
  isDecimal,
  powerOf,
  rationalOf,
  writeNumber,
  writePower,
} from './number.ts'

/**
 * a*(b/c) = a*b/c. A product becomes one fraction, except that a coefficient stays in front of a big sum:
 * 2/N times a sum, unless the denominator has a sum or a root in it, which belongs under the sum.
 */
export const mergeFractions: Rule = {
  id: 'merge-fractions',
  title: 'fractions',
  law: 'u*(v/w) = u*v/w',
  because: 'a product of fractions is one fraction',
  examples: [
    ['x*(y/z)', 'x*y/z'],
    ['1/N*2*sum(i=1..N, x_i)', '2/N*sum(i=1..N, x_i)'],
  ],
  on: ['mul'],
  prominence: 'minor',
  apply(term, { store }) {
    const fractions = term.args.filter((arg) => arg.kind === 'div')
    if (fractions.length === 0) return undefined
    const bigs = term.args.filter(isBig)
    const stayOut = bigs.length > 0 && fractions.every((fraction) => isSimple(fraction.args[1]!))
    const inside = stayOut ? term.args.filter((arg) => !isBig(arg)) : term.args
    if (inside.length === 1) return undefined
    const above = inside.flatMap((arg) => factorsOf(arg.kind === 'div' ? arg.args[0]! : arg))
    const below = fractions.flatMap((arg) => factorsOf(arg.args[1]!))
    const fraction = store.div(productOf(store, above), productOf(store, below))
    return stayOut ? store.mul([fraction, ...bigs]) : fraction
  },
}

/** c*sum/d = c/d*sum: the coefficient of a big sum stands in front of it. */
export const coefficientOfSum: Rule = {
  id: 'coefficient-of-sum',
  title: 'fractions',
  law: 'u*sum(i=1..n, v_i)/w = u/w*sum(i=1..n, v_i)',
  because: 'the coefficient of a sum is written in front of it',
  examples: [['2*sum(i=1..N, x_i)/N', '2/N*sum(i=1..N, x_i)']],
  on: ['div'],
  prominence: 'minor',
  apply(term, { store }) {
    const [above, below] = term.args as [Expr, Expr]
    const factors = factorsOf(above)
    const bigs = factors.filter(isBig)
    if (bigs.length === 0 || !isSimple(below)) return undefined
    return store.mul([store.div(store.mul(factors.filter((factor) => !isBig(factor))), below), ...bigs])
  },
}

/** (a/b)/c = a/(b*c) and a/(b/c) = a*c/b */
export const nestedFraction: Rule = {
  id: 'nested-fraction',
  title: 'fractions',
  law: '(u/v)/w = u/(v*w)',
  because: 'a fraction in a fraction is resolved',
  examples: [
    ['x/y/z', 'x/(y*z)'],
    ['x/(y/z)', 'x*z/y'],
  ],
  on: ['div'],
  prominence: 'minor',
  apply(term, { store }) {
    const [above, below] = term.args as [Expr, Expr]
    const parts = { above: [] as Expr[], below: [] as Expr[] }
    let found = false
    for (const factor of factorsOf(above)) {
      if (factor.kind === 'div') found = true
      parts.above.push(...factorsOf(factor.kind === 'div' ? factor.args[0]! : factor))
      if (factor.kind === 'div') parts.below.push(...factorsOf(factor.args[1]!))
    }
    for (const factor of factorsOf(below)) {
      if (factor.kind === 'div') found = true
      parts.below.push(...factorsOf(factor.kind === 'div' ? factor.args[0]! : factor))
      if (factor.kind === 'div') parts.above.push(...factorsOf(factor.args[1]!))
    }
    return found ? store.div(productOf(store, parts.above), productOf(store, parts.below)) : undefined
  },
}

/** u^3*v/u^2 = u*v: a base that stands above and below. */
export const cancel: Rule = {
  id: 'cancel',
  title: 'cancel',
  law: 'u*v/(u*w) = v/w',
  needs: ['u != 0, as the fraction demands'],
  because: 'a common factor of numerator and denominator cancels',
  examples: [['x^3*y/x^2', 'x*y']],
  on: ['div'],
  apply(term, { store }) {
    const above = powersOf(store, term.args[0]!)
    const below = powersOf(store, term.args[1]!)
    let changed = false
    for (const [j, divisor] of below.entries()) {
      if (divisor.base.kind === 'number') continue
      const key = canonical(store, divisor.base)
      const i = above.findIndex((entry) => canonical(store, entry.base) === key)
      if (i < 0) continue
      changed = true
      const base = above[i]!.base
      const difference = addExponents(store, above[i]!.exponent, negateExponent(store, divisor.exponent))
      const value = rationalOf(difference)
      const one = { factor: store.number(1), base: store.number(1), exponent: store.number(1) }
      if (value !== undefined && value.sign < 0) {
        const exponent = writeNumber(store, value.negate(), isDecimal(difference))
        above[i] = one
        below[j] = { factor: writePower(store, base, exponent), base, exponent }
      } else {
        above[i] = { factor: writePower(store, base, difference), base, exponent: difference }
        below[j] = one
      }
    }
    if (!changed) return undefined
    const numerator = productOf(
      store,
      above.map((entry) => entry.factor),
    )
    const denominator = productOf(
      store,
      below.map((entry) => entry.factor),
    )
    return isNumber(denominator, 1) ? numerator : store.div(numerator, denominator)
  },
}

/** (u*v - u*w)/(u*y) by terms: a fraction is split where every part then cancels and the whole is shorter. */
export const splitFraction: Rule = {
  id: 'split-fraction',
  title: 'cancel',
  law: '(u*v - u^2*w)/(u*v*w) = 1/w - u/v',
  needs: ['u != 0 and v != 0 and w != 0, as the fraction demands'],
  because: 'divided term by term, each term cancels',
  examples: [['(x*y - x^2*z)/(x*y*z)', '1/z - x/y']],
  on: ['div'],
  apply(term, context) {
    const { store } = context
    const [above, below] = term.args as [Expr, Expr]
    if (above.kind !== 'add') return undefined
    const parts: Expr[] = []
    for (const summand of above.args) {
      const negative = summand.kind === 'neg'
      const part = cancel.apply(store.div(negative ? summand.args[0]! : summand, below), context)
      if (part === undefined || !('kind' in part)) return undefined
      parts.push(negative ? store.neg(part) : part)
    }
    const after = store.add(parts)
    return after.size < term.size ? after : undefined
  },
}

/** u*(v/u - w/u^2) = v - w/u: a factor that every fraction of a sum has below. */
export const cancelInSum: Rule = {
  id: 'cancel-in-sum',
  title: 'cancel',
  law: 'u*(v/u - w/(u*y)) = v - w/y',
  needs: ['u != 0, as the fractions demand'],
  because: 'the factor cancels in every fraction of the sum',
  examples: [['x*(y/x - z/(x*w))', 'y - z/w']],
  on: ['mul'],
  apply(term, { store }) {
    for (const [i, sum] of term.args.entries()) {
      if (sum.kind !== 'add') continue
      for (const [j, factor] of term.args.entries()) {
        if (i === j || factor.kind === 'number') continue
        const terms = sum.args.map((summand) => withoutDivisor(store, summand, factor))
        if (terms.some((summand) => summand === undefined)) continue
        const rest = store.add(terms.map((summand) => summand!))
        return store.mul(term.args.flatMap((arg, k) => (k === i ? [rest] : k === j ? [] : [arg])))
      }
    }
    return undefined
  },
}

/** The term with one divisor fewer; nothing where it does not stand below as it is. */
function withoutDivisor(store: TermStore, term: Expr, divisor: Expr): Expr | undefined {
  if (term.kind === 'neg') {
    const inner = withoutDivisor(store, term.args[0]!, divisor)
    return inner && store.neg(inner)
  }
  if (term.kind !== 'div') return undefined
  const below = factorsOf(term.args[1]!)
  const i = below.indexOf(divisor)
  if (i < 0) return undefined
  const rest = store.mul(below.filter((_, j) => j !== i))
  return isNumber(rest, 1) ? term.args[0]! : store.div(term.args[0]!, rest)
}

/** The factors of a side as powers; the power of a product counts as a product of powers. */
function powersOf(store: TermStore, side: Expr): { factor: Expr; base: Expr; exponent: Expr }[] {
  return factorsOf(side)
    .flatMap((factor) => {
      if (factor.kind !== 'pow' || factor.args[0]!.kind !== 'mul') return [factor]
      const outer = rationalOf(factor.args[1]!)
      if (!outer?.isInteger || outer.sign < 0) return [factor]
      return factor.args[0]!.args.map((inner) => {
        const power = powerOf(inner, store)
        const exponent = rationalOf(power.exponent)
        return exponent === undefined || inner.kind === 'number'
          ? store.pow(inner, factor.args[1]!)
          : writePower(store, power.base, store.rational(exponent.multiply(outer)))
      })
    })
    .map((factor) => ({ factor, ...powerOf(factor, store) }))
}

function productOf(store: TermStore, factors: readonly Expr[]): Expr {
  return store.mul(factors.filter((factor) => !isNumber(factor, 1)))
}

/** Whether a denominator is short enough to stand in a coefficient: no sum over an index, no function but of constants. */
function isSimple(term: Expr): boolean {
  return !containsBig(term) && !hasCall(term)
}

function hasCall(term: Expr): boolean {
  if (term.kind === 'call' && term.loose === 0 && [...term.names].every((name) => constants.has(name)))
    return false
  return term.kind === 'call' || term.kind === 'apply' || term.args.some(hasCall)
}
