import { type Expr, isNumber } from '../../term/expr.ts'
import { constants } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule, RuleContext } from '../rule.ts'
import { powerOf } from './number.ts'

/**
 * The order of a textbook's product: numbers, constants and counts, other names, functions, brackets, and big
 * sums last. Factors of one rank keep the order in which they were written, but for those of one name, x_k*x_l, which
 * stand together, and 1 - p, which stands behind p. A root of constants is a constant.
 */
export const orderFactors: Rule = {
  id: 'order-factors',
  title: 'comm.',
  law: 'u*2 = 2*u',
  because: 'factors are written with numbers first and sums last',
  examples: [
    ['x*2', '2*x'],
    ['x*y*(1 - x)', 'x*(1 - x)*y'],
  ],
  on: ['mul'],
  apply(term, context) {
    const ranks = term.args.map((factor) => rankOf(factor, context))
    const places = term.args.map((factor, i) => placeOf(factor, i, term.args, context.store))
    const order = term.args.map((_, i) => i)
    order.sort((a, b) => {
      const [left, right] = [places[a]!, places[b]!]
      // A factor that stands beside another stands behind it.
      return ranks[left]! - ranks[right]! || left - right || Number(left !== a) - Number(right !== b) || a - b
    })
    if (order.every((position, i) => position === i)) return undefined
    return context.store.mul(order.map((i) => term.args[i]!))
  },
}

/** The position of the factor beside which another stands: its own, but for the like of an earlier one, and 1 - p. */
function placeOf(factor: Expr, position: number, factors: readonly Expr[], store: TermStore): number {
  if (factor.kind === 'symbol' && factor.args.length > 0) {
    return factors.findIndex(
      (other) => other.kind === 'symbol' && other.name === factor.name && other.args.length > 0,
    )
  }
  const whole = complemented(factor)
  const beside = factors.findIndex((other) => whole !== undefined && powerOf(other, store).base === whole)
  return beside < 0 ? position : placeOf(factors[beside]!, beside, factors, store)
}

/** p of 1 - p. */
function complemented(term: Expr): Expr | undefined {
  if (term.kind !== 'add' || term.args.length !== 2 || !isNumber(term.args[0]!, 1)) return undefined
  return term.args[1]!.kind === 'neg' ? term.args[1].args[0] : undefined
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
  // A constant that the derivation brought, as Phi brings sqrt(2*pi), is declared nowhere.
  if (term.kind === 'symbol') {
    const role = context.scope.role(term.name)
    return term.args.length === 0 && (role === 'constant' || (role === undefined && constants.has(term.name)))
  }
  return (
    term.kind === 'number' || (term.args.length > 0 && term.args.every((arg) => isConstant(arg, context)))
  )
}
