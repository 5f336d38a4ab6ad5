import { ReadError, type ReadOptions, SharedReading } from '../../read/index.ts'
import type { WrittenDocument } from './document.ts'
import type { WrittenEquation } from './equation.ts'
import { headName, type LeftSide } from './left-side.ts'
import { readableText } from './readable-text.ts'

/** What is known before the definitions are collected. */
export interface Known {
  readonly settings: ReadOptions
  readonly loss: string | undefined
  /** Whether a left side names the loss. */
  readonly isLoss: (left: LeftSide) => boolean
}

/**
 * The definitions that are given, and those that the document makes: `p_j = …` on a line of its own, `where $a = w x$` in
 * the words between, and the loss itself where lines speak of it by name. Each stands behind those that it uses. What
 * cannot be read as a definition is none, unless it was given.
 */
export function definitionsOf(
  equations: readonly WrittenEquation[],
  lefts: readonly LeftSide[],
  given: readonly string[],
  document: WrittenDocument,
  known: Known,
): readonly string[] {
  const { latex } = document
  const own = new Definitions(given, latex)
  const texts = equations.flatMap(({ left, lines }) => [left, ...lines.map(({ text }) => text)])
  for (const [i, left] of lefts.entries()) {
    const right = equations[i]!.lines[0]?.text
    if (left.kind !== 'term' || right === undefined || known.isLoss(left)) continue
    if (isDefinable(left.text) && !isDifferentiatedBy(left.text, known)) own.add(left.text, right)
  }
  const said = [
    ...document.prose.flatMap(definitionsInProse),
    ...equations.flatMap(({ lines }) => lines.flatMap(({ label }) => definitionsInLabel(label))),
  ]
  const users = [...texts, ...said.map(([, right]) => right)]
  for (const [left, right] of said) {
    const isUsed = users.some((text) => text !== right && mentions(text, headName(left)))
    if (isDefinable(left) && isUsed && !isDifferentiatedBy(left, known)) own.add(left, right)
  }
  for (const [head, right] of namedLoss(equations, lefts, known)) own.add(head, right)
  return own.inOrder().filter((entry, i, all) => {
    if (given.some((text) => entry.startsWith(text))) return true
    return canBeRead([...all.slice(0, i), entry], known.settings, latex)
  })
}

interface Entry {
  readonly name: string
  readonly text: string
  readonly right: string
}

/** Definitions by the names they define; the first of a name counts. */
class Definitions {
  readonly #entries: Entry[] = []
  readonly #latex: boolean

  constructor(given: readonly string[], latex: boolean) {
    this.#latex = latex
    for (const text of given) {
      const [left = '', ...right] = text.replace(/^\s*let\s+/, '').split('=')
      this.#put(headName(left), text, right.join('='))
    }
  }

  add(left: string, right: string): void {
    const name = headName(left)
    if (name !== '' && !this.#entries.some((entry) => entry.name === name))
      this.#put(name, `${left} = ${readableText(right)}`, right)
  }

  #put(name: string, text: string, right: string): void {
    // A thin space makes a text LaTeX that has no command in it: wx is a product there.
    const isLatex = this.#latex && !text.includes('\\') && !isPlain(text)
    this.#entries.push({ name, text: isLatex ? `${text}\\,` : text, right })
  }

  /** Each behind those that it uses; in a circle as they were written. */
  inOrder(): readonly string[] {
    const placed: Entry[] = []
    const rest = [...this.#entries]
    while (rest.length > 0) {
      const isFree = (entry: Entry) =>
        rest.every((other) => other === entry || other.name === '' || !mentions(entry.right, other.name))
      const next = rest.findIndex(isFree)
      placed.push(...rest.splice(Math.max(0, next), 1))
    }
    return placed.map(({ text }) => text)
  }
}

/** Whether a text without commands is in the plain notation: a `*`, a function called by its name. */
function isPlain(text: string): boolean {
  return /\*|\b[a-z]{2,}\(|^\s*(?:let\s+)?[A-Za-z]{2,}/.test(text)
}

/** Whether the text of a loss or a definition is to be read as LaTeX in a LaTeX document. */
export function isLatexText(text: string, latex: boolean): boolean {
  return text.includes('\\') || (latex && !isPlain(text))
}

/** A name, with indices or arguments. */
function isDefinable(left: string): boolean {
  return (
    headName(left) !== '' &&
    /^(?:\\(?:hat|bar|tilde|mathbf|boldsymbol|bm|mathrm|text|operatorname)\s*\{?\s*\\?[A-Za-z]+\s*\}?|\\?[A-Za-z]+)(?:hat|bar)?(?:_(?:\w|\\[A-Za-z]+|\{[^{}]*\}))?(?:\([^()]*\))?$/.test(
      left.trim(),
    )
  )
}

/** `\hat w = …` and `\mu_{ML} = …` solve an equation for what is differentiated by; they define nothing that is used. */
function isDifferentiatedBy(left: string, { settings }: Known): boolean {
  const name = headName(left).replace(/(?:hat|bar|tilde)$/, '')
  return (settings.wrt ?? []).some((variable) => headName(variable) === name) && !/^\\?[A-Za-z]+$/.test(left)
}

/** The loss under its own name, where a line differentiates it or applies it: `\partial L/\partial z`, `g(z)(1-g(z))`. */
function namedLoss(
  equations: readonly WrittenEquation[],
  lefts: readonly LeftSide[],
  { loss, isLoss }: Known,
): readonly (readonly [head: string, right: string])[] {
  if (loss === undefined) return []
  const heads = new Set(
    lefts.flatMap((left) =>
      left.kind !== 'term' ? [left.of] : isLoss(left) && left.text !== '' ? [left.text] : [],
    ),
  )
  return [...heads].flatMap((head) => {
    const name = headName(head)
    if (name === '') return []
    const bare = head.replace(/\(.*\)$/s, '').trim()
    const isApplied =
      head !== bare && equations.some(({ lines }) => lines.some(({ text }) => applies(text, bare)))
    if (isApplied && /^[^()]*\(\s*\\?[A-Za-z]+(?:\s*,\s*\\?[A-Za-z]+)*\s*\)$/.test(head))
      return [[head, loss] as const]
    return equations.some(({ lines }) => lines.some(({ text }) => differentiates(text, bare)))
      ? [[bare, loss] as const]
      : []
  })
}

function differentiates(text: string, name: string): boolean {
  return new RegExp(`(?:\\\\partial|∂|\\bd|\\{d)\\s*${escaped(name)}(?![A-Za-z])`).test(text)
}

function applies(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z\\\\])${escaped(name)}\\s*(?:\\\\left)?\\(`).test(text)
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Whether a name stands in a text; in LaTeX adjacent letters are names of their own. */
export function mentions(text: string, name: string): boolean {
  if (name === '') return false
  const bare = name.replace(/(?:hat|bar|tilde|dot|vec)$/, '')
  if (bare.length > 1) return text.includes(bare)
  return text.replace(/\\[A-Za-z]+/g, ' ').includes(bare)
}

/** `where $y_n = \sigma(a_n)$ and $a_n = w x_n$`: formulas behind words that introduce them. */
function definitionsInProse(prose: string): [string, string][] {
  const found: [string, string][] = []
  let introduced = false
  let end = 0
  for (const match of prose.matchAll(/\$([^$]+)\$|\\\(((?:(?!\\\)).)+)\\\)/gs)) {
    const words = prose.slice(end, match.index)
    end = match.index + match[0].length
    const isNext = /^\s*(?:,|and|, and|;)?\s*$/i.test(words)
    introduced =
      /\b(?:where|let|with|define|defining|denote|denoting|put|write|writing|abbreviate|here|for short|call)\b[^.;]*$/i.test(
        words,
      ) ||
      (introduced && isNext)
    if (introduced) found.push(...equalitiesIn(match[1] ?? match[2]!))
  }
  return found
}

/** `where \bar x = \frac1n\sum_i x_i`. */
function definitionsInLabel(label: string): [string, string][] {
  const found = /\b(?:where|with)\b(.*)$/s.exec(label)
  return found === null ? [] : found[1]!.split(/\band\b|;/).flatMap(equalitiesIn)
}

function equalitiesIn(formula: string): [string, string][] {
  const sides = /^([^=<>]+?)(?::=|\\equiv|\\coloneqq|\\triangleq|=)(.+)$/s.exec(formula.trim())
  if (sides === null) return []
  const right = sides[2]!.trim().replace(/[.,;]$/, '')
  const isChain = right.replace(/\{[^{}]*\}/g, '').includes('=')
  // A number is a case that is looked at, not what a name means.
  return isChain || !/[A-Za-z]/.test(right) ? [] : [[sides[1]!.trim(), right]]
}

function canBeRead(entries: readonly string[], settings: ReadOptions, latex: boolean): boolean {
  try {
    new SharedReading([{ text: '1', latex }], { ...settings, let: entries })
    return true
  } catch (error) {
    if (error instanceof ReadError) return false
    throw error
  }
}
