import type { Expr } from '../term/expr.ts'
import type { Elaborator } from './elaborator.ts'
import type { Call, Surface } from './surface.ts'

/**
 * `y!` is gamma(y + 1) and `\binom{n}{k}` a quotient of three of them. A logarithm around them is one of lgamma, since
 * they are beyond all floats where their logarithms are not. Nothing where the call is none of these.
 */
export function readFactorial(reader: Elaborator, node: Call): Expr | undefined {
  if (node.name === 'factorial' || node.name === 'binom') {
    const { above, below } = partsOf(reader, node)
    const [first, ...rest] = below.map((part) => gammaOf(reader, part))
    const numerator = gammaOf(reader, above)
    return first === undefined ? numerator : reader.store.div(numerator, reader.store.mul([first, ...rest]))
  }
  const [arg] = node.args
  if (node.name !== 'log' || arg === undefined || node.args.length > 1) return undefined
  const inner = arg.kind === 'group' ? arg.body : arg
  const isFactorial = inner.kind === 'call' && !inner.own && /^(?:factorial|binom)$/.test(inner.name)
  if (!isFactorial || node.power !== undefined || node.orders.length > 0) return undefined
  const { above, below } = partsOf(reader, inner)
  const { store } = reader
  const logarithm = (part: Expr) => store.call('lgamma', [part])
  return store.add([logarithm(above), ...below.map((part) => store.neg(logarithm(part)))])
}

/** The arguments of gamma above and below the line. */
function partsOf(reader: Elaborator, node: Call): { readonly above: Expr; readonly below: readonly Expr[] } {
  const [of, among] = node.args
  if (node.name === 'factorial') return { above: successor(reader, of!), below: [] }
  if (of === undefined || among === undefined || node.args.length > 2) {
    return reader.fail(node, 'binom needs two numbers: binom(n, k)')
  }
  const { store } = reader
  const rest = store.add([reader.term(of), store.neg(reader.term(among)), store.number(1)])
  return { above: successor(reader, of), below: [successor(reader, among), rest] }
}

function gammaOf({ store }: Elaborator, argument: Expr): Expr {
  return store.call('gamma', [argument])
}

function successor(reader: Elaborator, node: Surface): Expr {
  return reader.store.add([reader.term(node), reader.store.number(1)])
}
