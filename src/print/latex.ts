import { functions } from '../functions/index.ts'
import type { BinderOperation, RelationOperation } from '../term/expr.ts'
import { letters } from '../term/symbol-name.ts'
import { primes } from './ascii.ts'
import { latexName } from './names.ts'
import type { Notation, Summand } from './notation.ts'
import { joinSides, latexPlaces, level, type Part, part } from './precedence.ts'

/** LaTeX as a textbook sets it: KaTeX renders it, amsmath compiles it, the reader reads it back. */
export function latexNotation(operator: '\\partial' | 'd'): Notation {
  const by = (variable: Part) => `${operator} ${variable.text}`
  return {
    places: latexPlaces,
    parenthesize,
    number: writeNumber,
    symbol: writeSymbol,
    add: writeSum,
    mul: writeProduct,
    div: writeQuotient,
    pow: (base, _, exponent) =>
      part(`${base.text}^${raised(exponent.text)}`, {
        level: level.power,
        tall: base.tall,
        start: base.start,
        callable: base.callable,
      }),
    powerOfCall: (name, names) => {
      const written = operatorOf(name, names)
      if (!isOperator(written)) return undefined
      return (args, exponent) => applied(`${written}^${raised(exponent.text)}`, args, level.power)
    },
    call: writeCall,
    apply: writeApplication,
    big: (operation, index, from, to, body, only) =>
      part(`${range(operation, latexSymbol(index), from, to, only)} ${body.text}`, {
        level: level.factor,
        open: true,
        tall: true,
      }),
    derivative: (body, variable) =>
      part(`\\frac{${operator}}{${by(variable)}} ${body.text}`, {
        level: level.factor,
        open: true,
        tall: true,
      }),
    derivativeOfName: (body, variable) =>
      part(`\\frac{${operator} ${body.text}}{${by(variable)}}`, { level: level.factor, tall: true }),
    gradient: (body) => part(`\\nabla ${body.text}`, { level: level.factor, open: true, tall: body.tall }),
    delta: (left, right) => {
      const close = [left, right].every(({ text }) => /^[a-zA-Z]$/.test(text))
      return part(`\\delta_{${left.text}${close ? '' : ','}${right.text}}`)
    },
    piecewise: (branches) => part(writeCases(branches), { level: level.factor, tall: true }),
    indicator: (condition) =>
      part(
        condition.tall ? `\\mathbf{1}\\left[${condition.text}\\right]` : `\\mathbf{1}[${condition.text}]`,
        { level: level.factor, tall: condition.tall },
      ),
    relation: (operations, sides) =>
      part(
        joinSides(
          operations.map((operation) => relations[operation]),
          sides,
        ),
        {
          level: level.relation,
          tall: sides.some((side) => side.tall),
        },
      ),
    logical: (operation, args) => {
      const tall = args.some((arg) => arg.tall)
      return operation === 'not'
        ? part(`\\lnot ${list(args)}`, { level: level.not, tall })
        : part(list(args, operation === 'and' ? ' \\land ' : ' \\lor '), { level: level[operation], tall })
    },
    mark: (inner, name) => ({ ...inner, text: `\\htmlClass{${name}}{${inner.text}}` }),
  }
}

const relations: Readonly<Record<RelationOperation, string>> = {
  '<': '<',
  '<=': '\\le',
  '>': '>',
  '>=': '\\ge',
  '==': '=',
  '!=': '\\ne',
}

const bigSigns: Readonly<Record<BinderOperation, string>> = {
  sum: '\\sum',
  prod: '\\prod',
  max: '\\max',
  min: '\\min',
}

/** Names that read as a function when a bracket follows: `\sigma (x)` would be the sigmoid of x. */
const appliedLetters: ReadonlySet<string> = new Set([
  ...['f', 'g', 'h', 'l', '\\ell', '\\varphi', '\\phi', '\\psi'],
])
const callableNames: ReadonlySet<string> = new Set([
  ...appliedLetters,
  ...[...functions.values()].map((spec) => spec.latex),
])

function parenthesize(inner: Part): Part {
  const text = inner.tall ? `\\left(${inner.text}\\right)` : `(${inner.text})`
  return part(text, { tall: inner.tall, start: 'bracket' })
}

function list(parts: readonly Part[], separator = ', '): string {
  return parts.map(({ text }) => text).join(separator)
}

/** A subscript: one character needs no braces. */
function lowered(text: string): string {
  return text.length === 1 ? text : `{${text}}`
}

/** An exponent: one digit needs no braces; `x^f (y)` would apply f. */
function raised(text: string): string {
  // `w^{T}` would be a transposition.
  if (text === 'T') return '{{T}}'
  return /^\d$/.test(text) ? text : `{${text}}`
}

/** `1e-3` is written with a power of ten, since LaTeX would set it as a difference. */
function writeNumber(written: string): Part {
  const [, digits = written, exponent] = /^(.*)[eE]\+?(-?\d+)$/.exec(written) ?? []
  if (exponent === undefined) return part(written, { start: 'digit' })
  const ten = `10^{${exponent}}`
  return digits === '1'
    ? part(ten, { level: level.power, start: 'digit' })
    : part(`${digits} \\cdot ${ten}`, { level: level.product, start: 'digit' })
}

function writeSymbol(name: string, indices: readonly Part[]): Part {
  const { base, subscript, label } = latexName(name)
  const below = [...(subscript === undefined ? [] : [subscript]), ...indices.map(({ text }) => text)]
  const above = label === undefined ? '' : `^{${label.replaceAll('_', '\\_')}}`
  return part(`${base}${above}${below.length === 0 ? '' : `_${lowered(below.join(','))}`}`, {
    level: label === undefined ? level.atom : level.power,
    // a word in front of a bracket is read as a function too
    callable:
      below.length === 0
        ? callableNames.has(base) || base.startsWith('\\mathrm')
        : appliedLetters.has(base) || below.some((text) => /^\\(?:theta|varphi|psi)$/.test(text)),
  })
}

/** A name without indices in LaTeX. */
export function latexSymbol(name: string): string {
  return writeSymbol(name, []).text
}

function writeSum(terms: readonly Summand[], tight: boolean): Part {
  const space = tight ? '' : ' '
  const pieces = terms.map(({ negative, part: { text }, mark }, position) => {
    const sign = negative ? '-' : position === 0 ? '' : '+'
    const signed = `${sign}${position === 0 ? '' : space}${text}`
    return mark === undefined ? signed : `\\htmlClass{${mark}}{${signed}}`
  })
  return part(pieces.join(space), {
    level: terms.length === 1 ? level.negation : level.sum,
    open: terms.at(-1)?.part.open ?? false,
    tall: terms.some((term) => term.part.tall),
  })
}

/** Factors stand side by side; a dot keeps digits apart and a bracket from becoming an argument. */
function writeProduct(factors: readonly Part[]): Part {
  let text = ''
  factors.forEach((factor, position) => {
    const before = factors[position - 1]
    const dotted = factor.start === 'digit' || (before?.callable && factor.start === 'bracket')
    text += before === undefined ? factor.text : `${dotted ? ' \\cdot ' : ' '}${factor.text}`
  })
  return part(text, {
    level: level.product,
    open: factors.at(-1)?.open ?? false,
    tall: factors.some((factor) => factor.tall),
    start: factors[0]?.start ?? 'other',
  })
}

function writeQuotient(numerator: Part, denominator: Part, raised: boolean): Part {
  if (raised && [numerator, denominator].every((side) => side.level === level.atom && !side.tall)) {
    return part(`${numerator.text}/${denominator.text}`, {
      level: level.quotient,
      start: numerator.start,
      callable: denominator.callable,
    })
  }
  // nothing below may be a differential: neither `d x` below `d`, nor what starts with d or ∂ below a slope
  const below = /^d(?![A-Za-z])/.test(numerator.text)
    ? denominator.text.replace(/^d (?![-+])/, 'd \\cdot ')
    : denominator.text
  const isLikeDerivative = numerator.text.startsWith('\\partial_') && /^(?:d|\\partial_)/.test(below)
  const above = isLikeDerivative ? parenthesize(numerator).text : numerator.text
  return part(`\\frac{${above}}{${below}}`, { level: level.factor, tall: true })
}

/** Whether `\sin^2(x)` is how a power is written: not for letters, since `\sigma^2 (x)` is a product. */
function isOperator(latex: string): boolean {
  if (letterOf(latex).length > 0) return false
  return /^\\(?:operatorname\{[A-Za-z]+\}|[a-z]+)$/.test(latex) && !/^\\(?:max|min|sqrt|exp)$/.test(latex)
}

function applied(operator: string, args: readonly Part[], outer: Part['level'] = level.atom): Part {
  const tall = args.some((arg) => arg.tall)
  const inner = list(args)
  return part(tall ? `${operator}\\left(${inner}\\right)` : `${operator}(${inner})`, { level: outer, tall })
}

/** The function's operator; where its letter is also a name of the term, the function's name in full. */
function operatorOf(name: string, names: ReadonlySet<string>): string {
  const latex = functions.get(name)?.latex ?? ''
  const clashes = letterOf(latex).some((letter) => names.has(letter))
  return clashes || latex === '' ? `\\operatorname{${name}}` : latex
}

function letterOf(latex: string): string[] {
  return letters
    .filter((letter) => letter.latex === latex || `\\${letter.name}` === latex)
    .map(({ name }) => name)
}

function writeCall(name: string, args: readonly Part[], names: ReadonlySet<string>): Part {
  const inner = list(args)
  const tall = args.some((arg) => arg.tall)
  if (name === 'sqrt') return part(`\\sqrt{${inner}}`, { tall })
  if (name === 'cbrt') return part(`\\sqrt[3]{${inner}}`, { tall })
  // a plain bar does not say whether it opens or closes
  if (name === 'abs')
    return part(tall ? `\\left\\lvert ${inner} \\right\\rvert` : `\\lvert ${inner} \\rvert`, { tall })
  return applied(operatorOf(name, names), args)
}

/** `f'(u)`, `f^{(4)}(u)`; of several arguments `\partial_2 \ell(y, p)`, or `\ell^{(1,1)}(y, p)`. */
function writeApplication(name: string, orders: readonly number[], args: readonly Part[]): Part {
  const written = latexSymbol(name)
  const position = orders.indexOf(1)
  const onlyOne = orders.length > 1 && orders.reduce((sum, order) => sum + order, 0) === 1
  return onlyOne && position < 9
    ? applied(`\\partial_${position + 1} ${written}`, args, level.factor)
    : applied(`${written}${primes(orders)}`, args)
}

function range(operation: BinderOperation, index: string, from: Part, to: Part, only?: Part): string {
  const isBounded = operation === 'max' || operation === 'min'
  const first = isBounded ? `${from.text} \\le ${index} \\le ${to.text}` : `${index}=${from.text}`
  const below = only === undefined ? first : `\\substack{${first} \\\\ ${only.text}}`
  return `${bigSigns[operation]}_{${below}}${isBounded ? '' : `^{${to.text}}`}`
}

function writeCases(branches: readonly Part[]): string {
  const rows: string[] = []
  for (let position = 0; position + 1 < branches.length; position += 2) {
    rows.push(`${branches[position + 1]!.text} & ${branches[position]!.text}`)
  }
  rows.push(`${branches.at(-1)?.text ?? ''} & \\text{otherwise}`)
  return `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`
}
