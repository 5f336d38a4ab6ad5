import { canonical } from '../../term/canonical.ts'
import { type Expr, isNumber } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule } from '../rule.ts'
import { addExponents, factorsOf, isDecimal, powerOf, rationalOf, writeNumber, writePower } from './number.ts'

/** u^a*u^b = u^(a + b) */
export const mergePowers: Rule = {
  id: 'merge-powers',
  title: 'power law',
  law: 'u^2*u^3 = u^5',
  because: 'powers of the same base are multiplied by adding the exponents',
  examples: [
    ['x*x', 'x^2'],
    ['x^n*x', 'x^(n + 1)'],
  ],
  on: ['mul'],
  apply(term, { store }) {
    const merged = new Map<Expr | string, { base: Expr; exponent: Expr; count: number; factor: Expr }>()
    for (const factor of term.args) {
      const { base, exponent } = powerOf(factor, store)
      // Two plain numbers are arithmetic, not powers of a base.
      const key = factor.kind === 'number' ? `number ${merged.size}` : canonical(store, base)
      const known = merged.get(key)
      if (known === undefined) merged.set(key, { base, exponent, count: 1, factor })
      else {
        known.exponent = addExponents(store, known.exponent, exponent)
        known.count++
      }
    }
    if (merged.size === term.args.length) return undefined
    return store.mul(
      [...merged.values()].map((entry) =>
        entry.count === 1 ? entry.factor : writePower(store, entry.base, entry.exponent),
      ),
    )
  },
}

/** u*(u/v)^a/v = (u/v)^(a + 1), for an exponent that is no number: powers of a ratio stay together. */
export const powerOfRatio: Rule = {
  id: 'power-of-ratio',
  title: 'power law',
  law: 'w*u*(u/v)^(n - 1)/v = w*(u/v)^(n - 1 + 1)',
  because: 'a ratio times a power of it is its next power',
  examples: [['x*z*(x/y)^(n - 1)/y^2', 'z*(x/y)^n/y']],
  on: ['div'],
  apply(term, { store }) {
    const above = factorsOf(term.args[0]!)
    const below = term.args[1]!
    for (const [i, power] of above.entries()) {
      if (power.kind !== 'pow' || power.args[0]!.kind !== 'div' || rationalOf(power.args[1]!) !== undefined)
        continue
      const [u, v] = power.args[0]!.args as [Expr, Expr]
      const j = above.findIndex((factor, k) => k !== i && factor === u)
      const left = j < 0 ? undefined : divideOnce(store, below, v)
      if (left === undefined) continue
      const next = store.pow(power.args[0]!, addExponents(store, power.args[1]!, store.number(1)))
      const up = store.mul(above.flatMap((factor, k) => (k === i ? [next] : k === j ? [] : [factor])))
      return isNumber(left, 1) ? up : store.div(up, left)
    }
    return undefined
  },
}

/** A product without one of its factors; nothing where it does not have it. */
function divideOnce(store: TermStore, product: Expr, divisor: Expr): Expr | undefined {
  const factors = factorsOf(product)
  for (const [i, factor] of factors.entries()) {
    const { base, exponent } = powerOf(factor, store)
    const order = rationalOf(exponent)
    if (base !== divisor || !order?.isInteger || order.sign <= 0) continue
    const rest = writePower(store, base, store.rational(order.subtract(Rational.one)))
    return store.mul(factors.flatMap((other, k) => (k !== i ? [other] : isNumber(rest, 1) ? [] : [rest])))
  }
  return undefined
}

/** (u^a)^n = u^(a*n) for integers n, and sqrt(u)^2 = u */
export const powerOfPower: Rule = {
  id: 'power-of-power',
  title: 'power law',
  law: '(u^2)^3 = u^6',
  where: ['the outer exponent is an integer'],
  because: 'a power of a power multiplies the exponents',
  examples: [
    ['(x^2)^3', 'x^6'],
    ['sqrt(x)^2', 'x'],
  ],
  on: ['pow'],
  apply(term, { store }) {
    const [base, exponent] = term.args as [Expr, Expr]
    const outer = rationalOf(exponent)
    const power = powerOf(base, store)
    const inner = rationalOf(power.exponent)
    if (power.base === base || !outer?.isInteger || inner === undefined) return undefined
    const product = writeNumber(store, inner.multiply(outer), isDecimal(power.exponent))
    return writePower(store, power.base, product)
  },
}

/** (2*u)^2 = 4*u^2: only where a number comes out, so that nothing is expanded that was factored. */
export const powerOfProduct: Rule = {
  id: 'power-of-product',
  title: 'power law',
  law: '(2*u)^3 = 2^3*u^3',
  where: ['the exponent is an integer'],
  because: 'a power of a product is the product of the powers',
  examples: [['(2*x)^2', '2^2*x^2']],
  on: ['pow'],
  apply(term, { store }) {
    const [base, exponent] = term.args as [Expr, Expr]
    const value = rationalOf(exponent)
    if (base.kind === 'div' && value?.isInteger && value.sign > 0) {
      return store.div(store.pow(base.args[0]!, exponent), store.pow(base.args[1]!, exponent))
    }
    if (base.kind !== 'mul' || !value?.isInteger || base.args[0]!.kind !== 'number') return undefined
    return store.mul(factorsOf(base).map((factor) => store.pow(factor, exponent)))
  },
}

/** u^(-n) = 1/u^n */
export const negativePower: Rule = {
  id: 'negative-power',
  title: 'power law',
  law: 'u^(-2) = 1/u^2',
  because: 'a negative power is the reciprocal of the power',
  examples: [['x^(-2)', '1/x^2']],
  on: ['pow'],
  apply(term, { store }) {
    const [base, exponent] = term.args as [Expr, Expr]
    const value = rationalOf(exponent)
    if (value === undefined || value.sign >= 0) return undefined
    return store.div(
      store.number(1),
      writePower(store, base, writeNumber(store, value.negate(), isDecimal(exponent))),
    )
  },
}
