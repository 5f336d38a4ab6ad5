import { ReadError } from '../../read/index.ts'
import type { Expr } from '../../term/expr.ts'
import type { TermStore } from '../../term/store.ts'
import { rowsOf } from './document.ts'

/** `\begin{pmatrix} … \\ … \end{pmatrix}`: all partial derivatives, one below the other. */
const column =
  /^(?:\\left\s*[[(]\s*)?\\begin\{(?:[pbv]?matrix|array)\}(?:\{[clr|]*\})?(.*)\\end\{(?:[pbv]?matrix|array)\}(?:\s*\\right\s*[\])])?$/s

/** The entries of a column, without the range that stands beside the bracket of an indexed one; nothing for other lines. */
export function entriesOf(text: string): readonly string[] | undefined {
  const found = column.exec(text.trim())
  if (found === null || found[1]!.includes('\\begin{pmatrix}')) return undefined
  return rowsOf(found[1]!).map((row) =>
    row
      .trim()
      .replace(/^\\left\s*\((.*)\\right\s*\)_\{[^{}]*(?:\\le[^{}]*)?\}$/s, '$1')
      .trim(),
  )
}

/**
 * A list as one number: its entries with a weight each, so that two lists are equal exactly when the sums are for all
 * weights. An entry that cannot be read makes the line unreadable.
 */
export function combine(entries: readonly (Expr | ReadError)[], store: TermStore): Expr | ReadError {
  const terms: Expr[] = []
  for (const [i, entry] of entries.entries()) {
    if (entry instanceof ReadError) return entry
    // No name that a user can write has a blank in it.
    terms.push(store.mul([store.symbol(`weight ${i + 1}`), entry]))
  }
  return store.add(terms)
}
