import type { Surface } from '../../read/index.ts'
import type { EditList } from './edit-list.ts'

/** Σ f(u) where f(Σ u) is meant, and f(Σ u) where Σ f(u) is. */
export function pullSumsIn(list: EditList, node: Surface & { kind: 'big' }): void {
  const body = node.body.kind === 'group' ? node.body.body : node.body
  const head = list.text.slice(node.at, node.body.at)
  if (body.kind === 'call' && body.args.length === 1) {
    const [arg] = body.args
    const name = list.text.slice(body.at, arg!.at).replace(/(?:\\left)?[({\s]*$/, '')
    const inner = list.text.slice(arg!.at, arg!.end)
    list.add(
      'sum-into-function',
      [[node.at, node.end, `${name}\\left(${head}${inner}\\right)`]],
      `the sum was pulled out of ${body.name}`,
      3,
    )
  }
  if (body.kind === 'power') {
    const inner = list.text.slice(body.left.at, body.left.end)
    const raised = list.text.slice(body.left.end, body.end)
    list.add(
      'sum-into-function',
      [[node.at, node.end, `\\left(${head}${inner}\\right)${raised}`]],
      'the sum was pulled out of a power',
      3,
    )
  }
}

/** x_i w_i where Σ_l x_l w_l is meant. */
export function giveOwnIndex(list: EditList, node: Surface & { kind: 'chain' }): void {
  const left = node.left.kind === 'chain' && node.left.op === '*' ? node.left.right : node.left
  const right = node.right
  if (left.kind !== 'name' || right.kind !== 'name') return
  const letterOf = (index: Surface) => list.text.slice(index.at, index.end)
  for (const first of left.indices) {
    for (const second of right.indices) {
      if (letterOf(first) !== letterOf(second)) continue
      for (const letter of list.given.indices) {
        if (letter === letterOf(first)) continue
        const sum = list.latex ? `\\sum_{${letter}} ` : `sum(${letter}, `
        const close = list.latex ? [] : [[right.end, right.end, ')'] as const]
        list.add(
          'index',
          [[left.at, left.at, sum], [first.at, first.end, letter], [second.at, second.end, letter], ...close],
          `the index ${letterOf(first)} is used twice: the inner sum has an index of its own`,
          4.5,
        )
      }
    }
  }
}
