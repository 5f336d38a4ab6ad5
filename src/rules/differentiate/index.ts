import { constantRule, identityRule, kroneckerRule } from './basic.ts'
import { chainRule, tableRule } from './chain.ts'
import { definitionRule, undefinedFunctionRule } from './function.ts'
import { knownSideRule } from './known-side.ts'
import { constantDivisorRule, factorRule, indexedSumRule, negationRule, sumRule } from './linear.ts'
import { indexedMaximumRule, maximumRule, piecewiseRule } from './piecewise.ts'
import { exponentialRule, generalPowerRule, powerChainRule, powerRule } from './power.ts'
import {
  indexedProductRule,
  logarithmicProductRule,
  logarithmOfProductRule,
  productRule,
  quotientRule,
  reciprocalRule,
} from './product.ts'

export {
  constantDivisorRule,
  constantRule,
  definitionRule,
  factorRule,
  identityRule,
  indexedSumRule,
  kroneckerRule,
  negationRule,
  sumRule,
}

/** The rules for a derivative of a name, in order of precedence. */
export const leafRules = [constantRule, identityRule, kroneckerRule] as const

/** The linear rules: a derivative that needs no others is closed in one line. */
export const linearRules = [negationRule, sumRule, indexedSumRule, factorRule, constantDivisorRule] as const

/** Every rule that rewrites a derivative; the first that fires is taken. */
export const differentiationRules = [
  ...leafRules,
  ...linearRules,
  reciprocalRule,
  productRule,
  quotientRule,
  powerRule,
  powerChainRule,
  exponentialRule,
  generalPowerRule,
  knownSideRule,
  maximumRule,
  indexedMaximumRule,
  piecewiseRule,
  logarithmOfProductRule,
  tableRule,
  chainRule,
  undefinedFunctionRule,
  indexedProductRule,
  logarithmicProductRule,
] as const

/** The rules that leave an inner derivative as a factor. */
export const chainRules = [
  powerChainRule,
  exponentialRule,
  reciprocalRule,
  chainRule,
  undefinedFunctionRule,
] as const
