import { Improver } from '../rewrite/improve.ts'
import { Normalizer } from '../rewrite/normalize.ts'
import type { Rewriting, Trace } from '../rewrite/trace.ts'
import {
  choosesLargest,
  finishingRules,
  flatteningRules,
  plainRules,
  type RuleContext,
  type RuleTable,
  siftingRules,
  tabulate,
  tentativeRules,
  tidyRules,
} from '../rules/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import { readingLength, writtenLength } from '../term/length.ts'
import { applyFacts, foldNames, foldParts, foldQuotients, type Unfolded } from './folding.ts'

/**
 * How far a result is simplified: `none` clears zeros, ones, double signs and deltas; `paper` brings it to the
 * form of a textbook and leaves what the user wrote as it is; `full` rewrites that too where it gets shorter.
 */
export type Simplification = 'none' | 'paper' | 'full'

const siftingTable = tabulate(siftingRules)
const plainTable = tabulate(plainRules)
const tidyTable = tabulate(tidyRules)
const tentativeTable = tabulate(tentativeRules)
/** Sums that the user wrote apart stay apart, also where the rest of what was written is given up. */
const freeTable = tabulate(tentativeRules.filter((rule) => rule.id !== 'join-sums'))
const finishingTable = tabulate(finishingRules)
const flatteningTable = tabulate(flatteningRules)

/**
 * What the user wrote is given up where the result becomes so much shorter: 1 - 1/(1 + exp(-z)) is kept beside
 * a sigmoid that the derivative brought, unless the two then cancel.
 */
const worthwhile: Readonly<Record<Simplification, number>> = { none: 0, paper: 0.75, full: 1 }

/** Beyond this length what the user wrote is kept at any rate: rewriting it costs more than it can show. */
const maximumLength: Readonly<Record<Simplification, number>> = { none: 0, paper: 160, full: 500 }

/** Folding names back and improving can each open a way for the other, seldom more than once. */
const maximumRounds = 4

/** What a simplification starts from. */
export interface SimplifierOptions {
  readonly mode: Simplification
  readonly context: RuleContext
  /** What the user wrote, with its parts; names put back are added to it. */
  readonly kept: Set<Expr>
  readonly unfolded: Unfolded
  /** The variables by which the result may be differentiated again. */
  readonly again: readonly SymbolTerm[]
}

/** Brings the term that differentiation leaves to the form in which it is printed. */
export class Simplifier {
  readonly #options: SimplifierOptions
  readonly #gentle: Workshop
  readonly #free: Workshop

  constructor(options: SimplifierOptions) {
    this.#options = options
    const { kept, context } = options
    this.#gentle = openWorkshop(context, tentativeTable, (term) => kept.has(term))
    this.#free = openWorkshop({ ...context, isWritten: () => false }, freeTable, () => false)
  }

  /** The term simplified, with the steps of each line that leads there. */
  simplify(start: Expr): { readonly term: Expr; readonly phases: readonly (readonly Trace[])[] } {
    const { mode, context, unfolded, kept, again } = this.#options
    const work = new Work(start)
    const sifter = new Normalizer(siftingTable, context)
    if (mode === 'none') {
      work.run(sifter.normalize(work.term))
      return work
    }
    const folder = foldNames(unfolded, context)
    if (folder !== undefined) {
      work.run(folder.normalize(work.term))
      // What the user wrote is kept as it is with the names put back.
      for (const term of [...kept]) kept.add(folder.normalize(term).term)
    }
    work.run(sifter.normalize(work.term))
    this.#attempt(work, foldQuotients(unfolded, context), false)
    this.#settle(work, this.#gentle)
    this.#attempt(work, foldParts(context), false)
    this.#settle(work, this.#gentle)
    this.#attempt(work, applyFacts(context, again), true)
    this.#settle(work, this.#gentle)
    this.#refine(work)
    this.#attempt(work, new Normalizer(finishingTable, context), false, 0)
    this.#settle(work, this.#gentle)
    return work
  }

  /** Whether a rule still tidies or shortens a term; false for every result. */
  canSimplify(term: Expr): boolean {
    if (this.#options.mode === 'none') return false
    const { tidier, improver } = this.#gentle
    return tidier.normalize(term).term !== term || improver.improve(term).term !== term
  }

  #settle(work: Work, { tidier }: Workshop): void {
    while (work.run(tidier.normalize(work.term)));
  }

  /** Keeps what a normalizer does only where the tidied result becomes shorter by so much. */
  #attempt(work: Work, normalizer: Normalizer | undefined, inOneLine: boolean, gain = 1): void {
    const changed = normalizer?.normalize(work.term)
    if (changed?.trace === undefined) return
    const { tidier } = this.#gentle
    const tidied = tidier.normalize(changed.term)
    if (writtenLength(tidied.term) + gain > writtenLength(tidier.normalize(work.term).term)) return
    // An assumption and what it leaves to clear away are one line.
    if (inOneLine) work.run(changed, tidied)
    else work.run(changed)
  }

  /** Puts names back for what they come to, and shortens the result; what the user wrote too, where that pays. */
  #refine(work: Work): void {
    const { mode, context } = this.#options
    const folder = foldNames(this.#valuesOfNames(), context)
    for (let round = 0; round < maximumRounds; round++) {
      const before = work.term
      if (folder !== undefined && work.run(folder.normalize(work.term))) this.#settle(work, this.#gentle)
      const gently = this.#gentle.improver.improve(work.term)
      const length = writtenLength(gently.term)
      const freely = length > maximumLength[mode] ? undefined : this.#shortened(work.term)
      if (freely !== undefined && writtenLength(freely.term) < worthwhile[mode] * length) {
        work.run(freely)
        this.#settle(work, this.#gentle)
      } else work.run(gently)
      if (work.term === before) return
    }
  }

  /** The term shortened without regard to what the user wrote. */
  #shortened(term: Expr): Rewriting {
    const work = new Work(term)
    this.#settle(work, this.#free)
    work.run(this.#free.improver.improve(work.term))
    return { term: work.term, trace: { kind: 'sequence', parts: work.phases.flat() } }
  }

  /** What the definitions that were put in come to when they are tidied, where that is a function of its own. */
  #valuesOfNames(): ReadonlyMap<Expr, SymbolTerm> {
    const values = new Map<Expr, SymbolTerm>()
    for (const [body, name] of this.#options.unfolded) {
      const { term } = this.#shortened(body)
      if (term !== body && term.kind === 'call') values.set(term, name)
    }
    return values
  }
}

/** A term on its way, and the steps so far by the line they belong to. */
class Work {
  readonly phases: (readonly Trace[])[] = []

  constructor(public term: Expr) {}

  /** Takes rewritings, one from where the other ended, for one line; whether they changed anything. */
  run(...rewritings: readonly Rewriting[]): boolean {
    const { term } = rewritings.at(-1)!
    if (term === this.term) return false
    this.term = term
    this.phases.push(rewritings.flatMap(({ trace }) => trace ?? []))
    return true
  }
}

/** The rewriters that share what they remember of terms. */
interface Workshop {
  readonly tidier: Normalizer
  readonly improver: Improver
}

function openWorkshop(context: RuleContext, tentative: RuleTable, isKept: (term: Expr) => boolean): Workshop {
  const tidier = new Normalizer(tidyTable, context, {
    entering: flatteningTable,
    isKept,
    gentle: plainTable,
    isOpaque: choosesLargest,
  })
  const improver = new Improver(tentative, tidier, context, {
    measure: readingLength,
    isKept: (term) => isKept(term) || choosesLargest(term),
  })
  return { tidier, improver }
}
