import { NoProgram, Programmer, type Requested } from '../program/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { withCounts } from './counts.ts'
import { type Environment, lookUp, type Value } from './environment.ts'
import { evaluateEach, type Slope } from './exact.ts'
import { interpret } from './interpreter.ts'
import { compileJavaScript } from './javascript.ts'
import { namesIn, type Result, RunFailure } from './program-run.ts'

export type { Slope } from './exact.ts'

/** A loss and its gradient as functions of an environment. */
export interface CompiledLoss {
  loss(environment: Environment): number
  /** By the name of each parameter; an array (of arrays) of its shape where it is indexed. */
  gradient(environment: Environment): Record<string, Slope>
  /** Both, of which the gradient costs less when the loss is computed with it. */
  lossAndGradient(environment: Environment): { loss: number; gradient: Record<string, Slope> }
}

/** With the second derivatives. */
export interface CompiledCurvature extends CompiledLoss {
  /** `hessian.a.b` is the derivative by a and by b; its shape is that of a, and in each entry that of b. */
  hessian(environment: Environment): Record<string, Record<string, Slope>>
}

/** A second derivative, by the first variable and then by the second. */
export interface SecondDerivative {
  readonly variables: readonly SymbolTerm[]
  readonly term: Expr
}

/**
 * Compiles a loss with its partial derivatives, in the order of `variables`, and with its second derivatives on
 * and above the diagonal. The free indices of a variable such as `w_k` run over the whole array that the
 * environment has for its name.
 */
export function compileLoss({
  loss,
  gradient,
  hessian = [],
  variables,
  scope,
}: {
  readonly loss: Expr
  readonly gradient: readonly Expr[]
  readonly hessian?: readonly SecondDerivative[]
  readonly variables: readonly SymbolTerm[]
  readonly scope: Scope
}): CompiledCurvature {
  const programmer = new Programmer(scope)
  const asked: Requested = { term: loss, variables: [] }
  const partials = gradient.map((term, i) => ({ term, variables: [variables[i]!] }))
  const keys = variables.map(keyOf)
  const byKey = (slopes: readonly Slope[]) => Object.fromEntries(slopes.map((slope, i) => [keys[i]!, slope]))
  // Each is a program of its own, so that none pays for another; what they share is in their graph.
  // How long arrays are may be told by the loss alone: in the slope of a sum only one of its terms is left.
  const complete = once(() => withCounts([loss, ...gradient, ...hessian.map(({ term }) => term)], scope))
  const compileEach = (requests: readonly Requested[]) => {
    const compute = compileRequests(requests, programmer)
    return (environment: Environment) => complete()(compute, environment)
  }
  const toLoss = compileEach([asked])
  const toGradient = compileEach(partials)
  const toBoth = compileEach([asked, ...partials])
  const toHessian = compileEach(hessian)
  return {
    loss: (environment) => toLoss(environment)[0] as number,
    gradient: (environment) => byKey(toGradient(environment)),
    lossAndGradient: (environment) => {
      const [value, ...slopes] = toBoth(environment)
      return { loss: value as number, gradient: byKey(slopes) }
    },
    hessian: (environment) => {
      const rows = new Map(keys.map((key) => [key, new Map<string, Slope>()]))
      for (const [i, entry] of toHessian(environment).entries()) {
        const [first, second] = hessian[i]!.variables as readonly [SymbolTerm, SymbolTerm]
        rows.get(keyOf(first))?.set(keyOf(second), entry)
        if (keyOf(first) !== keyOf(second)) {
          rows.get(keyOf(second))?.set(keyOf(first), exchange(entry, axesOf(first), axesOf(second)))
        }
      }
      return Object.fromEntries([...rows].map(([key, row]) => [key, Object.fromEntries(row)]))
    },
  }
}

/** A function that computes the terms together: by a program, or where there is none one by one. */
function compileRequests(
  requests: readonly Requested[],
  programmer: Programmer,
): (environment: Environment) => readonly Slope[] {
  const exact = once(() => evaluateEach(requests, programmer.scope))
  const fast = once(() => {
    try {
      const program = programmer.program(requests)
      return { names: namesIn(program), run: compileJavaScript(program) ?? interpret(program) }
    } catch (error) {
      if (error instanceof NoProgram) return undefined
      throw error
    }
  })
  const run = (environment: Environment): readonly Slope[] | undefined => {
    const program = fast()
    if (program === undefined) return undefined
    for (const name of programmer.constants) if (lookUp(environment, name) !== undefined) return undefined
    if (!requests.every((request) => isRectangular(request, environment))) return undefined
    try {
      const results = program.run(program.names.map((name) => lookUp(environment, name)))
      // What is not a number may be a missing value that was not to be used.
      if (results.some(({ values }) => values.some(Number.isNaN))) return undefined
      return results.map(toSlope)
    } catch (error) {
      if (error instanceof RunFailure) return undefined
      throw error
    }
  }
  return (environment) => run(environment) ?? exact()(environment)
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Whether all rows of the variables are as long as the first, as a program takes them to be. */
function isRectangular({ variables }: Requested, environment: Environment): boolean {
  return variables.every(({ name, args }) => {
    let rows: readonly (Value | undefined)[] = [lookUp(environment, name)]
    for (let axis = 0; axis < args.length; axis++) {
      if (axis > 0) {
        const [first] = rows
        if (!rows.every((row) => lengthOf(row) === lengthOf(first))) return false
      }
      if (axis + 1 < args.length)
        rows = rows.flatMap((row) => (typeof row === 'object' ? Array.from(row) : []))
    }
    return true
  })
}

function lengthOf(value: Value | undefined): number | undefined {
  return typeof value === 'object' && value !== null ? value.length : undefined
}

function toSlope({ values, lengths }: Result): Slope {
  let next = 0
  const build = (axis: number): Slope =>
    axis === lengths.length ? values[next++]! : Array.from({ length: lengths[axis]! }, () => build(axis + 1))
  return build(0)
}

function axesOf({ args }: SymbolTerm): number {
  return args.every(isFreeIndex) ? args.length : 0
}

/** The transpose of a block of the Hessian, whose first axes are those of one variable. */
function exchange(entry: Slope, first: number, second: number): Slope {
  const at = (path: readonly number[]): Slope => {
    let part = entry
    for (const i of path) part = (part as Slope[])[i]!
    return part
  }
  const build = (inner: readonly number[], outer: readonly number[]): Slope => {
    if (inner.length < second) {
      const sample = at(Array.from({ length: first }, () => 0).concat(inner))
      return (sample as Slope[]).map((_, i) => build([...inner, i], outer))
    }
    if (outer.length < first) {
      return (at(outer) as Slope[]).map((_, i) => build(inner, [...outer, i]))
    }
    return at([...outer, ...inner])
  }
  return build([], [])
}

/** `w` for w_k with k running; `w_1` for an element that is meant alone. */
export function keyOf(variable: SymbolTerm): string {
  if (variable.args.every(isFreeIndex)) return variable.name
  const indices = variable.args.map((arg) => ('name' in arg ? arg.name : '…')).join(',')
  return variable.args.length === 1 && indices.length === 1
    ? `${variable.name}_${indices}`
    : `${variable.name}_{${indices}}`
}

function isFreeIndex(term: Expr): boolean {
  return term.kind === 'symbol' && term.args.length === 0
}
