import { type DerivationRecord, RecordedDerivation } from '../../derivation/derivation.ts'
import { schedule } from '../../derivation/schedule.ts'
import type { Detail, Line } from '../../derivation/step.ts'
import { applyFirst, applyRule } from '../../rewrite/apply.ts'
import { sequence, type Trace } from '../../rewrite/trace.ts'
import {
  constantDivisorRule,
  constantRule,
  factorRule,
  indexedSumRule,
  negationRule,
  sumRule,
} from '../../rules/differentiate/index.ts'
import { type Rule, type RuleContext, zeroTerm } from '../../rules/index.ts'
import type { Expr } from '../../term/expr.ts'
import { bindersAlong, type Path, replaceAt, subtermAt } from '../../term/path.ts'
import { nabla, type Scope } from '../../term/scope.ts'
import type { Gathered } from './gather.ts'
import type { Samples } from './samples.ts'

const factorRules = [negationRule, factorRule, constantDivisorRule] as const

/** The proof that the gradient moves into the sum; its first line is the gradient of the loss as it was written. */
export class LinearityProof extends RecordedDerivation {
  override lines(detail: Detail = 'paper'): readonly Line[] {
    const opening = { term: this.start, labels: [], marks: [], because: [], conditions: [] }
    return [opening, ...super.lines(detail)]
  }
}

/** No line of the proof is closed into another. */
const headlines = {
  factor: new Set<Rule>(),
  sum: new Set<Rule>(),
  indexedSum: new Set<Rule>(),
  chain: new Set<Rule>(),
  folded: new Set<Rule>(),
  leaf: new Set<Rule>(),
  sifting: new Set<Rule>(),
  preparing: new Set<Rule>(),
}

/**
 * From the gradient of the loss, by the steps in `phases` to the gradient of `gathered`, and from there by the
 * sum rule and the factor rule to the gradients of the samples.
 */
export function proveLinearity(
  loss: Expr,
  scope: Scope,
  phases: readonly Trace[],
  gathered: Gathered,
  samples: Samples,
): LinearityProof {
  const { store } = scope
  const variable = store.symbol(nabla)
  const context: RuleContext = { store, scope, isWritten: () => false }
  const lines: Trace[] = phases.map((trace) => ({ kind: 'inside', path: [0], binders: [], trace }))
  let term: Expr = store.derivative(gathered.term, variable)

  /** One rule at every derivative where one fires; together they are a line. */
  const line = (rules: readonly Rule[], isMeant: (derivative: Expr) => boolean): void => {
    const traces: Trace[] = []
    for (const path of derivativesOf(term)) {
      const derivative = subtermAt(term, path)
      if (!isMeant(derivative)) continue
      const step = applyFirst(rules, derivative, context)
      if (step === undefined) continue
      traces.push({ kind: 'inside', path, binders: bindersAlong(term, path), trace: step })
      term = replaceAt(store, term, path, step.after)
    }
    clear(traces)
    const trace = sequence(traces)
    if (trace !== undefined) lines.push(trace)
  }

  /** A derivative that became 0 is no term. */
  const clear = (traces: Trace[]): void => {
    const step = term.kind === 'add' ? applyRule(zeroTerm, term, context) : undefined
    if (step === undefined) return
    traces.push(step)
    term = step.after
  }

  const ofSamples = (derivative: Expr) => holdsSampleSum(derivative.args[0]!, samples)
  line([sumRule], () => term.kind === 'derivative')
  line([constantRule], () => true)
  line(factorRules, ofSamples)
  line([indexedSumRule], ofSamples)
  if (gathered.kind === 'weighted') line(factorRules, (derivative) => derivative.args[0]!.loose !== 0)

  const record: DerivationRecord = {
    store,
    subject: loss,
    variables: [variable],
    start: store.derivative(loss, variable),
    result: term,
    scope,
    events: () =>
      schedule(
        undefined,
        lines.map((trace) => [trace]),
        headlines,
      ),
  }
  return new LinearityProof(record)
}

/** The positions of the outermost derivatives. */
function derivativesOf(term: Expr, path: Path = []): Path[] {
  if (!term.hasDerivative) return []
  if (term.kind === 'derivative') return [path]
  return term.args.flatMap((arg, position) => derivativesOf(arg, [...path, position]))
}

function holdsSampleSum(term: Expr, samples: Samples): boolean {
  return samples.isSampleSum(term) || term.args.some((arg) => holdsSampleSum(arg, samples))
}
