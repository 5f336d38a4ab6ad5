import type { Derivation, Detail, Line } from '../../derivation/step.ts'
import type { Expr } from '../../term/expr.ts'
import type { Path } from '../../term/path.ts'
import type { Scope } from '../../term/scope.ts'
import { factsGivenAs, writeFact } from '../fact.ts'
import { latexSymbol } from '../latex.ts'
import { escapeLatexText } from '../names.ts'
import { lossName } from '../reading.ts'
import { printTerm, type TermFormat } from '../term.ts'
import { textSymbol } from '../text.ts'
import { boundLetters, writeConditions } from './condition.ts'

/** The formats of a whole derivation. */
export type DerivationFormat = 'latex' | 'text' | 'ascii' | 'markdown' | 'mathml' | 'json'

export interface DerivationOptions {
  /** `paper` unless said otherwise. */
  readonly detail?: Detail | undefined
  /** The LaTeX environment of the lines; `align*` unless said otherwise. */
  readonly env?: 'align*' | 'aligned' | undefined
  /** Whether the rules stand beside their lines; they do unless said otherwise. */
  readonly labels?: 'text' | 'none' | undefined
  /** What the loss is called; `J`, or the next letter the loss does not use. */
  readonly name?: string | undefined
  /** The entries of the Hessian on and above its diagonal, row by row. */
  readonly hessian?: readonly Derivation[] | undefined
  /** Sentences at the end. */
  readonly closing?: readonly string[] | undefined
}

/** Options with the loss's name settled. */
export interface NamedOptions extends DerivationOptions {
  readonly name: string
  /** What is known of the names, for labels that name a fact. */
  readonly scope?: Scope | undefined
}

/** A line ready to be set: its term, what it needs, and the rules that lead to it. */
export interface WrittenLine {
  readonly term: string
  readonly labels: readonly string[]
  readonly because: readonly string[]
  readonly conditions: readonly string[]
  readonly line: Line
}

/** One derivation in a notation: the left side `∂J/∂m`, and its lines. */
export interface WrittenDerivation {
  readonly left: string
  readonly lines: readonly WrittenLine[]
  readonly result: string
}

/** Marks on a line's changed parts, as the class of each path. */
export type LineMark = (line: Line) => ((path: Path) => string | undefined) | undefined

/**
 * The lines of a derivation in a notation. The indices keep their letters from line to line: no index uses a
 * name that is free in any of the lines.
 */
export function writeDerivation(
  derivation: Derivation,
  format: TermFormat,
  options: NamedOptions,
  markOf?: LineMark,
): WrittenDerivation {
  const taken = namesOf(derivation, options.detail)
  const cache = new Map()
  const print = (term: Expr, line?: Line) =>
    printTerm(term, format, { taken, mark: line === undefined ? undefined : markOf?.(line), cache })
  const lines = linesOf(derivation, options.detail)
  return {
    left: leftSide(derivation, format, options.name),
    result: print(derivation.result),
    lines: lines.map((line, position) => {
      const isLast = position === lines.length - 1
      return {
        term: print(line.term, line),
        labels: line.labels.map((label) => writeLabel(label, format, options.scope)),
        because: line.because,
        // the last line is the answer and carries all that the answer needs
        conditions: writeConditions(
          isLast ? derivation.conditions : line.conditions,
          format,
          taken,
          boundLetters(line.term),
        ),
        line,
      }
    }),
  }
}

/** The lines to show; a derivation that had nothing to do still shows its result. */
function linesOf(derivation: Derivation, detail: Detail = 'paper'): readonly Line[] {
  const lines = derivation.lines(detail)
  if (lines.length > 0) return lines
  return [
    {
      term: derivation.result,
      labels: [],
      marks: [],
      because: [],
      conditions: derivation.conditions,
    },
  ]
}

/** All free names of the lines and of the variables. */
export function namesOf(derivation: Derivation, detail?: Detail): ReadonlySet<string> {
  const names = new Set<string>()
  const terms = [
    derivation.start,
    ...derivation.variables,
    derivation.result,
    ...linesOf(derivation, detail).map((line) => line.term),
  ]
  for (const term of terms) for (const name of term.names) names.add(name)
  return names
}

/** `∂J/∂m`, `∂²J/∂m∂b`, or `∇J`. */
function leftSide(derivation: Derivation, format: TermFormat, name: string): string {
  const loss = format === 'latex' ? latexSymbol(name) : format === 'text' ? textSymbol(name) : name
  return quotientSign(loss, derivation.variables, format)
}

function quotientSign(loss: string, variables: readonly Expr[], format: TermFormat): string {
  const gradient = variables.find((variable) => variable.kind === 'symbol' && variable.name === '∇')
  if (gradient !== undefined) return format === 'latex' ? `\\nabla ${loss}` : `∇${loss}`
  const sign = format === 'latex' ? '\\partial ' : format === 'text' ? '∂' : 'd'
  const order = variables.length
  const repeated = order > 1 && variables.every((variable) => variable === variables[0])
  const power = order < 2 ? '' : format === 'text' ? (['', '', '²', '³'][order] ?? `^${order}`) : `^${order}`
  const bases = variables.map((variable) => {
    const written = printTerm(variable, format)
    return repeated && written.includes('^') ? `(${written})` : written
  })
  const below = repeated
    ? `${sign}${bases[0]}${power}`
    : bases.map((base) => `${sign}${base}`).join(format === 'latex' ? ' ' : '')
  const above = `${sign.trim()}${power}${format === 'latex' ? ' ' : ''}${loss}`
  return format === 'latex' ? `\\frac{${above}}{${below}}` : `${above}/${below}`
}

/** A label beside a line; the name in `definition f` and the fact in `since p > 0` are set as such. */
export function writeLabel(label: string, format: TermFormat, scope: Scope | undefined): string {
  if (format === 'ascii') return label
  const plainly = (text: string) => (format === 'latex' ? `\\text{${escapeLatexText(text)}}` : text)
  const space = format === 'latex' ? ' ' : ''
  const defined = /^definition (\S+)$/.exec(label)?.[1]
  if (defined !== undefined) {
    return `${plainly('definition ')}${space}${format === 'latex' ? latexSymbol(defined) : textSymbol(defined)}`
  }
  const asserted = /^since (.+)$/s.exec(label)?.[1]
  const facts = asserted === undefined || scope === undefined ? [] : factsGivenAs(asserted, scope)
  if (facts.length === 0) return plainly(label)
  return `${plainly('since ')}${space}${facts.map((fact) => writeFact(fact, format)).join(', ')}`
}

/** What all the formats of a derivation are written from. */
export interface DerivationInput {
  readonly partials: readonly Derivation[]
  /** The entries of the Hessian on and above its diagonal, row by row; empty where there is none. */
  readonly hessian: readonly Derivation[]
  readonly scope: Scope
  readonly options: NamedOptions
}

/** All derivations in a notation. */
export function writeAll(
  { partials, hessian, options }: DerivationInput,
  format: TermFormat,
  markOf?: LineMark,
): { readonly partials: readonly WrittenDerivation[]; readonly hessian: readonly WrittenDerivation[] } {
  const write = (derivation: Derivation) => writeDerivation(derivation, format, options, markOf)
  return { partials: partials.map(write), hessian: hessian.map(write) }
}

/** Settles what the loss is called: one name for all its partial derivatives. */
export function nameLoss(
  partials: readonly Derivation[],
  scope: Scope,
  options: DerivationOptions,
): DerivationInput {
  const [first] = partials
  const name = first === undefined ? (options.name ?? 'J') : lossName(first.start, scope, options.name)
  return { partials, hessian: options.hessian ?? [], scope, options: { ...options, name, scope } }
}
