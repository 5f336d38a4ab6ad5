import { canonical } from '../../term/canonical.ts'
import { type Expr, isNumber } from '../../term/expr.ts'
import type { Rule, RuleContext } from '../rule.ts'
import { factorsOf, isBig, powerOf, rationalOf } from './number.ts'

/** u*(-v) = -(u*v): the signs of all factors, as one minus in front or none. */
export const signOfProduct: Rule = {
  id: 'sign-of-product',
  title: 'sign',
  law: 'u*(-v) = -(u*v)',
  because: 'the sign of a factor moves in front of the product',
  examples: [['2*(-x)', '-(2*x)']],
  on: ['mul'],
  prominence: 'minor',
  apply(term, { store }) {
    const negative = term.args.filter((arg) => arg.kind === 'neg').length
    if (negative === 0) return undefined
    const product = store.mul(term.args.map((arg) => (arg.kind === 'neg' ? arg.args[0]! : arg)))
    return negative % 2 === 1 ? store.neg(product) : product
  },
}

/** (-u)/v = -(u/v) */
export const signOfQuotient: Rule = {
  id: 'sign-of-quotient',
  title: 'sign',
  law: '(-u)/v = -(u/v)',
  because: 'the sign of numerator or denominator moves in front of the fraction',
  examples: [['(-x)/2', '-(x/2)']],
  on: ['div'],
  prominence: 'minor',
  apply(term, { store }) {
    const [above, below] = term.args as [Expr, Expr]
    if (above.kind !== 'neg' && below.kind !== 'neg') return undefined
    const quotient = store.div(stripSign(above), stripSign(below))
    return above.kind === 'neg' && below.kind === 'neg' ? quotient : store.neg(quotient)
  },
}

/** (-u)^2 = u^2 */
export const signOfPower: Rule = {
  id: 'sign-of-power',
  title: 'sign',
  law: '(-u)^2 = u^2',
  because: 'an even power loses the sign, an odd one keeps it',
  examples: [
    ['(-x)^2', 'x^2'],
    ['(-x)^3', '-x^3'],
  ],
  on: ['pow'],
  prominence: 'minor',
  apply(term, { store }) {
    const [base, exponent] = term.args as [Expr, Expr]
    const value = rationalOf(exponent)
    if (base.kind !== 'neg' || !value?.isInteger) return undefined
    const power = store.pow(base.args[0]!, exponent)
    return value.numerator % 2n === 0n ? power : store.neg(power)
  },
}

/**
 * -a + b = b - a: a sum starts with a positive term where it has one. A sum over an index that comes first
 * stays first: it is the loss proper, and what follows it is a penalty.
 */
export const leadPositive: Rule = {
  id: 'lead-positive',
  title: 'comm.',
  law: '-u + v = v - u',
  because: 'a sum is written with a positive term first',
  examples: [['-x + y', 'y - x']],
  on: ['add'],
  apply(term, { store }) {
    if (term.args[0]!.kind !== 'neg' || hasBigFactor(term.args[0]!.args[0]!)) return undefined
    const first = term.args.findIndex((arg) => arg.kind !== 'neg')
    if (first < 0) return undefined
    return store.add([term.args[first]!, ...term.args.filter((_, i) => i !== first)])
  },
}

/** u*(-v - w) = u*(-(v + w)): a factor or base all of whose terms are negative has one minus in front. */
export const negativeSum: Rule = {
  id: 'negative-sum',
  title: 'distr.',
  law: 'u*(-v - w) = u*(-(v + w))',
  because: 'the common sign moves in front',
  examples: [
    ['2*(-x - y)', '2*(-(x + y))'],
    ['(-x - y)^2', '(-(x + y))^2'],
  ],
  on: ['mul', 'div', 'pow'],
  apply(term, { store }) {
    if (term.kind === 'pow' && !rationalOf(term.args[1]!)?.isInteger) return undefined
    const i = term.args.findIndex(
      (arg, position) => isNegativeSum(arg) && !(term.kind === 'pow' && position > 0),
    )
    if (i < 0) return undefined
    const positive = store.neg(store.add(term.args[i]!.args.map(stripSign)))
    return store.rebuild(
      term,
      term.args.map((arg, j) => (i === j ? positive : arg)),
    )
  },
}

/** u - (v - w) = u - v + w, and u + -(v + w) = u - v - w */
export const subtractSum: Rule = {
  id: 'subtract-sum',
  title: 'distr.',
  law: 'u - (v - w) = u - v + w',
  because: 'a minus in front of brackets turns every sign inside',
  examples: [['x - (y - z)', 'x - y + z']],
  on: ['add'],
  apply(term, { store }) {
    if (!term.args.some((arg) => arg.kind === 'neg' && arg.args[0]!.kind === 'add')) return undefined
    return store.add(
      term.args.flatMap((arg) =>
        arg.kind === 'neg' && arg.args[0]!.kind === 'add'
          ? arg.args[0]!.args.map((inner) => turn(inner))
          : [arg],
      ),
    )
    function turn(inner: Expr): Expr {
      return inner.kind === 'neg' ? inner.args[0]! : store.neg(inner)
    }
  },
}

/**
 * -(u*(v - w)) = u*(w - v): a minus is taken into a difference that the derivation made. A residual that the
 * user wrote keeps its form and the minus stays in front.
 */
export const absorbSign: Rule = {
  id: 'absorb-sign',
  title: 'distr.',
  law: '-(u*(v - w)) = u*(w - v)',
  because: 'the minus in front turns the difference around',
  examples: [['-(2*(x - y))', '2*(y - x)']],
  on: ['neg'],
  apply(term, context) {
    return turnDifference(term.args[0]!, context)
  },
}

/** The term with the first difference among its factors turned around; through sums over an index. */
function turnDifference(term: Expr, context: RuleContext): Expr | undefined {
  const { store } = context
  switch (term.kind) {
    case 'add': {
      // 1 - a^2 is a factor in its own right, as the derivative of tanh is, and reads worse turned around.
      if (term.args[0]!.kind === 'number' && term.args.some(isSquare)) return undefined
      if (context.isWritten(term) || !term.args.some((arg) => arg.kind === 'neg')) return undefined
      const turned = term.args.map((arg) => (arg.kind === 'neg' ? arg.args[0]! : store.neg(arg)))
      return store.add([
        ...turned.filter((arg) => arg.kind !== 'neg'),
        ...turned.filter((arg) => arg.kind === 'neg'),
      ])
    }
    case 'mul':
    case 'big':
    case 'div': {
      if (term.kind === 'big' && term.name !== 'sum') return undefined
      const candidates = term.kind === 'big' ? [2] : term.kind === 'div' ? [0] : term.args.keys()
      for (const i of candidates) {
        const arg = term.args[i]!
        if (term.kind === 'mul' && isComplement(arg, term)) continue
        const turned = turnDifference(arg, context)
        if (turned !== undefined)
          return store.rebuild(
            term,
            term.args.map((other, j) => (i === j ? turned : other)),
          )
      }
      return undefined
    }
    default:
      return undefined
  }
}

/** (u - v)/(v - u) = -1 and (u - v)*(v - u) = -(u - v)^2: differences that are each other's negative are one. */
export const oppositeDifferences: Rule = {
  id: 'opposite-differences',
  title: 'sign',
  law: 'w*(u - v)/(v - u) = -w*(v - u)/(v - u)',
  because: 'one difference is the other turned around',
  examples: [
    ['(x - y)*z/(y - x)', '-(y - x)*z/(y - x)'],
    ['(x - y)*(y - x)', '-(x - y)*(x - y)'],
  ],
  on: ['div', 'mul'],
  apply(term, { store }) {
    const sides = term.kind === 'div' ? term.args.map(factorsOf) : [term.args, term.args]
    const [above, others] = sides as [readonly Expr[], readonly Expr[]]
    for (const [i, factor] of above.entries()) {
      if (factor.kind !== 'add') continue
      // The negative of v + w is no factor: its minus would be taken in front again, for ever.
      if (factor.args.every((summand) => summand.kind !== 'neg')) continue
      const negated = canonical(store, store.neg(factor))
      // m - m is its own negative, and would be turned around for ever
      if (negated === canonical(store, factor)) continue
      const j = others.findIndex((other, k) => {
        if (term.kind === 'mul' && k >= i) return false
        const { base } = powerOf(other, store)
        return base.kind === 'add' && canonical(store, base) === negated
      })
      if (j < 0) continue
      const { base } = powerOf(others[j]!, store)
      const product = store.mul(above.map((arg, k) => (k === i ? base : arg)))
      return store.neg(term.kind === 'div' ? store.div(product, term.args[1]!) : product)
    }
    return undefined
  },
}

function isNegativeSum(term: Expr): boolean {
  return term.kind === 'add' && term.args.every((summand) => summand.kind === 'neg')
}

function hasBigFactor(term: Expr): boolean {
  return factorsOf(term.kind === 'div' ? term.args[0]! : term).some(isBig)
}

function stripSign(term: Expr): Expr {
  return term.kind === 'neg' ? term.args[0]! : term
}

/** Whether a factor is 1 - p beside p: p*(1 - p) is a form of its own. */
function isComplement(factor: Expr, { args }: Expr): boolean {
  if (factor.kind !== 'add' || factor.args.length !== 2 || !isNumber(factor.args[0]!, 1)) return false
  const [, second] = factor.args
  return second!.kind === 'neg' && args.includes(second!.args[0]!)
}

function isSquare(term: Expr): boolean {
  const positive = stripSign(term)
  return positive.kind === 'pow' && rationalOf(positive.args[1]!)?.sign === 1
}
