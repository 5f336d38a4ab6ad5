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

export function group(open: Token, body: Surface, close: Token): Group | Call {
  // Parentheses inside parentheses are one group, so that ten thousand of them are no deep tree.
  const inner = body.kind === 'group' ? body.body : body
  // Iverson's bracket: `[y_i = k]`, and `1\{y_i = k\}`.
  const isCondition = inner.kind === 'comparison' || inner.kind === 'logical'
  if (isCondition && (open.value === '[' || open.value === '\\{')) {
    return call({ ...open, type: 'func', value: 'ind' }, [inner], close)
  }
  return { kind: 'group', at: open.at, end: close.end, depth: inner.depth, body: inner }
}

export function number(token: Token): NumberNode {
  return { kind: 'number', at: token.at, end: token.end, depth: 1, text: token.value }
}

export function name(token: Token): NameNode {
  const { at, end, value, bold = false } = token
  return { kind: 'name', at, end, depth: 1, name: value, indices: [], bold }
}

export function indexed(base: NameNode, indices: Linked<Surface>, close: Span): NameNode {
  const all = [...base.indices, ...toArray(indices)]
  return { ...base, end: close.end, depth: deepest(all) + 2, indices: all }
}

/** `w_j^{(2)}`: the label belongs to the name. */
export function labelled(base: NameNode, label: Token): NameNode {
  return { ...base, end: label.end, name: `${base.name}${label.value}` }
}

/** `x_j^{(i)}` is x_{i,j}: the sample's index stands first. */
export function sampled(base: NameNode, sample: Token): NameNode {
  const indices = [name(sample), ...base.indices]
  return { ...base, end: sample.end, depth: deepest(indices) + 2, indices }
}

/** An index written after an exponent, `x^2_i`, belongs to the base. */
export function indexBase(power: Surface, indices: Linked<Surface>, close: Span): Surface {
  if (power.kind === 'power') return { ...power, left: indexBase(power.left, indices, close), end: close.end }
  if (power.kind === 'transposed') {
    return { ...power, body: indexBase(power.body, indices, close), end: close.end }
  }
  if (power.kind === 'name') return indexed(power, indices, close)
  const list = toArray(indices)
  const depth = Math.max(power.depth, deepest(list)) + 2
  return { kind: 'component', at: power.at, end: close.end, depth, body: power, indices: list }
}

const vectorSigns: ReadonlyMap<string, Chain['sign']> = new Map([
  ['\\cdot', 'dot'],
  ['·', 'dot'],
  ['⋅', 'dot'],
  ['\\odot', 'elementwise'],
  ['\\circ', 'elementwise'],
  ['⊙', 'elementwise'],
  ['∘', 'elementwise'],
])

export function chain(left: Surface, operator: Token, right: Surface): Chain {
  const op =
    operator.type === 'plus' ? '+' : operator.type === 'minus' ? '-' : operator.type === 'divide' ? '/' : '*'
  const own = left.kind === 'chain' && (op === '+' || op === '*') ? left.depth : left.depth + 1
  const depth = Math.max(own, right.depth + 1)
  return {
    kind: 'chain',
    at: left.at,
    end: right.end,
    depth: op === '-' ? Math.max(left.depth, right.depth + 2) : depth,
    op,
    sign: vectorSigns.get(operator.value),
    left,
    right,
  }
}

export function negation(operator: Token, body: Surface): Negation {
  return { kind: 'negation', at: operator.at, end: body.end, depth: body.depth + 1, body }
}

export function power(left: Surface, right: Surface): Power {
  return {
    kind: 'power',
    at: left.at,
    end: right.end,
    depth: Math.max(left.depth, right.depth) + 1,
    left,
    right,
  }
}

export function call(
  token: Token,
  args: readonly Surface[],
  end: Span,
  orders: readonly number[] = [],
  exponent?: Surface,
): Call {
  const depth = Math.max(deepest(args), exponent?.depth ?? 0) + 2
  const own = token.type === 'own'
  return {
    kind: 'call',
    at: token.at,
    end: end.end,
    depth,
    name: token.value,
    args,
    orders,
    power: exponent,
    own,
    subscripts: token.subscripts ?? 0,
  }
}

/** `\log_b x` is `log(x, b)`. */
export function based(token: Token, args: Linked<Surface>, base: Linked<Surface>, end: Span): Call {
  return call(token, [...toArray(args), ...toArray(base)], end)
}

export function root(token: Token, degree: Surface | undefined, body: Surface, end: Token): Root {
  return { kind: 'root', at: token.at, end: end.end, depth: body.depth + 1, degree, body }
}

export function fraction(token: Token, numerator: Surface, denominator: Surface, end: Token): Fraction {
  const depth = Math.max(numerator.depth, denominator.depth) + 1
  return { kind: 'fraction', at: token.at, end: end.end, depth, numerator, denominator }
}

export function absolute(open: Token, body: Surface, close: Token): Absolute {
  return { kind: 'absolute', at: open.at, end: close.end, depth: body.depth + 1, body }
}

export function transposed(body: Surface, mark: Token): Transposed {
  return { kind: 'transposed', at: body.at, end: mark.end, depth: body.depth + 1, body }
}

/** The closing bar carries what stands below it. */
export function norm(open: Token, body: Surface, close: Token): Norm {
  return { kind: 'norm', at: open.at, end: close.end, depth: body.depth + 2, body, order: close.value }
}

export function inner(open: Token, left: Surface, right: Surface, close: Token): Inner {
  const depth = Math.max(left.depth, right.depth) + 2
  return { kind: 'inner', at: open.at, end: close.end, depth, left, right }
}

export function big(
  token: Token,
  below: Linked<Surface> | undefined,
  above: Surface | undefined,
  body: Surface,
): BigNode {
  const ranges = toArray(below)
  return {
    kind: 'big',
    at: token.at,
    end: body.end,
    depth: Math.max(body.depth, above?.depth ?? 0, deepest(ranges)) + 1,
    name: token.value,
    below: ranges,
    above,
    body,
  }
}

export function derivative(
  start: Span,
  variables: Linked<Surface> | undefined,
  body: Surface,
  end: Span,
): DerivativeNode {
  const list = toArray(variables)
  return {
    kind: 'derivative',
    at: start.at,
    end: end.end,
    depth: body.depth + Math.max(1, list.length),
    variables: list,
    body,
  }
}

export function comparison(left: Surface, operator: Token, right: Surface): Comparison {
  const depth = Math.max(left.depth, right.depth) + 1
  return { kind: 'comparison', at: left.at, end: right.end, depth, op: operator.value, left, right }
}

/** `y in {0, 1}`: y is one of the values. */
export function membership(left: Surface, values: readonly Surface[], end: Span): Surface {
  const equals = { type: 'compare', value: '=', at: left.at, end: left.end }
  const last = values.at(-1)
  if (last?.kind === 'range')
    return comparison(left, equals, { ...last, left: values[0]!.kind === 'range' ? last.left : values[0]! })
  const relations = values.map((value) => comparison(left, equals, value))
  return relations.length === 1 ? relations[0]! : { ...logical('or', left, relations), end: end.end }
}

export function logical(op: 'and' | 'or' | 'not', at: Span, args: readonly Surface[]): Logical {
  return { kind: 'logical', at: at.at, end: args.at(-1)!.end, depth: deepest(args) + 1, op, args }
}

export function range(left: Surface, to: Surface): RangeNode {
  return { kind: 'range', at: left.at, end: to.end, depth: Math.max(left.depth, to.depth) + 1, left, to }
}

export function cases(
  open: Token,
  rows: Linked<{ value: Surface; condition: Surface | undefined }>,
  close: Token,
): Cases {
  const list = toArray(rows)
  const depth = list.reduce((most, row) => Math.max(most, row.value.depth, row.condition?.depth ?? 0), 0) + 2
  return { kind: 'cases', at: open.at, end: close.end, depth, rows: list }
}

export function item(body: Surface | undefined, definitions: Linked<Surface> | undefined): Item {
  const list = toArray(definitions)
  const first = body ?? list[0]!
  return { at: first.at, end: (list.at(-1) ?? first).end, body, definitions: list }
}

function deepest(nodes: readonly Surface[]): number {
  let depth = 0
  for (const node of nodes) if (node.depth > depth) depth = node.depth
  return depth
}

/** The variable as often as `\partial m^2` says. */
export function repeated(variable: Surface, count: Token): Linked<Surface> | undefined {
  let list: Linked<Surface> | undefined
  for (let i = Math.min(Number(count.value), 20); i > 0; i--) list = linked(list, variable)
  return list
}

/** `\partial_2 l(y, p)`: the derivative in the second argument. */
export function slotOrders(slot: Token, args: Linked<Surface>): number[] {
  return toArray(args).map((_, i) => (i + 1 === Number(slot.value) ? 1 : 0))
}
