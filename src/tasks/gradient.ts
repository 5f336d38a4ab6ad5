import { RecordedDerivation } from '../derivation/derivation.ts'
import { nameOf } from '../rules/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { Differentiator } from './differentiate.ts'

/** The derivation of one partial derivative. */
export class PartialDerivation extends RecordedDerivation {
  /** The variable as it is written: `m`, `w_k`. */
  get wrt(): string {
    return nameOf(this.variables[0]!)
  }
}

/** The derivation of one entry of the Hessian: a first partial derivative differentiated again. */
export class HessianEntry extends RecordedDerivation {
  get wrt(): readonly [string, string] {
    return [nameOf(this.variables[0]!), nameOf(this.variables[1]!)]
  }
}

export interface Gradient {
  readonly partials: readonly PartialDerivation[]
  /** For order 2, the entries on and above the diagonal; a Hessian is symmetric. */
  readonly hessian: readonly HessianEntry[]
}

/**
 * Every partial derivative of a loss, and for order 2 its second derivatives.
 * @throws LimitError when a stated limit is reached.
 */
export function differentiateLoss(
  loss: Expr,
  scope: Scope,
  variables: readonly SymbolTerm[],
  order: 1 | 2 = 1,
): Gradient {
  const differentiator = new Differentiator(scope)
  const partials = variables.map(
    (variable) => new PartialDerivation(differentiator.differentiate(loss, variable)),
  )
  if (order === 1) return { partials, hessian: [] }
  const hessian = partials.flatMap((partial, row) =>
    variables.slice(row).map((second, offset) => {
      const first = variables[row]!
      // The second derivative by an indexed parameter needs an index of its own: w_k and then w_l.
      const variable = offset === 0 ? withFreshIndices(second, partial.result, scope) : second
      return new HessianEntry(differentiator.differentiate(partial.result, variable, [first]))
    }),
  )
  return { partials, hessian }
}

const letters = ['l', 'q', 'r', 's', 'u', 'v', 'h', 'a', 'b', 'c']

function withFreshIndices(variable: SymbolTerm, beside: Expr, scope: Scope): SymbolTerm {
  if (variable.args.length === 0) return variable
  const used = new Set([...beside.names, ...variable.names])
  const indices = variable.args.map((index) => {
    if (index.kind !== 'symbol') return index
    const letter = letters.find((name) => !used.has(name) && scope.declaration(name) === undefined)
    if (letter === undefined) return index
    used.add(letter)
    return scope.store.symbol(letter)
  })
  return scope.store.symbol(variable.name, indices)
}
