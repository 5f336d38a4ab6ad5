import type { BinderOperation, Expr, LogicalOperation, RelationOperation } from '../term/expr.ts'
import type { Part, Places } from './precedence.ts'

/** One term of a sum, with its sign taken out. */
export interface Summand {
  readonly negative: boolean
  readonly part: Part
  /** The class of a mark that encloses the sign too. */
  readonly mark: string | undefined
}

/**
 * A notation renders each kind of term from its rendered parts. Parentheses are already there: the layout
 * puts them by `places`, so no function below decides on any.
 */
export interface Notation {
  readonly places: Places
  parenthesize(inner: Part): Part
  number(written: string): Part
  symbol(name: string, indices: readonly Part[]): Part
  /** `tight` inside indices and bounds: `i-1`. */
  add(terms: readonly Summand[], tight: boolean): Part
  mul(factors: readonly Part[]): Part
  /** `raised` in an exponent, where small quotients have no bar. */
  div(numerator: Part, denominator: Part, raised: boolean): Part
  /** `bare` is the exponent without parentheses, `exponent` as it fits its place. */
  pow(base: Part, exponent: Part, bare: Part, written: Expr): Part
  /** How a power of the function is written where it has a form of its own: `sin^2(x)`. */
  powerOfCall?(
    name: string,
    names: ReadonlySet<string>,
  ): ((args: readonly Part[], exponent: Part) => Part) | undefined
  /** `names` are those of the whole term: where σ is a name, the sigmoid is written in full. */
  call(name: string, args: readonly Part[], names: ReadonlySet<string>): Part
  apply(name: string, orders: readonly number[], args: readonly Part[]): Part
  /** `only` is a condition on the indices that count, as in a product over all j but k. */
  big(operation: BinderOperation, index: string, from: Part, to: Part, body: Part, only?: Part): Part
  derivative(body: Part, variable: Part): Part
  /** The derivative of a name or of `f(x)`, which stands in the numerator where the notation has one. */
  derivativeOfName(body: Part, variable: Part): Part
  /** The derivative by all parameters. */
  gradient(body: Part): Part
  delta(left: Part, right: Part): Part
  /** Condition, value, condition, value, …, value otherwise. */
  piecewise(branches: readonly Part[]): Part
  indicator(condition: Part): Part
  /** `a < b`, or a chain `a <= b < c`: one side more than signs. */
  relation(operations: readonly RelationOperation[], sides: readonly Part[]): Part
  logical(operation: LogicalOperation, args: readonly Part[]): Part
  /** The part with a mark on it that readers of the output can find. */
  mark(inner: Part, name: string): Part
}
