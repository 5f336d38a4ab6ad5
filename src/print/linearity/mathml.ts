import { linesToMathml } from '../derivation/mathml.ts'
import { leaf, mathElement, operator, row, table } from '../mathml.ts'
import type { Block } from './content.ts'

/** The answer as MathML, an element a block; what stands in the way has the class `gradus-mark`. */
export function blocksToMathml(blocks: readonly Block[]): string {
  return `${blocks.map((block) => mathElement(contentOf(block))).join('\n')}\n`
}

function contentOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'sentence':
    case 'code':
      return leaf('mtext', block.text)
    case 'formulas':
      return table(
        block.lines.map((line) => [row(line)]),
        'left',
      )
    case 'proof':
      return linesToMathml(block.proof, block.written, block.name, 'text')
    case 'marked':
      return row(block.left, operator('='), block.loss, '<mspace width="2em"/>', leaf('mtext', block.remark))
    case 'facts':
      return table(
        block.rows.map(([left, right]) => [leaf('mtext', left), leaf('mtext', right)]),
        'left left',
      )
    case 'values':
      return table(
        block.rows.map(([left, right]) => [leaf('mtext', left), right]),
        'left left',
      )
  }
}
