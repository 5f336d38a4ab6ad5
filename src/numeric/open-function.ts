import type { ApplyTerm } from '../term/expr.ts'
import { EvaluateError } from './environment.ts'
import type { Code, Machine } from './machine.ts'
import type { TermCompiler } from './term-compiler.ts'

/** A function of the environment. Where none of its arguments has a parameter, it gets them all besides. */
export function compileOpenFunction(term: ApplyTerm, args: readonly Code[], compiler: TermCompiler): Code {
  const { name, orders } = term
  const slot = compiler.slot(name)
  const isOpen = compiler.scope?.isOpenFunction(term) ?? false
  const parameters = isOpen ? (compiler.scope?.namesWithRole('parameter') ?? []) : []
  const reads = parameters.map((parameter) => readWhole(parameter, compiler))
  return (machine) => {
    const value = machine.value(slot)
    if (typeof value !== 'function') {
      const problem = value === undefined ? 'there is no function' : 'there is a number, not a function,'
      throw new EvaluateError(`${problem} for "${name}"`, name)
    }
    const hidden = isOpen ? [machine.time, ...reads.map((read) => read(machine))] : []
    return value(
      args.map((arg) => arg(machine)),
      orders,
      hidden,
    )
  }
}

/** A weighted sum of all elements of a parameter, with the shifts in force. */
function readWhole(name: string, compiler: TermCompiler): Code {
  const sum = (machine: Machine, value: unknown, indices: readonly number[]): number => {
    if (typeof value === 'number') return value + machine.shiftOf(name, indices)
    if (typeof value !== 'object' || value === null || !('length' in value)) return 0
    const base = compiler.indexBase(name, indices.length)
    let total = 0
    for (const [i, element] of Array.from(value as ArrayLike<unknown>).entries()) {
      // Unlike weights, so that every element counts by itself.
      total += (1 + 0.3 * i) * sum(machine, element, [...indices, i + base])
    }
    return total
  }
  return (machine) => sum(machine, machine.valueOfName(name), [])
}
