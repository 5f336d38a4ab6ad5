import type { Expr } from './expr.ts'
import type { TermStore } from './store.ts'

/**
 * The derivative of a term by a name, or by a power of one, as authors differentiate by the variance σ²: by the chain
 * rule, du/dσ² = (du/dσ)/(2σ).
 */
export function derivativeBy(store: TermStore, term: Expr, variable: Expr): Expr {
  if (variable.kind !== 'pow') return store.derivative(term, variable)
  const [base, exponent] = variable.args as [Expr, Expr]
  const lower = store.add([exponent, store.neg(store.number(1))])
  const power = exponent.kind === 'number' && exponent.name === '2' ? base : store.pow(base, lower)
  return store.div(store.derivative(term, base), store.mul([exponent, power]))
}
