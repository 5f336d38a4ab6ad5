import type { ReadOptions } from '../../../src/read/index.ts'
import { classification } from './classification.ts'
import { learning } from './learning.ts'
import { models } from './models.ts'
import { networks } from './networks.ts'
import { regression } from './regression.ts'
import { statistics } from './statistics.ts'

/** A loss with one component of its gradient, typed from textbooks, papers and the documentation of libraries. */
export interface HandGradient {
  readonly loss: string
  readonly wrt: string
  readonly hand: string
  readonly options?: ReadOptions
}

export const handGradients: readonly HandGradient[] = [
  ...classification,
  ...regression,
  ...models,
  ...statistics,
  ...learning,
  ...networks,
]
