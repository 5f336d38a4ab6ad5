import { textSymbol } from '../text.ts'
import { type DerivationInput, type WrittenDerivation, writeDerivation } from './written.ts'

/** A line longer than this keeps its label close instead of pushing all labels out of the window. */
const widestAligned = 96

/** The derivations for a terminal: `=` below `=`, the rules in a column at the right. */
export function derivationsToText({ partials, options }: DerivationInput, format: 'text' | 'ascii'): string {
  const written = partials.map((partial) => writeDerivation(partial, format, options))
  const blocks = written.map((derivation) => linesToText(derivation, options.labels ?? 'text'))
  const [first] = partials
  if (first !== undefined && partials.length > 1 && first.variables.length === 1) {
    const { name } = options
    blocks.push(
      format === 'text'
        ? columnVector(`∇${textSymbol(name)} = `, written)
        : `grad ${name} = (${written.map((derivation) => derivation.result).join(', ')})`,
    )
  }
  blocks.push(...(options.closing ?? []))
  return blocks.join('\n\n')
}

function linesToText({ left, lines }: WrittenDerivation, labels: 'text' | 'none'): string {
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

/** The entries below each other in tall brackets. */
function columnVector(opening: string, written: readonly WrittenDerivation[]): string {
  const width = Math.max(...written.map(({ result }) => widthOf(result)))
  const last = written.length - 1
  return written
    .map(({ result }, row) => {
      const [before, after] = row === 0 ? ['⎛', '⎞'] : row === last ? ['⎝', '⎠'] : ['⎜', '⎟']
      const start = row === 0 ? opening : ' '.repeat(widthOf(opening))
      return `${start}${before} ${result}${' '.repeat(width - widthOf(result))} ${after}`
    })
    .join('\n')
}

/** Columns in a terminal: combining marks take none. */
function widthOf(text: string): number {
  return Array.from(text.replace(/\p{M}/gu, '')).length
}
