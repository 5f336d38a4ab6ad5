import { ReadError } from '../../read/index.ts'
import type { Expr } from '../../term/expr.ts'
import { collectFacts, type NamedFacts } from './fact.ts'
import { freeIndicesIn, freeIndicesOf } from './free-index.ts'
import { type Comparison, type Counterexample, Judge } from './judge.ts'
import { openDerivatives } from './open-name.ts'
import { type Reach, reaches } from './reach.ts'
import type { ReadDerivation, ReadEquation, ReadLine } from './reading.ts'

/** A line, judged against the line before. */
export interface JudgedLine {
  readonly line: ReadLine
  readonly equation: ReadEquation
  readonly verdict: 'valid' | 'invalid' | 'unreadable' | 'undecided'
  /** Of the literal reading. */
  readonly strict: 'valid' | 'invalid'
  /** Whether the line equals the true derivative; nothing where that is not known. */
  readonly value: 'right' | 'wrong' | undefined
  /** The term as it was read, with charity where that was needed. */
  readonly term: Expr | undefined
  /** What it was compared with; nothing where the line is the start. */
  readonly previous: Expr | undefined
  /** How far operators had to reach beyond what is written. */
  readonly reach: Reach | undefined
  /** Letters that index a name and are bound by nothing when the line is read literally. */
  readonly unbound: readonly string[]
  /** Facts that were needed. */
  readonly facts: NamedFacts | undefined
  readonly counterexample: Counterexample | undefined
  /** Why nothing was decided. */
  readonly doubt: string | undefined
}

interface Follows {
  readonly comparison: Comparison
  /** The facts that were needed. */
  readonly facts: NamedFacts | undefined
}

interface KindReading {
  readonly term: Expr
  readonly reach: Reach
  readonly follows: Follows
}

/** What a line is judged from. */
interface Before {
  readonly equation: ReadEquation
  readonly previous: Expr | undefined
  /** The true derivative. */
  readonly truth: Expr | undefined
  /** Whether the line before equals it. */
  readonly value: 'right' | 'wrong' | undefined
  /** Free indices that have a meaning. */
  readonly allowed: ReadonlySet<string>
  readonly facts: NamedFacts
}

/** Judges all lines of a derivation in their order. */
export class Verdicts {
  readonly judge: Judge
  readonly #read: ReadDerivation
  readonly #prose: NamedFacts
  /** Operators that reached further in the line before. */
  #habits: readonly string[] = []

  constructor(read: ReadDerivation, prose: readonly string[], seed: number) {
    this.#read = read
    this.judge = new Judge(read.scope, seed)
    this.#prose = collectFacts(prose, read)
  }

  run(): readonly JudgedLine[] {
    const judged: JudgedLine[] = []
    let facts = this.#prose
    for (const equation of this.#read.equations) {
      let before: Before = {
        equation,
        previous: equation.goal,
        truth: equation.goal,
        value: 'right',
        allowed: freeIndicesIn([equation.goal], this.#read.scope),
        facts,
      }
      this.#habits = []
      for (const line of equation.lines) {
        const own = [line.label, ...line.conditions.map((text) => `for ${text}`)]
        facts = facts.with(collectFacts(own, this.#read))
        const result = this.#judgeLine(line, { ...before, facts })
        judged.push(result)
        const { term, value } = result
        if (term === undefined) continue
        const allowed = freeIndicesIn([equation.goal, term], this.#read.scope)
        before = { ...before, previous: term, truth: before.truth ?? term, value, allowed }
      }
    }
    return judged
  }

  #judgeLine(line: ReadLine, before: Before): JudgedLine {
    const { equation, previous, facts } = before
    const nothing = {
      line,
      equation,
      previous,
      value: undefined,
      term: undefined,
      reach: undefined,
      unbound: [],
      facts: undefined,
      counterexample: undefined,
      doubt: undefined,
    }
    const { term } = line
    if (term instanceof ReadError) return { ...nothing, verdict: 'unreadable', strict: 'invalid' }
    const unbound = previous === undefined ? [] : this.#unbound(term, before)
    const literal = unbound.length > 0 ? undefined : this.#follows(term, previous, facts)
    if (literal?.comparison.verdict === 'equal') {
      this.#habits = []
      const value = this.#valueOf(term, before, literal)
      return { ...nothing, verdict: 'valid', strict: 'valid', term, facts: literal.facts, value }
    }
    const kind = this.#readKindly(line, before)
    if (kind?.follows?.comparison.verdict === 'equal') {
      const { reach, follows, term: meant } = kind
      this.#habits = reach.extended
      const value = this.#valueOf(meant, before, follows)
      return {
        ...nothing,
        verdict: 'valid',
        strict: 'invalid',
        term: meant,
        reach,
        unbound,
        facts: follows.facts,
        value,
      }
    }
    // The next line is judged from a reading that makes sense, if this one has any.
    const chosen = literal === undefined ? (kind?.term ?? term) : term
    const comparison = (literal ?? kind?.follows)?.comparison
    const wrong = {
      ...nothing,
      strict: 'invalid',
      term: chosen,
      reach: literal === undefined ? kind?.reach : undefined,
      unbound,
      counterexample: comparison?.verdict === 'different' ? comparison.counterexample : undefined,
      value: this.#valueOf(chosen, before, undefined),
    } as const
    if (comparison?.verdict === 'undecided') {
      return { ...wrong, verdict: 'undecided', doubt: comparison.because }
    }
    if (previous !== undefined && this.#dependsOnOpen(chosen, previous)) {
      const doubt = `it depends on what ${[...this.#read.open].join(', ')} is, which is not defined`
      return { ...wrong, verdict: 'undecided', doubt }
    }
    return { ...wrong, verdict: 'invalid' }
  }

  /** The first reading with operators that reach further which follows; else the first that makes sense at all. */
  #readKindly(line: ReadLine, before: Before): KindReading | undefined {
    const { previous, facts } = before
    if (previous === undefined) return undefined
    const tree = this.#read.shared.parse(line.source)
    let first: KindReading | undefined
    for (const reach of tree === undefined ? [] : reaches(line.text, tree, this.#habits)) {
      const term = this.#readAgain(line, reach.text)
      if (term === undefined || this.#unbound(term, before).length > 0) continue
      const follows = this.#follows(term, previous, facts)
      const reading = { term, reach, follows }
      if (follows.comparison.verdict === 'equal') return reading
      first ??= reading
    }
    return first
  }

  #unbound(term: Expr, { allowed }: Before): readonly string[] {
    return [...freeIndicesOf(term, this.#read.scope)].filter((name) => !allowed.has(name))
  }

  /** Whether a term follows, without facts if it can. */
  #follows(term: Expr, previous: Expr | undefined, facts: NamedFacts): Follows {
    if (previous === undefined) return { comparison: { verdict: 'equal' }, facts: undefined }
    const plain = this.judge.compare(term, previous)
    if (plain.verdict === 'equal' || facts.isEmpty) return { comparison: plain, facts: undefined }
    for (const choice of facts.choices) {
      const comparison = this.judge.compare(term, previous, choice.facts)
      if (comparison.verdict === 'equal') return { comparison, facts: choice }
    }
    return { comparison: plain, facts: undefined }
  }

  /** What equals the line before is as right as that; only where facts were needed it may have become right. */
  #valueOf(term: Expr, before: Before, follows: Follows | undefined): 'right' | 'wrong' | undefined {
    if (before.truth === undefined) return 'right'
    if (follows !== undefined && follows.facts === undefined && before.value !== undefined)
      return before.value
    const { comparison } = this.#follows(term, before.truth, follows?.facts ?? before.facts)
    return comparison.verdict === 'undecided' ? undefined : comparison.verdict === 'equal' ? 'right' : 'wrong'
  }

  #readAgain({ source }: ReadLine, text: string): Expr | undefined {
    try {
      return this.#read.shared.read({ ...source, text })
    } catch (error) {
      if (error instanceof ReadError) return undefined
      throw error
    }
  }

  #dependsOnOpen(term: Expr, previous: Expr): boolean {
    const { open } = this.#read
    return open.size > 0 && openDerivatives(term, open) !== openDerivatives(previous, open)
  }
}
