import { functions } from '../../src/functions/index.ts'
import {
  type Loss,
  type LossBound,
  type LossDefinition,
  type LossIndex,
  type LossTerm,
  lossNames,
  make,
  namesIn,
  usesLetter,
  withLetter,
} from './loss-language.ts'
import { Chance } from './random-term.ts'

/** How tightly a text holds together; a `tail` reaches to the end of its product. */
const level = { sum: 1, tail: 2, product: 3, power: 4, atom: 5 } as const
interface Written {
  readonly text: string
  readonly level: number
}

export interface WrittenLoss {
  readonly text: string
  readonly let: readonly string[]
}

/** The loss as people write it in the plain notation; the seed chooses among the ways. */
export function writePlain(loss: Loss, seed: number): WrittenLoss {
  return write(loss, new PlainWriter(new Chance(seed)))
}

/** The loss as people write it in LaTeX. */
export function writeLatex(loss: Loss, seed: number): WrittenLoss {
  return write(loss, new LatexWriter(new Chance(seed)))
}

function write(loss: Loss, writer: Writer): WrittenLoss {
  const { definitions, body } = loss
  writer.begin(loss)
  const lines = definitions.map((definition) => writer.definition(definition))
  const text = writer.write(body).text
  if (lines.length > 0 && writer.chance.happens(0.3))
    return { text: `let ${lines.join('; let ')}; ${text}`, let: [] }
  return { text, let: lines }
}

/** What both notations have in common: arithmetic and where parentheses stand. */
abstract class Writer {
  constructor(readonly chance: Chance) {}

  abstract name(text: string): string
  abstract power(term: LossTerm): Written
  abstract quotient(term: LossTerm): Written
  abstract call(term: LossTerm): Written
  abstract big(term: LossTerm): Written
  abstract choice(term: LossTerm): Written
  abstract product(left: Written, right: Written, isLast: boolean): string
  abstract brackets(text: string): string
  abstract readonly relations: Readonly<Record<string, string>>
  abstract readonly words: Readonly<Record<string, string>>

  /** Looks at the whole loss before it is written. */
  begin(_loss: Loss): void {}

  definition({ name, argument, letter, body }: LossDefinition): string {
    const head = argument === undefined ? '' : `(${argument})`
    const index = letter === undefined ? '' : `_${letter}`
    return `${this.name(name)}${index}${head} = ${this.write(body).text}`
  }

  write(term: LossTerm): Written {
    const { op, name, args } = term
    const part = (i: number): string => this.write(args[i]!).text
    switch (op) {
      case 'number':
        return { text: name, level: name.startsWith('-') ? level.sum : level.atom }
      case 'name':
      case 'argument':
        return { text: this.name(name) + this.indices(term.indices ?? []), level: level.atom }
      case 'add':
        return { text: this.#sum(args), level: level.sum }
      case 'neg':
        return { text: `-${this.wrap(args[0]!, level.tail)}`, level: level.sum }
      case 'mul':
        return this.#product(args)
      case 'div':
        return this.quotient(term)
      case 'pow':
        return this.power(term)
      case 'call':
        return this.call(term)
      case 'open':
      case 'defined': {
        const list = args.length === 0 ? '' : `(${args.map((_, i) => part(i)).join(', ')})`
        return { text: this.name(name) + this.indices(term.indices ?? []) + list, level: level.atom }
      }
      case 'big':
        return this.big(term)
      case 'if':
      case 'ind':
        return this.choice(term)
      case 'relation':
        return { text: `${part(0)} ${this.relations[name]} ${part(1)}`, level: level.sum }
      case 'logic':
        return { text: args.map((_, i) => part(i)).join(` ${this.words[name]} `), level: level.sum }
    }
  }

  wrap(term: LossTerm, least: number): string {
    const written = this.write(term)
    return written.level >= least ? written.text : this.brackets(written.text)
  }

  indices(indices: readonly LossIndex[]): string {
    if (indices.length === 0) return ''
    const texts = indices.map((index) => this.index(index))
    const mayJoin = texts.every((text) => text.length === 1) && texts.join('') !== 'pi'
    const joined = texts.join(mayJoin && this.chance.happens(0.5) ? '' : ',')
    return joined.length === 1 && this.chance.happens(0.8) ? `_${joined}` : `_{${joined}}`
  }

  index({ letter, shift, through }: LossIndex): string {
    const base = through === undefined ? letter : `${through}_${letter}`
    return shift === 0 ? base : `${base}${shift < 0 ? '' : '+'}${shift}`
  }

  bound({ base, plus }: LossBound): string {
    if (base === '') return String(plus)
    return plus === 0 ? base : `${base}${plus < 0 ? '' : '+'}${plus}`
  }

  #sum(args: readonly LossTerm[]): string {
    return args
      .map((arg, i) => {
        if (i === 0) return this.wrap(arg, arg.op === 'neg' ? level.sum : level.tail)
        return arg.op === 'neg'
          ? ` - ${this.wrap(arg.args[0]!, level.tail)}`
          : ` + ${this.wrap(arg, level.tail)}`
      })
      .join('')
  }

  #product(args: readonly LossTerm[]): Written {
    let isTail = false
    const text = args.reduce((before, arg, i) => {
      const isLast = i === args.length - 1
      const written = this.write(arg)
      const isFree = written.level >= level.power || (i === 0 && written.level === level.product)
      const mayBeTail = isLast && written.level === level.tail
      const right = isFree || mayBeTail ? written : { text: this.brackets(written.text), level: level.atom }
      isTail ||= mayBeTail
      return i === 0 ? right.text : this.product({ text: before, level: level.product }, right, isLast)
    }, '')
    return { text, level: isTail ? level.tail : level.product }
  }
}

class PlainWriter extends Writer {
  readonly relations = { '<': '<', '<=': '<=', '>': '>', '>=': '>=' }
  readonly words = { and: 'and', or: 'or' }
  /** The letter that is not written, inside an implied sum or definition. */
  #implied: string | undefined
  #mayImply = true

  override begin(loss: Loss): void {
    const used = namesIn(loss)
    // A definition made of data is for each sample, or the data would get an index that they do not have.
    this.#mayImply = loss.definitions.every(
      ({ name, body, axis, letter }) =>
        !usesData(body) || (used.has(name) && axis === 'N' && canBeImplied(body, letter!)),
    )
  }

  override definition(definition: LossDefinition): string {
    const { axis, letter, name, body } = definition
    if (!this.#mayImply || axis !== 'N' || !usesData(body)) return super.definition(definition)
    return this.#imply(letter!, () => `${name} = ${this.write(body).text}`)
  }

  #imply(letter: string, action: () => string): string {
    this.#implied = letter
    const text = action()
    this.#implied = undefined
    return text
  }

  name(text: string): string {
    return text
  }

  brackets(text: string): string {
    return `(${text})`
  }

  override indices(indices: readonly LossIndex[]): string {
    return super.indices(indices.filter(({ letter }) => letter !== this.#implied))
  }

  product(left: Written, right: Written): string {
    const next = right.text[0]!
    const isPlain = /(?:^|[^\w.}])\d+$/.test(left.text) && /[a-df-z(]/.test(next)
    if (isPlain && this.chance.happens(0.5)) return `${left.text}${right.text}`
    if (/[a-z]/.test(next) && /[\w)}]$/.test(left.text) && this.chance.happens(0.2))
      return `${left.text} ${right.text}`
    return `${left.text}${this.chance.one(['*', '*', ' * '])}${right.text}`
  }

  quotient({ args: [above, below] }: LossTerm): Written {
    return {
      text: `${this.wrap(above!, level.product)}/${this.wrap(below!, level.power)}`,
      level: level.product,
    }
  }

  power({ args: [base, exponent] }: LossTerm): Written {
    const sign = this.chance.happens(0.9) ? '^' : '**'
    return {
      text: `${this.wrap(base!, level.atom)}${sign}${this.wrap(exponent!, level.atom)}`,
      level: level.power,
    }
  }

  call({ name, args }: LossTerm): Written {
    if (name === 'exp' && this.chance.happens(0.3)) {
      return { text: `e^${this.brackets(this.write(args[0]!).text)}`, level: level.power }
    }
    return { text: `${name}(${args.map((arg) => this.write(arg).text).join(', ')})`, level: level.atom }
  }

  big({ name, args: [body], range }: LossTerm): Written {
    const { letter, from, to, implied } = range!
    if (implied && this.#mayImply && this.#implied === undefined && canBeImplied(body!, letter)) {
      return { text: `${name}(${this.#imply(letter, () => this.write(body!).text)})`, level: level.atom }
    }
    // `max(k, 1, K, …)` is the largest of four.
    const head =
      name !== 'sum' || this.chance.happens(0.8)
        ? `${letter}=${this.bound(from)}..${this.bound(to)}`
        : `${letter}, ${this.bound(from)}, ${this.bound(to)}`
    return { text: `${name}(${head}, ${this.write(body!).text})`, level: level.atom }
  }

  choice({ op, args }: LossTerm): Written {
    const parts = args.map((arg) => this.write(arg).text).join(', ')
    return { text: `${op}(${parts})`, level: level.atom }
  }
}

const isData = (name: string): boolean =>
  lossNames.some((entry) => entry.name === name && entry.role === 'data')

function usesData(term: LossTerm): boolean {
  return (
    (term.op === 'name' && isData(term.name)) ||
    (term.indices ?? []).some(({ through }) => through !== undefined) ||
    term.args.some(usesData)
  )
}

/**
 * Whether the index of the samples can be left out: the body has some, and what has it are data and definitions
 * for each sample, in front of their other indices. Data without it would get it too.
 */
function canBeImplied(term: LossTerm, letter: string): boolean {
  const check = ({ op, name, indices = [], args, range }: LossTerm): boolean => {
    const own = indices.filter((index) => index.letter === letter)
    const isOwn = own.length === 1 && indices[0] === own[0] && own[0]!.through === undefined
    if (own.length > 0 && !(isOwn && ((op === 'name' && isData(name)) || op === 'defined'))) return false
    if (own.length === 0 && op === 'name' && isData(name)) return false
    return range?.letter !== letter && args.every(check)
  }
  return usesLetter(term, letter) && check(term)
}

class LatexWriter extends Writer {
  readonly relations = { '<': '<', '<=': this.chance.one(['\\le', '\\leq']), '>': '>', '>=': '\\ge' }
  readonly words = { and: '\\land', or: '\\lor' }

  name(text: string): string {
    if (text === 'yhat') return '\\hat{y}'
    if (text === 'pbar') return '\\bar p'
    return text.length === 1 ? text : `\\${text}`
  }

  brackets(text: string): string {
    const styles = [
      `(${text})`,
      `(${text})`,
      `\\left( ${text} \\right)`,
      `\\bigl(${text}\\bigr)`,
      `[${text}]`,
    ]
    return this.chance.one(styles)
  }

  product(left: Written, right: Written): string {
    if (/^[\d-]/.test(right.text) || this.chance.happens(0.2)) {
      return `${left.text}${this.chance.one([' \\cdot ', ' \\times ', ' * '])}${right.text}`
    }
    // A letter before a parenthesis might be a function; a name with an index is none.
    const separator = this.chance.one([' ', ' ', '\\,'])
    return `${left.text}${separator}${right.text}`
  }

  quotient({ args: [above, below] }: LossTerm): Written {
    const isShort = [above, below].every((part) => part!.op === 'number' && part!.name.length === 1)
    if (isShort && this.chance.happens(0.3))
      return { text: `\\frac${above!.name}${below!.name}`, level: level.product }
    if (this.chance.happens(0.15)) {
      return {
        text: `${this.wrap(above!, level.product)} / ${this.wrap(below!, level.power)}`,
        level: level.product,
      }
    }
    const command = this.chance.one(['\\frac', '\\frac', '\\dfrac', '\\tfrac'])
    return {
      text: `${command}{${this.write(above!).text}}{${this.write(below!).text}}`,
      level: level.product,
    }
  }

  power({ args: [base, exponent] }: LossTerm): Written {
    const above = this.write(exponent!).text
    const script = above.length === 1 ? `^${above}` : `^{${above}}`
    return { text: `${this.wrap(base!, level.atom)}${script}`, level: level.power }
  }

  call({ name, args }: LossTerm): Written {
    const inner = args.map((arg) => this.write(arg).text).join(', ')
    if (name === 'exp' && this.chance.happens(0.5)) return { text: `e^{${inner}}`, level: level.power }
    if (name === 'abs') {
      const bars = [`|${inner}|`, `\\left|${inner}\\right|`, `\\lvert ${inner} \\rvert`]
      return { text: this.chance.one(/\\||vert/.test(inner) ? bars.slice(2) : bars), level: level.atom }
    }
    const { latex } = functions.get(name)!
    if (name === 'sqrt' || name === 'cbrt') return { text: `${latex}{${inner}}`, level: level.atom }
    if ((name === 'max' || name === 'min') && this.chance.happens(0.5)) {
      return { text: `${latex}\\{${inner}\\}`, level: level.atom }
    }
    const open = this.chance.one(['(', '(', '\\left(', '\\bigl('])
    return {
      text: `${latex}${open}${inner}${open.replace('left', 'right').replace('l(', 'r)').replace('(', ')')}`,
      level: level.atom,
    }
  }

  big(term: LossTerm): Written {
    const { name, args, range } = term
    const { letter, from, to } = range!
    const body = args[0]!
    if (name === 'mean') {
      const sum = this.big({ ...term, name: 'sum' }).text
      return { text: `\\frac{1}{${this.bound(to)}} ${sum}`, level: level.tail }
    }
    if (name === 'logsumexp') {
      const sum = this.big({ ...term, name: 'sum', args: [make('call', [body], 'exp')] }).text
      return { text: `\\log ${this.chance.one([sum, `\\left( ${sum} \\right)`])}`, level: level.tail }
    }
    if (name === 'softmax') {
      const own = ['j', 'l', 'h', 'p'].find((other) => !usesLetter(body, other) && other !== letter)!
      const below = {
        ...make('big', [make('call', [withLetter(body, letter, own)], 'exp')], 'sum'),
        range: { ...range!, letter: own },
      }
      return this.quotient(make('div', [make('call', [body], 'exp'), below]))
    }
    const start = `${letter}${this.chance.one(['=', ' = '])}${this.bound(from)}`
    const end = this.bound(to)
    if (name === 'max' || name === 'min') {
      const below = `${this.bound(from)} \\le ${letter} \\le ${end}`
      return { text: `\\${name}_{${below}} ${this.wrap(body, level.tail)}`, level: level.tail }
    }
    const limits = this.chance.happens(0.15) ? '\\limits' : ''
    const above = end.length === 1 && this.chance.happens(0.5) ? end : `{${end}}`
    return {
      text: `\\${name}${limits}_{${start}}^${above} ${this.wrap(body, level.tail)}`,
      level: level.tail,
    }
  }

  choice({ op, args }: LossTerm): Written {
    const [condition, ...values] = args.map((arg) => this.write(arg).text)
    if (op === 'ind') {
      const styles = [
        `\\mathbb{1}[${condition}]`,
        `\\mathbb 1[${condition}]`,
        `\\mathbf{1}\\{${condition}\\}`,
      ]
      return { text: this.chance.one(styles), level: level.atom }
    }
    const when = this.chance.one([condition!, `\\text{if } ${condition}`])
    const rows = `${values[0]} & ${when} \\\\ ${values[1]} & \\text{otherwise}`
    return { text: `\\begin{cases} ${rows} \\end{cases}`, level: level.atom }
  }
}
