import type { Expr } from '../../term/expr.ts'
import { isIndicator, isOnIndices } from '../../term/guarded.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { conjuncts, inOrder } from '../relations.ts'
import type { Rule } from '../rule.ts'
import { isKnown, signOf } from '../sign.ts'
import { factorsOf } from './number.ts'
import { simplifyComparison } from './relation.ts'
import { isZero } from './zero-and-one.ts'

/** A comparison in its simplest form: u - v > 0 is u > v, max(u, 0) < 1 is u < 1, exp(u) < 1 is u < 0. */
export const simplerComparison: Rule = {
  id: 'simpler-comparison',
  title: 'comparison',
  law: 'if(u - v > 0, c, d) = if(u > v, c, d)',
  because: 'the comparison says the same in a simpler form',
  examples: [
    ['if(x - y > 0, a, b)', 'if(x > y, a, b)'],
    ['if(max(x, 0) < 1, a, b)', 'if(x < 1, a, b)'],
    ['if(exp(x) < 1, a, b)', 'if(x < 0, a, b)'],
  ],
  on: ['piecewise'],
  prominence: 'minor',
  apply(term, { store, scope, isWritten }) {
    const args = term.args.map((arg, i) =>
      i % 2 === 0 && i < term.args.length - 1 && !isWritten(arg) ? simplifyComparison(arg, scope) : arg,
    )
    if (args.every((arg, i) => arg === term.args[i])) return undefined
    return store.piecewise(args)
  },
}

/** if(a, 1, 0)*if(b, 1, 0) = if(a and b, 1, 0) */
export const mergeIndicators: Rule = {
  id: 'merge-indicators',
  title: 'both conditions',
  law: 'if(u > 0, 1, 0)*if(v > 1, 1, 0) = if(u > 0 and v > 1, 1, 0)',
  because: 'a product of indicators is 1 where all their conditions hold',
  examples: [
    ['if(x > 0, 1, 0)*if(x < 1, 1, 0)', 'if(0 < x and x < 1, 1, 0)'],
    ['if(min(x, b) > a, 1, 0)*if(x < b, 1, 0)', 'if(a < x and x < b, 1, 0)'],
  ],
  on: ['mul'],
  apply(term, { store, scope }) {
    for (const [i, first] of term.args.entries()) {
      if (!isIndicator(first)) continue
      // What depends on other indices may still leave the sum by itself.
      const j = term.args.findIndex((other, k) => k > i && isIndicator(other) && other.loose === first.loose)
      if (j < 0) continue
      const all = [...conjuncts(first.args[0]!), ...conjuncts(term.args[j]!.args[0]!)]
      const merged = indicator(store, conjunction(store, all, scope))
      return store.mul(term.args.flatMap((arg, k) => (k === i ? [merged] : k === j ? [] : [arg])))
    }
    return undefined
  },
}

/** if(c, 1, 0)^n = if(c, 1, 0) */
export const powerOfIndicator: Rule = {
  id: 'power-of-indicator',
  title: 'indicator',
  law: 'if(u > 0, 1, 0)^2 = if(u > 0, 1, 0)',
  because: 'a power of 0 or 1 is 0 or 1 again',
  examples: [['if(x > 0, 1, 0)^3', 'if(x > 0, 1, 0)']],
  on: ['pow'],
  prominence: 'minor',
  apply(term, { scope }) {
    const [base, exponent] = term.args as [Expr, Expr]
    return isIndicator(base) && signOf(exponent, scope) === 'positive' ? base : undefined
  },
}

/** All conditions in one, without those that others imply; 0 < x and x < 1 in the order of 0 < x < 1. */
function conjunction(store: TermStore, conditions: readonly Expr[], scope: Scope): Expr {
  const settled = conditions.map((condition) => settleClips(store, condition, conditions))
  const distinct = settled.filter((condition, i) => settled.indexOf(condition) === i)
  const needed = distinct.filter(
    (condition, i) => !distinct.some((other, j) => i !== j && isStronger(other, condition, scope)),
  )
  return inOrder(store, needed)
}

/** min(u, v) > w beside u < v is u > w, and so is if(c, u, v) > w beside c. */
function settleClips(store: TermStore, condition: Expr, beside: readonly Expr[]): Expr {
  if (condition.kind !== 'relation') return condition
  const sides = condition.args.map((side) => {
    if (side.kind === 'piecewise' && beside.includes(side.args[0]!)) return side.args[1]!
    if (side.kind !== 'call' || (side.name !== 'max' && side.name !== 'min') || side.args.length !== 2)
      return side
    const [u, v] = side.args as [Expr, Expr]
    const [smaller, larger] = side.name === 'min' ? [u, v] : [v, u]
    if (beside.some((other) => other !== condition && saysLess(other, smaller, larger))) return u
    return beside.some((other) => other !== condition && saysLess(other, larger, smaller)) ? v : side
  })
  return sides.every((side, i) => side === condition.args[i]) ? condition : store.rebuild(condition, sides)
}

/** Whether a relation says that u < v, or u <= v. */
function saysLess(relation: Expr, u: Expr, v: Expr): boolean {
  if (relation.kind !== 'relation') return false
  const [left, right] = relation.args
  if (relation.name.startsWith('<')) return left === u && right === v
  return relation.name.startsWith('>') && left === v && right === u
}

/** Whether two comparisons of one term with bounds say that the first implies the second. */
function isStronger(first: Expr, second: Expr, scope: Scope): boolean {
  if (first.kind !== 'relation' || second.kind !== 'relation' || first.args[0] !== second.args[0])
    return false
  const [a, b] = [first.args[1]!, second.args[1]!]
  const rises = first.name.startsWith('>') && second.name.startsWith('>')
  const falls = first.name.startsWith('<') && second.name.startsWith('<')
  if (!rises && !falls) return false
  const isStrictEnough = first.name === second.name || second.name.endsWith('=')
  return (a === b && isStrictEnough) || isKnown(scope.store.relation(rises ? '>' : '<', a, b), scope)
}

/**
 * if(j == k, u, 0) = if(j == k, 1, 0)*u for a condition on indices, which chooses terms of a sum and is no part
 * of the function: as a factor it can be sifted, and become a bound.
 */
export const caseOfIndices: Rule = {
  id: 'case-of-indices',
  title: 'indicator',
  law: 'sum(j=1..n, if(j <= k, u_j, 0)*v_k) = sum(j=1..n, if(j <= k, 1, 0)*u_j*v_k)',
  because: 'a term that counts only where a condition holds is the term times its indicator',
  examples: [['sum(j=1..n, if(j <= k, x_j, 0)*y_k)', 'sum(j=1..n, if(j <= k, 1, 0)*x_j*y_k)']],
  on: ['big'],
  apply(term, { store, scope }) {
    if (term.kind !== 'big' || term.name !== 'sum') return undefined
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const positive = body.kind === 'neg' ? body.args[0]! : body
    const factors = factorsOf(positive)
    const i = factors.findIndex((factor) => isCaseOfIndices(factor, scope))
    if (i < 0) return undefined
    const [condition, value] = factors[i]!.args as [Expr, Expr]
    const product = store.mul(
      factors.flatMap((factor, k) =>
        k !== i
          ? [factor]
          : [indicator(store, condition), ...factorsOf(value.kind === 'neg' ? value.args[0]! : value)],
      ),
    )
    const isNegative = (body.kind === 'neg') !== (value.kind === 'neg')
    return store.big('sum', term.hint, from, to, isNegative ? store.neg(product) : product)
  },
}

function isCaseOfIndices(term: Expr, scope: Scope): boolean {
  return (
    term.kind === 'piecewise' &&
    term.args.length === 3 &&
    !isIndicator(term) &&
    isZero(term.args[2]!) &&
    isOnIndices(term.args[0]!, scope)
  )
}

function indicator(store: TermStore, condition: Expr): Expr {
  return store.piecewise([condition, store.number(1), store.number(0)])
}
