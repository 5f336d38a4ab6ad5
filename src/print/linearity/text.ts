import { linesToText } from '../derivation/text.ts'
import type { Block } from './content.ts'
import { markEnd, markStart } from './wording.ts'

/** The answer for a terminal: `^^^` under what stands in the way. */
export function blocksToText(blocks: readonly Block[]): string {
  return `${blocks.map(blockToText).join('\n\n')}\n`
}

function blockToText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'sentence':
      return block.text
    case 'code':
      return `  ${block.text}`
    case 'formulas':
      return block.lines.map((line) => `  ${line}`).join('\n')
    case 'proof':
      return linesToText(block.written, 'text')
        .split('\n')
        .map((line) => `  ${line}`)
        .join('\n')
    case 'facts':
    case 'values':
      return columns(block.rows)
    case 'marked':
      return underline(`  ${block.left} = ${block.loss}`, block.remark)
  }
}

function underline(marked: string, remark: string): string {
  const [before = '', inside = '', after = ''] = marked.split(new RegExp(`[${markStart}${markEnd}]`))
  const carets = '^'.repeat(Math.max(1, widthOf(inside)))
  return `${before}${inside}${after}\n${' '.repeat(widthOf(before))}${carets} ${remark}`
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => widthOf(left)))
  return rows.map(([left, right]) => `  ${left}${' '.repeat(width - widthOf(left))}   ${right}`).join('\n')
}

/** Columns in a terminal: combining marks take none. */
function widthOf(text: string): number {
  return Array.from(text.replace(/\p{M}/gu, '')).length
}
