import type { Derivation } from '../../derivation/step.ts'
import { latexSymbol } from '../latex.ts'
import { writeRanges } from '../ranges.ts'
import type { TermFormat } from '../term.ts'
import { textSymbol } from '../text.ts'
import type { DerivationInput, WrittenDerivation } from './written.ts'

/** A vector (one column) or a matrix in a notation, with what it is. */
export interface Matrix {
  readonly left: string
  readonly rows: readonly (readonly string[])[]
}

/** A row longer than this does not fit on a page or in a window: the entries stand there by name. */
const widestRow: Readonly<Record<TermFormat, number>> = { latex: 600, text: 150, ascii: 1000 }

/** `∇J` as a vector, where there is more than one partial derivative. */
export function gradientVector(
  { partials, scope, options }: DerivationInput,
  written: readonly WrittenDerivation[],
  format: TermFormat,
): Matrix | undefined {
  if (partials.length < 2) return undefined
  const rows = partials.map((partial, row) => [component(partial, written[row]!.result, scope, format)])
  return {
    left: { latex: '\\nabla ', text: '∇', ascii: 'grad ' }[format] + nameIn(format, options.name),
    rows,
  }
}

/**
 * `∇²J` as a matrix, where there is more than one parameter. What stands below the diagonal is what stands
 * above it: it is written for two numbers, as in a textbook, and a dot stands for it otherwise.
 */
export function hessianMatrix(
  { partials, hessian, scope, options }: DerivationInput,
  written: readonly WrittenDerivation[],
  format: TermFormat,
): Matrix | undefined {
  const count = partials.length
  if (count < 2 || hessian.length !== (count * (count + 1)) / 2) return undefined
  const left = { latex: '\\nabla^2 ', text: '∇²', ascii: 'hess ' }[format] + nameIn(format, options.name)
  const isPlain = count === 2 && partials.every(({ variables }) => variables[0]!.args.length === 0)
  const build = (cellOf: (position: number) => string): string[][] =>
    partials.map((_, row) =>
      partials.map((_, column) => {
        if (column >= row) return cellOf(positionOf(row, column, count))
        return isPlain
          ? cellOf(positionOf(column, row, count))
          : { latex: '\\cdot', text: '·', ascii: '.' }[format]
      }),
    )
  const rows = build((position) => component(hessian[position]!, written[position]!.result, scope, format))
  const isNarrow = rows.every((row) => row.join('   ').length <= widestRow[format])
  return { left, rows: isNarrow ? rows : build((position) => written[position]!.left) }
}

/** Where the entry stands in the list of those on and above the diagonal, row by row. */
function positionOf(row: number, column: number, count: number): number {
  return row * count - (row * (row - 1)) / 2 + column - row
}

/** The entry of a vector: with an index it stands for all its values, `(2 w_k)_{1 ≤ k ≤ d}`. */
function component(
  { variables }: Derivation,
  result: string,
  scope: DerivationInput['scope'],
  format: TermFormat,
): string {
  const ranges = writeRanges(variables, scope, format)
  if (ranges === '') return result
  switch (format) {
    case 'latex':
      return `\\left( ${result} \\right)_{${ranges}}`
    case 'text':
      return `(${result})_{${ranges}}`
    case 'ascii':
      return `(${result} for ${ranges})`
  }
}

function nameIn(format: TermFormat, name: string): string {
  return format === 'latex' ? latexSymbol(name) : format === 'text' ? textSymbol(name) : name
}
