import type { Linearity } from '../../derivation/linearity.ts'
import { describeLinearity } from './content.ts'
import { linearityToJson } from './json.ts'
import { blocksToLatex } from './latex.ts'
import { blocksToMarkdown } from './markdown.ts'
import { blocksToMathml } from './mathml.ts'
import { blocksToText } from './text.ts'

export { renderLinearity } from './html.ts'
export { type LinearityJson, linearityToJson } from './json.ts'

export type LinearityFormat = 'latex' | 'text' | 'ascii' | 'markdown' | 'mathml' | 'json'

/** The answer on averaging in a format; `input` is the text that was asked about. */
export function printLinearity(answer: Linearity, format: LinearityFormat, input: string): string {
  switch (format) {
    case 'json':
      return JSON.stringify(linearityToJson(answer, input), null, 2)
    case 'latex':
      return blocksToLatex(describeLinearity(answer, 'latex'))
    case 'markdown':
      return blocksToMarkdown(describeLinearity(answer, 'latex'))
    case 'mathml':
      return blocksToMathml(describeLinearity(answer, 'mathml'))
    case 'text':
    case 'ascii':
      return blocksToText(describeLinearity(answer, format))
  }
}
