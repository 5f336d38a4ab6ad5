import { type Io, maxInputLength, readLines } from './io.ts'
import type { DeriveOptions, Detail, Library, Simplification, VerifyOptions } from './library.ts'
import { messageOf } from './tell.ts'
import { withVerification } from './verification.ts'

/** What holds for every line that does not say otherwise. */
export interface BatchDefaults {
  readonly options: DeriveOptions
  readonly detail: Detail | undefined
  /** How lines are checked, where they are. */
  readonly verify: VerifyOptions | undefined
}

const listKeys = ['wrt', 'data', 'hyper', 'let', 'assume', 'range'] as const
const details: readonly unknown[] = ['brief', 'paper', 'detailed'] satisfies Detail[]
const simplifications: readonly unknown[] = ['none', 'paper', 'full'] satisfies Simplification[]
const knownKeys = ['id', 'expr', 'detail', ...listKeys, 'order', 'simplify', 'maxNodes']

/** A line of the batch that asks for nothing that can be answered. */
class LineError extends Error {
  override readonly name = 'LineError'
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}

interface Request {
  readonly expr: string
  readonly options: DeriveOptions
  readonly detail: Detail | undefined
}

/**
 * Answers each line of JSON with a line of JSON, in order, before the next one is read. A line that fails is
 * answered by its error. Nothing is kept from one line to the next, so the input may go on for ever.
 */
export async function runBatch(
  library: Library,
  input: AsyncIterable<string>,
  output: Io['stdout'],
  defaults: BatchDefaults,
): Promise<void> {
  let number = 0
  for await (const line of readLines(input)) {
    number++
    if (line !== undefined && line.trim() === '') continue
    await output.write(`${JSON.stringify(answer(library, line, number, defaults))}\n`)
  }
}

function answer(library: Library, line: string | undefined, number: number, defaults: BatchDefaults): object {
  let id: unknown = null
  try {
    const object = parseLine(line, number)
    id = object.id ?? null
    const { expr, options, detail } = readRequest(object, library)
    const derived = library.derive(expr, { ...defaults.options, ...options })
    const shown = detail ?? defaults.detail
    const json = library.toJson(derived, shown === undefined ? {} : { detail: shown })
    return {
      id,
      ...(defaults.verify ? withVerification(json, library.verify(derived, defaults.verify)) : json),
    }
  } catch (error) {
    return { id, error: describe(error, library) }
  }
}

function parseLine(line: string | undefined, number: number): Readonly<Record<string, unknown>> {
  if (line === undefined) throw new LineError(`line ${number} is longer than ${maxInputLength} characters`)
  let value: unknown
  try {
    value = JSON.parse(number === 1 ? line.replace(/^\uFEFF/, '') : line)
  } catch {
    throw new LineError(`line ${number} is not JSON`, 'one object a line: {"id": 1, "expr": "x^2"}')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LineError(`line ${number} is not an object`, 'one object a line: {"id": 1, "expr": "x^2"}')
  }
  return Object.fromEntries(Object.entries(value))
}

function readRequest(object: Readonly<Record<string, unknown>>, { suggest }: Library): Request {
  const { expr, detail } = object
  if (typeof expr !== 'string') throw new LineError('"expr" is missing: the loss, as a string')
  // Other keys may be there for the reader's own use; a misspelled one must not change what is derived.
  for (const key of Object.keys(object)) {
    if (knownKeys.includes(key)) continue
    const near = suggest(key, knownKeys)
    if (near !== undefined && near !== 'id')
      throw new LineError(`unknown key "${key}"`, `did you mean "${near}"?`)
  }
  const options: DeriveOptions = {}
  for (const key of listKeys) {
    const value = object[key]
    if (value === undefined || value === null) continue
    const list: unknown[] = Array.isArray(value) ? value : [value]
    if (!list.every((item) => typeof item === 'string'))
      throw new LineError(`"${key}" is not a list of strings`)
    options[key] = list
  }
  const { order, simplify, maxNodes } = object
  if (order !== undefined && order !== null) {
    if (order !== 1 && order !== 2) throw new LineError('"order" is 1 or 2')
    options.order = order
  }
  if (simplify !== undefined && simplify !== null) {
    if (!isSimplification(simplify)) throw new LineError(`"simplify" is one of ${simplifications.join(', ')}`)
    options.simplify = simplify
  }
  if (maxNodes !== undefined && maxNodes !== null) {
    if (typeof maxNodes !== 'number' || !Number.isSafeInteger(maxNodes) || maxNodes < 1) {
      throw new LineError('"maxNodes" is not a whole number from 1 on')
    }
    options.maxNodes = maxNodes
  }
  if (detail !== undefined && !isDetail(detail))
    throw new LineError(`"detail" is one of ${details.join(', ')}`)
  return { expr, options, detail }
}

function isSimplification(value: unknown): value is Simplification {
  return simplifications.includes(value)
}

function isDetail(value: unknown): value is Detail {
  return details.includes(value)
}

function describe(error: unknown, { ReadError }: Library): object {
  if (error instanceof ReadError) {
    const { message, line, column, expected, hint } = error
    return { message, line, column, expected, hint: hint ?? null }
  }
  const hint = error instanceof LineError ? (error.hint ?? null) : null
  return { message: messageOf(error), line: null, column: null, expected: [], hint }
}
