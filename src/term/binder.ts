import type { BinderOperation, Expr } from './expr.ts'
import type { TermStore } from './store.ts'

/**
 * Bound indices are locally nameless: `bound(0)` belongs to the innermost binder around it. These functions
 * are the only ones that shift levels, so no rule ever renames an index and none can be captured.
 */

/** Whether the index bound `level` binders outside of this term occurs in it. */
export function occursBound(term: Expr, level = 0): boolean {
  return (term.loose & (1 << level)) !== 0
}

/** Moves a term under `by` more binders (below 0: out of them); loose indices below `cutoff` stay. */
export function shift(store: TermStore, term: Expr, by: number, cutoff = 0): Expr {
  if (by === 0 || term.loose >>> cutoff === 0) return term
  return replaceBound(store, term, cutoff, (level) => store.bound(level + by))
}

/** A binder's body with a value in place of the binder's index. */
export function instantiate(store: TermStore, body: Expr, value: Expr): Expr {
  if (body.loose === 0) return body
  return replaceBound(store, body, 0, (level, depth) =>
    level === depth ? shift(store, value, depth) : store.bound(level - 1),
  )
}

/** The body under `values.length` binders with a value for each; the last value is the innermost index's. */
export function instantiateAll(store: TermStore, body: Expr, values: readonly Expr[]): Expr {
  const count = values.length
  if (body.loose === 0) return body
  return replaceBound(store, body, 0, (level, depth) => {
    const position = count - 1 - (level - depth)
    return position >= 0 ? shift(store, values[position]!, depth) : store.bound(level - count)
  })
}

/** The term as the body of a new innermost binder, with the free index `name` bound by it. */
export function abstract(store: TermStore, term: Expr, name: string): Expr {
  return abstractAll(store, term, [name])
}

/** The term as a body under one binder a name; the last name becomes the innermost index. */
export function abstractAll(store: TermStore, term: Expr, names: readonly string[]): Expr {
  const memo: Map<Expr, Expr>[] = []
  const walk = (node: Expr, depth: number): Expr => {
    const atDepth = memoAt(memo, depth)
    const known = atDepth.get(node)
    if (known !== undefined) return known
    let result: Expr
    if (node.kind === 'bound') {
      result = node.level >= depth ? store.bound(node.level + names.length) : node
    } else if (node.kind === 'symbol' && node.args.length === 0 && names.includes(node.name)) {
      result = store.bound(depth + names.length - 1 - names.lastIndexOf(node.name))
    } else if (node.loose >>> depth === 0 && !names.some((name) => node.names.has(name))) {
      result = node
    } else {
      result = store.rebuild(
        node,
        node.args.map((arg, i) => walk(arg, node.kind === 'big' && i === 2 ? depth + 1 : depth)),
      )
    }
    atDepth.set(node, result)
    return result
  }
  return walk(term, 0)
}

/** Binds the free index `name` of `body`. */
export function bind(
  store: TermStore,
  operation: BinderOperation,
  name: string,
  from: Expr,
  to: Expr,
  body: Expr,
): Expr {
  return store.big(operation, name, from, to, abstract(store, body, name))
}

/** The term with `value` for every occurrence of `target`, also under binders, where both mean the same indices. */
export function replaceTerm(store: TermStore, term: Expr, target: Expr, value: Expr): Expr {
  const memo: Map<Expr, Expr>[] = []
  const walk = (node: Expr, depth: number): Expr => {
    if (node === shift(store, target, depth)) return shift(store, value, depth)
    if (node.size <= target.size) return node
    const atDepth = memoAt(memo, depth)
    const known = atDepth.get(node)
    if (known !== undefined) return known
    const result = store.rebuild(
      node,
      node.args.map((arg, i) => walk(arg, node.kind === 'big' && i === 2 ? depth + 1 : depth)),
    )
    atDepth.set(node, result)
    return result
  }
  return walk(term, 0)
}

/** Replaces each index that is loose at `cutoff`; the callback gets its level and the binders entered. */
function replaceBound(
  store: TermStore,
  term: Expr,
  cutoff: number,
  replace: (level: number, depth: number) => Expr,
): Expr {
  const memo: Map<Expr, Expr>[] = []
  const walk = (node: Expr, depth: number): Expr => {
    if (node.loose >>> depth === 0) return node
    if (node.kind === 'bound') return replace(node.level, depth)
    const atDepth = memoAt(memo, depth)
    const known = atDepth.get(node)
    if (known !== undefined) return known
    const result = store.rebuild(
      node,
      node.args.map((arg, i) => walk(arg, node.kind === 'big' && i === 2 ? depth + 1 : depth)),
    )
    atDepth.set(node, result)
    return result
  }
  return walk(term, cutoff)
}

/** A sub-term means something else under another number of binders, so each depth has its own memo. */
function memoAt(memo: Map<Expr, Expr>[], depth: number): Map<Expr, Expr> {
  let atDepth = memo[depth]
  if (atDepth === undefined) {
    atDepth = new Map()
    memo[depth] = atDepth
  }
  return atDepth
}
