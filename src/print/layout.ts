import type { Expr } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import { nabla } from '../term/scope.ts'
import { chooseIndexName } from './bound-names.ts'
import type { Notation, Summand } from './notation.ts'
import { needsParentheses, type Part, type Place } from './precedence.ts'

export interface LayoutOptions {
  readonly taken: ReadonlySet<string>
  readonly mark?: ((path: Path) => string | undefined) | undefined
}

/** Where the walk stands: the names of the indices around it, innermost first, and the path where it is asked. */
interface Spot {
  readonly indices: readonly string[]
  readonly path: Path
  readonly tight: boolean
}

/** Renders a term in a notation; the walk all notations share, and the only place where parentheses are put. */
export function layOut(term: Expr, notation: Notation, options: LayoutOptions): Part {
  const { mark } = options
  const taken = term.names.size === 0 ? options.taken : new Set([...options.taken, ...term.names])
  const outermost: string[] = []
  for (let level = 0; term.loose >>> level !== 0; level++) {
    outermost.push(chooseIndexName('', taken, outermost))
  }

  const down = (spot: Spot, position: number, changes?: Partial<Spot>): Spot => ({
    indices: changes?.indices ?? spot.indices,
    path: mark === undefined ? spot.path : [...spot.path, position],
    tight: changes?.tight ?? spot.tight,
  })

  const put = (inner: Part, place: Place, last = true): Part =>
    needsParentheses(inner, notation.places[place], last) ? notation.parenthesize(inner) : inner

  const renderAt = (node: Expr, spot: Spot, position: number, place: Place, last = true): Part =>
    put(render(node.args[position]!, down(spot, position)), place, last)

  const renderAll = (node: Expr, spot: Spot, place: Place): Part[] =>
    node.args.map((_, position) => renderAt(node, spot, position, place))

  const render = (node: Expr, spot: Spot): Part => {
    const rendered = renderKind(node, spot)
    const name = mark?.(spot.path)
    return name === undefined ? rendered : notation.mark(rendered, name)
  }

  const summand = (node: Expr, spot: Spot, first: boolean): Summand => {
    if (node.kind !== 'neg') {
      return { negative: false, part: put(render(node, spot), first ? 'firstTerm' : 'term'), mark: undefined }
    }
    return { negative: true, part: renderAt(node, spot, 0, 'negated'), mark: mark?.(spot.path) }
  }

  const renderPower = (node: Expr, spot: Spot): Part => {
    const [base, exponent] = node.args as [Expr, Expr]
    const bare = render(exponent, down(spot, 1))
    if (base.kind === 'call' && exponent.kind === 'number' && mark?.([...spot.path, 0]) === undefined) {
      const fuse = notation.powerOfCall?.(base.name, taken)
      if (fuse !== undefined) return fuse(renderAll(base, down(spot, 0), 'argument'), bare)
    }
    return notation.pow(renderAt(node, spot, 0, 'base'), put(bare, 'exponent'), bare, exponent)
  }

  const renderDerivative = (node: Expr, spot: Spot): Part => {
    const [body, variable] = node.args as [Expr, Expr]
    if (variable.kind === 'symbol' && variable.name === nabla) {
      return notation.gradient(renderAt(node, spot, 0, 'derivativeBody'))
    }
    const by = renderAt(node, spot, 1, 'argument')
    return body.kind === 'symbol' || body.kind === 'apply'
      ? notation.derivativeOfName(renderAt(node, spot, 0, 'argument'), by)
      : notation.derivative(renderAt(node, spot, 0, 'derivativeBody'), by)
  }

  const renderKind = (node: Expr, spot: Spot): Part => {
    switch (node.kind) {
      case 'number':
        return notation.number(node.name)
      case 'bound':
        return notation.symbol(spot.indices[node.level] ?? '', [])
      case 'symbol':
        return notation.symbol(node.name, renderAll(node, { ...spot, tight: true }, 'index'))
      case 'add':
        return notation.add(
          node.args.map((term, position) => summand(term, down(spot, position), position === 0)),
          spot.tight,
        )
      case 'neg':
        return notation.add(
          [{ negative: true, part: renderAt(node, spot, 0, 'negated'), mark: undefined }],
          spot.tight,
        )
      case 'mul':
        return notation.mul(
          node.args.map((_, position) =>
            renderAt(
              node,
              spot,
              position,
              position === 0 ? 'firstFactor' : 'factor',
              position === node.args.length - 1,
            ),
          ),
        )
      case 'div':
        return notation.div(
          renderAt(node, spot, 0, 'numerator', notation.places.numerator === notation.places.argument),
          renderAt(node, spot, 1, 'denominator', notation.places.denominator === notation.places.argument),
        )
      case 'pow':
        return renderPower(node, spot)
      case 'call':
        return notation.call(node.name, renderAll(node, spot, 'argument'), taken)
      case 'apply':
        return notation.apply(node.name, node.orders, renderAll(node, spot, 'argument'))
      case 'big': {
        const bounds = { ...spot, tight: true }
        const from = renderAt(node, bounds, 0, 'bound')
        const to = renderAt(node, bounds, 1, 'bound')
        const index = chooseIndexName(node.hint, taken, spot.indices)
        const inside = down(spot, 2, { indices: [index, ...spot.indices] })
        return notation.big(node.name, index, from, to, put(render(node.args[2]!, inside), 'bigBody'))
      }
      case 'derivative':
        return renderDerivative(node, spot)
      case 'delta': {
        const tight = { ...spot, tight: true }
        return notation.delta(renderAt(node, tight, 0, 'index'), renderAt(node, tight, 1, 'index'))
      }
      case 'piecewise':
        return node.args.length === 3 && isNumber(node.args[1]!, 1) && isNumber(node.args[2]!, 0)
          ? notation.indicator(renderAt(node, spot, 0, 'argument'))
          : notation.piecewise(renderAll(node, spot, 'argument'))
      case 'relation':
        return notation.relation(node.name, renderAt(node, spot, 0, 'side'), renderAt(node, spot, 1, 'side'))
      case 'logical': {
        const place = node.name === 'not' ? 'negatedCondition' : node.name === 'and' ? 'conjunct' : 'disjunct'
        return notation.logical(node.name, renderAll(node, spot, place))
      }
    }
  }

  return render(term, { indices: outermost, path: [], tight: false })
}
