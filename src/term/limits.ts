/** The engine's explicit limits; a term beyond one is refused with a `LimitError`, never half-built. */
export const limits = {
  /** Height of a term. Walks recurse, and this height is safe on the smallest default stack. */
  depth: 2500,
  /** Binders inside binders: the loose indices of a term are kept in the bits of a 32-bit integer. */
  binders: 30,
} as const

/** A stated limit was reached: the input may be right but is larger than what is computed. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
}
