import type { Surface } from '../../read/index.ts'
import type { EditList } from './edit-list.ts'

/** `2y - u` where `2(y - u)` is meant: from an operand to the end of a later summand. */
export function parenthesizeSummands(list: EditList, node: Surface & { kind: 'chain' }): void {
  let left: Surface = node.left
  while (left.kind === 'chain' && (left.op === '+' || left.op === '-')) left = left.right
  const lefts: number[] = []
  const bodies = (item: Surface): void => {
    if (item.kind === 'chain' && (item.op === '*' || item.op === '/')) {
      bodies(item.left)
      lefts.push(item.right.at)
      if (item.right.kind === 'big' || item.right.kind === 'derivative') bodies(item.right)
    } else if (item.kind === 'big' || item.kind === 'derivative') {
      lefts.push(item.body.at)
      bodies(item.body)
    }
  }
  bodies(left)
  if (lefts.length === 0) lefts.push(left.at)
  const rights: number[] = []
  const ends = (item: Surface): void => {
    if (item.kind === 'chain' && item.op === '*') {
      ends(item.left)
      rights.push(item.right.end)
    } else rights.push(item.end)
  }
  ends(node.right)
  for (const from of lefts) {
    for (const to of rights) {
      list.add(
        'missing-parentheses',
        [
          [from, from, '('],
          [to, to, ')'],
        ],
        `they belong around ${list.cut(from, to)}`,
        2,
      )
    }
  }
}
