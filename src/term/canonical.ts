import type { Expr } from './expr.ts'
import { Rational } from './rational.ts'
import type { TermStore } from './store.ts'

/**
 * Canonical form: commutative operations sorted, like terms and equal bases merged, quotients and roots as
 * powers, index letters erased. Equal canonical forms are equal functions; the converse does not hold, since
 * products of sums are not expanded. It exists to compare and is never shown.
 */
export function canonical(store: TermStore, term: Expr): Expr {
  let memo = memos.get(store)
  if (memo === undefined) {
    memo = new Map()
    memos.set(store, memo)
  }
  return canonicalize(store, term, memo)
}

/** A canonical term as a rational coefficient times a term without one. */
export function splitCoefficient(store: TermStore, term: Expr): readonly [Rational, Expr] {
  const value = coefficientOf(term)
  if (value !== undefined) return [value, store.number(1)]
  if (term.kind === 'neg') {
    const [coefficient, rest] = splitCoefficient(store, term.args[0]!)
    return [coefficient.negate(), rest]
  }
  if (term.kind !== 'mul') return [Rational.one, term]
  const first = coefficientOf(term.args[0]!)
  return first === undefined ? [Rational.one, term] : [first, store.mul(term.args.slice(1))]
}

const memos = new WeakMap<TermStore, Map<Expr, Expr>>()

function canonicalize(store: TermStore, term: Expr, memo: Map<Expr, Expr>): Expr {
  const known = memo.get(term)
  if (known !== undefined) return known
  const args = term.args.map((arg) => canonicalize(store, arg, memo))
  const result = assemble(store, term, args)
  memo.set(term, result)
  return result
}

function assemble(store: TermStore, term: Expr, args: readonly Expr[]): Expr {
  switch (term.kind) {
    case 'number':
      return store.rational(term.value)
    case 'add':
      return canonicalSum(store, args)
    case 'neg':
      return canonicalProduct(store, Rational.one.negate(), [[args[0]!, store.number(1)]])
    case 'mul':
      return canonicalProduct(
        store,
        Rational.one,
        args.map((arg) => [arg, store.number(1)] as const),
      )
    case 'div':
      return canonicalProduct(store, Rational.one, [
        [args[0]!, store.number(1)],
        [args[1]!, store.neg(store.number(1))],
      ])
    case 'pow':
      return canonicalProduct(store, Rational.one, [[args[0]!, args[1]!]])
    case 'call':
      if (term.name === 'sqrt')
        return canonicalProduct(store, Rational.one, [[args[0]!, store.rational(half)]])
      if (term.name === 'exp') return canonicalProduct(store, Rational.one, [[store.symbol('e'), args[0]!]])
      return store.call(term.name, args)
    case 'big':
      return store.big(term.name, '', args[0]!, args[1]!, args[2]!)
    case 'delta':
      return store.delta(
        ...((args[0]!.hash <= args[1]!.hash ? [args[0]!, args[1]!] : [args[1]!, args[0]!]) as [Expr, Expr]),
      )
    default:
      return store.rebuild(term, args)
  }
}

const half = Rational.of(1, 2)

function canonicalSum(store: TermStore, args: readonly Expr[]): Expr {
  const coefficients = new Map<Expr, Rational>()
  const insert = (arg: Expr, scale: Rational): void => {
    const [coefficient, rest] = splitCoefficient(store, arg)
    const scaled = coefficient.multiply(scale)
    if (rest.kind === 'add') {
      for (const inner of rest.args) insert(inner, scaled)
      return
    }
    coefficients.set(rest, (coefficients.get(rest) ?? Rational.zero).add(scaled))
  }
  for (const arg of args) insert(arg, Rational.one)
  const terms = [...coefficients].filter(([, coefficient]) => coefficient.sign !== 0)
  if (terms.length === 0) return store.number(0)
  terms.sort(([a], [b]) => byHash(a, b))
  if (terms.length === 1) return scale(store, terms[0]![1], terms[0]![0])
  // The first coefficient is taken out, so that a - b and b - a differ in a factor only.
  const content = terms[0]![1]
  const sum = store.add(terms.map(([rest, coefficient]) => scale(store, coefficient.divide(content), rest)))
  return scale(store, content, sum)
}

function canonicalProduct(
  store: TermStore,
  start: Rational,
  powers: readonly (readonly [base: Expr, exponent: Expr])[],
): Expr {
  let coefficient = start
  const exponents = new Map<Expr, Expr>()
  const insert = (base: Expr, exponent: Expr): void => {
    const power = coefficientOf(exponent)
    const value = coefficientOf(base)
    if (
      value !== undefined &&
      power?.isInteger &&
      !(value.sign === 0 && power.sign < 0) &&
      power.abs().numerator < 1000n
    ) {
      coefficient = coefficient.multiply(value.power(Number(power.numerator)))
      return
    }
    const [content, rest] = splitCoefficient(store, base)
    // A number that is not computed, 0^(-1) or 2^5000, stays a power.
    if (value === undefined && power?.isInteger && !content.equals(Rational.one)) {
      insert(store.rational(content), exponent)
      insert(rest, exponent)
      return
    }
    if (base.kind === 'mul' && power?.isInteger) {
      for (const factor of base.args) insert(factor, exponent)
      return
    }
    if (
      base.kind === 'pow' &&
      (power?.isInteger || (base.args[0]!.kind === 'symbol' && base.args[0]!.name === 'e'))
    ) {
      insert(
        base.args[0]!,
        canonicalProduct(store, Rational.one, [
          [base.args[1]!, store.number(1)],
          [exponent, store.number(1)],
        ]),
      )
      return
    }
    const known = exponents.get(base)
    exponents.set(base, known === undefined ? exponent : canonicalSum(store, [known, exponent]))
  }
  for (const [base, exponent] of powers) insert(base, exponent)
  if (coefficient.sign === 0) return store.number(0)
  const factors: Expr[] = []
  for (const [base, exponent] of exponents) {
    const power = coefficientOf(exponent)
    if (power?.sign === 0) continue
    factors.push(power?.equals(Rational.one) ? base : store.pow(base, exponent))
  }
  factors.sort(byHash)
  return scale(store, coefficient, store.mul(factors))
}

/** Sorting by hash is enough: canonical order has no meaning, it only has to be the same everywhere. */
function byHash(a: Expr, b: Expr): number {
  return a.hash - b.hash || a.id - b.id
}

function scale(store: TermStore, coefficient: Rational, term: Expr): Expr {
  if (term.kind === 'number') return store.rational(coefficient.multiply(term.value))
  if (coefficient.equals(Rational.one)) return term
  return store.mul([store.rational(coefficient), ...(term.kind === 'mul' ? term.args : [term])])
}

/** The value of a number as this form writes it: n, -n, n/d, -n/d. */
function coefficientOf(term: Expr): Rational | undefined {
  if (term.kind === 'number') return term.value
  if (term.kind === 'neg') return coefficientOf(term.args[0]!)?.negate()
  if (term.kind !== 'div') return undefined
  const [above, below] = term.args
  return above?.kind === 'number' && below?.kind === 'number' ? above.value.divide(below.value) : undefined
}
