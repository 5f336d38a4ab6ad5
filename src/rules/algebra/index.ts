import { boundsFromIndicator } from '../sums/bounds.ts'
import { constantInnerSum, constantMaximum, constantSum } from '../sums/constant.ts'
import { distributeOverDelta, evaluateDelta, indexOfDelta, siftDelta } from '../sums/delta.ts'
import { factorIntoSum, joinSums } from '../sums/join.ts'
import { constantFactorOfSum, splitSum } from '../sums/linear.ts'
import { absoluteTimesSign, quotientOfAbsolute, squareOfAbsolute } from './absolute.ts'
import { addNumbers, exactValue, multiplyNumbers, numericPower, reduceNumbers } from './arithmetic.ts'
import {
  equalSides,
  indicatorOfCase,
  neighbouringCases,
  nestedCases,
  redundantCase,
  zeroOtherwise,
} from './cases.ts'
import { collectLikeTerms } from './collect.ts'
import { commonFactor } from './common-factor.ts'
import { clearDenominators, commonDenominator, divideThrough, sameDenominator } from './denominator.ts'
import { commonNumber, distribute } from './distribute.ts'
import { expandWhereShorter } from './expand.ts'
import { inverseFunctions, mergeExponentials, quotientOfFunctions } from './exponential.ts'
import {
  cancel,
  cancelInSum,
  coefficientOfSum,
  mergeFractions,
  nestedFraction,
  splitFraction,
} from './fraction.ts'
import { pythagoreanIdentity } from './identity.ts'
import { caseOfIndices, mergeIndicators, powerOfIndicator, simplerComparison } from './indicator.ts'
import { orderFactors } from './order.ts'
import {
  argumentTimesIndicator,
  commonFactorOfCases,
  equalCases,
  indicatorOfMaximum,
  signTimesArgument,
} from './piecewise.ts'
import { mergePowers, negativePower, powerOfPower, powerOfProduct, powerOfRatio } from './power.ts'
import {
  complementOfLogistic,
  complementOfSigmoid,
  definitionOfSigmoid,
  logisticFunction,
  oppositeSigmoid,
  reciprocalOfLogistic,
  sigmoidTimesExponential,
  stableSigmoid,
} from './sigmoid.ts'
import {
  absorbSign,
  leadPositive,
  negativeSum,
  oppositeDifferences,
  signOfPower,
  signOfProduct,
  signOfQuotient,
  subtractSum,
} from './sign.ts'
import {
  doubleNegation,
  flattenProduct,
  flattenSum,
  oneDivisor,
  oneFactor,
  trivialPower,
  zeroProduct,
  zeroQuotient,
  zeroSum,
  zeroTerm,
} from './zero-and-one.ts'

/** Zeros, ones and double signs: what a derivation clears away as it goes, without a line of its own. */
export const cleaningRules = [
  zeroProduct,
  zeroQuotient,
  zeroTerm,
  zeroSum,
  oneFactor,
  oneDivisor,
  trivialPower,
  doubleNegation,
  equalCases,
] as const

/** Deltas taken out of sums. */
export const siftingRules = [...cleaningRules, evaluateDelta, siftDelta] as const

/** Rules that may also tidy what the user wrote; the others reshape, and leave the user's own terms alone. */
export const plainRules = [
  ...siftingRules,
  flattenSum,
  flattenProduct,
  addNumbers,
  multiplyNumbers,
  numericPower,
  exactValue,
] as const

/** The rules that bring a result to its textbook form, in order of precedence. */
export const tidyRules = [
  ...siftingRules,
  flattenSum,
  flattenProduct,
  signOfProduct,
  signOfQuotient,
  signOfPower,
  negativeSum,
  oppositeDifferences,
  addNumbers,
  exactValue,
  numericPower,
  inverseFunctions,
  negativePower,
  powerOfPower,
  powerOfProduct,
  nestedFraction,
  mergeFractions,
  multiplyNumbers,
  mergePowers,
  cancelInSum,
  orderFactors,
  reduceNumbers,
  cancel,
  powerOfRatio,
  quotientOfFunctions,
  definitionOfSigmoid,
  reciprocalOfLogistic,
  sigmoidTimesExponential,
  splitFraction,
  coefficientOfSum,
  subtractSum,
  simplerComparison,
  equalSides,
  nestedCases,
  redundantCase,
  neighbouringCases,
  zeroOtherwise,
  indicatorOfCase,
  indicatorOfMaximum,
  argumentTimesIndicator,
  mergeIndicators,
  powerOfIndicator,
  signTimesArgument,
  absoluteTimesSign,
  squareOfAbsolute,
  quotientOfAbsolute,
  stableSigmoid,
  pythagoreanIdentity,
  commonFactorOfCases,
  collectLikeTerms,
  expandWhereShorter,
  commonFactor,
  absorbSign,
  leadPositive,
  distributeOverDelta,
  caseOfIndices,
  boundsFromIndicator,
  splitSum,
  constantFactorOfSum,
  constantSum,
  constantInnerSum,
  constantMaximum,
] as const

/** Rules that make a term shorter only sometimes: they are tried, and kept where the tidied result is shorter. */
export const tentativeRules = [
  distribute,
  commonDenominator,
  sameDenominator,
  clearDenominators,
  divideThrough,
  commonNumber,
  mergeExponentials,
  logisticFunction,
  complementOfLogistic,
  complementOfSigmoid,
  oppositeSigmoid,
  joinSums,
  factorIntoSum,
] as const

/** Applied when all is shortened: a factor u_i beside delta_{i,j} may still cancel, and becomes u_j only where it does not. */
export const finishingRules = [indexOfDelta] as const

/** Applied on entering a term, so that a long chain is flattened at once and not level by level. */
export const flatteningRules = [flattenSum, flattenProduct] as const
