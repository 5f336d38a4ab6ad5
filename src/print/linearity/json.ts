import type { Linearity, MicroBatches, Numbers, Verdict } from '../../derivation/linearity.ts'
import type { Expr } from '../../term/expr.ts'
import type { Path } from '../../term/path.ts'
import { type LineJson, linesToJson, type TermJson } from '../derivation/json.ts'
import { type ReadingJson, readingToJson } from '../reading.ts'
import { printTerm } from '../term.ts'
import { combinationFormula, trainingCode } from './combination.ts'
import { Wording } from './wording.ts'

/** The answer as data; what does not apply is null. */
export interface LinearityJson {
  readonly version: 1
  readonly input: string
  readonly reading: ReadingJson
  readonly verdict: Verdict
  /** The letter of the samples' index in `perSample` and `weight`. */
  readonly index: string | null
  /** The weight of a sample, in plain notation. */
  readonly weight: string | null
  readonly perSample: TermJson | null
  readonly rest: TermJson | null
  /** The factor of a sum that depends on the number of samples. */
  readonly scale: TermJson | null
  readonly microBatches: MicroBatches | null
  /** How gradients of micro-batches combine exactly. */
  readonly combine: (TermJson & { readonly code: string }) | null
  readonly because: string
  readonly proof: readonly LineJson[]
  readonly obstruction: (TermJson & { readonly because: string; readonly at: Path }) | null
  readonly counterexample: {
    readonly env: Readonly<Record<string, Numbers>>
    readonly definitions: readonly string[]
    readonly entries: readonly string[]
    readonly batchGradient: readonly number[]
    /** Null where the loss has no value on one sample. */
    readonly perSampleGradients: readonly (readonly number[])[] | null
    readonly averageOfPerSample: readonly number[] | null
    readonly microBatches: readonly (readonly number[])[]
    readonly microBatchGradients: readonly (readonly number[])[]
    readonly averageOfMicroBatches: readonly number[]
    readonly sumOfMicroBatches: readonly number[]
    readonly difference: number
  } | null
}

export function linearityToJson(answer: Linearity, input: string): LinearityJson {
  const { loss, scope, variables, weight, perSample, rest, scale, microBatches, combination } = answer
  const { proof, obstruction, counterexample: example } = answer
  const taken = loss.names
  const write = (term: Expr): TermJson => ({
    ascii: printTerm(term, 'ascii', { taken }),
    latex: printTerm(term, 'latex', { taken }),
  })
  const orNull = (term: Expr | undefined) => (term === undefined ? null : write(term))
  return {
    version: 1,
    input,
    reading: readingToJson(loss, scope, variables),
    verdict: answer.verdict,
    index: answer.index?.name ?? null,
    weight: weight === undefined ? null : write(weight).ascii,
    perSample: orNull(perSample),
    rest: orNull(rest),
    scale: orNull(scale),
    microBatches: microBatches ?? null,
    combine:
      combination === undefined
        ? null
        : {
            ascii: combinationFormula(answer, new Wording(answer, 'ascii')),
            latex: combinationFormula(answer, new Wording(answer, 'latex')),
            code: trainingCode(answer),
          },
    because: answer.because,
    proof: proof === undefined ? [] : linesToJson(proof),
    obstruction:
      obstruction === undefined
        ? null
        : { ...write(obstruction.term), because: obstruction.because, at: obstruction.at },
    counterexample:
      example === undefined
        ? null
        : {
            env: example.env,
            definitions: example.definitions.map(
              ({ left, right }) => `${printTerm(left, 'ascii')} = ${printTerm(right, 'ascii')}`,
            ),
            entries: example.entries,
            batchGradient: example.batchGradient,
            perSampleGradients: example.isPerSample ? example.partGradients : null,
            averageOfPerSample: example.isPerSample ? example.averageOfParts : null,
            microBatches: example.parts,
            microBatchGradients: example.partGradients,
            averageOfMicroBatches: example.averageOfParts,
            sumOfMicroBatches: example.sumOfParts,
            difference: example.difference,
          },
  }
}
