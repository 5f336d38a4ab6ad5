import type { Rule } from '../rules/rule.ts'
import type { BigTerm, Expr } from '../term/expr.ts'
import type { Path } from '../term/path.ts'

/** The record of one rule applied at the root of some term. */
export interface StepTrace {
  readonly kind: 'step'
  readonly rule: Rule
  readonly title: string
  /** What the placeholders of the rule's reason stand for. */
  readonly words: Readonly<Record<string, string>> | undefined
  readonly before: Expr
  readonly after: Expr
  /** With the loose indices of `before`. */
  readonly conditions: readonly Expr[]
  /** What there is to say of this step beside its rule's reason. */
  readonly remark?: string
}

/** A record made at a sub-term; `binders` are the binders entered on the way, outermost first. */
export interface InsideTrace {
  readonly kind: 'inside'
  readonly path: Path
  readonly binders: readonly BigTerm[]
  readonly trace: Trace
}

/** Records one after the other. */
export interface SequenceTrace {
  readonly kind: 'sequence'
  readonly parts: readonly Trace[]
}

/**
 * The record of a goal (a derivative not yet taken) resolved: definitions put in, then one rule with what is
 * trivial at once, then the goals that the rule left, side by side, then zeros and ones cleared away.
 */
export interface GoalTrace {
  readonly kind: 'goal'
  readonly unfolding: Trace | undefined
  readonly rule: Rule
  readonly head: Trace
  readonly goals: readonly (InsideTrace & { readonly trace: GoalTrace })[]
  readonly cleaning: Trace | undefined
  /** Whether linear rules alone resolve it, once definitions are in: it is closed in one line. */
  readonly linear: boolean
  /** Conditions of steps inside that the goal as a whole does not need. */
  readonly lifted: ReadonlySet<Expr>
}

/**
 * What a rewriting did, shared wherever the same term is rewritten twice, so that the record of a derivation
 * grows with the number of different terms. Reading it in order gives the micro-steps.
 */
export type Trace = StepTrace | InsideTrace | SequenceTrace | GoalTrace

/** A term rewritten; no trace when nothing happened, or when nothing is recorded. */
export interface Rewriting {
  readonly term: Expr
  readonly trace: Trace | undefined
}

export function sequence(parts: readonly Trace[]): Trace | undefined {
  return parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : { kind: 'sequence', parts }
}

/** A record made at argument `position` of `parent`. */
export function inside(parent: Expr, position: number, trace: Trace): InsideTrace {
  const binders = parent.kind === 'big' && position === 2 ? [parent] : []
  return { kind: 'inside', path: [position], binders, trace }
}
