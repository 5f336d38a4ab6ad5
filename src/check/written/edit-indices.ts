import type { Surface } from '../../read/index.ts'
import type { EditList } from './edit-list.ts'

/** Letters of indices exchanged, and deltas that are too many. */
export function exchangeIndices(list: EditList, node: Surface & { kind: 'name' }): void {
  const letters = node.indices.filter((index) => index.kind === 'name' && index.indices.length === 0)
  if (node.name === 'delta' && node.indices.length === 2) {
    list.add('index', [[node.at, node.end, '1']], 'a Kronecker delta is too many', 6)
  }
  for (const index of letters) {
    const written = list.text.slice(index.at, index.end)
    for (const letter of list.given.indices) {
      if (letter !== written)
        list.add('index', [[index.at, index.end, letter]], `the index ${written} should be ${letter}`, 4)
    }
  }
  const [first, second] = letters
  if (letters.length === 2 && first !== undefined && second !== undefined) {
    const [a, b] = [first, second].map(({ at, end }) => list.text.slice(at, end)) as [string, string]
    list.add(
      'index',
      [
        [first.at, first.end, b],
        [second.at, second.end, a],
      ],
      'the two indices stand in the wrong order',
      3.5,
    )
  }
}
