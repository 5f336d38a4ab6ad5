import type { Loss, LossBound, LossDefinition, LossIndex, LossTerm } from './loss-language.ts'
import type { Chance } from './random-term.ts'

/** How tightly a text holds together; a `tail` reaches to the end of its product. */
export const level = { sum: 1, tail: 2, product: 3, power: 4, atom: 5 } as const
export interface Written {
  readonly text: string
  readonly level: number
}

/** What both notations have in common: arithmetic and where parentheses stand. */
export abstract class Writer {
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
