import { Normalizer } from '../rewrite/normalize.ts'
import { definitionRule, factRules, type Rule, type RuleContext, tabulate } from '../rules/index.ts'
import { instantiateAll } from '../term/binder.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import { isInstance, matchBody } from '../term/match.ts'
import { Scope } from '../term/scope.ts'

/** Names that were put in for what they are defined as: the body, and the name it was put in for. */
export type Unfolded = ReadonlyMap<Expr, SymbolTerm>

/**
 * Puts names back for what they are defined as: sigmoid(w*x_i + b) is p_i again, also where the user wrote the
 * definition's body out in the loss.
 */
export function foldNames(unfolded: Unfolded, context: RuleContext): Normalizer | undefined {
  const { store, scope } = context
  const named = [...scope.declarations].flatMap(({ name, definition }) =>
    definition?.form === 'name' && isCompound(definition.body)
      ? [{ name, body: definition.body, count: definition.parameters.length }]
      : [],
  )
  if (unfolded.size === 0 && named.length === 0) return undefined
  const nameFor = (term: Expr): SymbolTerm | undefined => {
    const put = unfolded.get(term)
    if (put !== undefined) return put
    for (const { name, body, count } of named) {
      if (body.kind !== term.kind) continue
      const values = count === 0 ? (body === term ? [] : undefined) : matchBody(store, body, term, count)
      if (values !== undefined) return store.symbol(name, values)
    }
    return undefined
  }
  const fold: Rule = {
    ...definitionRule,
    id: 'definition-back',
    because: 'the name {f} stands for this term',
    on: kindsOf([...unfolded.keys(), ...named.map(({ body }) => body)]),
    apply(term) {
      const name = nameFor(term)
      return name && { after: name, title: `definition ${name.name}`, words: { f: name.name } }
    },
  }
  return new Normalizer(tabulate([fold]), context)
}

/** Whether a term says more than a name or a number does. */
function isCompound(term: Expr): boolean {
  return term.args.length > 0 && term.kind !== 'symbol'
}

/**
 * With p_k = exp(z_k)/S, puts p_q*S for exp(z_q), after which the denominators S cancel. S itself is not
 * entered: it would only grow.
 */
export function foldQuotients(unfolded: Unfolded, context: RuleContext): Normalizer | undefined {
  const { store, scope } = context
  const names = new Set([...unfolded.values()].map((name) => name.name))
  const quotients = [...names].flatMap((name) => {
    const definition = scope.declaration(name)?.definition
    if (definition?.body.kind !== 'div') return []
    const [above, below] = definition.body.args as [Expr, Expr]
    return [{ name, above, below, count: definition.parameters.length }]
  })
  if (quotients.length === 0) return undefined
  const fold: Rule = {
    ...definitionRule,
    id: 'definition-of-quotient',
    because: 'by the definition of {f}, the numerator is {f} times the denominator',
    on: kindsOf(quotients.map(({ above }) => above)),
    apply(term) {
      for (const { name, above, below, count } of quotients) {
        const values = matchBody(store, above, term, count)
        if (values === undefined) continue
        const after = store.mul([store.symbol(name, values), instantiateAll(store, below, values)])
        return { after, title: `definition ${name}`, words: { f: name } }
      }
      return undefined
    },
  }
  return new Normalizer(tabulate([fold]), context, {
    isOpaque: (term) => quotients.some(({ below, count }) => isInstance(store, below, term, count)),
  })
}

/**
 * Uses what the user asserts, such as sum(k, t_k) = 1 or p > 0. What is differentiated again by a variable keeps
 * clear of equations of that variable: with w = 1 put in, the derivative by w would be a wrong 0.
 */
export function applyFacts(context: RuleContext, again: readonly SymbolTerm[]): Normalizer | undefined {
  const { store, scope } = context
  const isUsable = (fact: Expr) =>
    !isEquation(fact) || again.every((variable) => scope.freeOf(fact, variable))
  const facts = scope.facts.filter(isUsable)
  if (facts.length === 0) return undefined
  const known = new Scope(store, scope.declarations, facts, scope.factTexts)
  return new Normalizer(tabulate(factRules), { ...context, scope: known })
}

/** Whether the fact holds only on a thin set, where it is no longer true when a variable moves. */
function isEquation(fact: Expr): boolean {
  if (fact.kind === 'logical') return fact.args.some(isEquation)
  return fact.kind === 'relation' && fact.name === '=='
}

function kindsOf(terms: Iterable<Expr>): readonly Expr['kind'][] {
  return [...new Set([...terms].map((term) => term.kind))]
}
