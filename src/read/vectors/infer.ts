import { ReadError, type Source } from '../error.ts'
import { normalDensity } from '../filter/applications.ts'
import { expectation } from '../filter/expectations.ts'
import type { Chain, NameNode, Span, Surface } from '../surface.ts'
import { partsOf, visit } from '../surface.ts'
import { boundIn } from './bound.ts'
import {
  bare,
  factorsOf,
  isCapital,
  isNumeric,
  openAxes,
  productOf,
  type Shape,
  shapeWords,
  termsOf,
  transposeOf,
  type Wanted,
} from './shape.ts'

const isImpliedSum = (node: Surface) =>
  node.kind === 'call' && !node.own && node.args.length === 1 && /^(sum|prod|mean)$/.test(node.name)
/** `\pi` beside `\pi_k` is the constant. */
const constants: ReadonlySet<string> = new Set(['pi', 'e'])
/** Beside a user's own \delta_i, the delta with two indices is Kronecker's. */
const isKronecker = (name: string, indices: readonly Surface[]) => name === 'delta' && indices.length === 2
const isArray = (shape: Shape | undefined) => shape !== undefined && shape !== 'scalar'

/** The names of the parameters of a function that a tree defines. */
function parametersOf(tree: Surface): readonly string[] {
  if (tree.kind !== 'comparison' || tree.left.kind !== 'call') return []
  return tree.left.args.flatMap((arg) => (arg.kind === 'name' ? [arg.name] : []))
}

/**
 * Which names are vectors and matrices, told from how they are used all over a reading. A name has one rank: the
 * number of its axes, written or open. What leaves no choice is concluded first, then what is usual (a transposed
 * capital is a matrix, a bold name a vector); what is left is a number.
 */
export class ShapeInference {
  /** Name → number of axes, as far as it is known. */
  readonly ranks = new Map<string, number>()
  readonly #shapes = new Map<Surface, Shape>()
  readonly #isLabel: (index: Surface) => boolean
  readonly #bound: string[] = []
  #confidence: 'certain' | 'usual' | 'rest' = 'certain'
  #changed = false
  /** Set while the last pass refuses what does not fit. */
  #judged: Source | undefined

  /** @param isLabel whether an index is a word that belongs to the name, as in `w_{out}` */
  constructor(isLabel: (index: Surface) => boolean) {
    this.#isLabel = isLabel
  }

  /** A name stands with different numbers of indices: the most is its rank. */
  survey(tree: Surface): void {
    visit(tree, (node) => {
      if (node.kind !== 'name') return
      const { name, indices } = this.split(node)
      if (indices.length === 0 || indices.every((index) => index.kind === 'number')) return
      if (isKronecker(name, indices)) return
      const known = this.#written.get(name) ?? indices.length
      if (known !== indices.length) this.ranks.set(name, Math.max(known, indices.length))
      this.#written.set(name, Math.max(known, indices.length))
    })
  }

  readonly #written = new Map<string, number>()
  readonly #layers = new Set<string>()

  /**
   * `W_1` and `W_2` are matrices of different sizes, not rows of one array: where a capital stands with nothing but
   * one number, it and its like are names of their own.
   */
  surveyLayers(trees: readonly Surface[]): void {
    const layered = new Map<string, boolean>()
    for (const tree of trees) {
      visit(tree, (node) => {
        if (node.kind !== 'name' || this.#isIndex(node)) return
        const isNumbered = node.indices.length === 1 && node.indices[0]!.kind === 'number'
        layered.set(node.name, isNumbered && layered.get(node.name) !== false)
      })
    }
    const names = [...layered].flatMap(([name, isLayered]) => (isLayered ? [name] : []))
    if (names.some((name) => /^\p{Lu}/u.test(name))) for (const name of names) this.#layers.add(name)
  }

  #isIndex(node: NameNode): boolean {
    return (
      node.indices.length === 0 && this.#written.get(node.name) === undefined && /^[i-n]$/.test(node.name)
    )
  }

  /**
   * Bare names that stand with an index elsewhere, `w \cdot x` beside `w_j`; answers whether there are any. The x of
   * f(x) = … is another x, and inside a sum over samples that leaves its index out a bare name is no vector.
   */
  surveyBare(tree: Surface): boolean {
    const own = new Set(parametersOf(tree))
    let found = false
    const walk = (node: Surface): void => {
      const leavesOut = node.kind === 'big' ? node.below.length === 0 : isImpliedSum(node)
      if (leavesOut || (node.kind === 'name' && own.has(node.name))) return
      const written = node.kind === 'name' ? this.#written.get(node.name) : undefined
      if (
        written !== undefined &&
        node.kind === 'name' &&
        node.indices.length === 0 &&
        !constants.has(node.name)
      ) {
        this.ranks.set(node.name, written)
        found = true
      }
      for (const part of partsOf(node)) walk(part)
    }
    walk(tree)
    return found
  }

  /** Concludes from trees until nothing changes; then each is judged. @throws ReadError where shapes clash */
  run(trees: readonly { readonly tree: Surface; readonly wanted: Wanted }[]): void {
    for (const confidence of ['certain', 'usual', 'rest'] as const) {
      this.#confidence = confidence
      do {
        this.#changed = false
        for (const { tree, wanted } of trees) this.shape(tree, wanted)
      } while (this.#changed)
    }
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

  /** The shape that the last pass found. */
  shapeOf(node: Surface): Shape {
    return this.#shapes.get(node) ?? 'scalar'
  }

  /** What the layer `W_1` is called, where W stands for the matrices of layers. */
  layer(name: string, number: string): string | undefined {
    return this.#layers.has(name) ? `${name}^{[${number}]}` : undefined
  }

  /** The name with its label, and the indices after it. */
  split(node: NameNode): { readonly name: string; readonly indices: readonly Surface[] } {
    const [first] = node.indices
    const layer = first?.kind === 'number' ? this.layer(node.name, first.text) : undefined
    if (layer !== undefined) return { name: layer, indices: node.indices.slice(1) }
    if (first?.kind !== 'name' || !this.#isLabel(first)) return node
    return { name: `${node.name}_${first.name}`, indices: node.indices.slice(1) }
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
        return node.op === '+' || node.op === '-' ? this.#sum(node, wanted) : this.#product(node, wanted)
      case 'transposed': {
        const direct = node.body.kind === 'name' && !isCapital(node.body) ? 'column' : 'array'
        const body = this.shape(
          node.body,
          wanted === undefined || wanted === 'scalar' ? direct : transposeOf(wanted),
        )
        return transposeOf(body) as Shape | undefined
      }
      case 'norm':
        this.shape(node.body, 'array')
        return 'scalar'
      case 'inner': {
        const left = this.shape(node.left, 'array')
        const right = this.shape(node.right, left ?? 'array')
        if (left === undefined && right !== undefined) this.shape(node.left, right)
        this.#refuse(
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
        this.#scalar(node.denominator)
        return this.shape(node.numerator, wanted)
      case 'root':
        if (node.degree !== undefined) this.#scalar(node.degree)
        return this.shape(node.body, wanted)
      case 'absolute':
        return this.#absolute(node.body, wanted)
      case 'call':
        return this.#call(node, wanted)
      case 'big':
        return this.#within(boundIn(node), () => {
          for (const bound of node.below) this.#scalar(bound)
          if (node.above !== undefined) this.#scalar(node.above)
          return this.shape(node.body, wanted)
        })
      case 'derivative': {
        this.#scalar(node.body)
        const variables = node.variables.map((variable) => this.shape(variable, wanted))
        return variables.length === 1 ? variables[0] : 'scalar'
      }
      case 'cases': {
        const values = node.rows.map(({ value, condition }) => {
          if (condition !== undefined) this.shape(condition, undefined)
          return value
        })
        return this.#alike(values, wanted, node)
      }
      case 'comparison':
        return this.#alike([node.left, node.right], wanted, node)
      case 'logical':
        return this.#alike(node.args, wanted, node)
      case 'range':
        this.#scalar(node.left)
        this.#scalar(node.to)
        return 'scalar'
    }
  }

  #name(node: NameNode, wanted: Wanted): Shape | undefined {
    for (const index of node.indices) this.#scalar(index)
    const { name, indices } = this.split(node)
    if (indices.length === 0 && this.#bound.includes(name)) return 'scalar'
    if (isKronecker(name, indices)) return 'scalar'
    const known = this.ranks.get(name)
    if (known !== undefined) {
      const open = known - indices.length
      this.#refuse(
        open < 0 || open > 2,
        node,
        () => `${name} has ${known} axes elsewhere, here ${indices.length} indices`,
      )
      return open === 1 ? 'column' : open === 2 ? 'matrix' : 'scalar'
    }
    const guess = this.#guess(node, wanted)
    if (guess === undefined) return undefined
    this.ranks.set(name, indices.length + openAxes[guess])
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

  /** A place that only a number fits. */
  #scalar(node: Surface): void {
    const shape = this.shape(node, 'scalar')
    this.#refuse(
      shape !== undefined && shape !== 'scalar',
      node,
      () => `${shapeWords[shape!]} stands where a number is expected`,
    )
  }

  #sum(node: Chain, wanted: Wanted): Shape | undefined {
    return this.#alike(
      termsOf(node).map((term) => term.node),
      wanted,
      node,
    )
  }

  /** Parts that have one shape; numbers fit each. */
  #alike(nodes: readonly Surface[], wanted: Wanted, whole: Span): Shape | undefined {
    const shapes = nodes.map((node) => this.shape(node, isNumeric(node) ? undefined : wanted))
    const told = shapes.find((shape, i) => shape !== undefined && !isNumeric(nodes[i]!))
    if (told === undefined) return nodes.every(isNumeric) ? 'scalar' : undefined
    nodes.forEach((node, i) => {
      if (shapes[i] === undefined) shapes[i] = this.shape(node, told)
      const shape = shapes[i]
      this.#refuse(
        shape !== undefined && shape !== told && !isNumeric(node),
        node,
        () => {
          const first = nodes[shapes.indexOf(told)]!
          return `${this.#written_(node)} is ${shapeWords[shape!]}, and ${this.#written_(first)} is ${shapeWords[told]}`
        },
        whole,
      )
    })
    return told
  }

  #power(base: Surface, exponent: Surface, wanted: Wanted): Shape | undefined {
    const inner = bare(base)
    if (inner.kind === 'absolute') wanted = 'scalar'
    const certain = inner.kind === 'name' && !inner.bold && !isCapital(inner) && wanted !== 'array'
    const shape = this.shape(base, certain ? 'scalar' : wanted === 'array' ? undefined : wanted)
    const raised = this.shape(exponent, shape === 'scalar' && wanted !== 'array' ? wanted : undefined)
    this.#refuse(
      shape !== undefined && shape !== 'scalar',
      base,
      () => `${shapeWords[shape!]} has no power`,
      base,
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
    for (const index of indices) this.#scalar(index)
    const shape = this.shape(body, indices.length === 2 ? 'matrix' : 'array')
    if (shape === undefined) return undefined
    const left = openAxes[shape] - indices.length
    this.#refuse(left < 0, body, () => `an index stands after a bracket that holds ${shapeWords[shape]}`)
    return left === 1 ? 'column' : 'scalar'
  }

  #call(node: Extract<Surface, { kind: 'call' }>, wanted: Wanted): Shape | undefined {
    const { name, args } = node
    if (node.power !== undefined) this.#scalar(node.power)
    if (node.own) {
      for (const arg of args) this.shape(arg, undefined)
      return 'scalar'
    }
    if (args.length === 1 && (name === 'softmax' || name === 'logsumexp' || name === 'tr')) {
      this.shape(args[0]!, name === 'tr' ? 'matrix' : 'column')
      return name === 'softmax' ? 'column' : 'scalar'
    }
    if (name === 'D') {
      const [body, ...variables] = args
      if (body !== undefined) this.#scalar(body)
      const shapes = variables.map((variable) => this.shape(variable, wanted))
      return shapes.length === 1 ? shapes[0] : 'scalar'
    }
    if (name === normalDensity) {
      for (const arg of args) this.#scalar(arg)
      return 'scalar'
    }
    if (name === expectation) return this.shape(args.at(-1)!, wanted)
    const bound = boundIn(node)
    if (bound.length > 0 || /^(?:sum|prod|mean|softmax|logsumexp)$/.test(name)) {
      return this.#within(bound, () => {
        for (const arg of args.slice(0, -1)) this.#scalar(arg)
        return args.length === 0 ? 'scalar' : this.shape(args.at(-1)!, wanted)
      })
    }
    return this.#alike(args, wanted, node)
  }

  #within<T>(names: readonly string[], read: () => T): T {
    this.#bound.push(...names)
    const result = read()
    this.#bound.length -= names.length
    return result
  }

  #product(node: Chain, wanted: Wanted): Shape | undefined {
    const factors = factorsOf(node)
    const shapes = factors.map(({ node: factor, op }) => {
      if (op === '/') this.#scalar(factor)
      return this.shape(factor, op === '/' ? 'scalar' : undefined)
    })
    const usual = this.#confidence !== 'certain'
    const push = (i: number, shape: Wanted) => {
      shapes[i] = this.shape(factors[i]!.node, shape)
    }
    let before: Shape = 'scalar'
    factors.forEach(({ node: factor, sign }, i) => {
      if (shapes[i] === undefined) {
        const later = shapes.slice(i + 1)
        const unknownLater = later.includes(undefined)
        const arraysLater = later.some(isArray)
        const next = shapes[i + 1]
        const isName = bare(factor).kind === 'name'
        if (before === 'column' && sign === 'dot') push(i, 'column')
        else if (before !== 'scalar' && sign === 'elementwise') push(i, before)
        else if (before === 'row' || before === 'matrix') {
          const ends = !arraysLater && !unknownLater && (before === 'row' || wanted === 'column')
          if (ends && !isCapital(factor)) push(i, isName || before === 'row' ? 'column' : 'array')
          else if (usual && isCapital(factor) && (before === 'matrix' || arraysLater || unknownLater))
            push(i, 'matrix')
          else if (usual && !arraysLater) push(i, isName ? 'column' : 'array')
        } else if (before === 'scalar') {
          const follows = factors[i + 1]?.sign
          const dotted = follows === 'dot'
          if (follows === 'elementwise' && next !== undefined) push(i, next)
          if (dotted && next === 'column' && wanted !== 'column') push(i, 'column')
          else if (
            usual &&
            wanted !== 'scalar' &&
            isCapital(factor) &&
            (next === 'column' || next === 'matrix')
          )
            push(i, 'matrix')
          else if (usual && wanted !== undefined && wanted !== 'scalar') {
            const follower = factors[i + 1]?.node
            if (isCapital(factor) && next === undefined && follower !== undefined) push(i, 'matrix')
            else if (next === 'row') push(i, 'column')
            else if (!arraysLater && !unknownLater) push(i, wanted)
          }
        }
      }
      const shape = shapes[i] ?? 'scalar'
      const product = productOf(before, shape, sign)
      this.#refuse(
        product === undefined,
        factor,
        () => `${shapeWords[before]} and ${shapeWords[shape]} stand side by side`,
        factor,
        before === 'column' && shape === 'column'
          ? 'write w^\\top x for the inner product, w \\odot x by components'
          : undefined,
      )
      before = product ?? 'scalar'
    })
    const unknown = shapes.flatMap((shape, i) => (shape === undefined ? [i] : []))
    // `y^\top X w`: a capital among vectors is rather a matrix.
    const [only] = unknown
    const isNumber = only !== undefined && !(isCapital(factors[only]!.node) && shapes.some(isArray))
    if (unknown.length === 1 && isNumber && before === 'scalar' && wanted === 'scalar') push(only, 'scalar')
    return before === 'scalar' && shapes.includes(undefined) ? undefined : before
  }

  #written_(node: Span): string {
    const text = this.#judged?.text.slice(node.at, node.end) ?? ''
    return text.length > 30 ? `${text.slice(0, 30)}…` : text
  }

  #refuse(wrong: boolean, at: Span, message: () => string, _whole: Span = at, hint?: string): void {
    if (!wrong || this.#judged === undefined) return
    throw new ReadError(this.#judged, at, { message: message(), hint })
  }
}
