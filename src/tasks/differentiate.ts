import type { DerivationRecord } from '../derivation/derivation.ts'
import { type Headlines, schedule } from '../derivation/schedule.ts'
import { Improver } from '../rewrite/improve.ts'
import { Normalizer } from '../rewrite/normalize.ts'
import { Resolver, type Strategy } from '../rewrite/resolve.ts'
import type { Rewriting, Trace } from '../rewrite/trace.ts'
import { constantRule, identityRule, kroneckerRule } from '../rules/differentiate/index.ts'
import {
  chainRules,
  cleaningRules,
  definitionRule,
  differentiationRules,
  flatteningRules,
  leafRules,
  linearRules,
  plainRules,
  type Rule,
  type RuleContext,
  siftingRules,
  tabulate,
  tentativeRules,
  tidyRules,
} from '../rules/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import { writtenLength } from '../term/length.ts'
import type { Scope } from '../term/scope.ts'
import { applyFacts, foldNames, foldQuotients } from './folding.ts'
import { liftConditions } from './lifting.ts'
import { definitionsToUnfold } from './unfolding.ts'

const cleaningTable = tabulate(cleaningRules)
const siftingTable = tabulate(siftingRules)
const plainTable = tabulate(plainRules)
const tidyTable = tabulate(tidyRules)
const tentativeTable = tabulate(tentativeRules)
const flatteningTable = tabulate(flatteningRules)
const linear: ReadonlySet<Rule> = new Set([...linearRules, constantRule, identityRule])
const immediate: readonly Rule[] = [constantRule, identityRule]

const headlines: Headlines = {
  factor: new Set(linearRules.filter((rule) => rule.id === 'factor' || rule.id === 'constant-divisor')),
  sum: new Set(linearRules.filter((rule) => rule.id === 'sum')),
  indexedSum: new Set(linearRules.filter((rule) => rule.id === 'indexed-sum')),
  chain: new Set(chainRules),
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
  readonly #unfolded = new Map<Expr, SymbolTerm>()
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
    const phases: Trace[][] = []
    let result = term
    const run = (rewrite: (term: Expr) => Rewriting): boolean => {
      const rewriting = rewrite(result)
      if (rewriting.term === result) return false
      result = rewriting.term
      phases.push(rewriting.trace === undefined ? [] : [rewriting.trace])
      return true
    }
    const folder = foldNames(this.#unfolded, this.#context)
    if (folder !== undefined) {
      run((term) => folder.normalize(term))
      // What the user wrote is kept as it is with the names put back.
      for (const term of [...this.#kept]) this.#kept.add(folder.normalize(term).term)
    }
    const sifter = new Normalizer(siftingTable, this.#context)
    run((term) => sifter.normalize(term))
    const tidier = this.#tidier()
    const settle = (): void => {
      for (let changed = true; changed; ) changed = run((term) => tidier.normalize(term))
    }
    /** Keeps what a normalizer does only where the tidied result becomes shorter by it. */
    const attempt = (normalizer: Normalizer | undefined, inOneLine: boolean): void => {
      const changed = normalizer?.normalize(result)
      if (changed?.trace === undefined) return
      const tidied = tidier.normalize(changed.term)
      if (writtenLength(tidied.term) >= writtenLength(tidier.normalize(result).term)) return
      // An assumption and what it leaves to clear away are one line.
      result = inOneLine ? tidied.term : changed.term
      phases.push(inOneLine && tidied.trace !== undefined ? [changed.trace, tidied.trace] : [changed.trace])
    }
    attempt(foldQuotients(this.#unfolded, this.#context), false)
    settle()
    attempt(applyFacts(this.#context), true)
    settle()
    const improver = this.#improver(tidier)
    run((term) => improver.improve(term))
    const folderOfValues = foldNames(this.#unfoldedValues(), this.#context)
    if (folderOfValues !== undefined && run((term) => folderOfValues.normalize(term))) {
      settle()
      run((term) => improver.improve(term))
    }
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

  /** Whether a tidy rule still applies somewhere in a term, or makes it shorter; false for every result. */
  canTidy(term: Expr): boolean {
    const tidier = this.#tidier()
    return tidier.normalize(term).term !== term || this.#improver(tidier).improve(term).term !== term
  }

  /** What the definitions that were put in come to when they are tidied, where that is a function of its own. */
  #unfoldedValues(): ReadonlyMap<Expr, SymbolTerm> {
    const tidier = new Normalizer(tidyTable, this.#context, { entering: flatteningTable })
    const values = new Map<Expr, SymbolTerm>()
    for (const [body, name] of this.#unfolded) {
      const { term } = tidier.normalize(body)
      if (term !== body && term.kind === 'call') values.set(term, name)
    }
    return values
  }

  #improver(tidier: Normalizer): Improver {
    return new Improver(tentativeTable, tidier, this.#context, {
      measure: writtenLength,
      isKept: (term) => this.#kept.has(term),
    })
  }

  #tidier(): Normalizer {
    return new Normalizer(tidyTable, this.#context, {
      entering: flatteningTable,
      isKept: (term) => this.#kept.has(term),
      gentle: plainTable,
    })
  }

  /** What the user wrote keeps its form: it is only evaluated, never reordered, merged or factored. */
  #keep(term: Expr): void {
    if (this.#kept.has(term) || term.args.length === 0) return
    this.#kept.add(term)
    for (const arg of term.args) this.#keep(arg)
  }
}
