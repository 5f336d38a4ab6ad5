import type { Expr } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import { asciiNotation } from './ascii.ts'
import { latexNotation } from './latex.ts'
import { layOut, type RenderCache } from './layout.ts'
import type { Notation } from './notation.ts'
import { textNotation } from './text.ts'

export type TermFormat = 'latex' | 'ascii' | 'text'

export interface PrintOptions {
  /** Names that indices of sums must not use, beside the free names of the term. */
  readonly taken?: Iterable<string>
  /** The sign of a derivative; `partial` unless said otherwise. */
  readonly operator?: 'd' | 'partial'
  /** The class of a mark on the sub-term at a path, in LaTeX as `\htmlClass`. */
  readonly mark?: ((path: Path) => string | undefined) | undefined
  /** Shared by terms printed in the same format with the same `taken`, none of which has other free names. */
  readonly cache?: RenderCache | undefined
}

const noNames: ReadonlySet<string> = new Set()

/** The term in a notation. Printing follows the written order and structure and changes nothing. */
export function printTerm(term: Expr, format: TermFormat, options: PrintOptions = {}): string {
  const taken = options.taken === undefined ? noNames : new Set(options.taken)
  return layOut(term, notationOf(format, options.operator), {
    taken,
    mark: options.mark,
    cache: options.cache,
  }).text
}

/** The table of a notation. */
export function notationOf(format: TermFormat, operator: 'd' | 'partial' = 'partial'): Notation {
  switch (format) {
    case 'ascii':
      return asciiNotation
    case 'latex':
      return operator === 'd' ? latexTotal : latexPartial
    case 'text':
      return operator === 'd' ? textTotal : textPartial
  }
}

const latexPartial = latexNotation('\\partial')
const latexTotal = latexNotation('d')
const textPartial = textNotation('∂')
const textTotal = textNotation('d')
