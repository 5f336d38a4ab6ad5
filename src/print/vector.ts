import { elementwise, identity, inner, ones, outer, unit, vectorPrefix } from '../derivation/vector-form.ts'
import type { Expr } from '../term/expr.ts'
import { layOut } from './layout.ts'
import { fenced, leaf, mathmlNotation, operator, row } from './mathml.ts'
import { latexName, textName } from './names.ts'
import type { Notation } from './notation.ts'
import { level, type Part, part } from './precedence.ts'
import { notationOf } from './term.ts'

/** Formats in which vectors have a sign of their own; the plain notation goes by components. */
export type VectorFormat = 'latex' | 'text' | 'mathml'

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
  return layOut(form, vectorNotation(signs[format]), { taken }).text
}

/** The name of a parameter as a whole. */
export function boldName(name: string, format: VectorFormat): string | undefined {
  const bold = boldOf(`${vectorPrefix}${name}`, format)
  return bold === undefined ? undefined : signs[format].letter(bold)
}

/** How a format writes what only vectors have. */
interface VectorSigns {
  readonly format: VectorFormat
  readonly plain: Notation
  readonly ones: string
  readonly identity: string
  readonly unit: string
  /** A bold letter by itself, and with indices below. */
  readonly letter: (bold: string) => string
  readonly lower: (letter: string, indices: readonly Part[]) => string
  readonly transpose: (vector: string) => string
  readonly squaredNorm: (vector: string) => string
  readonly join: (...factors: readonly string[]) => string
  readonly times: string
}

const signs: Readonly<Record<VectorFormat, VectorSigns>> = {
  latex: {
    format: 'latex',
    plain: notationOf('latex'),
    ones: '\\mathbf{1}',
    identity: '\\mathbf{I}',
    unit: '\\mathbf{e}',
    letter: (bold) => bold,
    lower: (letter, indices) => `${letter}${lowered(indices)}`,
    // Behind an index the sign stands above it: `x_i^\\top`.
    transpose: (vector) => `${vector}^\\top`,
    squaredNorm: (vector) => `\\lVert ${vector} \\rVert^2`,
    join: (...factors) => factors.join(' '),
    times: '\\odot',
  },
  text: {
    format: 'text',
    plain: notationOf('text'),
    ones: '𝟏',
    identity: '𝐈',
    unit: '𝐞',
    letter: (bold) => bold,
    lower: (letter, indices) => `${letter}${lowered(indices)}`,
    transpose: (vector) => `${vector}ᵀ`,
    squaredNorm: (vector) => `‖${vector}‖²`,
    join: (...factors) => factors.join(' '),
    times: '⊙',
  },
  mathml: {
    format: 'mathml',
    plain: mathmlNotation,
    ones: leaf('mn', '𝟏'),
    identity: leaf('mi', '𝐈'),
    unit: leaf('mi', '𝐞'),
    letter: (bold) => leaf('mi', bold),
    lower: (letter, indices) =>
      indices.length === 0 ? letter : `<msub>${letter}${row(...between(indices, operator(',')))}</msub>`,
    transpose: (vector) => `<msup>${vector}${operator('⊤')}</msup>`,
    squaredNorm: (vector) => `<msup>${fenced('‖', vector, '‖')}${leaf('mn', '2')}</msup>`,
    join: (...factors) => row(...factors),
    times: operator('⊙'),
  },
}

function vectorNotation(sign: VectorSigns): Notation {
  const { plain } = sign
  const inBrackets = (arg: Part) => (arg.level < level.atom ? plain.parenthesize(arg) : arg)
  return {
    ...plain,
    symbol: (name, indices) => {
      if (name === ones) return part(sign.ones)
      if (name === identity) return part(sign.identity)
      if (name === unit) return part(sign.lower(sign.unit, indices))
      const bold = name.startsWith(vectorPrefix) ? boldOf(name, sign.format) : undefined
      if (bold === undefined) return plain.symbol(name, indices)
      return part(sign.lower(sign.letter(bold), indices))
    },
    apply: (name, orders, args) => {
      if (name === elementwise) {
        const factors = args.map((arg) => (arg.level <= level.product ? plain.parenthesize(arg) : arg).text)
        return product(
          sign.join(...factors.flatMap((factor, i) => (i === 0 ? [factor] : [sign.times, factor]))),
        )
      }
      const [left, right] = args as [Part, Part]
      if (name === inner) {
        if (left.text !== right.text) return product(sign.join(sign.transpose(left.text), right.text))
        return part(sign.squaredNorm(left.text), { level: level.power })
      }
      if (name !== outer) return plain.apply(name, orders, args)
      const [column, other] = [left, right].map(inBrackets) as [Part, Part]
      return product(sign.join(column.text, sign.transpose(other.text)))
    },
  }
}

function product(text: string): Part {
  return part(text, { level: level.product })
}

function lowered(indices: readonly Part[]): string {
  if (indices.length === 0) return ''
  const text = indices.map((index) => index.text).join(',')
  return text.length === 1 ? `_${text}` : `_{${text}}`
}

function between(parts: readonly Part[], separator: string): readonly string[] {
  return parts.flatMap(({ text }, i) => (i === 0 ? [text] : [separator, text]))
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
