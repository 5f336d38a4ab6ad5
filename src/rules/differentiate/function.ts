import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { nameOf, type Rule } from '../rule.ts'

/** D(f(u), x) with f(u) = …: the definition is put in. */
export const definitionRule: Rule = {
  id: 'definition',
  title: 'definition',
  law: 'f(x) = m*x + b',
  because: 'the definition of {f} is put in where its derivative is needed',
  examples: [['D(f(x), m)', 'D(m*x + b, m)']],
  on: ['symbol', 'apply'],
  apply(term, { scope }) {
    if (term.kind !== 'symbol' && term.kind !== 'apply') return undefined
    const body = scope.unfold(term)
    return body && { after: body, title: `definition ${term.name}`, words: { f: term.name } }
  },
}

/** D(f(u, v), x) = f_1(u, v)*D(u, x) + f_2(u, v)*D(v, x) for a function that is not defined */
export const undefinedFunctionRule: Rule = {
  id: 'undefined-function',
  title: 'chain rule',
  law: "D(f(u), x) = f'(u)*D(u, x)",
  where: ['f is not defined', 'u depends on x'],
  needs: ['f is differentiable'],
  because: 'the derivative of {f} at its argument, times the derivative of the argument',
  examples: [['D(g(x^2), x)', "g'(x^2)*D(x^2, x)"]],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body] = term.args
    const variable = term.args[1] as SymbolTerm
    if (body?.kind !== 'apply' || scope.isOpenFunction(body) || scope.unfold(body) !== undefined)
      return undefined
    // ∂f(x_i, θ)/∂θ, one argument among several being the variable itself, says no less than any rewriting.
    const dependent = body.args.filter((arg) => !scope.freeOf(arg, variable))
    if (dependent.length === 1 && dependent[0] === variable && body.args.length > 1) return undefined
    const terms: Expr[] = []
    for (const [i, arg] of body.args.entries()) {
      if (scope.freeOf(arg, variable)) continue
      const orders = body.orders.map((order, j) => (i === j ? order + 1 : order))
      const slope = store.apply(body.name, body.args, orders)
      terms.push(arg === variable ? slope : store.mul([slope, store.derivative(arg, variable)]))
    }
    return { after: store.add(terms), words: { f: body.name, x: nameOf(variable) } }
  },
}
