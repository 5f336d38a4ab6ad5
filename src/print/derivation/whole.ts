import type { Condition, Derivation } from '../../derivation/step.ts'
import { vectorFormOf } from '../../derivation/vector-form.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import { latexSymbol } from '../latex.ts'
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
 * other derivatives. Ranges of the component are no condition of the whole; any other that speaks of the component
 * stays with the component, and there is no whole.
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
  const conditions = derivation.conditions.filter((condition) => !isRange(condition, indices))
  if (
    conditions.some(({ relation }) =>
      indices.some((index) => index.kind === 'symbol' && relation.names.has(index.name)),
    )
  ) {
    return undefined
  }
  const taken = namesOf(derivation)
  const right = printVectorForm(form, format, taken)
  const name = boldName(first.name, format)
  if (right === undefined || name === undefined) return undefined
  const power = second === undefined ? '' : format === 'latex' ? '^2' : '²'
  const left =
    format === 'latex'
      ? `\\nabla${power}_{${name}} ${latexSymbol(loss)}`
      : `∇${power}_${name} ${textSymbol(loss)}`
  return { left, right, conditions: writeConditions(conditions, format, taken, boundLetters(form)) }
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
