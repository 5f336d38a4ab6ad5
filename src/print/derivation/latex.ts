import { latexSymbol } from '../latex.ts'
import { escapeLatexText } from '../names.ts'
import { type DerivationInput, type WrittenDerivation, writeDerivation } from './written.ts'

/** The derivations as LaTeX: one environment a variable, then the gradient, then the closing sentences. */
export function derivationsToLatex({ partials, options }: DerivationInput): string {
  const written = partials.map((partial) => writeDerivation(partial, 'latex', options))
  const env = options.env ?? 'align*'
  const blocks = written.map((derivation) => linesToLatex(derivation, env, options.labels ?? 'text'))
  const gradient = gradientToLatex({ partials, options }, written)
  if (gradient !== undefined) blocks.push(env === 'aligned' ? gradient : `\\[ ${gradient} \\]`)
  blocks.push(...(options.closing ?? []).map(escapeLatexText))
  return blocks.join('\n\n')
}

/** The lines of one derivation in an environment that aligns them at `=`. */
export function linesToLatex(
  { left, lines }: WrittenDerivation,
  env: 'align*' | 'aligned',
  labels: 'text' | 'none',
): string {
  const rows = lines.map((line, position) => {
    const opening = position === 0 ? `${left} &= ` : '&= '
    const beside = labels === 'none' || line.labels.length === 0 ? '' : ` && ${joinLabels(line.labels)}`
    return `${opening}${line.term}${conditionsToLatex(line.conditions)}${beside}`
  })
  return `\\begin{${env}}\n${rows.join(' \\\\\n')}\n\\end{${env}}`
}

/** Labels with commas between them, neighbours in one `\text`. */
export function joinLabels(labels: readonly string[]): string {
  return labels
    .join('\\text{, }')
    .replace(/\}\\text\{, \}\\text\{/g, ', ')
    .replaceAll('\\text{, }\\text{', '\\text{, ')
    .replace(/\}\\text\{, \}/g, ', }')
}

export function conditionsToLatex(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` \\quad \\text{for } ${conditions.join(', ')}`
}

/** `\nabla J = …` as a vector, where there is more than one partial derivative. */
export function gradientToLatex(
  { partials, options }: DerivationInput,
  written: readonly WrittenDerivation[],
): string | undefined {
  const [first] = partials
  if (first === undefined || partials.length < 2 || first.variables.length !== 1) return undefined
  const name = latexSymbol(options.name)
  const rows = written.map((derivation) => derivation.result)
  return `\\nabla ${name} = \\begin{pmatrix} ${rows.join(' \\\\ ')} \\end{pmatrix}`
}
