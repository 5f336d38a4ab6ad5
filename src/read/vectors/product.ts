import type { Chain, Span, Surface } from '../surface.ts'
import {
  bare,
  type Factor,
  factorsOf,
  isArray,
  isCapital,
  productOf,
  type Shape,
  shapeWords,
  type Wanted,
} from './shape.ts'

/** A product of which some factors have no shape yet. */
interface OpenProduct {
  readonly factors: readonly Factor[]
  readonly shapes: readonly (Shape | undefined)[]
  readonly wanted: Wanted
  /** Whether what is usual may be concluded, too. */
  readonly usual: boolean
}

/** What a product needs to know of what infers the shapes of its factors. */
interface Inference {
  readonly isCertain: boolean
  shape(node: Surface, wanted: Wanted): Shape | undefined
  scalar(node: Surface): void
  refuse(wrong: boolean, at: Span, message: () => string, hint?: string): void
}

/** The shape of a product, told from its factors, and theirs from each other. */
export function inferProduct(inference: Inference, node: Chain, wanted: Wanted): Shape | undefined {
  const factors = factorsOf(node)
  const shapes = factors.map(({ node: factor, op }) => {
    if (op === '/') inference.scalar(factor)
    return inference.shape(factor, op === '/' ? 'scalar' : undefined)
  })
  const product = { factors, shapes, wanted, usual: !inference.isCertain }
  const push = (i: number, shape: Wanted) => {
    shapes[i] = inference.shape(factors[i]!.node, shape)
  }
  let before: Shape = 'scalar'
  factors.forEach(({ node: factor, sign }, i) => {
    if (shapes[i] === undefined) {
      const told = wantedOfFactor(product, i, before)
      if (told !== undefined) push(i, told)
    }
    const shape = shapes[i] ?? 'scalar'
    const joined = productOf(before, shape, sign)
    inference.refuse(
      joined === undefined,
      factor,
      () => `${shapeWords[before]} and ${shapeWords[shape]} stand side by side`,
      before === 'column' && shape === 'column'
        ? 'write w^\\top x for the inner product, w \\odot x by components'
        : undefined,
    )
    before = joined ?? 'scalar'
  })
  const unknown = shapes.flatMap((shape, i) => (shape === undefined ? [i] : []))
  // `y^\top X w`: a capital among vectors is rather a matrix.
  const [only] = unknown
  const isNumber = only !== undefined && !(isCapital(factors[only]!.node) && shapes.some(isArray))
  if (unknown.length === 1 && isNumber && before === 'scalar' && wanted === 'scalar') push(only, 'scalar')
  return before === 'scalar' && shapes.includes(undefined) ? undefined : before
}

/** What the factor at `i` should be, after factors whose product is `before`; nothing where that is not told. */
function wantedOfFactor(product: OpenProduct, i: number, before: Shape): Wanted {
  const { factors, wanted } = product
  const { node, sign } = factors[i]!
  if (before === 'column' && sign === 'dot') return 'column'
  if (before !== 'scalar' && sign === 'elementwise') return before
  if (before === 'scalar') return wantedAtStart(product, i)
  if (before === 'column') return undefined
  // A row and a matrix reach for what follows: `w^\top x_i`, `X w`, and in `y^\top X w` for a matrix first.
  const later = product.shapes.slice(i + 1)
  const arraysLater = later.some(isArray)
  const unknownLater = later.includes(undefined)
  const isName = bare(node).kind === 'name'
  const ends = !arraysLater && !unknownLater && (before === 'row' || wanted === 'column')
  if (ends && !isCapital(node)) return isName || before === 'row' ? 'column' : 'array'
  if (!product.usual) return undefined
  if (isCapital(node) && (before === 'matrix' || arraysLater || unknownLater)) return 'matrix'
  return arraysLater ? undefined : isName ? 'column' : 'array'
}

/** No vector stands to the left: the next factor and what the whole is wanted to be tell. */
function wantedAtStart({ factors, shapes, wanted, usual }: OpenProduct, i: number): Wanted {
  const { node } = factors[i]!
  const next = shapes[i + 1]
  const sign = factors[i + 1]?.sign
  if (sign === 'elementwise' && next !== undefined) return next
  if (sign === 'dot' && next === 'column' && wanted !== 'column') return 'column'
  if (!usual || wanted === 'scalar') return undefined
  if (isCapital(node) && (next === 'column' || next === 'matrix')) return 'matrix'
  if (wanted === undefined) return undefined
  if (isCapital(node) && next === undefined && factors[i + 1] !== undefined) return 'matrix'
  if (next === 'row') return 'column'
  const later = shapes.slice(i + 1)
  return later.some(isArray) || later.includes(undefined) ? undefined : wanted
}
