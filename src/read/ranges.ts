import type { Expr } from '../term/expr.ts'
import type { IndexRange } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { isOpenBound, openBound, sizeOf } from './binders.ts'
import type { Elaborator } from './elaborator.ts'
import { knownRange } from './uses.ts'
import { rangeAxes } from './vectors/dimensions.ts'

/** Ranges that the text leaves open, as `\sum_i` does, told from how the index is used. */

/**
 * What each open bound stands for. Indices that stand at the same position of the same name run over the same
 * range, so ranges spread from the sums that have one to those that have none.
 */
export function openRanges(reader: Elaborator, declared: ReadonlyMap<string, IndexRange>): Map<string, Expr> {
  const { store } = reader
  const values = new Map<string, Expr>()
  if (reader.parameters.length === 0 && !reader.allBinders.some(({ open }) => open)) return values
  const known = new Map<object, IndexRange>()
  for (const binder of reader.allBinders) {
    const range = declared.get(binder.name) ?? (binder.open || binder.axis ? undefined : binder.range)
    if (range !== undefined && range.from.loose === 0 && range.to.loose === 0) known.set(binder, range)
  }
  const positions = [...reader.uses.values()].flatMap((use) => use.positions)
  const spread = () => {
    let grown = false
    for (const position of positions) {
      const members: object[] = [position, ...position.binders]
      const range =
        members.map((member) => known.get(member)).find((found) => found !== undefined) ??
        [...position.free].map((name) => declared.get(name)).find((found) => found !== undefined)
      if (range === undefined) continue
      for (const member of members) {
        if (known.has(member)) continue
        known.set(member, range)
        grown = true
      }
    }
    return grown
  }
  while (spread());
  for (const parameter of reader.parameters) {
    const range = known.get(parameter)
    if (range !== undefined) parameter.range = range
  }
  const sameLetter = new Map<string, IndexRange>()
  for (const { name, open, range } of reader.allBinders) {
    if (!open && range !== undefined && range.from.loose === 0 && range.to.loose === 0)
      sameLetter.set(name, range)
  }
  const hasAxes = reader.allBinders.some(({ axis }) => axis)
  reader.allBinders.forEach((binder, i) => {
    if (!binder.open || binder.range === undefined) return
    if (binder.axis) return
    const found = known.get(binder) ?? sameLetter.get(binder.name) ?? usualRange(reader, binder.name, hasAxes)
    // What stands at the same place of a name, as i and j in `w_i w_j`, runs as far.
    if (!known.has(binder)) {
      known.set(binder, found)
      while (spread());
    }
    const from = isOpenBound(binder.range.from) ? found.from : binder.range.from
    const to = isOpenBound(binder.range.to) ? found.to : binder.range.to
    values.set(openBound('from', i + 1), found.from)
    values.set(openBound('to', i + 1), found.to)
    values.set(openBound('count', i + 1), sizeOf(store, from, to))
    binder.range = { from, to }
    if (to.kind === 'symbol') reader.counts.add(to.name)
    for (const use of reader.uses.values()) {
      const carries = use.positions.some(({ binders }) => binders.has(binder))
      if (carries && reader.isOverSamples({ from, to })) use.perSample = true
    }
  })
  rangeAxes(reader, declared)
  reader.allBinders.forEach(({ axis, range }, i) => {
    if (!axis || range === undefined) return
    values.set(openBound('from', i + 1), range.from)
    values.set(openBound('to', i + 1), range.to)
  })
  return values
}

/**
 * The range that a bare `\sum_i` or `\sum_k` has in most texts; beside vectors, d counts their components. The name of
 * an array counts nothing.
 */
function usualRange(reader: Elaborator, letter: string, hasAxes: boolean): IndexRange {
  const { store, sampleCount } = reader
  const usual = letter === 'k' || letter === 'c' ? 'K' : letter !== 'j' ? sampleCount : hasAxes ? 'K' : 'd'
  const isArray = (name: string) => {
    const use = reader.uses.get(name)
    return use !== undefined && (use.arity > 0 || use.asFunction)
  }
  const to = [usual, 'N', 'K', 'd', 'M', 'L'].find((name) => !isArray(name)) ?? usual
  return { from: store.number(1), to: store.symbol(to) }
}

/** The term with each symbol that `values` knows replaced. */
export function replaceSymbols(
  store: TermStore,
  term: Expr,
  replace: (name: string, indices: readonly Expr[]) => Expr | undefined,
): Expr {
  const memo = new Map<Expr, Expr>()
  const walk = (node: Expr): Expr => {
    const known = memo.get(node)
    if (known !== undefined) return known
    const own = node.kind === 'symbol' ? replace(node.name, node.args) : undefined
    const result = own ?? (node.args.length === 0 ? node : store.rebuild(node, node.args.map(walk)))
    memo.set(node, result)
    return result
  }
  return walk(term)
}

/**
 * The names with fixed numeric indices that are names of their own: `theta_0` alone, or `w_0` beside a w_j whose
 * index cannot be 0. `z_1` beside z_k, k = 1..K, is an element.
 */
export function ownNames(reader: Elaborator): Map<string, string> {
  const own = new Map<string, string>()
  for (const use of reader.uses.values()) {
    // With p_k defined, p_2 is its second element, whatever else is known of p: a name of its own would be constant.
    if (reader.definitions.get(use.name)?.form === 'name') continue
    for (const [key, indices] of use.fixed) {
      const element =
        use.arity === indices.length &&
        indices.every((index, i) => {
          const range = knownRange(use.positions[i], reader.store)
          if (range === undefined || index.kind !== 'number') return true
          if (range.from.kind === 'number' && range.from.value.compare(index.value) > 0) return false
          return range.to.kind !== 'number' || range.to.value.compare(index.value) >= 0
        })
      if (!element) own.set(`${use.name} ${key}`, fixedName(use.name, key))
    }
  }
  return own
}

export function fixedName(name: string, indices: string): string {
  const label = name.indexOf('^')
  const base = label < 0 ? name : name.slice(0, label)
  return `${base}_${indices.includes(',') ? `{${indices}}` : indices}${label < 0 ? '' : name.slice(label)}`
}
