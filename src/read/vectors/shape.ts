import { partsOf, type Surface } from '../surface.ts'

/** How many axes of a term are open, and how they lie. */
export type Shape = 'scalar' | 'column' | 'row' | 'matrix'

/** What a place wants: a shape, or any that is no number. */
export type Wanted = Shape | 'array' | undefined

export const shapeWords: Readonly<Record<Shape, string>> = {
  scalar: 'a number',
  column: 'a vector',
  row: 'a transposed vector',
  matrix: 'a matrix',
}

export const openAxes: Readonly<Record<Shape, number>> = { scalar: 0, column: 1, row: 1, matrix: 2 }

/** Whether a shape is known, and is no number. */
export function isArray(shape: Shape | undefined): boolean {
  return shape !== undefined && shape !== 'scalar'
}

export function transposeOf(shape: Wanted): Wanted {
  return shape === 'column' ? 'row' : shape === 'row' ? 'column' : shape
}

/** The product of neighbours; nothing where they cannot stand side by side. */
export function productOf(left: Shape, right: Shape, sign: Factor['sign']): Shape | undefined {
  if (left === 'scalar') return right
  if (right === 'scalar') return left
  if (sign === 'elementwise') return left === right ? left : undefined
  if (left === right && left !== 'matrix') return sign === 'dot' ? 'scalar' : undefined
  switch (`${left} ${right}`) {
    case 'row column':
      return 'scalar'
    case 'row matrix':
      return 'row'
    case 'matrix column':
      return 'column'
    case 'column row':
    case 'matrix matrix':
      return 'matrix'
    default:
      return undefined
  }
}

/** A factor of a product with the sign in front of it. */
export interface Factor {
  readonly node: Surface
  readonly op: '*' | '/'
  readonly sign: 'dot' | 'elementwise' | undefined
}

/** The factors of a product, in order; `X_i w` is an inner product. Chains are linked to the left, and may be long. */
export function factorsOf(node: Surface): Factor[] {
  const factors: Factor[] = []
  let rest = node
  while (rest.kind === 'chain' && (rest.op === '*' || rest.op === '/')) {
    factors.push({ node: rest.right, op: rest.op, sign: rest.sign })
    rest = rest.left
  }
  factors.push({ node: rest, op: '*', sign: undefined })
  return factors.reverse().map((factor, i, all) => {
    const before = all[i - 1]
    const meets = factor.sign === undefined && factor.op === '*' && factor.node.kind === 'name'
    return meets && before !== undefined && isRowOfCapital(before.node) ? { ...factor, sign: 'dot' } : factor
  })
}

/** The terms of a sum, in order, with their signs. */
export function termsOf(node: Surface): { readonly node: Surface; readonly op: '+' | '-' }[] {
  const terms: { node: Surface; op: '+' | '-' }[] = []
  let rest = node
  while (rest.kind === 'chain' && (rest.op === '+' || rest.op === '-')) {
    terms.push({ node: rest.right, op: rest.op })
    rest = rest.left
  }
  terms.push({ node: rest, op: '+' })
  return terms.reverse()
}

/** Without the parentheses and signs around it. */
export function bare(node: Surface): Surface {
  let inner = node
  while (inner.kind === 'group' || inner.kind === 'negation') inner = inner.body
  return inner
}

/** `X_i`: a row of a matrix, which is the vector of one sample. */
export function isRowOfCapital(node: Surface): boolean {
  if (node.kind !== 'name' || !/^\p{Lu}/u.test(node.name)) return false
  return node.indices.length === 1 && node.indices[0]!.kind === 'name'
}

/** Whether two trees are written alike, wherever they stand. */
export function isSame(left: Surface, right: Surface): boolean {
  const pairs: [Surface, Surface][] = [[left, right]]
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [a, b] = pair
    const [parts, others] = [partsOf(a), partsOf(b)]
    if (labelOf(a) !== labelOf(b) || parts.length !== others.length) return false
    parts.forEach((part, i) => {
      pairs.push([part, others[i]!])
    })
  }
  return true
}

/** What a node is beside its parts; trees with bounds of their own are taken to differ. */
function labelOf(node: Surface): string | Surface {
  switch (node.kind) {
    case 'number':
      return `number ${node.text}`
    case 'name':
      return `name ${node.name}`
    case 'chain':
      return `chain ${node.op} ${node.sign ?? ''}`
    case 'call':
      return node.power === undefined && node.orders.length === 0 ? `call ${node.name}` : node
    case 'group':
    case 'negation':
    case 'power':
    case 'fraction':
    case 'absolute':
    case 'transposed':
      return node.kind
    default:
      return node
  }
}

/** The exponent of a square. */
export function isTwo(node: Surface): boolean {
  const inner = bare(node)
  return inner.kind === 'number' && inner.text === '2'
}

/** A number fits every shape: it is added to each component. */
export function isNumeric(node: Surface): boolean {
  const inner = bare(node)
  if (inner.kind === 'fraction') return isNumeric(inner.numerator) && isNumeric(inner.denominator)
  return inner.kind === 'number'
}

/** `X`, `\Theta`, `W_1`, `\Sigma^{-1}`: a capital letter without an index that runs, as matrices have. */
export function isCapital(node: Surface): boolean {
  if (node.kind === 'power') return isCapital(node.left)
  if (node.kind !== 'name' || !/^\p{Lu}/u.test(node.name)) return false
  return node.indices.length === 0 || (node.indices.length === 1 && node.indices[0]!.kind === 'number')
}
