import type { Expr } from '../../term/expr.ts'
import { nabla, type Scope } from '../../term/scope.ts'

/**
 * Whether a term has a derivative of what cannot depend on the variable, as `\frac{d}{dw} \frac12 w^2` read literally has
 * that of 1/2: nobody writes a derivative that is 0 in front of a product.
 */
export function hasVacuousDerivative(term: Expr, scope: Scope): boolean {
  if (!term.hasDerivative) return false
  if (term.kind === 'derivative') {
    const [body, variable] = term.args as [Expr, Expr]
    if (variable.kind === 'symbol' && ![...body.names].some((name) => mayDepend(name, variable.name, scope)))
      return true
  }
  return term.args.some((arg) => hasVacuousDerivative(arg, scope))
}

function mayDepend(name: string, variable: string, scope: Scope): boolean {
  const role = scope.role(name)
  if (name === variable || role === 'function' || role === 'definition') return true
  return variable === nabla && role === 'parameter'
}
