import { canonical, splitCoefficient } from '../../term/canonical.ts'
import { type Expr, isNumber } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule, RuleContext } from '../rule.ts'
import { factorsOf } from './number.ts'

/** log(exp(u)) = u and exp(log(u)) = u, also of e^u */
export const inverseFunctions: Rule = {
  id: 'inverse-functions',
  title: 'inverse functions',
  law: 'log(exp(u)) = u',
  because: 'logarithm and exponential undo each other',
  examples: [
    ['log(exp(x))', 'x'],
    ['exp(log(x))', 'x'],
  ],
  needs: ['u > 0 for exp(log(u)), as the logarithm demands'],
  on: ['call', 'pow'],
  apply(term, context) {
    if (term.kind === 'call' && term.name === 'log') return exponentOf(term.args[0]!, context)
    const exponent = exponentOf(term, context)
    return exponent?.kind === 'call' && exponent.name === 'log' ? exponent.args[0] : undefined
  },
}

/** sinh(u)/cosh(u) = tanh(u), sin(u)/cos(u) = tan(u) */
export const quotientOfFunctions: Rule = {
  id: 'quotient-of-functions',
  title: 'definition of tanh',
  law: 'sinh(u)/cosh(u) = tanh(u)',
  because: 'the quotient is a function with a name of its own',
  examples: [
    ['sinh(x)/cosh(x)', 'tanh(x)'],
    ['sin(x)/cos(x)', 'tan(x)'],
  ],
  on: ['div'],
  apply(term, { store }) {
    const above = term.args[0]!.kind === 'mul' ? term.args[0]!.args : [term.args[0]!]
    const below = term.args[1]!.kind === 'mul' ? term.args[1]!.args : [term.args[1]!]
    for (const [i, numerator] of above.entries()) {
      if (numerator.kind !== 'call') continue
      const name = quotients.get(numerator.name)
      if (name === undefined) continue
      const j = below.findIndex(
        (factor) =>
          factor.kind === 'call' && factor.name === name.below && factor.args[0] === numerator.args[0],
      )
      if (j < 0) continue
      const up = above.map((factor, k) => (k === i ? store.call(name.quotient, numerator.args) : factor))
      const down = store.mul(below.filter((_, k) => k !== j))
      const after = isNumber(down, 1) ? store.mul(up) : store.div(store.mul(up), down)
      return { after, title: `definition of ${name.quotient}` }
    }
    return undefined
  },
}

const quotients = new Map([
  ['sinh', { below: 'cosh', quotient: 'tanh' }],
  ['cosh', { below: 'sinh', quotient: 'coth' }],
  ['sin', { below: 'cos', quotient: 'tan' }],
  ['cos', { below: 'sin', quotient: 'cot' }],
])

/** exp(u)*exp(v) = exp(u + v) and exp(u)/exp(v) = exp(u - v), where the exponents have a term in common. */
export const mergeExponentials: Rule = {
  id: 'merge-exponentials',
  title: 'exponential law',
  law: 'exp(u)*exp(v - u)*w = exp(u + v - u)*w',
  where: ['terms of the exponents cancel or are added'],
  because: 'exponentials are multiplied by adding the exponents',
  examples: [
    ['exp(x)*exp(y - x)', 'exp(x + (y - x))'],
    ['z*exp(2*x)/exp(x)', 'z*exp(2*x - x)'],
  ],
  on: ['mul', 'div'],
  apply(term, context) {
    const { store } = context
    const above = factorsOf(term.kind === 'div' ? term.args[0]! : term)
    const below = term.kind === 'div' ? factorsOf(term.args[1]!) : []
    const exponents = [
      ...above.map((factor) => exponentOf(factor, context)),
      ...below.map((factor) => {
        const exponent = exponentOf(factor, context)
        return exponent && store.neg(exponent)
      }),
    ]
    for (const [i, u] of exponents.entries()) {
      if (u === undefined) continue
      const j = exponents.findIndex((v, k) => k > i && v !== undefined && mergesWith(store, u, v))
      if (j < 0) continue
      const merged = store.call('exp', [store.add([u, exponents[j]!])])
      // What stands below is named by its opposite, so a merger of two divisors becomes a factor above.
      const up = above.flatMap((factor, k) => (k === i ? [merged] : k === j ? [] : [factor]))
      const down = store.mul(below.filter((_, k) => k + above.length !== i && k + above.length !== j))
      const numerator = store.mul(i < above.length ? up : [...up, merged])
      return isNumber(down, 1) ? numerator : store.div(numerator, down)
    }
    return undefined
  },
}

/** Whether the sum of two terms has fewer terms than both have. */
function mergesWith(store: TermStore, u: Expr, v: Expr): boolean {
  const count = (term: Expr): number => {
    const [coefficient, rest] = splitCoefficient(store, canonical(store, term))
    return coefficient.sign === 0 ? 0 : rest.kind === 'add' ? rest.args.length : 1
  }
  return count(store.add([u, v])) < count(u) + count(v)
}

/** u of exp(u) and of e^u. */
export function exponentOf(term: Expr, { scope }: RuleContext): Expr | undefined {
  if (term.kind === 'call' && term.name === 'exp') return term.args[0]
  return term.kind === 'pow' && isEuler(term.args[0]!, scope) ? term.args[1] : undefined
}

export function isEuler(term: Expr, scope: Scope): boolean {
  if (term.kind !== 'symbol' || term.name !== 'e' || term.args.length > 0) return false
  const role = scope.role('e')
  return role === undefined || role === 'constant'
}
