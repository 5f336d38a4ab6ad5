import { type Expr, isNumber } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import type { Rule, RuleContext } from '../rule.ts'

/** log(exp(u)) = u and exp(log(u)) = u */
export const inverseFunctions: Rule = {
  id: 'inverse-functions',
  title: 'inverse functions',
  law: 'log(exp(u)) = u',
  because: 'logarithm and exponential undo each other',
  examples: [
    ['log(exp(x))', 'x'],
    ['exp(log(x))', 'x'],
  ],
  on: ['call'],
  apply(term) {
    const inner = term.args[0]!
    if (term.kind !== 'call' || inner.kind !== 'call') return undefined
    const undone =
      (term.name === 'log' && inner.name === 'exp') || (term.name === 'exp' && inner.name === 'log')
    return undone ? inner.args[0]! : undefined
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
