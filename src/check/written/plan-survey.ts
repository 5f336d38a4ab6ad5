import { entriesOf } from './gradient-vector.ts'
import type { LeftSide } from './left-side.ts'
import type { Plan } from './plan.ts'

/** What the texts of a plan tell before any is read. */

export function speaksOfVectors({ equations, lets, loss = '' }: Plan): boolean {
  const texts = [loss, ...lets, ...equations.flatMap(({ lines }) => lines.map(({ text }) => text))]
  return texts.some(hasVectorMarks)
}

/** Whether a text has what only vectors have; the T over a sum is where it ends. */
export function hasVectorMarks(text: string): boolean {
  return vectorMarks.test(text.replace(/_\s*\{[^{}]*\}\s*\^\s*(?:\{\s*T\b|T\b)/g, ''))
}

const vectorMarks = /\\top|\^\s*\{?T\b|\\mathbf\s*\{?[A-Za-z]|\\boldsymbol|\\bm\b|\\\||[lr]?Vert|‖|ᵀ/

/**
 * Whether a left side differentiates what the lines are about, `\log(\mu_n)`, so that it can be read beside them. The
 * loss by another spelling, `\|XW-Y\|^2` of what is written out in small letters, is taken for the loss.
 */
export function speaksOfTheSame(of: string, { equations, lets, loss = '' }: Plan, left: LeftSide): boolean {
  const others = [
    loss,
    ...lets,
    ...variablesOf(left),
    ...equations.flatMap(({ lines }) => lines.map(({ text }) => text)),
  ]
  const known = new Set(others.flatMap(lettersOf))
  return lettersOf(of).every((letter) => known.has(letter))
}

const greek =
  /^\\(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega)$/i

/** Letters and the names of Greek ones. */
function lettersOf(text: string): readonly string[] {
  return text.match(/\\[A-Za-z]+|[A-Za-z]/g)?.filter((name) => name.length === 1 || greek.test(name)) ?? []
}

/** Whether the lines of an equation are lists of derivatives. */
export function isColumn({ equations }: Plan, position: number): boolean {
  return equations[position]!.lines.some(({ text }) => entriesOf(text) !== undefined)
}

/** What a left side differentiates by, where it has no index of its own. */
export function wholeVariable(left: LeftSide, { settings }: Plan): string | undefined {
  if (left.kind === 'term') return undefined
  const [by = settings.wrt?.[0]] = variablesOf(left)
  return by === undefined || by.includes('_') ? undefined : by
}

/** Letters that stand nowhere in the texts. */
export function freshLetters({ equations, lets, loss = '' }: Plan, count: number): readonly string[] {
  const texts = [
    loss,
    ...lets,
    ...equations.flatMap(({ left, lines }) => [left, ...lines.map(({ text }) => text)]),
  ]
  const all = texts.join(' ')
  return [...'kqrsuvlhac']
    .filter((letter) => !new RegExp(`(?<![A-Za-z\\\\])${letter}(?![A-Za-z])`).test(all))
    .slice(0, count)
}

export function variablesOf(left: LeftSide): readonly string[] {
  if (left.kind === 'derivative') return left.by
  return left.kind === 'gradient' && left.by !== undefined ? [left.by] : []
}

export function atComponents(name: string, letters: readonly string[]): string {
  return letters.length === 0 || name.includes('_') ? name : `${name}_{${letters.join(',')}}`
}
