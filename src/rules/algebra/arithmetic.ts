import { functions } from '../../functions/index.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { greatestCommonDivisor, Rational } from '../../term/rational.ts'
import type { Rule } from '../rule.ts'
import { factorsOf, isDecimal, rationalOf, writeNumber } from './number.ts'

/** 2 + 3 = 5: the numbers of a sum, put where the first of them stood. */
export const addNumbers: Rule = {
  id: 'add-numbers',
  title: 'arithmetic',
  law: '2 + 3 = 5',
  because: 'the numbers are added',
  examples: [['2 + x + 3', '5 + x']],
  on: ['add'],
  prominence: 'minor',
  apply(term, { store }) {
    const values = term.args.map(rationalOf)
    const numeric = values.filter((value) => value !== undefined)
    if (numeric.length < 2) return undefined
    const total = numeric.reduce((sum, value) => sum.add(value))
    const first = values.findIndex((value) => value !== undefined)
    const decimals = term.args.some((arg, i) => values[i] !== undefined && isDecimal(arg))
    return store.add(
      term.args.flatMap((arg, i) =>
        i === first ? [writeNumber(store, total, decimals)] : values[i] === undefined ? [arg] : [],
      ),
    )
  },
}

/** 2*x*3 = 6*x: the numbers of a product, put in front. */
export const multiplyNumbers: Rule = {
  id: 'multiply-numbers',
  title: 'arithmetic',
  law: '2*u*3 = 6*u',
  because: 'the numbers are multiplied',
  examples: [['2*x*3', '6*x']],
  on: ['mul'],
  prominence: 'minor',
  apply(term, { store }) {
    const values = term.args.map(rationalOf)
    const numeric = values.filter((value) => value !== undefined)
    if (numeric.length < 2) return undefined
    const product = numeric.reduce((total, value) => total.multiply(value))
    const decimals = term.args.some((arg, i) => values[i] !== undefined && isDecimal(arg))
    const rest = term.args.filter((_, i) => values[i] === undefined)
    return store.mul([writeNumber(store, product, decimals), ...rest])
  },
}

/** 4*x/6 = 2*x/3 and 6/3 = 2: the numbers of a fraction in lowest terms. */
export const reduceNumbers: Rule = {
  id: 'reduce-numbers',
  title: 'cancel',
  law: '4*u/(6*v) = 2*u/(3*v)',
  because: 'a common factor of numerator and denominator cancels',
  examples: [['4*x/6', '2*x/3']],
  on: ['div'],
  apply(term, { store }) {
    const [above, below] = term.args.map(leadingNumber) as [Rational | undefined, Rational | undefined]
    if (below === undefined || below.sign === 0) return undefined
    const numerator = above ?? Rational.one
    const decimals =
      isDecimal(term.args[0]!.kind === 'mul' ? term.args[0]!.args[0]! : term.args[0]!) || !below.isInteger
    const quotient = numerator.divide(below)
    const [up, down] =
      decimals && quotient.abs().toDecimal() !== undefined
        ? [quotient.toDecimal()!, '1']
        : [`${quotient.numerator}`, `${quotient.denominator}`]
    if (`${numerator.toDecimal()}` === up && `${below.toDecimal()}` === down) return undefined
    if (
      above === undefined &&
      greatestCommonDivisor(below.numerator, 1n) === below.denominator &&
      below.isInteger
    ) {
      return undefined
    }
    const newAbove = replaceNumber(term.args[0]!, up)
    const newBelow = replaceNumber(term.args[1]!, down)
    return isNumber(newBelow, 1) ? newAbove : store.div(newAbove, newBelow)

    function replaceNumber(side: Expr, text: string): Expr {
      const rest = leadingNumber(side) === undefined ? factorsOf(side) : factorsOf(side).slice(1)
      return text === '1' ? store.mul(rest) : store.mul([store.number(text), ...rest])
    }
  },
}

function leadingNumber(side: Expr): Rational | undefined {
  const first = factorsOf(side)[0]!
  return first.kind === 'number' ? first.value : undefined
}

/** 2^3 = 8, for a number that stays readable. */
export const numericPower: Rule = {
  id: 'numeric-power',
  title: 'arithmetic',
  law: '2^3 = 8',
  because: 'the power of a number is computed',
  examples: [['2^3', '8']],
  on: ['pow'],
  prominence: 'minor',
  apply(term, { store }) {
    const base = term.args[0]!.kind === 'number' ? term.args[0]!.value : undefined
    const exponent = rationalOf(term.args[1]!)
    if (base === undefined || !exponent?.isInteger || exponent.abs().numerator > 64n) return undefined
    if (base.sign === 0 && exponent.sign <= 0) return undefined
    const value = base.power(Number(exponent.numerator))
    return value.numerator > 10n ** 9n || value.denominator > 10n ** 9n
      ? undefined
      : writeNumber(store, value, isDecimal(term.args[0]!))
  },
}

/** log(1) = 0, exp(0) = 1, sin(0) = 0, sqrt(4) = 2: values that are whole numbers exactly. */
export const exactValue: Rule = {
  id: 'exact-value',
  title: 'exact value',
  law: 'log(1) = 0',
  because: 'the function has an exact value there',
  examples: [
    ['log(1)', '0'],
    ['cos(0)', '1'],
    ['sqrt(9)', '3'],
  ],
  on: ['call'],
  prominence: 'minor',
  apply(term, { store }) {
    if (term.kind !== 'call' || term.args.length !== 1) return undefined
    const argument = term.args[0]!
    if (term.name === 'sqrt' && argument.kind === 'number' && argument.value.isInteger) {
      const root = BigInt(Math.round(Math.sqrt(argument.value.toNumber())))
      return root * root === argument.value.numerator ? store.number(root) : undefined
    }
    if (
      term.name === 'log' &&
      argument.kind === 'symbol' &&
      argument.name === 'e' &&
      argument.args.length === 0
    ) {
      return store.number(1)
    }
    if (!isNumber(argument, 0) && !(term.name === 'log' && isNumber(argument, 1))) return undefined
    const value = functions
      .get(term.name)
      ?.evaluate(Number(argument.kind === 'number' ? argument.name : Number.NaN))
    return value === 0 || value === 1 ? store.number(value) : undefined
  },
}
