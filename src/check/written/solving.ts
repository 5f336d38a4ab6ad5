import { ReadError } from '../../read/index.ts'
import { replaceSymbols } from '../../read/ranges.ts'
import type { Expr } from '../../term/expr.ts'
import type { TermStore } from '../../term/store.ts'
import { headName } from './left-side.ts'
import type { ReadEquation, ReadLine } from './reading.ts'

/** An equation to be solved, `term = 0` for a variable, as authors write it behind a derivative. */
export interface Condition {
  readonly term: Expr
  readonly variable: string
}

const words =
  /!|\bset\b|\bsetting\b|\bsolv|\bzero\b|\boptim|\bstationar|\bcritical|\bfirst[- ]order|\bvanish/i

/**
 * Whether a line that is 0 does not claim that the derivative is 0 but asks where it is: it is said to, stands behind a
 * term and not behind a derivative, or is solved for the variable next.
 */
export function isSetToZero(
  line: ReadLine,
  { left, lines }: ReadEquation,
  next: ReadEquation | undefined,
  { prose, wrt }: { readonly prose: readonly string[]; readonly wrt: string },
): boolean {
  if (!/^(?:0|\\(?:mathbf|boldsymbol|vec|bm)\s*\{?0\}?)$/.test(line.text) || line !== lines.at(-1))
    return false
  if (words.test(line.label) || prose.some((text) => words.test(text))) return true
  return (left.kind === 'term' && left.text !== '' && headName(left.text) === '') || isSolution(next, wrt)
}

/** Whether an equation states a value of what is differentiated by: `\hat w = …`, `\mu_{ML} = …`. */
export function isSolution(equation: ReadEquation | undefined, wrt: string): boolean {
  const { left } = equation ?? {}
  if (left?.kind !== 'term' || left.text === '') return false
  return headName(left.text).replace(/(?:hat|bar|tilde)$/, '') === headName(wrt) && headName(wrt) !== ''
}

/** The term that is 0 where the variable has the value that a line gives it; nothing where that cannot be written. */
export function atSolution(
  { term, variable }: Condition,
  value: Expr | ReadError,
  store: TermStore,
): Expr | undefined {
  if (value instanceof ReadError || term.hasDerivative || value.names.has(variable)) return undefined
  return replaceSymbols(store, term, (name, indices) =>
    name === variable && indices.length === 0 ? value : undefined,
  )
}
