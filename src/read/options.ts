import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'

export interface ReadOptions {
  /** Names to differentiate by: `m`, `w`, `w_k`. */
  readonly wrt?: readonly string[]
  /** Names that have a value for each sample. */
  readonly data?: readonly string[]
  readonly hyper?: readonly string[]
  /** Definitions, such as `f(x) = m*x + b`. */
  readonly let?: readonly string[]
  /** Facts, such as `p > 0` or `sum(k, t_k) = 1`. */
  readonly assume?: readonly string[]
  /** Ranges of free indices, such as `k=1..d`. */
  readonly range?: readonly string[]
  /**
   * The text may be a vector or a matrix in vector notation, and its component at these free indices is meant:
   * `-2X^\top y + 2X^\top Xw` with `['k']` is `-2*sum(a, X_{a,k}*y_a) + …`. One index for a vector, two for a matrix;
   * a text that is a number is read as without.
   */
  readonly components?: readonly string[]
  /** Where the terms live; a store of its own when not given. */
  readonly store?: TermStore
  /** The largest number of nodes of the loss as a tree. */
  readonly maxNodes?: number
}

/** A loss as it was understood. */
export interface Reading {
  readonly input: string
  readonly store: TermStore
  readonly loss: Expr
  readonly scope: Scope
  /** What to differentiate by; an indexed parameter has fresh free indices. */
  readonly variables: readonly SymbolTerm[]
  readonly warnings: readonly string[]
}
