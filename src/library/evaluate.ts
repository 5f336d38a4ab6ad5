import { type CompiledLoss, compileLoss } from '../numeric/compile.ts'
import type { Environment } from '../numeric/environment.ts'
import { evaluate as evaluateTerm } from '../numeric/evaluate.ts'
import { type ReadOptions, readAny } from '../read/index.ts'
import type { Expr } from '../term/expr.ts'
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
 * The loss and its gradient as functions of an environment. An indexed parameter's gradient is an array (of
 * arrays) of the parameter's shape.
 * @throws ReadError and LimitError as `derive` does.
 */
export function compile(text: string, options: DeriveOptions = {}): CompiledLoss {
  const { reading, partials } = derive(text, options)
  const { loss, scope, variables } = reading
  return compileLoss({ loss, gradient: partials.map((partial) => partial.result), variables, scope })
}
