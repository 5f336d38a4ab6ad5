import { functions } from '../../src/functions/index.ts'
import { type LossTerm, make, usesLetter, withLetter } from './loss-language.ts'
import { level, Writer, type Written } from './loss-writer.ts'

/** Writes a loss in LaTeX. */
export class LatexWriter extends Writer {
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
