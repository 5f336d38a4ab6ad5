import type { Span } from './surface.ts'

/** A text that is read, with what to call it in an error: the loss has no name, an option has its flag. */
export interface Source {
  readonly text: string
  readonly option?: string
  /** Whether it is LaTeX although no command stands in it, as a line of a derivation in LaTeX may be. */
  readonly latex?: boolean
  /** Whether it is a loss as it is pasted, maybe with its name on the left. */
  readonly loss?: boolean
  /** The free indices at which a component is meant, for a text whose value is a vector or a matrix. */
  readonly components?: readonly string[]
}

export interface ReadProblem {
  readonly message: string
  readonly expected?: readonly string[]
  readonly hint?: string | undefined
  /** Another place to mark, such as the bracket that was never closed. */
  readonly related?: number | undefined
}

/** How much of a long line is shown on each side of the caret. */
const windowSize = 60

/** Text that cannot be read: says where, what was expected, and what may have been meant. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1, in UTF-16 units. */
  readonly column: number
  readonly expected: readonly string[]
  readonly hint?: string
  /** The text with the error. */
  readonly source: string
  /** The option the text was given with, such as `--let`; none for the loss itself. */
  readonly option?: string
  readonly #related: number | undefined
  readonly #offset: number

  constructor(source: Source, at: Span | number, problem: ReadProblem) {
    super(source.option === undefined ? problem.message : `in ${source.option}: ${problem.message}`)
    const offset = Math.min(typeof at === 'number' ? at : at.at, source.text.length)
    const lineStart = source.text.lastIndexOf('\n', offset - 1) + 1
    let line = 1
    for (let i = source.text.indexOf('\n'); i >= 0 && i < offset; i = source.text.indexOf('\n', i + 1)) line++
    this.line = line
    this.column = offset - lineStart + 1
    this.expected = problem.expected ?? []
    if (problem.hint !== undefined) this.hint = problem.hint
    if (source.option !== undefined) this.option = source.option
    this.source = source.text
    this.#related = problem.related
    this.#offset = offset
  }

  /** Where the error is in the text, counted from 0. */
  get offset(): number {
    return this.#offset
  }

  /** The error as a person reads it: the message, the line, a caret under the place, the hint. */
  report(): string {
    const start = this.#offset - this.column + 1
    const newline = this.source.indexOf('\n', start)
    const end = newline < 0 ? this.source.length : newline
    const from = this.column - 1 > windowSize ? this.#offset - windowSize : start
    const to = Math.min(end, Math.max(this.#offset + windowSize, from + windowSize))
    const before = from > start ? '…' : ''
    const shown = this.source.slice(from, to).replace(/[\t\r]/g, ' ')
    const carets = [this.#offset]
    if (this.#related !== undefined && this.#related >= from && this.#related < this.#offset) {
      carets.unshift(this.#related)
    }
    let marks = ''
    for (const caret of carets) marks = `${marks.padEnd(before.length + caret - from)}^`
    const lines = [
      `gradus: ${this.line}:${this.column}: ${this.message}`,
      `  ${before}${shown}${to < end ? '…' : ''}`,
      `  ${marks}`,
    ]
    if (this.hint !== undefined) lines.push(`  ${this.hint}`)
    return lines.join('\n')
  }
}

/** What an action gives, or why the text cannot be read. */
export function orError<T>(read: () => T): T | ReadError {
  try {
    return read()
  } catch (error) {
    if (error instanceof ReadError) return error
    throw error
  }
}
