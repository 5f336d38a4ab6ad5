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
    const expanded = expandSummands(store, term)
    if (expanded === undefined) return undefined
    const meetings = new Map<Expr, number>()
    for (const { key } of expanded.flat()) meetings.set(key, (meetings.get(key) ?? 0) + 1)
    const meets = ({ key, hidden }: KeyedProduct) => hidden.sign === 0 || meetings.get(key)! > 1
    const merged = new Map<Expr, KeyedProduct | Expr>()
    for (const [i, products] of expanded.entries()) {
      // A summand that meets no other stays as it is.
      if (!products.some(meets)) {
        merged.set(term.args[i]!, term.args[i]!)
        continue
      }
      for (const product of products) {
        const { key, hidden } = product
        if (hidden.sign === 0) continue
        const known = merged.get(key)
        if (known === undefined || 'kind' in known) merged.set(key, product)
        else {
          const coefficient = known.coefficient.add(product.coefficient.multiply(hidden).divide(known.hidden))
          merged.set(key, { ...known, coefficient, decimals: known.decimals || product.decimals })
        }
      }
    }
    if (merged.size === term.args.length && [...merged.values()].every((part) => 'kind' in part))
      return undefined
    const after = store.add(
      [...merged.values()].flatMap((part) =>
        'kind' in part ? [part] : part.coefficient.sign === 0 ? [] : [write(part)],
      ),
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

interface KeyedProduct extends Product {
  /** The product's canonical form, and the number that is hidden in it: a quotient may have one, as 6*x/y does. */
  readonly key: Expr
  readonly hidden: Rational
}

/** The summands multiplied out; nothing where that takes too many products. */
function expandSummands(store: TermStore, sum: Expr): readonly (readonly KeyedProduct[])[] | undefined {
  let count = 0
  const expanded: KeyedProduct[][] = []
  for (const summand of sum.args) {
    const products = expand(store, summand)
    count += products?.length ?? 0
    if (products === undefined || count > maximumTerms) return undefined
    expanded.push(
      products.map((product) => {
        const [hidden, key] = splitCoefficient(store, canonical(store, store.mul(product.factors)))
        return { ...product, key, hidden }
      }),
    )
  }
  return expanded
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
