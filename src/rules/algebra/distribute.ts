import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { greatestCommonDivisor } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule, RuleContext } from '../rule.ts'
import { denominatorOf, maximumTerms } from './denominator.ts'
import { monomialOf } from './monomial.ts'
import { factorsOf } from './number.ts'

/**
 * u*(v + w) = u*v + u*w and (v + w)/u = v/u + w/u; of several sums, one of fractions is taken first. A residual
 * that the user wrote stays whole.
 */
export const distribute: Rule = {
  id: 'distribute',
  title: 'distr.',
  law: 'u*(v + w) = u*v + u*w',
  because: 'each term in the brackets is multiplied by the factor outside',
  examples: [
    ['x*(y + z)', 'x*y + x*z'],
    ['(x + y)/z', 'x/z + y/z'],
  ],
  on: ['mul', 'div'],
  apply(term, context) {
    const { store } = context
    if (term.kind === 'mul') return multiplyOut(term.args, context)
    const [above, below] = term.args as [Expr, Expr]
    const sum = multiplyOut(factorsOf(above), context)
    if (sum === undefined) return undefined
    return store.add(
      sum.args.map((summand) =>
        summand.kind === 'neg' ? store.neg(store.div(summand.args[0]!, below)) : store.div(summand, below),
      ),
    )
  },
}

/** A product with one of its sums multiplied out; nothing where it has none. */
function multiplyOut(factors: readonly Expr[], { store, isWritten }: RuleContext): Expr | undefined {
  const isSum = (factor: Expr): boolean =>
    factor.kind === 'add' && factor.args.length <= maximumTerms && !isWritten(factor)
  const hasFraction = (arg: Expr): boolean => denominatorOf(monomialOf(store, arg), store).length > 0
  const ofFractions = factors.findIndex((factor) => isSum(factor) && factor.args.some(hasFraction))
  const position = ofFractions >= 0 ? ofFractions : factors.findIndex(isSum)
  if (position < 0) return undefined
  return store.add(
    factors[position]!.args.map((summand) => {
      const positive = summand.kind === 'neg' ? summand.args[0]! : summand
      const product = store.mul(
        factors.flatMap((factor, i) =>
          i !== position ? [factor] : isNumber(positive, 1) && factors.length > 1 ? [] : factorsOf(positive),
        ),
      )
      return summand.kind === 'neg' ? store.neg(product) : product
    }),
  )
}

/** w*(2*u - 2*v) = 2*w*(u - v), for a whole number that stands in every term; a sum on its own keeps it. */
export const commonNumber: Rule = {
  id: 'common-number',
  title: 'distr.',
  law: 'w*(2*u - 2*v) = 2*w*(u - v)',
  because: 'a number common to all terms moves in front of the brackets',
  examples: [
    ['w*(2*x - 4*y)', 'w*2*(x - 2*y)'],
    ['sum(i=1..N, 2*p_i - 2*q_i)', 'sum(i=1..N, 2*(p_i - q_i))'],
  ],
  on: ['mul', 'div', 'big'],
  apply(term, { store }) {
    for (const [i, sum] of term.args.entries()) {
      if (sum.kind !== 'add' || (term.kind === 'big' && i < 2)) continue
      const divisor = sum.args.reduce((number, arg) => greatestCommonDivisor(number, wholeNumberOf(arg)), 0n)
      if (divisor < 2n) continue
      const rest = store.add(sum.args.map((summand) => divide(store, summand, divisor)))
      const product = store.mul([store.number(divisor), rest])
      return store.rebuild(
        term,
        term.args.map((arg, j) => (i === j ? product : arg)),
      )
    }
    return undefined
  },
}

/** The whole number in front of a term, without its sign. */
function wholeNumberOf(term: Expr): bigint {
  if (term.kind === 'neg') return wholeNumberOf(term.args[0]!)
  const first = factorsOf(term)[0]!
  return first.kind === 'number' && first.value.isInteger ? first.value.numerator : 1n
}

function divide(store: TermStore, term: Expr, divisor: bigint): Expr {
  if (term.kind === 'neg') return store.neg(divide(store, term.args[0]!, divisor))
  const quotient = wholeNumberOf(term) / divisor
  const rest = factorsOf(term).slice(1)
  return store.mul(quotient === 1n && rest.length > 0 ? rest : [store.number(quotient), ...rest])
}
