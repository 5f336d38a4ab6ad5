import { shift } from '../../term/binder.ts'
import { type Expr, isNumber, type SymbolTerm } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { rationalOf } from '../algebra/number.ts'
import { conjuncts } from '../relations.ts'
import type { Rule } from '../rule.ts'
import { isKnown } from '../sign.ts'
import { isWhole } from '../whole.ts'
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

/** D(prod(i, u_i), x) = sum(i, D(u_i, x)*prod(j != i, u_j)), which is true where a factor is 0 as well */
export const indexedProductRule: Rule = {
  id: 'indexed-product',
  title: 'product rule',
  law: 'D(prod(i=1..n, u_i), x) = sum(i=1..n, D(u_i, x)*prod(j=1..n, if(j != i, u_j, 1)))',
  where: ['the bounds are free of x'],
  because: 'each factor in turn is differentiated while the others stay as they are',
  examples: [
    [
      'D(prod(i=1..n, sin(x*y_i)), x)',
      'sum(i=1..n, D(sin(x*y_i), x)*prod(j=1..n, if(j != i, sin(x*y_j), 1)))',
    ],
  ],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body, variable] = term.args
    if (body?.kind !== 'big' || body.name !== 'prod') return undefined
    const [from, to, factor] = body.args as [Expr, Expr, Expr]
    if (isNonzeroWhereSmooth(factor, scope)) return undefined
    const others = leavingOut(store, shift(store, factor, 1, 1))
    const rest = store.big('prod', body.hint, shift(store, from, 1), shift(store, to, 1), others)
    const summand = store.mul([store.derivative(factor, variable!), rest])
    return store.big('sum', body.hint, from, to, summand)
  },
}

/** The factor with index 0, and 1 for the index of the binder around; one that leaves some out already leaves out one more. */
function leavingOut(store: TermStore, factor: Expr): Expr {
  const isOther = store.relation('!=', store.bound(0), store.bound(1))
  if (factor.kind === 'piecewise' && factor.args.length === 3 && isNumber(factor.args[2]!, 1)) {
    const [condition, value, one] = factor.args as [Expr, Expr, Expr]
    return store.piecewise([store.logical('and', [...conjuncts(condition), isOther]), value, one])
  }
  return store.piecewise([isOther, factor, store.number(1)])
}

/** D(prod(i, u_i), x) = prod(i, u_i)*sum(i, D(u_i, x)/u_i) for factors that are never 0 */
export const logarithmicProductRule: Rule = {
  id: 'logarithmic-product',
  title: 'product rule',
  law: 'D(prod(i=1..n, exp(u_i)), x) = prod(i=1..n, exp(u_i))*sum(i=1..n, D(exp(u_i), x)/exp(u_i))',
  where: ['the factor is not 0 where it has a slope', 'the bounds are free of x'],
  because:
    'each factor in turn is differentiated, which is the product times the sum of the logarithmic derivatives',
  examples: [
    ['D(prod(i=1..n, exp(x*y_i)), x)', 'prod(i=1..n, exp(x*y_i))*sum(i=1..n, D(exp(x*y_i), x)/exp(x*y_i))'],
  ],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body, variable] = term.args
    if (body?.kind !== 'big' || body.name !== 'prod') return undefined
    const [from, to, factor] = body.args as [Expr, Expr, Expr]
    if (!isNonzeroWhereSmooth(factor, scope)) return undefined
    const logarithmic = store.div(store.derivative(factor, variable!), factor)
    return store.mul([body, store.big('sum', body.hint, from, to, logarithmic)])
  },
}

/** D(log(prod(i, u_i)), x) = sum(i, D(u_i, x)/u_i) */
export const logarithmOfProductRule: Rule = {
  id: 'logarithmic-derivative',
  title: 'logarithmic derivative',
  law: 'D(log(prod(i=1..n, u_i)), x) = sum(i=1..n, D(u_i, x)/u_i)',
  where: ['the bounds are free of x'],
  needs: ['prod(i=1..n, u_i) > 0'],
  because: "the logarithm of a product is the sum of the logarithms, each of which has the slope u'/u",
  examples: [['D(log(prod(i=1..n, sin(x*y_i))), x)', 'sum(i=1..n, D(sin(x*y_i), x)/sin(x*y_i))']],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body, variable] = term.args
    const product = body?.kind === 'call' && body.name === 'log' ? body.args[0]! : undefined
    if (product?.kind !== 'big' || product.name !== 'prod') return undefined
    const [from, to, factor] = product.args as [Expr, Expr, Expr]
    return {
      after: store.big('sum', product.hint, from, to, store.div(store.derivative(factor, variable!), factor)),
      conditions: unlessKnown([store.relation('>', product, store.number(0))], scope),
    }
  },
}

/**
 * Whether a term is not 0 wherever it has a slope by the rules of powers: it is known not to be 0, or is a power whose
 * base must not be 0 for that, as in theta^y*(1 - theta)^(1 - y).
 */
function isNonzeroWhereSmooth(term: Expr, scope: Scope): boolean {
  if (isKnown(scope.store.relation('!=', term, scope.store.number(0)), scope)) return true
  switch (term.kind) {
    case 'neg':
    case 'mul':
      return term.args.every((arg) => isNonzeroWhereSmooth(arg, scope))
    case 'div':
      return isNonzeroWhereSmooth(term.args[0]!, scope)
    case 'pow': {
      const [base, exponent] = term.args as [Expr, Expr]
      const order = rationalOf(exponent)
      const isFlat =
        order === undefined ? isWhole(exponent, scope) : order.isInteger || order.compare(Rational.one) > 0
      return !isFlat || isNonzeroWhereSmooth(base, scope)
    }
    default:
      return false
  }
}
