import { canonical, splitCoefficient } from '../../term/canonical.ts'
import { type Expr, isNumber } from '../../term/expr.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule } from '../rule.ts'
import { factorsOf } from './number.ts'

/** w*sin(u)^2 + w*cos(u)^2 = w, and w*cosh(u)^2 - w*sinh(u)^2 = w */
export const pythagoreanIdentity: Rule = {
  id: 'pythagorean-identity',
  title: 'Pythagorean identity',
  law: 'w*sin(u)^2 + w*cos(u)^2 = w',
  because: 'the squares of sine and cosine add up to 1, and those of the hyperbolic pair differ by 1',
  examples: [
    ['sin(x)^2 + y + cos(x)^2', '1 + y'],
    ['2*cosh(x)^2 - 2*sinh(x)^2', '2'],
  ],
  on: ['add'],
  apply(term, { store }) {
    const parts = term.args.map(squareOf)
    for (const [i, first] of parts.entries()) {
      if (first === undefined) continue
      const partner = partners.get(first.square.name)
      if (partner === undefined) continue
      const wanted = store.pow(store.call(partner.name, first.square.args), store.number(2))
      const rest = without(store, term.args[i]!, first.position)
      const other = partner.isAdded ? rest : store.neg(rest)
      const j = parts.findIndex(
        (part, k) =>
          part !== undefined &&
          part.power === wanted &&
          equal(store, without(store, term.args[k]!, part.position), other),
      )
      if (j < 0) continue
      return store.add(term.args.flatMap((arg, k) => (k === i ? [rest] : k === j ? [] : [arg])))
    }
    return undefined
  },
}

const partners = new Map([
  ['sin', { name: 'cos', isAdded: true }],
  ['cosh', { name: 'sinh', isAdded: false }],
])

interface Square {
  readonly power: Expr
  readonly square: Expr & { readonly kind: 'call' }
  /** Where the square stands among the factors. */
  readonly position: number
}

/** The first square of a function among the factors of a summand. */
function squareOf(summand: Expr): Square | undefined {
  const positive = summand.kind === 'neg' ? summand.args[0]! : summand
  for (const [position, power] of factorsOf(positive).entries()) {
    const square = power.kind === 'pow' && isNumber(power.args[1]!, 2) ? power.args[0]! : undefined
    if (square?.kind === 'call') return { power, square, position }
  }
  return undefined
}

function without(store: TermStore, summand: Expr, position: number): Expr {
  if (summand.kind === 'neg') return store.neg(without(store, summand.args[0]!, position))
  return store.mul(factorsOf(summand).filter((_, i) => i !== position))
}

function equal(store: TermStore, left: Expr, right: Expr): boolean {
  const [a, b] = [left, right].map((term) => splitCoefficient(store, canonical(store, term)))
  return a![0].equals(b![0]) && a![1] === b![1]
}
