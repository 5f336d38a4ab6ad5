import { closingBrace } from './ornament.ts'

/** A line or a left side that is taken at a point: `\left.\frac{dJ}{dw}\right|_{w=0}`, `2wx \Big|_{w=0}`. */
export interface Evaluated {
  /** The text with the bar blanked out, letter for letter. */
  readonly text: string
  /** What stands under the bar: `w=0`. */
  readonly points: readonly string[]
}

const bar = /\\(?:right|[bB]igg?[rm]?)\s*(?:\||\\vert|\\rvert|\\mid)\s*_\s*\{/g

/** Takes the evaluation bars off a text. */
export function takeBars(text: string): Evaluated {
  if (!text.includes('_')) return { text, points: [] }
  const points: string[] = []
  let result = text
  for (const { index, 0: found } of text.matchAll(bar)) {
    const open = index + found.length - 1
    const close = closingBrace(text, open)
    const point = text.slice(open + 1, close)
    if (!/^[^<>=]+=[^<>=]+$/.test(point)) continue
    points.push(...point.split(/,(?![^{]*\})/).map((part) => part.trim()))
    const isPaired = found.startsWith('\\right')
    const start = isPaired ? result.slice(0, index).lastIndexOf('\\left.') : -1
    if (isPaired && start < 0) continue
    result = put(result, index, close + 1, isPaired ? ')' : '')
    if (isPaired) result = put(result, start, start + '\\left.'.length, '(')
  }
  return { text: result, points }
}

/** A span replaced by a sign and blanks. */
function put(text: string, from: number, to: number, sign: string): string {
  return text.slice(0, from) + sign.padEnd(to - from) + text.slice(to)
}
