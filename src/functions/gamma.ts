/**
 * The gamma function and its logarithmic derivatives. gamma: the rational approximation on [2, 3] and
 * Stirling's formula of S. L. Moshier's Cephes library. lgamma: the series about 2 whose coefficients are
 * (ζ(k) - 1)/k, and Stirling's series. polygamma: Hurwitz's zeta function by Euler-Maclaurin summation.
 */

const above = [
  1, 0.4942148268014971, 0.20744822764843598, 0.04763678004571372, 0.010421379756176158,
  0.0011913514700658638, 0.00016011952247675185,
]
const below = [
  1, 0.0714304917030273, -0.23459179571824335, 0.035823639860549865, 0.011813978522206043,
  -0.004456419138517973, 0.0005396055804933034, -0.000023158187332412014,
]
const stirling = [
  1, 0.08333333333334822, 0.0034722222160545866, -0.0026813261780578124, -0.00022954996161337813,
  0.0007873113957930937,
]
const euler = 0.5772156649015329
const logSqrtTwoPi = 0.9189385332046728
/** Bernoulli's numbers B_2, B_4, … */
const bernoulli = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
]

/** The gamma function; at its poles it has no value. */
export function gamma(x: number): number {
  if (isPole(x)) return Number.NaN
  if (x < -30) return Math.PI / (sinPi(x) * -x * gamma(-x))
  if (x > 33) return stirlingFormula(x)
  let shifted = x
  let factor = 1
  while (shifted >= 3) {
    shifted--
    factor *= shifted
  }
  let divisor = 1
  while (shifted < 2) {
    divisor *= shifted
    shifted++
  }
  const between = polynomial(above, shifted - 2) / polynomial(below, shifted - 2)
  return (between * factor) / divisor
}

/** The logarithm of the absolute value of the gamma function. */
export function lgamma(x: number): number {
  if (isPole(x)) return x === Number.NEGATIVE_INFINITY ? Number.NaN : Number.POSITIVE_INFINITY
  if (x < 0) return Math.log(Math.PI / Math.abs(x * sinPi(x))) - lgamma(-x)
  if (x < 0.5) return lgamma(x + 1) - Math.log(x)
  if (x < 1.5) return lgammaAboutTwo(x - 1) - Math.log1p(x - 1)
  if (x < 10) {
    let shifted = x
    let factor = 1
    while (shifted >= 2.5) {
      shifted--
      factor *= shifted
    }
    return lgammaAboutTwo(shifted - 2) + Math.log(factor)
  }
  if (x === Number.POSITIVE_INFINITY) return x
  return (x - 0.5) * (Math.log(x) - 1) - 0.5 + logSqrtTwoPi + stirlingRest(x)
}

/** What Stirling's formula for lgamma lacks, for x from 10 on. */
function stirlingRest(x: number): number {
  let rest = 0
  for (let k = 6; k >= 0; k--) rest = rest / (x * x) + bernoulli[k]! / ((2 * k + 1) * (2 * k + 2))
  return rest / x
}

/**
 * lgamma(a) + lgamma(b) - lgamma(a + b) for positive a and b. Large terms would cancel, so what they have in
 * common is taken out by Stirling's formula first, as A. R. DiDonato and A. H. Morris do (TOMS 708).
 */
export function logBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0)) return Number.NaN
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (large < 10) return lgamma(a) + lgamma(b) - lgamma(a + b)
  const share = small / (small + large)
  const rest = stirlingRest(large) - stirlingRest(small + large)
  if (small < 10) {
    return lgamma(small) + rest + small - small * Math.log(small + large) + (large - 0.5) * Math.log1p(-share)
  }
  const halves = logSqrtTwoPi - 0.5 * Math.log(large)
  return halves + stirlingRest(small) + rest + (small - 0.5) * Math.log(share) + large * Math.log1p(-share)
}

/** The derivative of the logarithm of the gamma function. */
export function digamma(x: number): number {
  if (isPole(x)) return Number.NaN
  if (x < 0) return digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.round(x)))
  let shifted = x
  let sum = 0
  while (shifted < 12) {
    sum += 1 / shifted
    shifted++
  }
  const square = 1 / (shifted * shifted)
  let series = 0
  for (let k = bernoulli.length - 1; k >= 0; k--) series = (series + bernoulli[k]! / (2 * k + 2)) * square
  return Math.log(shifted) - 0.5 / shifted - series - sum
}

/** The derivative of order n of the digamma function, for an integer n ≥ 0. */
export function polygamma(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 0 || isPole(x)) return Number.NaN
  if (n === 0) return digamma(x)
  let factorial = n % 2 === 0 ? -1 : 1
  for (let k = 2; k <= n; k++) factorial *= k
  return factorial * hurwitzZeta(n + 1, x)
}

/** The sum over k ≥ 0 of (x + k)^-s, for an integer s ≥ 2. */
function hurwitzZeta(s: number, x: number): number {
  const large = s + 12
  let shifted = x
  let sum = 0
  while (shifted < large) {
    sum += shifted ** -s
    shifted++
  }
  let term = s * shifted ** (-s - 1)
  let rest = 0
  for (let k = 0; k < bernoulli.length; k++) {
    const j = 2 * k + 2
    rest += (bernoulli[k]! / factorialOf(j)) * term
    term *= ((s + j - 1) * (s + j)) / (shifted * shifted)
  }
  return sum + shifted ** (1 - s) / (s - 1) + shifted ** -s / 2 + rest
}

function factorialOf(n: number): number {
  let product = 1
  for (let k = 2; k <= n; k++) product *= k
  return product
}

/** lgamma(2 + z) for |z| ≤ 1/2: (1 - γ) z plus the sum over k ≥ 2 of (ζ(k) - 1) (-z)^k / k. */
function lgammaAboutTwo(z: number): number {
  let series = 0
  for (let k = 30; k >= 2; k--) series = -z * (series + zetaMinusOne(k) / k)
  return (1 - euler) * z - z * series
}

const zetas: number[] = []

/** ζ(k) - 1, which is Hurwitz's zeta function at 2; for k up to 30, kept. */
function zetaMinusOne(k: number): number {
  zetas[k] ??= hurwitzZeta(k, 2)
  return zetas[k]
}

function stirlingFormula(x: number): number {
  if (x > 171.7) return Number.POSITIVE_INFINITY
  const correction = polynomial(stirling, 1 / x)
  // Above 143 the power alone would overflow.
  const half = x ** (x / 2 - 0.25)
  const power = x > 143 ? half * (half / Math.exp(x)) : x ** (x - 0.5) / Math.exp(x)
  return Math.sqrt(2 * Math.PI) * power * correction
}

/** sin(πx), in which the integer part of x is taken off first: π x would lose the digits behind the point. */
function sinPi(x: number): number {
  const whole = Math.round(x)
  const value = Math.sin(Math.PI * (x - whole))
  return whole % 2 === 0 ? value : -value
}

/** Whether there is no value here: 0, the negative integers, minus infinity. */
function isPole(x: number): boolean {
  return x <= 0 && (Number.isInteger(x) || x === Number.NEGATIVE_INFINITY)
}

/** A polynomial with its coefficients in rising order. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + coefficients[i]!
  return value
}
