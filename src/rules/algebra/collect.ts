import { canonical, splitCoefficient } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import type { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule } from '../rule.ts'
import { factorsOf, isDecimal, rationalOf, writeNumber } from './number.ts'

/** 2*u + 3*u = 5*u */
export const collectLikeTerms: Rule = {
  id: 'collect',
  title: 'collect',
  law: '2*u + 3*u = 5*u',
  because: 'like terms are added',
  examples: [
    ['2*x + 3*x', '5*x'],
    ['x + y + x', '2*x + y'],
  ],
  on: ['add'],
  apply(term, { store }) {
    const groups = new Map<Expr, { first: number; total: Rational; count: number }>()
    const cores: Expr[] = []
    for (const [i, summand] of term.args.entries()) {
      const [coefficient, core] = splitCoefficient(store, canonical(store, summand))
      cores.push(core)
      const group = groups.get(core)
      if (group === undefined) groups.set(core, { first: i, total: coefficient, count: 1 })
      else {
        group.total = group.total.add(coefficient)
        group.count++
      }
    }
    if (groups.size === term.args.length) return undefined
    const decimals = term.args.some((summand) => isDecimal(factorsOf(stripSign(summand))[0]!))
    return store.add(
      term.args.flatMap((summand, i) => {
        const group = groups.get(cores[i]!)!
        if (group.first !== i) return []
        return group.count === 1 ? [summand] : [withCoefficient(store, summand, group.total, decimals)]
      }),
    )
  },
}

/** The written term with another rational coefficient in front of what is common to like terms. */
function withCoefficient(store: TermStore, term: Expr, total: Rational, decimals: boolean): Expr {
  if (total.sign === 0) return store.number(0)
  const bare = withoutCoefficient(store, term)
  // A sum among the factors, such as (2x + 2y), keeps its numbers, which are part of the total.
  const [hidden] = splitCoefficient(store, canonical(store, bare))
  // What cancels to 0, such as (x - x)*y, is like a number, and a number is left.
  if (hidden.sign === 0) return withCoefficient(store, store.number(1), total, decimals)
  const coefficient = total.divide(hidden)
  const size = writeNumber(store, coefficient.abs(), decimals)
  const product = isNumber(size, 1) ? bare : isNumber(bare, 1) ? size : store.mul([size, ...factorsOf(bare)])
  return coefficient.sign < 0 ? store.neg(product) : product
}

function withoutCoefficient(store: TermStore, term: Expr): Expr {
  if (term.kind === 'neg') return withoutCoefficient(store, term.args[0]!)
  if (rationalOf(term) !== undefined) return store.number(1)
  if (term.kind === 'mul') return store.mul(term.args.filter((arg) => rationalOf(arg) === undefined))
  if (term.kind !== 'div') return term
  const above = withoutCoefficient(store, term.args[0]!)
  const below = withoutCoefficient(store, term.args[1]!)
  return isNumber(below, 1) ? above : store.div(above, below)
}

function stripSign(term: Expr): Expr {
  return term.kind === 'neg' ? term.args[0]! : term
}
