import { shift } from '../../term/binder.ts'
import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { nabla, type Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import {
  factorsOf,
  isFreeOfCount,
  type Monomial,
  monomialsOf,
  quotientOf,
  withoutCommon,
} from './monomial.ts'
import type { Samples } from './samples.ts'

/** A loss of the form c*sum(i, l_i) + rest; in the bodies the index of the sample is bound index 0. */
export interface Gathered {
  readonly kind: 'mean' | 'sum' | 'weighted'
  readonly perSample: Expr
  /** The weights v_i of sum(i, v_i*l_i)/sum(i, v_i). */
  readonly weight: Expr | undefined
  /** What is no sum over the samples, such as a penalty. */
  readonly rest: Expr | undefined
  /** For a sum with a factor of its own for each size of the batch, such as 1/(N - 1), that factor. */
  readonly scale: Expr | undefined
  /** The whole loss in this form, and what must hold for it. */
  readonly term: Expr
  readonly conditions: readonly Expr[]
}

/** Why a loss is not of that form: the summands that are not. */
export interface Stuck {
  readonly kind: 'stuck'
  readonly summands: readonly Expr[]
  /** Whether each by itself is of that form, but not with the same factor. */
  readonly differ: boolean
}

/** A summand that is c*sum(i, u_i)/sum(i, v_i), where the divisor may be missing. */
interface Part extends Monomial {
  /** Factors that are the same for every batch of this size. */
  readonly countAbove: readonly Expr[]
  readonly countBelow: readonly Expr[]
  readonly body: Expr
  readonly hint: string
  readonly weight: Expr | undefined
}

/** Reads the form of a loss that was opened up. */
export class Gatherer {
  readonly #store: TermStore

  constructor(
    readonly samples: Samples,
    readonly scope: Scope,
  ) {
    this.#store = scope.store
  }

  /** Whether a term has no gradient: no parameter occurs in it. */
  isConstant(term: Expr): boolean {
    return this.scope.freeOf(term, this.#store.symbol(nabla))
  }

  gather(term: Expr): Gathered | Stuck {
    const parts: Part[] = []
    const counts: Monomial[] = []
    const rest: Expr[] = []
    const stuck: Expr[] = []
    for (const monomial of monomialsOf(term)) {
      const { summand } = monomial
      const part = this.#partOf(monomial)
      if (this.samples.isBatchFree(summand)) rest.push(summand)
      else if (part !== undefined) parts.push(part)
      else if (this.samples.isCountOnly(summand)) counts.push(monomial)
      else if (this.isConstant(summand)) rest.push(summand)
      else stuck.push(summand)
    }
    if (stuck.length > 0) return { kind: 'stuck', summands: stuck, differ: false }
    const moving = parts.filter(({ summand }) => !this.isConstant(summand))
    const [first] = moving.length > 0 ? moving : parts
    if (first === undefined)
      return { kind: 'stuck', summands: counts.map(({ summand }) => summand), differ: false }
    const { weight, countAbove, countBelow } = first
    if (weight !== undefined && !isFreeOfCount(this.#store, countAbove, countBelow, this.samples)) {
      return { kind: 'stuck', summands: moving.map(({ summand }) => summand), differ: false }
    }
    const different = parts.filter((part) => !this.#isLike(part, first))
    if (different.some(({ summand }) => !this.isConstant(summand))) {
      return { kind: 'stuck', summands: moving.map(({ summand }) => summand), differ: true }
    }
    const alike = parts.filter((part) => this.#isLike(part, first))
    rest.push(...different.map(({ summand }) => summand))
    return weight === undefined
      ? this.#plain(term, first, alike, counts, rest)
      : this.#weighted(first, weight, alike, [...rest, ...counts.map(({ summand }) => summand)])
  }

  #partOf(monomial: Monomial): Part | undefined {
    const { samples } = this
    const wideAbove = monomial.above.filter((factor) => !samples.isBatchFree(factor))
    const wideBelow = monomial.below.filter((factor) => !samples.isBatchFree(factor))
    const countAbove = wideAbove.filter((factor) => samples.isCountOnly(factor))
    const countBelow = wideBelow.filter((factor) => samples.isCountOnly(factor))
    const sums = wideAbove.filter((factor) => !samples.isCountOnly(factor))
    const divisors = wideBelow.filter((factor) => !samples.isCountOnly(factor))
    const [sum] = sums
    const [divisor] = divisors
    if (sum?.kind !== 'big' || sums.length > 1 || divisors.length > 1) return undefined
    if (!this.#isPlainSum(sum)) return undefined
    if (divisor !== undefined && !(this.#isPlainSum(divisor) && this.isConstant(divisor))) return undefined
    return {
      ...monomial,
      above: monomial.above.filter((factor) => samples.isBatchFree(factor)),
      below: monomial.below.filter((factor) => samples.isBatchFree(factor)),
      countAbove,
      countBelow,
      body: sum.args[2]!,
      hint: sum.hint,
      weight: divisor?.args[2],
    }
  }

  #isPlainSum(term: Expr): boolean {
    return this.samples.isSampleSum(term) && this.samples.isPerSample(term.args[2]!)
  }

  /** Whether two summands have the same factor for every size of the batch, and the same weights. */
  #isLike(a: Part, b: Part): boolean {
    const store = this.#store
    if ((a.weight === undefined) !== (b.weight === undefined)) return false
    if (a.weight !== undefined && canonical(store, a.weight) !== canonical(store, b.weight!)) return false
    return isFreeOfCount(
      store,
      [...a.countAbove, ...b.countBelow],
      [...a.countBelow, ...b.countAbove],
      this.samples,
    )
  }

  #plain(
    term: Expr,
    first: Part,
    parts: readonly Part[],
    counts: readonly Monomial[],
    rest: readonly Expr[],
  ): Gathered {
    const store = this.#store
    const { count } = this.samples
    const { countAbove, countBelow } = first
    const isMean = isFreeOfCount(store, [count, ...countAbove], countBelow, this.samples)
    const isSum = isFreeOfCount(store, countAbove, countBelow, this.samples)
    // In a mean, N of the factor stays in front of the sum.
    const inFront = isMean ? [count] : []
    const bodies = parts.map((part) => this.#scaled(part, inFront, factorsOf(part.body), []))
    const left: Expr[] = [...rest]
    for (const monomial of counts) {
      const { negative, above, below, summand } = monomial
      // N*log(sigma) is a sum over the samples too, of N equal terms.
      const isSpread =
        !isMean &&
        isFreeOfCount(store, [...above, ...countBelow], [...below, count, ...countAbove], this.samples)
      if (isSpread)
        bodies.push(this.#scaled({ ...monomial, countAbove: [], countBelow: [count] }, [], [], []))
      else if (isFreeOfCount(store, above, below, this.samples)) {
        const quotient = quotientOf(store, ...withoutCommon(above, below))
        left.push(negative ? store.neg(quotient) : quotient)
      } else left.push(summand)
    }
    const perSample = store.add(bodies)
    const sum = store.big('sum', first.hint, this.samples.from, this.samples.to, perSample)
    const loss = isMean ? store.mul([store.div(store.number(1), count), sum]) : sum
    return {
      kind: isMean ? 'mean' : 'sum',
      perSample,
      weight: undefined,
      rest: left.length === 0 ? undefined : store.add(left),
      scale: isMean || isSum ? undefined : quotientOf(store, countAbove, countBelow),
      term: this.#isInForm(perSample, parts, isMean, rest.length === left.length)
        ? term
        : store.add([loss, ...left]),
      conditions: [],
    }
  }

  /** Whether a loss has the form as it was written: sum(i, u_i)/N needs no other. */
  #isInForm(perSample: Expr, parts: readonly Part[], isMean: boolean, isRestKept: boolean): boolean {
    const [part] = parts
    if (parts.length !== 1 || perSample !== part!.body || !isRestKept) return false
    return part!.countAbove.length === 0 && part!.countBelow.length === (isMean ? 1 : 0) && !part!.negative
  }

  #weighted(first: Part, weight: Expr, parts: readonly Part[], rest: readonly Expr[]): Gathered {
    const store = this.#store
    const factors = factorsOf(weight)
    const conditions: Expr[] = []
    const bodies = parts.map((part) => {
      const [body] = monomialsOf(part.body) as [Monomial]
      const isProduct = part.body.kind !== 'add' && withoutCommon(factors, body.above)[0].length === 0
      if (isProduct) {
        const negative = part.negative !== body.negative
        return this.#scaled({ ...part, negative }, [], withoutCommon(body.above, factors)[0], body.below)
      }
      if (conditions.length === 0) {
        const all = store.big('prod', first.hint, this.samples.from, this.samples.to, weight)
        conditions.push(store.relation('!=', all, store.number(0)))
      }
      return this.#scaled(part, [], factorsOf(part.body), factors)
    })
    const perSample = store.add(bodies)
    const over = (body: Expr) => store.big('sum', first.hint, this.samples.from, this.samples.to, body)
    const ratio = store.div(over(store.mul([...factors, ...factorsOf(perSample)])), over(weight))
    return {
      kind: 'weighted',
      perSample,
      weight,
      rest: rest.length === 0 ? undefined : store.add(rest),
      scale: undefined,
      term: store.add([ratio, ...rest]),
      conditions,
    }
  }

  /**
   * A body under the binder of the samples, given as its factors, with the factors of its summand but for
   * those that stay in front of the sum.
   */
  #scaled(
    part: Pick<Part, 'negative' | 'above' | 'below' | 'countAbove' | 'countBelow'>,
    inFront: readonly Expr[],
    bodyAbove: readonly Expr[],
    bodyBelow: readonly Expr[],
  ): Expr {
    const store = this.#store
    const [above, below] = withoutCommon(
      [...part.countAbove, ...part.above, ...inFront],
      [...part.countBelow, ...part.below],
    )
    const up = above.map((factor) => shift(store, factor, 1))
    const down = [...below.map((factor) => shift(store, factor, 1)), ...bodyBelow]
    const isNumeric = down.length > 0 && [...up, ...down].every((factor) => factor.kind === 'number')
    const product = isNumeric
      ? store.mul([store.div(store.mul(up), store.mul(down)), ...bodyAbove])
      : quotientOf(store, [...up, ...bodyAbove], down)
    return part.negative ? store.neg(product) : product
  }
}
