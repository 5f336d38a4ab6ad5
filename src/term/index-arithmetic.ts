import { occursBound } from './binder.ts'
import type { Expr } from './expr.ts'
import { Rational } from './rational.ts'
import type { TermStore } from './store.ts'

/** An index term as a sum of other terms and a whole number: k + 1 - 1 is k. */
export function addIndices(store: TermStore, terms: readonly Expr[]): Expr {
  const { rest, offset } = partsOf(store, terms)
  const positiveFirst = [
    ...rest.filter((term) => term.kind !== 'neg'),
    ...rest.filter((term) => term.kind === 'neg'),
  ]
  return store.add(
    offset.sign === 0 && rest.length > 0 ? positiveFirst : [...positiveFirst, store.rational(offset)],
  )
}

/** `left - right` where that is the same number whatever the indices are. */
export function indexDistance(store: TermStore, left: Expr, right: Expr): Rational | undefined {
  const { rest, offset } = partsOf(store, [left, store.neg(right)])
  return rest.length === 0 ? offset : undefined
}

function partsOf(
  store: TermStore,
  terms: readonly Expr[],
): { readonly rest: Expr[]; readonly offset: Rational } {
  const rest: Expr[] = []
  let offset = Rational.zero
  const insert = (term: Expr, negative: boolean): void => {
    if (term.kind === 'number') offset = negative ? offset.subtract(term.value) : offset.add(term.value)
    else if (term.kind === 'add') for (const arg of term.args) insert(arg, negative)
    else if (term.kind === 'neg') insert(term.args[0]!, !negative)
    else {
      const opposite = rest.findIndex((other) =>
        negative ? other === term : other.kind === 'neg' && other.args[0] === term,
      )
      if (opposite >= 0) rest.splice(opposite, 1)
      else rest.push(negative ? store.neg(term) : term)
    }
  }
  for (const term of terms) insert(term, false)
  return { rest, offset }
}

/**
 * The value of the innermost bound index for which two index terms agree, where one of them is the index, or
 * its negative, plus or minus terms without it: `t - 1 = k` for t = k + 1, `n + 1 - i = k` for i = n + 1 - k.
 */
export function solveForIndex(store: TermStore, left: Expr, right: Expr): Expr | undefined {
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (occursBound(other)) continue
    const terms = side.kind === 'add' ? side.args : [side]
    const own = terms.filter((term) => occursBound(term))
    const rest = terms.filter((term) => !own.includes(term))
    const [index] = own
    if (own.length !== 1 || index === undefined) continue
    if (index.kind === 'bound') {
      return rest.length === 0 ? other : addIndices(store, [other, ...rest.map((term) => store.neg(term))])
    }
    if (index.kind === 'neg' && index.args[0]!.kind === 'bound') {
      return addIndices(store, [...rest, store.neg(other)])
    }
  }
  return undefined
}

/** The term with every index of a name computed: u_{k+1-1} is u_k. */
export function settleIndices(store: TermStore, term: Expr): Expr {
  const memo = new Map<Expr, Expr>()
  const walk = (node: Expr): Expr => {
    if (node.args.length === 0) return node
    const known = memo.get(node)
    if (known !== undefined) return known
    const args =
      node.kind === 'symbol' || node.kind === 'delta'
        ? node.args.map((index) => (index.kind === 'add' ? addIndices(store, index.args) : walk(index)))
        : node.args.map(walk)
    const result = store.rebuild(node, args)
    memo.set(node, result)
    return result
  }
  return walk(term)
}
