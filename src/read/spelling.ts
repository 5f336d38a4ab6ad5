import { functions } from '../functions/index.ts'
import { accents, letters } from '../term/symbol-name.ts'

/** How letters and functions are spelt; made from their tables, so a new row is read without a change here. */
const variants: ReadonlyMap<string, string> = new Map([
  ['\\vartheta', 'theta'],
  ['\\varrho', 'rho'],
  ['\\varsigma', 'sigma'],
  ['\\varpi', 'pi'],
  ['\\varkappa', 'kappa'],
  ['ϵ', 'epsilon'],
  ['ϑ', 'theta'],
  ['ϕ', 'phi'],
  ['µ', 'mu'],
  ['ς', 'sigma'],
])

/** LaTeX command or Unicode letter → the name in plain letters. */
export const letterNames: ReadonlyMap<string, string> = new Map([
  ...letters.flatMap(({ name, latex, text }): [string, string][] => [
    [`\\${name}`, name],
    [latex, name],
    [text, name],
  ]),
  ...variants,
])

export const letterWords: ReadonlySet<string> = new Set(letters.map(({ name }) => name))

/** LaTeX command or combining mark → what it adds to a name. */
export const accentNames: ReadonlyMap<string, string> = new Map([
  ...accents.flatMap(({ name, latex, text }): [string, string][] => [
    [latex, name],
    [text, name],
  ]),
  ['\\widehat', 'hat'],
  ['\\widetilde', 'tilde'],
  ['\\overline', 'bar'],
])

/** Commands that change only how their argument looks. */
export const styleCommands: ReadonlySet<string> = new Set(
  [
    'mathbf',
    'boldsymbol',
    'bm',
    'mathcal',
    'mathit',
    'mathsf',
    'mathrm',
    'mathbb',
    'pmb',
    'bf',
    'mathfrak',
  ].map((name) => `\\${name}`),
)

/** Commands that set a name as vectors are. */
export const boldCommands: ReadonlySet<string> = new Set(
  ['mathbf', 'boldsymbol', 'bm', 'pmb', 'bf', 'vec'].map((name) => `\\${name}`),
)

/** `yhat`, `thetabar`: a letter and its accents. */
export function isAccented(word: string): boolean {
  for (const { name } of accents) {
    if (!word.endsWith(name)) continue
    const base = word.slice(0, -name.length)
    if (base.length === 1 || letterWords.has(base) || isAccented(base)) return true
  }
  return false
}

/** `ŷ` → `yhat`, `θ` → `theta`; a letter that has no plain name stays. */
export function letterName(written: string): string {
  const digits = /[0-9]*$/.exec(written)![0]
  let name = ''
  for (const character of written.slice(0, written.length - digits.length).normalize('NFD')) {
    const part = letterNames.get(character) ?? accentNames.get(character)
    if (part !== undefined) name += part
    else if (/^[A-Za-z0-9]$/.test(character)) name += character
    else return written.normalize('NFC')
  }
  return name + digits
}

interface Spellings {
  /** Name or alias in plain letters → function. */
  readonly words: ReadonlyMap<string, string>
  /** LaTeX command → function, where the command is no letter. */
  readonly commands: ReadonlyMap<string, string>
  /** Letter that is a function's sign in formulas, such as sigma or Gamma → function. */
  readonly letters: ReadonlyMap<string, string>
  /** Function whose plain name is a letter's, such as gamma; `\gamma` is not that function. */
  readonly letterWords: ReadonlyMap<string, string>
  /** Words that are functions only in front of a bracket, such as logit. */
  readonly bracketed: ReadonlySet<string>
  /** Command with its subscript, such as `\log 2` for `\log_2` → function. */
  readonly subscripts: ReadonlyMap<string, string>
}

let made: Spellings | undefined

/** How the functions of the table may be written. Made on first use. */
/** Whether a word, command or letter is one of a function of the table: `sin`, `\\sin`, `\\sigma`. */
export function isFunction(spelling: string): boolean {
  const { words, commands, letters } = functionSpellings()
  return words.has(spelling) || commands.has(spelling) || letters.has(letterNames.get(spelling) ?? spelling)
}

export function functionSpellings(): Spellings {
  if (made !== undefined) return made
  const words = new Map<string, string>()
  const commands = new Map<string, string>()
  const signs = new Map<string, string>()
  const wordSigns = new Map<string, string>()
  const subscripts = new Map<string, string>()
  const bracketedNames = new Set<string>()
  for (const { name, aliases, latex, text, overload, bracketed } of functions.values()) {
    if (overload !== undefined) continue
    if (bracketed === true) bracketedNames.add(name)
    const [, command, subscript] = /^(\\[A-Za-z]+)_\{?(\w+)\}?$/.exec(latex) ?? []
    if (command !== undefined) subscripts.set(`${command} ${subscript}`, name)
    for (const word of [name, ...(aliases ?? [])]) {
      const letter = letterNames.get(word)
      if (letterWords.has(word)) wordSigns.set(word, name)
      else if (letter !== undefined) signs.set(letter, name)
      else words.set(word, name)
    }
    const operator = /^\\(?:operatorname|mathrm|text)\*?\{(\w+)\}$/.exec(latex)?.[1]
    if (operator !== undefined) words.set(operator, name)
    for (const sign of [latex, text]) {
      const letter = sign === undefined ? undefined : letterNames.get(sign)
      if (letter !== undefined) signs.set(letter, name)
      else if (sign === latex && /^\\[A-Za-z]+$/.test(latex)) commands.set(latex, name)
    }
  }
  for (const [word, name] of words) {
    const command = `\\${word}`
    if (/^[A-Za-z]+$/.test(word) && !letterNames.has(command)) commands.set(command, name)
  }
  const bracketed = new Set([...words].flatMap(([word, name]) => (bracketedNames.has(name) ? [word] : [])))
  made = { words, commands, letters: signs, letterWords: wordSigns, bracketed, subscripts }
  return made
}
