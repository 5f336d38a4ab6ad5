import { instantiate, occursBound, replaceTerm, shift } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import { settleIndices, solveForIndex } from '../../term/index-arithmetic.ts'
import type { TermStore } from '../../term/store.ts'
import { factorsOf, rationalOf } from '../algebra/number.ts'
import { nameOf, type Rule } from '../rule.ts'
import { rangeOf } from './range.ts'

/** delta_{k,k} = 1, delta_{1,2} = 0 */
export const evaluateDelta: Rule = {
  id: 'delta-value',
  title: 'Kronecker delta',
  law: 'delta_{k,k} = 1',
  because: 'the delta is 1 for equal indices and 0 for different numbers',
  examples: [
    ['delta_{k,k}', '1'],
    ['delta_{1,2}', '0'],
  ],
  on: ['delta'],
  prominence: 'trivial',
  apply(term, { store }) {
    const [left, right] = term.args as [Expr, Expr]
    if (left === right) return store.number(1)
    const a = rationalOf(left)
    const b = rationalOf(right)
    return a !== undefined && b !== undefined ? store.number(a.equals(b) ? 1 : 0) : undefined
  },
}

/**
 * sum(j, delta_{j,k}*u_j) = u_k: the delta keeps one term of the sum, for k in the range of j, which is told
 * as a condition, or stays as an indicator where the range moves with an outer index.
 */
export const siftDelta: Rule = {
  id: 'delta-sifting',
  title: 'delta sifting',
  law: 'sum(j=1..n, delta_{j,k}*u_j) = u_k',
  needs: ['1 <= k', 'k <= n'],
  because: 'the delta is 0 in every term of the sum but the one with {k}, which remains',
  examples: [['sum(j=1..d, delta_{j,k}*x_j)', 'x_k']],
  on: ['big'],
  apply(term, { store, scope }) {
    if (term.kind !== 'big' || term.name !== 'sum') return undefined
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const negative = body.kind === 'neg'
    const positive = negative ? body.args[0]! : body
    const above = positive.kind === 'div' ? positive.args[0]! : positive
    const factors = above.kind === 'mul' ? above.args : [above]
    const position = factors.findIndex((factor) => siftedIndex(store, factor) !== undefined)
    if (position < 0) return undefined
    const index = siftedIndex(store, factors[position]!)!
    const rest = store.mul(factors.filter((_, i) => i !== position))
    const without = positive.kind === 'div' ? store.div(rest, positive.args[1]!) : rest
    const value = shift(store, index, -1)
    const words = { k: nameOf(value) }
    const range = rangeOf(scope, value, from, to)
    if (range === undefined) return { after: store.number(0), words }
    const sifted = settleIndices(store, instantiate(store, without, value))
    const kept =
      range.indicator === undefined
        ? sifted
        : store.mul([
            store.piecewise([range.indicator, store.number(1), store.number(0)]),
            ...factorsOf(sifted),
          ])
    return { after: negative ? store.neg(kept) : kept, conditions: range.conditions, words }
  },
}

/**
 * sum(j, u_j*(delta_{j,k} - v_j)) = sum(j, u_j*delta_{j,k}) - sum(j, u_j*v_j): terms with a delta of the sum's
 * own index are multiplied out and summed by themselves, where the delta then keeps one term.
 */
export const distributeOverDelta: Rule = {
  id: 'distribute-over-delta',
  title: 'distr.',
  law: 'sum(j=1..n, u_j*(delta_{j,k} - v_j)) = sum(j=1..n, u_j*delta_{j,k}) - sum(j=1..n, u_j*v_j)',
  because: 'the terms with a delta are summed by themselves',
  examples: [['sum(j=1..n, x_j*(delta_{j,k} - y_j))', 'sum(j=1..n, x_j*delta_{j,k}) - sum(j=1..n, x_j*y_j)']],
  on: ['big'],
  apply(term, { store }) {
    if (term.kind !== 'big' || term.name !== 'sum') return undefined
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const terms = expandDeltas(store, body, 0)
    if (terms === undefined || terms.length < 2) return undefined
    const withDelta = terms.filter((part) => hasDelta(part, 0))
    const rest = terms.filter((part) => !hasDelta(part, 0))
    const sums = [...withDelta, ...(rest.length === 0 ? [] : [store.add(rest)])].map((part) =>
      part.kind === 'neg'
        ? store.neg(store.big('sum', term.hint, from, to, part.args[0]!))
        : store.big('sum', term.hint, from, to, part),
    )
    return sums.length < 2 ? undefined : store.add(sums)
  },
}

/** delta_{a_i,k}*u_{a_i} = delta_{a_i,k}*u_k: where the delta is not 0 the shorter index may stand for the other. */
export const indexOfDelta: Rule = {
  id: 'index-of-delta',
  title: 'Kronecker delta',
  law: 'delta_{b_i,k}*y[b_i]*u = delta_{b_i,k}*y_k*u',
  because: 'the delta is 0 unless both indices are equal, so one may stand for the other beside it',
  examples: [['delta_{b_i,k}*y[b_i]*z_i', 'delta_{b_i,k}*y_k*z_i']],
  on: ['mul', 'div'],
  apply(term, { store }) {
    const above = term.kind === 'div' ? term.args[0]! : term
    for (const delta of factorsOf(above)) {
      if (delta.kind !== 'delta') continue
      const [left, right] = delta.args as [Expr, Expr]
      const [long, short] = left.size > right.size ? [left, right] : [right, left]
      if (long.size === short.size || long.kind !== 'symbol') continue
      // A sum that the user wrote keeps its form: only names, and their powers, take the other index.
      const put = (part: Expr) => (isPowerOfName(part) ? replaceTerm(store, part, long, short) : part)
      const product = store.mul(factorsOf(above).map(put))
      const after =
        term.kind === 'div' ? store.div(product, store.mul(factorsOf(term.args[1]!).map(put))) : product
      if (after !== term) return after
    }
    return undefined
  },
}

function isPowerOfName(term: Expr): boolean {
  return term.kind === 'symbol' || (term.kind === 'pow' && term.args[0]!.kind === 'symbol')
}

/** The term as a list of summands, multiplied out as far as deltas of the index of `level` stand inside. */
function expandDeltas(store: TermStore, term: Expr, level: number): readonly Expr[] | undefined {
  if (!hasDelta(term, level)) return undefined
  switch (term.kind) {
    case 'neg':
      return expandDeltas(store, term.args[0]!, level)?.map((part) => turnSign(store, part))
    case 'add':
      return term.args.flatMap((arg) => expandDeltas(store, arg, level) ?? [arg])
    case 'div':
      return expandDeltas(store, term.args[0]!, level)?.map((part) =>
        part.kind === 'neg'
          ? store.neg(store.div(part.args[0]!, term.args[1]!))
          : store.div(part, term.args[1]!),
      )
    case 'mul': {
      for (const [i, factor] of term.args.entries()) {
        const parts = expandDeltas(store, factor, level)
        if (parts === undefined || parts.length < 2) continue
        return parts.flatMap((part) => {
          const positive = part.kind === 'neg' ? part.args[0]! : part
          const product = store.mul(term.args.flatMap((arg, j) => (i === j ? factorsOf(positive) : [arg])))
          const expanded = expandDeltas(store, product, level) ?? [product]
          return part.kind === 'neg' ? expanded.map((inner) => turnSign(store, inner)) : expanded
        })
      }
      return undefined
    }
    case 'big':
      if (term.name !== 'sum') return undefined
      return expandDeltas(store, term.args[2]!, level + 1)?.map((part) =>
        part.kind === 'neg'
          ? store.neg(store.rebuild(term, [term.args[0]!, term.args[1]!, part.args[0]!]))
          : store.rebuild(term, [term.args[0]!, term.args[1]!, part]),
      )
    default:
      return undefined
  }
}

function turnSign(store: TermStore, term: Expr): Expr {
  return term.kind === 'neg' ? term.args[0]! : store.neg(term)
}

/** Whether a delta with the index of `level` stands where multiplying out can reach it. */
function hasDelta(term: Expr, level: number): boolean {
  if (!occursBound(term, level)) return false
  switch (term.kind) {
    case 'delta':
      return term.args.some((arg, i) => isSolvable(arg, level) && !occursBound(term.args[1 - i]!, level))
    case 'neg':
    case 'add':
    case 'mul':
      return term.args.some((arg) => hasDelta(arg, level))
    case 'div':
      return hasDelta(term.args[0]!, level)
    case 'big':
      return term.name === 'sum' && hasDelta(term.args[2]!, level + 1)
    default:
      return false
  }
}

/** Whether an index term is the index of a level, plus or minus terms without it; a_i is not, and is not sifted. */
function isSolvable(term: Expr, level: number): boolean {
  const terms = term.kind === 'add' ? term.args : [term]
  const own = terms.filter((part) => occursBound(part, level))
  const [index] = own
  return own.length === 1 && (index?.kind === 'neg' ? index.args[0]! : index!).kind === 'bound'
}

/** The value of the innermost bound index that a delta picks out. */
function siftedIndex(store: TermStore, delta: Expr): Expr | undefined {
  return delta.kind === 'delta' ? solveForIndex(store, delta.args[0]!, delta.args[1]!) : undefined
}
