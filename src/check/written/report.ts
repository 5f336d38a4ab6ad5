import { ReadError } from '../../read/index.ts'
import { readDocument } from './document.ts'
import type { MistakeKind } from './edit-list.ts'
import type { Counterexample } from './judge.ts'
import { faultOfLabel, textbookRules } from './label-truth.ts'
import { Mistakes } from './mistake.ts'
import { parenthesize } from './reach.ts'
import { type CheckOptions, type ReadDerivation, readDerivations } from './reading.ts'
import { RuleSearch } from './rule-search.ts'
import { type JudgedLine, Verdicts } from './verdict.ts'

export type { CheckOptions } from './reading.ts'

/** A part of a line: offsets into its `latex`. */
export interface LineMark {
  readonly from: number
  readonly to: number
}

/** What is said of one line. */
export interface CheckedLine {
  /** Counted from 1 over the whole document; a line is a right-hand side. */
  readonly n: number
  readonly latex: string
  /** The line as LaTeX, where its author wrote it in plain notation. */
  readonly typeset?: string
  /** Whether the line follows from the one before, read as its author must have meant it. */
  readonly verdict: 'valid' | 'invalid' | 'unreadable' | 'undecided'
  /** Whether it does when read literally. */
  readonly strict: 'valid' | 'invalid'
  /** Whether the others are judged from this one: there was nothing to compare it with. */
  readonly isStart?: true
  /** Whether it equals the true derivative, whatever came before; absent where that could not be told. */
  readonly value?: 'right' | 'wrong'
  /** The rules that lead there from the line before, as textbooks name them; none where that was not found out. */
  readonly rules: readonly string[]
  /** What the author wrote beside the line; `because` says what a wrong label should be. */
  readonly label?: { readonly given: string; readonly right: boolean; readonly because?: string }
  /** The usual mistake, where it could be named. */
  readonly mistake?: MistakeKind
  /** One sentence: what is wrong, or what was needed for the line to be right. */
  readonly because?: string
  /** The line as it should read. */
  readonly suggestion?: { readonly latex: string }
  /** The parts of the line that are at fault. */
  readonly marks: readonly LineMark[]
  readonly counterexample?: Counterexample
}

/** A derivation written by a person, judged line by line. */
export interface CheckReport {
  readonly version: 1
  /** Whether the document is LaTeX, so that its lines can be set as they stand. */
  readonly latex: boolean
  /** Whether every line follows from the one before it. */
  readonly ok: boolean
  readonly firstInvalid: number | null
  /** What the derivative is taken by; empty where nothing says it. */
  readonly wrt: string
  readonly lines: readonly CheckedLine[]
  /** The left side of each equation, and where its lines begin. */
  readonly equations: readonly { readonly left: string; readonly firstLine: number }[]
  /** Where derivatives are left at the end: what could be done next. */
  readonly next?: string
  /** The seed of the random points at which lines were compared. */
  readonly seed: number
}

/** A judged document: the report, and the terms behind it. */
export interface JudgedDerivation {
  readonly report: CheckReport
  /** The lines in their order, each with what it was read with. */
  readonly judged: readonly { readonly line: JudgedLine; readonly read: ReadDerivation }[]
}

const defaultSeed = 1

/**
 * Judges a derivation.
 * @throws ReadError where there is no line to judge, or where an option or the loss cannot be read.
 */
export function judgeDerivation(text: string, options: CheckOptions = {}): JudgedDerivation {
  const document = readDocument(text)
  const parts = readDerivations(document, options)
  if (parts.every(({ equations }) => equations.every(({ lines }) => lines.length === 0))) {
    throw new ReadError({ text }, 0, {
      message: text.trim() === '' ? 'there is nothing to check' : 'no line of a derivation was found',
      expected: ['a derivation'],
      hint: 'write one equality a line: dJ/dm = ... = ...',
    })
  }
  const seed = options.seed ?? defaultSeed
  const all = parts.flatMap((read) => judgePart(read, document.prose, seed))
  all.sort((a, b) => a.line.line.n - b.line.line.n)
  const lines = all.map(({ checked }) => checked)
  const firstInvalid =
    lines.find(({ verdict }) => verdict === 'invalid' || verdict === 'unreadable')?.n ?? null
  const [{ equations, latex, wrt }] = parts as readonly [ReadDerivation]
  const report = {
    version: 1,
    latex,
    ok: lines.every(({ verdict }) => verdict === 'valid'),
    firstInvalid,
    wrt,
    lines,
    equations: equations.map(({ written }, i) => ({
      left: written,
      firstLine: parts.flatMap((part) => part.equations[i]!.lines)[0]?.n ?? 0,
    })),
    seed,
  } as const
  return { report, judged: all }
}

function judgePart(
  read: ReadDerivation,
  prose: readonly string[],
  seed: number,
): { readonly line: JudgedLine; readonly read: ReadDerivation; readonly checked: CheckedLine }[] {
  const verdicts = new Verdicts(read, prose, seed)
  const judged = verdicts.run()
  const mistakes = new Mistakes(read, verdicts.judge)
  const search = new RuleSearch(read.scope, seed)
  return judged.map((line, i) => {
    const before = judged[i - 1]?.equation === line.equation ? judged[i - 1] : undefined
    return { line, read, checked: reportLine(line, before, mistakes, search) }
  })
}

function reportLine(
  judged: JudgedLine,
  before: JudgedLine | undefined,
  mistakes: Mistakes,
  search: RuleSearch,
): CheckedLine {
  const { line, verdict, strict, value, counterexample } = judged
  const explained = explain(judged, before, mistakes)
  const found = rulesOf(judged, search)
  return {
    n: line.n,
    latex: line.text,
    verdict,
    strict,
    ...(judged.previous === undefined && verdict === 'valid' ? { isStart: true as const } : {}),
    ...(value === undefined || judged.previous === undefined ? {} : { value }),
    rules: found.rules,
    ...(line.label === '' ? {} : { label: labelOf(line.label, found.fault) }),
    ...(explained.kind === undefined ? {} : { mistake: explained.kind }),
    ...(explained.because === undefined ? {} : { because: explained.because }),
    ...(explained.suggestion === undefined ? {} : { suggestion: { latex: explained.suggestion } }),
    marks: explained.marks,
    ...(counterexample === undefined || line.isVector ? {} : { counterexample }),
  }
}

function labelOf(given: string, fault: string | undefined): NonNullable<CheckedLine['label']> {
  return fault === undefined ? { given, right: true } : { given, right: false, because: fault }
}

/** The rules that lead to a line, and what is wrong with its label. */
function rulesOf(
  { line, verdict, term, previous, facts }: JudgedLine,
  search: RuleSearch,
): { readonly rules: readonly string[]; readonly fault?: string | undefined } {
  if (verdict !== 'valid' || term === undefined || previous === undefined) return { rules: [] }
  const found = search.find(previous, term)
  if (found === undefined) return { rules: facts === undefined ? [] : ['assumption'] }
  const fault = line.label === '' ? undefined : faultOfLabel(line.label, found.ids, previous.hasDerivative)
  return { rules: textbookRules(found.ids), fault }
}

interface Explained {
  readonly kind?: MistakeKind
  readonly because?: string
  readonly suggestion?: string
  readonly marks: readonly LineMark[]
}

function explain(judged: JudgedLine, before: JudgedLine | undefined, mistakes: Mistakes): Explained {
  const { line, verdict, strict, reach, facts, doubt, role } = judged
  const told = role === undefined ? undefined : roles[role][verdict]
  if (told !== undefined) return { because: told, marks: [] }
  if (verdict === 'unreadable' && line.term instanceof ReadError) {
    const { message, hint, line: row, column } = line.term
    const from = offsetOf(line.text, row, column)
    const because = `this line cannot be read: ${message}${hint === undefined ? '' : ` (${hint})`}`
    return { because, marks: [{ from, to: Math.min(line.text.length, from + 1) }] }
  }
  if (verdict === 'valid' && strict === 'valid') {
    return {
      marks: [],
      ...(facts === undefined ? {} : { because: `this needs ${facts.words.join(' and ')}` }),
    }
  }
  if (verdict === 'valid' && reach !== undefined) return explainReach(judged, reach.inserted)
  if (verdict === 'undecided') return { because: `this could not be decided: ${doubt}`, marks: [] }
  return mistakes.explain(judged, before)
}

/** What is said of lines that are no steps. */
const roles: Readonly<
  Record<NonNullable<JudgedLine['role']>, Partial<Record<CheckedLine['verdict'], string>>>
> = {
  'set-to-zero': { valid: 'the derivative is set to 0: an equation to be solved, not a step' },
  solution: {
    valid: 'the derivative is 0 there',
    invalid: 'the derivative is not 0 there: this does not solve the equation',
  },
}

/** What an author left out whose line is right as it was meant. */
function explainReach(
  { line, unbound }: JudgedLine,
  inserted: readonly { readonly at: number; readonly end: number }[],
): Explained {
  const outside =
    unbound.length === 0 ? '' : `, and the index ${unbound.join(', ')} stands outside the sum that binds it`
  return {
    kind: 'missing-parentheses',
    because: `missing parentheses: read literally an operator reaches less far than is meant${outside}`,
    suggestion: parenthesize(line.text, inserted),
    marks: inserted.map(({ at, end }) => ({ from: at, to: end })),
  }
}

function offsetOf(text: string, row: number, column: number): number {
  let offset = 0
  for (let i = 1; i < row; i++) offset = text.indexOf('\n', offset) + 1
  // An error at the end is shown at the last sign there is.
  return Math.max(0, Math.min(offset + column - 1, text.length - 1))
}
