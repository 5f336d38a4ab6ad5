import type { Condition, Derivation } from '../../derivation/step.ts'
import { vectorFormOf } from '../../derivation/vector-form.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import { latexSymbol } from '../latex.ts'
import { leaf, mathmlOf, mathmlSymbol, operator, row } from '../mathml.ts'
import { textSymbol } from '../text.ts'
import { boldName, printVectorForm, type VectorFormat } from '../vector.ts'
import { boundLetters, writeConditions } from './condition.ts'
import { namesOf } from './written.ts'

/** `∇_w J = -2/N Σ (y_i - wᵀx_i) x_i`: a derivative by components as the whole that it is a component of. */
export interface WrittenWhole {
  readonly left: string
  readonly right: string
  readonly conditions: readonly string[]
}

/**
 * The whole vector, or matrix, where a derivative by an indexed parameter has the form of one, exactly; nothing for
 * other derivatives. Ranges of the component are no condition of the whole, except beside a condition that must
 * hold for every component.
 */
export function writeWhole(
  derivation: Derivation,
  scope: Scope,
  format: VectorFormat,
  loss: string,
): WrittenWhole | undefined {
  const variables = derivation.variables.filter(
    (variable): variable is SymbolTerm => variable.kind === 'symbol',
  )
  const [first, second] = variables
  if (first === undefined || variables.length !== derivation.variables.length) return undefined
  if (second !== undefined && second.name !== first.name) return undefined
  const form = vectorFormOf(derivation.result, variables, scope)
  if (form === undefined) return undefined
  const indices = variables.flatMap(({ args }) => args)
  const speaksOfOne = ({ relation }: Condition) =>
    indices.some((index) => index.kind === 'symbol' && relation.names.has(index.name))
  const beyondRange = derivation.conditions.filter((condition) => !isRange(condition, indices))
  const conditions = beyondRange.some(speaksOfOne) ? derivation.conditions : beyondRange
  const taken = namesOf(derivation)
  const right = printVectorForm(form, format, taken)
  const name = boldName(first.name, format)
  if (right === undefined || name === undefined) return undefined
  return {
    left: gradientSign(name, loss, second !== undefined, format),
    right,
    conditions:
      format === 'mathml'
        ? [...new Set(conditions.map(({ relation }) => mathmlOf(relation, taken)))]
        : writeConditions(conditions, format, taken, boundLetters(form)),
  }
}

/** `∇_w J`, or `∇²_w J`. */
function gradientSign(name: string, loss: string, isSecond: boolean, format: VectorFormat): string {
  switch (format) {
    case 'latex':
      return `\\nabla${isSecond ? '^2' : ''}_{${name}} ${latexSymbol(loss)}`
    case 'text':
      return `∇${isSecond ? '²' : ''}_${name} ${textSymbol(loss)}`
    case 'mathml': {
      const sign = operator('∇')
      const below = isSecond
        ? `<msubsup>${sign}${name}${leaf('mn', '2')}</msubsup>`
        : `<msub>${sign}${name}</msub>`
      return row(below, mathmlSymbol(loss))
    }
  }
}

/** Whether a condition says only where an index runs. */
function isRange({ relation }: Condition, indices: readonly Expr[]): boolean {
  const parts = relation.kind === 'logical' && relation.name === 'and' ? relation.args : [relation]
  return parts.every(
    (part) =>
      part.kind === 'relation' &&
      /^[<>]=$/.test(part.name) &&
      part.args.some((side) => indices.includes(side)),
  )
}
