import { deliver, readInput } from './delivery.ts'
import { exitCodes } from './exit-code.ts'
import type { Io } from './io.ts'
import type { CheckFormat, CheckOptions, Library } from './library.ts'
import { type Arguments, allowOnly, only, readCount, UsageError } from './options.ts'

/** `derive check FILE`: judges a derivation line by line; exit code 1 where a line is wrong. */
export async function checkDerivation(
  args: Arguments,
  rest: readonly string[],
  io: Io,
  library: Library,
): Promise<number> {
  allowOnly(args, 'derive check', [...listFlags, 'loss', 'seed', 'format', 'file', 'output'])
  const format = formatOf(args)
  const text = await readDocument(args, rest, io)
  const report = library.check(text, optionsOf(args))
  const file = only(args, 'output')
  const color = format === 'text' && file === undefined && io.stdout.isTerminal && !io.env.NO_COLOR
  const result =
    format === 'html' ? await library.renderCheckHtml(report) : library.printCheck(report, format, { color })
  await deliver(result.endsWith('\n') ? result : `${result}\n`, file, io)
  const wrong = report.lines.some(({ verdict }) => verdict === 'invalid' || verdict === 'unreadable')
  return wrong ? exitCodes.negative : exitCodes.done
}

const listFlags = ['wrt', 'data', 'hyper', 'let', 'assume', 'range'] as const

function optionsOf(args: Arguments): CheckOptions {
  const options: CheckOptions = {}
  for (const flag of listFlags) {
    const given = args.values.get(flag)
    if (given !== undefined) options[flag] = given
  }
  const loss = only(args, 'loss')
  if (loss !== undefined) options.loss = loss
  const seed = readCount(args, 'seed', 0)
  if (seed !== undefined) options.seed = seed
  return options
}

const formatsByEnding: ReadonlyMap<string, CheckFormat | 'html'> = new Map([
  ['txt', 'text'],
  ['json', 'json'],
  ['tex', 'latex'],
  ['md', 'markdown'],
  ['html', 'html'],
])

function formatOf(args: Arguments): CheckFormat | 'html' {
  const asked = only(args, 'format')
  if (asked === undefined) {
    const ending = only(args, 'output')?.match(/\.([a-z]+)$/)?.[1] ?? ''
    return formatsByEnding.get(ending) ?? 'text'
  }
  const known = [...formatsByEnding.values()].find((format) => format === asked)
  if (known === undefined) throw new UsageError(`derive check prints no ${asked}`)
  return known
}

async function readDocument(args: Arguments, rest: readonly string[], io: Io): Promise<string> {
  const flag = only(args, 'file')
  const files = flag === undefined ? rest : [flag, ...rest]
  if (files.length > 1) throw new UsageError('derive check reads one file', 'derive check derivation.tex')
  const [file] = files
  if (file === undefined && io.stdin.isTerminal) {
    throw new UsageError('there is nothing to check', 'derive check derivation.tex')
  }
  if (file === undefined || file === '-')
    return readInput('cannot read the standard input', io.stdin.chunks())
  return readInput(`cannot read ${file}`, io.readFile(file))
}
