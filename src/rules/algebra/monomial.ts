import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import { addExponents, factorsOf, isDecimal, powerOf, rationalOf, writeNumber, writePower } from './number.ts'

/** A base, what of it stands in a product, and in which order it was written. */
export interface MonomialPower {
  readonly base: Expr
  /** The base's canonical form: powers of the same base have the same key. */
  readonly key: Expr
  readonly exponent: Expr
}

/** A product or quotient as a sign and powers; what stands below has negative exponents. */
export interface Monomial {
  readonly negative: boolean
  readonly powers: readonly MonomialPower[]
}

/** A term as a monomial: through products, quotients, signs, and whole powers of these. Each base occurs once. */
export function monomialOf(store: TermStore, term: Expr): Monomial {
  const powers = new Map<Expr | string, MonomialPower>()
  let negative = false
  const insert = (base: Expr, exponent: Expr): void => {
    const key = canonical(store, base)
    // Numbers stay apart: 2*2^n is not a power of one base to a reader.
    const known = base.kind === 'number' ? undefined : powers.get(key)
    const slot = base.kind === 'number' ? `number ${powers.size}` : key
    powers.set(slot, {
      base: known?.base ?? base,
      key,
      exponent: known === undefined ? exponent : addExponents(store, known.exponent, exponent),
    })
  }
  const walk = (part: Expr, order: Rational): void => {
    switch (part.kind) {
      case 'neg':
        if (order.numerator % 2n !== 0n) negative = !negative
        walk(part.args[0]!, order)
        return
      case 'mul':
        for (const factor of part.args) walk(factor, order)
        return
      case 'div':
        walk(part.args[0]!, order)
        walk(part.args[1]!, order.negate())
        return
      case 'pow': {
        const inner = rationalOf(part.args[1]!)
        const isCompound = /^(neg|mul|div|pow)$/.test(part.args[0]!.kind)
        if (inner?.isInteger && isCompound) return walk(part.args[0]!, order.multiply(inner))
      }
    }
    if (isNumber(part, 1)) return
    const { base, exponent } = powerOf(part, store)
    insert(base, scaleExponent(store, exponent, order))
  }
  walk(term, Rational.one)
  return { negative, powers: [...powers.values()].filter((power) => rationalOf(power.exponent)?.sign !== 0) }
}

/** The monomial as a fraction, with no more brackets than its powers have; without its sign. */
export function writeMonomial(store: TermStore, powers: readonly MonomialPower[]): Expr {
  const above: Expr[] = []
  const below: Expr[] = []
  for (const { base, exponent } of powers) {
    const value = rationalOf(exponent)
    if (value !== undefined && value.sign < 0) {
      below.push(writePower(store, base, writeNumber(store, value.negate(), isDecimal(exponent))))
    } else above.push(writePower(store, base, exponent))
  }
  const numerator = store.mul(above.filter((factor) => !isNumber(factor, 1)).flatMap(factorsOf))
  return below.length === 0 ? numerator : store.div(numerator, store.mul(below.flatMap(factorsOf)))
}

function scaleExponent(store: TermStore, exponent: Expr, order: Rational): Expr {
  if (order.equals(Rational.one)) return exponent
  const value = rationalOf(exponent)
  if (value !== undefined) return writeNumber(store, value.multiply(order), isDecimal(exponent))
  if (order.equals(Rational.one.negate())) return negateExponent(store, exponent)
  return store.mul([store.rational(order), ...factorsOf(exponent)])
}

export function negateExponent(store: TermStore, exponent: Expr): Expr {
  if (exponent.kind === 'neg') return exponent.args[0]!
  if (exponent.kind === 'add') return store.add(exponent.args.map((arg) => negateExponent(store, arg)))
  return store.neg(exponent)
}
