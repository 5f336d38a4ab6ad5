const levels = 11
const contraction = 2

/**
 * The derivative of `value` at 0 by C. Ridders' method: central differences over shrinking steps,
 * extrapolated to step 0, of which the estimate that changed least is taken. It is not a number where the
 * estimates do not settle, as at a kink.
 */
export function slopeAtZero(value: (offset: number) => number, scale: number): number {
  let step = scale / 4
  // The slope of what is tiny everywhere, as e^(-500 x) is, is held to its own size.
  const largest = Math.max(Math.abs(value(step)), Math.abs(value(-step)), Math.abs(value(0)))
  const unit = largest > 0 && largest < 1e-6 ? largest : 1
  let best = Number.NaN
  let bestError = Number.POSITIVE_INFINITY
  let previous: number[] = []
  for (let level = 0; level < levels; level++) {
    const row = [(value(step) - value(-step)) / (2 * step)]
    let power = contraction * contraction
    for (const [i, coarse] of previous.entries()) {
      const fine = row[i]!
      const better = (fine * power - coarse) / (power - 1)
      row.push(better)
      const error = Math.max(Math.abs(better - fine), Math.abs(better - coarse))
      if (error <= bestError) {
        best = better
        bestError = error
      }
      power *= contraction * contraction
    }
    // Once settled, estimates that get worse again show that rounding errors have begun to grow.
    const last = previous.at(-1)
    const isSettled = bestError <= 1e-9 * Math.max(unit, Math.abs(best))
    if (isSettled && last !== undefined && Math.abs(row.at(-1)! - last) > 4 * bestError) break
    previous = row
    step /= contraction
  }
  const size = Math.max(unit, Math.abs(best))
  if (!(bestError <= 1e-7 * size)) return Number.NaN
  // Where the value is so large that its last digits are larger than the slope, all differences are rounding.
  if (largest * Number.EPSILON * 4 > 1e-6 * scale * size) return Number.NaN
  // Coarse steps may agree by chance, beside a kink or on a fast wave; a short one tells.
  step = scale * 1e-4
  const short = (value(step) - value(-step)) / (2 * step)
  return Math.abs(best - short) <= 1e-3 * size ? best : Number.NaN
}
