import type { Expr, RelationTerm } from '../term/expr.ts'
import { nabla, type Scope } from '../term/scope.ts'

/** What a name must have as its value, as its uses tell. */
export interface Use {
  readonly name: string
  /** How many indices it has; 0 for a number. */
  indices: number
  isFunction: boolean
  /** Whether it bounds a sum: a small positive integer. */
  isBound: boolean
  /** The array positions that it indexes: an integer that must fit all of them. */
  readonly indexes: { readonly name: string; readonly position: number }[]
}

/** The uses of all names without definition in the terms, in their definitions, and in ranges. */
export function surveyTerms(terms: readonly Expr[], scope: Scope): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>()
  const seen = new Set<Expr>()
  const useOf = (name: string): Use => {
    let use = uses.get(name)
    if (use === undefined) {
      use = { name, indices: 0, isFunction: false, isBound: false, indexes: [] }
      uses.set(name, use)
      for (const range of scope.declaration(name)?.ranges ?? []) {
        if (range === undefined) continue
        markBound(range.from)
        markBound(range.to)
      }
    }
    return use
  }
  const markBound = (term: Expr): void => {
    visit(term)
    if (term.kind === 'symbol') useOf(term.name).isBound = true
    else for (const arg of term.args) markBound(arg)
  }
  const visit = (term: Expr): void => {
    if (seen.has(term)) return
    seen.add(term)
    if ((term.kind === 'symbol' || term.kind === 'apply') && term.name !== nabla) {
      const definition = scope.declaration(term.name)?.definition
      if (definition !== undefined) {
        visit(definition.body)
        // In p_{a_i} what a_i indexes stands in the definition of p.
        const isChosen = term.kind === 'symbol' && term.args.some((arg) => isChosenIndex(arg, scope))
        const body = isChosen ? scope.unfold(term) : undefined
        if (body !== undefined) visit(body)
      } else {
        const use = useOf(term.name)
        if (term.kind === 'apply') use.isFunction = true
        else {
          use.indices = Math.max(use.indices, term.args.length)
          for (const [position, arg] of term.args.entries()) {
            const index = rootOfIndex(arg)
            if (index !== undefined && scope.declaration(index)?.definition === undefined) {
              useOf(index).indexes.push({ name: term.name, position })
            }
          }
        }
      }
    }
    if (term.kind === 'big') {
      markBound(term.args[0]!)
      markBound(term.args[1]!)
    }
    for (const arg of term.args) visit(arg)
  }
  for (const term of terms) visit(term)
  return uses
}

/** Whether an index is a value of its own, as `a_i` is. */
function isChosenIndex(term: Expr, scope: Scope): boolean {
  const root = rootOfIndex(term)
  return root !== undefined && scope.role(root) !== 'index'
}

/** The name behind an index: `k`, `a_i`, and `t - 1` too. */
function rootOfIndex(term: Expr): string | undefined {
  if (term.kind === 'symbol') return term.name
  if (term.kind === 'bound' || term.kind === 'number') return undefined
  for (const arg of term.args) {
    const root = rootOfIndex(arg)
    if (root !== undefined) return root
  }
  return undefined
}

/** What a fact says of one name by itself. */
export interface Limits {
  low?: number
  high?: number
  /** The only values it takes. */
  values?: readonly number[]
  /** Along this index position the values are nonnegative and add up to `total`. */
  sumsTo?: { readonly position: number; readonly total: number }
}

/** Reads facts such as `p > 0`, `y == 0 or y == 1`, `sum(k=1..K, t_k) == 1`; others are left to trial. */
export function limitsFrom(facts: readonly Expr[]): ReadonlyMap<string, Limits> {
  const limits = new Map<string, Limits>()
  const limit = (name: string, more: Limits): void => {
    const known = limits.get(name) ?? {}
    if (more.low !== undefined) known.low = Math.max(more.low, known.low ?? more.low)
    if (more.high !== undefined) known.high = Math.min(more.high, known.high ?? more.high)
    limits.set(name, { ...more, ...known })
  }
  for (const fact of facts) {
    if (fact.kind === 'logical' && fact.name === 'or') {
      const choices = fact.args.map((arg) => (arg.kind === 'relation' ? equation(arg) : undefined))
      const name = choices[0]?.name
      if (name !== undefined && choices.every((choice) => choice?.name === name)) {
        limit(name, { values: choices.map((choice) => choice!.value) })
      }
      continue
    }
    for (const relation of fact.kind === 'logical' && fact.name === 'and' ? fact.args : [fact]) {
      if (relation.kind !== 'relation') continue
      const [left, right] = relation.args as readonly [Expr, Expr]
      const leftValue = constantOf(left)
      const rightValue = constantOf(right)
      const rises = relation.name === '>' || relation.name === '>='
      const falls = relation.name === '<' || relation.name === '<='
      if (left.kind === 'symbol' && rightValue !== undefined) {
        if (rises) limit(left.name, { low: rightValue })
        if (falls) limit(left.name, { high: rightValue })
        if (relation.name === '==') limit(left.name, { values: [rightValue] })
      } else if (right.kind === 'symbol' && leftValue !== undefined) {
        if (falls) limit(right.name, { low: leftValue })
        if (rises) limit(right.name, { high: leftValue })
      } else if (sizeOf(left, rightValue) !== undefined) {
        const { name, size } = sizeOf(left, rightValue)!
        if (falls) limit(name, { low: -size, high: size })
        if (relation.name === '==') limit(name, { values: [-size, size] })
      } else if (relation.name === '==' && left.kind === 'big' && left.name === 'sum') {
        const body = left.args[2]!
        const position = body.args.findIndex((arg) => arg.kind === 'bound' && arg.level === 0)
        if (body.kind === 'symbol' && position >= 0 && rightValue !== undefined) {
          limit(body.name, { sumsTo: { position, total: rightValue } })
        }
      }
    }
  }
  return limits
}

/** The name in |u| or u^2, and how large u is where that has a value. */
function sizeOf(
  term: Expr,
  value: number | undefined,
): { readonly name: string; readonly size: number } | undefined {
  const inner = term.args[0]
  if (inner?.kind !== 'symbol' || value === undefined || value < 0) return undefined
  if (term.kind === 'call' && term.name === 'abs') return { name: inner.name, size: value }
  const isSquare = term.kind === 'pow' && constantOf(term.args[1]!) === 2
  return isSquare ? { name: inner.name, size: Math.sqrt(value) } : undefined
}

function equation(relation: RelationTerm): { readonly name: string; readonly value: number } | undefined {
  const [left, right] = relation.args as readonly [Expr, Expr]
  const value = constantOf(right)
  if (relation.name !== '==' || left.kind !== 'symbol' || value === undefined) return undefined
  return { name: left.name, value }
}

function constantOf(term: Expr): number | undefined {
  if (term.kind === 'number') return Number(term.name)
  if (term.kind === 'neg' && term.args[0]!.kind === 'number') return -Number(term.args[0]!.name)
  if (term.kind !== 'div') return undefined
  const [above, below] = term.args.map(constantOf)
  return above === undefined || below === undefined ? undefined : above / below
}
