import type { Expr } from '../term/expr.ts'
import { addIndices } from '../term/index-arithmetic.ts'
import type { IndexRange } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import type { Elaborator } from './elaborator.ts'
import { isAccented, letterWords } from './spelling.ts'
import type { NameNode, Span, Surface } from './surface.ts'
import { constantNames, type NameUse, newUse } from './uses.ts'

/** A name, with its indices and, inside an implied sum, the sample's index in front. */
export function readName(reader: Elaborator, node: NameNode): Expr {
  const { store } = reader
  let { name, indices: written } = node
  if (written.length === 0) {
    const bound = reader.lookup(name)
    if (bound !== undefined) return bound
    if (reader.inIndex) {
      reader.freeIndices.set(name, reader.freeIndices.get(name) ?? { source: reader.source, span: node })
      return store.symbol(name)
    }
  } else if (isLabel(reader, written[0]!)) {
    name = `${name}_${(written[0] as NameNode).name}`
    written = written.slice(1)
  }
  const indices = written.map((index) => readIndex(reader, index))
  // A user's own delta_i has one index; beside it the delta with two is still Kronecker's.
  const isOwn = () => reader.context.named.has(name) && reader.uses.get(name)?.positions.length !== 1
  if (name === 'delta' && indices.length === 2 && !isOwn()) {
    return store.delta(indices[0]!, indices[1]!)
  }
  const prefix = samplePrefix(reader, name, indices)
  if (prefix !== undefined) indices.unshift(prefix)
  recordUse(reader, name, indices, node)
  return store.symbol(name, indices)
}

function readIndex(reader: Elaborator, node: Surface): Expr {
  const outer = reader.inIndex
  reader.inIndex = true
  const index = reader.term(node)
  reader.inIndex = outer
  return index
}

/** `out` in `w_{out}`: a word is part of the name unless it is an index. */
function isLabel(reader: Elaborator, node: Surface): boolean {
  return isWordIndex(node, reader.context.indexNames) && reader.lookup(node.name) === undefined
}

/** Whether an index is a word, as labels are, and none of these names of indices. */
export function isWordIndex(node: Surface, indexNames: ReadonlySet<string>): node is NameNode {
  if (node.kind !== 'name' || node.indices.length > 0 || node.name.length < 2 || node.name.includes(' '))
    return false
  return !letterWords.has(node.name) && !isAccented(node.name) && !indexNames.has(node.name)
}

function samplePrefix(reader: Elaborator, name: string, indices: readonly Expr[]): Expr | undefined {
  if (reader.sample === undefined) return undefined
  const definition = reader.definitions.get(name)
  if (
    definition === undefined
      ? !reader.context.data.has(name)
      : definition.parameters.length !== indices.length + 1
  ) {
    return undefined
  }
  // Beside a bare y, the y_p of a definition has all its indices.
  const isRunning = indices.some((index) => index.kind !== 'number')
  if (isRunning && indices.length > (reader.context.fewest.get(name) ?? indices.length)) return undefined
  const first = indices[0]
  if (definition === undefined && first?.kind === 'bound') {
    const { range } = reader.binders[reader.binders.length - 1 - first.level]!
    if (range?.to === reader.store.symbol(reader.sampleCount)) return undefined
  }
  return typeof reader.sample === 'number'
    ? reader.store.bound(reader.binders.length - 1 - reader.sample)
    : reader.sample
}

function recordUse(reader: Elaborator, name: string, indices: readonly Expr[], node: Span): void {
  if (indices.length === 0 && constantNames.has(name)) {
    if (!reader.constants.has(name)) reader.constants.set(name, newUse(reader.source, name, node))
    return
  }
  const use = reader.use(name, node)
  if (indices.length > 0 && indices.every((index) => index.kind === 'number')) {
    use.fixed.set(indices.map((index) => (index.kind === 'number' ? index.name : '')).join(','), indices)
    return
  }
  if (use.asFunction) {
    reader.noteClash(node, `${name} is a function elsewhere`, `write ${name}(…) or choose another name`)
    return
  }
  if (use.arity >= 0 && use.arity !== indices.length) {
    const count = (n: number) => (n === 0 ? 'no index' : n === 1 ? 'one index' : `${n} indices`)
    const sampled = reader.context.data.has(name) && indices.length < use.arity
    reader.noteClash(
      node,
      `${name} has ${count(indices.length)} here and ${count(use.arity)} elsewhere`,
      sampled ? `${name} has a value for each sample; outside a sum it needs an index` : undefined,
    )
    return
  }
  use.arity = indices.length
  for (let i = 0; i < indices.length; i++) {
    const position = use.positions[i] ?? { binders: new Set(), shifted: [], free: new Set() }
    use.positions[i] = position
    recordIndex(reader, use, position, indices[i]!)
  }
}

function recordIndex(
  reader: Elaborator,
  use: NameUse,
  position: NameUse['positions'][number],
  index: Expr,
): void {
  if (index.kind === 'symbol' && index.args.length === 0) position.free.add(index.name)
  const bound = index.kind === 'add' ? index.args.find((arg) => arg.kind === 'bound') : index
  if (bound?.kind !== 'bound') return
  const place = reader.binders.length - 1 - bound.level
  const binder = reader.binders[place]!
  const { range } = binder
  const reached = range && reachOf(reader, range, place)
  if (range !== undefined && reader.isOverSamples(range)) use.perSample = true
  if (index === bound) {
    position.binders.add(binder)
    if (reached !== undefined && reached !== range) position.shifted.push(reached)
  } else if (range !== undefined && index.args.length === 2) {
    const other = index.args[0] === bound ? index.args[1]! : index.args[0]!
    const { from, to } = reached ?? range
    const shifted = shiftRange(reader.store, from, to, other)
    if (shifted !== undefined) position.shifted.push(shifted)
  }
}

/** The range of `t + offset` for t from `from` to `to`. */
function shiftRange(
  store: TermStore,
  from: Expr,
  to: Expr,
  offset: Expr,
): { from: Expr; to: Expr } | undefined {
  const amount = offset.kind === 'neg' ? offset.args[0]! : offset
  if (amount.kind !== 'number' || from.kind !== 'number' || !amount.value.isInteger) return undefined
  const by = offset.kind === 'neg' ? amount.value.negate() : amount.value
  return { from: store.rational(from.value.add(by)), to: addIndices(store, [to, offset]) }
}

/**
 * All that the index of the binder at a place runs through: i=j..n inside of j=1..n-1 reaches from 1 to n. Without it
 * the elements that only such an index reaches would count as beyond the range of a name.
 */
function reachOf(reader: Elaborator, range: IndexRange, place: number): IndexRange | undefined {
  if (range.from.loose === 0 && range.to.loose === 0) return range
  const from = extreme(reader, range.from, place, 'from')
  const to = extreme(reader, range.to, place, 'to')
  return from && to && { from, to }
}

/** The least or the largest value of a bound for all values of the outer indices in it. */
function extreme(reader: Elaborator, bound: Expr, place: number, side: 'from' | 'to'): Expr | undefined {
  if (bound.loose === 0) return bound
  const { store } = reader
  const ends: Expr[] = []
  for (const term of bound.kind === 'add' ? bound.args : [bound]) {
    const index = term.kind === 'neg' ? term.args[0]! : term
    if (term.loose === 0) ends.push(term)
    else if (index.kind !== 'bound') return undefined
    else {
      const outer = reader.binders[place - 1 - index.level]
      if (outer?.range === undefined || outer.open) return undefined
      const own = (term.kind === 'neg') === (side === 'from') ? 'to' : 'from'
      const end = extreme(reader, outer.range[own], place - 1 - index.level, own)
      if (end === undefined) return undefined
      ends.push(term.kind === 'neg' ? store.neg(end) : end)
    }
  }
  return addIndices(store, ends)
}
