import type { NameNode, Surface } from '../surface.ts'
import { partsOf, visit } from '../surface.ts'
import { constantNames } from '../uses.ts'

/** Beside a user's own \delta_i, the delta with two indices is Kronecker's. */
export const isKronecker = (name: string, indices: readonly Surface[]): boolean =>
  name === 'delta' && indices.length === 2

/** How many axes names have, written or open, as far as it is told by how they are written. */
export class Ranks {
  /** Name → number of axes. */
  readonly known = new Map<string, number>()
  /** Name → the largest number of indices it stands with. */
  readonly #written = new Map<string, number>()
  readonly #layers = new Set<string>()
  readonly #isLabel: (index: Surface) => boolean

  /** @param isLabel whether an index is a word that belongs to the name, as in `w_{out}` */
  constructor(isLabel: (index: Surface) => boolean) {
    this.#isLabel = isLabel
  }

  /** A name stands with different numbers of indices: the most is its rank. */
  survey(tree: Surface): void {
    visit(tree, (node) => {
      if (node.kind !== 'name') return
      const { name, indices } = this.split(node)
      if (indices.length === 0 || indices.every((index) => index.kind === 'number')) return
      if (isKronecker(name, indices)) return
      const known = this.#written.get(name) ?? indices.length
      if (known !== indices.length) this.known.set(name, Math.max(known, indices.length))
      this.#written.set(name, Math.max(known, indices.length))
    })
  }

  /**
   * `W_1` and `W_2` are matrices of different sizes, not rows of one array: where a capital stands with nothing but
   * one number, it and its like are names of their own.
   */
  surveyLayers(trees: readonly Surface[]): void {
    const layered = new Map<string, boolean>()
    for (const tree of trees) {
      visit(tree, (node) => {
        if (node.kind !== 'name' || this.#isIndex(node)) return
        const isNumbered = node.indices.length === 1 && node.indices[0]!.kind === 'number'
        layered.set(node.name, isNumbered && layered.get(node.name) !== false)
      })
    }
    const names = [...layered].flatMap(([name, isLayered]) => (isLayered ? [name] : []))
    if (names.some((name) => /^\p{Lu}/u.test(name))) for (const name of names) this.#layers.add(name)
  }

  #isIndex(node: NameNode): boolean {
    return (
      node.indices.length === 0 && this.#written.get(node.name) === undefined && /^[i-n]$/.test(node.name)
    )
  }

  /**
   * Bare names that stand with an index elsewhere, `w \cdot x` beside `w_j`; answers whether there are any. The x of
   * f(x) = … is another x, and inside a sum over samples that leaves its index out a bare name is no vector.
   */
  surveyBare(tree: Surface): boolean {
    const own = new Set(parametersOf(tree))
    let found = false
    // No recursion: a sum may be ten thousand links deep.
    const rest = [tree]
    for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
      const leavesOut = node.kind === 'big' ? node.below.length === 0 : isImpliedSum(node)
      if (leavesOut || (node.kind === 'name' && own.has(node.name))) continue
      if (node.kind === 'name' && node.indices.length === 0 && !constantNames.has(node.name)) {
        const written = this.#written.get(node.name)
        if (written !== undefined) this.known.set(node.name, written)
        found ||= written !== undefined
      }
      rest.push(...partsOf(node))
    }
    return found
  }

  /** What the layer `W_1` is called, where W stands for the matrices of layers. */
  layer(name: string, number: string): string | undefined {
    return this.#layers.has(name) ? `${name}^{[${number}]}` : undefined
  }

  /** The name with its label, and the indices after it. */
  split(node: NameNode): { readonly name: string; readonly indices: readonly Surface[] } {
    const [first] = node.indices
    const layer = first?.kind === 'number' ? this.layer(node.name, first.text) : undefined
    if (layer !== undefined) return { name: layer, indices: node.indices.slice(1) }
    if (first?.kind !== 'name' || !this.#isLabel(first)) return node
    return { name: `${node.name}_${first.name}`, indices: node.indices.slice(1) }
  }
}

function isImpliedSum(node: Surface): boolean {
  return node.kind === 'call' && !node.own && node.args.length === 1 && /^(?:sum|prod|mean)$/.test(node.name)
}

/** The names of the parameters of a function that a tree defines. */
function parametersOf(tree: Surface): readonly string[] {
  if (tree.kind !== 'comparison' || tree.left.kind !== 'call') return []
  return tree.left.args.flatMap((arg) => (arg.kind === 'name' ? [arg.name] : []))
}
