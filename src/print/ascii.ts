import { functions } from '../functions/index.ts'
import type { Notation } from './notation.ts'
import { joinSides, level, type Part, part, plainPlaces } from './precedence.ts'

/** The plain notation, which `parse` reads back to the same term. */
export const asciiNotation: Notation = {
  places: plainPlaces,
  parenthesize: (inner) => part(`(${inner.text})`),
  number: (written) => part(written),
  symbol: writeSymbol,
  add: (terms, tight) => {
    const [first, ...rest] = terms
    const [plus, minus] = tight ? ['+', '-'] : [' + ', ' - ']
    const opening = `${first?.negative ? '-' : ''}${first?.part.text ?? ''}`
    return part(
      opening + rest.map(({ negative, part: { text } }) => (negative ? minus : plus) + text).join(''),
      {
        level: rest.length === 0 ? level.negation : level.sum,
      },
    )
  },
  mul: (factors) => part(factors.map(({ text }) => text).join('*'), { level: level.product }),
  div: (numerator, denominator) => part(`${numerator.text}/${denominator.text}`, { level: level.quotient }),
  pow: (base, exponent) => part(`${base.text}^${exponent.text}`, { level: level.power }),
  call: (name, args, names) => part(`${spelling(name, names)}(${list(args)})`),
  apply: (name, orders, args) => part(`${name}${primes(orders)}(${list(args)})`),
  big: (operation, index, from, to, body, only) =>
    part(`${operation}(${list([part(`${index}=${from.text}..${to.text}`), ...(only ? [only] : []), body])})`),
  derivative: writeDerivative,
  derivativeOfName: writeDerivative,
  gradient: (body) => part(`∇(${body.text})`, { level: level.factor }),
  delta: (left, right) => part(`delta_{${list([left, right], ',')}}`),
  piecewise: (branches) => part(`if(${list(branches)})`),
  indicator: (condition) => part(`ind(${condition.text})`),
  relation: (operations, sides) => part(joinSides(operations, sides), { level: level.relation }),
  logical: (operation, args) =>
    operation === 'not'
      ? part(`not ${list(args)}`, { level: level.not })
      : part(list(args, ` ${operation} `), { level: level[operation] }),
  mark: (inner) => inner,
}

function list(parts: readonly Part[], separator = ', '): string {
  return parts.map(({ text }) => text).join(separator)
}

/** `w_{out,j}`: an index stands with what the name has below already. */
function writeSymbol(name: string, indices: readonly Part[]): Part {
  const properties = { level: /\^/.test(name) ? level.power : level.atom }
  if (indices.length === 0) return part(name, properties)
  const [, base = name, below] = /^([^_^]+)_([A-Za-z0-9]+)$/.exec(name) ?? []
  const text = `${below === undefined ? '' : `${below},`}${list(indices, ',')}`
  return part(/^[A-Za-z0-9]$/.test(text) ? `${base}_${text}` : `${base}_{${text}}`, properties)
}

/** `gamma(x)` beside a variable `gamma` would be a product: then another spelling of the function is taken. */
function spelling(name: string, names: ReadonlySet<string>): string {
  const spec = functions.get(name)
  if (!names.has(name)) return spec?.overload ?? name
  return spec?.aliases?.find((alias) => !names.has(alias)) ?? name
}

function writeDerivative(body: Part, variable: Part): Part {
  return part(`D(${body.text}, ${variable.text})`)
}

/** `f'`, `f''`, and `l^{(0,1)}` where there are several arguments or many primes. */
export function primes(orders: readonly number[]): string {
  if (orders.every((order) => order === 0)) return ''
  const [only = 0] = orders
  return orders.length === 1 && only <= 3 ? "'".repeat(only) : `^{(${orders.join(',')})}`
}
