import type { BigTerm, Expr, SymbolTerm } from '../../term/expr.ts'
import { type IndexRange, Scope } from '../../term/scope.ts'

/**
 * The scope in which averaging is judged: parameters that are not asked for are held fixed, and an index that
 * runs over a part of a range, as j=i..N does, tells the range of what it indexes.
 */
export function scopeOfAveraging(loss: Expr, scope: Scope, variables: readonly SymbolTerm[]): Scope {
  const moving = new Set(variables.map(({ name }) => name))
  const found = partialRanges(loss, scope)
  let isChanged = false
  const declarations = [...scope.declarations].map((entry) => {
    const isFixed = entry.role === 'parameter' && !moving.has(entry.name)
    const ranges = entry.ranges.map((range, position) => wider(range, found.get(`${entry.name} ${position}`)))
    if (!isFixed && ranges.every((range, position) => range === entry.ranges[position])) return entry
    isChanged = true
    return { ...entry, role: isFixed ? ('hyperparameter' as const) : entry.role, ranges }
  })
  return isChanged ? new Scope(scope.store, declarations, scope.facts) : scope
}

/** What is indexed by i=1..N-1 and by j=i+1..N is there up to N. */
function wider(range: IndexRange | undefined, found: IndexRange | undefined): IndexRange | undefined {
  if (range === undefined || found === undefined) return range ?? found
  const isPart = range.to !== found.to && found.to.kind === 'symbol' && range.to.names.has(found.to.name)
  return isPart ? { from: range.from, to: found.to } : range
}

/** The ranges of positions that are indexed by sums, and of those from a bound that varies. */
function partialRanges(loss: Expr, scope: Scope): ReadonlyMap<string, IndexRange> {
  const found = new Map<string, IndexRange>()
  const one = scope.store.number(1)
  const visit = (term: Expr, binders: readonly BigTerm[]): void => {
    if (term.loose === 0 && binders.length > 0 && !holdsBinder(term)) return
    if (term.kind === 'symbol') {
      for (const [position, index] of term.args.entries()) {
        const binder = index.kind === 'bound' ? binders[index.level] : undefined
        const [from, to] = binder?.args ?? []
        if (from === undefined || to === undefined || to.loose !== 0) continue
        const key = `${term.name} ${position}`
        found.set(key, wider(found.get(key), { from: from.loose === 0 ? from : one, to })!)
      }
    }
    for (const [position, arg] of term.args.entries()) {
      visit(arg, term.kind === 'big' && position === 2 ? [term, ...binders] : binders)
    }
  }
  visit(loss, [])
  for (const { definition } of scope.declarations) if (definition !== undefined) visit(definition.body, [])
  return found
}

function holdsBinder(term: Expr): boolean {
  return term.kind === 'big' || term.args.some(holdsBinder)
}
