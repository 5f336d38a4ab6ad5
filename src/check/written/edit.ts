import { partsOf, type Surface } from '../../read/index.ts'
import { exchangeIndices } from './edit-indices.ts'
import { type Edit, EditList, type Ingredients, type MistakeKind } from './edit-list.ts'
import { parenthesizeSummands } from './edit-parentheses.ts'
import { giveOwnIndex, pullSumsIn } from './edit-sums.ts'

const editLimit = 700

/** All small changes of a line that are tried, the usual mistakes first. */
export function editsOf(text: string, tree: Surface, given: Ingredients, latex: boolean): readonly Edit[] {
  const editor = new Editor(new EditList(text, given, latex))
  editor.visit(tree, 'start')
  return editor.list.edits.sort((a, b) => a.rank - b.rank).slice(0, editLimit)
}

type Place = 'start' | 'inside' | 'index' | 'exponent'

class Editor {
  constructor(readonly list: EditList) {}

  visit(node: Surface, place: Place): void {
    if (place === 'index') return
    if (place === 'start') this.#startOfTerm(node)
    switch (node.kind) {
      case 'number':
        this.#number(node, place)
        return
      case 'name':
        exchangeIndices(this.list, node)
        this.#raise(node, place)
        return
      case 'negation':
        this.list.add('sign', [[node.at, node.body.at, '']], 'a minus sign is too many', 1)
        this.visit(node.body, 'inside')
        this.#startOfProduct(node.body)
        return
      case 'chain':
        this.#chain(node, place)
        return
      case 'power':
        this.list.add('exponent', [[node.left.end, node.end, '']], 'an exponent is too many', 6)
        this.visit(node.left, 'inside')
        this.visit(node.right, 'exponent')
        return
      case 'group':
        this.list.add(
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
        pullSumsIn(this.list, node)
        this.list.add(
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
        this.list.add(
          'lost-or-extra-factor',
          [
            [
              node.numerator.at,
              node.numerator.end,
              this.list.text.slice(node.denominator.at, node.denominator.end),
            ],
            [
              node.denominator.at,
              node.denominator.end,
              this.list.text.slice(node.numerator.at, node.numerator.end),
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
      if (at >= 0) this.list.add('sign', [[at, at + 1, node.op === '+' ? '-' : '+']], 'the sign is wrong', 1)
      this.list.add('term', [[node.left.end, node.right.end, '']], 'a term is too many', 11)
      parenthesizeSummands(this.list, node)
      this.visit(node.left, 'inside')
      this.visit(node.right, 'inside')
      this.#startOfProduct(node.right)
      if (node.left.kind !== 'chain' || node.left.op === '*' || node.left.op === '/')
        this.#startOfProduct(node.left)
      return
    }
    if (node.op === '*') {
      this.list.add(
        'lost-or-extra-factor',
        [[node.left.end, node.right.end, '']],
        `the factor ${this.list.shown(node.right)} is too many`,
        7,
      )
      if (node.left.kind !== 'chain') {
        this.list.add(
          'lost-or-extra-factor',
          [[node.left.at, node.right.at, '']],
          `the factor ${this.list.shown(node.left)} is too many`,
          7,
        )
      }
      giveOwnIndex(this.list, node)
    }
    this.visit(node.left, place === 'exponent' ? 'exponent' : 'inside')
    this.visit(node.right, 'inside')
  }

  /** A term's start: a sign, a lost term at its end. */
  #startOfTerm(node: Surface): void {
    if (node.kind !== 'negation')
      this.list.add('sign', [[node.at, node.at, '-']], 'a minus sign is lost', 1.5)
    if (node.kind !== 'negation' && !(node.kind === 'chain' && (node.op === '+' || node.op === '-')))
      this.#startOfProduct(node)
    for (const summand of this.list.given.summands) {
      if (summand.length > 60) continue
      for (const sign of ['+', '-'])
        this.list.add(
          'term',
          [[node.end, node.end, ` ${sign} ${summand}`]],
          `the term ${summand} is lost`,
          10,
        )
    }
  }

  /** Lost factors go in front of a product. */
  #startOfProduct(node: Surface): void {
    const put = (kind: MistakeKind, factor: string, because: string, rank: number) => {
      // A digit in front of a digit would be another number.
      const glue =
        /^\d/.test(this.list.text.slice(node.at)) && /\d$/.test(factor)
          ? this.list.latex
            ? ' \\cdot '
            : '*'
          : this.list.latex
            ? ' '
            : '*'
      this.list.add(kind, [[node.at, node.at, `${factor}${glue}`]], because, rank - node.at / 1e6)
    }
    const factor: MistakeKind = 'lost-or-extra-factor'
    put(factor, '2', 'a factor 2 is lost', 3)
    put(factor, this.list.fraction('1', '2'), 'a factor 2 is too many', 4)
    for (const count of this.list.given.counts) {
      put(factor, count, `a factor ${count} is lost`, 5)
      put(factor, this.list.fraction('1', count), `a factor 1/${count} is lost`, 5)
    }
    for (const [i, inner] of this.list.given.innerDerivatives.entries()) {
      put('inner-derivative', inner, 'the inner derivative is forgotten', 2.5 + i / 100)
    }
    for (const [i, lost] of this.list.given.factors.entries()) {
      const isDerivative = /\\partial|∂|\\nabla/.test(lost)
      if (isDerivative) put('inner-derivative', lost, 'the inner derivative is forgotten', 2 + i / 100)
      else put(factor, lost, `the factor ${lost} is lost`, 5.5 + i / 100)
    }
    for (const [a, b] of this.list.pairs())
      put('index', this.list.delta(a, b), `the Kronecker delta of ${a} and ${b} is missing`, 8)
  }

  #number(node: Surface & { kind: 'number' }, place: Place): void {
    const value = Number(node.text)
    if (!Number.isInteger(value) || value > 1000) return
    const put = (next: number, because: string, rank: number) =>
      this.list.add(
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
    for (const [a, b] of value === 1 ? this.list.pairs() : []) {
      this.list.add(
        'index',
        [[node.at, node.end, this.list.delta(a, b)]],
        `the Kronecker delta of ${a} and ${b} is missing: the formula for equal indices was used for all`,
        4,
      )
    }
  }

  #raise(node: Surface, place: Place): void {
    if (place === 'exponent') return
    for (const power of ['2', '3'])
      this.list.add('exponent', [[node.end, node.end, `^${power}`]], `an exponent ${power} is lost`, 7)
  }

  #call(node: Surface & { kind: 'call' }): void {
    const others = functionPairs.get(node.name) ?? []
    const [first] = node.args
    if (first === undefined || node.own) return
    const head = new RegExp(`^\\\\?(?:operatorname\\{)?${node.name}\\}?`).exec(this.list.text.slice(node.at))
    if (head === null) return
    for (const other of others) {
      const written = this.list.text[node.at] === '\\' ? `\\${other}` : other
      this.list.add(
        'function',
        [[node.at, node.at + head[0].length, written]],
        `${node.name} should be ${other}`,
        6,
      )
    }
  }

  #operatorAt(node: Surface & { kind: 'chain' }): number {
    const between = this.list.text.slice(node.left.end, node.right.at)
    const at = between.search(/[+\-−]/)
    return at < 0 ? -1 : node.left.end + at
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
