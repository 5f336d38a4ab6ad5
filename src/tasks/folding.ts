import { Normalizer } from '../rewrite/normalize.ts'
import {
  definitionRule,
  factorsOf,
  factRules,
  type Rule,
  type RuleContext,
  rationalOf,
  tabulate,
} from '../rules/index.ts'
import { instantiateAll } from '../term/binder.ts'
import { type Expr, isNumber, type SymbolTerm } from '../term/expr.ts'
import { isInstance, matchBody } from '../term/match.ts'
import { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { definitionFacts } from './definition-facts.ts'

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
 * With mu = 1/v, puts mu for 1/v and its powers; with p = 1 - v, puts 1 - p for v. What is defined by a part of
 * itself is seldom met whole in a derivative.
 */
export function foldParts(context: RuleContext): Normalizer | undefined {
  const { store, scope } = context
  const parts = [...scope.declarations].flatMap(({ name, definition }) => {
    if (definition?.form !== 'name') return []
    const { body, parameters } = definition
    return partsOf(body).map((part) => ({ name, count: parameters.length, ...part }))
  })
  if (parts.length === 0) return undefined
  const fold: Rule = {
    ...definitionRule,
    id: 'definition-of-part',
    because: 'by the definition of {f}, this part of it is told by {f}',
    on: [...kindsOf(parts.map(({ part }) => part)), 'div'],
    apply(term) {
      for (const { name, part, count, isDivisor, write } of parts) {
        const put = (of: Expr): Expr | undefined => {
          const values = matchBody(store, part, of, count)
          return values && write(store, store.symbol(name, values))
        }
        const after = isDivisor ? divideBy(store, term, put) : put(term)
        if (after !== undefined) return { after, title: `definition ${name}`, words: { f: name } }
      }
      return undefined
    },
  }
  return new Normalizer(tabulate([fold]), context)
}

/** A quotient with a factor above for the power of a divisor. */
function divideBy(store: TermStore, term: Expr, put: (divisor: Expr) => Expr | undefined): Expr | undefined {
  if (term.kind !== 'div') return undefined
  const below = factorsOf(term.args[1]!)
  for (const [i, divisor] of below.entries()) {
    const isPower = divisor.kind === 'pow' && rationalOf(divisor.args[1]!) !== undefined
    const name = put(isPower ? divisor.args[0]! : divisor)
    if (name === undefined) continue
    const power = isPower ? store.pow(name, divisor.args[1]!) : name
    const above = store.mul([...factorsOf(term.args[0]!).filter((factor) => !isNumber(factor, 1)), power])
    const rest = below.filter((_, j) => j !== i)
    return rest.length === 0 ? above : store.div(above, store.mul(rest))
  }
  return undefined
}

interface Part {
  readonly part: Expr
  readonly isDivisor: boolean
  /** What the part comes to, told by the name. */
  readonly write: (store: TermStore, name: Expr) => Expr
}

/** v of 1/v, and v of a - v or a + v, where a is a number. */
function partsOf(body: Expr): readonly Part[] {
  const [first, second] = body.args
  if (first === undefined || second === undefined || body.args.length > 2) return []
  if (body.kind === 'div' && isNumber(first, 1) && isCompound(second)) {
    return [{ part: second, isDivisor: true, write: (_, name) => name }]
  }
  if (body.kind !== 'add' || first.kind !== 'number') return []
  const isNegative = second.kind === 'neg'
  const part = isNegative ? second.args[0]! : second
  if (!isCompound(part)) return []
  return [
    {
      part,
      isDivisor: false,
      write: (store, name) => (isNegative ? store.subtract(first, name) : store.subtract(name, first)),
    },
  ]
}

/**
 * Uses what the user asserts, such as sum(k, t_k) = 1 or p > 0, and what definitions say of sums. What is
 * differentiated again by a variable keeps clear of equations of that variable: with w = 1 put in, the derivative by
 * w would be a wrong 0.
 */
export function applyFacts(context: RuleContext, again: readonly SymbolTerm[]): Normalizer | undefined {
  const { store, scope } = context
  const isUsable = (fact: Expr) =>
    !isEquation(fact) || again.every((variable) => scope.freeOf(fact, variable))
  const own = definitionFacts(scope)
  const facts = [...scope.facts.filter(isUsable), ...own.keys()]
  if (facts.length === 0) return undefined
  const known = new Scope(store, scope.declarations, facts, new Map([...scope.factTexts, ...own]))
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
