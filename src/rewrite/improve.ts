import type { RuleContext, RuleTable } from '../rules/rule.ts'
import type { Expr } from '../term/expr.ts'
import { LimitError } from '../term/limits.ts'
import { bindersAlong, type Path, replaceAt } from '../term/path.ts'
import { applyRule } from './apply.ts'
import { firstOperand, type Normalizer } from './normalize.ts'
import { inside, type Rewriting, sequence, type Trace } from './trace.ts'

export interface ImproveOptions {
  /** How long a term is; what is tried is kept only where this becomes less. */
  readonly measure: (term: Expr) => number
  /** Terms in which nothing is tried. */
  readonly isKept: (term: Expr) => boolean
}

/**
 * Above this length the parts of a term are improved each by itself: trying every rule everywhere in the
 * whole takes the square of its length.
 */
const maximumLength = 160

/** Improvements of one term one after the other; far more than any takes. */
const maximumRounds = 1000

/**
 * Tries rules that make a term shorter only sometimes: each wherever it fires, with all that the normalizer
 * then clears away, and keeps the best as long as the whole gets shorter. So it ends, and the result is in
 * normal form.
 */
export class Improver {
  readonly #memo = new Map<Expr, Rewriting>()

  constructor(
    readonly table: RuleTable,
    readonly normalizer: Normalizer,
    readonly context: RuleContext,
    readonly options: ImproveOptions,
  ) {}

  /** A term in normal form, improved. */
  improve(term: Expr): Rewriting {
    const known = this.#memo.get(term)
    if (known !== undefined) return known
    const { measure } = this.options
    const parts: Trace[] = []
    let current = term
    for (let round = 0; ; round++) {
      if (round > maximumRounds) throw new LimitError('the result did not settle into a shortest form')
      const better = measure(current) > maximumLength ? this.#improveParts(current) : this.#bestTrial(current)
      if (better === undefined) break
      if (better.trace !== undefined) parts.push(better.trace)
      current = better.term
    }
    const improved = { term: current, trace: sequence(parts) }
    this.#memo.set(term, improved)
    if (current !== term) this.#memo.set(current, { term: current, trace: undefined })
    return improved
  }

  /** The parts of a long term improved; nothing where the whole is no shorter then. */
  #improveParts(term: Expr): Rewriting | undefined {
    const parts: Trace[] = []
    const args = term.args.slice()
    for (let i = firstOperand(term.kind); i < args.length; i++) {
      const arg = args[i]!
      if (arg.args.length === 0 || this.options.isKept(arg)) continue
      const { term: improved, trace } = this.improve(arg)
      args[i] = improved
      if (trace !== undefined) parts.push(inside(term, i, trace))
    }
    const rebuilt = this.context.store.rebuild(term, args)
    if (rebuilt === term) return undefined
    const settled = this.normalizer.normalize(rebuilt)
    if (this.options.measure(settled.term) >= this.options.measure(term)) return undefined
    if (settled.trace !== undefined) parts.push(settled.trace)
    return { term: settled.term, trace: sequence(parts) }
  }

  #bestTrial(term: Expr): Rewriting | undefined {
    const { measure } = this.options
    let best: Rewriting | undefined
    let least = measure(term)
    for (const [part, paths] of this.#positions(term)) {
      for (const rule of this.table.get(part.kind) ?? []) {
        const step = applyRule(rule, part, this.context)
        if (step === undefined) continue
        let changed = term
        const parts: Trace[] = []
        for (const path of paths) {
          const binders = bindersAlong(changed, path)
          changed = replaceAt(this.context.store, changed, path, step.after)
          parts.push(path.length === 0 ? step : { kind: 'inside', path, binders, trace: step })
        }
        const settled = this.normalizer.normalize(changed)
        const length = measure(settled.term)
        if (length >= least) continue
        least = length
        if (settled.trace !== undefined) parts.push(settled.trace)
        best = { term: settled.term, trace: sequence(parts) }
      }
    }
    return best
  }

  /** Every different part of a term at which a rule is tried, with the places where it stands. */
  #positions(term: Expr): ReadonlyMap<Expr, readonly Path[]> {
    const positions = new Map<Expr, Path[]>()
    const walk = (node: Expr, path: Path): void => {
      if (node.args.length === 0 || this.options.isKept(node)) return
      if (this.table.has(node.kind)) {
        const known = positions.get(node)
        if (known === undefined) positions.set(node, [path])
        else known.push(path)
      }
      for (let i = firstOperand(node.kind); i < node.args.length; i++) walk(node.args[i]!, [...path, i])
    }
    walk(term, [])
    return positions
  }
}
