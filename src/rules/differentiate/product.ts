import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import { nameOf, type Rule } from '../rule.ts'
import { unlessKnown } from './power.ts'

/** D(u*v*w, x) = D(u, x)*v*w + u*D(v, x)*w + u*v*D(w, x), for any number of factors */
export const productRule: Rule = {
  id: 'product',
  title: 'product rule',
  law: 'D(u*v, x) = D(u, x)*v + u*D(v, x)',
  where: ['u and v depend on x'],
  because: 'each factor in turn is differentiated while the others stay as they are',
  examples: [['D(x*sin(x), x)', 'D(x, x)*sin(x) + x*D(sin(x), x)']],
  on: ['derivative'],
  apply(term, { store }) {
    const [body, variable] = term.args
    if (body?.kind !== 'mul') return undefined
    return store.add(
      body.args.map((_, i) =>
        store.mul(body.args.map((factor, j) => (i === j ? store.derivative(factor, variable!) : factor))),
      ),
    )
  },
}

/** D(1/u^n, x) = -n/u^(n+1)*D(u, x) */
export const reciprocalRule: Rule = {
  id: 'reciprocal',
  title: 'reciprocal rule',
  law: 'D(1/u, x) = -(1/u^2*D(u, x))',
  where: ['u depends on x'],
  needs: ['u != 0'],
  because:
    'the reciprocal is the power -1: the power rule and the chain rule give minus the inner derivative over the square',
  examples: [['D(1/sin(x), x)', '-(1/sin(x)^2*D(sin(x), x))']],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body] = term.args
    const variable = term.args[1] as SymbolTerm
    if (body?.kind !== 'div' || !scope.freeOf(body.args[0]!, variable)) return undefined
    const [numerator, denominator] = body.args
    const isPower = denominator!.kind === 'pow' && denominator!.args[1]!.kind === 'number'
    const base = isPower ? denominator!.args[0]! : denominator!
    const order = isPower ? denominator!.args[1]! : store.number(1)
    if (order.kind !== 'number') return undefined
    const raised = store.pow(base, store.number(order.value.add(Rational.one).toDecimal()!))
    const above =
      order.name === '1'
        ? numerator!
        : numerator!.kind === 'number' && numerator!.name === '1'
          ? order
          : store.mul([order, numerator!])
    const quotient = store.div(above, raised)
    const after = base === variable ? quotient : store.mul([quotient, store.derivative(base, variable)])
    const title = !isPower ? undefined : base === variable ? 'power rule' : 'chain rule'
    return { after: store.neg(after), ...(title === undefined ? {} : { title }) }
  },
}

/** D(u/v, x) = (D(u, x)*v - u*D(v, x))/v^2 */
export const quotientRule: Rule = {
  id: 'quotient',
  title: 'quotient rule',
  law: 'D(u/v, x) = (D(u, x)*v - u*D(v, x))/v^2',
  where: ['u and v depend on x'],
  needs: ['v != 0'],
  because:
    'numerator differentiated times denominator, minus numerator times denominator differentiated, over the square of the denominator',
  examples: [['D(sin(x)/x, x)', '(D(sin(x), x)*x - sin(x)*D(x, x))/x^2']],
  on: ['derivative'],
  apply(term, { store }) {
    const [body, variable] = term.args
    if (body?.kind !== 'div') return undefined
    const [u, v] = body.args as [Expr, Expr]
    return store.div(
      store.subtract(
        store.mul([store.derivative(u, variable!), v]),
        store.mul([u, store.derivative(v, variable!)]),
      ),
      store.pow(v, store.number(2)),
    )
  },
}

/** D(prod(i, u_i), x) = prod(i, u_i)*sum(i, D(u_i, x)/u_i) */
export const indexedProductRule: Rule = {
  id: 'indexed-product',
  title: 'product rule',
  law: 'D(prod(i=1..n, u_i), x) = prod(i=1..n, u_i)*sum(i=1..n, D(u_i, x)/u_i)',
  where: ['the bounds are free of x'],
  needs: ['u_i != 0'],
  because:
    'each factor in turn is differentiated, which is the product times the sum of the logarithmic derivatives',
  examples: [
    ['D(prod(i=1..n, sin(x*y_i)), x)', 'prod(i=1..n, sin(x*y_i))*sum(i=1..n, D(sin(x*y_i), x)/sin(x*y_i))'],
  ],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body, variable] = term.args
    if (body?.kind !== 'big' || body.name !== 'prod') return undefined
    const [from, to, factor] = body.args as [Expr, Expr, Expr]
    const logarithmic = store.div(store.derivative(factor, variable!), factor)
    return {
      after: store.mul([body, store.big('sum', body.hint, from, to, logarithmic)]),
      // That no factor is 0, said of the product, since a condition cannot bind the index.
      conditions: unlessKnown([store.relation('!=', body, store.number(0))], scope),
      words: { x: nameOf(variable!) },
    }
  },
}
