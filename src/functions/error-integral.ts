/**
 * Error integrals by the rational approximations of FreeBSD's msun (s_erf.c, Sun Microsystems 1993), whose
 * error is below one unit in the last place.
 */

const near = [
  [
    0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442,
    -0.000023763016656650163,
  ],
  [
    1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164,
    -0.000003960228278775368,
  ],
] as const
const aroundOne = [
  [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175,
    -0.11089469428239668, 0.035478304325618236, -0.002166375594868791,
  ],
  [
    1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
    0.011984499846799107,
  ],
] as const
const middle = [
  [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
    -184.60509290671104, -81.2874355063066, -9.814329344169145,
  ],
  [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
    108.63500554177944, 6.570249770319282, -0.0604244152148581,
  ],
] as const
const far = [
  [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
    -1025.0951316110772, -483.5191916086514,
  ],
  [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
    474.52854120695537, -22.44095244658582,
  ],
] as const
/** erf(1) in single precision, about which `aroundOne` is expanded. */
const erfOfOne = 0.8450629115104675

/** 1/√2 as a single, whose product with another single is exact, and what is left. */
const rootHigh = 0.7071067690849304
const rootLow = 1.210161710447897e-8

/** The error function. */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < 0.84375) return x + x * quotient(near, x * x)
  const value = size < 1.25 ? erfOfOne + quotient(aroundOne, size - 1) : 1 - tail(size)
  return x < 0 ? -value : value
}

/** The complement 1 - erf(x), to full relative precision where it is small. */
export function erfc(x: number): number {
  const size = Math.abs(x)
  if (size < 0.84375) {
    const rest = x * quotient(near, x * x)
    return x < 0.25 ? 1 - (x + rest) : 0.5 - (x - 0.5 + rest)
  }
  if (size < 1.25) {
    const rest = quotient(aroundOne, size - 1)
    return x >= 0 ? 1 - erfOfOne - rest : 1 + (erfOfOne + rest)
  }
  return x > 0 ? tail(x) : 2 - tail(size)
}

/** The distribution function of the standard normal law. */
export function distribution(x: number): number {
  const scaled = -x * Math.SQRT1_2
  const value = erfc(scaled) / 2
  if (!(scaled > 1.25 && scaled < 28)) return value
  // erfc decreases like exp(-scaled²), which multiplies the rounding error of the product by its square.
  const high = Math.fround(-x)
  const error = scaled - high * rootHigh - ((-x - high) * rootHigh - x * rootLow)
  return value + value * 2 * scaled * error
}

/** The logarithm of `distribution`, also where that underflows. */
export function logDistribution(x: number): number {
  if (x > 0) return Math.log1p(-distribution(-x))
  return x > -2 ? Math.log(distribution(x)) : logTail(-x * Math.SQRT1_2) - Math.LN2
}

/** log(erfc(x)) for arguments from 1.25 on; beyond 28 by the asymptotic series of erfc. */
function logTail(x: number): number {
  const square = x * x
  if (x < 28) return quotient(x < 1 / 0.35 ? middle : far, 1 / square) - 0.5625 - square - Math.log(x)
  const t = 1 / (2 * square)
  const series = t * (-1 + t * (3 + t * (-15 + t * 105)))
  return Math.log1p(series) - square - Math.log(x * Math.sqrt(Math.PI))
}

/** erfc for arguments from 1.25 on. */
function tail(x: number): number {
  if (!(x < 28)) return Number.isNaN(x) ? x : 0
  const rest = quotient(x < 1 / 0.35 ? middle : far, 1 / (x * x))
  // The square of x rounded to single precision is exact, so exp(-x*x) keeps its digits for large x.
  const rounded = Math.fround(x)
  return (Math.exp(-rounded * rounded - 0.5625) * Math.exp((rounded - x) * (rounded + x) + rest)) / x
}

function quotient([above, below]: readonly [readonly number[], readonly number[]], x: number): number {
  return polynomial(above, x) / polynomial(below, x)
}

/** A polynomial with its coefficients in rising order. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0
  for (let i = coefficients.length - 1; i >= 0; i--) value = value * x + coefficients[i]!
  return value
}
