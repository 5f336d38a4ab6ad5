import type { BigTerm } from '../term/expr.ts'
import { EvaluateError } from './environment.ts'
import type { Code } from './machine.ts'
import type { TermCompiler } from './term-compiler.ts'

/** A sum, a product, the largest or the smallest over an index. */
export function compileBig(term: BigTerm, depth: number, compiler: TermCompiler): Code {
  const from = compiler.compile(term.args[0]!, depth)
  const to = compiler.compile(term.args[1]!, depth)
  const body = compiler.compile(term.args[2]!, depth + 1)
  const { name } = term
  return (machine) => {
    const first = bound(from(machine), term)
    const last = bound(to(machine), term)
    let result = name === 'sum' ? 0 : name === 'prod' ? 1 : name === 'max' ? -Infinity : Infinity
    // Neumaier's compensation: a sum over many samples keeps its last digits.
    let lost = 0
    for (let i = first; i <= last; i++) {
      machine.setIndex(depth, i)
      const value = body(machine)
      if (name === 'sum') {
        const next = result + value
        lost += Math.abs(result) >= Math.abs(value) ? result - next + value : value - next + result
        result = next
      } else if (name === 'prod') result *= value
      else result = name === 'max' ? Math.max(result, value) : Math.min(result, value)
    }
    return Number.isFinite(lost) ? result + lost : result
  }
}

/** A bound of a sum is an integer, but may come out of a division. */
function bound(value: number, term: BigTerm): number {
  const integer = Math.round(value)
  if (Math.abs(integer - value) < 1e-9) return integer
  throw new EvaluateError(`the index ${term.hint} runs to ${value}, which is no integer`)
}
