import type { RuleContext, RuleTable } from '../rules/rule.ts'
import type { Expr, Kind } from '../term/expr.ts'
import { LimitError } from '../term/limits.ts'
import { applyFirst } from './apply.ts'
import { inside, type Rewriting, sequence, type Trace } from './trace.ts'

export interface NormalizeOptions {
  /** Rules tried on entering a term, before its sub-terms. */
  readonly entering?: RuleTable
  /** Terms that only the rules of `gentle` may touch. */
  readonly isKept?: (term: Expr) => boolean
  readonly gentle?: RuleTable
  /** Terms that are not entered at all. */
  readonly isOpaque?: (term: Expr) => boolean
}

/** More rewritings of one term than any terminating rule set needs. */
const maximumRewritings = 10_000

/**
 * Rewrites a term, innermost first, until no rule of the table fires anywhere in it. Results are kept a
 * term, so a term that occurs a thousand times is rewritten once. Derivatives, indices and bounds are left
 * alone.
 */
export class Normalizer {
  readonly #memo = new Map<Expr, Rewriting>()

  constructor(
    readonly table: RuleTable,
    readonly context: RuleContext,
    readonly options: NormalizeOptions = {},
  ) {}

  normalize(term: Expr): Rewriting {
    const known = this.#memo.get(term)
    if (known !== undefined) return known
    if (this.options.isOpaque?.(term)) return { term, trace: undefined }
    const parts: Trace[] = []
    let current = term
    for (let count = 0; ; count++) {
      if (count > maximumRewritings) throw new LimitError('the result did not settle into a normal form')
      const entering = this.#fire(current, this.options.entering)
      if (entering !== undefined) {
        parts.push(entering)
        current = entering.after
        continue
      }
      current = this.#normalizeArgs(current, parts)
      const isKept = this.options.isKept?.(current) ?? false
      const step = this.#fire(current, isKept ? this.options.gentle : this.table)
      if (step === undefined) break
      parts.push(step)
      current = step.after
      const settled = this.#memo.get(current)
      if (settled !== undefined) {
        if (settled.trace !== undefined) parts.push(settled.trace)
        current = settled.term
        break
      }
    }
    const result = { term: current, trace: sequence(parts) }
    this.#memo.set(term, result)
    if (current !== term) this.#memo.set(current, { term: current, trace: undefined })
    return result
  }

  #fire(term: Expr, table: RuleTable | undefined) {
    const rules = table?.get(term.kind)
    return rules === undefined ? undefined : applyFirst(rules, term, this.context)
  }

  #normalizeArgs(term: Expr, parts: Trace[]): Expr {
    const from = firstOperand(term.kind)
    let args: Expr[] | undefined
    for (let i = from; i < term.args.length; i++) {
      const arg = term.args[i]!
      if (arg.args.length === 0 && !this.table.has(arg.kind)) continue
      const rewriting = this.normalize(arg)
      if (rewriting.term === arg) continue
      args ??= term.args.slice()
      args[i] = rewriting.term
      if (rewriting.trace !== undefined) parts.push(inside(term, i, rewriting.trace))
    }
    return args === undefined ? term : this.context.store.rebuild(term, args)
  }
}

/** The first argument that is an operand: indices of a name and the bounds of a sum are not rewritten. */
export function firstOperand(kind: Kind): number {
  switch (kind) {
    case 'symbol':
    case 'derivative':
    case 'delta':
      return Number.POSITIVE_INFINITY
    case 'big':
      return 2
    default:
      return 0
  }
}
