import type { Expr } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import type { TermStore } from '../term/store.ts'

interface Patch {
  replacement: Expr | undefined
  readonly children: Map<number, Patch>
}

/**
 * A term being rewritten at many positions. Replacements are gathered and put in together, so that a line
 * with ten thousand steps costs one walk and not ten thousand copies of a long sum.
 */
export class Overlay {
  #root: Patch = { replacement: undefined, children: new Map() }

  constructor(
    readonly store: TermStore,
    term: Expr,
  ) {
    this.#root.replacement = term
  }

  /** Replaces the sub-term at a position; whatever was gathered below it is part of the replacement. */
  replace(path: Path, replacement: Expr): void {
    let patch = this.#root
    for (const position of path) {
      let child = patch.children.get(position)
      if (child === undefined) {
        child = { replacement: undefined, children: new Map() }
        patch.children.set(position, child)
      }
      patch = child
    }
    patch.replacement = replacement
    patch.children.clear()
  }

  /** The term with everything gathered so far. */
  get term(): Expr {
    const term = this.#settle(this.#root, this.#root.replacement!)
    this.#root = { replacement: term, children: new Map() }
    return term
  }

  #settle(patch: Patch, original: Expr): Expr {
    const base = patch.replacement ?? original
    if (patch.children.size === 0) return base
    const args = base.args.slice()
    for (const [position, child] of patch.children) args[position] = this.#settle(child, base.args[position]!)
    return this.store.rebuild(base, args)
  }
}
