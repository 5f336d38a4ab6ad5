import type { Linearity } from '../../derivation/linearity.ts'
import {
  escapeHtml,
  formula,
  loadTypeset,
  type Typeset,
  writeCopyButton,
  writeDocument,
  writeLines,
} from '../html.ts'
import { printReading } from '../reading.ts'
import { type Block, describeLinearity } from './content.ts'
import { blocksToLatex, formulaOf } from './latex.ts'
import { markEnd, markStart } from './wording.ts'

/** The answer on averaging as HTML: what stands in the way is marked in the loss. KaTeX is loaded only here. */
export async function renderLinearity(
  answer: Linearity,
  options: { readonly fragment?: boolean | undefined } = {},
): Promise<string> {
  const typeset = await loadTypeset()
  const blocks = describeLinearity(answer, 'latex')
  const reading = printReading(answer.loss, answer.scope, 'latex', answer.variables)
  const parts = [
    '<h1>Is averaging exact?</h1>',
    `<div class="gradus-reading">${formula(typeset, reading.replaceAll(';\\; ', ';\\; \\allowbreak '))}</div>`,
    ...blocks.map((block) => blockToHtml(block, typeset)),
    options.fragment === true ? '' : writeCopyButton(blocksToLatex(blocks)),
  ]
  const article = `<article class="gradus">\n${parts.filter((text) => text !== '').join('\n')}\n</article>`
  return options.fragment === true ? article : writeDocument('Is averaging exact?', article)
}

function blockToHtml(block: Block, typeset: Typeset): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escapeHtml(block.text)}</h2>`
    case 'sentence':
      return `<p>${escapeHtml(block.text)}</p>`
    case 'code':
      return `<pre><code>${escapeHtml(block.text)}</code></pre>`
    case 'facts': {
      const rows = block.rows.map(([a, b]) => `<tr><td>${escapeHtml(a)}</td><td>${escapeHtml(b)}</td></tr>`)
      return `<table class="gradus-facts">\n${rows.join('\n')}\n</table>`
    }
    case 'proof':
      return writeLines(block.written, 0, typeset)
    case 'marked': {
      const loss = block.loss.replace(markStart, '\\htmlClass{gradus-mark}{').replace(markEnd, '}')
      return `${formula(typeset, `${block.left} = ${loss}`)}\n<p>${escapeHtml(block.remark)}</p>`
    }
    default:
      return formula(typeset, formulaOf(block))
  }
}
