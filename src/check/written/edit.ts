import { partsOf, type Surface } from '../../read/index.ts'
import { startOf } from './reach.ts'

/** The usual mistakes of derivations, by name. */
export type MistakeKind =
  | 'sign'
  | 'lost-or-extra-factor'
  | 'inner-derivative'
  | 'exponent'
  | 'index'
  | 'missing-parentheses'
  | 'extra-parentheses'
  | 'sum-into-function'
  | 'function'
  | 'term'
  | 'other-variable'
  | 'different-problem'
  | 'unbound-index'
  | 'not-equal-to-previous'

/** A small change of a line's text, and the mistake that it would mend. */
export interface Edit {
  readonly kind: MistakeKind
  /** Replaced from the last to the first. */
  readonly changes: readonly { readonly from: number; readonly to: number; readonly text: string }[]
  /** The mistake in words. */
  readonly because: string
  /** Among several that mend the line, the one with the lowest rank is told. */
  readonly rank: number
}

/** What may be put into a line: taken from the line before, from the loss, and from the names in use. */
export interface Ingredients {
  /** Factors as they are written elsewhere. */
  readonly factors: readonly string[]
  /** Derivatives of the insides of functions and powers. */
  readonly innerDerivatives: readonly string[]
  readonly summands: readonly string[]
  readonly counts: readonly string[]
  readonly indices: readonly string[]
}

const editLimit = 700

/** All small changes of a line that are tried, the usual mistakes first. */
export function editsOf(text: string, tree: Surface, given: Ingredients, latex: boolean): readonly Edit[] {
  const editor = new Editor(text, given, latex)
  editor.visit(tree, 'start')
  return editor.edits.sort((a, b) => a.rank - b.rank).slice(0, editLimit)
}

type Place = 'start' | 'inside' | 'index' | 'exponent'

class Editor {
  readonly edits: Edit[] = []

  constructor(
    readonly text: string,
    readonly given: Ingredients,
    readonly latex: boolean,
  ) {}

  visit(node: Surface, place: Place): void {
    if (place === 'index') return
    if (place === 'start') this.#startOfTerm(node)
    switch (node.kind) {
      case 'number':
        this.#number(node, place)
        return
      case 'name':
        this.#indices(node)
        this.#raise(node, place)
        return
      case 'negation':
        this.#add('sign', [[node.at, node.body.at, '']], 'a minus sign is too many', 1)
        this.visit(node.body, 'inside')
        this.#startOfProduct(node.body)
        return
      case 'chain':
        this.#chain(node, place)
        return
      case 'power':
        this.#add('exponent', [[node.left.end, node.end, '']], 'an exponent is too many', 6)
        this.visit(node.left, 'inside')
        this.visit(node.right, 'exponent')
        return
      case 'group':
        this.#add(
          'extra-parentheses',
          [
            [node.at, node.at + 1, ''],
            [node.end - 1, node.end, ''],
          ],
          'a pair is too many',
          12,
        )
        this.visit(node.body, 'start')
        this.#raise(node, place)
        return
      case 'big':
        this.#pullOut(node)
        this.#add(
          'term',
          [[node.at, node.body.at, '']],
          `a ${node.name === 'sum' ? 'sum' : 'product'} is too many`,
          14,
        )
        this.visit(node.body, 'start')
        return
      case 'call':
        this.#call(node)
        for (const arg of node.args) this.visit(arg, 'start')
        return
      case 'fraction':
        this.#add(
          'lost-or-extra-factor',
          [
            [
              node.numerator.at,
              node.numerator.end,
              this.text.slice(node.denominator.at, node.denominator.end),
            ],
            [
              node.denominator.at,
              node.denominator.end,
              this.text.slice(node.numerator.at, node.numerator.end),
            ],
          ],
          'the fraction stands upside down',
          13,
        )
        this.visit(node.numerator, 'start')
        this.visit(node.denominator, 'inside')
        return
      case 'derivative':
        this.visit(node.body, 'inside')
        return
      default:
        for (const part of partsOf(node)) this.visit(part, 'inside')
    }
  }

  #chain(node: Surface & { kind: 'chain' }, place: Place): void {
    if (node.op === '+' || node.op === '-') {
      const at = this.#operatorAt(node)
      if (at >= 0) this.#add('sign', [[at, at + 1, node.op === '+' ? '-' : '+']], 'the sign is wrong', 1)
      this.#add('term', [[node.left.end, node.right.end, '']], 'a term is too many', 11)
      this.#parenthesize(node)
      this.visit(node.left, 'inside')
      this.visit(node.right, 'inside')
      this.#startOfProduct(node.right)
      if (node.left.kind !== 'chain' || node.left.op === '*' || node.left.op === '/')
        this.#startOfProduct(node.left)
      return
    }
    if (node.op === '*') {
      this.#add(
        'lost-or-extra-factor',
        [[node.left.end, node.right.end, '']],
        `the factor ${this.#shown(node.right)} is too many`,
        7,
      )
      if (node.left.kind !== 'chain') {
        this.#add(
          'lost-or-extra-factor',
          [[node.left.at, node.right.at, '']],
          `the factor ${this.#shown(node.left)} is too many`,
          7,
        )
      }
      this.#sumOverProduct(node)
    }
    this.visit(node.left, place === 'exponent' ? 'exponent' : 'inside')
    this.visit(node.right, 'inside')
  }

  /** A term's start: a sign, a lost term at its end. */
  #startOfTerm(node: Surface): void {
    if (node.kind !== 'negation') this.#add('sign', [[node.at, node.at, '-']], 'a minus sign is lost', 1.5)
    if (node.kind !== 'negation' && !(node.kind === 'chain' && (node.op === '+' || node.op === '-')))
      this.#startOfProduct(node)
    for (const summand of this.given.summands) {
      if (summand.length > 60) continue
      for (const sign of ['+', '-'])
        this.#add('term', [[node.end, node.end, ` ${sign} ${summand}`]], `the term ${summand} is lost`, 10)
    }
  }

  /** Lost factors go in front of a product. */
  #startOfProduct(node: Surface): void {
    const put = (kind: MistakeKind, factor: string, because: string, rank: number) => {
      // A digit in front of a digit would be another number.
      const glue =
        /^\d/.test(this.text.slice(node.at)) && /\d$/.test(factor)
          ? this.latex
            ? ' \\cdot '
            : '*'
          : this.latex
            ? ' '
            : '*'
      this.#add(kind, [[node.at, node.at, `${factor}${glue}`]], because, rank - node.at / 1e6)
    }
    const factor: MistakeKind = 'lost-or-extra-factor'
    put(factor, '2', 'a factor 2 is lost', 3)
    put(factor, this.#fraction('1', '2'), 'a factor 2 is too many', 4)
    for (const count of this.given.counts) {
      put(factor, count, `a factor ${count} is lost`, 5)
      put(factor, this.#fraction('1', count), `a factor 1/${count} is lost`, 5)
    }
    for (const [i, inner] of this.given.innerDerivatives.entries()) {
      put('inner-derivative', inner, 'the inner derivative is forgotten', 2.5 + i / 100)
    }
    for (const [i, lost] of this.given.factors.entries()) {
      const isDerivative = /\\partial|∂|\\nabla/.test(lost)
      if (isDerivative) put('inner-derivative', lost, 'the inner derivative is forgotten', 2 + i / 100)
      else put(factor, lost, `the factor ${lost} is lost`, 5.5 + i / 100)
    }
    for (const [a, b] of this.#pairs())
      put('index', this.#delta(a, b), `the Kronecker delta of ${a} and ${b} is missing`, 8)
  }

  #number(node: Surface & { kind: 'number' }, place: Place): void {
    const value = Number(node.text)
    if (!Number.isInteger(value) || value > 1000) return
    const put = (next: number, because: string, rank: number) =>
      this.#add(
        place === 'exponent' ? 'exponent' : 'lost-or-extra-factor',
        [[node.at, node.end, String(next)]],
        because,
        rank,
      )
    if (place === 'exponent') {
      for (const next of [value + 1, value - 1])
        if (next > 0) put(next, `the exponent is ${next}, not ${value}`, 3)
      return
    }
    put(2 * value, 'a factor 2 is lost', 2)
    if (value % 2 === 0 && value > 0) put(value / 2, 'a factor 2 is too many', 2)
    for (const next of [value + 1, value - 1, 1, 2, 3])
      if (next > 0 && next !== value) put(next, `the number ${value} should be ${next}`, 6)
    for (const [a, b] of value === 1 ? this.#pairs() : []) {
      this.#add(
        'index',
        [[node.at, node.end, this.#delta(a, b)]],
        `the Kronecker delta of ${a} and ${b} is missing: the formula for equal indices was used for all`,
        4,
      )
    }
  }

  #raise(node: Surface, place: Place): void {
    if (place === 'exponent') return
    for (const power of ['2', '3'])
      this.#add('exponent', [[node.end, node.end, `^${power}`]], `an exponent ${power} is lost`, 7)
  }

  #indices(node: Surface & { kind: 'name' }): void {
    const letters = node.indices.filter((index) => index.kind === 'name' && index.indices.length === 0)
    if (node.name === 'delta' && node.indices.length === 2) {
      this.#add('index', [[node.at, node.end, '1']], 'a Kronecker delta is too many', 6)
    }
    for (const index of letters) {
      const written = this.text.slice(index.at, index.end)
      for (const letter of this.given.indices) {
        if (letter !== written)
          this.#add('index', [[index.at, index.end, letter]], `the index ${written} should be ${letter}`, 4)
      }
    }
    const [first, second] = letters
    if (letters.length === 2 && first !== undefined && second !== undefined) {
      const [a, b] = [first, second].map(({ at, end }) => this.text.slice(at, end)) as [string, string]
      this.#add(
        'index',
        [
          [first.at, first.end, b],
          [second.at, second.end, a],
        ],
        'the two indices stand in the wrong order',
        3.5,
      )
    }
  }

  #call(node: Surface & { kind: 'call' }): void {
    const others = functionPairs.get(node.name) ?? []
    const [first] = node.args
    if (first === undefined || node.own) return
    const head = new RegExp(`^\\\\?(?:operatorname\\{)?${node.name}\\}?`).exec(this.text.slice(node.at))
    if (head === null) return
    for (const other of others) {
      const written = this.text[node.at] === '\\' ? `\\${other}` : other
      this.#add(
        'function',
        [[node.at, node.at + head[0].length, written]],
        `${node.name} should be ${other}`,
        6,
      )
    }
  }

  /** Σ f(u) where f(Σ u) is meant, and f(Σ u) where Σ f(u) is. */
  #pullOut(node: Surface & { kind: 'big' }): void {
    const body = node.body.kind === 'group' ? node.body.body : node.body
    const head = this.text.slice(node.at, node.body.at)
    if (body.kind === 'call' && body.args.length === 1) {
      const [arg] = body.args
      const name = this.text.slice(body.at, arg!.at).replace(/(?:\\left)?[({\s]*$/, '')
      const inner = this.text.slice(arg!.at, arg!.end)
      this.#add(
        'sum-into-function',
        [[node.at, node.end, `${name}\\left(${head}${inner}\\right)`]],
        `the sum was pulled out of ${body.name}`,
        3,
      )
    }
    if (body.kind === 'power') {
      const inner = this.text.slice(body.left.at, body.left.end)
      const raised = this.text.slice(body.left.end, body.end)
      this.#add(
        'sum-into-function',
        [[node.at, node.end, `\\left(${head}${inner}\\right)${raised}`]],
        'the sum was pulled out of a power',
        3,
      )
    }
  }

  /** x_i w_i where Σ_l x_l w_l is meant. */
  #sumOverProduct(node: Surface & { kind: 'chain' }): void {
    const left = node.left.kind === 'chain' && node.left.op === '*' ? node.left.right : node.left
    const right = node.right
    if (left.kind !== 'name' || right.kind !== 'name') return
    const letterOf = (index: Surface) => this.text.slice(index.at, index.end)
    for (const first of left.indices) {
      for (const second of right.indices) {
        if (letterOf(first) !== letterOf(second)) continue
        for (const letter of this.given.indices) {
          if (letter === letterOf(first)) continue
          const sum = this.latex ? `\\sum_{${letter}} ` : `sum(${letter}, `
          const close = this.latex ? [] : [[right.end, right.end, ')'] as const]
          this.#add(
            'index',
            [
              [left.at, left.at, sum],
              [first.at, first.end, letter],
              [second.at, second.end, letter],
              ...close,
            ],
            `the index ${letterOf(first)} is used twice: the inner sum has an index of its own`,
            4.5,
          )
        }
      }
    }
  }

  /** `2y - u` where `2(y - u)` is meant: from an operand to the end of a later summand. */
  #parenthesize(node: Surface & { kind: 'chain' }): void {
    let left: Surface = node.left
    while (left.kind === 'chain' && (left.op === '+' || left.op === '-')) left = left.right
    const lefts: number[] = []
    const bodies = (item: Surface): void => {
      if (item.kind === 'chain' && (item.op === '*' || item.op === '/')) {
        bodies(item.left)
        lefts.push(item.right.at)
        if (item.right.kind === 'big' || item.right.kind === 'derivative') bodies(item.right)
      } else if (item.kind === 'big' || item.kind === 'derivative') {
        lefts.push(item.body.at)
        bodies(item.body)
      }
    }
    bodies(left)
    if (lefts.length === 0) lefts.push(left.at)
    const rights: number[] = []
    const ends = (item: Surface): void => {
      if (item.kind === 'chain' && item.op === '*') {
        ends(item.left)
        rights.push(item.right.end)
      } else rights.push(item.end)
    }
    ends(node.right)
    for (const from of lefts) {
      for (const to of rights) {
        this.#add(
          'missing-parentheses',
          [
            [from, from, '('],
            [to, to, ')'],
          ],
          `they belong around ${this.#cut(from, to)}`,
          2,
        )
      }
    }
  }

  #operatorAt(node: Surface & { kind: 'chain' }): number {
    const between = this.text.slice(node.left.end, node.right.at)
    const at = between.search(/[+\-−]/)
    return at < 0 ? -1 : node.left.end + at
  }

  #pairs(): readonly (readonly [string, string])[] {
    const { indices } = this.given
    return indices.flatMap((a, i) => indices.slice(i + 1).map((b) => [a, b] as const))
  }

  #delta(a: string, b: string): string {
    return this.latex ? `\\delta_{${a}${b}}` : `delta_{${a},${b}}`
  }

  #fraction(above: string, below: string): string {
    return this.latex ? `\\frac{${above}}{${below}}` : `${above}/${below}`
  }

  #shown(node: Surface): string {
    return this.#cut(node.at, node.end)
  }

  #cut(from: number, to: number): string {
    const text = this.text.slice(startOf(this.text, from), to)
    return text.length > 40 ? `${text.slice(0, 40)}…` : text
  }

  /** The change together with the `\\left` or `\\right` of a bracket where it starts. */
  #withSize(from: number, to: number, text: string): Edit['changes'][number] {
    const isClosing = text === '' && to === from + 1 && /[)\]]/.test(this.text[from] ?? '')
    const size = isClosing
      ? /\\(?:right|[bB]igg?r?)\s*$/.exec(this.text.slice(Math.max(0, from - 12), from))
      : null
    const start = size === null ? startOf(this.text, from) : from - size[0].length
    return { from: start, to: to === from ? start : to, text }
  }

  #add(
    kind: MistakeKind,
    changes: readonly (readonly [from: number, to: number, text: string])[],
    because: string,
    rank: number,
  ): void {
    const whole = changes.map(([from, to, text]) => this.#withSize(from, to, text))
    this.edits.push({ kind, changes: whole, because, rank })
  }
}

const functionPairs: ReadonlyMap<string, readonly string[]> = new Map([
  ['sin', ['cos']],
  ['cos', ['sin']],
  ['exp', ['log']],
  ['log', ['exp']],
  ['sinh', ['cosh']],
  ['cosh', ['sinh']],
  ['max', ['min']],
  ['min', ['max']],
])

/** The text with the changes made. */
export function applyEdit(text: string, { changes }: Edit): string {
  const ordered = [...changes].sort((a, b) => b.from - a.from || b.to - a.to)
  return ordered.reduce(
    (result, { from, to, text: put }) => result.slice(0, from) + put + result.slice(to),
    text,
  )
}
