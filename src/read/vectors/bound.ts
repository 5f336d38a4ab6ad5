import type { Surface } from '../surface.ts'
import { visit } from '../surface.ts'

/** The names that a sum or the like may bind: those that stand alone in its ranges. */
export function boundIn(node: Surface): string[] {
  const ranges =
    node.kind === 'big'
      ? node.below
      : node.kind === 'call' && /^(?:sum|prod|mean|max|min|softmax|logsumexp)$/.test(node.name)
        ? node.args
            .slice(0, -1)
            .filter(
              (arg, i) => arg.kind === 'range' || (i === 0 && node.name !== 'max' && node.name !== 'min'),
            )
        : []
  const names: string[] = []
  for (const range of ranges) {
    visit(range.kind === 'range' ? range.left : range, (part) => {
      if (part.kind === 'name' && part.indices.length === 0) names.push(part.name)
    })
  }
  return names
}
