import type { Derivation, Detail } from '../../derivation/step.ts'
import type { Path } from '../../term/path.ts'
import type { Scope } from '../../term/scope.ts'
import { printTerm } from '../term.ts'
import { writeConditions } from './condition.ts'
import { writeWhole } from './whole.ts'
import { namesOf, writeDerivation } from './written.ts'

/** A term in the notations that JSON carries. */
export interface TermJson {
  readonly ascii: string
  readonly latex: string
}

export interface LineJson extends TermJson {
  readonly labels: readonly string[]
  readonly marks: readonly Path[]
}

export interface StepJson {
  readonly rule: string
  readonly title: string
  readonly at: Path
  readonly before: string
  readonly after: string
  readonly because: string
  readonly conditions: readonly string[]
}

/** One entry of `partials`, or of `hessian`, where `wrt` names both variables. */
export interface DerivationJson<Wrt = string> {
  readonly wrt: Wrt
  readonly lines: readonly LineJson[]
  readonly steps: readonly StepJson[]
  readonly result: TermJson
  /** The derivative by all components as one vector or matrix, where it has the form of one. */
  readonly whole?: WholeJson
  readonly conditions: readonly string[]
}

/** `∇_w J = …` in the notations that have a sign for vectors. */
export interface WholeJson {
  readonly text: string
  readonly latex: string
}

/** A partial derivative as data; strings that are not called `latex` are in plain notation. */
export function derivationToJson(derivation: Derivation, scope: Scope, detail?: Detail): DerivationJson {
  return { ...contentOf(derivation, scope, detail), wrt: wrtOf(derivation)[0] ?? '' }
}

/** An entry of the Hessian as data. */
export function hessianEntryToJson(
  derivation: Derivation,
  scope: Scope,
  detail?: Detail,
): DerivationJson<readonly string[]> {
  return { ...contentOf(derivation, scope, detail), wrt: wrtOf(derivation) }
}

function wrtOf(derivation: Derivation): string[] {
  return derivation.variables.map((variable) => printTerm(variable, 'ascii'))
}

/** The lines of a derivation as data. */
export function linesToJson(derivation: Derivation, detail?: Detail): readonly LineJson[] {
  const ascii = writeDerivation(derivation, 'ascii', { detail, name: 'J' })
  const latex = writeDerivation(derivation, 'latex', { detail, name: 'J' })
  return ascii.lines.map(({ term, line }, position) => ({
    ascii: term,
    latex: latex.lines[position]?.term ?? '',
    labels: line.labels,
    marks: line.marks,
  }))
}

function contentOf(
  derivation: Derivation,
  scope: Scope,
  detail: Detail | undefined,
): Omit<DerivationJson, 'wrt'> {
  const taken = namesOf(derivation, detail)
  return {
    lines: linesToJson(derivation, detail),
    steps: derivation.steps.map(({ rule, title, at, before, after, because, conditions }) => ({
      rule,
      title,
      at,
      before: printTerm(before, 'ascii', { taken }),
      after: printTerm(after, 'ascii', { taken }),
      because,
      conditions: writeConditions(conditions, 'ascii', taken),
    })),
    result: {
      ascii: printTerm(derivation.result, 'ascii', { taken }),
      latex: printTerm(derivation.result, 'latex', { taken }),
    },
    ...wholeOf(derivation, scope),
    conditions: writeConditions(derivation.conditions, 'ascii', taken),
  }
}

function wholeOf(derivation: Derivation, scope: Scope): { readonly whole?: WholeJson } {
  const [text, latex] = (['text', 'latex'] as const).map((format) =>
    writeWhole(derivation, scope, format, 'J'),
  )
  if (text === undefined || latex === undefined) return {}
  return { whole: { text: `${text.left} = ${text.right}`, latex: `${latex.left} = ${latex.right}` } }
}
