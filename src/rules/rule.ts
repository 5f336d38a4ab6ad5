import type { Expr, Kind } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'

/** What a rule may look at besides the term itself. */
export interface RuleContext {
  readonly store: TermStore
  readonly scope: Scope
  /** Whether a term stands in what the user wrote; such a term keeps its form. */
  readonly isWritten: (term: Expr) => boolean
}

/** A rewriting that says more than the new term. */
export interface Rewritten {
  readonly after: Expr
  /** Relations that must hold and could not be proved; loose indices are those of the rewritten term. */
  readonly conditions?: readonly Expr[]
  /** A title more telling than the rule's own, such as `definition f`. */
  readonly title?: string
  /** What the placeholders of `because` stand for. */
  readonly words?: Readonly<Record<string, string>>
}

/**
 * One law, used in one direction at one position. `apply` answers the rewritten term, or nothing where the
 * rule does not fire; it never looks outside the term it is given.
 */
export interface Rule {
  /** Frozen once released: labels, translations and links hang on it. */
  readonly id: string
  /** As in a textbook; printed beside a line. */
  readonly title: string
  /** The law in the plain notation; documentation, and the oracle of the law test. */
  readonly law: string
  /** Side conditions that `apply` decides from the term. */
  readonly where?: readonly string[]
  /** What must be true in mathematics; it stands on the step where it is not known. */
  readonly needs?: readonly string[]
  /** One sentence; `{x}` and other placeholders are filled from `words`. */
  readonly because: string
  /** Before and after, in the plain notation. */
  readonly examples: readonly (readonly [before: string, after: string])[]
  /** The kinds of term it can fire on. */
  readonly on: readonly Kind[]
  /**
   * How a line's label treats it: always named unless said otherwise; `minor` is named where nothing else
   * is, `trivial` only where nothing minor is either.
   */
  readonly prominence?: 'minor' | 'trivial'
  apply(term: Expr, context: RuleContext): Expr | Rewritten | undefined
}

/** Rules by the kind of term they fire on, in order of precedence. */
export type RuleTable = ReadonlyMap<Kind, readonly Rule[]>

export function tabulate(rules: readonly Rule[]): RuleTable {
  const table = new Map<Kind, Rule[]>()
  for (const rule of rules) {
    for (const kind of rule.on) {
      const row = table.get(kind)
      if (row === undefined) table.set(kind, [rule])
      else row.push(rule)
    }
  }
  return table
}

/** A name with its indices as a sentence writes it: `w_k`, `x_{i,j}`. */
export function nameOf(term: Expr): string {
  switch (term.kind) {
    case 'symbol': {
      if (term.args.length === 0) return term.name
      const indices = term.args.map(nameOf).join(',')
      return indices.length === 1 ? `${term.name}_${indices}` : `${term.name}_{${indices}}`
    }
    case 'number':
    case 'apply':
      return term.name
    default:
      return '…'
  }
}
