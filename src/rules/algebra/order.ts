import type { Expr } from '../../term/expr.ts'
import type { Rule, RuleContext } from '../rule.ts'

/**
 * The order of a textbook's product: numbers, constants and counts, other names, functions, brackets, and big
 * sums last. Factors of one rank keep the order in which they were written. A root of constants is a constant.
 */
export const orderFactors: Rule = {
  id: 'order-factors',
  title: 'comm.',
  law: 'u*2 = 2*u',
  because: 'factors are written with numbers first and sums last',
  examples: [['x*2', '2*x']],
  on: ['mul'],
  apply(term, context) {
    const ranks = term.args.map((factor) => rankOf(factor, context))
    if (ranks.every((rank, i) => i === 0 || ranks[i - 1]! <= rank)) return undefined
    const order = term.args.map((_, i) => i).sort((a, b) => ranks[a]! - ranks[b]! || a - b)
    return context.store.mul(order.map((i) => term.args[i]!))
  },
}

function rankOf(factor: Expr, context: RuleContext): number {
  switch (factor.kind) {
    case 'number':
      return 0
    case 'symbol': {
      const role = context.scope.role(factor.name)
      return role === 'constant' || role === 'count' || role === 'hyperparameter' ? 1 : 2
    }
    case 'bound':
    case 'delta':
      return 2
    case 'pow': {
      const base = rankOf(factor.args[0]!, context)
      return base === 0 ? 1 : base === 1 && factor.args[1]!.kind !== 'number' ? 3 : base
    }
    case 'call':
      return isConstant(factor, context) ? 1 : 3
    case 'apply':
    case 'piecewise':
      return 3
    case 'div':
      return factor.args.every((arg) => rankOf(arg, context) <= 1) ? 1 : 3
    case 'derivative':
      return 6
    case 'big':
      return 5
    default:
      return 4
  }
}

/** Whether a term is made of numbers and constants alone, as sqrt(2*pi) is. */
function isConstant(term: Expr, context: RuleContext): boolean {
  if (term.kind === 'symbol') return term.args.length === 0 && context.scope.role(term.name) === 'constant'
  return (
    term.kind === 'number' || (term.args.length > 0 && term.args.every((arg) => isConstant(arg, context)))
  )
}
