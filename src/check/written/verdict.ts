import { ReadError } from '../../read/index.ts'
import type { Expr } from '../../term/expr.ts'
import { collectFacts, type NamedFacts } from './fact.ts'
import { freeIndicesOf } from './free-index.ts'
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
      let previous = equation.goal
      let truth = equation.goal
      this.#habits = []
      for (const line of equation.lines) {
        const own = collectFacts([line.label, ...line.conditions.map((text) => `for ${text}`)], this.#read)
        facts = facts.with(own)
        const result = this.#judgeLine(line, equation, previous, truth, facts)
        judged.push(result)
        if (result.term === undefined) continue
        previous = result.term
        truth ??= result.term
      }
    }
    return judged
  }

  #judgeLine(
    line: ReadLine,
    equation: ReadEquation,
    previous: Expr | undefined,
    truth: Expr | undefined,
    facts: NamedFacts,
  ): JudgedLine {
    const base = {
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
    if (term instanceof ReadError) return { ...base, verdict: 'unreadable', strict: 'invalid' }
    const allowed = this.#allowed(equation, previous)
    const unbound =
      previous === undefined
        ? []
        : [...freeIndicesOf(term, this.#read.scope)].filter((name) => !allowed.has(name))
    const literal = unbound.length > 0 ? undefined : this.#follows(term, previous, facts)
    const truthOf = (chosen: Expr, used: NamedFacts | undefined) =>
      this.#valueOf(chosen, truth, used ?? facts)
    if (literal?.comparison.verdict === 'equal') {
      this.#habits = []
      return {
        ...base,
        verdict: 'valid',
        strict: 'valid',
        term,
        facts: literal.facts,
        value: truthOf(term, literal.facts),
      }
    }
    let fallback: { term: Expr; reach: Reach } | undefined
    const tree = previous === undefined ? undefined : this.#read.shared.parse(line.source)
    const others = tree === undefined ? [] : reaches(line.text, tree, this.#habits)
    for (const reach of others) {
      const reading = this.#readAgain(line, reach.text)
      if (
        reading === undefined ||
        [...freeIndicesOf(reading, this.#read.scope)].some((name) => !allowed.has(name))
      )
        continue
      fallback ??= { term: reading, reach }
      const follows = this.#follows(reading, previous, facts)
      if (follows.comparison.verdict !== 'equal') continue
      this.#habits = reach.extended
      return {
        ...base,
        verdict: 'valid',
        strict: 'invalid',
        term: reading,
        reach,
        unbound,
        facts: follows.facts,
        value: truthOf(reading, follows.facts),
      }
    }
    // The next line is judged from a reading that makes sense, if this one has any.
    const chosen = literal === undefined ? (fallback?.term ?? term) : term
    const comparison =
      literal?.comparison ?? (fallback && this.#follows(fallback.term, previous, facts).comparison)
    const strict = 'invalid'
    const counterexample = comparison?.verdict === 'different' ? comparison.counterexample : undefined
    const shared = {
      ...base,
      strict,
      term: chosen,
      reach: literal === undefined ? fallback?.reach : undefined,
      unbound,
      counterexample,
      value: truthOf(chosen, undefined),
    } as const
    if (comparison?.verdict === 'undecided')
      return { ...shared, verdict: 'undecided', doubt: comparison.because }
    if (previous !== undefined && this.#dependsOnOpen(chosen, previous)) {
      const names = [...this.#read.open].join(', ')
      return {
        ...shared,
        verdict: 'undecided',
        doubt: `it depends on what ${names} is, which is not defined`,
      }
    }
    return { ...shared, verdict: 'invalid' }
  }

  /** Whether a term follows, without facts if it can. */
  #follows(
    term: Expr,
    previous: Expr | undefined,
    facts: NamedFacts,
  ): { readonly comparison: Comparison; readonly facts: NamedFacts | undefined } {
    if (previous === undefined) return { comparison: { verdict: 'equal' }, facts: undefined }
    const plain = this.judge.compare(term, previous)
    if (plain.verdict === 'equal' || facts.isEmpty) return { comparison: plain, facts: undefined }
    for (const choice of facts.choices) {
      const comparison = this.judge.compare(term, previous, choice.facts)
      if (comparison.verdict === 'equal') return { comparison, facts: choice }
    }
    return { comparison: plain, facts: undefined }
  }

  #valueOf(term: Expr, truth: Expr | undefined, facts: NamedFacts): 'right' | 'wrong' | undefined {
    if (truth === undefined) return 'right'
    const { comparison } = this.#follows(term, truth, facts)
    return comparison.verdict === 'undecided' ? undefined : comparison.verdict === 'equal' ? 'right' : 'wrong'
  }

  #allowed(equation: ReadEquation, previous: Expr | undefined): ReadonlySet<string> {
    const { scope } = this.#read
    return new Set(
      [equation.goal, previous].flatMap((term) =>
        term === undefined ? [] : [...freeIndicesOf(term, scope)],
      ),
    )
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
