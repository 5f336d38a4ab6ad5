import type { Rewritten, Rule, RuleContext } from '../rules/rule.ts'
import type { Expr } from '../term/expr.ts'
import type { StepTrace } from './trace.ts'

/** One rule at the root of a term: the new term with its record, or nothing where the rule does not fire. */
export function applyRule(rule: Rule, term: Expr, context: RuleContext): StepTrace | undefined {
  const outcome = rule.apply(term, context)
  if (outcome === undefined) return undefined
  const rewritten: Rewritten = 'kind' in outcome ? { after: outcome } : outcome
  return {
    kind: 'step',
    rule,
    title: rewritten.title ?? rule.title,
    words: rewritten.words,
    before: term,
    after: rewritten.after,
    conditions: rewritten.conditions ?? [],
  }
}

/** The first rule of a list that fires on a term. */
export function applyFirst(rules: readonly Rule[], term: Expr, context: RuleContext): StepTrace | undefined {
  for (const rule of rules) {
    const step = applyRule(rule, term, context)
    if (step !== undefined) return step
  }
  return undefined
}

/** The sentence of a step: its rule's reason with the names of this step. */
export function reasonOf({ rule, words, remark }: StepTrace): string {
  let sentence = rule.because
  if (words !== undefined && sentence.includes('{')) {
    for (const key of Object.keys(words)) sentence = sentence.replaceAll(`{${key}}`, words[key]!)
  }
  return remark === undefined ? sentence : `${sentence}; ${remark}`
}
