import { accents, type Letter, letters } from '../term/symbol-name.ts'

/** A name taken apart for typesetting: `theta_0` has a subscript, `w^{(2)}` a label. */
export interface WrittenName {
  readonly base: string
  readonly subscript: string | undefined
  readonly label: string | undefined
}

const byName: ReadonlyMap<string, Letter> = new Map(letters.map((letter) => [letter.name, letter]))
const byText: ReadonlyMap<string, Letter> = new Map(letters.map((letter) => [letter.text, letter]))
const shape = /^(?<base>[^_^{}\s]+)(?:_(?<subscript>[A-Za-z0-9]+))?(?:\^\{(?<label>[\w()[\]+\-*]+)\})?$/

/** The name in LaTeX math mode; whatever the name is, the result is valid and shows all of it. */
export function latexName(name: string): WrittenName {
  return writeName(name, latexBase)
}

/** The name in Unicode: Greek letters, accents, otherwise as it is. */
export function textName(name: string): WrittenName {
  return writeName(name, textBase)
}

function writeName(name: string, write: (base: string) => string): WrittenName {
  const groups = shape.exec(name)?.groups
  if (groups?.base === undefined) return { base: write(name), subscript: undefined, label: undefined }
  const { base, subscript, label } = groups
  return {
    base: write(base),
    subscript: subscript === undefined ? undefined : /^\d+$/.test(subscript) ? subscript : write(subscript),
    label,
  }
}

function latexBase(base: string): string {
  if (/^[A-Za-z]$/.test(base)) return base
  if (base === '∇') return '\\nabla'
  const letter = byName.get(base) ?? byText.get(base)
  if (letter !== undefined) return letter.latex
  for (const accent of accents) {
    const bare = accentedLetter(base, accent)
    if (bare !== undefined) return `${accent.latex}{${latexBase(bare)}}`
  }
  return `\\mathrm{${Array.from(base, latexCharacter).join('')}}`
}

function textBase(base: string): string {
  const letter = byName.get(base)
  if (letter !== undefined) return letter.text
  for (const accent of accents) {
    const bare = accentedLetter(base, accent)
    if (bare !== undefined) return `${textBase(bare)}${accent.text}`.normalize('NFC')
  }
  return base
}

/** The `y` of `yhat`: only one letter, Latin or Greek, carries an accent, for `robar` is a word. */
function accentedLetter(base: string, accent: Letter): string | undefined {
  if (!base.endsWith(accent.name)) return undefined
  const bare = base.slice(0, -accent.name.length)
  return /^[A-Za-z]$/.test(bare) || byName.has(bare) ? bare : undefined
}

/** A character inside `\mathrm{…}`. KaTeX refuses characters it has no glyph for; those show their code. */
function latexCharacter(character: string): string {
  if (/^[A-Za-z0-9.,:;!?'()*+/<=>@|[\]-]$/.test(character)) return character
  if (/^[_{}#$%&]$/.test(character)) return `\\${character}`
  if (character === '\\') return '\\backslash{}'
  const letter = byText.get(character)
  if (letter !== undefined) return `${letter.latex}{}`
  if (/^\p{Script=Latin}$/u.test(character) && character <= '\u00ff') return `\\text{${character}}`
  return `\\text{U+${character.codePointAt(0)!.toString(16).toUpperCase()}}`
}

/** Text inside `\text{…}`, such as the label of a step; shows every character, runs no command. */
export function escapeLatexText(text: string): string {
  // Most labels are plain words, and there is a label on every line.
  if (/^[\w .,()+-]*$/.test(text) && !text.includes('_')) return text
  return Array.from(text, (character) => {
    if (/^[_{}#$%&]$/.test(character)) return `\\${character}`
    if (character === '\\') return '\\textbackslash{}'
    if (character === '^') return '\\textasciicircum{}'
    if (character === '~') return '\\textasciitilde{}'
    const symbol = textSymbols.get(character)
    if (symbol !== undefined) return `$${symbol}$`
    if (character <= '~') return character
    const letter = byText.get(character)
    if (letter !== undefined) return `$${letter.latex}$`
    if (/^[\p{Script=Latin}‘’“”–—]$/u.test(character)) return character
    return `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`
  }).join('')
}

const textSymbols: ReadonlyMap<string, string> = new Map([
  ['≤', '\\le'],
  ['≥', '\\ge'],
  ['≠', '\\ne'],
  ['−', '-'],
  ['·', '\\cdot'],
  ['∞', '\\infty'],
  ['∂', '\\partial'],
  ['∇', '\\nabla'],
  ['Σ', '\\textstyle\\sum'],
  ['√', '\\surd'],
  ['²', '^2'],
  ['ŷ', '\\hat{y}'],
  ['→', '\\to'],
  ['…', '\\dots'],
])
