import { isWordIndex } from './indexed-names.ts'
import { type NameNode, type Surface, visit } from './surface.ts'
import { bare, factorsOf, termsOf } from './vectors/shape.ts'

/** Letters that count samples wherever a loss is divided by them, and those that do so only if they stand nowhere else. */
const countNames = /^(?:n|[nNmM]_[a-z]+|batch_size)$/
const rareNames = /^[mMB]$/

/**
 * What the samples are counted by where a sum leaves it out: in `1/n*sum((y-m*x)^2)` and `\frac1m \sum_i …` it is what
 * the sum is divided by. Nothing where no such name is told, or N stands in the text as something else.
 */
export function sampleCountIn(
  trees: readonly Surface[],
  named: ReadonlySet<string>,
  indexNames: ReadonlySet<string>,
): string | undefined {
  const found = new Map<string, { divides: boolean; elsewhere: boolean; varies: boolean }>()
  const note = (node: NameNode, divides: boolean) => {
    const { name, indices } = labelled(node, indexNames)
    const use = found.get(name) ?? { divides: false, elsewhere: false, varies: false }
    use.varies ||= indices > 0
    if (divides) use.divides = true
    else use.elsewhere = true
    found.set(name, use)
  }
  for (const tree of trees) survey(tree, note)
  const usual = found.get('N')
  if (usual !== undefined) return usual.divides && !usual.varies && !named.has('N') ? 'N' : undefined
  const counts = [...found].filter(([name, { divides, elsewhere, varies }]) => {
    if (!divides || varies || named.has(name)) return false
    return countNames.test(name) || (rareNames.test(name) && !elsewhere)
  })
  return counts.length === 1 ? counts[0]![0] : undefined
}

/** Visits the names of a tree, and tells whether they stand as a factor of a denominator, maybe with a number added. */
function survey(tree: Surface, note: (node: NameNode, divides: boolean) => void): void {
  const dividing = new Set<Surface>()
  visit(tree, (node) => {
    const divisor =
      node.kind === 'fraction'
        ? node.denominator
        : node.kind === 'chain' && node.op === '/'
          ? node.right
          : undefined
    if (divisor !== undefined) {
      for (const factor of factorsOf(bare(divisor))) {
        const terms = termsOf(bare(factor.node))
        const [first, ...rest] = terms
        if (rest.every((term) => term.node.kind === 'number')) dividing.add(bare(first!.node))
      }
    }
    if (node.kind === 'name') note(node, dividing.has(node))
    else if (node.kind === 'big')
      for (const bound of [...node.below, node.above]) if (bound) noteBound(bound, note)
  })
}

/** The bounds of a sum, which `visit` leaves out: N there counts the samples already. */
function noteBound(node: Surface, note: (node: NameNode, divides: boolean) => void): void {
  visit(node, (part) => {
    if (part.kind === 'name' && part.name === 'N') note(part, true)
  })
}

function labelled(node: NameNode, indexNames: ReadonlySet<string>): { name: string; indices: number } {
  const [label] = node.indices
  if (label === undefined || !isWordIndex(label, indexNames))
    return { name: node.name, indices: node.indices.length }
  return { name: `${node.name}_${label.name}`, indices: node.indices.length - 1 }
}
