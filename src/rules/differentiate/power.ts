import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { isEuler } from '../algebra/exponential.ts'
import { rationalOf } from '../algebra/number.ts'
import type { Rewritten, Rule, RuleContext } from '../rule.ts'
import { isKnown, signOf } from '../sign.ts'
import { isWhole } from '../whole.ts'

/** D(x^n, x) = n*x^(n-1) */
export const powerRule: Rule = {
  id: 'power',
  title: 'power rule',
  law: 'D(x^n, x) = n*x^(n - 1)',
  where: ['n is free of x'],
  needs: ['x > 0 unless n is an integer'],
  because: 'the exponent comes down as a factor and is lowered by 1',
  examples: [['D(x^3, x)', '3*x^2']],
  on: ['derivative'],
  apply(term, context) {
    const [body, variable] = term.args
    if (body?.kind !== 'pow' || body.args[0] !== variable) return undefined
    return lowerPower(body.args[0]!, body.args[1]!, term, context)
  },
}

/** D(u^n, x) = n*u^(n-1)*D(u, x) */
export const powerChainRule: Rule = {
  id: 'power-chain',
  title: 'chain rule',
  law: 'D(u^n, x) = n*u^(n - 1)*D(u, x)',
  where: ['n is free of x'],
  needs: ['u > 0 unless n is an integer'],
  because: 'the power rule for the outside, times the derivative of the inside',
  examples: [['D(sin(x)^3, x)', '3*sin(x)^2*D(sin(x), x)']],
  on: ['derivative'],
  apply(term, context) {
    const [body, variable] = term.args
    if (body?.kind !== 'pow' || body.args[0] === variable) return undefined
    return lowerPower(body.args[0]!, body.args[1]!, term, context)
  },
}

/** D(a^u, x) = a^u*log(a)*D(u, x), and e^u without the logarithm */
export const exponentialRule: Rule = {
  id: 'exponential',
  title: 'exponential rule',
  law: 'D(a^u, x) = a^u*log(a)*D(u, x)',
  where: ['a is free of x'],
  needs: ['a > 0'],
  because:
    'an exponential is its own derivative times the logarithm of its base, times the derivative of the exponent',
  examples: [
    ['D(2^sin(x), x)', '2^sin(x)*log(2)*D(sin(x), x)'],
    ['D(e^sin(x), x)', 'e^sin(x)*D(sin(x), x)'],
  ],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body] = term.args
    const variable = term.args[1] as SymbolTerm
    if (body?.kind !== 'pow' || !scope.freeOf(body.args[0]!, variable)) return undefined
    const [base, exponent] = body.args as [Expr, Expr]
    const factors: Expr[] = [body]
    if (!isEuler(base, scope)) factors.push(store.call('log', [base]))
    if (exponent !== variable) factors.push(store.derivative(exponent, variable))
    return { after: store.mul(factors), conditions: unlessKnown([positive(store, base)], scope) }
  },
}

/** D(u^v, x) = u^v*(D(v, x)*log(u) + v*D(u, x)/u) */
export const generalPowerRule: Rule = {
  id: 'general-power',
  title: 'general power rule',
  law: 'D(u^v, x) = u^v*(D(v, x)*log(u) + v*D(u, x)/u)',
  where: ['u and v depend on x'],
  needs: ['u > 0'],
  because: 'u^v is e^(v log u): the exponential rule, then the product rule in the exponent',
  examples: [['D(x^x, x)', 'x^x*(D(x, x)*log(x) + x*D(x, x)/x)']],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body, variable] = term.args
    if (body?.kind !== 'pow') return undefined
    const [u, v] = body.args as [Expr, Expr]
    const inner = store.add([
      store.mul([store.derivative(v, variable!), store.call('log', [u])]),
      store.div(store.mul([v, store.derivative(u, variable!)]), u),
    ])
    return { after: store.mul([body, inner]), conditions: unlessKnown([positive(store, u)], scope) }
  },
}

function lowerPower(
  base: Expr,
  exponent: Expr,
  term: Expr,
  { store, scope }: RuleContext,
): Rewritten | undefined {
  const variable = term.args[1] as SymbolTerm
  if (!scope.freeOf(exponent, variable)) return undefined
  const value = rationalOf(exponent)
  let factors: Expr[]
  if (value === undefined) {
    factors = [exponent, store.pow(base, store.subtract(exponent, store.number(1)))]
  } else {
    const lower = value.subtract(Rational.one)
    if (lower.sign === 0) factors = []
    else if (lower.equals(Rational.one)) factors = [exponent, base]
    else factors = [exponent, store.pow(base, writeExponent(store, lower, exponent))]
  }
  if (base !== variable) factors.push(store.derivative(base, variable))
  return {
    after: store.mul(factors),
    conditions: unlessKnown(needsOfPower(base, exponent, scope), scope),
  }
}

/** Where u^n has the slope n*u^(n-1): for whole n everywhere, but for n = 0, where the rule's u^(-1) has no value. */
function needsOfPower(base: Expr, exponent: Expr, scope: Scope): readonly Expr[] {
  const { store } = scope
  if (rationalOf(exponent)?.isInteger === true) return []
  if (!isWhole(exponent, scope)) {
    // |u|^1.5 is flat where u is 0.
    const isFlatAtZero = (rationalOf(exponent)?.compare(Rational.one) ?? -1) > 0
    const sign = isFlatAtZero ? signOf(base, scope) : 'unknown'
    return sign === 'nonnegative' || sign === 'zero' ? [] : [positive(store, base)]
  }
  return signOf(exponent, scope) === 'positive' ? [] : [store.relation('!=', base, store.number(0))]
}

/** Decimals stay decimals: 0.5 lowered by 1 is -0.5, while 3/2 lowered by 1 is 1/2. */
function writeExponent(store: TermStore, value: Rational, like: Expr): Expr {
  const decimal = hasDecimalPoint(like) ? value.abs().toDecimal() : undefined
  if (decimal === undefined) return store.rational(value)
  return value.sign < 0 ? store.neg(store.number(decimal)) : store.number(decimal)
}

function hasDecimalPoint(term: Expr): boolean {
  return term.kind === 'number' ? !term.value.isInteger : term.args.some(hasDecimalPoint)
}

export function positive(store: TermStore, term: Expr): Expr {
  return store.relation('>', term, store.number(0))
}

export function unlessKnown(relations: readonly Expr[], scope: Scope): readonly Expr[] {
  return relations.filter((relation) => !isKnown(relation, scope))
}
