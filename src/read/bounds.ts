import type { Elaborator } from './elaborator.ts'
import type { BigNode, Comparison, NameNode, Surface } from './surface.ts'
import { visit } from './surface.ts'

/** What stands below a sum: which index it binds, from where to where, and on what condition. */

export interface Bounds {
  readonly name: string
  readonly from?: Surface | undefined
  readonly to?: Surface | undefined
  /** Added to the bounds: `j > i` starts at i + 1. */
  readonly fromOffset?: number
  readonly toOffset?: number
}

export function rangeOf(reader: Elaborator, left: Surface, to: Surface): Bounds {
  if (
    left.kind !== 'comparison' ||
    left.op !== '=' ||
    left.left.kind !== 'name' ||
    left.left.indices.length > 0
  ) {
    return reader.fail(left, 'expected a range such as i=1..N')
  }
  return { name: left.left.name, from: left.right, to }
}

/**
 * `i=1`, `j\neq c`, `j\ge i`, `1\le i<j\le n`: the indices are the names that nothing binds yet. In `i<j` both are
 * indices where the body has names with either; else j would be taken for a count, which is another sum.
 */
export function conditionBounds(
  reader: Elaborator,
  node: Comparison,
  { above, body }: BigNode,
  bounds: Bounds[],
  conditions: Surface[],
): void {
  const parts: { op: string; left: Surface; right: Surface }[] = []
  let current: Surface = node
  while (current.kind === 'comparison') {
    const left: Surface = current.left
    parts.unshift({
      op: current.op,
      left: left.kind === 'comparison' ? left.right : left,
      right: current.right,
    })
    current = left
  }
  const { right: values } = node
  if (values.kind === 'range' && node.left.kind === 'name') {
    bounds.push({ name: node.left.name, from: values.left, to: values.to })
    return
  }
  const isIndex = (side: Surface): side is NameNode =>
    side.kind === 'name' &&
    side.indices.length === 0 &&
    reader.lookup(side.name) === undefined &&
    !bounds.some(({ name }) => name === side.name)
  const [only] = parts
  if (parts.length === 1 && only?.op === '!=') {
    const sides = [only.left, only.right]
    const unbound = sides.filter(isIndex)
    // Pairs are named in the order of the alphabet, `i \neq j`; in `j \neq c` and `k \neq j` the second is the one left out.
    const isPair =
      unbound.length === 2 &&
      unbound[0]!.name < unbound[1]!.name &&
      !unbound.some(({ name }) => reader.context.data.has(name))
    const both = isPair && unbound.every((side) => indexes(reader, side, body))
    const isBound = sides.some(
      (side) => side.kind === 'name' && bounds.some(({ name }) => name === side.name),
    )
    const own = isBound ? [] : both ? unbound : unbound.slice(0, 1)
    bounds.push(...own.map(({ name }) => ({ name, to: above })))
    conditions.push(node)
    return
  }
  if (only !== undefined && parts.length === 1 && /^[<>]/.test(only.op)) {
    const [smaller, larger] = only.op.startsWith('<') ? [only.left, only.right] : [only.right, only.left]
    if (
      isIndex(smaller) &&
      isIndex(larger) &&
      [smaller, larger].every((side) => indexes(reader, side, body))
    ) {
      bounds.push({ name: larger.name, to: above })
      bounds.push({ name: smaller.name, to: larger, toOffset: only.op.endsWith('=') ? 0 : -1 })
      return
    }
  }
  // `i : c_i = 1`: a condition on what is bound already.
  const isOfElements = parts.every(({ left }) => left.kind !== 'name' || left.indices.length > 0)
  if (isOfElements && bounds.length > 0) {
    conditions.push(node)
    return
  }
  // After `n=` begins a sum over n, whatever an outer sum calls its index.
  if (parts.length === 1 && only?.op === '=' && only.left.kind === 'name' && only.left.indices.length === 0) {
    bounds.push({ name: only.left.name, from: only.right, to: above })
    return
  }
  if (parts.length === 1 && only !== undefined && isIndex(only.left)) {
    const { name } = only.left
    if (only.op === '>=' || only.op === '>') {
      bounds.push({ name, from: only.right, fromOffset: only.op === '>' ? 1 : 0, to: above })
    } else bounds.push({ name, to: only.right, toOffset: only.op === '<' ? -1 : 0 })
    return
  }
  const last = parts.at(-1)!
  if (parts.length < 2 || parts.some(({ op }) => op !== '<' && op !== '<=')) {
    reader.fail(node, 'this range cannot be read', 'write \\sum_{i=1}^{N}')
  }
  for (let i = 0; i < parts.length - 1; i++) {
    const { op, left, right } = parts[i]!
    if (!isIndex(right)) {
      reader.fail(right, 'expected an index that is not bound yet')
    }
    const strict = i === parts.length - 2 && last.op === '<'
    bounds.push({
      name: right.name,
      from: left,
      fromOffset: op === '<' ? 1 : 0,
      to: last.right,
      toOffset: strict ? -1 : 0,
    })
  }
}

/** Whether a name that no option declares stands as an index of another in a body. */
function indexes(reader: Elaborator, { name }: NameNode, body: Surface): boolean {
  if (reader.context.named.has(name) || reader.context.indexNames.has(name)) return false
  let found = false
  visit(body, (node) => {
    if (node.kind !== 'name') return
    found ||= node.indices.some((index) => index.kind === 'name' && index.name === name)
  })
  return found
}
