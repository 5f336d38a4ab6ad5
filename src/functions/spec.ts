/**
 * A function is a row that says all there is to know of it: reading, printing, differentiating, evaluating,
 * code and the tests follow from the row.
 */
export interface FunctionSpec {
  /** As written in plain notation and in terms. */
  readonly name: string
  /** Other spellings that are read: `arcsin`, `ln`. */
  readonly aliases?: readonly string[]
  /** The spelling that means this row when it is written with this row's number of arguments: `log(x, b)`. */
  readonly overload?: string
  /** Whether it is read only in front of a bracket: people call variables so, too. */
  readonly bracketed?: true
  /** The names of the arguments in the templates below. */
  readonly args: readonly string[]
  /** Whether it takes any number of arguments from `args.length` on. */
  readonly variadic?: boolean
  /** The operator that LaTeX prints and reads, such as `\sin` or `\operatorname{erf}`. */
  readonly latex: string
  /** Unicode name for a terminal, where it differs from `name`. */
  readonly text?: string
  /**
   * The derivative by each argument, a template in plain notation over `args`; nothing where there is none,
   * as by the order of a polygamma function. Empty for a function that the rules treat by themselves.
   */
  readonly derivative: readonly (string | undefined)[]
  /** The sentence of the step: "the derivative of sin is cos". */
  readonly because: string
  /** Where the function is differentiable, if not everywhere: relations such as `u > 0`. */
  readonly needs?: readonly string[]
  /** Intervals from which the tests draw each argument; inside `needs`. */
  readonly domain: readonly (readonly [number, number])[]
  /** What is known of the sign of its values for all arguments; the unit interval is open. */
  readonly range?: 'positive' | 'nonnegative' | 'unit interval'
  evaluate(...args: readonly number[]): number
  /** A JavaScript expression with `{u}` for the argument, over `Math` and the helpers of the compiler. */
  readonly code: { readonly js: string }
}
