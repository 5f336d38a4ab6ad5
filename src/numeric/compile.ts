import { abstractAll } from '../term/binder.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { type Environment, EvaluateError, lookUp, type Value } from './environment.ts'
import type { Machine } from './machine.ts'
import { TermCompiler } from './term-compiler.ts'

/** A partial derivative: a number, or for an indexed parameter arrays of its shape. */
export type Slope = number | Slope[]

/** A loss and its gradient as functions of an environment. */
export interface CompiledLoss {
  loss(environment: Environment): number
  gradient(environment: Environment): Record<string, Slope>
}

/**
 * Compiles a loss with its partial derivatives, in the order of `variables`. The free indices of a variable
 * such as `w_k` run over the whole array that the environment has for its name.
 */
export function compileLoss({
  loss,
  gradient,
  variables,
  scope,
}: {
  readonly loss: Expr
  readonly gradient: readonly Expr[]
  readonly variables: readonly SymbolTerm[]
  readonly scope: Scope
}): CompiledLoss {
  const lossCompiler = new TermCompiler(scope)
  const value = lossCompiler.compile(loss)
  // Apart from the loss, so that one does not pay for the other; the partials share what they have in common.
  const compiler = new TermCompiler(scope)
  const partials = gradient.map((term, i) => {
    const variable = variables[i]!
    return { key: keyOf(variable), slope: compilePartial(variable, term, compiler) }
  })
  return {
    loss: (environment) => value(lossCompiler.start(environment)),
    gradient: (environment) => {
      const machine = compiler.start(environment)
      return Object.fromEntries(partials.map(({ key, slope }) => [key, slope(machine, environment)]))
    },
  }
}

/** `w` for w_k with k running; `w_1` for an element that is meant alone. */
function keyOf(variable: SymbolTerm): string {
  if (variable.args.every(isFreeIndex)) return variable.name
  const indices = variable.args.map((arg) => ('name' in arg ? arg.name : '…')).join(',')
  return variable.args.length === 1 && indices.length === 1
    ? `${variable.name}_${indices}`
    : `${variable.name}_{${indices}}`
}

function isFreeIndex(term: Expr): boolean {
  return term.kind === 'symbol' && term.args.length === 0
}

function compilePartial(
  variable: SymbolTerm,
  term: Expr,
  compiler: TermCompiler,
): (machine: Machine, environment: Environment) => Slope {
  const { name } = variable
  const free = variable.args.every(isFreeIndex) ? variable.args.map((arg) => (arg as SymbolTerm).name) : []
  if (free.length === 0) {
    const code = compiler.compile(term)
    return (machine) => code(machine)
  }
  // The free indices become bound ones, at the outermost positions of the machine.
  const { store } = compiler.scope!
  const code = compiler.compile(abstractAll(store, store.adopt(term), free), free.length)
  const bases = free.map((_, position) => compiler.indexBase(name, position))
  const along = (machine: Machine, value: Value | undefined, position: number): Slope => {
    if (position === free.length) return code(machine)
    if (typeof value !== 'object' || value === null) {
      const problem = value === undefined ? 'there is no value for' : 'there must be an array for'
      throw new EvaluateError(`${problem} "${name}"`, name)
    }
    return Array.from({ length: value.length }, (_, i) => {
      machine.setIndex(position, i + bases[position]!)
      return along(machine, value[i], position + 1)
    })
  }
  return (machine, environment) => along(machine, lookUp(environment, name), 0)
}
