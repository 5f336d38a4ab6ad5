import type { BigTerm, BinderOperation, Expr, LogicalTerm, RelationOperation } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import { nabla } from '../term/scope.ts'
import { chooseIndexName } from './bound-names.ts'
import type { Notation, Summand } from './notation.ts'
import { encloses, level, needsParentheses, type Part, type Place } from './precedence.ts'

export interface LayoutOptions {
  readonly taken: ReadonlySet<string>
  readonly mark?: ((path: Path) => string | undefined) | undefined
  /** Keeps what was rendered, for the other lines of a derivation with the same `taken`; unused with marks. */
  readonly cache?: RenderCache | undefined
}

/** Rendered sub-terms by where they stand: the same term in the same place is rendered once. */
export type RenderCache = Map<string, Map<Expr, Rendered>>

/** Where a node stands. */
interface Spot {
  /** The names of the indices around it, innermost first. */
  readonly indices: readonly string[]
  /** Whether inside an index or a bound. */
  readonly tight: boolean
  /** Whether inside an exponent. */
  readonly raised: boolean
  /** Only kept where marks are asked for. */
  readonly path: Path
  /** What was rendered in this place before; nothing where it is not kept. */
  readonly known: Map<Expr, Rendered> | undefined
}

/** A node on the way: its sub-terms are rendered one after the other, then the node from them. */
interface Frame {
  readonly node: Expr
  readonly spot: Spot
  /** The spot of the sub-terms, and of the last one: a sum's body sees its index, an exponent is raised. */
  readonly inside: Spot
  readonly last: Spot
  readonly rendered: Rendered[]
}

/** A rendered sub-term; its own parts remain for a form that takes it apart, such as `a - b` or `sin^2(x)`. */
export interface Rendered {
  readonly part: Part
  readonly parts: readonly Part[]
  readonly mark: string | undefined
}

/**
 * Renders a term in a notation; the walk all notations share, and the only place where parentheses are put.
 * The walk keeps its own stack, since a term may be higher than the machine's stack is deep.
 */
export function layOut(term: Expr, notation: Notation, options: LayoutOptions): Part {
  const names = new Set([...options.taken, ...term.names])
  const outermost: string[] = []
  for (let level = 0; term.loose >>> level !== 0; level++) {
    outermost.push(chooseIndexName('', names, outermost))
  }
  const cache = options.mark === undefined ? options.cache : undefined
  const top = place({ indices: outermost, tight: false, raised: false, path: [], known: undefined }, cache)
  const stack = [enter(term, top, names, cache)]
  for (;;) {
    const frame = stack[stack.length - 1]!
    const { node, spot, rendered } = frame
    const position = rendered.length
    const child = node.args[position]
    if (child !== undefined) {
      const below = position === node.args.length - 1 ? frame.last : frame.inside
      const known = below.known?.get(child)
      if (known !== undefined) rendered.push(known)
      else {
        const at = options.mark === undefined ? below : { ...below, path: [...spot.path, position] }
        stack.push(enter(child, at, names, cache))
      }
      continue
    }
    stack.pop()
    const mark = options.mark?.(spot.path)
    const plain = new Assembly(frame, notation, names).assemble()
    const part = mark === undefined ? plain : notation.mark(plain, mark)
    const parent = stack.at(-1)
    if (parent === undefined) return part
    const done = { part, parts: rendered.map((entry) => entry.part), mark }
    spot.known?.set(node, done)
    parent.rendered.push(done)
  }
}

function enter(node: Expr, spot: Spot, names: ReadonlySet<string>, cache: RenderCache | undefined): Frame {
  if (node.args.length === 0) return { node, spot, inside: spot, last: spot, rendered: [] }
  const tightens = node.kind === 'symbol' || node.kind === 'delta' || node.kind === 'big'
  const inside = tightens && !spot.tight ? place({ ...spot, tight: true }, cache) : spot
  return { node, spot, inside, last: lastSpot(node, spot, inside, names, cache), rendered: [] }
}

function lastSpot(
  node: Expr,
  spot: Spot,
  inside: Spot,
  names: ReadonlySet<string>,
  cache: RenderCache | undefined,
): Spot {
  if (node.kind === 'pow') return place({ ...spot, raised: true }, cache)
  if (node.kind !== 'big') return inside
  const index = chooseIndexName(node.hint, names, spot.indices)
  return place({ ...spot, indices: [index, ...spot.indices] }, cache)
}

/** The spot with what is known there; the names of the indices around it are part of the place. */
function place(spot: Spot, cache: RenderCache | undefined): Spot {
  if (cache === undefined) return spot
  const key = `${spot.indices.join()} ${spot.tight} ${spot.raised}`
  let known = cache.get(key)
  if (known === undefined) {
    known = new Map()
    cache.set(key, known)
  }
  return { ...spot, known }
}

/** One node from its rendered sub-terms. */
class Assembly {
  readonly #frame: Frame
  readonly #notation: Notation
  readonly #names: ReadonlySet<string>

  constructor(frame: Frame, notation: Notation, names: ReadonlySet<string>) {
    this.#frame = frame
    this.#notation = notation
    this.#names = names
  }

  assemble(): Part {
    const { node, spot, rendered } = this.#frame
    const notation = this.#notation
    switch (node.kind) {
      case 'number':
        return notation.number(node.name)
      case 'bound':
        return notation.symbol(spot.indices[node.level] ?? '', [])
      case 'symbol':
        return notation.symbol(node.name, this.#all('index'))
      case 'add':
        return notation.add(
          rendered.map((_, position) => this.#summand(position)),
          spot.tight,
        )
      case 'neg':
        return notation.add([{ negative: true, part: this.#at(0, 'negated'), mark: undefined }], spot.tight)
      case 'mul': {
        const last = rendered.length - 1
        return notation.mul(
          rendered.map((_, position) =>
            this.#at(position, position === 0 ? 'firstFactor' : 'factor', position === last),
          ),
        )
      }
      case 'div': {
        const { numerator, denominator } = notation.places
        // a fraction with a bar encloses its parts; in a line, an open end would swallow what follows
        const [closesAbove, closesBelow] = [numerator, denominator].map((least) => least === encloses)
        return notation.div(
          this.#at(0, 'numerator', closesAbove),
          this.#at(1, 'denominator', closesBelow),
          spot.raised,
        )
      }
      case 'pow':
        return this.#power()
      case 'call':
        return notation.call(node.name, this.#all('argument'), this.#names)
      case 'apply':
        return notation.apply(node.name, node.orders, this.#all('argument'))
      case 'big':
        return this.#big(node)
      case 'derivative':
        return this.#derivative()
      case 'delta':
        return notation.delta(this.#at(0, 'index'), this.#at(1, 'index'))
      case 'piecewise':
        return rendered.length === 3 && isNumber(node.args[1]!, 1) && isNumber(node.args[2]!, 0)
          ? notation.indicator(this.#at(0, 'argument'))
          : notation.piecewise(this.#all('argument'))
      case 'relation':
        return notation.relation([node.name], this.#all('side'))
      case 'logical': {
        const place = node.name === 'not' ? 'negatedCondition' : node.name === 'and' ? 'conjunct' : 'disjunct'
        return this.#chain(node) ?? notation.logical(node.name, this.#all(place))
      }
    }
  }

  /** The rendered sub-term at a position, in parentheses where its place asks for them. */
  #at(position: number, place: Place, last = true): Part {
    return this.#put(this.#frame.rendered[position]!.part, place, last)
  }

  #all(place: Place): Part[] {
    return this.#frame.rendered.map((_, position) => this.#at(position, place))
  }

  #put(inner: Part, place: Place, last = true): Part {
    return needsParentheses(inner, this.#notation.places[place], last)
      ? this.#notation.parenthesize(inner)
      : inner
  }

  #summand(position: number): Summand {
    const { node, rendered } = this.#frame
    const { mark, parts } = rendered[position]!
    if (node.args[position]!.kind === 'neg') {
      return { negative: true, part: this.#put(parts[0]!, 'negated'), mark }
    }
    return {
      negative: false,
      part: this.#at(position, position === 0 ? 'firstTerm' : 'term'),
      mark: undefined,
    }
  }

  #power(): Part {
    const { node, rendered } = this.#frame
    const [base, exponent] = node.args as [Expr, Expr]
    const bare = rendered[1]!.part
    if (base.kind === 'call' && exponent.kind === 'number' && rendered[0]!.mark === undefined) {
      const fuse = this.#notation.powerOfCall?.(base.name, this.#names)
      const args = rendered[0]!.parts.map((part) => this.#put(part, 'argument'))
      if (fuse !== undefined) return fuse(args, bare)
    }
    return this.#notation.pow(this.#at(0, 'base'), this.#put(bare, 'exponent'), bare, exponent)
  }

  /** `1 <= k <= d`: relations in one direction that share the terms between them are read as their `and`. */
  #chain(node: LogicalTerm): Part | undefined {
    const { rendered } = this.#frame
    if (node.name !== 'and' || rendered.some(({ mark }) => mark !== undefined)) return undefined
    const operations: RelationOperation[] = []
    for (const [position, arg] of node.args.entries()) {
      if (arg.kind !== 'relation' || !/^[<>]/.test(arg.name)) return undefined
      if (position > 0 && arg.args[0] !== node.args[position - 1]!.args[1]) return undefined
      if (position > 0 && arg.name[0] !== operations[0]![0]) return undefined
      operations.push(arg.name)
    }
    const sides = [rendered[0]!.parts[0]!, ...rendered.map(({ parts }) => parts[1]!)]
    const chain = this.#notation.relation(
      operations,
      sides.map((side) => this.#put(side, 'side')),
    )
    // it is an `and` all the same, and in another `and` its parentheses must tell so
    return { ...chain, level: level.and }
  }

  #big(node: BigTerm): Part {
    const [index = ''] = this.#frame.last.indices
    const [from, to] = [this.#at(0, 'bound'), this.#at(1, 'bound')]
    const { mark, parts } = this.#frame.rendered[2]!
    if (mark === undefined && leavesOut(node)) {
      const [only, body] = parts as [Part, Part]
      return this.#notation.big(node.name, index, from, to, this.#put(body, 'bigBody'), only)
    }
    return this.#notation.big(node.name, index, from, to, this.#at(2, 'bigBody'))
  }

  #derivative(): Part {
    const [body, variable] = this.#frame.node.args as [Expr, Expr]
    if (variable.kind === 'symbol' && variable.name === nabla) {
      return this.#notation.gradient(this.#at(0, 'derivativeBody'))
    }
    const by = this.#at(1, 'argument')
    return body.kind === 'symbol' || body.kind === 'apply'
      ? this.#notation.derivativeOfName(this.#at(0, 'argument'), by)
      : this.#notation.derivative(this.#at(0, 'derivativeBody'), by)
  }
}

/** Whether a product or a maximum leaves indices out, for which its body is neutral: `prod(j=1..d, j != k, w_j)`. */
function leavesOut({ name, args }: BigTerm): boolean {
  const body = args[2]!
  if (body.kind !== 'piecewise' || body.args.length !== 3) return false
  const [condition, value, otherwise] = body.args as [Expr, Expr, Expr]
  return isLeavingOut(condition) && !isNumber(value, 1) && isNeutral(name, otherwise)
}

/** 1 of a product; -∞, written as log(0), of a maximum, and ∞ of a minimum. */
function isNeutral(operation: BinderOperation, term: Expr): boolean {
  switch (operation) {
    case 'prod':
      return isNumber(term, 1)
    case 'max':
      return term.kind === 'call' && term.name === 'log' && isNumber(term.args[0]!, 0)
    case 'min':
      return term.kind === 'neg' && isNeutral('max', term.args[0]!)
    default:
      return false
  }
}

/** `j != k`, and `j != k and j != l`, for the index of the innermost binder. */
function isLeavingOut(condition: Expr): boolean {
  if (condition.kind === 'logical') return condition.name === 'and' && condition.args.every(isLeavingOut)
  return condition.kind === 'relation' && condition.name === '!=' && condition.args[0]!.kind === 'bound'
}
