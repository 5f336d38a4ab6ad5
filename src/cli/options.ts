import { parseArgs } from 'node:util'
import type { Library } from './library.ts'

/** An option of the command: reading the arguments and the help follow from the row. */
export interface OptionRow {
  readonly name: string
  readonly short?: string
  /** What stands for the value in the help; none for a switch. */
  readonly value?: string
  readonly choices?: readonly string[]
  /** A switch that may have one of these behind `=`: `--next=line`. */
  readonly variants?: readonly string[]
  /** May be given several times. */
  readonly many?: boolean
  /** A value may hold several, separated by commas. */
  readonly list?: boolean
  readonly help: string
}

export const optionRows = [
  { name: 'wrt', value: 'NAMES', many: true, list: true, help: 'differentiate by these: m,b' },
  { name: 'data', value: 'NAMES', many: true, list: true, help: 'the per-sample names: x,y' },
  { name: 'hyper', value: 'NAMES', many: true, list: true, help: 'hyperparameters, not differentiated by' },
  { name: 'let', value: 'EQUATION', many: true, help: 'a definition: "f(x) = m*x + b"; may be repeated' },
  {
    name: 'assume',
    value: 'FACT',
    many: true,
    help: 'a fact: "p > 0", "y in {0,1}", "sum(k, t_k) = 1"; may be repeated',
  },
  { name: 'loss', value: 'EXPR', help: 'what the lines to check differentiate' },
  { name: 'range', value: 'RANGE', many: true, list: true, help: 'the range of a free index: k=1..d' },
  { name: 'order', value: 'N', choices: ['1', '2'], help: '2 gives the Hessian too' },
  {
    name: 'simplify',
    value: 'HOW',
    choices: ['none', 'paper', 'full'],
    help: 'how far to tidy results; paper unless said otherwise',
  },
  {
    name: 'detail',
    value: 'HOW',
    choices: ['brief', 'paper', 'detailed'],
    help: 'how much to show; paper unless said otherwise',
  },
  {
    name: 'format',
    value: 'FORMAT',
    choices: ['latex', 'text', 'ascii', 'markdown', 'mathml', 'json', 'html'],
    help: 'latex unless said otherwise or told by the name of the file',
  },
  {
    name: 'env',
    value: 'NAME',
    choices: ['align*', 'aligned'],
    help: 'the LaTeX environment',
  },
  {
    name: 'labels',
    value: 'HOW',
    choices: ['text', 'none'],
    help: 'the names of the rules beside the lines',
  },
  {
    name: 'next',
    variants: ['rule', 'line'],
    help: 'only the rule of the next step; --next=line tells the line too',
  },
  { name: 'after', value: 'N', help: 'the next step behind line N of the derivation' },
  { name: 'verify', help: 'check every step with numbers at random points' },
  { name: 'points', value: 'N', help: 'how many points; 20 unless said otherwise' },
  { name: 'seed', value: 'N', help: 'the seed of those points' },
  { name: 'file', value: 'FILE', help: 'read the expression from a file' },
  { name: 'output', short: 'o', value: 'FILE', help: 'write to a file' },
  { name: 'open', help: 'write HTML and show it' },
  { name: 'max-nodes', value: 'N', help: 'stop with exit code 3 beyond so many distinct terms' },
  { name: 'timeout', value: 'SECONDS', help: 'stop with exit code 3 after so long' },
  { name: 'help', short: 'h', help: 'show this' },
  { name: 'version', help: 'show the version' },
] as const satisfies readonly OptionRow[]

export type OptionName = (typeof optionRows)[number]['name']

/** The command line, read and checked, before anything is done. */
export interface Arguments {
  readonly words: readonly string[]
  /** Words behind `--` are never a subcommand. */
  readonly wordsBeforeEnd: number
  readonly values: ReadonlyMap<OptionName, readonly string[]>
  readonly switches: ReadonlySet<OptionName>
  /** The same command line without `--timeout`. */
  readonly withoutTimeout: readonly string[]
}

/** The command was used in a way it cannot understand. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}

const rowsByFlag = new Map<string, OptionRow & { readonly name: OptionName }>(
  optionRows.flatMap((row) => {
    const long = [`--${row.name}`, row] as const
    return 'short' in row ? [long, [`-${row.short}`, row] as const] : [long]
  }),
)

/** Reads the command line; throws a UsageError where it makes no sense. */
export function readArguments(argv: readonly string[], { suggest }: Pick<Library, 'suggest'>): Arguments {
  const protectedArgv = protectExpressions(argv)
  const { tokens } = parseArgs({
    args: protectedArgv.map(({ text }) => text),
    options: Object.fromEntries(
      optionRows.map((row) => [
        row.name,
        { type: 'value' in row ? 'string' : 'boolean', ...('short' in row ? { short: row.short } : {}) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const words: string[] = []
  const values = new Map<OptionName, string[]>()
  const switches = new Set<OptionName>()
  const timeoutAt = new Set<number>()
  let wordsBeforeEnd: number | undefined
  for (const token of tokens) {
    if (token.kind === 'option-terminator') wordsBeforeEnd = words.length
    else if (token.kind === 'positional') words.push(protectedArgv[token.index]!.original)
    else {
      const row = rowsByFlag.get(token.rawName)
      if (row === undefined) throw unknownOption(token.rawName, protectedArgv[token.index]!.original, suggest)
      if (row.value === undefined) {
        if (token.value !== undefined) {
          if (row.variants === undefined) throw new UsageError(`${token.rawName} takes no value`)
          if (!row.variants.includes(token.value)) {
            throw new UsageError(
              `--${row.name} does not know "${token.value}"`,
              `it takes ${row.variants.join(', ')}`,
            )
          }
          values.set(row.name, [token.value])
        }
        switches.add(row.name)
        continue
      }
      const value = token.inlineValue ? token.value : optionValue(token, protectedArgv)
      if (value === undefined || value === '')
        throw new UsageError(`${token.rawName} needs a value: ${row.value}`)
      readValue(row, value, values, suggest)
      if (row.name === 'timeout') {
        timeoutAt.add(token.index)
        if (!token.inlineValue) timeoutAt.add(token.index + 1)
      }
    }
  }
  return {
    words,
    wordsBeforeEnd: wordsBeforeEnd ?? words.length,
    values,
    switches,
    withoutTimeout: argv.filter((_, i) => !timeoutAt.has(i)),
  }
}

/** The value as it was typed: `parseArgs` saw it in a form it cannot take for an option. */
function optionValue(
  token: { readonly index: number; readonly value?: string | undefined },
  argv: readonly { readonly original: string }[],
): string | undefined {
  return token.value === undefined ? undefined : argv[token.index + 1]?.original
}

/**
 * `-log(p)` is an expression although it starts as a cluster of short options would. What holds more than
 * letters cannot be an option of ours; a blank in front keeps `parseArgs` from taking it for one.
 */
function protectExpressions(argv: readonly string[]): { readonly text: string; readonly original: string }[] {
  const end = argv.indexOf('--')
  return argv.map((original, i) => {
    const expression = /^-[^-]/.test(original) && !/^-[A-Za-z]+$/.test(original)
    return { text: expression && (end < 0 || i < end) ? ` ${original}` : original, original }
  })
}

function unknownOption(flag: string, original: string, suggest: Library['suggest']): UsageError {
  const written = flag.startsWith('--') ? flag : original
  const near = suggest(
    written.replace(/^-+/, ''),
    optionRows.map((row) => row.name),
  )
  if (near !== undefined) return new UsageError(`unknown option ${written}`, `did you mean --${near}?`)
  return new UsageError(
    `unknown option ${written}`,
    `an expression that starts with - goes behind --: derive -- "${original}"`,
  )
}

function readValue(
  row: OptionRow & { readonly name: OptionName },
  value: string,
  values: Map<OptionName, string[]>,
  suggest: Library['suggest'],
) {
  if (row.choices !== undefined && !row.choices.includes(value)) {
    const near = suggest(value, row.choices)
    throw new UsageError(
      `--${row.name} does not know "${value}"`,
      near === undefined ? `it takes ${row.choices.join(', ')}` : `did you mean ${near}?`,
    )
  }
  const given = values.get(row.name)
  const added = row.list ? splitList(value) : [value]
  if (row.list && added.length === 0) throw new UsageError(`--${row.name} needs a value: ${row.value}`)
  if (given === undefined) values.set(row.name, added)
  else if (row.many) given.push(...added)
  else throw new UsageError(`--${row.name} is given twice`)
}

/** Splits at commas outside brackets: `m, W_{k,j}` is two names. */
export function splitList(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    const char = text[i]
    if (char === undefined || (char === ',' && depth <= 0)) {
      parts.push(text.slice(start, i).trim())
      start = i + 1
    } else if ('{[('.includes(char)) depth++
    else if ('}])'.includes(char)) depth--
  }
  return parts.filter((part) => part !== '')
}

/** The whole number an option was given, if it was given. */
export function readCount({ values }: Arguments, name: OptionName, least = 1): number | undefined {
  const written = values.get(name)?.[0]
  if (written === undefined) return undefined
  const count = /^\d{1,15}$/.test(written) ? Number(written) : Number.NaN
  if (!(count >= least))
    throw new UsageError(`--${name} takes a whole number from ${least} on, not "${written}"`)
  return count
}

/** The value of an option that is given at most once. */
export function only({ values }: Arguments, name: OptionName): string | undefined {
  return values.get(name)?.[0]
}

/** Refuses the options that a command does not have. */
export function allowOnly(args: Arguments, command: string, flags: readonly OptionName[]) {
  for (const flag of [...args.values.keys(), ...args.switches]) {
    if (!flags.includes(flag)) throw new UsageError(`${command} takes no --${flag}`)
  }
}
