import type { Rule, RuleContext } from '../rules/rule.ts'
import type { BigTerm, Expr } from '../term/expr.ts'
import { bindersAlong, type Path, replaceAt, subtermAt } from '../term/path.ts'
import { applyFirst, applyRule } from './apply.ts'
import type { Normalizer } from './normalize.ts'
import { type GoalTrace, type InsideTrace, sequence, type Trace } from './trace.ts'

/** How goals are resolved: which rules, and what is done beside them. */
export interface Strategy {
  readonly isGoal: (term: Expr) => boolean
  /** Whether a goal can stand in the term; prunes the search. */
  readonly mayHoldGoal: (term: Expr) => boolean
  /** The rules for a goal, in order of precedence. */
  readonly rules: readonly Rule[]
  /** Rules so trivial that they are applied along with the rule that brought the goal up. */
  readonly immediate: readonly Rule[]
  /** Rules after which a goal may still be closed in one line. */
  readonly linear: ReadonlySet<Rule>
  /** Where in a goal to put in definitions before its rule is chosen, and the rule that does it. */
  readonly unfoldAt: (goal: Expr) => readonly Path[]
  readonly unfoldRule: Rule
  /** Told of every term that was put in for a definition. */
  readonly onUnfold: (name: Expr, body: Expr) => void
  /** Which conditions of the steps of a goal the goal as a whole does not need, and why. */
  readonly lift: (goal: Expr, result: Expr, needs: readonly Need[]) => Lifting | undefined
}

/** A condition of some step inside a goal: `path` leads to the goal inside that has it, in `head`. */
export interface Need {
  readonly condition: Expr
  readonly head: Expr
  readonly path: Path
}

export interface Lifting {
  readonly lifted: readonly Expr[]
  readonly remark: string | undefined
}

export interface Resolution {
  readonly term: Expr
  /** Nothing where no rule fires: the goal stays. */
  readonly trace: GoalTrace | undefined
  /** The conditions of its steps that it needs itself; those under a binder of its own are not among them. */
  readonly needs: readonly Expr[]
}

const none: readonly Expr[] = []
const noneLifted: ReadonlySet<Expr> = new Set()

/**
 * Resolves goals from the outside in: one rule at a goal, then the goals it leaves. Each different goal is
 * resolved once and its record shared. Without `record` the same rules run and only the terms are kept.
 */
export class Resolver {
  readonly #memo = new Map<Expr, Resolution>()

  constructor(
    readonly strategy: Strategy,
    readonly context: RuleContext,
    readonly cleaner: Normalizer,
  ) {}

  resolve(goal: Expr): Resolution {
    const known = this.#memo.get(goal)
    if (known !== undefined) return known
    const resolution = this.#resolveAfresh(goal)
    this.#memo.set(goal, resolution)
    return resolution
  }

  #resolveAfresh(goal: Expr): Resolution {
    const { strategy, context } = this
    const unfolded = this.#unfold(goal)
    const step = applyFirst(strategy.rules, unfolded.term, context)
    if (step === undefined) return { term: goal, trace: undefined, needs: none }
    const headParts: Trace[] = []
    const trivial = this.#mapGoals(step.after, (sub) => {
      const immediate = applyFirst(strategy.immediate, sub, context)
      return immediate === undefined ? undefined : { term: immediate.after, trace: immediate }
    })
    headParts.push(...trivial.traces)
    const cleaned = this.cleaner.normalize(trivial.term)
    if (cleaned.trace !== undefined) headParts.push(cleaned.trace)
    let linear = strategy.linear.has(step.rule)
    const goals: (InsideTrace & { trace: GoalTrace })[] = []
    const needs: Need[] = step.conditions.map((condition) => ({ condition, head: step.after, path: [] }))
    const resolved = this.#mapGoals(cleaned.term, (sub) => this.resolve(sub))
    for (const entry of resolved.traces) {
      if (entry.trace.kind !== 'goal') continue
      if (entry.binders.length === 0) {
        const inner = this.resolve(subtermAt(cleaned.term, entry.path))
        for (const condition of inner.needs) needs.push({ condition, head: cleaned.term, path: entry.path })
      }
      goals.push(entry as InsideTrace & { trace: GoalTrace })
      linear &&= entry.trace.linear && entry.trace.unfolding === undefined
    }
    if (resolved.term.hasDerivative) linear = false
    const cleaning = this.cleaner.normalize(resolved.term)
    const lifting = needs.length === 0 ? undefined : strategy.lift(unfolded.term, cleaning.term, needs)
    const lifted = lifting === undefined ? noneLifted : new Set(lifting.lifted)
    headParts.unshift(
      lifting === undefined
        ? step
        : {
            ...step,
            conditions: step.conditions.filter((condition) => !lifted.has(condition)),
            ...(lifting.remark === undefined ? {} : { remark: lifting.remark }),
          },
    )
    return {
      needs: distinct(needs.map(({ condition }) => condition).filter((condition) => !lifted.has(condition))),
      term: cleaning.term,
      trace: {
        kind: 'goal',
        unfolding: unfolded.trace,
        rule: step.rule,
        head: sequence(headParts)!,
        goals,
        cleaning: cleaning.trace,
        linear,
        lifted,
      },
    }
  }

  #unfold(goal: Expr): { term: Expr; trace: Trace | undefined } {
    const { strategy, context } = this
    let term = goal
    const parts: Trace[] = []
    for (let paths = strategy.unfoldAt(goal); paths.length > 0; ) {
      const before = term
      for (const path of paths) {
        const name = subtermAt(term, path)
        const step = applyRule(strategy.unfoldRule, name, context)
        if (step === undefined) continue
        strategy.onUnfold(name, step.after)
        term = replaceAt(context.store, term, path, step.after)
        parts.push({ kind: 'inside', path, binders: bindersAlong(goal, path), trace: step })
      }
      // A definition may be no more than another name, for which no rule but its own definition may be tried.
      paths = term === before ? [] : strategy.unfoldAt(term).filter((path) => path.length === 1)
    }
    return { term, trace: sequence(parts) }
  }

  /** Rewrites the outermost goals of a term side by side. */
  #mapGoals(
    term: Expr,
    rewrite: (goal: Expr) => { readonly term: Expr; readonly trace: Trace | undefined } | undefined,
  ): { term: Expr; traces: InsideTrace[] } {
    const { strategy, context } = this
    const traces: InsideTrace[] = []
    const path: number[] = []
    const binders: BigTerm[] = []
    const walk = (node: Expr): Expr => {
      if (!strategy.mayHoldGoal(node)) return node
      if (strategy.isGoal(node)) {
        const rewriting = rewrite(node)
        if (rewriting?.trace === undefined) return node
        traces.push({ kind: 'inside', path: path.slice(), binders: binders.slice(), trace: rewriting.trace })
        return rewriting.term
      }
      let args: Expr[] | undefined
      for (let i = 0; i < node.args.length; i++) {
        const arg = node.args[i]!
        if (!strategy.mayHoldGoal(arg)) continue
        path.push(i)
        const binds = node.kind === 'big' && i === 2
        if (binds) binders.push(node)
        const mapped = walk(arg)
        if (binds) binders.pop()
        path.pop()
        if (mapped !== arg) {
          args ??= node.args.slice()
          args[i] = mapped
        }
      }
      return args === undefined ? node : context.store.rebuild(node, args)
    }
    return { term: walk(term), traces }
  }
}

function distinct(terms: readonly Expr[]): readonly Expr[] {
  return terms.length < 2 ? terms : [...new Set(terms)]
}
