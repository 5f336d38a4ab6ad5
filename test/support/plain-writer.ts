import {
  type Loss,
  type LossDefinition,
  type LossIndex,
  type LossTerm,
  lossNames,
  namesIn,
  usesLetter,
} from './loss-language.ts'
import { level, Writer, type Written } from './loss-writer.ts'

/** Writes a loss in the plain notation. */
export class PlainWriter extends Writer {
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
