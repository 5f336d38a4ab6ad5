import type { Surface } from '../../read/index.ts'
import { startOf } from './reach.ts'

/** The usual mistakes of derivations, by name. */
export type MistakeKind =
  | 'sign'
  | 'lost-or-extra-factor'
  | 'inner-derivative'
  | 'exponent'
  | 'index'
  | 'missing-parentheses'
  | 'extra-parentheses'
  | 'sum-into-function'
  | 'function'
  | 'term'
  | 'other-variable'
  | 'different-problem'
  | 'unbound-index'
  | 'not-equal-to-previous'

/** A small change of a line's text, and the mistake that it would mend. */
export interface Edit {
  readonly kind: MistakeKind
  /** Replaced from the last to the first. */
  readonly changes: readonly { readonly from: number; readonly to: number; readonly text: string }[]
  /** The mistake in words. */
  readonly because: string
  /** Among several that mend the line, the one with the lowest rank is told. */
  readonly rank: number
}

/** What may be put into a line: taken from the line before, from the loss, and from the names in use. */
export interface Ingredients {
  /** Factors as they are written elsewhere. */
  readonly factors: readonly string[]
  /** Derivatives of the insides of functions and powers. */
  readonly innerDerivatives: readonly string[]
  readonly summands: readonly string[]
  readonly counts: readonly string[]
  readonly indices: readonly string[]
}

/** The changes of one line that are to be tried, and what they are made of. */
export class EditList {
  readonly edits: Edit[] = []

  constructor(
    readonly text: string,
    readonly given: Ingredients,
    readonly latex: boolean,
  ) {}

  add(
    kind: MistakeKind,
    changes: readonly (readonly [from: number, to: number, text: string])[],
    because: string,
    rank: number,
  ): void {
    const whole = changes.map(([from, to, text]) => this.withSize(from, to, text))
    this.edits.push({ kind, changes: whole, because, rank })
  }

  /** The change together with the `\\left` or `\\right` of a bracket where it starts. */
  withSize(from: number, to: number, text: string): Edit['changes'][number] {
    const isClosing = text === '' && to === from + 1 && /[)\]]/.test(this.text[from] ?? '')
    const size = isClosing
      ? /\\(?:right|[bB]igg?r?)\s*$/.exec(this.text.slice(Math.max(0, from - 12), from))
      : null
    const start = size === null ? startOf(this.text, from) : from - size[0].length
    return { from: start, to: to === from ? start : to, text }
  }

  pairs(): readonly (readonly [string, string])[] {
    const { indices } = this.given
    return indices.flatMap((a, i) => indices.slice(i + 1).map((b) => [a, b] as const))
  }

  delta(a: string, b: string): string {
    return this.latex ? `\\delta_{${a}${b}}` : `delta_{${a},${b}}`
  }

  fraction(above: string, below: string): string {
    return this.latex ? `\\frac{${above}}{${below}}` : `${above}/${below}`
  }

  shown(node: Surface): string {
    return this.cut(node.at, node.end)
  }

  cut(from: number, to: number): string {
    const text = this.text.slice(startOf(this.text, from), to)
    return text.length > 40 ? `${text.slice(0, 40)}…` : text
  }
}

/** The text with the changes made. */
export function applyEdit(text: string, { changes }: Edit): string {
  const ordered = [...changes].sort((a, b) => b.from - a.from || b.to - a.to)
  return ordered.reduce(
    (result, { from, to, text: put }) => result.slice(0, from) + put + result.slice(to),
    text,
  )
}
