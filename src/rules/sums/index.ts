import {
  distributeDivisor,
  distributeFactor,
  distributeSign,
  gatherSums,
  logarithmOfProduct,
  squareOfSum,
  sumOfSums,
  swapSums,
} from './combine.ts'

export { constantSum } from './constant.ts'
export { constantFactorOfSum } from './linear.ts'
export {
  distributeDivisor,
  distributeFactor,
  distributeSign,
  gatherSums,
  logarithmOfProduct,
  squareOfSum,
  sumOfSums,
  swapSums,
}

/** Rules that bring a loss to one sum over the samples. */
export const combinationRules = [
  sumOfSums,
  swapSums,
  distributeFactor,
  distributeDivisor,
  distributeSign,
  squareOfSum,
  logarithmOfProduct,
  gatherSums,
] as const
