import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Path } from '../term/path.ts'

/** Something that must hold for a step to be true and that the engine could not prove. */
export interface Condition {
  /** A relation such as `p > 0`, closed: bound indices were replaced by free ones, listed in `indices`. */
  readonly relation: Expr
  /** The free indices that stand for every value of a range: "for all i". */
  readonly indices: readonly { readonly name: string; readonly from: Expr; readonly to: Expr }[]
}

/** One rule applied at one position: `after` is `before` with the sub-term at `at` rewritten. */
export interface Step {
  /** The rule's id; frozen once released. */
  readonly rule: string
  readonly title: string
  readonly at: Path
  readonly before: Expr
  readonly after: Expr
  readonly because: string
  readonly conditions: readonly Condition[]
}

export type Detail = 'brief' | 'paper' | 'detailed'

/** A line of a derivation as a view shows it. */
export interface Line {
  readonly term: Expr
  /** Titles of the rules that lead to this line, as printed beside it. */
  readonly labels: readonly string[]
  /** Positions in `term` of what this line changed. */
  readonly marks: readonly Path[]
  /** One sentence a rule, without repetition. */
  readonly because: readonly string[]
  readonly conditions: readonly Condition[]
}

/** The derivation of one partial derivative. Its last line's term is the answer. */
export interface Derivation {
  /** The quantity differentiated, without derivative: the loss, or for order 2 a first partial. */
  readonly subject: Expr
  /** The variables, in the order of differentiation: one for a gradient, two for a Hessian's entry. */
  readonly variables: readonly SymbolTerm[]
  /** The term the rewriting starts from, such as `D(J, m)`. */
  readonly start: Expr
  readonly result: Expr
  /** What the result needs, without repetition. */
  readonly conditions: readonly Condition[]
  /** Every micro-step, in order; made on demand. */
  readonly steps: readonly Step[]
  /** The first line is what `start` becomes by the first headline rule; the last line's term is `result`. */
  lines(detail?: Detail): readonly Line[]
}
