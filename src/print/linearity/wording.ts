import type { Linearity } from '../../derivation/linearity.ts'
import { abstract } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import { nabla } from '../../term/scope.ts'
import { latexSymbol } from '../latex.ts'
import { layOut } from '../layout.ts'
import { part } from '../precedence.ts'
import { lossName } from '../reading.ts'
import { notationOf, printTerm, type TermFormat } from '../term.ts'
import { textSymbol } from '../text.ts'
import type { Block } from './content.ts'

/** Around the marked part of a text; no letter of any notation. */
export const markStart = '\uE000'
export const markEnd = '\uE001'

/** Writes the terms of an answer in one notation. */
export class Wording {
  /** What the loss is called, in plain letters. */
  readonly name: string

  constructor(
    readonly answer: Linearity,
    readonly format: TermFormat,
  ) {
    this.name = lossName(answer.loss, answer.scope)
  }

  get loss(): string {
    if (this.format === 'latex') return latexSymbol(this.name)
    return this.format === 'text' ? textSymbol(this.name) : this.name
  }

  print(term: Expr): string {
    return printTerm(term, this.format, { taken: this.#taken })
  }

  get #taken(): ReadonlySet<string> {
    return this.answer.loss.names
  }

  /** In this notation; `ascii` where there is no other way to write it. */
  words(latex: string, text: string, ascii: string): string {
    return this.format === 'latex' ? latex : this.format === 'text' ? text : ascii
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
    const gradientSign = this.words('\\nabla ', '∇', 'grad ')
    const moves = rest !== undefined && !scope.freeOf(rest, store.symbol(nabla))
    const gradientOfRest = moves ? [store.derivative(rest, store.symbol(nabla))] : []
    const lines = [
      `${this.loss} = ${this.print(store.add([whole(own), ...(rest === undefined ? [] : [rest])]))}`,
      `${this.print(own)} = ${this.print(perSample)}`,
      `${gradientSign}${this.loss} = ${this.print(store.add([whole(gradient), ...gradientOfRest]))}`,
    ]
    return lines
  }

  /** ℓ, or another letter where the loss has one of that name. */
  get #perSampleName(): string {
    const isTaken = (name: string) => this.answer.scope.declaration(name) !== undefined
    return ['ell', 'L', 'q', 'r'].find((name) => !isTaken(name)) ?? 'ell'
  }

  /** The loss with the term at a path between two marks. */
  marked(at: readonly number[], because: string): Extract<Block, { kind: 'marked' }> {
    const { loss } = this.answer
    const notation = notationOf(this.format)
    const key = at.join('.')
    const marking = {
      ...notation,
      mark: (inner: { readonly text: string }) => part(`${markStart}${inner.text}${markEnd}`),
    }
    const written = layOut(loss, marking, {
      taken: new Set(),
      mark: (path) => (path.join('.') === key ? 'obstruction' : undefined),
    })
    return { kind: 'marked', left: this.loss, loss: written.text, remark: because }
  }
}
