import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { nameOf, type Rule } from '../rule.ts'

/** D(-u, x) = -D(u, x) */
export const negationRule: Rule = {
  id: 'negation',
  title: 'factor rule',
  law: 'D(-u, x) = -D(u, x)',
  because: 'the factor -1 moves outside the derivative',
  examples: [['D(-sin(x), x)', '-D(sin(x), x)']],
  on: ['derivative'],
  apply(term, { store }) {
    const [body, variable] = term.args
    if (body?.kind !== 'neg') return undefined
    return store.neg(store.derivative(body.args[0]!, variable!))
  },
}

/** D(c*u, x) = c*D(u, x) */
export const factorRule: Rule = {
  id: 'factor',
  title: 'factor rule',
  law: 'D(c*u, x) = c*D(u, x)',
  where: ['c is free of x'],
  because: 'a factor that does not depend on {x} moves outside the derivative',
  examples: [['D(3*sin(x), x)', '3*D(sin(x), x)']],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body] = term.args
    const variable = term.args[1] as SymbolTerm
    if (body?.kind !== 'mul') return undefined
    const constants: Expr[] = []
    const rest: Expr[] = []
    for (const factor of body.args) (scope.freeOf(factor, variable) ? constants : rest).push(factor)
    if (constants.length === 0 || rest.length === 0) return undefined
    const derivative = store.derivative(store.mul(rest), variable)
    const words = { x: nameOf(variable) }
    // A lone name keeps its place: the derivative of w_j x_ij reads (∂w_j/∂w_k) x_ij.
    const only = rest.length === 1 ? rest[0]! : undefined
    if (only?.kind === 'symbol' || only?.kind === 'apply') {
      return { after: store.mul(body.args.map((factor) => (factor === only ? derivative : factor))), words }
    }
    return { after: store.mul([...constants, derivative]), words }
  },
}

/** D(u/c, x) = 1/c*D(u, x), and constant factors of a quotient in front of it: D(c*u/(d*v)) = c/d*D(u/v). */
export const constantDivisorRule: Rule = {
  id: 'constant-divisor',
  title: 'factor rule',
  law: 'D(u/c, x) = 1/c*D(u, x)',
  where: ['c is free of x'],
  because: 'a factor or divisor that does not depend on {x} moves outside the derivative',
  examples: [
    ['D(sin(x)/3, x)', '1/3*D(sin(x), x)'],
    ['D(a*sin(x)/(3*x), x)', 'a/3*D(sin(x)/x, x)'],
  ],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body] = term.args
    const variable = term.args[1] as SymbolTerm
    if (body?.kind !== 'div') return undefined
    const [above, aboveRest] = partition(factorsOf(body.args[0]!), (factor) => scope.freeOf(factor, variable))
    const [below, belowRest] = partition(factorsOf(body.args[1]!), (factor) => scope.freeOf(factor, variable))
    const isReciprocal =
      aboveRest.length === 0 && (above.length === 0 || (above.length === 1 && isOne(above[0]!)))
    if (below.length === 0 && (above.length === 0 || isReciprocal)) return undefined
    const rest =
      belowRest.length === 0 ? store.mul(aboveRest) : store.div(store.mul(aboveRest), store.mul(belowRest))
    const factor = below.length === 0 ? store.mul(above) : store.div(store.mul(above), store.mul(below))
    return { after: store.mul([factor, store.derivative(rest, variable)]), words: { x: nameOf(variable) } }
  },
}

/** D(u + v, x) = D(u, x) + D(v, x) */
export const sumRule: Rule = {
  id: 'sum',
  title: 'sum rule',
  law: 'D(u + v, x) = D(u, x) + D(v, x)',
  because: 'the derivative of a sum is the sum of the derivatives',
  examples: [['D(x^2 - sin(x), x)', 'D(x^2, x) - D(sin(x), x)']],
  on: ['derivative'],
  apply(term, { store }) {
    const [body, variable] = term.args
    if (body?.kind !== 'add') return undefined
    return store.add(
      body.args.map((summand) =>
        summand.kind === 'neg'
          ? store.neg(store.derivative(summand.args[0]!, variable!))
          : store.derivative(summand, variable!),
      ),
    )
  },
}

/** D(sum(i=a..b, u), x) = sum(i=a..b, D(u, x)) */
export const indexedSumRule: Rule = {
  id: 'indexed-sum',
  title: 'sum rule',
  law: 'D(sum(i=1..n, u_i), x) = sum(i=1..n, D(u_i, x))',
  where: ['the bounds are free of x'],
  because: 'the derivative of a sum is the sum of the derivatives, however many terms it has',
  examples: [['D(sum(i=1..n, sin(x*y_i)), x)', 'sum(i=1..n, D(sin(x*y_i), x))']],
  on: ['derivative'],
  apply(term, { store }) {
    const [body, variable] = term.args
    if (body?.kind !== 'big' || body.name !== 'sum') return undefined
    const [from, to, summand] = body.args
    // The variable has no bound index in it, so it may stand under the binder as it is.
    return store.big('sum', body.hint, from!, to!, store.derivative(summand!, variable!))
  },
}

export function factorsOf(term: Expr): readonly Expr[] {
  return term.kind === 'mul' ? term.args : [term]
}

export function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  const yes: T[] = []
  const no: T[] = []
  for (const item of items) (test(item) ? yes : no).push(item)
  return [yes, no]
}

function isOne(term: Expr): boolean {
  return term.kind === 'number' && term.name === '1'
}
