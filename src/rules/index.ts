import { finishingRules, tentativeRules, tidyRules } from './algebra/index.ts'
import { definitionRule, differentiationRules } from './differentiate/index.ts'
import { factRules } from './facts.ts'
import type { Rule } from './rule.ts'
import { combinationRules } from './sums/index.ts'

export { squareOfAbsolute } from './algebra/absolute.ts'
export { inverseFunctions } from './algebra/exponential.ts'
export { cancel, mergeFractions } from './algebra/fraction.ts'
export {
  cleaningRules,
  finishingRules,
  flatteningRules,
  plainRules,
  siftingRules,
  tentativeRules,
  tidyRules,
} from './algebra/index.ts'
export { factorsOf, rationalOf } from './algebra/number.ts'
export { powerOfPower } from './algebra/power.ts'
export { simplifyComparison, unclip, weightOf } from './algebra/relation.ts'
export { zeroTerm } from './algebra/zero-and-one.ts'
export {
  chainRules,
  definitionRule,
  differentiationRules,
  leafRules,
  linearRules,
} from './differentiate/index.ts'
export { factRules } from './facts.ts'
export { follows, guardsAlong } from './kinks/guard.ts'
export { meetsSmoothly, thresholdsOf, withPositiveHyperparameters } from './kinks/meeting.ts'
export { phraseOf } from './phrase.ts'
export { choosesLargest, conjuncts, turned } from './relations.ts'
export type { Rewritten, Rule, RuleContext, RuleTable } from './rule.ts'
export { nameOf, tabulate } from './rule.ts'
export { isKnown, signOf } from './sign.ts'
export * from './sums/index.ts'

/** Every rule by its id. */
export const rules: readonly Rule[] = [
  ...differentiationRules,
  definitionRule,
  ...tidyRules,
  ...tentativeRules,
  ...finishingRules,
  ...combinationRules,
  ...factRules,
]
