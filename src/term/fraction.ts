import { canonical } from './canonical.ts'
import type { Expr } from './expr.ts'
import { Polynomial, TooLarge } from './polynomial.ts'
import { Rational } from './rational.ts'
import type { TermStore } from './store.ts'

/** A quotient of two polynomials over atoms. */
export interface Fraction {
  readonly above: Polynomial
  readonly below: Polynomial
}

const one = Polynomial.constant(Rational.one)

/**
 * A term as one fraction, multiplied out. Its atoms are whatever arithmetic does not reach: names, functions,
 * sums, powers that are no whole number; `settle` may write an atom in another way first. Equal functions built
 * by arithmetic from the same atoms have `above1*below2 = above2*below1`, which canonical form does not tell.
 * @throws TooLarge where multiplying out takes too many terms.
 */
export function fractionOf(
  store: TermStore,
  term: Expr,
  settle: (atom: Expr) => Expr = (atom) => atom,
): Fraction {
  const memo = new Map<Expr, Fraction>()
  const walk = (node: Expr): Fraction => {
    const known = memo.get(node)
    if (known !== undefined) return known
    const result = read(node)
    memo.set(node, result)
    return result
  }
  const read = (node: Expr): Fraction => {
    switch (node.kind) {
      case 'number':
        return whole(Polynomial.constant(node.value))
      case 'neg': {
        const { above, below } = walk(node.args[0]!)
        return { above: above.scale(Rational.one.negate()), below }
      }
      case 'add':
        return node.args.map(walk).reduce(addFractions)
      case 'mul':
        return node.args.map(walk).reduce((left, right) => ({
          above: left.above.multiply(right.above),
          below: left.below.multiply(right.below),
        }))
      case 'div': {
        const [left, right] = node.args.map(walk) as [Fraction, Fraction]
        return { above: left.above.multiply(right.below), below: left.below.multiply(right.above) }
      }
      case 'pow': {
        const exponent = wholeNumber(node.args[1]!)
        if (exponent === undefined) break
        const { above, below } = walk(node.args[0]!)
        const size = Math.abs(exponent)
        const [up, down] = [above.power(size), below.power(size)]
        return exponent < 0 ? { above: down, below: up } : { above: up, below: down }
      }
      default:
    }
    const settled = settle(node)
    if (settled !== node) return walk(settled)
    return whole(Polynomial.atom(canonical(store, node)))
  }
  return walk(term)
}

/** Whether two terms are equal by arithmetic over their atoms; false also where that is too large to tell. */
export function areEqual(store: TermStore, left: Expr, right: Expr): boolean {
  if (canonical(store, left) === canonical(store, right)) return true
  try {
    return fractionOf(store, store.subtract(left, right)).above.isZero
  } catch (error) {
    if (error instanceof TooLarge) return false
    throw error
  }
}

function whole(polynomial: Polynomial): Fraction {
  return { above: polynomial, below: one }
}

export function addFractions(left: Fraction, right: Fraction): Fraction {
  if (left.below === right.below) return { above: left.above.add(right.above), below: left.below }
  return {
    above: left.above.multiply(right.below).add(right.above.multiply(left.below)),
    below: left.below.multiply(right.below),
  }
}

function wholeNumber(term: Expr): number | undefined {
  if (term.kind === 'number') return term.value.isInteger ? Number(term.value.numerator) : undefined
  const opposite = term.kind === 'neg' ? wholeNumber(term.args[0]!) : undefined
  return opposite === undefined ? undefined : -opposite
}
