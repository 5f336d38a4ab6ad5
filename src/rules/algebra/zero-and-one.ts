import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import type { Rule } from '../rule.ts'

/** What nobody writes down: zeros, ones, double signs, superfluous brackets. These never make a line. */

export const zeroTerm: Rule = {
  id: 'zero-term',
  title: 'zero term',
  law: 'u + 0 = u',
  because: 'adding 0 changes nothing',
  examples: [['x + 0', 'x']],
  on: ['add'],
  prominence: 'trivial',
  apply(term, { store }) {
    const kept = term.args.filter((arg) => !isZero(arg))
    return kept.length === term.args.length ? undefined : store.add(kept)
  },
}

export const zeroProduct: Rule = {
  id: 'zero-product',
  title: 'zero product',
  law: '0*u = 0',
  because: 'a product with the factor 0 is 0',
  examples: [['0*x', '0']],
  on: ['mul'],
  prominence: 'trivial',
  apply(term, { store }) {
    return term.args.some(isZero) ? store.number(0) : undefined
  },
}

export const oneFactor: Rule = {
  id: 'one-factor',
  title: 'factor 1',
  law: '1*u = u',
  because: 'the factor 1 changes nothing',
  examples: [['1*x', 'x']],
  on: ['mul'],
  prominence: 'trivial',
  apply(term, { store }) {
    const kept = term.args.filter((arg) => !isNumber(arg, 1))
    return kept.length === term.args.length ? undefined : store.mul(kept)
  },
}

export const doubleNegation: Rule = {
  id: 'double-negation',
  title: 'double negation',
  law: '-(-u) = u',
  because: 'two minus signs cancel',
  examples: [['-(-x)', 'x']],
  on: ['neg'],
  prominence: 'trivial',
  apply(term) {
    const inner = term.args[0]!
    if (isZero(inner)) return inner
    return inner.kind === 'neg' ? inner.args[0]! : undefined
  },
}

export const zeroQuotient: Rule = {
  id: 'zero-quotient',
  title: 'zero quotient',
  law: '0/u = 0',
  where: ['u != 0'],
  because: '0 divided by anything but 0 is 0',
  examples: [['0/x', '0']],
  on: ['div'],
  prominence: 'trivial',
  apply(term, { store }) {
    return isZero(term.args[0]!) && !isZero(term.args[1]!) ? store.number(0) : undefined
  },
}

export const oneDivisor: Rule = {
  id: 'one-divisor',
  title: 'divisor 1',
  law: 'u/1 = u',
  because: 'dividing by 1 changes nothing',
  examples: [['x/1', 'x']],
  on: ['div'],
  prominence: 'trivial',
  apply(term) {
    return isNumber(term.args[1]!, 1) ? term.args[0]! : undefined
  },
}

export const trivialPower: Rule = {
  id: 'trivial-power',
  title: 'power 0 or 1',
  law: 'u^1 = u',
  because: 'the power 1 changes nothing, the power 0 is 1',
  examples: [
    ['x^1', 'x'],
    ['x^0', '1'],
    ['1^x', '1'],
  ],
  on: ['pow'],
  prominence: 'trivial',
  apply(term, { store }) {
    const [base, exponent] = term.args
    if (isNumber(exponent!, 1)) return base!
    if (isNumber(exponent!, 0) && !isZero(base!)) return store.number(1)
    return isNumber(base!, 1) ? store.number(1) : undefined
  },
}

export const flattenSum: Rule = {
  id: 'flatten-sum',
  title: 'assoc.',
  law: 'u + (v + w) = u + v + w',
  because: 'brackets around terms of a sum change nothing',
  examples: [['x + (y + z)', 'x + y + z']],
  on: ['add'],
  prominence: 'trivial',
  apply(term, { store }) {
    if (!term.args.some((arg) => arg.kind === 'add')) return undefined
    return store.add(flatten(term, 'add'))
  },
}

export const flattenProduct: Rule = {
  id: 'flatten-product',
  title: 'assoc.',
  law: 'u*(v*w) = u*v*w',
  because: 'brackets around factors of a product change nothing',
  examples: [['x*(y*z)', 'x*y*z']],
  on: ['mul'],
  prominence: 'trivial',
  apply(term, { store }) {
    if (!term.args.some((arg) => arg.kind === 'mul')) return undefined
    return store.mul(flatten(term, 'mul'))
  },
}

/** All leaves at once: flattening level by level would copy a long chain once a level. */
function flatten(term: Expr, kind: 'add' | 'mul'): Expr[] {
  const leaves: Expr[] = []
  const walk = (node: Expr): void => {
    if (node.kind !== kind) leaves.push(node)
    else for (const arg of node.args) walk(arg)
  }
  walk(term)
  return leaves
}

export const zeroSum: Rule = {
  id: 'zero-sum',
  title: 'zero sum',
  law: 'sum(i=1..n, 0) = 0',
  because: 'a sum of zeros is 0',
  examples: [['sum(i=1..n, 0)', '0']],
  on: ['big'],
  prominence: 'trivial',
  apply(term) {
    return term.kind === 'big' && term.name === 'sum' && isZero(term.args[2]!) ? term.args[2]! : undefined
  },
}

export function isZero(term: Expr): boolean {
  return term.kind === 'number' && term.value.sign === 0
}
