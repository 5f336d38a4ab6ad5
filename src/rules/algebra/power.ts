import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
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
