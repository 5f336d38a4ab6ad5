import type { DerivationRecord } from '../derivation/derivation.ts'
import { type Headlines, schedule } from '../derivation/schedule.ts'
import { Normalizer } from '../rewrite/normalize.ts'
import { Resolver, type Strategy } from '../rewrite/resolve.ts'
import type { Trace } from '../rewrite/trace.ts'
import {
  cleaningRules,
  definitionRule,
  differentiationRules,
  flatteningRules,
  isKnown,
  leafRules,
  linearRules,
  plainRules,
  type Rule,
  type RuleContext,
  siftingRules,
  tabulate,
  tidyRules,
} from '../rules/index.ts'
import { constantRule, identityRule, kroneckerRule } from '../rules/differentiate/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import type { Scope } from '../term/scope.ts'

const cleaningTable = tabulate(cleaningRules)
const siftingTable = tabulate(siftingRules)
const plainTable = tabulate(plainRules)
const tidyTable = tabulate(tidyRules)
const flatteningTable = tabulate(flatteningRules)
const linear: ReadonlySet<Rule> = new Set([...linearRules, constantRule, identityRule])
const immediate: readonly Rule[] = [constantRule, identityRule]

const headlines: Headlines = {
  factor: new Set(linearRules.filter((rule) => rule.id === 'factor' || rule.id === 'constant-divisor')),
  sum: new Set(linearRules.filter((rule) => rule.id === 'sum')),
  indexedSum: new Set(linearRules.filter((rule) => rule.id === 'indexed-sum')),
  folded: new Set(linearRules.filter((rule) => rule.id === 'negation')),
  leaf: new Set(leafRules.filter((rule) => rule === kroneckerRule)),
}

/**
 * Differentiates terms of one scope. What is derived for one variable or one term is kept and used again for
 * the next: a Hessian resolves each different derivative once.
 */
export class Differentiator {
  readonly #context: RuleContext
  readonly #kept = new Set<Expr>()
  readonly #unfolded = new Map<Expr, Expr>()
  readonly #resolver: Resolver

  constructor(readonly scope: Scope) {
    this.#context = { store: scope.store, scope, isWritten: (term) => this.#kept.has(term) }
    const strategy: Strategy = {
      isGoal: (term) => term.kind === 'derivative',
      mayHoldGoal: (term) => term.hasDerivative,
      rules: differentiationRules,
      immediate,
      linear,
      unfoldAt: (goal) => definitionsToUnfold(goal, scope),
      unfoldRule: definitionRule,
      onUnfold: (name, body) => {
        this.#keep(body)
        if (name.kind === 'symbol' && body.args.length > 0) this.#unfolded.set(body, name)
      },
    }
    this.#resolver = new Resolver(strategy, this.#context, new Normalizer(cleaningTable, this.#context))
  }

  /**
   * The derivative of `subject` by a variable, tidied; `earlier` are the variables it was differentiated by
   * before. @throws LimitError when a stated limit is reached.
   */
  differentiate(subject: Expr, variable: SymbolTerm, earlier: readonly SymbolTerm[] = []): DerivationRecord {
    const { store } = this.scope
    this.#keep(subject)
    const start = store.derivative(subject, variable)
    const { term, trace } = this.#resolver.resolve(start)
    const phases: Trace[][] = []
    let result = term
    const run = (normalizer: Normalizer): boolean => {
      const rewriting = normalizer.normalize(result)
      if (rewriting.term === result) return false
      result = rewriting.term
      phases.push(rewriting.trace === undefined ? [] : [rewriting.trace])
      return true
    }
    if (this.#unfolded.size > 0) run(this.#folder())
    run(new Normalizer(siftingTable, this.#context))
    // A normal form of the tidy rules; the second run only tests what the first one settled on.
    const tidier = this.#tidier()
    while (run(tidier)) continue
    return {
      store,
      subject,
      variables: [...earlier, variable],
      start,
      result,
      isKnown: (relation) => isKnown(relation, this.scope),
      events: () => schedule(trace, phases, headlines),
    }
  }

  /** Whether a tidy rule still applies somewhere in a term; false for every result. */
  canTidy(term: Expr): boolean {
    return this.#tidier().normalize(term).term !== term
  }

  #tidier(): Normalizer {
    return new Normalizer(tidyTable, this.#context, {
      entering: flatteningTable,
      isKept: (term) => this.#kept.has(term),
      gentle: plainTable,
    })
  }

  /** Puts names back for what they were defined as: sigmoid(w*x_i + b) is p_i again. */
  #folder(): Normalizer {
    const unfolded = this.#unfolded
    const fold: Rule = {
      ...definitionRule,
      id: 'definition-back',
      because: 'the name {f} stands for this term',
      on: [...new Set([...unfolded.keys()].map((body) => body.kind))],
      apply(term) {
        const name = unfolded.get(term)
        if (name?.kind !== 'symbol') return undefined
        return { after: name, title: `definition ${name.name}`, words: { f: name.name } }
      },
    }
    return new Normalizer(tabulate([fold]), this.#context)
  }

  /** What the user wrote keeps its form: it is only evaluated, never reordered, merged or factored. */
  #keep(term: Expr): void {
    if (this.#kept.has(term) || term.args.length === 0) return
    this.#kept.add(term)
    for (const arg of term.args) this.#keep(arg)
  }
}

/**
 * Where definitions are put in before a derivative's rule is chosen: the body itself, or the terms of a
 * linear combination whose definitions are linear too, so that y - f(x) becomes y - (m*x + b) as one would
 * write it, while 1 - p with p = sigmoid(…) keeps its name until the derivative of p itself is due.
 */
function definitionsToUnfold(goal: Expr, scope: Scope): readonly Path[] {
  const variable = goal.args[1] as SymbolTerm
  const paths: Path[] = []
  const search = (term: Expr, path: Path): void => {
    switch (term.kind) {
      case 'symbol':
      case 'apply':
        if (!scope.freeOf(term, variable)) {
          const body = scope.unfold(term)
          if (body !== undefined && (path.length === 1 || isLinear(body, variable, scope))) paths.push(path)
        }
        break
      case 'neg':
        search(term.args[0]!, [...path, 0])
        break
      case 'add':
        for (const [i, arg] of term.args.entries()) search(arg, [...path, i])
        break
      case 'mul': {
        const dependent = term.args.flatMap((arg, i) => (scope.freeOf(arg, variable) ? [] : [i]))
        if (dependent.length === 1) search(term.args[dependent[0]!]!, [...path, dependent[0]!])
        break
      }
      case 'div':
        if (scope.freeOf(term.args[1]!, variable)) search(term.args[0]!, [...path, 0])
        break
      default:
    }
  }
  if (scope.hasDefinitions) search(goal.args[0]!, [0])
  return paths
}

/** Whether a term is linear in the variable as it is written, looking through definitions. */
function isLinear(term: Expr, variable: SymbolTerm, scope: Scope): boolean {
  if (scope.freeOf(term, variable)) return true
  switch (term.kind) {
    case 'symbol':
    case 'apply': {
      const body = scope.unfold(term)
      return body === undefined ? term.kind === 'symbol' : isLinear(body, variable, scope)
    }
    case 'neg':
    case 'add':
      return term.args.every((arg) => isLinear(arg, variable, scope))
    case 'mul': {
      const dependent = term.args.filter((arg) => !scope.freeOf(arg, variable))
      return dependent.length === 1 && isLinear(dependent[0]!, variable, scope)
    }
    case 'div':
      return scope.freeOf(term.args[1]!, variable) && isLinear(term.args[0]!, variable, scope)
    case 'big':
      return term.name === 'sum' && isLinear(term.args[2]!, variable, scope)
    default:
      return false
  }
}
