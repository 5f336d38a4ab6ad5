import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

/**
 * The sentence that ends a derivation: what the gradient of the whole has to do with the gradients of the
 * samples. Nothing where the loss is not, as it is written, a constant times a sum over an index.
 */
export function linearityOf(loss: Expr, scope: Scope): readonly string[] {
  const factors = loss.kind === 'neg' ? [loss.args[0]!] : [loss]
  const product = factors[0]!
  const all = product.kind === 'mul' ? product.args : [product]
  const sums = all.filter((factor) => factor.kind === 'big' && factor.name === 'sum')
  if (sums.length !== 1) return []
  const sum = sums[0]!
  const coefficient = all.filter((factor) => factor !== sum)
  if (coefficient.some((factor) => mayDependOnParameters(factor, scope))) return []
  if (mayDependOnParameters(sum.args[0]!, scope) || mayDependOnParameters(sum.args[1]!, scope)) return []
  const count = sum.args[1]!
  const isMean = coefficient.some(
    (factor) => factor.kind === 'div' && factor.args[1] === count && factor.args[0]!.kind === 'number',
  )
  const isPlainMean =
    isMean && loss.kind !== 'neg' && coefficient.length === 1 && isOne(coefficient[0]!.args[0]!)
  if (isPlainMean) {
    return [
      'The gradient is linear over the sum: the gradient of the average is the average of the gradients.',
    ]
  }
  return [
    'The gradient is linear over the sum: the gradient of the sum is the sum of the gradients, with the same factor in front.',
  ]
}

function isOne(term: Expr): boolean {
  return term.kind === 'number' && term.name === '1'
}

function mayDependOnParameters(term: Expr, scope: Scope): boolean {
  for (const name of term.names) {
    const role = scope.role(name)
    if (role === 'parameter' || role === 'definition' || role === 'function') return true
  }
  return false
}
