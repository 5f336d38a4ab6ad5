import type { DerivationRecord } from '../derivation/derivation.ts'
import { type Headlines, schedule } from '../derivation/schedule.ts'
import { Normalizer } from '../rewrite/normalize.ts'
import { Resolver, type Strategy } from '../rewrite/resolve.ts'
import { constantRule, identityRule, kroneckerRule } from '../rules/differentiate/index.ts'
import {
  chainRules,
  cleaningRules,
  definitionRule,
  differentiationRules,
  leafRules,
  linearRules,
  type Rule,
  type RuleContext,
  rules,
  siftingRules,
  tabulate,
} from '../rules/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { liftConditions } from './lifting.ts'
import { type Simplification, Simplifier } from './simplify.ts'
import { definitionsToUnfold } from './unfolding.ts'

const cleaningTable = tabulate(cleaningRules)
const linear: ReadonlySet<Rule> = new Set([...linearRules, constantRule, identityRule])
const immediate: readonly Rule[] = [constantRule, identityRule]

const headlines: Headlines = {
  factor: new Set(linearRules.filter((rule) => rule.id === 'factor' || rule.id === 'constant-divisor')),
  sum: new Set(linearRules.filter((rule) => rule.id === 'sum')),
  indexedSum: new Set(linearRules.filter((rule) => rule.id === 'indexed-sum')),
  chain: new Set(chainRules),
  folded: new Set(linearRules.filter((rule) => rule.id === 'negation')),
  leaf: new Set(leafRules.filter((rule) => rule === kroneckerRule)),
  sifting: new Set(siftingRules.filter((rule) => rule.id === 'delta-sifting')),
  preparing: new Set(rules.filter((rule) => rule.title === 'distr.' || rule.title === 'comm.')),
}

/**
 * Differentiates terms of one scope. What is derived for one variable or one term is kept and used again for
 * the next: a Hessian resolves each different derivative once.
 */
export class Differentiator {
  readonly #context: RuleContext
  readonly #kept = new Set<Expr>()
  readonly #forms = new Set<Expr>()
  readonly #unfolded = new Map<Expr, SymbolTerm>()
  readonly #resolver: Resolver

  constructor(
    readonly scope: Scope,
    readonly simplification: Simplification = 'paper',
    /** The variables by which what is derived may be differentiated again. */
    readonly again: readonly SymbolTerm[] = [],
  ) {
    this.#context = { store: scope.store, scope, isWritten: (term) => this.#isWritten(term) }
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
      lift: (goal, slope, needs) => liftConditions(goal, slope, needs, scope),
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
    const { term: result, phases } = this.#simplifier().simplify(term)
    return {
      store,
      subject,
      variables: [...earlier, variable],
      start,
      result,
      scope: this.scope,
      events: () => schedule(trace, phases, headlines),
    }
  }

  /** Whether a rule still tidies or shortens a term; false for every result. */
  canTidy(term: Expr): boolean {
    return this.#simplifier().canSimplify(term)
  }

  /** A new one each time: what it remembers of a term holds for what is kept and unfolded now. */
  #simplifier(): Simplifier {
    return new Simplifier({
      mode: this.simplification,
      context: this.#context,
      kept: this.#kept,
      unfolded: this.#unfolded,
      again: this.again,
    })
  }

  /** A residual that the user wrote for x_i is written also where a sum was sifted, for x_k. */
  #isWritten(term: Expr): boolean {
    if (this.#kept.has(term)) return true
    return term.kind === 'add' && this.#forms.has(withoutIndices(this.scope.store, term))
  }

  /** What the user wrote keeps its form: it is only evaluated, never reordered, merged or factored. */
  #keep(term: Expr): void {
    if (this.#kept.has(term) || term.args.length === 0) return
    this.#kept.add(term)
    if (term.kind === 'add') this.#forms.add(withoutIndices(this.scope.store, term))
    for (const arg of term.args) this.#keep(arg)
  }
}

/** The term with the same index everywhere: x_i - mu_k and x_j - mu_q are of one form. */
function withoutIndices(store: TermStore, term: Expr): Expr {
  const zero = store.number(0)
  const walk = (node: Expr): Expr => {
    if (node.args.length === 0) return node
    const isIndexed = node.kind === 'symbol' || node.kind === 'delta'
    return store.rebuild(
      node,
      node.args.map((arg) => (isIndexed ? zero : walk(arg))),
    )
  }
  return walk(term)
}
