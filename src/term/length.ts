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
