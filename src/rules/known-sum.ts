import { occursBound, shift } from '../term/binder.ts'
import type { Expr } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import type { TermStore } from '../term/store.ts'
import { factorsOf } from './algebra/number.ts'
import { titleOf } from './assumption.ts'
import type { Rule } from './rule.ts'

/**
 * sum(k, u_k*(v_k + c)) = sum(k, u_k*v_k) + c for sum(k, u_k) = 1: terms whose sum is known leave a sum with it. The
 * others stay as they were factored.
 */
export const sumOfKnownTerms: Rule = {
  id: 'sum-of-known-terms',
  title: 'assumption',
  law: 'sum(k=1..K, t_k*(y_k + a)) = sum(k=1..K, t_k*y_k) + a',
  needs: ['sum(k=1..K, t_k) = 1 is asserted, or follows from a definition'],
  because: 'the sum of some of the terms is known',
  examples: [
    ['sum(k=1..K, t_k*(y_k - 2))', 'sum(k=1..K, t_k*y_k) - 2'],
    ['sum(k=1..K, a*t_k + y_k)', 'sum(k=1..K, y_k) + a'],
  ],
  on: ['big'],
  apply(term, { store, scope }) {
    if (term.kind !== 'big' || term.name !== 'sum' || scope.known.isEmpty) return undefined
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const factors = factorsOf(body)
    const position = factors.findIndex((factor) => factor.kind === 'add')
    if (position < 0) return undefined
    const beside = factors.filter((_, i) => i !== position)
    const over = (inner: Expr): Expr => store.big('sum', term.hint, from, to, inner)
    const left: Expr[] = []
    const known: Expr[] = []
    let title: string | undefined
    for (const summand of factors[position]!.args) {
      const negative = summand.kind === 'neg'
      const all = [...beside, ...factorsOf(negative ? summand.args[0]! : summand)].filter(
        (factor) => !isNumber(factor, 1),
      )
      const inside = all.filter((factor) => occursBound(factor))
      const equal = inside.length === 0 ? undefined : scope.known.equal(over(store.mul(inside)))
      if (equal === undefined) left.push(summand)
      else {
        const outside = all.filter((factor) => !occursBound(factor)).map((factor) => shift(store, factor, -1))
        const product = productOf(store, [...outside, equal.value])
        known.push(negative ? store.neg(product) : product)
        title = titleOf(equal.fact, scope)
      }
    }
    if (title === undefined) return undefined
    const rest = left.length === 0 ? [] : [over(productOf(store, [...beside, store.add(left)]))]
    return { after: store.add([...rest, ...known]), title }
  },
}

function productOf(store: TermStore, factors: readonly Expr[]): Expr {
  return store.mul(factors.flatMap((factor) => (isNumber(factor, 1) ? [] : factorsOf(factor))))
}
