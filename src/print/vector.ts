import { identity, inner, ones, outer, unit, vectorPrefix } from '../derivation/vector-form.ts'
import type { Expr } from '../term/expr.ts'
import { layOut } from './layout.ts'
import { latexName, textName } from './names.ts'
import type { Notation } from './notation.ts'
import { level, type Part, part } from './precedence.ts'
import { notationOf } from './term.ts'

/** Formats in which vectors have a sign of their own; the plain notation goes by components. */
export type VectorFormat = 'latex' | 'text'

/** A vector form in bold letters; nothing where a name has none. */
export function printVectorForm(
  form: Expr,
  format: VectorFormat,
  taken: ReadonlySet<string>,
): string | undefined {
  if (
    ![...form.names].every((name) => !name.startsWith(vectorPrefix) || boldOf(name, format) !== undefined)
  ) {
    return undefined
  }
  return layOut(form, vectorNotation(format), { taken }).text
}

/** The name of a parameter as a whole. */
export function boldName(name: string, format: VectorFormat): string | undefined {
  return boldOf(`${vectorPrefix}${name}`, format)
}

function vectorNotation(format: VectorFormat): Notation {
  const plain = notationOf(format)
  const transposed = format === 'latex' ? '^\\top' : 'ᵀ'
  const sign = (latex: string, text: string) => (format === 'latex' ? latex : text)
  return {
    ...plain,
    symbol: (name, indices) => {
      if (name === ones) return part(sign('\\mathbf{1}', '𝟏'))
      if (name === identity) return part(sign('\\mathbf{I}', '𝐈'))
      if (name === unit) return part(`${sign('\\mathbf{e}', '𝐞')}${lowered(indices)}`)
      const bold = name.startsWith(vectorPrefix) ? boldOf(name, format) : undefined
      return bold === undefined ? plain.symbol(name, indices) : part(`${bold}${lowered(indices)}`)
    },
    apply: (name, orders, args) => {
      const [left, right] = args as [Part, Part]
      if (name === inner) {
        if (left.text !== right.text) return product(`${raised(left, transposed)} ${right.text}`)
        return format === 'latex'
          ? part(`\\lVert ${left.text} \\rVert^2`, { level: level.power })
          : part(`‖${left.text}‖²`, { level: level.power })
      }
      if (name !== outer) return plain.apply(name, orders, args)
      const [column, row] = args.map((arg) => (arg.level < level.atom ? plain.parenthesize(arg) : arg)) as [
        Part,
        Part,
      ]
      return product(`${column.text} ${raised(row, transposed)}`)
    },
  }
}

function product(text: string): Part {
  return part(text, { level: level.product })
}

/** Behind an index the sign stands above it: `x_i^\top`. */
function raised({ text }: Part, sign: string): string {
  return `${text}${sign}`
}

function lowered(indices: readonly Part[]): string {
  if (indices.length === 0) return ''
  const text = indices.map((index) => index.text).join(',')
  return text.length === 1 ? `_${text}` : `_{${text}}`
}

/** Only a letter has a bold form, with an accent in LaTeX. */
function boldOf(marked: string, format: VectorFormat): string | undefined {
  const name = marked.slice(vectorPrefix.length)
  if (format === 'latex') {
    const { base, subscript, label } = latexName(name)
    if (subscript !== undefined || label !== undefined) return undefined
    if (/^[A-Za-z]$/.test(base)) return `\\mathbf{${base}}`
    return /^\\[A-Za-z]+(\{[A-Za-z]\}|\{\\[a-z]+\})?$/.test(base) ? `\\boldsymbol{${base}}` : undefined
  }
  const { base, subscript, label } = textName(name)
  if (subscript !== undefined || label !== undefined) return undefined
  const [letter, ...accents] = [...base.normalize('NFD')]
  const bold = boldLetter(letter ?? '')
  return bold === undefined || accents.some((accent) => !/\p{M}/u.test(accent))
    ? undefined
    : bold + accents.join('')
}

/** Where the bold letters of mathematics start in Unicode. */
const boldAlphabets = [
  { from: 'A', to: 'Z', at: 0x1d400 },
  { from: 'a', to: 'z', at: 0x1d41a },
  { from: 'Α', to: 'Ω', at: 0x1d6a8 },
  { from: 'α', to: 'ω', at: 0x1d6c2 },
] as const

function boldLetter(letter: string): string | undefined {
  const alphabet = boldAlphabets.find(({ from, to }) => letter >= from && letter <= to)
  if (alphabet === undefined) return undefined
  return String.fromCodePoint(alphabet.at + letter.codePointAt(0)! - alphabet.from.codePointAt(0)!)
}
