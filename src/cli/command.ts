import { runBatch } from './batch.ts'
import { checkDerivation } from './check.ts'
import { deliver, orSay, readInput } from './delivery.ts'
import { BeyondLimit, exitCodes } from './exit-code.ts'
import { helpText } from './help.ts'
import type { Io } from './io.ts'
import type {
  Derived,
  DeriveOptions,
  Detail,
  Format,
  Library,
  PrintOptions,
  Simplification,
  Verification,
  VerifyOptions,
} from './library.ts'
import { tellNextStep } from './next-step.ts'
import { type Arguments, allowOnly, only, readArguments, readCount, UsageError } from './options.ts'
import { printRules } from './rule-table.ts'
import { fault, messageOf, note, warn } from './tell.ts'
import { tellVerification, withVerification } from './verification.ts'

export { exitCodes }

/** Runs the command `derive` on its arguments and answers its exit code; never throws. */
export async function runCommand(
  argv: readonly string[],
  io: Io,
  library: Library,
  version: string,
): Promise<number> {
  try {
    return await dispatch(readArguments(argv, library), io, library, version)
  } catch (error) {
    return await report(error, io, library)
  }
}

async function report(error: unknown, io: Io, library: Library): Promise<number> {
  if (error instanceof library.ReadError) {
    await io.stderr.write(`${error.report()}\n`)
    return exitCodes.badInput
  }
  if (error instanceof UsageError) {
    await fault(io, error.message, error.hint ?? 'derive --help shows how it is used')
    return exitCodes.badInput
  }
  if (error instanceof library.LimitError || error instanceof BeyondLimit || error instanceof RangeError) {
    await fault(io, messageOf(error))
    return exitCodes.beyondLimit
  }
  await fault(io, `this is a fault of gradus itself: ${error instanceof Error ? error.stack : String(error)}`)
  return exitCodes.fault
}

async function dispatch(args: Arguments, io: Io, library: Library, version: string): Promise<number> {
  if (args.switches.has('help')) {
    await io.stdout.write(helpText())
    return exitCodes.done
  }
  if (args.switches.has('version')) {
    await io.stdout.write(`${version}\n`)
    return exitCodes.done
  }
  const seconds = only(args, 'timeout')
  if (seconds !== undefined) return runWithin(seconds, args, io)
  const [word, ...rest] = args.words
  if (args.wordsBeforeEnd > 0) {
    if (word === 'rules') return showRules(args, rest, io, library)
    if (word === 'check') return checkDerivation(args, rest, io, library)
    if (word === 'linearity') return answerLinearity({ ...args, words: rest }, io, library)
    if (word === 'batch') return answerBatch(args, rest, io, library)
  }
  return deriveLoss(args, io, library)
}

async function runWithin(written: string, args: Arguments, io: Io): Promise<number> {
  const seconds = /^\d+(\.\d+)?$/.test(written) ? Number(written) : 0
  if (!(seconds > 0 && seconds < 1e6))
    throw new UsageError(`--timeout takes a number of seconds, not "${written}"`)
  const code = await io.runWithin(seconds, args.withoutTimeout)
  if (code === 'timeout') throw new BeyondLimit(`stopped after ${written} s, the limit given by --timeout`)
  return code
}

async function showRules(
  args: Arguments,
  rest: readonly string[],
  io: Io,
  library: Library,
): Promise<number> {
  if (rest.length > 1) throw new UsageError('derive rules takes one rule', 'derive rules lists them')
  allowOnly(args, 'derive rules', ['format', 'output'])
  const format = only(args, 'format') ?? 'text'
  if (format !== 'text' && format !== 'json') throw new UsageError('derive rules prints text or json')
  await deliver(printRules(library, rest[0], format), only(args, 'output'), io)
  return exitCodes.done
}

async function answerBatch(
  args: Arguments,
  rest: readonly string[],
  io: Io,
  library: Library,
): Promise<number> {
  if (rest.length > 0) throw new UsageError('derive batch reads its input from a pipe or from --file')
  allowOnly(args, 'derive batch', [...deriveFlags, 'detail', 'format', 'file', 'verify', 'seed', 'points'])
  if ((only(args, 'format') ?? 'json') !== 'json') throw new UsageError('derive batch prints json')
  const file = only(args, 'file')
  if (file === undefined && io.stdin.isTerminal) {
    throw new UsageError('derive batch has nothing to read', 'derive batch < losses.jsonl')
  }
  const input = file === undefined || file === '-' ? io.stdin.chunks() : io.readFile(file)
  await orSay(`cannot read ${file ?? 'the standard input'}`, () =>
    runBatch(library, input, io.stdout, {
      options: deriveOptions(args),
      detail: detailOf(args),
      verify: args.switches.has('verify') ? verifyOptions(args) : undefined,
    }),
  )
  return exitCodes.done
}

async function deriveLoss(args: Arguments, io: Io, library: Library): Promise<number> {
  if (args.values.has('loss')) throw new UsageError('--loss is for derive check')
  if (args.switches.has('next')) {
    return tellNextStep(await readExpression(args, io, library), deriveOptions(args), args, io, library)
  }
  if (args.values.has('after')) throw new UsageError('--after is for --next')
  const format = chooseFormat(args)
  const printing = printOptions(args, format)
  const options = deriveOptions(args)
  const text = await readExpression(args, io, library)
  const derived = library.derive(text, options)
  await note(io, derived.reading.sentence)
  for (const warning of derived.warnings) await warn(io, warning)
  const verified = args.switches.has('verify') ? library.verify(derived, verifyOptions(args)) : undefined
  const result = await render(library, derived, format, printing, verified)
  await deliver(
    result.endsWith('\n') ? result : `${result}\n`,
    await targetOf(args, io),
    io,
    args.switches.has('open'),
  )
  return verified === undefined ? exitCodes.done : tellVerification(verified, io)
}

/** `derive linearity EXPR`: exit code 1 where the gradient is not proved to be linear over the samples. */
async function answerLinearity(args: Arguments, io: Io, library: Library): Promise<number> {
  allowOnly(args, 'derive linearity', [...listFlags, 'max-nodes', 'format', 'file', 'output', 'open'])
  const format = chooseFormat(args)
  const report = library.linearity(await readExpression(args, io, library), deriveOptions(args))
  await note(io, report.sentence)
  for (const warning of report.warnings) await warn(io, warning)
  const result = format === 'html' ? await library.renderHtml(report, {}) : library.print(report, format)
  await deliver(
    result.endsWith('\n') ? result : `${result}\n`,
    await targetOf(args, io),
    io,
    args.switches.has('open'),
  )
  return report.verdict === 'none' || report.verdict === 'undecided' ? exitCodes.negative : exitCodes.done
}

async function render(
  library: Library,
  derived: Derived,
  format: Format,
  printing: PrintOptions,
  verified: Verification | undefined,
): Promise<string> {
  const { detail } = printing
  const shown = detail === undefined ? {} : { detail }
  if (format === 'html') return library.renderHtml(derived, shown)
  if (format !== 'json') return library.print(derived, format, printing)
  const json = library.toJson(derived, shown)
  return JSON.stringify(verified === undefined ? json : withVerification(json, verified), null, 2)
}

/** The expression from wherever it is given. */
async function readExpression(args: Arguments, io: Io, library: Library): Promise<string> {
  const { words } = args
  const file = only(args, 'file')
  if (file !== undefined) {
    if (words.length > 0) throw new UsageError('there is an expression and a --file: give one of them')
    return readInput(`cannot read ${file}`, file === '-' ? io.stdin.chunks() : io.readFile(file))
  }
  const [word] = words
  if (word === undefined) {
    if (io.stdin.isTerminal) throw new UsageError('there is no expression', 'derive "1/N*sum((y-m*x-b)^2)"')
    return readInput('cannot read the standard input', io.stdin.chunks())
  }
  if (words.length > 1) throw tooManyWords(words, library)
  if (word === '-' && args.wordsBeforeEnd > 0)
    return readInput('cannot read the standard input', io.stdin.chunks())
  const near = /^[A-Za-z]{4,}$/.test(word) ? library.suggest(word, commands) : undefined
  if (near !== undefined) await warn(io, `"${word}" is read as an expression; the command is derive ${near}`)
  return word
}

function tooManyWords(words: readonly string[], { suggest }: Library): UsageError {
  const [word] = words as [string]
  const near = suggest(word, commands)
  if (near !== undefined) return new UsageError(`unknown command "${word}"`, `did you mean derive ${near}?`)
  if (/^[A-Za-z]{2,}$/.test(word)) {
    return new UsageError(`too many arguments: "${word}" is no command, and an expression is one argument`)
  }
  return new UsageError(
    `an expression is one argument, here are ${words.length}`,
    `put quotes around it: derive "${words.join(' ')}"`,
  )
}

/** Words in front that are no expression. */
const commands = ['rules', 'batch', 'check', 'linearity'] as const

const listFlags = ['wrt', 'data', 'hyper', 'let', 'assume', 'range'] as const
const deriveFlags = [...listFlags, 'order', 'simplify', 'max-nodes'] as const

function deriveOptions(args: Arguments): DeriveOptions {
  const options: DeriveOptions = {}
  for (const flag of listFlags) {
    const given = args.values.get(flag)
    if (given !== undefined) options[flag] = given
  }
  const order = only(args, 'order')
  if (order !== undefined) options.order = order === '2' ? 2 : 1
  const simplify = only(args, 'simplify')
  if (isSimplification(simplify)) options.simplify = simplify
  const maxNodes = readCount(args, 'max-nodes')
  if (maxNodes !== undefined) options.maxNodes = maxNodes
  return options
}

function isSimplification(value: string | undefined): value is Simplification {
  return value === 'none' || value === 'paper' || value === 'full'
}

function printOptions(args: Arguments, format: Format): PrintOptions {
  const options: PrintOptions = {}
  const detail = detailOf(args)
  if (detail !== undefined) options.detail = detail
  const env = only(args, 'env')
  const labels = only(args, 'labels')
  if (env !== undefined && format !== 'latex' && format !== 'markdown') {
    throw new UsageError(`--env is for LaTeX and Markdown, not for ${format}`)
  }
  if (labels !== undefined && (format === 'json' || format === 'html')) {
    throw new UsageError(`--labels is not for ${format}`)
  }
  if (env !== undefined) options.env = env === 'aligned' ? 'aligned' : 'align*'
  if (labels !== undefined) options.labels = labels === 'none' ? 'none' : 'text'
  for (const flag of ['seed', 'points'] as const) {
    if (args.values.has(flag) && !args.switches.has('verify'))
      throw new UsageError(`--${flag} is for --verify`)
  }
  verifyOptions(args)
  return options
}

function detailOf(args: Arguments): Detail | undefined {
  const detail = only(args, 'detail')
  return detail === 'brief' || detail === 'paper' || detail === 'detailed' ? detail : undefined
}

function verifyOptions(args: Arguments): VerifyOptions {
  const seed = readCount(args, 'seed', 0)
  const points = readCount(args, 'points')
  return { ...(seed === undefined ? {} : { seed }), ...(points === undefined ? {} : { points }) }
}

const formatsByEnding: ReadonlyMap<string, Format> = new Map([
  ['tex', 'latex'],
  ['txt', 'text'],
  ['md', 'markdown'],
  ['mml', 'mathml'],
  ['json', 'json'],
  ['html', 'html'],
])

function chooseFormat(args: Arguments): Format {
  const asked = only(args, 'format')
  if (args.switches.has('open')) {
    if (asked !== undefined && asked !== 'html') throw new UsageError(`--open shows HTML, not ${asked}`)
    if (only(args, 'output') === '-') throw new UsageError('--open needs a file, and -o - is none')
    return 'html'
  }
  if (asked !== undefined) return [...formatsByEnding.values()].find((format) => format === asked) ?? 'ascii'
  const ending = only(args, 'output')?.match(/\.([a-z]+)$/)?.[1] ?? ''
  return formatsByEnding.get(ending) ?? 'latex'
}

async function targetOf(args: Arguments, io: Io): Promise<string | undefined> {
  const file = only(args, 'output')
  return file === undefined && args.switches.has('open') ? io.temporaryFile('derivation.html') : file
}
