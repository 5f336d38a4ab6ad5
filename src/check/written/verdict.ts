import { ReadError } from '../../read/index.ts'
import type { Expr } from '../../term/expr.ts'
import { judgeChain } from './chain-line.ts'
import { collectFacts, type NamedFacts } from './fact.ts'
import { freeIndicesIn, freeIndicesOf } from './free-index.ts'
import { type Comparison, type Counterexample, Judge } from './judge.ts'
import { openDerivatives, unknownQuantity } from './open-name.ts'
import { type Reach, reaches } from './reach.ts'
import { readableText } from './readable-text.ts'
import type { ReadDerivation, ReadEquation, ReadLine } from './reading.ts'
import { atSolution, type Condition, isSetToZero, isSolution } from './solving.ts'
import { hasVacuousDerivative } from './vacuous.ts'

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
  /** All facts that were at hand. */
  readonly known: NamedFacts
  readonly counterexample: Counterexample | undefined
  /** Why nothing was decided. */
  readonly doubt: string | undefined
  /** What a line is that is no step of the derivation: where the derivative is set to 0, and the solution. */
  readonly role: 'set-to-zero' | 'solution' | undefined
  /** Why a chain rule that is only stated is none. */
  readonly brokenChain: string | undefined
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
  readonly #words: readonly string[]
  /** Operators that reached further in the line before. */
  #habits: readonly string[] = []

  constructor(read: ReadDerivation, prose: readonly string[], seed: number) {
    this.#read = read
    this.judge = new Judge(read.scope, seed)
    this.#words = prose
    this.#prose = collectFacts(prose, read)
  }

  run(): readonly JudgedLine[] {
    const judged: JudgedLine[] = []
    let facts = this.#prose
    let condition: Condition | undefined
    let variable: string | undefined
    for (const [position, equation] of this.#read.equations.entries()) {
      const [, by] = equation.goal?.kind === 'derivative' ? equation.goal.args : []
      if (by?.kind === 'symbol') variable = by.args.length === 0 ? by.name : undefined
      let before: Before = {
        equation,
        previous: equation.goal,
        truth: equation.goal,
        value: 'right',
        allowed: freeIndicesIn([equation.goal], this.#read.scope),
        facts,
      }
      this.#habits = []
      for (const [k, line] of equation.lines.entries()) {
        const own = [line.label, ...line.conditions.map((text) => `for ${text}`)]
        facts = facts.with(collectFacts(own, this.#read))
        const next = this.#read.equations[position + 1]
        const context = { prose: this.#words, wrt: this.#read.wrt }
        if (before.previous !== undefined && isSetToZero(line, equation, next, context)) {
          condition = variable === undefined ? undefined : { term: before.previous, variable }
          judged.push({ ...unjudged(line, { ...before, facts }), role: 'set-to-zero' })
          continue
        }
        if (equation.goal === undefined && isSolution(equation, this.#read.wrt)) {
          judged.push(this.#judgeSolution(line, { ...before, facts }, condition))
          continue
        }
        const result =
          before.previous === undefined
            ? this.#judgeStart(line, equation.lines[k + 1], { ...before, facts })
            : this.#judgeLine(line, { ...before, facts })
        judged.push(result)
        const { term, value } = result
        if (term === undefined) continue
        const allowed = freeIndicesIn([equation.goal, term], this.#read.scope)
        before = { ...before, previous: term, truth: before.truth ?? term, value, allowed }
      }
    }
    return judged
  }

  /**
   * The line that all others are judged from, where no loss is known. In `\frac{d}{dw} \frac12 w^2` authors mean the
   * derivative of the product: it is read so where the next line follows from that and from nothing else, or where
   * the derivative would be 0 without a word.
   */
  #judgeStart(line: ReadLine, next: ReadLine | undefined, before: Before): JudgedLine {
    const literal = this.#judgeLine(line, before)
    const { term } = literal
    if (term === undefined || !term.hasDerivative) return literal
    const following = next === undefined || next.term instanceof ReadError ? undefined : next.term
    const leads = (start: Expr) =>
      following !== undefined && this.#follows(following, start, before.facts).comparison.verdict === 'equal'
    if (leads(term)) return literal
    const { scope } = this.#read
    const allowed = freeIndicesIn([term], scope)
    const tree = this.#read.shared.parse(line.source)
    const readings = (tree === undefined ? [] : reaches(line.text, tree, [])).flatMap((reach) => {
      const read = this.#readAgain(line, reach.text)
      return read === undefined || this.#unbound(read, { ...before, allowed }).length > 0
        ? []
        : [{ term: read, reach }]
    })
    const meant =
      readings.find((reading) => leads(reading.term)) ??
      readings.findLast(
        ({ term: read, reach }) =>
          reach.isCommon && hasVacuousDerivative(term, scope) && !hasVacuousDerivative(read, scope),
      )
    if (meant === undefined) return literal
    return meant.reach.isCommon
      ? { ...literal, term: meant.term }
      : { ...literal, strict: 'invalid', term: meant.term, reach: meant.reach }
  }

  #judgeLine(line: ReadLine, before: Before): JudgedLine {
    const { previous, facts } = before
    const nothing = unjudged(line, before)
    // A term that makes no sense read literally may make sense where an operator reaches further.
    const term = line.term instanceof ReadError ? undefined : line.term
    const chain =
      term !== undefined && (previous === undefined || this.#unknownIn(previous) !== undefined)
        ? judgeChain(before.equation.left, term)
        : undefined
    if (chain !== undefined) {
      const verdict = chain.fault === undefined ? 'valid' : 'invalid'
      const value = chain.fault === undefined ? 'right' : 'wrong'
      return { ...nothing, verdict, strict: verdict, value, term, brokenChain: chain.fault }
    }
    const unbound = previous === undefined || term === undefined ? [] : this.#unbound(term, before)
    const literal =
      unbound.length > 0 || term === undefined ? undefined : this.#follows(term, previous, facts)
    if (term !== undefined && literal?.comparison.verdict === 'equal') {
      this.#habits = []
      const value = this.#valueOf(term, before, literal)
      return { ...nothing, verdict: 'valid', strict: 'valid', term, facts: literal.facts, value }
    }
    const kind = this.#readKindly(line, before)
    if (kind?.follows?.comparison.verdict === 'equal') {
      const { reach, follows, term: meant } = kind
      this.#habits = reach.extended
      const value = this.#valueOf(meant, before, follows)
      const shared = { ...nothing, verdict: 'valid', term: meant, facts: follows.facts, value } as const
      return reach.isCommon
        ? { ...shared, strict: 'valid' }
        : { ...shared, strict: 'invalid', reach, unbound }
    }
    if (term === undefined) return { ...nothing, verdict: 'unreadable', strict: 'invalid' }
    // The next line is judged from a reading that makes sense, if there is one.
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

  /** Whether the derivative that was set to 0 is 0 there; nothing is said where that cannot be put in. */
  #judgeSolution(line: ReadLine, before: Before, condition: Condition | undefined): JudgedLine {
    const nothing = { ...unjudged(line, before), role: 'solution' } as const
    const { store } = this.#read
    const residue = condition && atSolution(condition, line.term, store)
    const comparison = residue && this.judge.compare(residue, store.number(0), before.facts.facts)
    if (comparison?.verdict === 'equal') return nothing
    if (comparison?.verdict === 'different') return { ...nothing, verdict: 'invalid', strict: 'invalid' }
    return { ...nothing, verdict: 'undecided', doubt: 'how the equation was solved is not judged' }
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

  #unknownIn(term: Expr): string | undefined {
    return this.#read.loss === undefined ? unknownQuantity(term, this.#read.scope) : undefined
  }

  /** Whether a term follows, without facts if it can. */
  #follows(term: Expr, previous: Expr | undefined, facts: NamedFacts): Follows {
    if (previous === undefined) return { comparison: { verdict: 'equal' }, facts: undefined }
    const unknown = this.#unknownIn(term) ?? this.#unknownIn(previous)
    if (unknown !== undefined && !this.judge.isSameForm(term, previous)) {
      const because = `it depends on what ${unknown} is, which is not defined`
      return { comparison: { verdict: 'undecided', because }, facts: undefined }
    }
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
      return this.#read.shared.read({ ...source, text: readableText(text) })
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

/** A line of which nothing is said but that it is none the worse. */
function unjudged(line: ReadLine, { equation, previous, facts }: Before): JudgedLine {
  return {
    line,
    equation,
    verdict: 'valid',
    strict: 'valid',
    value: undefined,
    term: undefined,
    previous,
    reach: undefined,
    unbound: [],
    facts: undefined,
    known: facts,
    counterexample: undefined,
    doubt: undefined,
    role: undefined,
    brokenChain: undefined,
  }
}
