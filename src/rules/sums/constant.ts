import { instantiate, occursBound, shift } from '../../term/binder.ts'
import { type Expr, isNumber } from '../../term/expr.ts'
import { addIndices } from '../../term/index-arithmetic.ts'
import { Rational } from '../../term/rational.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { factorsOf, rationalOf } from '../algebra/number.ts'
import type { Rule } from '../rule.ts'
import { isKnown } from '../sign.ts'
import { isWhole } from '../whole.ts'

/**
 * Sums and maxima of terms that are all equal. The number of terms, to - from + 1, is that of no range where it is
 * negative: sum(j=i+1..n-1, c) is 0 for i = n, and not -c. So a range that moves with an index is only counted where
 * it cannot get shorter than empty.
 */

/** sum(i=1..n, c) = n*c */
export const constantSum: Rule = {
  id: 'constant-sum',
  title: 'constant sum',
  law: 'sum(i=1..n, c) = n*c',
  where: ['c is free of the index'],
  needs: ['the range is not shorter than empty'],
  because: 'a sum of n equal terms is n times the term',
  examples: [
    ['sum(i=1..N, c)', 'N*c'],
    ['sum(i=k..N, c)', '(N - k + 1)*c'],
  ],
  on: ['big'],
  apply(term, { store, scope }) {
    if (!isConstantSum(term)) return undefined
    const conditions = notShorterThanEmpty(term.args[0]!, term.args[1]!, scope)
    if (conditions === undefined) {
      const [from, to, body] = term.args as [Expr, Expr, Expr]
      if (isNumber(body, 1)) return undefined
      return store.mul([
        ...factorsOf(shift(store, body, -1)),
        store.rebuild(term, [from, to, store.number(1)]),
      ])
    }
    const after = counted(store, term)
    return conditions.length === 0 ? after : { after, conditions }
  },
}

/** sum(i=1..n, u_i*sum(j=i..n, c)) = sum(i=1..n, u_i*((n - i + 1)*c)), where the range of j is never shorter than empty */
export const constantInnerSum: Rule = {
  id: 'constant-inner-sum',
  title: 'constant sum',
  law: 'sum(i=1..n, u_i*sum(j=i+1..n, c)) = sum(i=1..n, u_i*((n - i)*c))',
  where: ['c is free of the inner index', 'the inner range is not shorter than empty'],
  because: 'a sum of equal terms is their number times the term',
  examples: [['sum(i=1..N, x_i*sum(j=1..i, c))', 'sum(i=1..N, x_i*(i*c))']],
  on: ['big'],
  apply(term, { scope }) {
    const { store } = scope
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const walk = (node: Expr, depth: number): Expr => {
      if (!occursBound(node, depth)) return node
      if (isConstantSum(node) && isRange(node, from, to, depth, scope)) return counted(store, node)
      if (
        node.kind !== 'mul' &&
        node.kind !== 'add' &&
        node.kind !== 'neg' &&
        node.kind !== 'div' &&
        node.kind !== 'big'
      ) {
        return node
      }
      const args = node.args.map((arg, i) => {
        if (node.kind !== 'big') return walk(arg, depth)
        return i === 2 ? walk(arg, depth + 1) : arg
      })
      return store.rebuild(node, args)
    }
    const after = walk(body, 0)
    return after === body ? undefined : store.rebuild(term, [from, to, after])
  },
}

/** max(i=1..n, c) = c */
export const constantMaximum: Rule = {
  id: 'constant-maximum',
  title: 'constant maximum',
  law: 'max(i=1..3, c) = c',
  where: ['c is free of the index'],
  because: 'the largest, and the smallest, of equal terms is each of them',
  examples: [
    ['max(i=1..N, c)', 'c'],
    ['min(i=1..N, c)', 'c'],
  ],
  on: ['big'],
  apply(term, { store }) {
    if (term.kind !== 'big' || (term.name !== 'max' && term.name !== 'min')) return undefined
    const body = term.args[2]!
    return occursBound(body) ? undefined : shift(store, body, -1)
  },
}

function isConstantSum(term: Expr): boolean {
  if (term.kind !== 'big' || term.name !== 'sum') return false
  const body = term.args[2]!
  return !occursBound(body) && body.kind !== 'neg'
}

/** A sum of equal terms as their number times the term. */
function counted(store: TermStore, sum: Expr): Expr {
  const [from, to, body] = sum.args as [Expr, Expr, Expr]
  const count = countOf(store, from, to)
  const inner = shift(store, body, -1)
  return isNumber(inner, 1) ? count : store.mul([...factorsOf(count), ...factorsOf(inner)])
}

/** How many indices a range has: to - from + 1. */
function countOf(store: TermStore, from: Expr, to: Expr): Expr {
  const start = rationalOf(from)
  if (start?.isInteger && start.numerator === 1n) return to
  const end = rationalOf(to)
  if (start !== undefined && end !== undefined) return store.rational(end.subtract(start).add(Rational.one))
  if (start?.sign === 0) return store.add([to, store.number(1)])
  return store.add([to, store.neg(from), store.number(1)])
}

function sizeOf(store: TermStore, from: Expr, to: Expr): Expr {
  return addIndices(store, [to, store.neg(from), store.number(1)])
}

/** Whether a sum has a range that is not shorter than empty for any value of the index `depth` binders around it. */
function isRange(sum: Expr, from: Expr, to: Expr, depth: number, scope: Scope): boolean {
  const { store } = scope
  const size = sizeOf(store, sum.args[0]!, sum.args[1]!)
  if (!occursBound(size, depth) || size.loose !== (size.loose >>> depth) << depth) return false
  const outside = shift(store, size, -depth)
  // The size is linear in the index, so it is least at one end.
  const rises = (outside.kind === 'add' ? outside.args : [outside]).includes(store.bound(0))
  return isNeverNegative(addIndices(store, [instantiate(store, outside, rises ? from : to)]), scope)
}

/** Whether a whole number is at least 0 for all values of its names, a count being at least 1. */
function isNeverNegative(size: Expr, scope: Scope): boolean {
  const value = rationalOf(size)
  if (value !== undefined) return value.sign >= 0
  return (
    isWhole(size, scope) &&
    isKnown(scope.store.relation('>', size, scope.store.rational(Rational.of(-1))), scope)
  )
}

/**
 * What is told so that a range is not shorter than empty; nothing where it moves with a bound index, which no condition
 * outside of the sum can speak of. A range between counts and numbers, such as 3..T, is taken to be one.
 */
function notShorterThanEmpty(from: Expr, to: Expr, scope: Scope): readonly Expr[] | undefined {
  const { store } = scope
  const size = sizeOf(store, from, to)
  if (isNeverNegative(size, scope)) return []
  if (size.loose !== 0) return undefined
  const indices = [...size.names].filter((name) => scope.role(name) === 'index')
  if (indices.length === 0) return []
  const index = store.symbol(indices[0]!)
  const terms = size.kind === 'add' ? size.args : [size]
  const rest = addIndices(
    store,
    terms.filter((term) => term !== index && !(term.kind === 'neg' && term.args[0] === index)),
  )
  if (rest.names.has(index.name)) return [store.relation('<=', from, to)]
  return [
    terms.includes(index)
      ? store.relation('<=', addIndices(store, [store.neg(rest)]), index)
      : store.relation('<=', index, rest),
  ]
}
