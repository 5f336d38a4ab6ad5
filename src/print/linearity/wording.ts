import type { Linearity } from '../../derivation/linearity.ts'
import { abstract } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import { nabla } from '../../term/scope.ts'
import { latexSymbol } from '../latex.ts'
import { layOut } from '../layout.ts'
import { fenced, leaf, mathmlNotation, mathmlOf, mathmlSymbol, operator, row } from '../mathml.ts'
import { part } from '../precedence.ts'
import { lossName } from '../reading.ts'
import { notationOf, printTerm, type TermFormat } from '../term.ts'
import { textSymbol } from '../text.ts'
import type { Block } from './content.ts'

/** Around the marked part of a text; no letter of any notation. */
export const markStart = '\uE000'
export const markEnd = '\uE001'

/** The notations in which an answer is written. */
export type WordingFormat = TermFormat | 'mathml'

/** Writes the terms of an answer in one notation. */
export class Wording {
  /** What the loss is called, in plain letters. */
  readonly name: string

  constructor(
    readonly answer: Linearity,
    readonly format: WordingFormat,
  ) {
    this.name = lossName(answer.loss, answer.scope)
  }

  get loss(): string {
    if (this.format === 'latex') return latexSymbol(this.name)
    if (this.format === 'mathml') return mathmlSymbol(this.name)
    return this.format === 'text' ? textSymbol(this.name) : this.name
  }

  print(term: Expr): string {
    if (this.format === 'mathml') return mathmlOf(term, this.#taken)
    return printTerm(term, this.format, { taken: this.#taken })
  }

  get #taken(): ReadonlySet<string> {
    return this.answer.loss.names
  }

  /** In this notation; `ascii` where there is no other way to write it, and MathML is elements. */
  words(latex: string, text: string, ascii: string, mathml: string = leaf('mtext', text)): string {
    switch (this.format) {
      case 'latex':
        return latex
      case 'text':
        return text
      case 'ascii':
        return ascii
      case 'mathml':
        return mathml
    }
  }

  equation(left: string, right: string): string {
    return this.format === 'mathml' ? row(left, operator('='), right) : `${left} = ${right}`
  }

  /** Between equations in one line. */
  get comma(): string {
    return this.words(', \\quad ', ', ', ', ', `${operator(',')}<mspace width="1em"/>`)
  }

  /** The gradient of what is written. */
  gradient(of: string): string {
    return this.words(`\\nabla ${of}`, `∇${of}`, `grad ${of}`, row(operator('∇'), of))
  }

  /** A number with six digits: enough to check by hand. */
  number(value: number): string {
    const written = String(Number(value.toPrecision(6)))
    if (this.format !== 'mathml') return written
    return value < 0 ? row(operator('−'), leaf('mn', written.slice(1))) : leaf('mn', written)
  }

  /** A vector; of one entry, that entry. */
  list(items: readonly string[]): string {
    if (items.length === 1 && this.format !== 'ascii') return items[0]!
    return this.format === 'mathml' ? fenced('(', items.join(operator(',')), ')') : `(${items.join(', ')})`
  }

  /** J = 1/N sum(i, l_i) + rest, what l_i is, and the same for the gradient. */
  form(): readonly string[] | undefined {
    const { perSample, index, range, rest, weight, scope, verdict, count } = this.answer
    if (perSample === undefined || index === undefined || range === undefined || count === undefined)
      return undefined
    const { store } = scope
    const own = store.symbol(this.#perSampleName, [index])
    const gradient = store.derivative(own, store.symbol(nabla))
    const over = (body: Expr) =>
      store.big('sum', index.name, range.from, range.to, abstract(store, body, index.name))
    const whole = (each: Expr): Expr => {
      if (verdict === 'mean') return store.mul([store.div(store.number(1), count), over(each)])
      if (weight === undefined) return over(each)
      const factors = weight.kind === 'mul' ? weight.args : [weight]
      return store.div(over(store.mul([...factors, each])), over(weight))
    }
    const moves = rest !== undefined && !scope.freeOf(rest, store.symbol(nabla))
    const gradientOfRest = moves ? [store.derivative(rest, store.symbol(nabla))] : []
    const all = (whole: Expr, rest: readonly Expr[]) => this.print(store.add([whole, ...rest]))
    return [
      this.equation(this.loss, all(whole(own), rest === undefined ? [] : [rest])),
      this.equation(this.print(own), this.print(perSample)),
      this.equation(this.gradient(this.loss), all(whole(gradient), gradientOfRest)),
    ]
  }

  /** ℓ, or another letter where the loss has one of that name. */
  get #perSampleName(): string {
    const isTaken = (name: string) => this.answer.scope.declaration(name) !== undefined
    return ['ell', 'L', 'q', 'r'].find((name) => !isTaken(name)) ?? 'ell'
  }

  /** The loss with the term at a path between two marks; in MathML the mark is an element. */
  marked(at: readonly number[], because: string): Extract<Block, { kind: 'marked' }> {
    const { loss } = this.answer
    const key = at.join('.')
    const marking = {
      ...(this.format === 'mathml' ? mathmlNotation : notationOf(this.format)),
      ...(this.format !== 'mathml' && {
        mark: (inner: { readonly text: string }) => part(`${markStart}${inner.text}${markEnd}`),
      }),
    }
    const written = layOut(loss, marking, {
      taken: new Set(),
      mark: (path) => (path.join('.') === key ? 'gradus-mark' : undefined),
    })
    return { kind: 'marked', left: this.loss, loss: written.text, remark: because }
  }
}
