import { type ReadOptions, SharedReading } from '../../read/index.ts'
import { definitionsOf, isLatexText, mentions } from './definition.ts'
import type { WrittenDocument } from './document.ts'
import { readEquations, type WrittenEquation } from './equation.ts'
import { headName, type LeftSide, plainName, readLeftSide } from './left-side.ts'
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
  /** Whether adjacent letters of the loss are separate names. */
  readonly isLossLatex: boolean
  /** Whether the loss is read by itself, not together with the lines. */
  readonly isLossApart: boolean
  readonly latex: boolean
}

/** What is given in options stands before what the document says of itself. @throws ReadError for a bad option. */
export function planReading(document: WrittenDocument, options: CheckOptions): Plan {
  const { headers, latex } = document
  const equations = readEquations(document)
  const written = equations.map(({ left }) => readLeftSide(left))
  const texts = [...document.prose, ...equations.flatMap(({ lines }) => lines.map(({ text }) => text))]
  const isSaid = options.wrt !== undefined || headers.wrt.length > 0
  const lefts = isSaid ? written : written.map((left) => withArgument(left, texts))
  const settings: ReadOptions = {
    wrt: namesToDifferentiateBy(options, headers.wrt, lefts),
    ...listed('data', options.data, headers.data),
    ...listed('hyper', options.hyper, headers.hyper),
    ...listed('assume', options.assume, headers.assume),
    ...listed('range', options.range, headers.range),
  }
  const given = options.loss ?? headers.loss
  const loss = given ?? lossOf(equations, lefts)
  const isLoss = (left: LeftSide) => isLossName(left, lefts)
  const lets = definitionsOf(equations, lefts, options.let ?? headers.let, document, {
    settings,
    loss,
    isLoss,
  })
  return {
    equations,
    lefts,
    settings,
    lets,
    loss,
    isLossWritten: given === undefined,
    isLossLatex: loss !== undefined && isLatexText(loss, latex),
    isLossApart: false,
    latex,
  }
}

/** `\nabla E(\mathbf w)` says by its argument what it is the gradient by, where the text speaks of that. */
function withArgument(left: LeftSide, texts: readonly string[]): LeftSide {
  if (left.kind !== 'gradient' || left.by !== undefined) return left
  const found = /^[^()]*\(\s*((?:\\(?:mathbf|boldsymbol|bm)\s*\{?\s*)?\\?[A-Za-z]+\s*\}?)\s*\)$/.exec(left.of)
  const by = found === null ? '' : plainName(found[1]!)
  const isMentioned = texts.some((text) => mentions(text, by))
  return by !== '' && isMentioned && canBeVariable(by) ? { ...left, by } : left
}

/** Whether the left side is the name of the loss, or nothing. */
export function isLossName(left: LeftSide, lefts: readonly LeftSide[]): boolean {
  if (left.kind !== 'term') return false
  if (left.text === '') return true
  const name = lossName(left.text)
  return name !== '' && lefts.some((other) => other.kind !== 'term' && lossName(other.of) === name)
}

/** What a loss is called: its name, or the logarithm of a name, as `\log L` is of `\log L(\theta)`. */
export function lossName(text: string): string {
  const found = /^(-?\s*\\(?:log|ln)(?![A-Za-z])\s*)(?:\\left)?\s*[[(]?(.*)$/s.exec(text.trim())
  if (found === null) return headName(text)
  const inner = headName(found[2]!)
  return inner === '' ? '' : `${found[1]!.replace(/\s/g, '')} ${inner}`
}

/** The right side of `J = …` where a later left side is a derivative of J. */
function lossOf(equations: readonly WrittenEquation[], lefts: readonly LeftSide[]): string | undefined {
  for (const [i, left] of lefts.entries()) {
    if (left.kind === 'term' && left.text !== '' && isLossName(left, lefts.slice(i + 1)))
      return equations[i]!.lines[0]?.text
  }
  const whole = lefts.find((left) => left.kind !== 'term' && left.of !== '' && lossName(left.of) === '')
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

type ListOption = 'data' | 'hyper' | 'assume' | 'range'

function listed(
  key: ListOption,
  given: readonly string[] | undefined,
  headers: readonly string[],
): Partial<Record<ListOption, readonly string[]>> {
  return given !== undefined ? { [key]: given } : headers.length > 0 ? { [key]: headers } : {}
}
