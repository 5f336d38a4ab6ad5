import type { Expr } from '../term/expr.ts'
import { indexDistance } from '../term/index-arithmetic.ts'
import type { IndexRange } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import type { Source } from './error.ts'
import type { Span } from './surface.ts'

export const constantNames: ReadonlySet<string> = new Set(['pi', 'e'])

/** The index of a vector that the text leaves unsaid: no name of a text is like it. */
export function axisName(letter: string, number: number): string {
  return `${letter} ${number}`
}

export function isAxis(name: string): boolean {
  return / \d+$/.test(name)
}

/** The letter that an index is shown by. */
export function letterOf(name: string): string {
  const end = name.indexOf(' ')
  return end < 0 ? name : name.slice(0, end)
}

/** An index that a binder, or the head of a definition, binds. */
export interface Binder {
  readonly name: string
  /** The bounds as seen from outside the binder; none for a parameter of a definition. */
  range?: IndexRange
  /** Whether the bounds were left open and wait for what all uses tell. */
  readonly open: boolean
  /** Whether it is the axis of a vector: it runs over all components. */
  readonly axis?: boolean
}

/** One position among the indices of a name: what stands there wherever the name occurs. */
export interface PositionUse {
  readonly binders: Set<Binder>
  /** Ranges of shifted indices, `t-1`. */
  readonly shifted: IndexRange[]
  readonly free: Set<string>
}

/** How one name is used all over a reading. */
export interface NameUse {
  readonly name: string
  readonly source: Source
  readonly span: Span
  /** Number of indices, as soon as one is not a number. */
  arity: number
  readonly positions: PositionUse[]
  /** It stands with numbers alone as indices; the lists of these, joined with commas. */
  readonly fixed: Map<string, readonly Expr[]>
  /** It carries the index of a sum up to N or n. */
  perSample: boolean
  asFunction: boolean
}

export function newUse(source: Source, name: string, span: Span): NameUse {
  return {
    name,
    source,
    span,
    arity: -1,
    positions: [],
    fixed: new Map(),
    perSample: false,
    asFunction: false,
  }
}

/** Ranges of one index position, joined: the widest closed one that is known. */
export function knownRange(position: PositionUse | undefined, store: TermStore): IndexRange | undefined {
  if (position === undefined) return undefined
  let best: IndexRange | undefined
  const consider = (range: IndexRange | undefined) => {
    if (range === undefined || range.from.loose !== 0 || range.to.loose !== 0) return
    best =
      best === undefined
        ? range
        : { from: lower(best.from, range.from), to: higher(store, best.to, range.to) }
  }
  for (const binder of position.binders) if (!binder.open) consider(binder.range)
  for (const range of position.shifted) consider(range)
  for (const binder of position.binders) if (binder.open) consider(binder.range)
  return best
}

/** The second where it is known to be more. */
function higher(store: TermStore, a: Expr, b: Expr): Expr {
  const distance = indexDistance(store, b, a)
  return distance !== undefined && distance.sign > 0 ? b : a
}

function lower(a: Expr, b: Expr): Expr {
  return a.kind === 'number' && b.kind === 'number' && b.value.compare(a.value) < 0 ? b : a
}
