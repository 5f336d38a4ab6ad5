import type { Derivation } from '../derivation/step.ts'
import { type CompiledCurvature, type CompiledLoss, compileLoss } from '../numeric/compile.ts'
import type { Environment } from '../numeric/environment.ts'
import { evaluate as evaluateTerm } from '../numeric/evaluate.ts'
import { type ReadOptions, readAny } from '../read/index.ts'
import type { Expr } from '../term/expr.ts'
import { isOnIndices } from '../term/guarded.ts'
import type { Scope } from '../term/scope.ts'
import { type DeriveOptions, derive } from './derive.ts'
import { rememberScope, scopeOf } from './remembered-scope.ts'

/**
 * Reads a term; the same options give the same reading as `derive`.
 * @throws ReadError where the text cannot be read.
 */
export function parse(text: string, options: ReadOptions = {}): Expr {
  const { term, scope } = readAny(text, options)
  return rememberScope(term, scope)
}

/**
 * The value of a text or a term. Arrays are 0-based, the mathematics 1-based: index 1 is element 0, unless the
 * index of the name starts at 0. `evaluate('w_k', { w: [5, 6], k: 2 })` is 6.
 * @throws ReadError where the text cannot be read, EvaluateError where a value is missing.
 */
export function evaluate(
  subject: string | Expr,
  environment: Environment,
  options: ReadOptions = {},
): number {
  const term = typeof subject === 'string' ? parse(subject, options) : subject
  return evaluateTerm(term, environment, scopeOf(term))
}

/**
 * The loss and its gradient as functions of an environment, for order 2 with its Hessian. An indexed parameter's
 * gradient is an array (of arrays) of the parameter's shape. Arrays may be typed. Where code made from text is
 * forbidden, as under a content security policy, the same program is interpreted.
 * @throws ReadError and LimitError as `derive` does; the functions throw EvaluateError where a value is missing.
 */
export function compile(text: string, options: DeriveOptions & { readonly order: 2 }): CompiledCurvature
export function compile(text: string, options?: DeriveOptions): CompiledLoss
export function compile(text: string, options: DeriveOptions = {}): CompiledLoss | CompiledCurvature {
  const { reading, partials, hessian } = derive(text, options)
  const { loss, scope, variables } = reading
  const { hessian: curvature, ...compiled } = compileLoss({
    loss,
    gradient: partials.map((partial) => withinRanges(partial, scope)),
    hessian: hessian.map((entry) => ({ variables: entry.variables, term: withinRanges(entry, scope) })),
    variables,
    scope,
  })
  return options.order === 2 ? { ...compiled, hessian: curvature } : compiled
}

/**
 * A result for 2 <= k <= T tells nothing of u_1, which the loss does not have: there the derivative is 0, and what
 * the result says of s_{k-1} must not be looked up.
 */
function withinRanges({ result, conditions }: Derivation, scope: Scope): Expr {
  const { store } = scope
  const ranges = conditions.flatMap(({ relation, indices }) =>
    indices.length === 0 && isOnIndices(relation, scope) ? [relation] : [],
  )
  if (ranges.length === 0) return result
  return store.piecewise([store.logical('and', ranges), result, store.number(0)])
}
