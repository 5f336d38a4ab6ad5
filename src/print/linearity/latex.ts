import { linesToLatex } from '../derivation/latex.ts'
import { escapeLatexText } from '../names.ts'
import type { Block } from './content.ts'
import { markEnd, markStart } from './wording.ts'

/** The answer as LaTeX paragraphs and displayed formulas. */
export function blocksToLatex(blocks: readonly Block[]): string {
  return `${blocks.map((block) => blockToLatex(block)).join('\n\n')}\n`
}

function blockToLatex(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `\\textbf{${escapeLatexText(block.text)}}`
    case 'sentence':
      return escapeLatexText(block.text)
    case 'code':
      return `\\texttt{${escapeLatexText(block.text)}}`
    case 'proof':
      return linesToLatex(block.written, 'align*', 'text')
    default:
      return `\\[ ${formulaOf(block)} \\]`
  }
}

/** A block as one formula, to be set in display style. */
export function formulaOf(block: Exclude<Block, { readonly kind: 'heading' | 'sentence' | 'code' }>): string {
  switch (block.kind) {
    case 'formulas':
      return block.lines.length === 1
        ? block.lines[0]!
        : `\\begin{aligned} ${block.lines.map((line) => line.replace(' = ', ' &= ')).join(' \\\\ ')} \\end{aligned}`
    case 'proof':
      return linesToLatex(block.written, 'aligned', 'text')
    case 'marked': {
      const loss = block.loss.replace(markStart, '\\underline{').replace(markEnd, '}')
      return `${block.left} = ${loss} \\qquad \\text{${escapeLatexText(block.remark)}}`
    }
    case 'facts':
    case 'values': {
      const rows = block.rows.map(([left, right]) => {
        const value = block.kind === 'facts' ? `\\text{${escapeLatexText(right)}}` : right
        return `\\text{${escapeLatexText(left)}} & ${value}`
      })
      return `\\begin{array}{ll} ${rows.join(' \\\\ ')} \\end{array}`
    }
  }
}
