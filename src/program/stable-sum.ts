import type { CallTerm, Expr } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'

/** Sees through definitions. */
interface Resolver {
  resolve(term: Expr): Expr
}

/** A function of `argument`, or of minus it. */
export interface Complement {
  readonly name: string
  readonly argument: Expr
  readonly isNegated: boolean
}

const complements: ReadonlyMap<string, { readonly name: string; readonly isNegated: boolean }> = new Map([
  ['sigmoid', { name: 'sigmoid', isNegated: true }],
  ['Phi', { name: 'Phi', isNegated: true }],
  ['erf', { name: 'erfc', isNegated: false }],
  ['erfc', { name: 'erf', isNegated: false }],
])

/** What `1 - sigmoid(u)` is without the difference, which would cancel: `sigmoid(-u)`; also for Phi and erf. */
export function complementOf(terms: readonly Expr[], resolver: Resolver): Complement | undefined {
  const [one, negated] = terms
  if (terms.length !== 2 || !isNumber(one!, 1) || negated!.kind !== 'neg') return undefined
  const call = resolver.resolve(negated!.args[0]!)
  const complement = call.kind === 'call' ? complements.get(call.name) : undefined
  return complement && { ...complement, argument: call.args[0]! }
}

/** The `tanh(u)` of `1 - tanh(u)^2`, which is `1/cosh(u)^2`. */
export function tangentOfSech(terms: readonly Expr[], resolver: Resolver): CallTerm | undefined {
  const [one, negated] = terms
  if (terms.length !== 2 || !isNumber(one!, 1) || negated!.kind !== 'neg') return undefined
  const square = resolver.resolve(negated!.args[0]!)
  if (square.kind !== 'pow' || !isNumber(square.args[1]!, 2)) return undefined
  return callOf('tanh', square.args[0]!, resolver)
}

/** The u of `exp(u) - 1` and of `1 - exp(u)`, with the sign. */
export function differenceOfExponential(
  terms: readonly Expr[],
  resolver: Resolver,
): { readonly argument: Expr; readonly sign: 1 | -1 } | undefined {
  if (terms.length !== 2) return undefined
  for (const [here, other] of [
    [terms[0]!, terms[1]!],
    [terms[1]!, terms[0]!],
  ] as const) {
    if (other.kind === 'neg' && isNumber(other.args[0]!, 1)) {
      const exponential = callOf('exp', here, resolver)
      if (exponential) return { argument: exponential.args[0]!, sign: 1 }
    }
    if (isNumber(other, 1) && here.kind === 'neg') {
      const exponential = callOf('exp', here.args[0]!, resolver)
      if (exponential) return { argument: exponential.args[0]!, sign: -1 }
    }
  }
  return undefined
}

function callOf(name: string, term: Expr, resolver: Resolver): CallTerm | undefined {
  const resolved = resolver.resolve(term)
  return resolved.kind === 'call' && resolved.name === name ? resolved : undefined
}
