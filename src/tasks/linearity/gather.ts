import { occursBound, shift } from '../../term/binder.ts'
import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { nabla, type Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import {
  factorsOf,
  isFreeOfBatch,
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
  /** For a sum with a factor of its own for each batch, such as 1/(N - 1) or one over the spread of the data, that factor. */
  readonly scale: Expr | undefined
  /** The whole loss in this form, and what must hold for it. */
  readonly term: Expr
  readonly conditions: readonly Expr[]
  /** Whether factors cancelled on the way. */
  readonly cancels: boolean
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
  /** Factors that a batch has by its size or by its data, but not by the parameters. */
  readonly ownAbove: readonly Expr[]
  readonly ownBelow: readonly Expr[]
  readonly body: Expr
  readonly hint: string
  readonly weight: Expr | undefined
}

/** Reads the form of a loss that was opened up. */
export class Gatherer {
  readonly #store: TermStore
  #cancels = false

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
    this.#cancels = false
    const parts: Part[] = []
    const counts: Monomial[] = []
    const rest: Expr[] = []
    const stuck: Expr[] = []
    for (const monomial of monomialsOf(term, this.samples.count)) {
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
    const { weight } = first
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
    const moving = wideAbove.find((factor) => !this.isConstant(factor))
    const sum = moving ?? wideAbove.find((factor) => !samples.isCountOnly(factor))
    if (sum === undefined || sum.kind !== 'big' || !this.#isPlainSum(sum)) return undefined
    const beside = wideAbove.toSpliced(wideAbove.indexOf(sum), 1)
    // m*sum(i, x_i)*sum(i, y_i) is a product of two sums: neither is a factor of the other's terms.
    const isFactor = (factor: Expr) =>
      samples.isCountOnly(factor) || (moving !== undefined && this.#isStatistic(factor))
    const isDivisor = (factor: Expr) => samples.isCountOnly(factor) || this.#isStatistic(factor)
    if (!beside.every(isFactor) || !wideBelow.every(isDivisor)) return undefined
    // sum(i, 1) is N, which the rules have yet to say.
    if ([...beside, ...wideBelow].some((factor) => factor.kind === 'big' && !occursBound(factor.args[2]!)))
      return undefined
    const weights = wideBelow.find((factor) => this.#isPlainSum(factor))
    const own = weights === undefined ? wideBelow : wideBelow.toSpliced(wideBelow.indexOf(weights), 1)
    // Only where nothing else is left of the batch is the divisor the sum of the weights.
    const isWeighted = weights !== undefined && isFreeOfBatch(this.#store, beside, own, samples)
    return {
      ...monomial,
      above: monomial.above.filter((factor) => samples.isBatchFree(factor)),
      below: monomial.below.filter((factor) => samples.isBatchFree(factor)),
      ownAbove: beside,
      ownBelow: isWeighted ? own : wideBelow,
      body: sum.args[2]!,
      hint: sum.hint,
      weight: isWeighted ? weights.args[2] : undefined,
    }
  }

  /** Whether a term is known from the data of the batch, whatever the parameters are. */
  #isStatistic(term: Expr): boolean {
    return this.isConstant(term) && this.samples.mentions(term)
  }

  #isPlainSum(term: Expr): boolean {
    return this.samples.isSampleSum(term) && this.samples.isPerSample(term.args[2]!)
  }

  /** Whether two summands have the same factor for every size of the batch, and the same weights. */
  #isLike(a: Part, b: Part): boolean {
    const store = this.#store
    if ((a.weight === undefined) !== (b.weight === undefined)) return false
    if (a.weight !== undefined && canonical(store, a.weight) !== canonical(store, b.weight!)) return false
    return isFreeOfBatch(store, [...a.ownAbove, ...b.ownBelow], [...a.ownBelow, ...b.ownAbove], this.samples)
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
    const { ownAbove, ownBelow } = first
    const isMean = isFreeOfBatch(store, [count, ...ownAbove], ownBelow, this.samples)
    const isSum = isFreeOfBatch(store, ownAbove, ownBelow, this.samples)
    // In a mean, N of the factor stays in front of the sum.
    const inFront = isMean ? [count] : []
    const bodies = parts.map((part) => this.#scaled(part, inFront, factorsOf(part.body), []))
    const left: Expr[] = [...rest]
    for (const monomial of counts) {
      const { negative, above, below, summand } = monomial
      // N*log(sigma) is a sum over the samples too, of N equal terms.
      const isSpread =
        !isMean && isFreeOfBatch(store, [...above, ...ownBelow], [...below, count, ...ownAbove], this.samples)
      if (isSpread) bodies.push(this.#scaled({ ...monomial, ownAbove: [], ownBelow: [count] }, [], [], []))
      else if (isFreeOfBatch(store, above, below, this.samples)) {
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
      scale: isMean || isSum ? undefined : quotientOf(store, ownAbove, ownBelow),
      term: this.#isInForm(perSample, parts, isMean, rest.length === left.length)
        ? term
        : store.add([loss, ...left]),
      conditions: [],
      cancels: this.#cancels,
    }
  }

  /** Whether a loss has the form as it was written: sum(i, u_i)/N needs no other. */
  #isInForm(perSample: Expr, parts: readonly Part[], isMean: boolean, isRestKept: boolean): boolean {
    const [part] = parts
    if (parts.length !== 1 || perSample !== part!.body || !isRestKept) return false
    return part!.ownAbove.length === 0 && part!.ownBelow.length === (isMean ? 1 : 0) && !part!.negative
  }

  #weighted(first: Part, weight: Expr, parts: readonly Part[], rest: readonly Expr[]): Gathered {
    const store = this.#store
    const factors = factorsOf(weight)
    const conditions: Expr[] = []
    const bodies = parts.map((part) => {
      const [body] = monomialsOf(part.body, this.samples.count) as [Monomial]
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
      cancels: this.#cancels,
    }
  }

  /**
   * A body under the binder of the samples, given as its factors, with the factors of its summand but for
   * those that stay in front of the sum.
   */
  #scaled(
    part: Pick<Part, 'negative' | 'above' | 'below' | 'ownAbove' | 'ownBelow'>,
    inFront: readonly Expr[],
    bodyAbove: readonly Expr[],
    bodyBelow: readonly Expr[],
  ): Expr {
    const store = this.#store
    const [above, below] = withoutCommon(
      [...part.ownAbove, ...part.above, ...inFront],
      [...part.ownBelow, ...part.below],
    )
    // That N is kept in front of the sum cancels nothing.
    this.#cancels ||= above.length < part.ownAbove.length + part.above.length
    const up = above.map((factor) => shift(store, factor, 1))
    const down = [...below.map((factor) => shift(store, factor, 1)), ...bodyBelow]
    const isNumeric = down.length > 0 && [...up, ...down].every((factor) => factor.kind === 'number')
    this.#cancels ||=
      withoutCommon(up, down)[0].length < up.length ||
      withoutCommon(bodyAbove, down)[0].length < bodyAbove.length
    const product = isNumeric
      ? store.mul([store.div(store.mul(up), store.mul(down)), ...bodyAbove])
      : quotientOf(store, [...up, ...bodyAbove], down)
    return part.negative ? store.neg(product) : product
  }
}
