import type { Row, WrittenDocument } from './document.ts'
import { takeBars } from './evaluation-bar.ts'
import { isLabel, plainLabel, splitRemark } from './label.ts'

/** One right-hand side of an equation, as it is written. */
export interface WrittenLine {
  /** Counted from 1 over the whole document. */
  readonly n: number
  readonly text: string
  readonly label: string
  readonly conditions: readonly string[]
}

/** `left = line = line = …` */
export interface WrittenEquation {
  /** What stands left of the first equality; empty where the text starts in the middle. */
  readonly left: string
  readonly lines: readonly WrittenLine[]
}

interface Piece {
  readonly text: string
  readonly label: string
  readonly conditions: readonly string[]
  /** Whether an equality stands in front of it. */
  readonly equal: boolean
  /** Words over the equality sign. */
  readonly over: string
}

/** The equations of a document, each with its lines. */
export function readEquations({ rows, latex }: WrittenDocument): readonly WrittenEquation[] {
  const reader = new EquationReader()
  let formula = rows[0]?.formula
  for (const row of rows) {
    const pieces = piecesOf(row, latex)
    if (row.formula !== formula) reader.separate()
    formula = row.formula
    for (const piece of pieces) reader.take(piece)
  }
  return reader.finish()
}

interface OpenLine {
  text: string
  label: string
  conditions: readonly string[]
}

class EquationReader {
  readonly #equations: { left: string; lines: OpenLine[] }[] = []
  /** A side that no equality follows yet. */
  #pending: Piece | undefined
  #separated = false

  separate(): void {
    this.#separated = true
  }

  take(piece: Piece): void {
    const current = this.#equations.at(-1)
    if (piece.equal) {
      if (this.#pending !== undefined) {
        this.#equations.push({ left: this.#pending.text, lines: [] })
        this.#pending = undefined
      } else if (current === undefined) this.#equations.push({ left: '', lines: [] })
      const label = [piece.over, piece.label].filter((text) => text !== '').join(', ')
      this.#equations.at(-1)!.lines.push({ text: piece.text, label, conditions: piece.conditions })
      this.#separated = false
      return
    }
    const line = this.#pending === undefined ? current?.lines.at(-1) : undefined
    if (line !== undefined && !this.#separated && continues(line.text, piece.text)) {
      line.text = `${line.text} ${piece.text}`
      line.label = [line.label, piece.label].filter((text) => text !== '').join(', ')
      line.conditions = [...line.conditions, ...piece.conditions]
      return
    }
    if (piece.text === '') {
      if (line !== undefined && piece.label !== '')
        line.label = [line.label, piece.label].filter((text) => text !== '').join(', ')
      return
    }
    if (this.#pending !== undefined && continues(this.#pending.text, piece.text)) {
      this.#pending = { ...this.#pending, text: `${this.#pending.text} ${piece.text}` }
      return
    }
    this.#flush()
    this.#pending = piece
  }

  finish(): readonly WrittenEquation[] {
    this.#flush()
    let n = 0
    return this.#equations.map(({ left, lines }) => {
      const side = takeBars(left)
      const numbered = lines.map((line) => ({
        n: ++n,
        ...line,
        conditions: [...line.conditions, ...side.points, ...takeBars(line.text).points],
      }))
      return { left: side.points.length > 0 ? bare(side.text) : left, lines: numbered }
    })
  }

  /** A term that nothing is said to equal is a line of its own, with nothing left of it. */
  #flush(): void {
    if (this.#pending === undefined) return
    const { text, label, conditions } = this.#pending
    this.#equations.push({ left: '', lines: [{ text, label, conditions }] })
    this.#pending = undefined
  }
}

/** A left side without the brackets that an evaluation bar leaves. */
function bare(left: string): string {
  return left.trim().replace(/^\((.*)\)$/s, '$1')
}

/** Whether a row without an equality goes on with the one before. */
function continues(before: string, text: string): boolean {
  if (/^(?:[+*/·×−-]|\\(?:cdot|times|pm|mp|left\)|right)\b)/.test(text)) return true
  return /(?:[+*/·×−(-]|\\cdot|\\times)$/.test(before)
}

/** The parts of a row between its equality signs, with what is said beside them. */
function piecesOf(row: Row, latex: boolean): readonly Piece[] {
  const cells = splitTop(row.text.replace(/\\intertext\s*\{(?:[^{}]|\{[^{}]*\})*\}/g, ' '), '&')
  let math = ''
  let label = ''
  for (const cell of cells) {
    if (isLabel(cell) && math.trim() !== '') label = `${label} ${plainLabel(cell)}`.trim()
    else math = `${math} ${cell}`
  }
  const remark = splitRemark(math.replace(/\\(?:displaystyle|textstyle|nonumber|notag)\b/g, ' '), latex)
  if (remark.label !== '') label = label === '' ? remark.label : `${remark.label}, ${label}`
  const sides = splitEqualities(remark.formula)
  return sides
    .map((side, i) => ({
      text: trimFormula(side.text),
      equal: side.equal,
      over: side.over,
      label: i === sides.length - 1 ? label : '',
      conditions: i === sides.length - 1 ? remark.conditions : [],
    }))
    .filter((piece, i) => i > 0 || piece.equal || piece.text !== '' || piece.label !== '')
}

function trimFormula(text: string): string {
  return text
    .replace(/^(?:\s|~|\\(?:quad|qquad)\b|\\[,;:!]|\{\})+/, '')
    .replace(
      /(?:\s|~|\\(?:quad|qquad|numberthis|qed|qedhere|hfill|blacksquare|square|checkmark)\b|\\[,;:!]|(?<!\\right|\\left)\.|,|;|\\$)+$/,
      '',
    )
}

interface Side {
  readonly text: string
  readonly equal: boolean
  readonly over: string
}

const stacked =
  /\\(?:overset|stackrel|underset)\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{?\s*=\s*\}?|\\xlongequal\s*\{((?:[^{}]|\{[^{}]*\})*)\}/y
const arrow =
  /\\(?:Rightarrow|implies|iff|Leftrightarrow|Longrightarrow|therefore|Longleftrightarrow)\b|[⇒⇔∴]/y

/**
 * The length of what separates two equations in one row, `p = u, \qquad q = v`; 0 where none begins here. A comma alone
 * separates them too where a derivative or a name follows.
 */
function gapBeforeEquation(text: string, at: number): number {
  if (!/[,;\\]/.test(text[at]!)) return 0
  const rest = text.slice(at)
  const wide =
    /^[,;]?\s*(?:\\(?:quad|qquad)\b|\\hspace\*?\{[^{}]*\}|\\text\s*\{\s*(?:and|,)\s*\}|~|\\[ ,;:])*/.exec(
      rest,
    )![0]
  const isWide = /quad|hspace|and/.test(wide)
  if (wide === '' || !(isWide || /^[,;]/.test(wide))) return 0
  const side = /^((?:[^=\\&{}]|\\[A-Za-z]+|\\[,;:! ]|\{(?:[^{}]|\{[^{}]*\})*\})*?)=/.exec(
    rest.slice(wide.length),
  )
  if (side === null || side[1]!.trim() === '' || /[<>!]$|\\text|\\le|\\ge|^\s*[+)\]]/.test(side[1]!)) return 0
  const isName =
    /^\s*\\?[A-Za-z]+(?:_(?:\{[^{}]*\}|\w))?\s*$|^\s*(?:\\[tdc]?frac\s*\{\s*(?:\\partial|d)|\\partial|\\nabla|∂|∇)/
  return isWide || isName.test(side[1]!) ? wide.length : 0
}

/** Splits at equality signs outside of all brackets; an arrow starts a new equation. */
function splitEqualities(text: string): readonly Side[] {
  const sides: Side[] = []
  let depth = 0
  let start = 0
  let equal = false
  let over = ''
  const cut = (at: number, length: number, next: boolean, words: string) => {
    const part = text.slice(start, at)
    if (part.trim() !== '' || equal) sides.push({ text: part, equal, over })
    start = at + length
    equal = next
    over = words
  }
  for (let at = 0; at < text.length; at++) {
    stacked.lastIndex = at
    arrow.lastIndex = at
    const sign = depth <= 0 && text[at] === '\\' ? stacked.exec(text) : null
    if (sign !== null) {
      cut(at, sign[0].length, true, plainLabel(sign[1] ?? sign[2] ?? ''))
      at += sign[0].length - 1
      continue
    }
    const points = depth <= 0 ? arrow.exec(text) : null
    if (points !== null) {
      cut(at, points[0].length, false, '')
      at += points[0].length - 1
      continue
    }
    const gap = depth <= 0 && equal ? gapBeforeEquation(text, at) : 0
    if (gap > 0) {
      cut(at, gap, false, '')
      at += gap - 1
      continue
    }
    if (text.startsWith('\\begin', at)) depth++
    else if (text.startsWith('\\end', at)) depth--
    if (text[at] === '\\') {
      const definition = /^\\(?:coloneqq|triangleq|equiv|doteq)\b/.exec(text.slice(at, at + 12))
      if (definition !== null && depth <= 0) {
        cut(at, definition[0].length, true, '')
        at += definition[0].length - 1
        continue
      }
      if (/^\\[{}]/.test(text.slice(at, at + 2))) depth += text[at + 1] === '{' ? 1 : -1
      at++
      continue
    }
    if (/[([{]/.test(text[at]!)) depth++
    else if (/[)\]}]/.test(text[at]!)) depth--
    else if (text[at] === '=' && depth <= 0 && !/[<>!:=]/.test(text[at - 1] ?? '') && text[at + 1] !== '=')
      cut(at, 1, true, '')
    else if (text.startsWith(':=', at) && depth <= 0) {
      cut(at, 2, true, '')
      at++
    } else if (text[at] === '≡' && depth <= 0) cut(at, 1, true, '')
  }
  const rest = text.slice(start)
  if (rest.trim() !== '' || (equal && sides.length === 0)) sides.push({ text: rest, equal, over })
  else if (equal) sides.push({ text: '', equal, over })
  return sides
}

/** The parts between a sign outside of braces and environments. */
function splitTop(text: string, sign: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('\\begin', at)) depth++
    else if (text.startsWith('\\end', at)) depth--
    if (text[at] === '\\') at++
    else if (text[at] === '{') depth++
    else if (text[at] === '}') depth--
    else if (text[at] === sign && depth <= 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
