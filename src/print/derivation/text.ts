import type { Derivation } from '../../derivation/step.ts'
import { gradientVector, hessianMatrix, type Matrix } from './matrix.ts'
import { writeWhole } from './whole.ts'
import { type DerivationInput, type WrittenDerivation, writeAll } from './written.ts'

/** A line longer than this keeps its label close instead of pushing all labels out of the window. */
const widestAligned = 96

/** The derivations for a terminal: `=` below `=`, the rules in a column at the right. */
export function derivationsToText(input: DerivationInput, format: 'text' | 'ascii'): string {
  const { options } = input
  const { partials, hessian } = writeAll(input, format)
  const derivations = [...input.partials, ...input.hessian]
  const blocks = [...partials, ...hessian].flatMap((lines, position) => [
    linesToText(lines, options.labels ?? 'text'),
    ...(format === 'text' ? wholeToText(derivations[position]!, input) : []),
  ])
  for (const matrix of [gradientVector(input, partials, format), hessianMatrix(input, hessian, format)]) {
    if (matrix !== undefined) blocks.push(format === 'text' ? inTallBrackets(matrix) : inBrackets(matrix))
  }
  blocks.push(...(options.closing ?? []))
  return blocks.join('\n\n')
}

function wholeToText(derivation: Derivation, { scope, options }: DerivationInput): string[] {
  const whole = writeWhole(derivation, scope, 'text', options.name)
  if (whole === undefined) return []
  const needs = whole.conditions.length === 0 ? '' : `   for ${whole.conditions.join(', ')}`
  return [`${whole.left} = ${whole.right}${needs}`]
}

/** The lines of one derivation, the rules in a column at the right. */
export function linesToText({ left, lines }: WrittenDerivation, labels: 'text' | 'none'): string {
  const indent = ' '.repeat(widthOf(left))
  const rows = lines.map((line, position) => {
    const needs = line.conditions.length === 0 ? '' : `   for ${line.conditions.join(', ')}`
    return `${position === 0 ? left : indent} = ${line.term}${needs}`
  })
  const column = Math.max(...rows.map(widthOf).filter((width) => width <= widestAligned), 0)
  return rows
    .map((row, position) => {
      const label = labels === 'none' ? '' : (lines[position]?.labels.join(', ') ?? '')
      return label === '' ? row : `${row}${' '.repeat(Math.max(0, column - widthOf(row)))}   ${label}`
    })
    .join('\n')
}

/** `grad J = (a, b)`, `hess J = ((a, b), (b, c))` */
function inBrackets({ left, rows }: Matrix): string {
  const written = rows.map((row) => (row.length === 1 ? row[0] : `(${row.join(', ')})`))
  return `${left} = (${written.join(', ')})`
}

/** The rows below each other in tall brackets. */
function inTallBrackets({ left, rows }: Matrix): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]!))))
  const last = rows.length - 1
  return rows
    .map((row, position) => {
      const [before, after] = position === 0 ? ['⎛', '⎞'] : position === last ? ['⎝', '⎠'] : ['⎜', '⎟']
      const start = position === 0 ? `${left} = ` : ' '.repeat(widthOf(left) + 3)
      const cells = row.map((cell, column) => cell + ' '.repeat(widths[column]! - widthOf(cell)))
      return `${start}${before} ${cells.join('   ')} ${after}`
    })
    .join('\n')
}

/** Columns in a terminal: combining marks take none. */
function widthOf(text: string): number {
  return Array.from(text.replace(/\p{M}/gu, '')).length
}
