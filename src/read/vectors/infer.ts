import { ReadError, type Source } from '../error.ts'
import { expectation } from '../filter/expectations.ts'
import type { Call, Chain, NameNode, Norm, Span, Surface } from '../surface.ts'
import { boundIn } from './bound.ts'
import { inferProduct } from './product.ts'
import { isKronecker, type Ranks } from './ranks.ts'
import {
  bare,
  isArray,
  isCapital,
  isNumeric,
  isRowOfCapital,
  isTwo,
  openAxes,
  type Shape,
  shapeWords,
  termsOf,
  transposeOf,
  type Wanted,
} from './shape.ts'
import { signatureOf } from './signatures.ts'

/**
 * Which names are vectors and matrices, told from how they are used all over a reading. A name has one rank: the
 * number of its axes, written or open. What leaves no choice is concluded first, then what is usual (a transposed
 * capital is a matrix, a bold name a vector); what is left is a number.
 */
export class ShapeInference {
  readonly #ranks: Ranks
  readonly #asked: ReadonlyMap<string, number>
  /** Name → number of arguments. */
  readonly #defined: ReadonlyMap<string, number>
  /** Defined functions of which an argument is no number. */
  readonly functionsOfArrays = new Set<string>()
  readonly #vectorValued = new Set<string>()
  readonly #shapes = new Map<Surface, Shape>()
  readonly #bound: string[] = []
  #confidence: 'certain' | 'usual' | 'rest' = 'certain'
  #changed = false
  /** Set while the last pass refuses what does not fit. */
  #judged: Source | undefined

  /** @param asked how many indices a name is asked for with; of a vector it may be a component or the whole */
  constructor(ranks: Ranks, asked: ReadonlyMap<string, number>, defined: ReadonlyMap<string, number>) {
    this.#ranks = ranks
    this.#asked = asked
    this.#defined = defined
  }

  /** Concludes from trees until nothing changes; then each is judged. @throws ReadError where shapes clash */
  run(trees: readonly { readonly tree: Surface; readonly wanted: Wanted }[]): void {
    for (const confidence of ['certain', 'usual', 'rest'] as const) {
      this.#confidence = confidence
      if (confidence === 'rest') this.#concludeAsked()
      do {
        this.#changed = false
        for (const { tree, wanted } of trees) this.shape(tree, wanted)
      } while (this.#changed)
    }
  }

  /** What nothing else told has the indices that it is asked for with. */
  #concludeAsked(): void {
    const { known } = this.#ranks
    for (const [name, rank] of this.#asked) if (rank > 0 && !known.has(name)) known.set(name, rank)
  }

  /** The shape of a tree and of all in it. @throws ReadError where shapes clash */
  judge(tree: Surface, source: Source, wanted: Wanted): Shape {
    this.#confidence = 'rest'
    this.#judged = source
    try {
      return this.shape(tree, wanted) ?? 'scalar'
    } finally {
      this.#judged = undefined
    }
  }

  /** Whether only what leaves no choice may be concluded. */
  get isCertain(): boolean {
    return this.#confidence === 'certain'
  }

  /** The shape that the last pass found. */
  shapeOf(node: Surface): Shape {
    return this.#shapes.get(node) ?? 'scalar'
  }

  shape(node: Surface, wanted: Wanted): Shape | undefined {
    const shape = this.#conclude(node, wanted)
    if (shape !== undefined) this.#shapes.set(node, shape)
    return shape
  }

  #conclude(node: Surface, wanted: Wanted): Shape | undefined {
    switch (node.kind) {
      case 'number':
        return 'scalar'
      case 'name':
        return this.#name(node, wanted)
      case 'group':
      case 'negation':
        return this.shape(node.body, wanted)
      case 'chain':
        return node.op === '+' || node.op === '-' ? this.#sum(node, wanted) : inferProduct(this, node, wanted)
      case 'transposed': {
        const direct = node.body.kind === 'name' && !isCapital(node.body) ? 'column' : 'array'
        const body = this.shape(
          node.body,
          wanted === undefined || wanted === 'scalar' ? direct : transposeOf(wanted),
        )
        return transposeOf(body) as Shape | undefined
      }
      case 'norm':
        this.#normed(node, false)
        return 'scalar'
      case 'inner': {
        const left = this.shape(node.left, 'array')
        const right = this.shape(node.right, left ?? 'array')
        if (left === undefined && right !== undefined) this.shape(node.left, right)
        this.refuse(
          left !== right && left !== undefined && right !== undefined,
          node,
          () => `an inner product of ${shapeWords[left!]} and ${shapeWords[right!]}`,
        )
        return 'scalar'
      }
      case 'component':
        return this.#component(node.body, node.indices)
      case 'power':
        return this.#power(node.left, node.right, wanted)
      case 'fraction':
        this.scalar(node.denominator)
        return this.shape(node.numerator, wanted)
      case 'root':
        if (node.degree !== undefined) this.scalar(node.degree)
        return this.shape(node.body, wanted)
      case 'absolute':
        return this.#absolute(node.body, wanted)
      case 'call':
        return this.#call(node, wanted)
      case 'big':
        return this.#within(boundIn(node), () => {
          for (const bound of node.below) this.scalar(bound)
          if (node.above !== undefined) this.scalar(node.above)
          return this.shape(node.body, wanted)
        })
      case 'derivative': {
        this.scalar(node.body)
        const variables = node.variables.map((variable) => this.shape(variable, wanted))
        return variables.length === 1 ? variables[0] : 'scalar'
      }
      case 'cases': {
        const values = node.rows.map(({ value, condition }) => {
          if (condition !== undefined) this.shape(condition, undefined)
          return value
        })
        return this.#alike(values, wanted)
      }
      case 'comparison':
        return this.#alike([node.left, node.right], wanted)
      case 'logical':
        return this.#alike(node.args, wanted)
      case 'range':
        this.scalar(node.left)
        this.scalar(node.to)
        return 'scalar'
    }
  }

  #name(node: NameNode, wanted: Wanted): Shape | undefined {
    for (const index of node.indices) this.scalar(index)
    const { name, indices } = this.#ranks.split(node)
    if (indices.length === 0 && this.#bound.includes(name)) return 'scalar'
    if (isKronecker(name, indices)) return 'scalar'
    const known = this.#ranks.known.get(name)
    if (known !== undefined) {
      const open = known - indices.length
      this.refuse(
        open < 0 || open > 2,
        node,
        () => `${name} has ${known} axes elsewhere, here ${indices.length} indices`,
      )
      return open === 1 ? 'column' : open === 2 ? 'matrix' : 'scalar'
    }
    const guess = this.#guess(node, wanted)
    if (guess === undefined) return undefined
    this.#ranks.known.set(name, indices.length + openAxes[guess])
    this.#changed = true
    return guess
  }

  #guess(node: NameNode, wanted: Wanted): Shape | undefined {
    if (wanted === 'scalar' || wanted === 'column' || wanted === 'matrix') return wanted
    if (this.#confidence === 'certain') return undefined
    if (wanted === 'array' || (node.bold && wanted === undefined))
      return isCapital(node) ? 'matrix' : 'column'
    return this.#confidence === 'rest' ? 'scalar' : undefined
  }

  /** `\|W\|_2^2` is a sum of squares where nothing but that norm tells that W is a matrix. */
  #normed({ body, order }: Norm, isSquared: boolean): void {
    const isOpen = isSquared && body.kind === 'name' && isCapital(body) && order === '2'
    if (isOpen && this.#confidence === 'usual') this.shape(body, undefined)
    else if (order === 'F' && this.#confidence === 'usual') this.shape(body, 'matrix')
    else this.shape(body, isOpen && this.#confidence === 'rest' ? 'column' : 'array')
  }

  /** A place that only a number fits. */
  scalar(node: Surface): void {
    const shape = this.shape(node, 'scalar')
    this.refuse(
      shape !== undefined && shape !== 'scalar',
      node,
      () => `${shapeWords[shape!]} stands where a number is expected`,
    )
  }

  #sum(node: Chain, wanted: Wanted): Shape | undefined {
    return this.#alike(
      termsOf(node).map((term) => term.node),
      wanted,
    )
  }

  /** Parts that have one shape; numbers fit each. */
  #alike(nodes: readonly Surface[], wanted: Wanted): Shape | undefined {
    const shapes = nodes.map((node) => this.shape(node, isNumeric(node) ? undefined : wanted))
    const told = shapes.find((shape, i) => shape !== undefined && !isNumeric(nodes[i]!))
    if (told === undefined) return nodes.every(isNumeric) ? 'scalar' : undefined
    nodes.forEach((node, i) => {
      if (shapes[i] === undefined) shapes[i] = this.shape(node, told)
      const shape = shapes[i]
      this.refuse(shape !== undefined && shape !== told && !isNumeric(node), node, () => {
        const first = nodes[shapes.indexOf(told)]!
        return `${this.#written(node)} is ${shapeWords[shape!]}, and ${this.#written(first)} is ${shapeWords[told]}`
      })
    })
    return told
  }

  #power(base: Surface, exponent: Surface, wanted: Wanted): Shape | undefined {
    const inner = bare(base)
    if (inner.kind === 'absolute') wanted = 'scalar'
    if (inner.kind === 'norm' && isTwo(exponent)) {
      this.#normed(inner, true)
      return 'scalar'
    }
    const certain = inner.kind === 'name' && !inner.bold && !isCapital(inner) && wanted !== 'array'
    const shape = this.shape(base, certain ? 'scalar' : wanted === 'array' ? undefined : wanted)
    const raised = this.shape(exponent, shape === 'scalar' && wanted !== 'array' ? wanted : undefined)
    this.refuse(
      shape !== undefined && shape !== 'scalar',
      base,
      () => `${shapeWords[shape!]} has no power`,
      shape === 'matrix' ? 'inverses and powers of matrices are not read' : 'write \\|x\\|^2, or x^\\top x',
    )
    return raised === undefined || raised === 'scalar' ? shape : raised
  }

  /** `|x|` of a vector in the place of a number is its length. */
  #absolute(body: Surface, wanted: Wanted): Shape | undefined {
    const shape = this.shape(body, wanted === 'scalar' ? undefined : wanted)
    return wanted === 'scalar' ? 'scalar' : shape
  }

  #component(body: Surface, indices: readonly Surface[]): Shape | undefined {
    for (const index of indices) this.scalar(index)
    const shape = this.shape(body, indices.length === 2 ? 'matrix' : 'array')
    if (shape === undefined) return undefined
    const left = openAxes[shape] - indices.length
    this.refuse(left < 0, body, () => `an index stands after a bracket that holds ${shapeWords[shape]}`)
    return left === 1 ? 'column' : 'scalar'
  }

  #call(node: Call, wanted: Wanted): Shape | undefined {
    const { name, args } = node
    if (node.power !== undefined) this.scalar(node.power)
    if (node.own) {
      for (const arg of args) {
        const isRow = this.#confidence === 'usual' && isRowOfCapital(arg)
        const isNumber = this.#confidence === 'rest' && this.#defined.has(name)
        const shape = this.shape(arg, isRow ? 'column' : isNumber ? 'scalar' : undefined)
        if (isArray(shape) && this.#defined.has(name)) this.functionsOfArrays.add(name)
        this.refuse(
          isArray(shape) && !this.#defined.has(name),
          arg,
          () => `${name} is not defined, and ${this.#written(arg)} is ${shapeWords[shape!]}`,
          `define it with --let "${name}(x) = …"`,
        )
      }
      return this.#application(node, wanted)
    }
    const signature = signatureOf(node)
    if (signature !== undefined) {
      for (const arg of args) {
        if (signature.argument === 'scalar') this.scalar(arg)
        else this.shape(arg, signature.argument)
      }
      return signature.value
    }
    if (name === 'D') {
      const [body, ...variables] = args
      if (body !== undefined) this.scalar(body)
      const shapes = variables.map((variable) => this.shape(variable, wanted))
      return shapes.length === 1 ? shapes[0] : 'scalar'
    }
    if (name === expectation) return this.shape(args.at(-1)!, wanted)
    const bound = boundIn(node)
    if (bound.length > 0 || /^(?:sum|prod|mean|softmax|logsumexp)$/.test(name)) {
      return this.#within(bound, () => {
        for (const arg of args.slice(0, -1)) this.scalar(arg)
        return args.length === 0 ? 'scalar' : this.shape(args.at(-1)!, wanted)
      })
    }
    return this.#alike(args, wanted)
  }

  /**
   * `w^\top \phi(x)`: a function that nothing defines has vectors for values where one is needed, and so has one of
   * which `\phi_j(x) = …` defines the components.
   */
  #application({ name, args, orders }: Call, wanted: Wanted): Shape | undefined {
    const count = this.#defined.get(name)
    if (orders.length > 0 || (count !== undefined && count <= args.length)) return 'scalar'
    if (wanted === 'column' || wanted === 'array') this.#vectorValued.add(name)
    if (this.#vectorValued.has(name)) return 'column'
    return this.#confidence === 'rest' ? 'scalar' : undefined
  }

  #within<T>(names: readonly string[], read: () => T): T {
    this.#bound.push(...names)
    const result = read()
    this.#bound.length -= names.length
    return result
  }

  #written(node: Span): string {
    const text = this.#judged?.text.slice(node.at, node.end) ?? ''
    return text.length > 30 ? `${text.slice(0, 30)}…` : text
  }

  /** @throws ReadError in the last pass, where something is wrong. */
  refuse(wrong: boolean, at: Span, message: () => string, hint?: string): void {
    if (!wrong || this.#judged === undefined) return
    throw new ReadError(this.#judged, at, { message: message(), hint })
  }
}
