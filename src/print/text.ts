import { functions } from '../functions/index.ts'
import type { Expr, RelationOperation } from '../term/expr.ts'
import { letters } from '../term/symbol-name.ts'
import { textName } from './names.ts'
import type { Notation } from './notation.ts'
import { joinSides, level, type Part, part, textPlaces } from './precedence.ts'

/** Unicode in a line, for a terminal; read by eye, with an explicit `·`. */
export function textNotation(operator: '∂' | 'd'): Notation {
  return {
    places: textPlaces,
    parenthesize: (inner) => part(`(${inner.text})`, { start: 'bracket' }),
    number: (written) => part(written),
    symbol: writeSymbol,
    add: (terms, tight) => {
      const [first, ...rest] = terms
      const [plus, minus] = tight ? ['+', '−'] : [' + ', ' − ']
      const opening = `${first?.negative ? '−' : ''}${first?.part.text ?? ''}`
      return part(
        opening + rest.map(({ negative, part: { text } }) => (negative ? minus : plus) + text).join(''),
        {
          level: rest.length === 0 ? level.negation : level.sum,
          open: terms.at(-1)?.part.open ?? false,
        },
      )
    },
    mul: (factors) =>
      part(
        factors
          .map((factor, position) => (position === 0 ? '' : factor.open ? ' ' : '·') + factor.text)
          .join(''),
        { level: level.product, open: factors.at(-1)?.open ?? false },
      ),
    div: (numerator, denominator) => part(`${numerator.text}/${denominator.text}`, { level: level.quotient }),
    pow: (base, exponent, _, written) =>
      part(base.text + (superscript(written) ?? `^${exponent.text}`), { level: level.power }),
    call: (name, args, names) => {
      const inner = list(args)
      // bars inside bars do not say which of them belong together
      if (name === 'abs' && !inner.includes('|')) return part(`|${inner}|`)
      if (name === 'sqrt' || name === 'cbrt') return part(`${name === 'sqrt' ? '√' : '∛'}(${inner})`)
      return part(`${operatorOf(name, names)}(${inner})`)
    },
    apply: (name, orders, args) =>
      part(`${slopes(orders)}${functionName(name)}${primes(orders)}(${list(args)})`),
    big: (operation, index, from, to, body, only) => {
      const sign = operation === 'sum' ? 'Σ' : operation === 'prod' ? 'Π' : operation
      const below = `${textSymbol(index)}=${from.text}${only === undefined ? '' : `, ${only.text}`}`
      return part(`${sign}_{${below}}^{${to.text}} ${body.text}`, {
        level: level.factor,
        open: true,
      })
    },
    derivative: (body, variable) =>
      part(`${operator}/${operator}${variable.text} ${body.text}`, { level: level.factor, open: true }),
    derivativeOfName: (body, variable) =>
      part(`${operator}${body.text}/${operator}${variable.text}`, { level: level.quotient }),
    gradient: (body) => part(`∇${body.open ? ' ' : ''}${body.text}`, { level: level.factor, open: true }),
    delta: (left, right) => part(`δ_{${left.text},${right.text}}`),
    piecewise: (branches) => part(writeCases(branches)),
    indicator: (condition) => part(`𝟙[${condition.text}]`),
    relation: (operations, sides) =>
      part(
        joinSides(
          operations.map((operation) => relations[operation]),
          sides,
        ),
        { level: level.relation },
      ),
    logical: (operation, args) =>
      operation === 'not'
        ? part(`not ${list(args)}`, { level: level.not })
        : part(list(args, ` ${operation} `), { level: level[operation] }),
    mark: (inner) => inner,
  }
}

const relations: Readonly<Record<RelationOperation, string>> = {
  '<': '<',
  '<=': '≤',
  '>': '>',
  '>=': '≥',
  '==': '=',
  '!=': '≠',
}

const raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
const lowered = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉']

function list(parts: readonly Part[], separator = ', '): string {
  return parts.map(({ text }) => text).join(separator)
}

/** `²`, `⁻¹`: an integer exponent as raised digits. */
function superscript(exponent: Expr): string | undefined {
  if (exponent.kind === 'neg') {
    const digits = superscript(exponent.args[0]!)
    return digits === undefined || exponent.args[0]!.kind === 'neg' ? undefined : `⁻${digits}`
  }
  if (exponent.kind !== 'number' || !/^\d+$/.test(exponent.name)) return undefined
  return digitsOf(exponent.name, raised)
}

/** The function's sign; where its letter is also a name of the term, the function's name in full. */
function operatorOf(name: string, names: ReadonlySet<string>): string {
  const sign = functions.get(name)?.text ?? name
  return letters.some((letter) => letter.text === sign && names.has(letter.name)) ? name : sign
}

function digitsOf(number: string | number, digits: readonly string[]): string {
  return Array.from(String(number), (digit) => digits[Number(digit)] ?? digit).join('')
}

function writeSymbol(name: string, indices: readonly Part[]): Part {
  const { base, subscript, label } = textName(name)
  const below = [...(subscript === undefined ? [] : [subscript]), ...indices.map(({ text }) => text)].join(
    ',',
  )
  const written = below === '' ? '' : /^[\p{L}\d]+$/u.test(below) ? `_${below}` : `_{${below}}`
  return part(`${base}${label === undefined ? '' : writeLabel(label)}${written}`, {
    level: label === undefined ? level.atom : level.power,
  })
}

/** `w⁽²⁾`: the label of a name, unlike an exponent; there are no raised square brackets. */
function writeLabel(label: string): string {
  const round = /^\((\d+)\)$/.exec(label)?.[1]
  return round === undefined ? `^${label}` : `⁽${digitsOf(round, raised)}⁾`
}

/** A name without indices for a terminal. */
export function textSymbol(name: string): string {
  return writeSymbol(name, []).text
}

function functionName(name: string): string {
  return name === 'l' ? 'ℓ' : textSymbol(name)
}

function primes(orders: readonly number[]): string {
  const [only = 0] = orders
  if (orders.length !== 1 || only === 0) return ''
  return only <= 3 ? '′'.repeat(only) : `^(${only})`
}

function slopes(orders: readonly number[]): string {
  if (orders.length < 2) return ''
  return orders
    .map((order, position) =>
      order === 0 ? '' : `∂${digitsOf(position + 1, lowered)}${order === 1 ? '' : digitsOf(order, raised)}`,
    )
    .join('')
}

function writeCases(branches: readonly Part[]): string {
  const rows: string[] = []
  for (let position = 0; position + 1 < branches.length; position += 2) {
    rows.push(`${branches[position + 1]!.text} if ${branches[position]!.text}`)
  }
  return `{${rows.join('; ')}; ${branches.at(-1)?.text ?? ''} otherwise}`
}
