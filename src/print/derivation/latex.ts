import type { Derivation } from '../../derivation/step.ts'
import { escapeLatexText } from '../names.ts'
import { gradientVector, hessianMatrix } from './matrix.ts'
import { writeWhole } from './whole.ts'
import { type DerivationInput, type WrittenDerivation, writeAll } from './written.ts'

/** The derivations as LaTeX: one environment a variable, then gradient and Hessian, then closing sentences. */
export function derivationsToLatex(input: DerivationInput): string {
  const { options } = input
  const env = options.env ?? 'align*'
  const { partials, hessian } = writeAll(input, 'latex')
  const display = (formula: string) => (env === 'aligned' ? formula : `\\[ ${formula} \\]`)
  const derivations = [...input.partials, ...input.hessian]
  const blocks = [...partials, ...hessian].flatMap((lines, position) => [
    linesToLatex(lines, env, options.labels ?? 'text'),
    ...wholeToLatex(derivations[position]!, input).map(display),
  ])
  blocks.push(...matricesToLatex(input, partials, hessian).map(display))
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
  let joined = ''
  let endsInText = false
  for (const label of labels) {
    if (joined === '') joined = label
    else if (endsInText) {
      const before = joined.slice(0, -1)
      joined = label.startsWith('\\text{')
        ? `${before}, ${label.slice('\\text{'.length)}`
        : `${before}, }${label}`
    } else
      joined += label.startsWith('\\text{')
        ? `\\text{, ${label.slice('\\text{'.length)}`
        : `\\text{, }${label}`
    endsInText = isTextAlone(label)
  }
  return joined
}

/** Whether the label is a `\text{…}` and nothing behind it. */
function isTextAlone(label: string): boolean {
  let depth = 0
  for (let i = 0; i < label.length; i++) {
    if (label[i] === '\\') i++
    else if (label[i] === '{') depth++
    else if (label[i] === '}' && --depth === 0) return i === label.length - 1 && label.startsWith('\\text{')
  }
  return false
}

export function conditionsToLatex(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : ` \\quad \\text{for } ${conditions.join(', ')}`
}

/** `\nabla_{\mathbf{w}} J = …`, where the derivative by a component has the form of a whole. */
export function wholeToLatex(derivation: Derivation, { scope, options }: DerivationInput): string[] {
  const whole = writeWhole(derivation, scope, 'latex', options.name)
  return whole === undefined ? [] : [`${whole.left} = ${whole.right}${conditionsToLatex(whole.conditions)}`]
}

/** `\nabla J = …` as a vector, and `\nabla^2 J = …` as a matrix, where there is more than one parameter. */
export function matricesToLatex(
  input: DerivationInput,
  partials: readonly WrittenDerivation[],
  hessian: readonly WrittenDerivation[],
): string[] {
  const matrices = [gradientVector(input, partials, 'latex'), hessianMatrix(input, hessian, 'latex')]
  return matrices.flatMap((matrix) => {
    if (matrix === undefined) return []
    const rows = matrix.rows.map((row) => row.join(' & '))
    return [`${matrix.left} = \\begin{pmatrix} ${rows.join(' \\\\ ')} \\end{pmatrix}`]
  })
}
