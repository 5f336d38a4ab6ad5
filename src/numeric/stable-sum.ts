import { functions } from '../functions/index.ts'
import type { AddTerm, CallTerm, Expr } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import type { Code } from './machine.ts'
import type { TermCompiler } from './term-compiler.ts'

/** A sum; `exp(u) - 1`, `1 - exp(u)` and `1 - sigmoid(u)` do not cancel. */
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
  const complement = complementOfSigmoid(term, compiler)
  const difference = differenceOfExponential(term, compiler)
  const special = complement ?? difference?.argument
  if (special === undefined) return plain
  const argument = compiler.compile(special, depth)
  const sigmoid = functions.get('sigmoid')!.evaluate
  const stable: Code = complement
    ? (machine) => sigmoid(-argument(machine))
    : (machine) => difference!.sign * Math.expm1(argument(machine))
  return (machine) => (machine.shiftsDefinition ? plain(machine) : stable(machine))
}

/** The u of `1 - sigmoid(u)`. */
export function complementOfSigmoid(term: Expr, compiler: TermCompiler): Expr | undefined {
  if (term.kind !== 'add' || term.args.length !== 2) return undefined
  const [one, negated] = term.args
  if (!isNumber(one!, 1) || negated!.kind !== 'neg') return undefined
  return callOf('sigmoid', negated!.args[0]!, compiler)?.args[0]
}

/** The u of `exp(u) - 1` and of `1 - exp(u)`, with the sign. */
function differenceOfExponential(
  term: AddTerm,
  compiler: TermCompiler,
): { readonly argument: Expr; readonly sign: 1 | -1 } | undefined {
  if (term.args.length !== 2) return undefined
  for (const [here, other] of [
    [term.args[0]!, term.args[1]!],
    [term.args[1]!, term.args[0]!],
  ] as const) {
    if (other.kind === 'neg' && isNumber(other.args[0]!, 1)) {
      const exponential = callOf('exp', here, compiler)
      if (exponential) return { argument: exponential.args[0]!, sign: 1 }
    }
    if (isNumber(other, 1) && here.kind === 'neg') {
      const exponential = callOf('exp', here.args[0]!, compiler)
      if (exponential) return { argument: exponential.args[0]!, sign: -1 }
    }
  }
  return undefined
}

function callOf(name: string, term: Expr, compiler: TermCompiler): CallTerm | undefined {
  const resolved = compiler.resolve(term)
  return resolved.kind === 'call' && resolved.name === name ? resolved : undefined
}
