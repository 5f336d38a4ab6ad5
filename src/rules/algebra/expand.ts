import { canonical, splitCoefficient } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule } from '../rule.ts'
import { factorsOf, isDecimal, rationalOf, writeNumber } from './number.ts'

/** Expansions beyond this many terms are not tried: what is factored stays factored. */
const maximumTerms = 48

/**
 * y*(1 - p) - p*(1 - y) = y - p: products of sums are multiplied out where terms then cancel and the result
 * is shorter than what was there; otherwise nothing is expanded that was factored.
 */
export const expandWhereShorter: Rule = {
  id: 'expand',
  title: 'collect',
  law: 'u*(1 - v) - v*(1 - u) = u - v',
  because: 'multiplied out, terms cancel',
  examples: [['y*(1 - p) - p*(1 - y)', 'y - p']],
  on: ['add'],
  apply(term, { store }) {
    if (!term.args.some(isExpandable) || hasCommonSum(term)) return undefined
    const products = expand(store, term)
    if (products === undefined) return undefined
    const merged = new Map<Expr, Product & { hidden: Rational }>()
    let collapsed = false
    for (const product of products) {
      // A quotient may hide a number, as 6*x/y does: it counts when like terms are added.
      const [hidden, key] = splitCoefficient(store, canonical(store, store.mul(product.factors)))
      if (hidden.sign === 0) {
        collapsed = true
        continue
      }
      const known = merged.get(key)
      if (known === undefined) merged.set(key, { ...product, hidden })
      else {
        collapsed = true
        const coefficient = known.coefficient.add(product.coefficient.multiply(hidden).divide(known.hidden))
        merged.set(key, { ...known, coefficient, decimals: known.decimals || product.decimals })
      }
    }
    if (!collapsed) return undefined
    const after = store.add(
      [...merged.values()].filter((product) => product.coefficient.sign !== 0).map(write),
    )
    return after.size < term.size ? after : undefined

    function write({ factors, coefficient, decimals }: Product): Expr {
      const size = writeNumber(store, coefficient.abs(), decimals)
      const isPlain = coefficient.abs().equals(Rational.one) && factors.length > 0
      const product = store.mul(isPlain ? factors : [size, ...factors])
      return coefficient.sign < 0 ? store.neg(product) : product
    }
  },
}

interface Product {
  readonly coefficient: Rational
  readonly factors: readonly Expr[]
  readonly decimals: boolean
}

function isExpandable(term: Expr): boolean {
  const positive = term.kind === 'neg' ? term.args[0]! : term
  return factorsOf(positive).some((factor) => factor.kind === 'add') || positive.kind === 'add'
}

/** Whether all terms have a sum in brackets in common, such as 1 - a^2: that stays whole, as a factor of all. */
function hasCommonSum({ args }: Expr): boolean {
  const sums = args.map((arg) => factorsOf(arg.kind === 'neg' ? arg.args[0]! : arg))
  return sums[0]!.some((factor) => factor.kind === 'add' && sums.every((factors) => factors.includes(factor)))
}

/** A term as a sum of products without sums among their factors; nothing where that takes too many. */
function expand(store: TermStore, term: Expr): readonly Product[] | undefined {
  if (term.kind === 'neg') return expand(store, term.args[0]!)?.map(negate)
  if (term.kind === 'add') {
    const parts = term.args.map((arg) => expand(store, arg))
    const all = parts.flatMap((part) => part ?? [])
    return parts.includes(undefined) || all.length > maximumTerms ? undefined : all
  }
  const value = rationalOf(term)
  if (value !== undefined) return [{ coefficient: value, factors: [], decimals: isDecimal(term) }]
  if (term.kind !== 'mul') return [{ coefficient: Rational.one, factors: [term], decimals: false }]
  let products: readonly Product[] = [{ coefficient: Rational.one, factors: [], decimals: false }]
  for (const factor of term.args) {
    const part = expand(store, factor)
    if (part === undefined || part.length * products.length > maximumTerms) return undefined
    products = products.flatMap((left) => part.map((right) => multiply(left, right)))
  }
  return products
}

function multiply(left: Product, right: Product): Product {
  return {
    coefficient: left.coefficient.multiply(right.coefficient),
    factors: [...left.factors, ...right.factors],
    decimals: left.decimals || right.decimals,
  }
}

function negate(product: Product): Product {
  return { ...product, coefficient: product.coefficient.negate() }
}
