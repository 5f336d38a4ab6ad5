import { shift } from '../../term/binder.ts'
import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule, RuleContext } from '../rule.ts'
import { type Monomial, type MonomialPower, monomialOf, negateExponent, writeMonomial } from './monomial.ts'
import { addExponents, factorsOf, isBig, rationalOf } from './number.ts'

/** Sums of more terms are not brought over one denominator, and not multiplied out. */
export const maximumTerms = 12

/** u/v + w/y = (u*y + w*v)/(v*y) */
export const commonDenominator: Rule = {
  id: 'common-denominator',
  title: 'common denominator',
  law: 'u/v + w/y = (u*y + w*v)/(v*y)',
  because: 'fractions are added over a common denominator',
  examples: [
    ['x/(1 - z) - y/z', '(x*z - y*(1 - z))/((1 - z)*z)'],
    ['1 - 1/(1 + x)', '(1 + x - 1)/(1 + x)'],
  ],
  on: ['add'],
  apply(term, { store }) {
    if (term.args.length > maximumTerms) return undefined
    const parts = term.args.map((summand) => monomialOf(store, summand))
    const below = leastMultiple(parts.map((part) => denominatorOf(part, store)))
    if (below.length === 0 || parts.some(hasSum)) return undefined
    const above = store.add(parts.map((part) => times(store, part, below)))
    return store.div(above, writeMonomial(store, below))
  },
}

/**
 * w + u/y - v/y = w + (u - v)/y: the fractions of a sum that have the same denominator are one. A sum over an
 * index keeps the coefficient in front of it.
 */
export const sameDenominator: Rule = {
  id: 'same-denominator',
  title: 'fractions',
  law: 'w + u/a - v/a = w + (u - v)/a',
  because: 'fractions with the same denominator are added',
  examples: [['z + x/y - 1/y', 'z + (x - 1)/y']],
  on: ['add'],
  apply(term, { store }) {
    const bars = term.args.map((summand) => {
      const positive = summand.kind === 'neg' ? summand.args[0]! : summand
      return positive.kind === 'div' && !isBig(positive.args[0]!) ? positive : undefined
    })
    for (const [i, bar] of bars.entries()) {
      if (bar === undefined || bar.args[1]!.kind === 'number') continue
      const same = bars.flatMap((other, j) => (j >= i && other?.args[1] === bar.args[1] ? [j] : []))
      if (same.length < 2) continue
      const above = same.map((j) => {
        const numerator = bars[j]!.args[0]!
        return term.args[j]!.kind === 'neg' ? store.neg(numerator) : numerator
      })
      const fraction = store.div(store.add(above), bar.args[1]!)
      return store.add(term.args.flatMap((arg, j) => (j === i ? [fraction] : same.includes(j) ? [] : [arg])))
    }
    return undefined
  },
}

/** Whether a sum over an index is a factor: with a coefficient of its own it stands last, as in N/s - 1/s^2*S. */
function hasSum({ powers }: Monomial): boolean {
  return powers.some((power) => power.base.kind === 'big' && (rationalOf(power.exponent)?.sign ?? 1) > 0)
}

/** u/(v + w/y) = u*y/(v*y + w): what stands above and below is multiplied by the denominators inside. */
export const clearDenominators: Rule = {
  id: 'clear-denominators',
  title: 'fractions',
  law: 'u/(v + w/y) = u*y/(v*y + w)',
  needs: ['y != 0, as the fraction inside demands'],
  because: 'numerator and denominator are multiplied by the denominators inside',
  examples: [['x/(1 + z/y)', 'x*y/(y + z)']],
  on: ['div'],
  apply(term, { store }) {
    const above = factorsOf(term.args[0]!)
    const below = factorsOf(term.args[1]!)
    const [clearedAbove, gainedAbove] = clearSums(store, above)
    const [clearedBelow, gainedBelow] = clearSums(store, below)
    if (gainedAbove.length === 0 && gainedBelow.length === 0) return undefined
    return store.div(
      store.mul([...clearedAbove, ...gainedBelow].filter((factor) => !isNumber(factor, 1))),
      store.mul([...clearedBelow, ...gainedAbove].filter((factor) => !isNumber(factor, 1))),
    )
  },
}

/**
 * (u*w + v)/(w^2*y) = (u + v/w)/(w*y): a divisor that stands in some term above divides every term. A fraction in a
 * fraction is left only where it is a softmax, exp(z_k)/S; else the divisor has to go.
 */
export const divideThrough: Rule = {
  id: 'divide-through',
  title: 'fractions',
  law: '(u*w + v)/w = u + v/w',
  needs: ['w != 0, as the fraction demands'],
  because: 'each term of the numerator is divided by the divisor',
  examples: [
    ['(x*z - y)/z', 'x - y/z'],
    [
      '(x*sum(k=1..n, exp(z_k)) - y)/sum(k=1..n, exp(z_k))^2',
      '(x - y/sum(k=1..n, exp(z_k)))/sum(k=1..n, exp(z_k))',
    ],
  ],
  on: ['div'],
  apply(term, context) {
    const { store } = context
    const { powers: below, negative } = monomialOf(store, term.args[1]!)
    const signed = (quotient: Expr): Expr => (negative ? store.neg(quotient) : quotient)
    for (const divisor of below) {
      const order = rationalOf(divisor.exponent)
      if (divisor.base.kind === 'number' || order === undefined || order.compare(Rational.one) < 0) continue
      const above = divideTerms(context, term.args[0]!, divisor.base)
      if (above === undefined) continue
      const rest = times(store, { negative: false, powers: below }, [inverseOf(store, divisor.base)])
      if (isNumber(rest, 1)) return signed(above)
      if (isSumOfExponentials(divisor.base)) return signed(store.div(above, rest))
    }
    return undefined
  },
}

function isSumOfExponentials(term: Expr): boolean {
  return term.kind === 'big' && term.name === 'sum' && hasExponential(term.args[2]!)
}

function hasExponential(term: Expr): boolean {
  return (term.kind === 'call' && term.name === 'exp') || term.args.some(hasExponential)
}

/**
 * The term with the terms of a sum in it divided, where some of them has the divisor as a factor. A residual that
 * the user wrote stays whole.
 */
function divideTerms(context: RuleContext, term: Expr, divisor: Expr): Expr | undefined {
  const { store, isWritten } = context
  switch (term.kind) {
    case 'add': {
      if (term.args.length > maximumTerms || isWritten(term)) return undefined
      const inverse = inverseOf(store, divisor)
      const parts = term.args.map((summand) => monomialOf(store, summand))
      const stands = ({ powers }: Monomial): boolean =>
        powers.some(({ key, exponent }) => key === inverse.key && (rationalOf(exponent)?.sign ?? 0) > 0)
      return parts.some(stands) ? store.add(parts.map((part) => times(store, part, [inverse]))) : undefined
    }
    case 'mul':
    case 'big': {
      if (term.kind === 'big' && term.name !== 'sum') return undefined
      const inner = term.kind === 'big' ? shift(store, divisor, 1) : divisor
      for (const i of term.kind === 'big' ? [2] : term.args.keys()) {
        const divided = divideTerms(context, term.args[i]!, inner)
        if (divided === undefined) continue
        return store.rebuild(
          term,
          term.args.map((arg, j) => (i === j ? divided : arg)),
        )
      }
      return undefined
    }
    default:
      return undefined
  }
}

function inverseOf(store: TermStore, base: Expr): MonomialPower {
  return { base, key: canonical(store, base), exponent: store.neg(store.number(1)) }
}

/** The factors with each sum of fractions multiplied by its denominators, and what they were multiplied by. */
function clearSums(store: TermStore, factors: readonly Expr[]): readonly [readonly Expr[], readonly Expr[]] {
  const gained: Expr[] = []
  const cleared = factors.map((factor) => {
    const order = factor.kind === 'pow' ? rationalOf(factor.args[1]!) : undefined
    const sum = order?.isInteger && order.sign > 0 ? factor.args[0]! : factor
    if (sum.kind !== 'add' || sum.args.length > maximumTerms) return factor
    const parts = sum.args.map((summand) => monomialOf(store, summand))
    const below = leastMultiple(parts.map((part) => denominatorOf(part, store)))
    if (below.length === 0) return factor
    const product = store.add(parts.map((part) => times(store, part, below)))
    const divisor = writeMonomial(store, below)
    if (sum === factor) {
      gained.push(...factorsOf(divisor))
      return product
    }
    gained.push(store.pow(divisor, factor.args[1]!))
    return store.pow(product, factor.args[1]!)
  })
  return [cleared, gained]
}

/** The powers below the fraction bar, with positive exponents; numbers among them. */
export function denominatorOf({ powers }: Monomial, store: TermStore): readonly MonomialPower[] {
  return powers.flatMap((power) => {
    const order = rationalOf(power.exponent)
    return order !== undefined && order.sign < 0
      ? [{ ...power, exponent: negateExponent(store, power.exponent) }]
      : []
  })
}

/** The least product that every denominator divides. */
function leastMultiple(denominators: readonly (readonly MonomialPower[])[]): readonly MonomialPower[] {
  const least = new Map<Expr, MonomialPower>()
  for (const power of denominators.flat()) {
    const known = least.get(power.key)
    if (known === undefined || isLess(known.exponent, power.exponent)) least.set(power.key, power)
  }
  return [...least.values()]
}

function isLess(left: Expr, right: Expr): boolean {
  return rationalOf(left)!.compare(rationalOf(right)!) < 0
}

/** A summand times powers of which its own denominator is a part. */
function times(store: TermStore, { negative, powers }: Monomial, factors: readonly MonomialPower[]): Expr {
  const left = new Map(factors.map((factor) => [factor.key, factor]))
  const product = powers.flatMap((power) => {
    const factor = left.get(power.key)
    if (factor === undefined) return [power]
    left.delete(power.key)
    const exponent = addExponents(store, power.exponent, factor.exponent)
    return rationalOf(exponent)?.sign === 0 ? [] : [{ ...power, exponent }]
  })
  const term = writeMonomial(store, [...product, ...left.values()])
  return negative ? store.neg(term) : term
}
