import { type Side, sidesOf, spreadExponential } from '../program/index.ts'
import type { Expr, MulTerm } from '../term/expr.ts'
import type { Code, Machine } from './machine.ts'
import type { TermCompiler } from './term-compiler.ts'

/** A product; where an exponential and a probability underflow together, it has the value of their quotient. */
export function compileProduct(term: MulTerm, depth: number, compiler: TermCompiler): Code {
  const factors = term.args.map((arg) => compiler.compile(arg, depth))
  const plain: Code =
    factors.length === 2
      ? (machine) => factors[0]!(machine) * factors[1]!(machine)
      : (machine) => {
          let product = 1
          for (const factor of factors) product *= factor(machine)
          return product
        }
  const store = compiler.scope?.store
  const spread = store && spreadExponential(term, compiler, store)
  if (spread === undefined) return plain
  const stable = compiler.compile(spread, depth)
  return (machine) => (machine.shiftsDefinition ? plain(machine) : stable(machine))
}

/** A quotient with exponentials on both sides, which are divided by their logarithms; nothing for any other. */
export function compileQuotient(
  above: Expr,
  below: Expr,
  depth: number,
  compiler: TermCompiler,
): Code | undefined {
  const sides = sidesOf(above, below, (factor) => compiler.compileLogarithm(factor, depth) !== undefined)
  if (sides === undefined) return undefined
  const compileSide = ({ exponential, plain }: Side): CompiledSide => ({
    logarithms: exponential.map((factor) => compiler.compileLogarithm(factor, depth)!),
    factors: plain.map((factor) => compiler.compile(factor, depth)),
  })
  const [up, down] = [compileSide(sides[0]), compileSide(sides[1])]
  const sign = sides[0].isNegative === sides[1].isNegative ? 1 : -1
  return (machine) => {
    const ratio = Math.exp(total(up.logarithms, machine) - total(down.logarithms, machine))
    return (sign * ratio * product(up.factors, machine)) / product(down.factors, machine)
  }
}

interface CompiledSide {
  readonly logarithms: readonly Code[]
  readonly factors: readonly Code[]
}

function total(codes: readonly Code[], machine: Machine): number {
  return codes.reduce((sum, code) => sum + code(machine), 0)
}

function product(codes: readonly Code[], machine: Machine): number {
  return codes.reduce((value, code) => value * code(machine), 1)
}
