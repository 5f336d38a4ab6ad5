/** An exact rational number in lowest terms, with a positive denominator. */
export class Rational {
  static readonly zero = new Rational(0n, 1n)
  static readonly one = new Rational(1n, 1n)

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  /** @throws RangeError when the denominator is 0. */
  static of(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
    let n = BigInt(numerator)
    let d = BigInt(denominator)
    if (d === 0n) throw new RangeError('a rational number cannot have the denominator 0')
    if (d < 0n) {
      n = -n
      d = -d
    }
    if (d === 1n) return new Rational(n, 1n)
    const divisor = greatestCommonDivisor(n < 0n ? -n : n, d)
    return new Rational(n / divisor, d / divisor)
  }

  /** Reads `12`, `0.1`, `.5`, `1e-3`: an unsigned decimal, exactly. */
  static parse(written: string): Rational {
    const [mantissa = '', exponent = '0'] = written.toLowerCase().split('e')
    const [whole = '', fraction = ''] = mantissa.split('.')
    const scale = Number(exponent) - fraction.length
    const digits = BigInt(`${whole}${fraction}` || '0')
    return scale >= 0
      ? Rational.of(digits * 10n ** BigInt(scale))
      : Rational.of(digits, 10n ** BigInt(-scale))
  }

  get sign(): -1 | 0 | 1 {
    return this.numerator === 0n ? 0 : this.numerator < 0n ? -1 : 1
  }

  get isInteger(): boolean {
    return this.denominator === 1n
  }

  negate(): Rational {
    return new Rational(-this.numerator, this.denominator)
  }

  abs(): Rational {
    return this.numerator < 0n ? this.negate() : this
  }

  add(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    )
  }

  subtract(other: Rational): Rational {
    return this.add(other.negate())
  }

  multiply(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator)
  }

  /** @throws RangeError when the divisor is 0. */
  divide(other: Rational): Rational {
    return Rational.of(this.numerator * other.denominator, this.denominator * other.numerator)
  }

  /** This number to an integer power; @throws RangeError for 0 to a negative power. */
  power(exponent: number): Rational {
    const n = BigInt(Math.abs(exponent))
    return exponent >= 0
      ? new Rational(this.numerator ** n, this.denominator ** n)
      : Rational.of(this.denominator ** n, this.numerator ** n)
  }

  compare(other: Rational): -1 | 0 | 1 {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator
    return difference === 0n ? 0 : difference < 0n ? -1 : 1
  }

  equals(other: Rational): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator
  }

  toNumber(): number {
    const direct = Number(this.numerator) / Number(this.denominator)
    if (Number.isFinite(direct)) return direct
    // Both parts may exceed the range of doubles while their quotient does not.
    const shift = BigInt(Math.max(0, this.denominator.toString(2).length - 1000))
    return Number(this.numerator >> shift) / Number(this.denominator >> shift)
  }

  toString(): string {
    return this.isInteger ? `${this.numerator}` : `${this.numerator}/${this.denominator}`
  }

  /** The decimal notation of this number when it terminates, e.g. `0.3`; otherwise nothing. */
  toDecimal(): string | undefined {
    let rest = this.denominator
    let digits = 0
    for (const prime of [2n, 5n]) {
      let count = 0
      while (rest % prime === 0n) {
        rest /= prime
        count++
      }
      digits = Math.max(digits, count)
    }
    if (rest !== 1n) return undefined
    if (digits === 0) return this.numerator.toString()
    const scaled = (this.abs().numerator * 10n ** BigInt(digits)) / this.denominator
    const text = scaled.toString().padStart(digits + 1, '0')
    return `${this.sign < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
  }
}

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
