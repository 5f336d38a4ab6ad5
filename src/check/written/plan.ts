import { ReadError, type ReadOptions, SharedReading } from '../../read/index.ts'
import type { WrittenDocument } from './document.ts'
import { readEquations, type WrittenEquation } from './equation.ts'
import { headName, type LeftSide, readLeftSide } from './left-side.ts'
import type { CheckOptions } from './reading.ts'

/** What is to be read of a document: its lines, its loss, its definitions, the roles of its names. */
export interface Plan {
  readonly equations: readonly WrittenEquation[]
  readonly lefts: readonly LeftSide[]
  readonly settings: ReadOptions
  readonly lets: readonly string[]
  readonly loss: string | undefined
  /** Whether the loss is a line of the document, so that it is no failure of an option when it cannot be read. */
  readonly isLossWritten: boolean
  /** Whether the loss is read by itself, not together with the lines. */
  readonly isLossApart: boolean
  readonly latex: boolean
}

/** What is given in options stands before what the document says of itself. @throws ReadError for a bad option. */
export function planReading(document: WrittenDocument, options: CheckOptions): Plan {
  const { headers, latex } = document
  const equations = readEquations(document)
  const lefts = equations.map(({ left }) => readLeftSide(left))
  const settings: ReadOptions = {
    wrt: namesToDifferentiateBy(options, headers.wrt, lefts),
    ...listed('data', options.data, headers.data),
    ...listed('hyper', options.hyper, headers.hyper),
    ...listed('assume', options.assume, headers.assume),
    ...listed('range', options.range, headers.range),
  }
  const given = options.loss ?? headers.loss
  const loss = given ?? lossOf(equations, lefts)
  const lets = definitionsOf(equations, lefts, options.let ?? headers.let, { settings, loss, latex })
  return {
    equations,
    lefts,
    settings,
    lets,
    loss,
    isLossWritten: given === undefined,
    isLossApart: false,
    latex,
  }
}

/** Whether the left side is the name of the loss, or nothing. */
export function isLossName(left: LeftSide, lefts: readonly LeftSide[]): boolean {
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

type ListOption = 'data' | 'hyper' | 'assume' | 'range'

function listed(
  key: ListOption,
  given: readonly string[] | undefined,
  headers: readonly string[],
): Partial<Record<ListOption, readonly string[]>> {
  return given !== undefined ? { [key]: given } : headers.length > 0 ? { [key]: headers } : {}
}
