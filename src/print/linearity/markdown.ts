import { escapeMarkdown } from '../derivation/markdown.ts'
import type { Block } from './content.ts'
import { formulaOf } from './latex.ts'

/** The answer as Markdown with `$$` formulas. */
export function blocksToMarkdown(blocks: readonly Block[]): string {
  return `${blocks.map(blockToMarkdown).join('\n\n')}\n`
}

function blockToMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `**${escapeMarkdown(block.text)}**`
    case 'sentence':
      return escapeMarkdown(block.text)
    case 'code':
      return `\`\`\`python\n${block.text}\n\`\`\``
    case 'facts':
      return [
        '| micro-batches | gradient |',
        '|---|---|',
        ...block.rows.map(([a, b]) => `| ${a} | ${b} |`),
      ].join('\n')
    default:
      return `$$\n${formulaOf(block)}\n$$`
  }
}
