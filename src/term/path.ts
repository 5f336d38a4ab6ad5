import type { BigTerm, Expr } from './expr.ts'
import type { TermStore } from './store.ts'

/** A position in a term: the list of argument positions that leads to it from the root. */
export type Path = readonly number[]

/** The sub-term at a path; @throws RangeError when the path leads out of the term. */
export function subtermAt(term: Expr, path: Path): Expr {
  let current = term
  for (const position of path) {
    const next = current.args[position]
    if (next === undefined) throw new RangeError(`no sub-term at ${path.join('.')}`)
    current = next
  }
  return current
}

/** The term with the sub-term at `path` replaced; everything outside `path` stays the same object. */
export function replaceAt(store: TermStore, term: Expr, path: Path, replacement: Expr, from = 0): Expr {
  if (from === path.length) return replacement
  const position = path[from]!
  const child = term.args[position]
  if (child === undefined) throw new RangeError(`no sub-term at ${path.join('.')}`)
  const args = term.args.slice()
  args[position] = replaceAt(store, child, path, replacement, from + 1)
  return store.rebuild(term, args)
}

/** The binders entered on the way along a path, outermost first. */
export function bindersAlong(term: Expr, path: Path): BigTerm[] {
  const binders: BigTerm[] = []
  let node = term
  for (const position of path) {
    if (node.kind === 'big' && position === 2) binders.push(node)
    node = node.args[position]!
  }
  return binders
}
