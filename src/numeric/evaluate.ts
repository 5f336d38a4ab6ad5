import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { withCounts } from './counts.ts'
import type { Environment } from './environment.ts'
import { TermCompiler } from './term-compiler.ts'

/**
 * The value of a term. Relations are 1 or 0; a derivative not yet taken is taken numerically; a count that the
 * environment lacks is told from the lengths of the arrays.
 * @throws EvaluateError when a name has no value or a value of the wrong shape.
 */
export function evaluate(term: Expr, environment: Environment, scope?: Scope): number {
  return withCounts([term], scope)(compileTerm(term, scope), environment)
}

/** The term as a function of the environment, without `eval`; shared sub-terms are computed once. */
export function compileTerm(term: Expr, scope?: Scope): (environment: Environment) => number {
  const compiler = new TermCompiler(scope)
  const code = compiler.compile(term)
  return (environment) => code(compiler.start(environment))
}

/** Several terms at once, which share what they have in common. */
export function compileTerms(
  terms: readonly Expr[],
  scope?: Scope,
): (environment: Environment) => readonly number[] {
  const compiler = new TermCompiler(scope)
  const codes = terms.map((term) => compiler.compile(term))
  return (environment) => {
    const machine = compiler.start(environment)
    return codes.map((code) => code(machine))
  }
}
