import type { DerivativeTerm, Expr } from '../term/expr.ts'
import { nabla } from '../term/scope.ts'
import { EvaluateError } from './environment.ts'
import type { Code, Machine } from './machine.ts'
import { slopeAtZero } from './slope.ts'
import type { TermCompiler } from './term-compiler.ts'

/** A derivative not yet taken, by differences of its body as the variable's element moves. */
export function compileDerivative(term: DerivativeTerm, depth: number, compiler: TermCompiler): Code {
  const [body, variable] = term.args as readonly [Expr, Expr]
  if (variable.kind !== 'symbol') throw new EvaluateError('a derivative is taken by a name')
  const value = compiler.compile(body, depth)
  const { name } = variable
  if (name === nabla) return compileDirectional(value, compiler)
  const at = compiler.compile(variable, depth)
  const indices = variable.args.map((arg) => compiler.compile(arg, depth))
  const isDefined = compiler.scope?.declaration(name)?.definition !== undefined
  return (machine) => {
    const scale = Math.max(1, Math.abs(at(machine)))
    const shift = { name, indices: indices.map((index) => index(machine)) }
    const before = machine.shiftsDefinition
    machine.shiftsDefinition ||= isDefined
    const slope = machine.withShift(shift, (entry) => slopeAlong(machine, entry, value, scale))
    machine.shiftsDefinition = before
    return slope
  }
}

/** ∇ is a list of derivatives; given a seed as its value, it is evaluated along that direction. */
function compileDirectional(value: Code, compiler: TermCompiler): Code {
  const slot = compiler.slot(nabla)
  const isParameter = (name: string) => compiler.scope?.role(name) === 'parameter'
  return (machine) => {
    const direction = machine.value(slot)
    if (typeof direction !== 'number') throw new EvaluateError('∇ is a list of numbers, not a number', nabla)
    const shift = { name: nabla, indices: [], isParameter, direction }
    return machine.withShift(shift, (entry) => slopeAlong(machine, entry, value, 1))
  }
}

/** f'(u) of a defined f: the arguments are moved at the positions of the definition's parameters. */
export function compileSlopeOfDefinition(
  body: Expr,
  args: readonly Code[],
  orders: readonly number[],
  depth: number,
  compiler: TermCompiler,
): Code {
  const value = compiler.compile(body, depth + args.length)
  const moves = orders.flatMap((order, i) => Array.from({ length: order }, () => depth + i))
  const slope = (machine: Machine, next: number): number => {
    const position = moves[next]
    if (position === undefined) return value(machine)
    const at = machine.index[position]!
    const result = slopeAtZero(
      (offset) => {
        machine.setIndex(position, at + offset)
        for (let inner = position + 1; inner < depth + args.length; inner++) {
          machine.setIndex(inner, machine.index[inner]!)
        }
        return slope(machine, next + 1)
      },
      Math.max(1, Math.abs(at)),
    )
    machine.setIndex(position, at)
    return result
  }
  return (machine) => {
    const values = args.map((arg) => arg(machine))
    for (const [i, arg] of values.entries()) machine.setIndex(depth + i, arg)
    return slope(machine, 0)
  }
}

function slopeAlong(machine: Machine, shift: { amount: number }, value: Code, scale: number): number {
  return slopeAtZero((offset) => {
    shift.amount = offset
    machine.renew()
    return value(machine)
  }, scale)
}
