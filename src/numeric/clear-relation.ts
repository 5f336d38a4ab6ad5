import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import type { Environment, Value } from './environment.ts'
import { compileTerms } from './evaluate.ts'
import { surveyTerms, type Use } from './survey.ts'
import { TermCompiler } from './term-compiler.ts'

/** How far the sides of a strict relation must be apart. */
const margin = 1e-3

/** Whether a condition holds, for every value of its free indices but those that are `single`. */
export function compileRelation(
  term: Expr,
  scope: Scope,
  single: ReadonlySet<string>,
): (environment: Environment) => boolean {
  const free = freeIndices(term, scope).filter(({ name }) => !single.has(name))
  const holds = compileClearly(term, scope)
  return (environment) => everyIndex(free, environment, scope, holds)
}

/** Whether a condition holds, with a margin where it is strict and up to rounding where it is an equation. */
function compileClearly(term: Expr, scope: Scope): (environment: Environment) => boolean {
  if (term.kind === 'logical' && term.name !== 'not') {
    const parts = term.args.map((arg) => compileClearly(arg, scope))
    return term.name === 'and'
      ? (environment) => parts.every((part) => part(environment))
      : (environment) => parts.some((part) => part(environment))
  }
  if (term.kind !== 'relation') {
    const value = compileTerms([term], scope)
    return (environment) => value(environment)[0] === 1
  }
  const sides = compileTerms(term.args, scope)
  return (environment) => {
    const [left, right] = sides(environment) as [number, number]
    const scaleOfBoth = Math.max(1, Math.abs(left), Math.abs(right))
    const distance = (left - right) / scaleOfBoth
    switch (term.name) {
      case '<':
      case '<=':
        return distance < (term.name === '<' ? -margin : 1e-12)
      case '>':
      case '>=':
        return distance > (term.name === '>' ? margin : -1e-12)
      case '==':
        return Math.abs(distance) <= 1e-9
      case '!=':
        return Math.abs(distance) > margin
    }
  }
}

/** The names that stand as a free index in a relation, each with an array that it runs over. */
function freeIndices(term: Expr, scope: Scope): readonly Use[] {
  return [...surveyTerms([term], scope).values()].filter(
    (use) => use.indices === 0 && !use.isBound && use.indexes.length > 0 && scope.role(use.name) !== 'data',
  )
}

function everyIndex(
  free: readonly Use[],
  environment: Environment,
  scope: Scope,
  holds: (environment: Environment) => boolean,
): boolean {
  const [first, ...rest] = free
  if (first === undefined) return holds(environment)
  const { name, position } = first.indexes[0]!
  const base = new TermCompiler(scope).indexBase(name, position)
  let array: Value | undefined = (environment as Readonly<Record<string, Value>>)[name]
  for (let i = 0; i < position && typeof array === 'object'; i++) array = array[0]
  const length = typeof array === 'object' && array !== null ? array.length : 1
  for (let i = 0; i < length; i++) {
    const point = { ...environment, [first.name]: i + base }
    if (!everyIndex(rest, point, scope, holds)) return false
  }
  return true
}
