import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import type { IndexRange, Scope } from '../term/scope.ts'
import type { Derivation } from './step.ts'

/**
 * What the gradient of a loss over a batch has to do with the gradients of its samples: their average, their
 * sum, an average with weights, none of these; nothing is per sample; or it could not be decided.
 */
export type Verdict = 'mean' | 'sum' | 'weighted' | 'none' | 'no-samples' | 'undecided'

/**
 * What is true of every split of every batch into micro-batches, on each of which the loss itself is evaluated:
 * whether the gradient of the batch is the plain mean of the gradients of micro-batches of equal size, of
 * unequal sizes, their mean weighted by size, their sum.
 */
export interface MicroBatches {
  readonly equalMean: boolean
  readonly unequalMean: boolean
  readonly sizeWeightedMean: boolean
  readonly sum: boolean
}

/** How gradients of micro-batches combine exactly. */
export interface Combination {
  /**
   * With n_B/N, with V_B/V where V_B adds up the weights, as they are, with c(N)/c(n_B) for a scale c that depends on
   * the size of the batch, or with c/c_B for one that depends on its data.
   */
  readonly by: 'size' | 'weight' | 'sum' | 'scale' | 'statistic'
  /** Whether the rest is left out on each micro-batch and added once. */
  readonly restOnce: boolean
}

/** A number, or numbers in arrays as deep as the name has indices; index 1 is element 0. */
export type Numbers = number | readonly Numbers[]

/** A batch on which the gradient is not what it would have to be. */
export interface Counterexample {
  readonly env: Readonly<Record<string, Numbers>>
  /** Definitions that were taken for functions left undefined. */
  readonly definitions: readonly { readonly left: Expr; readonly right: Expr }[]
  /** What the entries of the gradients belong to. */
  readonly entries: readonly string[]
  readonly batchGradient: readonly number[]
  /** The parts into which the batch was split, as positions that count from 1: single samples where the loss has a value on one sample. */
  readonly parts: readonly (readonly number[])[]
  readonly partGradients: readonly (readonly number[])[]
  readonly averageOfParts: readonly number[]
  readonly sumOfParts: readonly number[]
  /** Whether the parts are single samples. */
  readonly isPerSample: boolean
  /** The largest difference between an entry of the gradient and of the average. */
  readonly difference: number
}

/** The part of the loss that stands in the way. */
export interface Obstruction {
  /** Where in the loss. */
  readonly at: Path
  readonly term: Expr
  readonly because: string
}

/** The answer to: is the gradient of the batch the average of the per-sample gradients? */
export interface Linearity {
  readonly loss: Expr
  readonly scope: Scope
  readonly variables: readonly Expr[]
  readonly verdict: Verdict
  /** One sentence or two. */
  readonly because: string
  /** The name of the number of samples and the letter of their index, where there are samples. */
  readonly count: Expr | undefined
  readonly index: SymbolTerm | undefined
  readonly range: IndexRange | undefined
  /** The loss of one sample and its weight, with that index. */
  readonly perSample: Expr | undefined
  readonly weight: Expr | undefined
  /** What belongs to no sample, such as a penalty. */
  readonly rest: Expr | undefined
  /** The factor of a sum that depends on the number of samples, such as 1/(N - 1), or on the data of the batch. */
  readonly scale: Expr | undefined
  readonly microBatches: MicroBatches | undefined
  readonly combination: Combination | undefined
  /** From the gradient of the loss as it was written to the sum of the gradients. */
  readonly proof: Derivation | undefined
  readonly obstruction: Obstruction | undefined
  readonly counterexample: Counterexample | undefined
}
