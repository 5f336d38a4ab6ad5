import { spreadExponential } from '../program/index.ts'
import type { MulTerm } from '../term/expr.ts'
import type { Code } from './machine.ts'
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
