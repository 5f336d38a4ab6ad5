/** Derivations with one small change in one line, as a person's slip would make it. */

export interface Mutant {
  /** Which right side was changed, counted from 0 in its environment. */
  readonly row: number
  readonly text: string
  readonly change: string
}

type Change = (line: string, random: () => number) => string | undefined

/** A change of one line's LaTeX: a sign, a factor, an index, an exponent or a bracket. */
const changes: readonly (readonly [name: string, change: Change])[] = [
  [
    'sign',
    (line, random) =>
      replaceOne(line, /(?<=[\w)}\]] )[+-](?= )/g, (sign) => (sign === '+' ? '-' : '+'), random),
  ],
  [
    'factor',
    (line, random) =>
      replaceOne(line, /(?<![\w^_{=.\\])[2-9](?![\w}.])/g, (digit) => String(Number(digit) + 1), random),
  ],
  [
    'numerator',
    (line, random) =>
      replaceOne(line, /(?<=\\frac\{)[1-9](?=\})/g, (digit) => String(2 * Number(digit)), random),
  ],
  [
    'index',
    (line, random) =>
      replaceOne(line, /(?<=[a-zA-Z]_)[ijk](?![a-zA-Z])/g, (letter) => (letter === 'i' ? 'j' : 'i'), random),
  ],
  [
    'exponent',
    (line, random) => replaceOne(line, /(?<=\^)[2-9](?!\d)/g, (digit) => String(Number(digit) + 1), random),
  ],
  ['bracket', removeBrackets],
]

function replaceOne(
  line: string,
  pattern: RegExp,
  change: (found: string) => string,
  random: () => number,
): string | undefined {
  const found = [...line.matchAll(pattern)]
  const one = found[Math.floor(random() * found.length)]
  if (one === undefined) return undefined
  return line.slice(0, one.index) + change(one[0]) + line.slice(one.index + one[0].length)
}

/** Takes the parentheses off a bracketed sum. */
function removeBrackets(line: string, random: () => number): string | undefined {
  const found = [...line.matchAll(/(?:\\left)?\(([^()]* [+-] [^()]*?)(?:\\right)?\)/g)]
  const one = found[Math.floor(random() * found.length)]
  if (one === undefined) return undefined
  return line.slice(0, one.index) + one[1] + line.slice(one.index + one[0].length)
}

/** A document of one `align*` with one row changed; nothing where the change drawn cannot be made there. */
export function mutate(document: string, random: () => number): Mutant | undefined {
  const begin = document.indexOf('\\begin{align*}')
  const end = document.indexOf('\\end{align*}')
  const rows = document.slice(begin, end).split(' \\\\\n')
  const row = Math.floor(random() * rows.length)
  const [name, change] = changes[Math.floor(random() * changes.length)]!
  const equality = rows[row]!.indexOf('&= ')
  const left = rows[row]!.slice(0, equality)
  const right = rows[row]!.slice(equality + 3)
  const beside = /(?: \\quad \\text\{for\b.*)?(?: && .*)?$/s.exec(right)![0]
  const formula = right.slice(0, right.length - beside.length)
  const changed = change(formula, random)
  if (changed === undefined || changed === formula) return undefined
  const mutated = rows.with(row, `${left}&= ${changed}${beside}`)
  return { row, text: `${mutated.join(' \\\\\n')}\n\\end{align*}`, change: name }
}
