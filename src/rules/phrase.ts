import type { Expr } from '../term/expr.ts'
import { nameOf } from './rule.ts'

/** Larger terms would not be read in a sentence. */
const longest = 24

/** A small term as a sentence says it, `|r_i|` or `y_i - m*x_i`; a larger one is just `…`. */
export function phraseOf(term: Expr): string {
  return term.size > longest ? '…' : write(term, 0)
}

/** `strength` says how tightly the place binds: 0 a whole, 1 a summand, 2 a factor, 3 a base. */
function write(term: Expr, strength: number): string {
  const inner = (arg: Expr | undefined, own: number) => (arg === undefined ? '' : write(arg, own))
  const enclosed = (text: string, own: number) => (own < strength ? `(${text})` : text)
  const { args } = term
  switch (term.kind) {
    case 'bound':
      return ['i', 'j', 'k', 'l'][term.level] ?? '…'
    case 'symbol':
      return args.length === 0
        ? term.name
        : `${term.name}_${subscript(args.map((arg) => write(arg, 0)).join(','))}`
    case 'number':
      return nameOf(term)
    case 'neg':
      return enclosed(`-${inner(args[0], 2)}`, 1)
    case 'add':
      return enclosed(
        args
          .map((arg, i) =>
            i === 0
              ? inner(arg, 1)
              : arg.kind === 'neg'
                ? ` - ${inner(arg.args[0], 2)}`
                : ` + ${inner(arg, 1)}`,
          )
          .join(''),
        0.5,
      )
    case 'mul':
      return enclosed(args.map((arg) => inner(arg, 2)).join('*'), 2)
    case 'div':
      return enclosed(`${inner(args[0], 2)}/${inner(args[1], 3)}`, 2)
    case 'pow':
      return enclosed(`${inner(args[0], 3.5)}^${inner(args[1], 3.5)}`, 3)
    case 'call':
    case 'apply':
      return term.name === 'abs'
        ? `|${inner(args[0], 0)}|`
        : `${term.name}(${args.map((arg) => write(arg, 0)).join(', ')})`
    default:
      return '…'
  }
}

function subscript(indices: string): string {
  return indices.length === 1 ? indices : `{${indices}}`
}
