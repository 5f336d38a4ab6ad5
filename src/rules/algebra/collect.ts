import { canonical, splitCoefficient } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule } from '../rule.ts'
import { factorsOf, isDecimal, powerOf, rationalOf, writeNumber, writePower } from './number.ts'

/** 2*u + 3*u = 5*u */
export const collectLikeTerms: Rule = {
  id: 'collect',
  title: 'collect',
  law: '2*u + 3*u = 5*u',
  because: 'like terms are added',
  examples: [
    ['2*x + 3*x', '5*x'],
    ['x + y + x', '2*x + y'],
  ],
  on: ['add'],
  apply(term, { store }) {
    const groups = new Map<Expr, { first: number; total: Rational; count: number }>()
    const cores: Expr[] = []
    for (const [i, summand] of term.args.entries()) {
      const [coefficient, core] = splitCoefficient(store, canonical(store, summand))
      cores.push(core)
      const group = groups.get(core)
      if (group === undefined) groups.set(core, { first: i, total: coefficient, count: 1 })
      else {
        group.total = group.total.add(coefficient)
        group.count++
      }
    }
    if (groups.size === term.args.length) return undefined
    const decimals = term.args.some((summand) => isDecimal(factorsOf(stripSign(summand))[0]!))
    return store.add(
      term.args.flatMap((summand, i) => {
        const group = groups.get(cores[i]!)!
        if (group.first !== i) return []
        return group.count === 1 ? [summand] : [withCoefficient(store, summand, group.total, decimals)]
      }),
    )
  },
}

/** The written term with another rational coefficient in front of what is common to like terms. */
function withCoefficient(store: TermStore, term: Expr, total: Rational, decimals: boolean): Expr {
  if (total.sign === 0) return store.number(0)
  const bare = withoutCoefficient(store, term)
  // A sum among the factors, such as (2x + 2y), keeps its numbers, which are part of the total.
  const [hidden] = splitCoefficient(store, canonical(store, bare))
  // What cancels to 0, such as (x - x)*y, is like a number, and a number is left.
  if (hidden.sign === 0) return withCoefficient(store, store.number(1), total, decimals)
  const coefficient = total.divide(hidden)
  const size = writeNumber(store, coefficient.abs(), decimals)
  const product = isNumber(size, 1) ? bare : isNumber(bare, 1) ? size : store.mul([size, ...factorsOf(bare)])
  return coefficient.sign < 0 ? store.neg(product) : product
}

function withoutCoefficient(store: TermStore, term: Expr): Expr {
  if (term.kind === 'neg') return withoutCoefficient(store, term.args[0]!)
  if (rationalOf(term) !== undefined) return store.number(1)
  if (term.kind === 'mul') return store.mul(term.args.filter((arg) => rationalOf(arg) === undefined))
  if (term.kind !== 'div') return term
  const above = withoutCoefficient(store, term.args[0]!)
  const below = withoutCoefficient(store, term.args[1]!)
  return isNumber(below, 1) ? above : store.div(above, below)
}

/** u*v + u*w = u*(v + w), where the result is shorter. */
export const commonFactor: Rule = {
  id: 'common-factor',
  title: 'distr.',
  law: 'u*v + u*w = u*(v + w)',
  because: 'a factor common to all terms moves in front of the brackets',
  examples: [['x*sin(x) + x*cos(x)', 'x*(sin(x) + cos(x))']],
  on: ['add'],
  apply(term, { store }) {
    const parts = term.args.map((summand) => {
      const positive = stripSign(summand)
      const [above, below] =
        positive.kind === 'div' ? [positive.args[0]!, positive.args[1]!] : [positive, undefined]
      return { negative: positive !== summand, factors: factorsOf(above), below }
    })
    const common: { key: Expr; base: Expr; exponent: Rational }[] = []
    for (const factor of parts[0]!.factors) {
      const { base, order: value } = numericPowerOf(factor, store)
      if (base.kind === 'number') continue
      const key = canonical(store, base)
      if (rationalOf(key) !== undefined || common.some((entry) => entry.key === key)) continue
      let least = value
      const everywhere = parts.every((part) =>
        part.factors.some((other) => {
          const { base: otherBase, order } = numericPowerOf(other, store)
          if (canonical(store, otherBase) !== key) return false
          if (order.compare(least) < 0) least = order
          return true
        }),
      )
      if (everywhere && least.sign > 0) common.push({ key, base, exponent: least })
    }
    if (common.length === 0) return undefined
    const number = commonNumber(parts.map((part) => part.factors))
    const inner = store.add(
      parts.map((part) => {
        // In u*u the factor is taken once.
        const left = new Set(common)
        let above = store.mul(
          part.factors.flatMap((factor) => {
            if (factor.kind === 'number' && number > 1n) {
              const quotient = factor.value.numerator / number
              return quotient === 1n ? [] : [store.number(quotient)]
            }
            const power = numericPowerOf(factor, store)
            const taken = common.find((entry) => entry.key === canonical(store, power.base))
            if (taken === undefined || !left.delete(taken)) return [factor]
            const order = power.order.subtract(taken.exponent)
            const rest = writePower(store, power.base, writeNumber(store, order, isDecimal(power.exponent)))
            return isNumber(rest, 1) ? [] : [rest]
          }),
        )
        if (part.below !== undefined) above = store.div(above, part.below)
        return part.negative ? store.neg(above) : above
      }),
    )
    const outer = common.map((entry) => writePower(store, entry.base, store.rational(entry.exponent)))
    const after = store.mul([...(number > 1n ? [store.number(number)] : []), ...outer, inner])
    return after.size < term.size ? after : undefined
  },
}

/** A factor as a power with a number for exponent; a^x counts as the power 1 of itself. */
function numericPowerOf(factor: Expr, store: TermStore): { base: Expr; exponent: Expr; order: Rational } {
  const { base, exponent } = powerOf(factor, store)
  const order = rationalOf(exponent)
  return order === undefined
    ? { base: factor, exponent: store.number(1), order: Rational.one }
    : { base, exponent, order }
}

function commonNumber(products: readonly (readonly Expr[])[]): bigint {
  let divisor = 0n
  for (const factors of products) {
    const [number, another] = factors.filter((factor) => factor.kind === 'number')
    if (number === undefined || another !== undefined || !number.value.isInteger) return 1n
    let a = divisor
    let b = number.value.numerator
    while (b !== 0n) [a, b] = [b, a % b]
    divisor = a
  }
  return divisor
}

function stripSign(term: Expr): Expr {
  return term.kind === 'neg' ? term.args[0]! : term
}
