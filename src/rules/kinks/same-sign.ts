import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import { rationalOf } from '../algebra/number.ts'
import { signOf } from '../sign.ts'

/** Increasing functions, with the argument at which they are 0. */
const zeros: ReadonlyMap<string, 0 | 1> = new Map([
  ...['sinh', 'tanh', 'asinh', 'atanh', 'asin', 'atan', 'erf', 'cbrt', 'expm1', 'log1p'].map(
    (name) => [name, 0] as const,
  ),
  ...['log', 'log2', 'log10'].map((name) => [name, 1] as const),
])

/** Increasing functions, with the value they have at 0. */
const valuesAtZero: ReadonlyMap<string, '1' | '1/2'> = new Map([
  ['exp', '1'],
  ['sigmoid', '1/2'],
  ['Phi', '1/2'],
] as const)

/**
 * A simpler term that is positive, zero and negative where this one is: u for exp(u) - 1, tanh(u), u^3 or 2*u,
 * and u - v for exp(u) - exp(v).
 */
export function sameSign(term: Expr, scope: Scope): Expr {
  let current = term
  for (let next = simpler(current, scope); next !== undefined; next = simpler(current, scope)) current = next
  return current
}

function simpler(term: Expr, scope: Scope): Expr | undefined {
  const { store } = scope
  switch (term.kind) {
    case 'neg': {
      const inner = simpler(term.args[0]!, scope)
      return inner === undefined ? undefined : inner.kind === 'neg' ? inner.args[0] : store.neg(inner)
    }
    case 'call': {
      const zero = zeros.get(term.name)
      if (zero === undefined) return undefined
      return zero === 0 ? term.args[0] : store.subtract(term.args[0]!, store.number(1))
    }
    case 'pow': {
      const order = rationalOf(term.args[1]!)
      const isOdd = order?.isInteger === true && order.sign > 0 && order.numerator % 2n !== 0n
      return isOdd ? term.args[0] : undefined
    }
    case 'mul': {
      const rest = term.args.filter((factor) => signOf(factor, scope) !== 'positive')
      return rest.length === term.args.length ? undefined : store.mul(rest)
    }
    case 'div':
      return signOf(term.args[1]!, scope) === 'positive' ? term.args[0] : undefined
    case 'add':
      return simplerSum(term.args, scope)
    default:
      return undefined
  }
}

function simplerSum(args: readonly Expr[], { store }: Scope): Expr | undefined {
  const filled = args.filter((arg) => !isNumber(arg.kind === 'neg' ? arg.args[0]! : arg, 0))
  if (filled.length < args.length) return store.add(filled)
  const [first, second] = args as [Expr, Expr]
  if (args.length !== 2 || (first.kind === 'neg') === (second.kind === 'neg')) return undefined
  const [plus, minus] =
    first.kind === 'neg'
      ? [second, first.args[0]!]
      : [first, second.kind === 'neg' ? second.args[0]! : second]
  if (plus.kind === 'call' && minus.kind === 'call') {
    const isIncreasing = zeros.has(plus.name) || valuesAtZero.has(plus.name)
    const isSame = plus.name === minus.name && isIncreasing
    return isSame ? store.subtract(plus.args[0]!, minus.args[0]!) : undefined
  }
  const isAtZero = (call: Expr, value: Expr): boolean => {
    const atZero = call.kind === 'call' ? valuesAtZero.get(call.name) : undefined
    return atZero !== undefined && rationalOf(value)?.toString() === atZero
  }
  if (isAtZero(plus, minus)) return plus.args[0]
  return isAtZero(minus, plus) ? store.neg(minus.args[0]!) : undefined
}
