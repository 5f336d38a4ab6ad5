/**
 * The surface tree: what the grammar saw, with spans, before names are understood. Chains of `+`, `*`, `^`
 * and lists are linked to the left, because the parser completes every prefix of a chain and copying each
 * prefix would be quadratic.
 */
export interface Span {
  readonly at: number
  readonly end: number
}

export interface Token extends Span {
  readonly type: string
  readonly value: string
  /** A name set as vectors are. */
  readonly bold?: boolean
  /** How many arguments of a function stand below it, as in `f_\theta(x)`. */
  readonly subscripts?: number
}

interface Node<K extends string> extends Span {
  readonly kind: K
  /**
   * Levels that elaboration descends; parentheses and the links of chains do not count. A call and an
   * index count twice, since they take twice the stack of an operation.
   */
  readonly depth: number
}

export interface Group extends Node<'group'> {
  readonly body: Surface
}
export interface NumberNode extends Node<'number'> {
  readonly text: string
}
export interface NameNode extends Node<'name'> {
  readonly name: string
  readonly indices: readonly Surface[]
  /** Set in bold or under an arrow, as vectors are. */
  readonly bold: boolean
}
/** `left op right` with op one of `+ - * /`. */
export interface Chain extends Node<'chain'> {
  readonly op: '+' | '-' | '*' | '/'
  /** The sign of a product that means more between vectors than between numbers. */
  readonly sign: 'dot' | 'elementwise' | undefined
  readonly left: Surface
  readonly right: Surface
}
export interface Negation extends Node<'negation'> {
  readonly body: Surface
}
/** `left ^ right`, linked to the left; to be folded to the right. */
export interface Power extends Node<'power'> {
  readonly left: Surface
  readonly right: Surface
}
export interface Call extends Node<'call'> {
  readonly name: string
  readonly args: readonly Surface[]
  /** How often it is differentiated in each argument, or with one number, in its only argument. */
  readonly orders: readonly number[]
  /** `sin^2 x`. */
  readonly power: Surface | undefined
  /** Whether the name is a function of the user's rather than one that is built in. */
  readonly own: boolean
  /** How many of the arguments, the last ones, stand below the name. */
  readonly subscripts: number
}
export interface Root extends Node<'root'> {
  readonly degree: Surface | undefined
  readonly body: Surface
}
export interface Fraction extends Node<'fraction'> {
  readonly numerator: Surface
  readonly denominator: Surface
}
export interface Absolute extends Node<'absolute'> {
  readonly body: Surface
}
export interface BigNode extends Node<'big'> {
  readonly name: string
  readonly below: readonly Surface[]
  readonly above: Surface | undefined
  readonly body: Surface
}
/** `variables` is empty for a bare nabla. */
export interface DerivativeNode extends Node<'derivative'> {
  readonly variables: readonly Surface[]
  readonly body: Surface
}
export interface Comparison extends Node<'comparison'> {
  readonly op: string
  readonly left: Surface
  readonly right: Surface
}
export interface Logical extends Node<'logical'> {
  readonly op: 'and' | 'or' | 'not'
  readonly args: readonly Surface[]
}
/** `i=1..N`. */
export interface RangeNode extends Node<'range'> {
  readonly left: Surface
  readonly to: Surface
}
export interface Cases extends Node<'cases'> {
  readonly rows: readonly { readonly value: Surface; readonly condition: Surface | undefined }[]
}

/** `w^\top`, `w^T`. */
export interface Transposed extends Node<'transposed'> {
  readonly body: Surface
}
/** `\|x\|_2`, with what stands below as written. */
export interface Norm extends Node<'norm'> {
  readonly body: Surface
  readonly order: string
}
/** `\langle a, b\rangle`. */
export interface Inner extends Node<'inner'> {
  readonly left: Surface
  readonly right: Surface
}
/** `(X w)_i`, `\operatorname{softmax}(z)_k`. */
export interface Component extends Node<'component'> {
  readonly body: Surface
  readonly indices: readonly Surface[]
}

export type Surface =
  | Group
  | NumberNode
  | NameNode
  | Chain
  | Negation
  | Power
  | Call
  | Root
  | Fraction
  | Absolute
  | BigNode
  | DerivativeNode
  | Comparison
  | Logical
  | RangeNode
  | Cases
  | Transposed
  | Norm
  | Inner
  | Component

/** `let a; b; c where d`: definitions, and at most one expression. */
export interface Item extends Span {
  readonly definitions: readonly Surface[]
  /** `p = …` without `let` stands here too. */
  readonly body: Surface | undefined
}

/** The parts of a node; of a sum, its body alone. */
export function partsOf(node: Surface): readonly Surface[] {
  switch (node.kind) {
    case 'number':
      return []
    case 'name':
      return node.indices
    case 'call':
      return node.args
    case 'logical':
      return node.args
    case 'chain':
    case 'power':
    case 'comparison':
    case 'inner':
      return [node.left, node.right]
    case 'fraction':
      return [node.numerator, node.denominator]
    case 'range':
      return [node.left, node.to]
    case 'cases':
      return node.rows.flatMap(({ value, condition }) =>
        condition === undefined ? [value] : [value, condition],
      )
    default:
      return [node.body]
  }
}

/** The node with each part replaced; the same node when none is. */
export function mapParts(node: Surface, replace: (part: Surface) => Surface): Surface {
  let changed = false
  const map = (part: Surface): Surface => {
    const next = replace(part)
    changed ||= next !== part
    return next
  }
  const mapped = mapEach(node, map)
  if (!changed) return node
  return { ...mapped, depth: Math.max(node.depth, deepest(partsOf(mapped)) + 2) }
}

function mapEach(node: Surface, map: (part: Surface) => Surface): Surface {
  switch (node.kind) {
    case 'number':
    case 'name':
      return node
    case 'call':
      return { ...node, args: node.args.map(map), power: node.power && map(node.power) }
    case 'logical':
      return { ...node, args: node.args.map(map) }
    case 'chain':
    case 'power':
    case 'comparison':
    case 'inner':
      return { ...node, left: map(node.left), right: map(node.right) }
    case 'fraction':
      return { ...node, numerator: map(node.numerator), denominator: map(node.denominator) }
    case 'range':
      return { ...node, left: map(node.left), to: map(node.to) }
    case 'root':
      return { ...node, body: map(node.body), degree: node.degree && map(node.degree) }
    case 'big':
      return {
        ...node,
        below: node.below.map(map),
        above: node.above && map(node.above),
        body: map(node.body),
      }
    case 'cases':
      return {
        ...node,
        rows: node.rows.map(({ value, condition }) => ({
          value: map(value),
          condition: condition && map(condition),
        })),
      }
    default:
      return { ...node, body: map(node.body) }
  }
}

/** Visits every node, without recursion. */
export function visit(root: Surface, visitor: (node: Surface) => void): void {
  const stack = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    visitor(node)
    stack.push(...partsOf(node))
  }
}

/** A list as the grammar builds it. */
export interface Linked<T> {
  readonly before: Linked<T> | undefined
  readonly value: T
}

export function linked<T>(before: Linked<T> | undefined, value: T): Linked<T> {
  return { before, value }
}

export function toArray<T>(list: Linked<T> | undefined): T[] {
  const values: T[] = []
  for (let link = list; link !== undefined; link = link.before) values.push(link.value)
  return values.reverse()
}

/** The depth of the deepest; 0 when there is none. */
export function deepest(nodes: readonly Surface[]): number {
  let depth = 0
  for (const node of nodes) if (node.depth > depth) depth = node.depth
  return depth
}
