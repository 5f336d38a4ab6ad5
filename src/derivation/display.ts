import type { Expr } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import type { TermStore } from '../term/store.ts'

/**
 * A term as a line shows it: a product that a rule put inside a product is written without brackets. The
 * record keeps the brackets, since positions depend on them; `marks` are carried along.
 */
export function flattenProducts(
  store: TermStore,
  term: Expr,
  marks: readonly Path[],
): { readonly term: Expr; readonly marks: readonly Path[] } {
  const memo = new Map<Expr, Expr>()
  const flatten = (node: Expr): Expr => {
    if (node.args.length === 0) return node
    const known = memo.get(node)
    if (known !== undefined) return known
    const args = node.args.map(flatten)
    const result =
      node.kind === 'mul'
        ? store.mul(args.flatMap((arg) => (arg.kind === 'mul' ? arg.args : [arg])))
        : store.rebuild(node, args)
    memo.set(node, result)
    return result
  }
  const flat = flatten(term)
  if (flat === term) return { term, marks }
  return { term: flat, marks: marks.flatMap((path) => translate(term, path)) }

  function translate(root: Expr, path: Path): Path[] {
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
      for (let i = 0; i < position; i++) offset += widthOf(flatten(parent.args[i]!))
      // Inside a nested product the positions count on from where its first factor now stands.
      if (isNested) offset += translated.pop()!
      translated.push(offset)
      isNested = node.kind === 'mul'
    }
    const end = isNested ? widthOf(flatten(node)) : 1
    const last = translated.pop()
    if (last === undefined) return [[]]
    return Array.from({ length: end }, (_, i) => [...translated, last + i])
  }
}

function widthOf(flat: Expr): number {
  return flat.kind === 'mul' ? flat.args.length : 1
}
