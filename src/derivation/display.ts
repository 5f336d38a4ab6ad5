import type { Expr } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import type { TermStore } from '../term/store.ts'

/** A term as a line shows it, with the positions of its marks. */
export interface Shown {
  readonly term: Expr
  readonly marks: readonly Path[]
}

/**
 * Shows terms as lines do: a product that a rule put inside a product is written without brackets. The record
 * keeps the brackets, since positions depend on them; marks are carried along. What the lines share is
 * flattened once.
 */
export class ProductFlattener {
  readonly #memo = new Map<Expr, Expr>()

  constructor(readonly store: TermStore) {}

  show(term: Expr, marks: readonly Path[]): Shown {
    const flat = this.#flatten(term)
    if (flat === term) return { term, marks }
    return { term: flat, marks: marks.flatMap((path) => this.#translate(term, path)) }
  }

  #flatten(node: Expr): Expr {
    if (node.args.length === 0) return node
    const known = this.#memo.get(node)
    if (known !== undefined) return known
    const args = node.args.map((arg) => this.#flatten(arg))
    const result =
      node.kind === 'mul' && args.some((arg) => arg.kind === 'mul')
        ? this.store.mul(args.flatMap((arg) => (arg.kind === 'mul' ? arg.args : [arg])))
        : this.store.rebuild(node, args)
    this.#memo.set(node, result)
    return result
  }

  /** Where the sub-term at a path stands now; a product that was dissolved stands in several places. */
  #translate(root: Expr, path: Path): Path[] {
    const translated: number[] = []
    let node = root
    let isNested = false
    for (const position of path) {
      const parent = node
      node = node.args[position]!
      if (parent.kind !== 'mul') {
        translated.push(position)
        isNested = false
        continue
      }
      let offset = 0
      for (let i = 0; i < position; i++) offset += widthOf(this.#flatten(parent.args[i]!))
      // Inside a nested product the positions count on from where its first factor now stands.
      if (isNested) offset += translated.pop()!
      translated.push(offset)
      isNested = node.kind === 'mul'
    }
    const last = translated.pop()
    if (last === undefined) return [[]]
    const width = isNested ? widthOf(this.#flatten(node)) : 1
    return Array.from({ length: width }, (_, i) => [...translated, last + i])
  }
}

function widthOf(flat: Expr): number {
  return flat.kind === 'mul' ? flat.args.length : 1
}
