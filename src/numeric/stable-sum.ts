import { functions } from '../functions/index.ts'
import { complementOf, differenceOfExponential, tangentOfSech } from '../program/index.ts'
import type { AddTerm } from '../term/expr.ts'
import type { Code } from './machine.ts'
import type { TermCompiler } from './term-compiler.ts'

/** A sum; `exp(u) - 1`, `1 - exp(u)`, `1 - sigmoid(u)` and `1 - tanh(u)^2` do not cancel. */
export function compileSum(term: AddTerm, depth: number, compiler: TermCompiler): Code {
  const terms = term.args.map((arg) => compiler.compile(arg, depth))
  const plain: Code =
    terms.length === 2
      ? (machine) => terms[0]!(machine) + terms[1]!(machine)
      : (machine) => {
          let sum = 0
          for (const code of terms) sum += code(machine)
          return sum
        }
  const stable = compileStable(term, depth, compiler)
  return stable === undefined
    ? plain
    : (machine) => (machine.shiftsDefinition ? plain(machine) : stable(machine))
}

function compileStable(term: AddTerm, depth: number, compiler: TermCompiler): Code | undefined {
  const complement = complementOf(term.args, compiler)
  if (complement !== undefined) {
    const argument = compiler.compile(complement.argument, depth)
    const { evaluate } = functions.get(complement.name)!
    return complement.isNegated
      ? (machine) => evaluate(-argument(machine))
      : (machine) => evaluate(argument(machine))
  }
  const tangent = tangentOfSech(term.args, compiler)
  if (tangent !== undefined) {
    const argument = compiler.compile(tangent.args[0]!, depth)
    return (machine) => {
      const secant = 1 / Math.cosh(argument(machine))
      return secant * secant
    }
  }
  const difference = differenceOfExponential(term.args, compiler)
  if (difference === undefined) return undefined
  const argument = compiler.compile(difference.argument, depth)
  return (machine) => difference.sign * Math.expm1(argument(machine))
}
