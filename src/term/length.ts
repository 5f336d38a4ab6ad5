import type { Expr } from './expr.ts'

const lengths = new WeakMap<Expr, number>()

/**
 * How long a term is on paper: its names, numbers and operators, brackets not counted. `a - b` has three,
 * whatever the tree that stands for it; `size` counts the nodes of the tree.
 */
export function writtenLength(term: Expr): number {
  const known = lengths.get(term)
  if (known !== undefined) return known
  const length = measure(term)
  lengths.set(term, length)
  return length
}

const nestings = new WeakMap<Expr, number>()

/** How many symbols more a reader is spared for a fraction in a fraction. */
const nestingCost = 3

/** The written length, with a price on fractions in the numerator of a fraction, which read worse than they count. */
export function readingLength(term: Expr): number {
  return writtenLength(term) + nestingCost * nestedFractions(term)
}

function nestedFractions(term: Expr): number {
  const known = nestings.get(term)
  if (known !== undefined) return known
  let count = term.kind === 'div' && hasSumOfFractions(term.args[0]!) ? 1 : 0
  for (const arg of term.args) count += nestedFractions(arg)
  nestings.set(term, count)
  return count
}

/**
 * Whether a factor is a sum with a fraction among its terms. Over a number, as in 1/2, it is none to a reader, and
 * over a sum over an index it is a share, such as a softmax.
 */
function hasSumOfFractions(numerator: Expr): boolean {
  const factors = numerator.kind === 'mul' ? numerator.args : [numerator]
  const isFraction = (summand: Expr): boolean => {
    const positive = summand.kind === 'neg' ? summand.args[0]! : summand
    return positive.kind === 'div' && !/^(number|big)$/.test(positive.args[1]!.kind)
  }
  return factors.some((factor) => factor.kind === 'add' && factor.args.some(isFraction))
}

function measure(term: Expr): number {
  let inside = 0
  for (const arg of term.args) inside += writtenLength(arg)
  const between = Math.max(0, term.args.length - 1)
  switch (term.kind) {
    case 'number':
    case 'bound':
      return 1
    case 'symbol':
      // The index of x_i is part of the name; several indices are told one by one.
      return term.args.length < 2 ? 1 : 1 + inside
    case 'add': {
      // The minus of a subtracted term is the operator between it and the term before.
      let minuses = 0
      for (const [i, arg] of term.args.entries()) if (i > 0 && arg.kind === 'neg') minuses++
      return inside + between - minuses
    }
    case 'mul':
    case 'div':
    case 'pow':
    case 'relation':
    case 'logical':
      return inside + between
    case 'neg':
    case 'call':
    case 'apply':
    case 'delta':
    case 'derivative':
      return 1 + inside
    case 'big':
      // The operation, the index, and the equals sign of its range.
      return 3 + inside
    case 'piecewise':
      return 1 + inside - (isIndicator(term) ? 2 : 0)
  }
}

/** Whether it is printed as an indicator, without its values 1 and 0. */
function isIndicator(term: Expr): boolean {
  const [, one, zero] = term.args
  return term.args.length === 3 && one?.kind === 'number' && one.name === '1' && zero?.kind === 'number'
}
