import { ReadError, type ReadOptions, SharedReading, type Surface } from '../../read/index.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { nabla, type Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import type { WrittenDocument } from './document.ts'
import { readEquations, type WrittenEquation, type WrittenLine } from './equation.ts'
import { headName, type LeftSide, readLeftSide } from './left-side.ts'
import { openNames } from './open-name.ts'

/** How a derivation is to be read; what the document says of itself stands behind what is given here. */
export interface CheckOptions extends Omit<ReadOptions, 'store' | 'maxNodes' | 'wrt'> {
  /** The loss, where the document does not begin with it. */
  readonly loss?: string
  readonly wrt?: string | readonly string[]
  /** The seed of the random points. */
  readonly seed?: number
}

/** A line as it was understood. */
export interface ReadLine extends WrittenLine {
  readonly term: Expr | ReadError
  readonly tree: Surface | undefined
}

export interface ReadEquation {
  /** The left side as it is written. */
  readonly written: string
  readonly left: LeftSide
  /** What the lines should equal: the derivative of the loss, or what else stands on the left; nothing where unknown. */
  readonly goal: Expr | undefined
  readonly lines: readonly ReadLine[]
}

/** A document with its lines as terms that share a store and the meaning of their names. */
export interface ReadDerivation {
  readonly equations: readonly ReadEquation[]
  readonly scope: Scope
  /** Names that the lines differentiate but nobody defines. */
  readonly open: ReadonlySet<string>
  readonly store: TermStore
  readonly shared: SharedReading
  readonly latex: boolean
  /** What the first derivative is taken by, as it is written. */
  readonly wrt: string
  /** The loss, where it is known. */
  readonly loss: Expr | undefined
  readonly lossText: string | undefined
}

/**
 * Reads all lines together with the loss and the definitions.
 * @throws ReadError where an option cannot be read.
 */
export function readDerivation(document: WrittenDocument, options: CheckOptions): ReadDerivation {
  const { headers, latex } = document
  const equations = readEquations(document)
  const lefts = equations.map(({ left }) => readLeftSide(left))
  const wrt = namesToDifferentiateBy(options, headers.wrt, lefts)
  const settings: ReadOptions = {
    wrt,
    ...listed('data', options.data, headers.data),
    ...listed('hyper', options.hyper, headers.hyper),
    ...listed('assume', options.assume, headers.assume),
    ...listed('range', options.range, headers.range),
  }
  const loss = options.loss ?? headers.loss ?? lossOf(equations, lefts)
  const lets = definitionsOf(equations, lefts, options.let ?? headers.let, { settings, loss, latex })
  // The loss and what stands on the left are read beside the lines, so that all names mean the same in all of them.
  const sources: { text: string; latex?: boolean }[] = []
  const source = (text: string, own = true) => {
    sources.push(own ? { text, latex } : { text })
    return sources.length - 1
  }
  const lossAt =
    loss === undefined ? -1 : source(loss, options.loss === undefined && headers.loss === undefined)
  const places = equations.map(({ lines }, i) => {
    const left = lefts[i]!
    const of = left.kind === 'term' ? left.text : left.of
    const isDefined = lets.some((entry) => headName(entry) === headName(of) && headName(of) !== '')
    const isWhole = headName(of) === '' && of !== '' && loss === undefined
    return {
      of: isDefined || isWhole ? source(of) : -1,
      by:
        left.kind === 'derivative'
          ? left.by.map((name) => source(name))
          : left.kind === 'gradient' && left.by !== undefined
            ? [source(left.by)]
            : [],
      lines: lines.map(({ text }) => source(text)),
    }
  })
  const variable = wrt[0] === undefined ? -1 : source(wrt[0], false)
  const shared = new SharedReading(sources, { ...settings, let: lets })
  const at = (place: number) => {
    const term = place < 0 ? undefined : shared.terms[place]
    return term instanceof ReadError ? undefined : term
  }
  const lossTerm = at(lossAt)
  const lossError = lossAt < 0 ? undefined : shared.terms[lossAt]
  if (lossError instanceof ReadError && (options.loss ?? headers.loss) !== undefined) throw lossError
  const read = shared.terms.filter((term): term is Expr => !(term instanceof ReadError))
  const { scope, names: open } = openNames(shared.scope, read, lossTerm)
  const { store } = shared
  return {
    equations: equations.map(({ left: written, lines }, i) => {
      const left = lefts[i]!
      const place = places[i]!
      const readLines = lines.map((line, k) => ({
        ...line,
        term: shared.terms[place.lines[k]!]!,
        tree: shared.trees[place.lines[k]!],
      }))
      const of = at(place.of) ?? (left.kind !== 'term' || isLossName(left, lefts) ? lossTerm : undefined)
      const usesNabla = readLines.some(({ term }) => !(term instanceof ReadError) && hasNabla(term))
      const by = place.by.map(at)
      const known = by.filter((term): term is SymbolTerm => term?.kind === 'symbol')
      const variables =
        known.length > 0 && known.length === by.length
          ? known
          : usesNabla
            ? [store.symbol(nabla)]
            : [at(variable)].filter((term): term is SymbolTerm => term?.kind === 'symbol')
      return { written, left, goal: goalOf(left, of, variables, store), lines: readLines }
    }),
    scope,
    open,
    store,
    shared,
    latex,
    wrt: wrt[0] ?? '',
    loss: lossTerm,
    lossText: loss,
  }
}

function goalOf(
  left: LeftSide,
  of: Expr | undefined,
  variables: readonly SymbolTerm[],
  store: TermStore,
): Expr | undefined {
  if (of === undefined) return undefined
  if (left.kind === 'term')
    return left.text === '' && variables.length > 0 ? store.derivative(of, variables[0]!) : of
  if (variables.length === 0) return undefined
  return [...variables].reverse().reduce<Expr>((body, variable) => store.derivative(body, variable), of)
}

function isLossName(left: LeftSide, lefts: readonly LeftSide[]): boolean {
  if (left.kind !== 'term') return false
  if (left.text === '') return true
  const name = headName(left.text)
  return name !== '' && lefts.some((other) => other.kind !== 'term' && headName(other.of) === name)
}

/** The right side of `J = …` where a later left side is a derivative of J. */
function lossOf(equations: readonly WrittenEquation[], lefts: readonly LeftSide[]): string | undefined {
  for (const [i, left] of lefts.entries()) {
    if (left.kind === 'term' && left.text !== '' && isLossName(left, lefts.slice(i + 1)))
      return equations[i]!.lines[0]?.text
  }
  const whole = lefts.find((left) => left.kind !== 'term' && left.of !== '' && headName(left.of) === '')
  return whole !== undefined && whole.kind !== 'term' ? whole.of : undefined
}

function namesToDifferentiateBy(
  options: CheckOptions,
  headers: readonly string[],
  lefts: readonly LeftSide[],
): readonly string[] {
  const given = typeof options.wrt === 'string' ? [options.wrt] : (options.wrt ?? headers)
  const told = lefts.flatMap((left) =>
    left.kind === 'derivative' ? left.by : left.kind === 'gradient' && left.by !== undefined ? [left.by] : [],
  )
  const names = [...given]
  for (const name of told)
    if (!names.includes(name) && canBeVariable(name) && given.length === 0) names.push(name)
  return names
}

function canBeVariable(name: string): boolean {
  try {
    new SharedReading([], { wrt: [name] })
    return true
  } catch {
    return false
  }
}

/** The definitions that are given, and those that the document makes: `p_j = …` where p is not defined yet. */
function definitionsOf(
  equations: readonly WrittenEquation[],
  lefts: readonly LeftSide[],
  given: readonly string[],
  {
    settings,
    loss,
    latex,
  }: { readonly settings: ReadOptions; readonly loss: string | undefined; readonly latex: boolean },
): readonly string[] {
  const lets = [...given]
  const isKnown = (name: string) => lets.some((entry) => headName(entry.replace(/^\s*let\s+/, '')) === name)
  const isNew = (name: string) => name !== '' && !isKnown(name)
  const attempt = (definition: string) => {
    try {
      new SharedReading([{ text: '1', latex }], { ...settings, let: [...lets, definition] })
      lets.push(definition)
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
    }
  }
  for (const [i, left] of lefts.entries()) {
    const right = equations[i]!.lines[0]?.text
    if (left.kind !== 'term' || right === undefined || !isNew(headName(left.text))) continue
    if (isLossName(left, lefts)) continue
    if (
      /^\\?[A-Za-z]+(?:hat|bar)?(?:_(?:\w|\{[^{}]*\}))?(?:\([^()]*\))?$|^\\(?:hat|bar|tilde)/.test(left.text)
    )
      attempt(`${left.text} = ${right}`)
  }
  // A line that differentiates the loss by its name, as in a chain ∂L/∂z · ∂z/∂w, needs the name.
  const names = lefts
    .flatMap((left) => (left.kind === 'term' ? [] : [left.of]))
    .filter((of) => headName(of) !== '')
  for (const name of new Set(names.map((of) => of.replace(/\(.*\)$/s, '').trim()))) {
    if (loss === undefined || !isNew(headName(name))) continue
    const mentioned = equations.some(({ lines }) => lines.some(({ text }) => differentiates(text, name)))
    if (mentioned) attempt(`${name} = ${loss}`)
  }
  return lets
}

function differentiates(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?:\\\\partial|∂|\\bd|\\{d)\\s*${escaped}(?![A-Za-z])`).test(text)
}

function hasNabla(term: Expr): boolean {
  return term.names.has(nabla)
}

type ListOption = 'data' | 'hyper' | 'assume' | 'range'

function listed(
  key: ListOption,
  given: readonly string[] | undefined,
  headers: readonly string[],
): Partial<Record<ListOption, readonly string[]>> {
  return given !== undefined ? { [key]: given } : headers.length > 0 ? { [key]: headers } : {}
}
