import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

/** The values of counts by which an extent is told. */
export type Counts = ReadonlyMap<string, unknown>

/** How far sums reach: which arrays they run through to where, and the ranges that must not be of negative length. */
export interface Extents {
  /** The largest index at which an array is read at a position, where the terms tell it. */
  lastOf(name: string, position: number, counts: Counts): number | undefined
  /** Whether no range that the counts alone decide ends before it begins, by more than being empty. */
  areProper(counts: Counts): boolean
}

type Binders = { readonly to: Expr; readonly outer: Binders } | undefined

/** Looks at all sums of the terms, also where the range of one depends on the index of another, `j=1..i`. */
export function surveyExtents(terms: readonly Expr[], scope: Scope): Extents {
  const reads = new Map<string, { readonly index: Expr; readonly binders: Binders }[]>()
  const ranges: { readonly from: Expr; readonly to: Expr }[] = []
  const seen = new Map<Expr, Set<Binders>>()
  const visit = (term: Expr, binders: Binders): void => {
    if (term.args.length === 0) return
    const known = seen.get(term) ?? new Set()
    // A term without loose indices reads the same wherever it stands.
    const context = term.loose === 0 ? undefined : binders
    if (known.has(context)) return
    seen.set(term, known.add(context))
    if (term.kind === 'symbol') {
      for (const [position, index] of term.args.entries()) {
        const key = `${term.name} ${position}`
        reads.set(key, [...(reads.get(key) ?? []), { index, binders }])
      }
    }
    if (term.kind === 'symbol' || term.kind === 'apply') {
      const body = scope.declaration(term.name)?.definition?.body
      if (body !== undefined) visit(body, undefined)
    }
    if (term.kind !== 'big') {
      for (const arg of term.args) visit(arg, binders)
      return
    }
    const [from, to, body] = term.args as readonly [Expr, Expr, Expr]
    if (from.loose === 0 && to.loose === 0) ranges.push({ from, to })
    visit(from, binders)
    visit(to, binders)
    visit(body, { to, outer: binders })
  }
  for (const term of terms) visit(term, undefined)
  return {
    lastOf: (name, position, counts) => {
      const lasts = (reads.get(`${name} ${position}`) ?? []).map(({ index, binders }) =>
        largest(index, binders, counts),
      )
      const known = lasts.filter((last): last is number => last !== undefined)
      return known.length > 0 ? Math.max(...known) : undefined
    },
    areProper: (counts) =>
      ranges.every(({ from, to }) => {
        const [first, last] = [largest(from, undefined, counts), largest(to, undefined, counts)]
        return first === undefined || last === undefined || last >= first - 1
      }),
  }
}

/** The largest value of an index, with bound ones at the end of their ranges; nothing for more than sums of those. */
function largest(index: Expr, binders: Binders, counts: Counts): number | undefined {
  switch (index.kind) {
    case 'number':
      return Number(index.name)
    case 'neg':
      return index.args[0]!.kind === 'number' ? -Number(index.args[0]!.name) : undefined
    case 'symbol': {
      const value = counts.get(index.name)
      return index.args.length === 0 && typeof value === 'number' ? value : undefined
    }
    case 'bound': {
      let binder = binders
      for (let level = index.level; level > 0; level--) binder = binder?.outer
      return binder === undefined ? undefined : largest(binder.to, binder.outer, counts)
    }
    case 'add': {
      const parts = index.args.map((arg) => largest(arg, binders, counts))
      return parts.includes(undefined) ? undefined : parts.reduce<number>((sum, part) => sum + part!, 0)
    }
    default:
      return undefined
  }
}
