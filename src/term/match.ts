import { shift } from './binder.ts'
import type { Expr } from './expr.ts'
import type { TermStore } from './store.ts'

/**
 * The values of a definition's parameters for which its body is this very term, as `instantiateAll` would
 * write it; nothing where there are none. In `pattern` the parameters are the `count` outermost bound indices.
 */
export function matchBody(
  store: TermStore,
  pattern: Expr,
  term: Expr,
  count: number,
): readonly Expr[] | undefined {
  const values = matchParts(store, pattern, term, count)
  return values === undefined || values.includes(undefined) ? undefined : (values as Expr[])
}

/** Whether the term is the pattern for some values of its parameters, of which it need not have all. */
export function isInstance(store: TermStore, pattern: Expr, term: Expr, count: number): boolean {
  return matchParts(store, pattern, term, count) !== undefined
}

function matchParts(
  store: TermStore,
  pattern: Expr,
  term: Expr,
  count: number,
): readonly (Expr | undefined)[] | undefined {
  const values: (Expr | undefined)[] = Array.from({ length: count })
  const match = (left: Expr, right: Expr, depth: number): boolean => {
    if (left.kind === 'bound' && left.level >= depth) {
      const position = count - 1 - (left.level - depth)
      if (position < 0) return false
      // The value must make sense outside the binders entered on the way.
      if ((right.loose & ((1 << depth) - 1)) !== 0) return false
      const value = shift(store, right, -depth)
      if (values[position] !== undefined) return values[position] === value
      values[position] = value
      return true
    }
    if (left.loose >>> depth === 0) return left === right
    if (left.kind !== right.kind || left.args.length !== right.args.length) return false
    if ('name' in left && 'name' in right && left.name !== right.name) return false
    // g'(u) is no g(u)
    if (left.kind === 'apply' && right.kind === 'apply' && left.orders.join() !== right.orders.join())
      return false
    return left.args.every((arg, i) =>
      match(arg, right.args[i]!, left.kind === 'big' && i === 2 ? depth + 1 : depth),
    )
  }
  return match(pattern, term, 0) ? values : undefined
}
