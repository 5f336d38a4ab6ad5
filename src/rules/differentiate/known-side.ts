import type { SymbolTerm } from '../../term/expr.ts'
import { asserted } from '../assumption.ts'
import { valueByOrder } from '../known-side.ts'
import { nameOf, type Rule } from '../rule.ts'

/** D(relu(u), x) = D(u, x) for a u that is never negative: where one side is always taken there is no kink. */
export const knownSideRule: Rule = {
  id: 'known-side',
  title: 'one side only',
  law: 'D(relu(abs(u)), x) = D(abs(u), x)',
  where: ['which side is taken is known'],
  because: 'one side of {f} is taken everywhere, so that there is no kink',
  examples: [
    ['D(relu(exp(sin(x))), x)', 'D(exp(sin(x)), x)'],
    ['D(max(0, sin(x)^2), x)', 'D(sin(x)^2, x)'],
    ['D(min(relu(sin(x)), 0), x)', 'D(0, x)'],
  ],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body, variable] = term.args
    if (body?.kind !== 'call') return undefined
    const value = valueByOrder(body.name, body.args, store, scope)
    if (value === undefined) return undefined
    const after = store.derivative(value, variable!)
    return {
      after,
      ...asserted(after, body, scope),
      words: { f: body.name, x: nameOf(variable as SymbolTerm) },
    }
  },
}
