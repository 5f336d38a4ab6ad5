import type { Combination, Counterexample, Linearity, MicroBatches } from '../../derivation/linearity.ts'
import { instantiate } from '../../term/binder.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'
import { findCounterexample, type Search } from './counterexample.ts'
import { type Gathered, Gatherer } from './gather.ts'
import { linearize } from './linearize.ts'
import { findObstruction, statisticIn } from './obstruction.ts'
import { proveLinearity } from './proof.ts'
import { findSamples, type Samples } from './samples.ts'
import { scopeOfAveraging } from './scope.ts'

const nothing = {
  count: undefined,
  index: undefined,
  range: undefined,
  perSample: undefined,
  weight: undefined,
  rest: undefined,
  scale: undefined,
  microBatches: undefined,
  combination: undefined,
  proof: undefined,
  obstruction: undefined,
  counterexample: undefined,
} as const

const noMicroBatches: MicroBatches = {
  equalMean: false,
  unequalMean: false,
  sizeWeightedMean: false,
  sum: false,
}

/**
 * Whether the gradient of a loss is the average, the sum or a weighted average of the gradients of its samples.
 * A positive answer is proved by steps, a negative one by a batch with numbers; else it is undecided.
 * @throws LimitError when a stated limit is reached.
 */
export function analyzeLinearity(
  loss: Expr,
  declared: Scope,
  variables: readonly SymbolTerm[],
  search: Search = 'best',
): Linearity {
  const scope = scopeOfAveraging(loss, declared, variables)
  const told = { ...nothing, loss, scope, variables }
  const samples = findSamples(loss, scope)
  if (samples === undefined) {
    const because = 'no sum, product or maximum runs over samples'
    return { ...told, verdict: 'no-samples', because }
  }
  const { count } = samples
  const gatherer = new Gatherer(samples, scope)
  const constant = 'what depends on the samples has no parameter in it, or cancels'
  if (gatherer.isConstant(loss)) return { ...told, verdict: 'no-samples', because: constant }
  const { phases, term, outcome } = linearize(loss, scope, samples)
  if (outcome.kind !== 'stuck') {
    const found = { ...told, ...answer(outcome, samples, scope) }
    const { scale } = outcome
    if (scale === undefined || samples.isCountOnly(scale)) {
      return { ...found, proof: proveLinearity(loss, scope, phases, outcome, samples) }
    }
    const counterexample = findCounterexample(loss, scope, variables, samples, search)
    const obstruction = statisticIn(loss, scale)
    if (counterexample !== undefined) {
      const because = none(obstruction.because, counterexample)
      return { ...found, verdict: 'none', because, microBatches: noMicroBatches, obstruction, counterexample }
    }
    return { ...found, proof: proveLinearity(loss, scope, phases, outcome, samples) }
  }
  if (gatherer.isConstant(term) || samples.isBatchFree(term)) {
    return { ...told, verdict: 'no-samples', because: constant }
  }
  const obstruction = findObstruction(loss, gatherer, outcome.differ)
  const counterexample = findCounterexample(loss, scope, variables, samples, search)
  const reason = obstruction?.because ?? 'it is no sum over the samples'
  return {
    ...told,
    count,
    verdict: counterexample === undefined ? 'undecided' : 'none',
    because: counterexample === undefined ? undecided(reason) : none(reason, counterexample),
    microBatches: counterexample === undefined ? undefined : noMicroBatches,
    obstruction,
    counterexample,
  }
}

/** What a derivation ends with: the same answer in a sentence, where there are samples. */
export function closingSentences({ verdict, obstruction }: Linearity): readonly string[] {
  switch (verdict) {
    case 'mean':
      return [
        'The gradient is linear over the sum: the gradient of the average is the average of the gradients.',
      ]
    case 'sum':
      return ['The gradient is linear over the sum: the gradient of the sum is the sum of the gradients.']
    case 'weighted':
      return [
        'The gradient is linear over the sum: it is the weighted average of the gradients of the samples.',
      ]
    case 'none':
      return [
        `The gradient is not the average of the gradients of the samples${obstruction === undefined ? '' : `: ${obstruction.because}`}.`,
      ]
    case 'no-samples':
    case 'undecided':
      return []
  }
}

type Answer = Pick<
  Linearity,
  | 'verdict'
  | 'because'
  | 'count'
  | 'index'
  | 'range'
  | 'perSample'
  | 'weight'
  | 'rest'
  | 'scale'
  | 'microBatches'
  | 'combination'
>

function answer(gathered: Gathered, samples: Samples, scope: Scope): Answer {
  const { kind, perSample, weight, rest, scale, term } = gathered
  const { store } = scope
  const index = store.symbol(freeLetter(term, scope))
  const role = roleOfRest(gathered, samples, scope)
  return {
    verdict: kind,
    because: positive(gathered, samples, role),
    count: samples.count,
    index,
    range: { from: samples.from, to: samples.to },
    perSample: instantiate(store, perSample, index),
    weight: weight && instantiate(store, weight, index),
    rest,
    scale,
    microBatches: microBatchesOf(gathered, role),
    combination: combinationOf(gathered, samples, role),
  }
}

/**
 * What a rest is to micro-batches: without a gradient; the same on each; of another value by the size of each; or
 * the like average or sum over another population, of which each micro-batch has its share.
 */
type RoleOfRest = 'still' | 'same' | 'counting' | 'shared'

function roleOfRest({ kind, rest, scale }: Gathered, samples: Samples, scope: Scope): RoleOfRest {
  if (rest === undefined || new Gatherer(samples, scope).isConstant(rest)) return 'still'
  const others = kind === 'weighted' ? [] : samples.otherPopulations()
  const isShared = others.some((population) => {
    const gatherer = new Gatherer(population, scope)
    const other = gatherer.gather(rest)
    if (other.kind !== kind || other.scale !== undefined || scale !== undefined) return false
    if (other.rest === undefined || gatherer.isConstant(other.rest)) return true
    return kind === 'mean' && !population.mentions(other.rest)
  })
  if (isShared) return 'shared'
  return samples.mentions(rest) ? 'counting' : 'same'
}

/** The letter of the samples' index, or another that is not in use. */
function freeLetter(term: Expr, scope: Scope): string {
  const hint = hintIn(term)
  const isFree = (letter: string) => !term.names.has(letter) && scope.declaration(letter) === undefined
  return [hint, 'i', 'j', 'n', 'l', 'q', 'r', 's'].find(isFree) ?? 'i'
}

function hintIn(term: Expr): string {
  if (term.kind === 'big') return term.hint
  for (const arg of term.args) {
    const hint = hintIn(arg)
    if (hint !== '') return hint
  }
  return ''
}

/** What is exact for every split, thought through for each form; the law test holds it to numbers. */
function microBatchesOf({ kind, scale }: Gathered, role: RoleOfRest): MicroBatches {
  const isMean = kind === 'mean' && role !== 'counting'
  return {
    equalMean: isMean,
    unequalMean: false,
    sizeWeightedMean: isMean,
    sum: kind === 'sum' && scale === undefined && (role === 'still' || role === 'shared'),
  }
}

function combinationOf({ kind, scale }: Gathered, samples: Samples, role: RoleOfRest): Combination {
  // A rest that is the same on every micro-batch belongs to each sample where the weights add up to 1.
  const restOnce = role === 'counting' || (kind === 'sum' && role === 'same')
  if (kind !== 'sum') return { by: kind === 'mean' ? 'size' : 'weight', restOnce }
  if (scale === undefined) return { by: 'sum', restOnce }
  return { by: samples.isCountOnly(scale) ? 'scale' : 'statistic', restOnce }
}

function positive({ kind, rest, scale }: Gathered, samples: Samples, role: RoleOfRest): string {
  const what = {
    mean: 'one over the number of samples stands in front of the sum, and each of its terms has one sample alone in it',
    sum: 'each term of the sum has one sample alone in it',
    weighted:
      'each term of the sum has one sample alone in it, and the weights are free of the parameters; the plain mean of micro-batches is wrong unless their weights add up to the same, as when gradients are accumulated over means of unequal counts',
  }[kind]
  const factor =
    scale === undefined
      ? ''
      : `; the factor in front depends on the ${samples.isCountOnly(scale) ? 'size' : 'data'} of the batch, so a micro-batch has another one`
  return `${what}${factor}${rest === undefined ? '' : `; ${aboutRest(kind, role)}`}`
}

function aboutRest(kind: Gathered['kind'], role: RoleOfRest): string {
  switch (role) {
    case 'still':
      return 'the rest has no parameter in it and no gradient'
    case 'shared':
      return `the rest is ${kind === 'mean' ? 'an average' : 'a sum'} over another population, of which each micro-batch is to have the same share`
    case 'counting':
      return 'the rest depends on the size of the batch, so it is to be added once and not for every micro-batch'
    case 'same':
      return kind === 'sum'
        ? 'the rest belongs to no sample: it is added once, not once for every micro-batch'
        : 'the rest is free of the samples and belongs to the loss of each'
  }
}

function none(reason: string, { isPerSample }: Counterexample): string {
  return isPerSample ? reason : `${reason}; on one sample alone the loss has no value or no gradient`
}

function undecided(reason: string): string {
  return `undecided: ${reason}, so there is no proof, but no batch was found either on which the gradients differ`
}
