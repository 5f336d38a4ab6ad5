import type { Expr } from './expr.ts'
import { Rational } from './rational.ts'
import type { TermStore } from './store.ts'

/** A product of powers of atoms, sorted by the atom, with its coefficient. */
interface Monomial {
  readonly coefficient: Rational
  readonly powers: readonly (readonly [atom: Expr, exponent: number])[]
}

/** Products of sums grow fast; beyond this many terms nothing is decided. */
const maximumTerms = 300
const maximumExponent = 12

/** Thrown and caught inside a decision: the polynomial is too large to be worked with. */
export class TooLarge extends Error {}

/** A polynomial with rational coefficients over atoms: terms that it does not look into. Immutable. */
export class Polynomial {
  static readonly zero = new Polynomial(new Map())

  private constructor(readonly monomials: ReadonlyMap<string, Monomial>) {}

  static constant(value: Rational): Polynomial {
    return value.sign === 0
      ? Polynomial.zero
      : new Polynomial(new Map([['', { coefficient: value, powers: [] }]]))
  }

  static atom(term: Expr): Polynomial {
    const powers = [[term, 1] as const]
    return new Polynomial(new Map([[keyOf(powers), { coefficient: Rational.one, powers }]]))
  }

  get isZero(): boolean {
    return this.monomials.size === 0
  }

  /** The number this is, where no atom occurs. */
  get value(): Rational | undefined {
    if (this.isZero) return Rational.zero
    const only = this.monomials.get('')
    return this.monomials.size === 1 ? only?.coefficient : undefined
  }

  /** @throws TooLarge */
  add(other: Polynomial): Polynomial {
    const sum = new Map(this.monomials)
    for (const [key, monomial] of other.monomials) insert(sum, key, monomial)
    return checked(sum, (monomials) => new Polynomial(monomials))
  }

  scale(factor: Rational): Polynomial {
    if (factor.sign === 0) return Polynomial.zero
    return new Polynomial(
      new Map(
        [...this.monomials].map(([key, { coefficient, powers }]) => [
          key,
          { coefficient: coefficient.multiply(factor), powers },
        ]),
      ),
    )
  }

  subtract(other: Polynomial): Polynomial {
    return this.add(other.scale(Rational.one.negate()))
  }

  /** @throws TooLarge */
  multiply(other: Polynomial): Polynomial {
    const product = new Map<string, Monomial>()
    for (const left of this.monomials.values()) {
      for (const right of other.monomials.values()) {
        const monomial = multiplyMonomials(left, right)
        insert(product, keyOf(monomial.powers), monomial)
        if (product.size > maximumTerms) throw new TooLarge()
      }
    }
    return new Polynomial(product)
  }

  /** @throws TooLarge */
  power(exponent: number): Polynomial {
    if (exponent > maximumExponent) throw new TooLarge()
    let result = Polynomial.constant(Rational.one)
    for (let i = 0; i < exponent; i++) result = result.multiply(this)
    return result
  }

  /** The quotient where this is a multiple of the divisor, else nothing. @throws TooLarge */
  divide(divisor: Polynomial): Polynomial | undefined {
    const { quotient, rest } = this.divideWithRest(divisor)
    return rest.isZero && !divisor.isZero ? quotient : undefined
  }

  /** `this = quotient*divisor + rest`, in which no term of the rest has the divisor's leading one. @throws TooLarge */
  divideWithRest(divisor: Polynomial): { readonly quotient: Polynomial; readonly rest: Polynomial } {
    const lead = divisor.#leading()
    let left: Polynomial = this
    let quotient = Polynomial.zero
    let rest = Polynomial.zero
    for (let step = 0; !left.isZero; step++) {
      if (step > maximumTerms) throw new TooLarge()
      const first = left.#leading()!
      const part = lead === undefined ? undefined : divideMonomials(first, lead)
      if (part === undefined) {
        const moved = ofMonomial(first, (monomials) => new Polynomial(monomials))
        rest = rest.add(moved)
        left = left.subtract(moved)
      } else {
        const factor = ofMonomial(part, (monomials) => new Polynomial(monomials))
        quotient = quotient.add(factor)
        left = left.subtract(factor.multiply(divisor))
      }
    }
    return { quotient, rest }
  }

  /** The polynomial of which this one is the square times a number, if there is one. @throws TooLarge */
  squareRoot(): Polynomial | undefined {
    const lead = this.#leading()
    if (lead?.powers.some(([, exponent]) => exponent % 2 !== 0) ?? true) return undefined
    const first = {
      coefficient: Rational.one,
      powers: lead!.powers.map(([atom, exponent]) => [atom, exponent / 2] as const),
    }
    const square = this.scale(lead!.coefficient.power(-1))
    const twice = { ...first, coefficient: Rational.of(2) }
    let root = ofMonomial(first, (monomials) => new Polynomial(monomials))
    // Each round finds the next term of the root, of which there are no more than of its square.
    for (let round = 0; round <= this.monomials.size; round++) {
      const next = square.subtract(root.multiply(root)).#leading()
      if (next === undefined) return root
      const part = divideMonomials(next, twice)
      if (part === undefined) return undefined
      root = root.add(ofMonomial(part, (monomials) => new Polynomial(monomials)))
    }
    return undefined
  }

  /** The first in an order of monomials that multiplication respects, as division needs: lexicographic. */
  #leading(): Monomial | undefined {
    let lead: Monomial | undefined
    for (const monomial of this.monomials.values()) {
      if (lead === undefined || compare(monomial, lead) > 0) lead = monomial
    }
    return lead
  }

  /** The polynomial as a term, positive terms first. */
  toTerm(store: TermStore): Expr {
    const terms = [...this.monomials.values()].map(({ coefficient, powers }) => {
      const factors = powers.map(([atom, exponent]) =>
        exponent === 1 ? atom : store.pow(atom, store.number(exponent)),
      )
      const size = coefficient.abs()
      const product = store.mul(
        size.equals(Rational.one) && factors.length > 0 ? factors : [store.rational(size), ...factors],
      )
      return { isNegative: coefficient.sign < 0, term: coefficient.sign < 0 ? store.neg(product) : product }
    })
    return store.add([
      ...terms.filter(({ isNegative }) => !isNegative).map(({ term }) => term),
      ...terms.filter(({ isNegative }) => isNegative).map(({ term }) => term),
    ])
  }
}

function insert(sum: Map<string, Monomial>, key: string, monomial: Monomial): void {
  const known = sum.get(key)
  const coefficient = known === undefined ? monomial.coefficient : known.coefficient.add(monomial.coefficient)
  if (coefficient.sign === 0) sum.delete(key)
  else sum.set(key, { coefficient, powers: monomial.powers })
}

function checked<T>(monomials: Map<string, Monomial>, make: (monomials: Map<string, Monomial>) => T): T {
  if (monomials.size > maximumTerms) throw new TooLarge()
  return make(monomials)
}

function ofMonomial<T>(monomial: Monomial, make: (monomials: Map<string, Monomial>) => T): T {
  return make(new Map([[keyOf(monomial.powers), monomial]]))
}

function keyOf(powers: Monomial['powers']): string {
  return powers.map(([atom, exponent]) => `${atom.id}^${exponent}`).join(' ')
}

function multiplyMonomials(left: Monomial, right: Monomial): Monomial {
  const exponents = new Map(left.powers)
  for (const [atom, exponent] of right.powers) exponents.set(atom, (exponents.get(atom) ?? 0) + exponent)
  const powers = [...exponents].sort(([a], [b]) => a.id - b.id)
  return { coefficient: left.coefficient.multiply(right.coefficient), powers }
}

function divideMonomials(left: Monomial, right: Monomial): Monomial | undefined {
  const exponents = new Map(left.powers)
  for (const [atom, exponent] of right.powers) {
    const rest = (exponents.get(atom) ?? 0) - exponent
    if (rest < 0) return undefined
    if (rest === 0) exponents.delete(atom)
    else exponents.set(atom, rest)
  }
  return { coefficient: left.coefficient.divide(right.coefficient), powers: [...exponents] }
}

function compare(left: Monomial, right: Monomial): number {
  for (let i = 0; ; i++) {
    const a = left.powers[i]
    const b = right.powers[i]
    if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1)
    // The atom that was made first counts most.
    if (a[0] !== b[0]) return b[0].id - a[0].id
    if (a[1] !== b[1]) return a[1] - b[1]
  }
}
