import { definitionRule, differentiationRules, type RuleContext } from '../rules/index.ts'
import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

/** The title of the rule that takes the first derivative left in a term a step further; nothing where none does. */
export function nextRule(term: Expr, scope: Scope): string | undefined {
  const goal = firstDerivative(term)
  if (goal === undefined) return undefined
  const context: RuleContext = { store: scope.store, scope, isWritten: () => false }
  for (const rule of differentiationRules) {
    if (rule.on.includes(goal.kind) && rule.apply(goal, context) !== undefined) return rule.title
  }
  return definitionRule.apply(goal.args[0]!, context) === undefined ? undefined : definitionRule.title
}

/** The first in written order that has no other inside. */
function firstDerivative(term: Expr): Expr | undefined {
  if (!term.hasDerivative) return undefined
  for (const arg of term.args) {
    const inner = firstDerivative(arg)
    if (inner !== undefined) return inner
  }
  return term.kind === 'derivative' ? term : undefined
}
