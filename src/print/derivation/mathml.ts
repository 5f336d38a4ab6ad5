import type { Derivation } from '../../derivation/step.ts'
import type { Expr } from '../../term/expr.ts'
import {
  fenced,
  fraction,
  leaf,
  mathElement,
  mathmlOf,
  mathmlSymbol,
  operator,
  row,
  table,
} from '../mathml.ts'
import { writeRanges } from '../ranges.ts'
import { writeWhole } from './whole.ts'
import { type DerivationInput, namesOf, type WrittenDerivation, writeAll } from './written.ts'

/**
 * The derivations as MathML: a table a derivation, its signs below each other, the rules at the right; then
 * gradient and Hessian. The closing sentences are paragraphs of HTML, in which all of it may stand.
 */
export function derivationsToMathml(input: DerivationInput): string {
  const { partials, hessian, options } = input
  const written = writeAll(input, 'text')
  const all = [...partials, ...hessian]
  const lines = [...written.partials, ...written.hessian].flatMap((derivation, i) => [
    linesToMathml(all[i]!, derivation, options.name, options.labels ?? 'text'),
    wholeToMathml(all[i]!, input),
  ])
  const sentences = (options.closing ?? []).map((sentence) => leaf('mtext', sentence))
  const blocks = [...lines, gradient(input), hessianMatrix(input), ...sentences]
  return blocks.flatMap((block) => (block === undefined ? [] : [mathElement(block)])).join('\n')
}

/** The derivative as a whole vector or matrix, where it has the form of one. */
function wholeToMathml(derivation: Derivation, { scope, options }: DerivationInput): string | undefined {
  const whole = writeWhole(derivation, scope, 'mathml', options.name)
  return whole && row(whole.left, operator('='), whole.right, ...needsOf(whole.conditions))
}

function needsOf(conditions: readonly string[]): readonly string[] {
  return conditions.flatMap((text, i) => [leaf('mtext', i === 0 ? ' for ' : ', '), text])
}

/** The lines of one derivation as a table. */
export function linesToMathml(
  derivation: Derivation,
  { lines }: WrittenDerivation,
  name: string,
  labels: 'text' | 'none',
): string {
  const taken = namesOf(derivation)
  const rows = lines.map(({ line, labels: beside }, position) => {
    const isLast = position === lines.length - 1
    const conditions = (isLast ? derivation.conditions : line.conditions).map(({ relation }) =>
      mathmlOf(relation, taken),
    )
    const needs = needsOf([...new Set(conditions)])
    return [
      position === 0 ? leftSide(derivation.variables, name) : '',
      row(operator('='), mathmlOf(line.term, taken), ...needs),
      ...(labels === 'none' ? [] : [leaf('mtext', beside.join(', '))]),
    ]
  })
  return table(rows, labels === 'none' ? 'right left' : 'right left left')
}

/** `∂J/∂m`, `∂²J/∂m∂b`, or `∇J`. */
function leftSide(variables: readonly Expr[], name: string): string {
  const loss = mathmlSymbol(name)
  if (variables.some((variable) => variable.kind === 'symbol' && variable.name === '∇'))
    return row(operator('∇'), loss)
  const order = variables.length
  const sign = order === 1 ? operator('∂') : `<msup>${operator('∂')}<mn>${order}</mn></msup>`
  const isRepeated = order > 1 && variables.every((variable) => variable === variables[0])
  const below = isRepeated
    ? [operator('∂'), `<msup>${mathmlOf(variables[0]!)}<mn>${order}</mn></msup>`]
    : variables.flatMap((variable) => [operator('∂'), mathmlOf(variable)])
  return fraction(row(sign, loss), row(...below))
}

function gradient({ partials, scope, options }: DerivationInput): string | undefined {
  if (partials.length < 2) return undefined
  const entries = partials.map((partial) => [component(partial, scope)])
  return row(
    operator('∇'),
    mathmlSymbol(options.name),
    operator('='),
    fenced('(', table(entries, 'center'), ')'),
  )
}

function hessianMatrix({ partials, hessian, scope, options }: DerivationInput): string | undefined {
  const count = partials.length
  if (count < 2 || hessian.length !== (count * (count + 1)) / 2) return undefined
  let next = 0
  const entries = partials.map((_, line) =>
    partials.map((_, column) => (column < line ? operator('⋅') : component(hessian[next++]!, scope))),
  )
  return row(
    `<msup>${operator('∇')}<mn>2</mn></msup>`,
    mathmlSymbol(options.name),
    operator('='),
    fenced('(', table(entries, 'center'), ')'),
  )
}

function component(derivation: Derivation, scope: DerivationInput['scope']): string {
  const result = mathmlOf(derivation.result, namesOf(derivation))
  const ranges = writeRanges(derivation.variables, scope, 'text')
  return ranges === '' ? result : `<msub>${fenced('(', result, ')')}${leaf('mtext', ranges)}</msub>`
}
