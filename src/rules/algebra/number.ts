import type { Expr } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'

/** The value of a term that is written as a number: 3, -3, 2/3, -2/3, 0.5. */
export function rationalOf(term: Expr): Rational | undefined {
  if (term.kind === 'number') return term.value
  if (term.kind === 'neg') return rationalOf(term.args[0]!)?.negate()
  if (term.kind !== 'div') return undefined
  const above = rationalOf(term.args[0]!)
  const below = rationalOf(term.args[1]!)
  return above === undefined || below === undefined || below.sign === 0 ? undefined : above.divide(below)
}

/** A number in the style of those it was made from: decimals give a decimal where it terminates. */
export function writeNumber(store: TermStore, value: Rational, decimals: boolean): Expr {
  const text = decimals && !value.isInteger ? value.abs().toDecimal() : undefined
  if (text === undefined || text.length > 15) return store.rational(value)
  return value.sign < 0 ? store.neg(store.number(text)) : store.number(text)
}

/** Whether a number in the term was written with a decimal point. */
export function isDecimal(term: Expr): boolean {
  return term.kind === 'number' ? !term.value.isInteger : term.args.some(isDecimal)
}

/**
 * A factor as base and exponent: sqrt(u) is u to the 1/2. But e^u is one factor, as exp(u) is: merged with others, as
 * in e^(u + v), it would no longer cancel.
 */
export interface Power {
  readonly base: Expr
  readonly exponent: Expr
}

export function powerOf(factor: Expr, store: TermStore): Power {
  if (factor.kind === 'pow' && !isExponential(factor))
    return { base: factor.args[0]!, exponent: factor.args[1]! }
  if (factor.kind === 'call' && factor.name === 'sqrt') {
    return { base: factor.args[0]!, exponent: store.div(store.number(1), store.number(2)) }
  }
  return { base: factor, exponent: store.number(1) }
}

function isExponential(power: Expr): boolean {
  const [base, exponent] = power.args as [Expr, Expr]
  const isEuler = base.kind === 'symbol' && base.name === 'e' && base.args.length === 0
  return isEuler && rationalOf(exponent) === undefined
}

/** base^exponent in the shortest form: no exponent 1, a root for the exponent 1/2. */
export function writePower(store: TermStore, base: Expr, exponent: Expr): Expr {
  const value = rationalOf(exponent)
  if (value?.sign === 0) return store.number(1)
  if (value?.equals(Rational.one)) return base
  if (value?.equals(half) && !isDecimal(exponent)) return store.call('sqrt', [base])
  return store.pow(base, exponent)
}

const half = Rational.of(1, 2)

/** The sum of two exponents, computed where both are numbers. */
export function addExponents(store: TermStore, left: Expr, right: Expr): Expr {
  const a = rationalOf(left)
  const b = rationalOf(right)
  if (a !== undefined && b !== undefined)
    return writeNumber(store, a.add(b), isDecimal(left) || isDecimal(right))
  if (a?.sign === 0) return right
  if (b?.sign === 0) return left
  const terms = [left, right].flatMap((term) => (term.kind === 'add' ? term.args : [term]))
  const numbers = terms.map(rationalOf)
  const total = numbers.reduce<Rational>(
    (sum, value) => (value === undefined ? sum : sum.add(value)),
    Rational.zero,
  )
  const rest = withoutOpposites(terms.filter((_, i) => numbers[i] === undefined))
  return store.add(total.sign === 0 && rest.length > 0 ? rest : [...rest, store.rational(total)])
}

/** The terms without those that stand with their negative. */
function withoutOpposites(terms: readonly Expr[]): readonly Expr[] {
  const rest: Expr[] = []
  for (const term of terms) {
    const opposite = rest.findIndex(
      (other) =>
        (term.kind === 'neg' && term.args[0] === other) || (other.kind === 'neg' && other.args[0] === term),
    )
    if (opposite < 0) rest.push(term)
    else rest.splice(opposite, 1)
  }
  return rest
}

export function factorsOf(term: Expr): readonly Expr[] {
  return term.kind === 'mul' ? term.args : [term]
}

export function isBig(term: Expr): boolean {
  return term.kind === 'big' && (term.name === 'sum' || term.name === 'prod')
}

/** Whether a big sum or product stands anywhere in the term. */
export function containsBig(term: Expr): boolean {
  return isBig(term) || term.args.some(containsBig)
}
