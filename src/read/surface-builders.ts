import {
  type Absolute,
  type BigNode,
  type Call,
  type Cases,
  type Chain,
  type Comparison,
  type DerivativeNode,
  deepest,
  type Fraction,
  type Group,
  type Inner,
  type Item,
  type Linked,
  type Logical,
  linked,
  type NameNode,
  type Negation,
  type Norm,
  type NumberNode,
  type Power,
  type RangeNode,
  type Root,
  type Span,
  type Surface,
  type Token,
  type Transposed,
  toArray,
} from './surface.ts'

/** What the grammar calls to build the surface tree: one builder a rule, each with the depth of its node. */

export { linked, toArray } from './surface.ts'

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

/** The derivative of a row vector alone makes no sense: in `\nabla_w w^\top x` it is that of the product. */
function takeIn(left: Surface, operator: Token, right: Surface): Surface | undefined {
  if (left.kind === 'derivative' && left.body.kind === 'transposed') {
    const body = chain(left.body, operator, right)
    return { ...left, end: right.end, depth: left.depth - left.body.depth + body.depth, body }
  }
  if (left.kind !== 'chain' || left.op !== '*') return undefined
  const last = takeIn(left.right, operator, right)
  return last && { ...left, end: right.end, depth: Math.max(left.depth, last.depth + 1), right: last }
}

export function chain(left: Surface, operator: Token, right: Surface): Surface {
  const op =
    operator.type === 'plus' ? '+' : operator.type === 'minus' ? '-' : operator.type === 'divide' ? '/' : '*'
  const product = op === '*' ? takeIn(left, operator, right) : undefined
  if (product !== undefined) return product
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

/** `y!`, as a call. */
export function factorial(body: Surface, mark: Token): Call {
  return call({ type: 'func', value: 'factorial', at: body.at, end: mark.end }, [body], mark)
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

/** The variable as often as `\partial m^2` says. */
export function repeated(variable: Surface, count: Token): Linked<Surface> | undefined {
  let list: Linked<Surface> | undefined
  for (let i = Math.min(Number(count.value), 20); i > 0; i--) list = linked(list, variable)
  return list
}

/**
 * `\frac{\partial}{\partial \sigma^2}`, with no order above, is the derivative by σ²; with the order, `\partial^2` above, the
 * second derivative by σ.
 */
export function ordered(
  fraction: Token,
  variables: Linked<Surface> | undefined,
): Linked<Surface> | undefined {
  const list = toArray(variables)
  const [variable] = list
  if (fraction.value !== firstOrder || list.length < 2 || list.some((other) => other !== variable))
    return variables
  const { at, end } = variable!
  const exponent: NumberNode = { kind: 'number', at, end, depth: 1, text: String(list.length) }
  return linked(undefined, power(variable!, exponent))
}

/** The value of the token of a derivative that has no order above. */
export const firstOrder = 'first order'

/** `\partial_2 l(y, p)`: the derivative in the second argument. */
export function slotOrders(slot: Token, args: Linked<Surface>): number[] {
  return toArray(args).map((_, i) => (i + 1 === Number(slot.value) ? 1 : 0))
}
