import { ReadError, type Source } from '../error.ts'
import {
  type BigNode,
  type Call,
  type Chain,
  mapParts,
  type NameNode,
  type Norm,
  type Span,
  type Surface,
} from '../surface.ts'
import * as s from '../surface-builders.ts'
import { axisName } from '../uses.ts'
import type { ShapeInference } from './infer.ts'
import type { Ranks } from './ranks.ts'
import { bare, type Factor, factorsOf, isSame, isTwo, productOf, type Shape, termsOf } from './shape.ts'
import { chainOf, grouped, listOf, power, times, tokenOf, two } from './written.ts'

/** An axis of a running product; `summed` when two factors meet in it. */
interface Axis {
  index: Surface | undefined
}

/**
 * Writes a tree out by components: an inner product becomes a sum over a fresh index, `w_{c_i}^\top x_i` the sum of
 * `w_{c_i,j} x_{i,j}`. The result has no vector notation, so that all of reading that follows knows none.
 */
export class ComponentWriter {
  readonly #names: Ranks
  readonly #shapes: ShapeInference
  readonly #letter: string
  readonly #source: Source
  #count: number

  /** @param letter what fresh indices are called where it is free */
  constructor(names: Ranks, shapes: ShapeInference, source: Source, letter: string, count: number) {
    this.#names = names
    this.#shapes = shapes
    this.#source = source
    this.#letter = letter
    this.#count = count
  }

  /** How many fresh indices there are. */
  get count(): number {
    return this.#count
  }

  /** The component of a tree at the indices, one for each open axis. */
  at(node: Surface, axes: readonly Surface[]): Surface {
    switch (node.kind) {
      case 'number':
        return node
      case 'name':
        return axes.length === 0
          ? node
          : s.indexed({ ...node, ...this.#names.split(node) }, listOf(axes), node)
      case 'chain':
        return node.op === '+' || node.op === '-' ? this.#sum(node, axes) : this.#product(node, axes)
      case 'transposed':
        return this.at(node.body, axes.length === 2 ? [axes[1]!, axes[0]!] : axes)
      case 'component':
        return this.at(node.body, [...node.indices, ...axes])
      case 'norm':
        return this.#norm(node)
      case 'inner': {
        const indices = this.#fresh(node, this.#open(node.left))
        return this.#summed(
          indices,
          this.#square(node.left, node.right, indices) ??
            times(grouped(this.at(node.left, indices)), grouped(this.at(node.right, indices))),
        )
      }
      case 'absolute':
        if (axes.length > 0 || this.#open(node.body) === 0) break
        return this.#norm({ ...node, kind: 'norm', order: '' })
      case 'power':
        if (isTwo(node.right)) {
          const squared = this.#squaredNorm(node.left)
          if (squared !== undefined) return squared
        }
        break
      case 'call': {
        const written = this.#vectorFunction(node, axes)
        if (written !== undefined) return written
        break
      }
      case 'derivative': {
        const variables = node.variables.map((variable) => this.at(variable, this.#axesFor(variable, axes)))
        return { ...node, variables, body: this.at(node.body, []) }
      }
    }
    return mapParts(node, (part) => this.at(part, this.#axesFor(part, axes)))
  }

  #open(node: Surface): number {
    const shape = this.#shapes.shapeOf(node)
    return shape === 'scalar' ? 0 : shape === 'matrix' ? 2 : 1
  }

  /** A part that is a number has no component; it is the same at all of them. */
  #axesFor(part: Surface, axes: readonly Surface[]): readonly Surface[] {
    return this.#open(part) === axes.length ? axes : []
  }

  #fresh(at: Span, count: number): NameNode[] {
    return Array.from({ length: count }, () => {
      this.#count++
      const value = axisName(this.#letter, this.#count)
      return s.name({ type: 'name', value, at: at.at, end: at.at })
    })
  }

  #summed(indices: readonly NameNode[], body: Surface, operation = 'sum'): Surface {
    let result = body
    for (const index of [...indices].reverse()) {
      const big: BigNode = s.big(
        { type: 'big', value: operation, at: body.at, end: body.at },
        listOf([index]),
        undefined,
        result,
      )
      result = big
    }
    return result
  }

  #sum(node: Chain, axes: readonly Surface[]): Surface {
    let result: Surface | undefined
    for (const { node: term, op } of termsOf(node)) {
      const written = this.at(term, this.#axesFor(term, axes))
      const sign = { type: op === '-' ? 'minus' : 'plus', value: op, at: written.at, end: written.at }
      result = result === undefined ? written : s.chain(result, sign, written)
    }
    return result!
  }

  /** Neighbours that meet share an axis; each run of them is summed where it becomes a number. */
  #product(node: Chain, axes: readonly Surface[]): Surface {
    const factors = factorsOf(node)
    const ends: { rows: Axis | undefined; columns: Axis | undefined }[] = []
    const runs: { from: number; to: number; summed: Axis[] }[] = []
    let shape: Shape = 'scalar'
    let rows: Axis | undefined
    let columns: Axis | undefined
    factors.forEach(({ node: factor, sign }, i) => {
      const own = this.#shapes.shapeOf(factor)
      const end = {
        rows: own === 'column' || own === 'matrix' ? newAxis() : undefined,
        columns: own === 'row' || own === 'matrix' ? newAxis() : undefined,
      }
      ends.push(end)
      if (own === 'scalar') return
      if (shape === 'scalar') {
        runs.push({ from: i, to: i, summed: [] })
        ;({ rows, columns } = end)
      } else {
        const run = runs.at(-1)!
        run.to = i
        if (sign === 'elementwise') {
          end.rows = rows
          end.columns = columns
        } else if (columns !== undefined && end.rows !== undefined) {
          end.rows = columns
          run.summed.push(columns)
          columns = end.columns
        } else if (columns === undefined && end.columns !== undefined && rows !== undefined) {
          columns = end.columns
        } else {
          // Two vectors and a dot.
          const shared = rows ?? columns!
          if (end.rows === undefined) end.columns = shared
          else end.rows = shared
          run.summed.push(shared)
          rows = columns = undefined
        }
      }
      shape = productOf(shape, own, sign) ?? 'scalar'
      if (shape === 'scalar') rows = columns = undefined
    })
    const open = [rows, columns].filter((axis) => axis !== undefined)
    open.forEach((axis, i) => {
      axis.index = axes[i]
    })
    const indices = runs.map((run) =>
      run.summed.map((axis) => {
        const [index] = this.#fresh(factors[run.from]!.node, 1)
        axis.index = index
        return index!
      }),
    )
    const written = factors.map((factor, i) => {
      const at = [ends[i]!.rows, ends[i]!.columns].flatMap((axis) =>
        axis?.index === undefined ? [] : [axis.index],
      )
      return { ...factor, node: this.at(factor.node, at) }
    })
    const pieces: Factor[] = []
    let next = 0
    runs.forEach((run, i) => {
      if (run.summed.length === 0) return
      pieces.push(...written.slice(next, run.from))
      const [first, second] = factors.slice(run.from, run.to + 1)
      const inner = written.slice(run.from, run.to + 1)
      const square =
        inner.length === 2 &&
        run.summed.length === 1 &&
        factors.slice(run.from, run.to + 1).every(({ node: factor }) => this.#open(factor) === 1)
          ? this.#square(first!.node, second!.node, indices[i]!)
          : undefined
      pieces.push({ ...inner[0]!, node: this.#summed(indices[i]!, square ?? chainOf(inner)) })
      next = run.to + 1
    })
    return chainOf([...pieces, ...written.slice(next)])
  }

  /** `w^\top w` is a sum of squares. */
  #square(left: Surface, right: Surface, indices: readonly Surface[]): Surface | undefined {
    const plain = (node: Surface): Surface => {
      const inner = node.kind === 'group' ? node.body : node
      return inner.kind === 'transposed' ? plain(inner.body) : inner
    }
    const body = plain(left)
    return isSame(body, plain(right)) ? power(grouped(this.at(body, indices)), two(left)) : undefined
  }

  /** `\|x\|` is the root of the sum of squares; of a number, its absolute value. */
  #norm(node: Norm): Surface {
    const { order, body } = node
    const open = this.#open(body)
    if (open === 0) return { ...node, kind: 'absolute', body: this.at(body, []) }
    const indices = this.#fresh(node, open)
    const component = grouped(this.at(body, indices))
    const absolute: Surface = { ...node, kind: 'absolute', body: component }
    if (order === '' || order === '2' || order === 'F') {
      if (order === '2' && open === 2)
        this.#unknownNorm(node, 'the norm of a matrix with a 2 is its largest singular value')
      return {
        ...node,
        kind: 'root',
        degree: undefined,
        body: this.#summed(indices, power(component, two(node))),
      }
    }
    if (order === '21' && open === 2) {
      const [row, column] = indices
      const length: Surface = {
        ...node,
        kind: 'root',
        degree: undefined,
        body: this.#summed([column!], power(component, two(node))),
      }
      return this.#summed([row!], length)
    }
    if (order === '\\infty' || order === '∞') return this.#summed(indices, absolute, 'max')
    if (order === '1' && open === 1) return this.#summed(indices, absolute)
    const exponent = /^\d+(?:\.\d+)?$/.test(order)
      ? s.number(tokenOf(order, node))
      : /^[pq]$/.test(order)
        ? s.name(tokenOf(order, node))
        : undefined
    if (exponent === undefined || open === 2) return this.#unknownNorm(node, 'this norm is not known')
    const sum = grouped(this.#summed(indices, power(absolute, exponent)))
    const one = s.number(tokenOf('1', node))
    return power(
      sum,
      grouped(s.chain(one, { type: 'divide', value: '/', at: node.at, end: node.at }, exponent)),
    )
  }

  #unknownNorm(node: Norm, message: string): never {
    throw new ReadError(this.#source, node, {
      message,
      expected: ['_1', '_2', '_F', '_\\infty'],
      hint: 'write it with indices: sum(j=1..d, abs(x_j))',
    })
  }

  /** `\|x\|^2` has no root. */
  #squaredNorm(node: Surface): Surface | undefined {
    const inner = bare(node)
    const isNorm =
      inner.kind === 'norm' || (inner.kind === 'absolute' && this.#shapes.shapeOf(inner) === 'scalar')
    if (!isNorm || this.#open(inner.body) === 0) return undefined
    const written = this.#norm(inner.kind === 'norm' ? inner : { ...inner, kind: 'norm', order: '' })
    return written.kind === 'root' ? written.body : undefined
  }

  /** `\cos(a, b)` is the inner product of two vectors by the product of their lengths. */
  #cosine(node: Call, left: Surface, right: Surface): Surface {
    const { at, end, depth } = node
    const length = (body: Surface): Surface => ({ kind: 'norm', at, end, depth, body, order: '' })
    return {
      ...{ kind: 'fraction', at, end, depth: depth + 2 },
      numerator: this.at({ kind: 'inner', at, end, depth, left, right }, []),
      denominator: times(this.at(length(left), []), this.at(length(right), [])),
    }
  }

  /** Functions of vectors; \phi_j(x) is the component of a function with vectors for values. */
  #vectorFunction(node: Call, axes: readonly Surface[]): Surface | undefined {
    const [arg, other] = node.args
    if (node.own && axes.length > 0) {
      const args = [...node.args.map((part) => this.at(part, [])), ...axes]
      return { ...node, args, subscripts: node.subscripts + axes.length }
    }
    if (node.name === 'cos' && !node.own && arg !== undefined && other !== undefined) {
      return this.#cosine(node, arg, other)
    }
    if (node.own || arg === undefined || node.args.length !== 1) return undefined
    if (node.name === 'tr') {
      const [index] = this.#fresh(node, 1)
      return this.#summed([index!], this.at(arg, [index!, index!]))
    }
    if (node.name !== 'softmax' && node.name !== 'logsumexp') return undefined
    const exponential = (index: Surface): Call => ({ ...node, name: 'exp', args: [this.at(arg, [index])] })
    const [index] = this.#fresh(node, 1)
    const sum = this.#summed([index!], exponential(index!))
    if (node.name === 'logsumexp') return { ...node, name: 'log', args: [sum] }
    const [at] = axes
    if (at === undefined) return undefined
    return { ...node, kind: 'fraction', numerator: exponential(at), denominator: sum }
  }
}

function newAxis(): Axis {
  return { index: undefined }
}
