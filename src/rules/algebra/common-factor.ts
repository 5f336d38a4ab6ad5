import type { Expr } from '../../term/expr.ts'
import { writtenLength } from '../../term/length.ts'
import { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule } from '../rule.ts'
import { type Monomial, type MonomialPower, monomialOf, negateExponent, writeMonomial } from './monomial.ts'
import { addExponents, rationalOf } from './number.ts'

/**
 * u*v + u*w = u*(v + w) and v/u + w/u = (v + w)/u, where the result is shorter. Different powers of a divisor,
 * as in N/sigma - S/sigma^3, stay where they are.
 */
export const commonFactor: Rule = {
  id: 'common-factor',
  title: 'distr.',
  law: 'u*v + u*w = u*(v + w)',
  because: 'a factor common to all terms moves in front of the brackets',
  examples: [
    ['x*sin(x) + x*cos(x)', 'x*(sin(x) + cos(x))'],
    ['x/y + z/y', '(x + z)/y'],
    ['y^s*x - y^(s + 1)*(z + x)', 'y^s*(x - y*(z + x))'],
  ],
  on: ['add'],
  apply(term, { store }) {
    const parts = term.args.map((summand) => monomialOf(store, summand))
    const common = parts[0]!.powers.flatMap((power) => shared(store, power, parts) ?? [])
    if (common.length === 0) return undefined
    const number = commonNumber(parts)
    const rest = store.add(parts.map((part) => without(store, part, common, number)))
    const outside = common.map(({ power }) => power)
    const above = writeMonomial(store, outside.filter(isAbove))
    const below = outside.filter((power) => !isAbove(power))
    const factors = [
      ...(number > 1n ? [store.number(number)] : []),
      ...(above.kind === 'number' ? [] : above.kind === 'mul' ? above.args : [above]),
      rest,
    ]
    const product = store.mul(factors)
    const after =
      below.length === 0
        ? product
        : store.div(
            product,
            writeMonomial(
              store,
              below.map((power) => ({ ...power, exponent: negateExponent(store, power.exponent) })),
            ),
          )
    // Powers that differ, as gamma and gamma - 1 do, are the more readable the less is nested in brackets.
    const gain = common.some(({ isSymbolic }) => isSymbolic) ? 3 : 1
    return writtenLength(after) <= writtenLength(term) - gain ? after : undefined
  },
}

interface Shared {
  readonly power: MonomialPower
  readonly isSymbolic: boolean
}

/** The power of a base that every part has; nothing where some part has none. */
function shared(store: TermStore, power: MonomialPower, parts: readonly Monomial[]): Shared | undefined {
  if (power.base.kind === 'number' || rationalOf(power.key) !== undefined) return undefined
  const value = rationalOf(power.exponent)
  let least = power
  let distance = Rational.zero
  let isSymbolic = false
  for (const part of parts) {
    const other = part.powers.find(({ key }) => key === power.key)
    if (other === undefined) return undefined
    const difference = rationalOf(addExponents(store, other.exponent, negateExponent(store, power.exponent)))
    if (difference === undefined) return undefined
    if (value === undefined) isSymbolic ||= difference.sign !== 0
    else {
      const order = value.add(difference)
      if (order.sign !== value.sign || (order.sign < 0 && difference.sign !== 0)) return undefined
    }
    if (difference.compare(distance) < 0) {
      least = other
      distance = difference
    }
  }
  return { power: { ...least, base: power.base }, isSymbolic }
}

/** What is left of a part when the common factors and number are taken out. */
function without(store: TermStore, part: Monomial, common: readonly Shared[], number: bigint): Expr {
  const powers = part.powers.flatMap((power) => {
    const taken = common.find((entry) => entry.power.key === power.key)?.power
    if (taken !== undefined) {
      const exponent = addExponents(store, power.exponent, negateExponent(store, taken.exponent))
      return rationalOf(exponent)?.sign === 0 ? [] : [{ ...power, exponent }]
    }
    if (number > 1n && power.base.kind === 'number' && isAbove(power)) {
      const quotient = power.base.value.numerator / number
      return quotient === 1n ? [] : [{ ...power, base: store.number(quotient) }]
    }
    return [power]
  })
  const rest = writeMonomial(store, powers)
  return part.negative ? store.neg(rest) : rest
}

function isAbove({ exponent }: MonomialPower): boolean {
  return (rationalOf(exponent)?.sign ?? 1) > 0
}

/** The largest whole number that divides every part; 1 where some part has none, or has it in a fraction. */
function commonNumber(parts: readonly Monomial[]): bigint {
  let divisor = 0n
  for (const { powers } of parts) {
    const [number, another] = powers.filter(({ base }) => base.kind === 'number')
    if (number?.base.kind !== 'number' || another !== undefined || !number.base.value.isInteger) return 1n
    if (!rationalOf(number.exponent)?.equals(Rational.one)) return 1n
    let a = divisor
    let b = number.base.value.numerator
    while (b !== 0n) [a, b] = [b, a % b]
    divisor = a
  }
  return divisor
}
