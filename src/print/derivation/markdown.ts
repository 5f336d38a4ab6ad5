import { linesToLatex, matricesToLatex, wholeToLatex } from './latex.ts'
import { type DerivationInput, type WrittenDerivation, writeAll } from './written.ts'

/** The derivations as Markdown with `$$` formulas, each followed by its reasons, a number a line. */
export function derivationsToMarkdown(input: DerivationInput): string {
  const { options } = input
  const { partials, hessian } = writeAll(input, 'latex')
  const derivations = [...input.partials, ...input.hessian]
  const blocks = [...partials, ...hessian].flatMap((derivation, position) => [
    display(linesToLatex(derivation, 'aligned', options.labels ?? 'text')),
    ...reasons(derivation),
    ...wholeToLatex(derivations[position]!, input).map(display),
  ])
  blocks.push(...matricesToLatex(input, partials, hessian).map(display))
  blocks.push(...(options.closing ?? []).map(escapeMarkdown))
  return blocks.join('\n\n')
}

function display(latex: string): string {
  return `$$\n${latex}\n$$`
}

function reasons({ lines }: WrittenDerivation): string[] {
  if (lines.every(({ line }) => line.because.length === 0)) return []
  const sentences = lines.map(({ line }, position) => {
    const labels = line.labels.length === 0 ? '' : `**${escapeMarkdown(line.labels.join(', '))}**`
    const because = escapeMarkdown(line.because.join('; '))
    return `${position + 1}. ${[labels, because].filter((text) => text !== '').join(': ')}`.trimEnd()
  })
  return [sentences.join('\n')]
}

/** Text in which nothing is read as Markdown, HTML or a formula. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|$~]/g, '\\$&')
}
