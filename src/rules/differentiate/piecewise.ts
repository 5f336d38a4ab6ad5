import { occursBound, shift } from '../../term/binder.ts'
import { canonical } from '../../term/canonical.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import type { TermStore } from '../../term/store.ts'
import { rearrange } from '../algebra/relation.ts'
import { nameOf, type Rule } from '../rule.ts'
import { unlessKnown } from './power.ts'

/** D(max(c, u), x) = if(u > c, 1, 0)*D(u, x), and the same for min */
export const maximumRule: Rule = {
  id: 'maximum',
  title: 'maximum rule',
  law: 'D(max(c, u), x) = if(u > c, 1, 0)*D(u, x)',
  where: ['c is free of x'],
  needs: ['u != c'],
  because: 'the derivative is that of the argument that is taken; where two are equal there is a kink',
  examples: [
    ['D(max(0, sin(x)), x)', 'if(sin(x) > 0, 1, 0)*D(sin(x), x)'],
    ['D(max(x, x^2), x)', 'if(x > x^2, D(x, x), D(x^2, x))'],
  ],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body] = term.args
    const variable = term.args[1] as SymbolTerm
    if (body?.kind !== 'call' || (body.name !== 'max' && body.name !== 'min')) return undefined
    const beats = body.name === 'max' ? '>' : '<'
    const { args } = body
    const kinks = args.flatMap((left, i) =>
      args
        .slice(i + 1)
        .filter((right) => !scope.freeOf(left, variable) || !scope.freeOf(right, variable))
        .flatMap((right) => kinkBetween(store, left, right)),
    )
    const conditions = unlessKnown(kinks, scope)
    const title = titleOf(body.name)
    const dependent = args.filter((arg) => !scope.freeOf(arg, variable))
    if (dependent.length === 1) {
      const u = dependent[0]!
      const wins = args
        .filter((arg) => arg !== u)
        .map((other) => rearrange(store, store.relation(beats, u, other)))
      const taken = wins.length === 1 ? wins[0]! : store.logical('and', wins)
      const indicator = store.piecewise([taken, store.number(1), store.number(0)])
      return {
        after: store.mul([indicator, store.derivative(u, variable)]),
        conditions,
        title,
        words: { x: nameOf(variable) },
      }
    }
    const branches = args.slice(0, -1).flatMap((arg, i) => {
      const wins = args.slice(i + 1).map((other) => rearrange(store, store.relation(beats, arg, other)))
      return [wins.length === 1 ? wins[0]! : store.logical('and', wins), store.derivative(arg, variable)]
    })
    return {
      after: store.piecewise([...branches, store.derivative(args.at(-1)!, variable)]),
      conditions,
      title,
    }
  },
}

/** D(max(k, u_k), x) = sum(k, ind(u_k == max(k, u_k))*D(u_k, x)), where one term alone is the largest */
export const indexedMaximumRule: Rule = {
  id: 'indexed-maximum',
  title: 'maximum rule',
  law: 'D(max(k=1..n, k*u_k), x) = sum(k=1..n, ind(k*u_k == max(j=1..n, j*u_j))*D(k*u_k, x))',
  where: ['the bounds are free of x'],
  needs: ['one u_k alone is the largest'],
  because: 'the derivative is that of the term that is the largest (the smallest, of a minimum)',
  examples: [
    [
      'D(max(k=1..n, sin(x*y_k)), x)',
      'sum(k=1..n, ind(sin(x*y_k) == max(k=1..n, sin(x*y_k)))*D(sin(x*y_k), x))',
    ],
  ],
  on: ['derivative'],
  apply(term, { store }) {
    const [body, variable] = term.args
    if (body?.kind !== 'big' || (body.name !== 'max' && body.name !== 'min')) return undefined
    const [from, to, inner] = body.args as [Expr, Expr, Expr]
    // Of terms that are all equal none is the largest alone, and yet there is no kink.
    if (!occursBound(inner))
      return { after: store.derivative(shift(store, inner, -1), variable!), title: titleOf(body.name) }
    const isTaken = store.relation('==', inner, shift(store, body, 1))
    const indicator = store.piecewise([isTaken, store.number(1), store.number(0)])
    const sum = (summand: Expr) => store.big('sum', body.hint, from, to, summand)
    return {
      after: sum(store.mul([indicator, store.derivative(inner, variable!)])),
      conditions: [store.relation('==', sum(indicator), store.number(1))],
      title: titleOf(body.name),
    }
  },
}

/** D(if(c, u, v), x) = if(c, D(u, x), D(v, x)) */
export const piecewiseRule: Rule = {
  id: 'piecewise',
  title: 'case by case',
  law: 'D(if(y > 1, u, v), x) = if(y > 1, D(u, x), D(v, x))',
  needs: ['x is not where the cases change'],
  because: 'inside a case the function is that case; where the cases change there may be a kink',
  examples: [['D(if(y > 1, sin(x), x^2), x)', 'if(y > 1, D(sin(x), x), D(x^2, x))']],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body] = term.args
    const variable = term.args[1] as SymbolTerm
    if (body?.kind !== 'piecewise') return undefined
    const conditions: Expr[] = []
    const args = body.args.map((arg, i) => {
      const isCondition = i % 2 === 0 && i < body.args.length - 1
      if (!isCondition) return store.derivative(arg, variable)
      if (!scope.freeOf(arg, variable)) conditions.push(...boundaries(store, arg))
      return arg
    })
    return { after: store.piecewise(args), conditions: unlessKnown(conditions, scope) }
  },
}

/** Where a condition changes its truth: the sides of each comparison in it are equal. */
function boundaries(store: TermStore, condition: Expr): readonly Expr[] {
  if (condition.kind === 'relation') return kinkBetween(store, condition.args[0]!, condition.args[1]!)
  return condition.kind === 'logical' ? condition.args.flatMap((arg) => boundaries(store, arg)) : []
}

/** That two terms differ; nothing where they are the same everywhere, since neither then overtakes the other. */
function kinkBetween(store: TermStore, left: Expr, right: Expr): readonly Expr[] {
  if (isNumber(canonical(store, store.subtract(left, right)), 0)) return []
  const numberFirst = left.kind === 'number'
  const sides = numberFirst ? store.relation('!=', right, left) : store.relation('!=', left, right)
  return [rearrange(store, sides)]
}

function titleOf(name: 'max' | 'min'): string {
  return name === 'max' ? 'maximum rule' : 'minimum rule'
}
