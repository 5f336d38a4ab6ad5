import { Normalizer } from '../../rewrite/normalize.ts'
import {
  cancel,
  constantFactorOfSum,
  constantSum,
  definitionRule,
  distributeDivisor,
  distributeFactor,
  distributeSign,
  flatteningRules,
  inverseFunctions,
  logarithmOfProduct,
  mergeFractions,
  powerOfPower,
  type Rule,
  type RuleContext,
  squareOfAbsolute,
  squareOfSum,
  sumOfSums,
  swapSums,
  tabulate,
} from '../../rules/index.ts'
import { occursBound } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import type { Samples } from './samples.ts'

/**
 * The rules that take the sums over the samples out of everything around them. They touch nothing but what
 * speaks of the whole batch: the loss of one sample keeps the form in which it was written.
 */

/** Larger terms are not multiplied out: what they hide is left undecided. */
const maximumSize = 4000

/** The normalizers, in the order in which they are tried, each a line of the proof. */
export function openingNormalizers(samples: Samples, context: RuleContext): readonly Normalizer[] {
  const gentle = [
    [only(definitionRule, (term) => samples.mentions(term))],
    [
      only(logarithmOfProduct, (term) => holdsProduct(term.args[0]!, samples)),
      ...[cancel, inverseFunctions, powerOfPower, squareOfAbsolute].map((rule) =>
        only(rule, (term) => samples.mentions(term)),
      ),
    ],
    distributing(samples, (term) => isCoefficientTimesSum(term, samples)),
  ]
  return gentle.map((rules) => normalizer(rules, samples, context))
}

/** Multiplies out what the gentle rules leave alone, so that terms which stand for the whole batch may cancel. */
export function expandingNormalizer(samples: Samples, context: RuleContext): Normalizer {
  const expanding = [
    only(sumOfSums, (term) => samples.isSampleSum(term) && term.loose !== 0),
    only(squareOfSum, (term) => samples.mentions(term) && term.size < maximumSize),
    only(constantFactorOfSum, (term) => samples.isSampleSum(term)),
    only(constantSum, (term) => samples.isSampleSum(term)),
    ...distributing(samples, (term) => term.size < maximumSize),
  ]
  return normalizer(expanding, samples, context)
}

function normalizer(rules: readonly Rule[], samples: Samples, context: RuleContext): Normalizer {
  const flattening = flatteningRules.map((rule) => only(rule, (term) => samples.mentions(term)))
  return new Normalizer(tabulate([...flattening, ...rules]), context, {
    isOpaque: (term) => !samples.mentions(term),
  })
}

function distributing(samples: Samples, mayDistribute: (term: Expr) => boolean): readonly Rule[] {
  const batchWide = (term: Expr) => samples.mentions(term)
  const hasBatchWideSum = (term: Expr) => term.args.some((arg) => arg.kind === 'add' && batchWide(arg))
  const bodyIsBatchWide = (term: Expr) => term.kind === 'big' && batchWide(term.args[2]!)
  return [
    only(distributeSign, hasBatchWideSum),
    only(distributeDivisor, (term) => hasBatchWideSum(term) && mayDistribute(term)),
    only(distributeFactor, (term) => hasBatchWideSum(term) && mayDistribute(term)),
    only(separate(samples), bodyIsBatchWide),
    // v_i/sum(j, v_j)*u_i: the divisor that is the same for all samples is brought to where it can leave the sum.
    only(mergeFractions, (term) => term.loose !== 0 && batchWide(term)),
    only(constantFactorOfSum, bodyIsBatchWide),
    only(constantSum, bodyIsBatchWide),
    only(
      swapSums,
      (term) =>
        bodyIsBatchWide(term) &&
        !samples.isSampleSum(term) &&
        (term.args[2]!.kind === 'mul' ? term.args[2]!.args : [term.args[2]!]).some((factor) =>
          samples.isSampleSum(factor),
        ),
    ),
    constantDivisorSum(samples),
  ]
}

/** Whether a factor of the term is a product over the samples. */
function holdsProduct(term: Expr, samples: Samples): boolean {
  if (term.kind === 'big') return term.name === 'prod' && samples.isOverSamples(term)
  const isProduct = term.kind === 'mul' || term.kind === 'div' || term.kind === 'pow'
  if (!isProduct && !(term.kind === 'call' && term.name === 'sqrt')) return false
  return term.args.some((arg) => holdsProduct(arg, samples))
}

/** The rule, used only where it serves. */
function only(rule: Rule, serves: (term: Expr) => boolean): Rule {
  return { ...rule, apply: (term, context) => (serves(term) ? rule.apply(term, context) : undefined) }
}

/** Whether all factors beside the one sum in brackets are the same for every batch of this size. */
function isCoefficientTimesSum(term: Expr, samples: Samples): boolean {
  const sums = term.args.filter((arg) => arg.kind === 'add' && samples.mentions(arg))
  return (
    sums.length === 1 &&
    (term.kind !== 'div' || sums[0] === term.args[0]) &&
    term.args.every((arg) => arg === sums[0] || samples.isCountOnly(arg))
  )
}

/** sum(i, u_i + v_i + B) = sum(i, u_i + v_i) + sum(i, B): only what speaks of the whole batch leaves the sum. */
function separate(samples: Samples): Rule {
  return {
    ...sumOfSums,
    apply(term, { store }) {
      if (term.kind !== 'big' || term.name !== 'sum' || term.args[2]!.kind !== 'add') return undefined
      const wide = term.args[2]!.args.filter((summand) => samples.mentions(summand))
      const own = term.args[2]!.args.filter((summand) => !samples.mentions(summand))
      if (wide.length === 0 || wide.length + own.length < 2) return undefined
      const groups = own.length === 0 ? wide : [store.add(own), ...wide]
      return store.add(
        groups.map((group) => {
          const positive = group.kind === 'neg' ? group.args[0]! : group
          const sum = store.big('sum', term.hint, term.args[0]!, term.args[1]!, positive)
          return group.kind === 'neg' ? store.neg(sum) : sum
        }),
      )
    },
  }
}

/** u/sum(i, c) = u/(N*c) */
function constantDivisorSum(samples: Samples): Rule {
  return {
    ...constantSum,
    on: ['div'],
    apply(term, context) {
      const [above, below] = term.args as [Expr, Expr]
      const factors = below.kind === 'mul' ? below.args : [below]
      const counted = factors.map((factor) => {
        if (!samples.isSampleSum(factor) || occursBound(factor.args[2]!)) return factor
        const outcome = constantSum.apply(factor, context)
        return outcome !== undefined && 'kind' in outcome ? outcome : factor
      })
      if (counted.every((factor, i) => factor === factors[i])) return undefined
      return context.store.div(above, context.store.mul(counted))
    },
  }
}
