import { functions } from '../functions/index.ts'
import type { BinderOperation, Expr, RelationOperation } from '../term/expr.ts'
import { letters } from '../term/symbol-name.ts'
import { latexNotation } from './latex.ts'
import { layOut } from './layout.ts'
import { textName } from './names.ts'
import type { Notation, Summand } from './notation.ts'
import { latexPlaces, level, type Part, part } from './precedence.ts'

/** Presentation MathML of a term, each part one element: browsers set it without fonts or scripts of ours. */
export function printMathml(
  term: Expr,
  options: { readonly taken?: ReadonlySet<string>; readonly display?: 'block' | 'inline' } = {},
): string {
  return mathElement(mathmlOf(term, options.taken), options.display)
}

/** The element of a term without the `math` around it. */
export function mathmlOf(term: Expr, taken: ReadonlySet<string> = noNames): string {
  return layOut(term, mathmlNotation, { taken }).text
}

/** A `math` element, which says itself what it is: it may stand in HTML and in XML. */
export function mathElement(content: string, display: 'block' | 'inline' = 'block'): string {
  return `<math xmlns="http://www.w3.org/1998/Math/MathML" display="${display}">${content}</math>`
}

const noNames: ReadonlySet<string> = new Set()
const latex = latexNotation('\\partial')
/** Invisible signs that say what stands side by side: a product, a function with its arguments. */
const times = '<mo>&#x2062;</mo>'
const application = '<mo>&#x2061;</mo>'

export const mathmlNotation: Notation = {
  places: latexPlaces,
  parenthesize: (inner) => part(fenced('(', inner.text, ')'), { tall: inner.tall, start: 'bracket' }),
  number: writeNumber,
  symbol: writeSymbol,
  add: (terms) =>
    part(row(...terms.map((term, position) => writeSummand(term, position))), {
      level: terms.length === 1 ? level.negation : level.sum,
      open: terms.at(-1)?.part.open ?? false,
    }),
  mul: (factors) =>
    part(
      row(
        ...factors.flatMap(({ text, start }, position) => {
          if (position === 0) return [text]
          // Digits would run together, and a bracket after a function's letter would be its argument.
          const isDotted = start === 'digit' || (factors[position - 1]!.callable && start === 'bracket')
          return [isDotted ? operator('⋅') : times, text]
        }),
      ),
      {
        level: level.product,
        open: factors.at(-1)?.open ?? false,
        start: factors[0]?.start ?? 'other',
      },
    ),
  div: (numerator, denominator, raised) => {
    const isSmall =
      raised && [numerator, denominator].every((side) => side.level === level.atom && !side.tall)
    return isSmall
      ? part(row(numerator.text, operator('/'), denominator.text), { level: level.quotient })
      : part(fraction(numerator.text, denominator.text), { level: level.factor, tall: true })
  },
  pow: (base, _, exponent) =>
    part(`<msup>${base.text}${exponent.text}</msup>`, { level: level.power, start: base.start }),
  powerOfCall: (name, names) => {
    const sign = operatorOf(name, names)
    if (sign.length === 1 || ['max', 'min', 'sqrt', 'cbrt', 'abs', 'exp'].includes(name)) return undefined
    return (args, exponent) =>
      part(
        row(`<msup>${leaf('mi', sign)}${exponent.text}</msup>`, application, fenced('(', list(args), ')')),
        {
          level: level.power,
        },
      )
  },
  call: writeCall,
  apply: (name, orders, args) => {
    const order = orders.reduce((sum, entry) => sum + entry, 0)
    const position = orders.indexOf(1)
    const symbol = mathmlSymbol(name)
    if (orders.length > 1 && order === 1 && position < 9) {
      const slope = `<msub>${operator('∂')}<mn>${position + 1}</mn></msub>`
      return part(row(slope, symbol, application, fenced('(', list(args), ')')), { level: level.factor })
    }
    return part(row(primed(symbol, orders, order), application, fenced('(', list(args), ')')))
  },
  big: (operation, index, from, to, body, only) =>
    part(row(range(operation, mathmlSymbol(index), from.text, to.text, only?.text), body.text), {
      level: level.factor,
      open: true,
      tall: true,
    }),
  derivative: (body, variable) =>
    part(row(fraction(operator('∂'), row(operator('∂'), variable.text)), body.text), {
      level: level.factor,
      open: true,
      tall: true,
    }),
  derivativeOfName: (body, variable) =>
    part(fraction(row(operator('∂'), body.text), row(operator('∂'), variable.text)), {
      level: level.factor,
      tall: true,
    }),
  gradient: (body) => part(row(operator('∇'), body.text), { level: level.factor, open: true }),
  delta: (left, right) => {
    const areLetters = [left, right].every(({ text }) => /^<mi>[a-zA-Z]<\/mi>$/.test(text))
    const between = areLetters ? [] : [operator(',')]
    return part(`<msub><mi>δ</mi>${row(left.text, ...between, right.text)}</msub>`)
  },
  piecewise: (branches) => part(writeCases(branches), { level: level.factor, tall: true }),
  indicator: (condition) =>
    part(row('<mn>𝟏</mn>', fenced('[', condition.text, ']')), { level: level.factor }),
  relation: (operations, sides) =>
    part(
      row(
        ...sides.flatMap(({ text }, position) =>
          position === 0 ? [text] : [operator(relations[operations[position - 1]!]), text],
        ),
      ),
      { level: level.relation },
    ),
  logical: (operation, args) =>
    operation === 'not'
      ? part(row(operator('¬'), list(args)), { level: level.not })
      : part(list(args, operation === 'and' ? '∧' : '∨'), { level: level[operation] }),
  mark: (inner, name) => ({ ...inner, text: `<mrow class="${escapeXml(name)}">${inner.text}</mrow>` }),
}

const relations: Readonly<Record<RelationOperation, string>> = {
  '<': '<',
  '<=': '≤',
  '>': '>',
  '>=': '≥',
  '==': '=',
  '!=': '≠',
}

/** A name with its indices and its label; whatever the name is, it is text and no markup. */
function writeSymbol(name: string, indices: readonly Part[]): Part {
  const { base, subscript, label } = textName(name)
  const below = [
    ...(subscript === undefined ? [] : [leaf(/^\d+$/.test(subscript) ? 'mn' : 'mi', subscript)]),
    ...indices.map(({ text }) => text),
  ]
  const lower =
    below.length < 2
      ? below[0]
      : row(...below.flatMap((text, i) => (i === 0 ? [text] : [operator(','), text])))
  const upper = label === undefined ? undefined : leaf('mtext', label)
  const letter = leaf('mi', base)
  const written =
    lower === undefined
      ? upper === undefined
        ? letter
        : `<msup>${letter}${upper}</msup>`
      : upper === undefined
        ? `<msub>${letter}${lower}</msub>`
        : `<msubsup>${letter}${lower}${upper}</msubsup>`
  return part(written, {
    level: label === undefined ? level.atom : level.power,
    callable: latex.symbol(name, indices).callable,
  })
}

/** A name without indices. */
export function mathmlSymbol(name: string): string {
  return writeSymbol(name, []).text
}

/** `1e-3` is written with a power of ten. */
function writeNumber(written: string): Part {
  const [, digits = written, exponent] = /^(.*)[eE]\+?(-?\d+)$/.exec(written) ?? []
  if (exponent === undefined) return part(leaf('mn', written), { start: 'digit' })
  const power = exponent.startsWith('-')
    ? row(operator('−'), leaf('mn', exponent.slice(1)))
    : leaf('mn', exponent)
  const ten = `<msup><mn>10</mn>${power}</msup>`
  return digits === '1'
    ? part(ten, { level: level.power, start: 'digit' })
    : part(row(leaf('mn', digits), operator('⋅'), ten), { level: level.product, start: 'digit' })
}

function writeSummand({ negative, part: { text }, mark }: Summand, position: number): string {
  const sign = negative ? operator('−') : position === 0 ? '' : operator('+')
  return mark === undefined ? `${sign}${text}` : `<mrow class="${escapeXml(mark)}">${sign}${text}</mrow>`
}

function writeCall(name: string, args: readonly Part[], names: ReadonlySet<string>): Part {
  const inner = list(args)
  if (name === 'sqrt') return part(`<msqrt>${inner}</msqrt>`, { tall: true })
  if (name === 'cbrt') return part(`<mroot>${inner}<mn>3</mn></mroot>`, { tall: true })
  if (name === 'abs') return part(fenced('|', inner, '|'))
  return part(row(leaf('mi', operatorOf(name, names)), application, fenced('(', inner, ')')))
}

/** The function's sign as in LaTeX; where its letter is also a name of the term, the function's name in full. */
function operatorOf(name: string, names: ReadonlySet<string>): string {
  const written = functions.get(name)?.latex ?? ''
  const letter = letters.find((entry) => entry.latex === written || `\\${entry.name}` === written)
  if (letter !== undefined) return names.has(letter.name) ? name : letter.text
  return /^\\(?:operatorname\{)?([A-Za-z]+)\}?$/.exec(written)?.[1] ?? name
}

/** `f′(u)`, `f⁽⁴⁾(u)`, and of several arguments all orders in brackets. */
function primed(symbol: string, orders: readonly number[], order: number): string {
  if (order === 0) return symbol
  const primes =
    orders.length === 1 && order <= 3 ? operator('′'.repeat(order)) : leaf('mtext', `(${orders.join(',')})`)
  return `<msup>${symbol}${primes}</msup>`
}

function range(operation: BinderOperation, index: string, from: string, to: string, only?: string): string {
  const isBounded = operation === 'max' || operation === 'min'
  const first = isBounded
    ? row(from, operator('≤'), index, operator('≤'), to)
    : row(index, operator('='), from)
  const below = only === undefined ? first : table([[first], [only]], 'center')
  if (isBounded) return `<munder>${leaf('mo', operation)}${below}</munder>`
  return `<munderover>${operator(operation === 'sum' ? '∑' : '∏')}${below}${to}</munderover>`
}

function writeCases(branches: readonly Part[]): string {
  const cells: [value: string, condition: string][] = []
  for (let position = 0; position + 1 < branches.length; position += 2) {
    cells.push([branches[position + 1]!.text, branches[position]!.text])
  }
  cells.push([branches.at(-1)?.text ?? '', leaf('mtext', 'otherwise')])
  return row(operator('{'), table(cells, 'left left'))
}

/** Rows of cells; `align` says how each column is set. */
export function table(rows: readonly (readonly string[])[], align: string): string {
  const written = rows.map((cells) => `<mtr>${cells.map((cell) => `<mtd>${cell}</mtd>`).join('')}</mtr>`)
  return `<mtable columnalign="${align}">${written.join('')}</mtable>`
}

export function fraction(above: string, below: string): string {
  return `<mfrac>${above}${below}</mfrac>`
}

export function fenced(open: string, inner: string, close: string): string {
  return row(operator(open), inner, operator(close))
}

export function row(...items: readonly string[]): string {
  return `<mrow>${items.join('')}</mrow>`
}

export function operator(sign: string): string {
  return leaf('mo', sign)
}

export function leaf(kind: 'mi' | 'mn' | 'mo' | 'mtext', text: string): string {
  return `<${kind}>${escapeXml(text)}</${kind}>`
}

function list(parts: readonly Part[], separator = ','): string {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only.text
  return row(
    ...parts.flatMap(({ text }, position) => (position === 0 ? [text] : [operator(separator), text])),
  )
}

/** Text inside an element or a quoted attribute. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
