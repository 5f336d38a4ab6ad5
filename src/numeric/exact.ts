import { freeIndicesOf, type Requested } from '../program/index.ts'
import { abstractAll } from '../term/binder.ts'
import type { Scope } from '../term/scope.ts'
import { type Environment, EvaluateError, lookUp, type Value } from './environment.ts'
import type { Code, Machine } from './machine.ts'
import { TermCompiler } from './term-compiler.ts'

/** A number, or for indexed variables arrays of their shapes, one in the other. */
export type Slope = number | Slope[]

/**
 * The terms by evaluation of each by itself: slower than a program, but of any term, and whatever is missing
 * or has a wrong shape is named. Only what is needed is looked at.
 */
export function evaluateEach(
  requests: readonly Requested[],
  scope: Scope,
): (environment: Environment) => readonly Slope[] {
  const compiler = new TermCompiler(scope)
  const codes = requests.map((request) => compileRequest(request, compiler))
  return (environment) => {
    const machine = compiler.start(environment)
    return codes.map((code) => code(machine, environment))
  }
}

function compileRequest(
  { term, variables }: Requested,
  compiler: TermCompiler,
): (machine: Machine, environment: Environment) => Slope {
  const { store } = compiler.scope!
  // The free indices become bound ones, at the outermost positions of the machine.
  const names = variables.map(freeIndicesOf)
  const depth = names.flat().length
  const code: Code = compiler.compile(abstractAll(store, store.adopt(term), names.flat()), depth)
  const axes = variables.flatMap(({ name }, i) => names[i]!.map((_, position) => ({ name, position })))
  const along = (machine: Machine, environment: Environment, axis: number, row?: Value): Slope => {
    if (axis === axes.length) return code(machine)
    const { name, position } = axes[axis]!
    const value = position === 0 ? lookUp(environment, name) : row
    if (typeof value !== 'object' || value === null) {
      const problem = value === undefined ? 'there is no value for' : 'there must be an array for'
      throw new EvaluateError(`${problem} "${name}"`, name)
    }
    return Array.from({ length: value.length }, (_, i) => {
      machine.setIndex(axis, i + compiler.indexBase(name, position))
      return along(machine, environment, axis + 1, value[i])
    })
  }
  return (machine, environment) => along(machine, environment, 0)
}
