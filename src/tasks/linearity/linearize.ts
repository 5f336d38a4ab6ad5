import { applyRule } from '../../rewrite/apply.ts'
import { sequence, type Trace } from '../../rewrite/trace.ts'
import { constantFactorOfSum, gatherSums, type Rule, type RuleContext } from '../../rules/index.ts'
import { canonical, splitCoefficient } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import type { Rational } from '../../term/rational.ts'
import type { Scope } from '../../term/scope.ts'
import { type Gathered, Gatherer, type Stuck } from './gather.ts'
import { expandingNormalizer, openingNormalizers } from './open-up.ts'
import { multiplyOutPairs } from './pairs.ts'
import type { Samples } from './samples.ts'

/** A loss brought to the form c*sum(i, l_i) + rest, with the steps that lead there, a line each. */
export interface Linearized {
  readonly phases: readonly Trace[]
  readonly term: Expr
  readonly outcome: Gathered | Stuck
}

/** More rounds than nested means and logarithms of products need. */
const maximumRounds = 6

/**
 * Brings a loss to the form c*sum(i, l_i) + rest by true steps; gentle ones first, and only where they do not
 * suffice by multiplying out.
 * @throws LimitError when a stated limit is reached.
 */
export function linearize(loss: Expr, scope: Scope, samples: Samples): Linearized {
  const context: RuleContext = { store: scope.store, scope, isWritten: () => false }
  const gatherer = new Gatherer(samples, scope)
  const phases: Trace[] = []
  let term = loss
  let outcome = gatherer.gather(term)
  const run = (
    rewrite: (term: Expr) => { readonly term: Expr; readonly trace: Trace | undefined },
  ): boolean => {
    const rewriting = rewrite(term)
    if (rewriting.trace === undefined) return false
    term = rewriting.term
    phases.push(rewriting.trace)
    return true
  }
  const cancel = (current: Expr) => {
    const step = applyRule(cancelSummands, current, context)
    return { term: step?.after ?? current, trace: step }
  }
  const opening = openingNormalizers(samples, context)
  for (let round = 0; outcome.kind === 'stuck' && round < maximumRounds; round++) {
    const changed = opening.map((normalizer) => run((current) => normalizer.normalize(current)))
    changed.push(run(cancel))
    outcome = gatherer.gather(term)
    if (!changed.includes(true)) break
  }
  if (outcome.kind === 'stuck' && !outcome.differ) {
    run((current) => multiplyOutPairs(current, samples, context))
    const expanding = expandingNormalizer(samples, context)
    run((current) => expanding.normalize(current))
    run(cancel)
    outcome = gatherer.gather(term)
  }
  if (outcome.kind !== 'stuck' && outcome.term !== term) {
    const { term: after, conditions } = outcome
    const title = outcome.cancels ? `${gatherSums.title}, cancel` : gatherSums.title
    const gather: Rule = { ...gatherSums, title, on: [term.kind], apply: () => ({ after, conditions }) }
    run((current) => {
      const step = applyRule(gather, current, context)
      return { term: step?.after ?? current, trace: sequence(step === undefined ? [] : [step]) }
    })
  }
  return { phases, term, outcome }
}

/** u + v - u = v: like terms that add up to nothing. */
const cancelSummands: Rule = {
  id: 'cancel-summands',
  title: 'cancel',
  law: 'u + v - u = v',
  because: 'like terms add up to nothing',
  examples: [['x + y - x', 'y']],
  on: ['add'],
  apply(term, context) {
    const { store } = context
    if (term.kind !== 'add') return undefined
    const totals = new Map<Expr, Rational>()
    const keys = term.args.map((summand) => {
      const [coefficient, key] = splitCoefficient(
        store,
        canonical(store, withFactorsOutside(summand, context)),
      )
      const total = totals.get(key)
      totals.set(key, total === undefined ? coefficient : total.add(coefficient))
      return key
    })
    const kept = term.args.filter((_, i) => totals.get(keys[i]!)!.sign !== 0)
    return kept.length === term.args.length ? undefined : store.add(kept)
  },
}

/** The summand with the factors of each of its sums in front of it, so that m*sum(i, x_i) is sum(i, m*x_i). */
function withFactorsOutside(summand: Expr, context: RuleContext): Expr {
  const outcome = summand.kind === 'big' ? applyRule(constantFactorOfSum, summand, context) : undefined
  if (outcome !== undefined) return outcome.after
  if (summand.kind !== 'mul' && summand.kind !== 'div' && summand.kind !== 'neg') return summand
  return context.store.rebuild(
    summand,
    summand.args.map((arg) => withFactorsOutside(arg, context)),
  )
}
