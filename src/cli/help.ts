import { type OptionRow, optionRows } from './options.ts'

const examples = [
  ['derive "1/N*sum((y-m*x-b)^2)"', 'every partial derivative, as LaTeX'],
  ['derive "1/N*sum((y-f(x))^2)" --let "f(x) = m*x + b"', 'with a definition'],
  ['derive "sum(exp(theta*x) - y*theta*x)" --format text', 'for the terminal'],
  ['derive "\\frac1N \\sum_i (y_i - w x_i)^2" --wrt w --open', 'LaTeX in, HTML out'],
  ['derive --file loss.txt --detail detailed -o loss.md', 'every small step, as Markdown'],
  [
    'derive "1/N*sum((y-sum(j=1..d, w_j*x_j))^2)" --order 2 --verify',
    'the Hessian too, checked with numbers',
  ],
  ['derive "log(p) + log(1-p)" --assume "0 < p < 1"', 'with a fact, so that no condition is left'],
  ['derive "1/N*sum((y-m*x-b)^2)" --next', 'only a hint: the rule of the next step'],
  ['derive linearity "1/N*sum((y-m*x-b)^2)"', 'is averaging exact?'],
  ['derive check homework.tex --loss "(y - w*x)^2"', 'where is the error?'],
  ['derive rules chain', 'what the chain rule says here'],
] as const

const usage = [
  ['derive EXPR', 'derive an expression'],
  ['derive -', 'read it from the standard input, as when it is a pipe'],
  ['derive --file FILE', 'read it from a file'],
  ['derive linearity EXPR', 'is the gradient of a batch the average of the per-sample gradients?'],
  ['derive check FILE', 'judge a derivation that a person wrote, line by line'],
  ['derive batch', 'JSON Lines in, JSON Lines out: {"id": 1, "expr": "x^2", "wrt": ["x"]}'],
  ['derive rules [ID]', 'the table of rules, or one rule'],
] as const

/** What `--help` prints. */
export function helpText(): string {
  const options: readonly OptionRow[] = optionRows
  return [
    'Examples',
    columns(examples),
    '',
    'Usage',
    columns(usage),
    '',
    'Options',
    columns(options.map((row) => [flagOf(row), helpOf(row)])),
    '',
    'The result goes to the standard output, how the loss was read to the standard error.',
    'An expression that starts with - may need -- in front: derive -- -x',
    'Exit codes: 0 done, 1 a negative verdict (check, linearity, --verify), 2 bad usage or input, 3 beyond a limit.',
    '',
  ].join('\n')
}

function flagOf({ name, short, value, variants }: OptionRow): string {
  if (variants !== undefined) return `--${name}[=${variants.join('|')}]`
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`
}

function helpOf({ help, choices }: OptionRow): string {
  return choices === undefined ? help : `${choices.join(', ')}: ${help}`
}

/** Rows of cells, each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[], indent = '  '): string {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, [...cell].length)
    })
  }
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat(widths[i]! - [...cell].length))
      .join('  ')
      .trimEnd(),
  )
  return lines.map((line) => indent + line).join('\n')
}
