/**
 * The derivative by central differences of order 10, without any code of the engine. The truncation error
 * falls with the tenth power of the step, the rounding error rises with its inverse.
 */
export function differentiateNumerically(f: (t: number) => number, at: number, step: number): number {
  const weights = [5 / 6, -5 / 21, 5 / 84, -5 / 504, 1 / 1260]
  let slope = 0
  for (const [i, weight] of weights.entries()) {
    const offset = (i + 1) * step
    slope += weight * (f(at + offset) - f(at - offset))
  }
  return slope / step
}
