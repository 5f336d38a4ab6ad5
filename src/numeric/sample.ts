import type { Expr } from '../term/expr.ts'
import { nabla, type Scope } from '../term/scope.ts'
import { compileRelation } from './clear-relation.ts'
import { chooseOne, drawNumber, drawRound, type Mood, moods, normalize } from './draw.ts'
import { type Environment, EvaluateError, type Value } from './environment.ts'
import { compileTerms } from './evaluate.ts'
import { type Extents, surveyExtents } from './extent.ts'
import { hashText, randomNumbers } from './random.ts'
import { randomFunction } from './random-function.ts'
import { type Limits, limitsFrom, surveyTerms, type Use } from './survey.ts'
import { TermCompiler } from './term-compiler.ts'

export interface SampleOptions {
  readonly count: number
  /** The same seed gives the same points. */
  readonly seed: number
  /** Relations that must hold besides the facts of the scope; a free index in one stands for all its values. */
  readonly conditions?: readonly Expr[]
  /** Terms whose names get values too, though they need not have a value everywhere. */
  readonly beside?: readonly Expr[]
  /** The smallest number of samples, classes and the like; 2 unless said otherwise. */
  readonly smallestCount?: number
  /** The free indices that stand for one value all the same, such as the k of a derivative by w_k. */
  readonly single?: readonly string[]
  /** The largest number of environments to try; enough for every point unless said otherwise. */
  readonly tries?: number
  /** Values of counts, such as how many samples there are; others are drawn. */
  readonly counts?: ReadonlyMap<string, number>
  /** Whether free indices stay where the arrays they index are said to begin and to end. */
  readonly areIndicesInside?: boolean
  /** Whether numbers are integers, halves and quarters, so that a person can compute with them. */
  readonly round?: boolean
}

const triesPerPoint = 200
const noNames: ReadonlySet<string> = new Set()
/** How often counts are drawn again, ever larger ones, where a range is not proper. */
const countTries = 16
/** Arrays for which no range is known. */
const defaultLength = 4

/**
 * Environments in which all terms are finite and all facts and conditions hold, with some distance from where
 * they cease to hold. There may be fewer than asked for, where the domain is hard to hit.
 * @throws EvaluateError when the terms cannot be evaluated whatever the values.
 */
export function samplePoints(terms: readonly Expr[], scope: Scope, options: SampleOptions): Environment[] {
  const random = randomNumbers(options.seed)
  const relations = [...scope.facts, ...(options.conditions ?? [])]
  const all = [...terms, ...(options.beside ?? []), ...relations]
  const extents = surveyExtents(all, scope)
  const draw = new Sampler(surveyTerms(all, scope), limitsFrom(relations), scope, options, extents)
  const values = compileTerms(terms, scope)
  const single = new Set(options.single)
  const holds = [
    ...scope.facts.map((fact) => compileRelation(fact, scope, noNames)),
    ...(options.conditions ?? []).map((condition) => compileRelation(condition, scope, single)),
  ]
  const maximumTries = Math.min(options.tries ?? Number.POSITIVE_INFINITY, triesPerPoint * options.count)
  const points: Environment[] = []
  let failure: EvaluateError | undefined
  let hasValue = false
  // A mood that worked is likely to work again.
  let mood = 0
  for (let tries = 0; points.length < options.count && tries < maximumTries; tries++) {
    const environment = draw.environment(moods[mood % moods.length]!, random)
    if (environment === undefined) continue
    try {
      const isInside = values(environment).every(Number.isFinite)
      hasValue = true
      if (isInside && holds.every((relation) => relation(environment))) {
        points.push(environment)
        continue
      }
    } catch (error) {
      if (!(error instanceof EvaluateError)) throw error
      failure = error
      draw.slack = Math.min(draw.slack + 1, 3)
    }
    mood++
  }
  if (!hasValue && failure !== undefined) throw failure
  return points
}

/** Draws values for the names that are used. */
class Sampler {
  /** Elements added to each array: an index such as t + 1 may leave the declared range. */
  slack = 0
  /** How many environments were drawn. */
  #turn = 0
  readonly #counts: readonly Use[]
  readonly #indices: readonly Use[]
  readonly #others: readonly Use[]

  constructor(
    uses: ReadonlyMap<string, Use>,
    readonly limits: ReadonlyMap<string, Limits>,
    readonly scope: Scope,
    readonly options: SampleOptions,
    readonly extents: Extents,
  ) {
    const all = [...uses.values()]
    const isCount = (use: Use) =>
      !use.isFunction && use.indices === 0 && (use.isBound || scope.role(use.name) === 'count')
    this.#counts = all.filter(isCount)
    this.#indices = all.filter(
      (use) => !isCount(use) && (use.indexes.length > 0 || scope.role(use.name) === 'index'),
    )
    const rest = new Set([...this.#counts, ...this.#indices])
    this.#others = all.filter((use) => !rest.has(use))
  }

  /** Nothing where a free index has no value, since the array it runs over is empty. */
  environment(mood: Mood, random: () => number): Environment | undefined {
    // A plain object, as users write one; own properties keep names such as `__proto__` apart.
    const values = this.#drawCounts(random)
    for (const use of this.#others) {
      if (!use.isFunction && use.indices === 0 && isConstant(use.name, this.scope)) continue
      const own: Mood = mood === 'mixed' ? moods[Math.floor(3 * random())]! : mood
      values.set(
        use.name,
        use.isFunction ? randomFunction(seedFrom(use.name, random)) : this.#array(use, own, values, random),
      )
    }
    this.#turn++
    for (const use of this.#indices) {
      const drawn = this.#index(use, values, random)
      if (drawn === undefined) return undefined
      values.set(use.name, drawn)
    }
    if (this.scope.namesWithRole('function').length > 0) values.set(nabla, seedFrom(nabla, random))
    return Object.fromEntries(values)
  }

  /** A range of negative length, as 2..n-1 is for n = 0, is what no author means. */
  #drawCounts(random: () => number): Map<string, Value> {
    const least = this.options.smallestCount ?? 2
    const most = this.options.round ? least : 4
    const values = new Map<string, Value>()
    for (let raised = 0; raised <= countTries; raised++) {
      for (const { name } of this.#counts) {
        const drawn = least + Math.floor((most + 1 - least) * random()) + Math.floor(raised / 4)
        values.set(name, this.options.counts?.get(name) ?? drawn)
      }
      if (this.extents.areProper(values)) break
    }
    return values
  }

  #array(use: Use, mood: Mood, values: ReadonlyMap<string, Value>, random: () => number): Value {
    const limits = this.limits.get(use.name) ?? {}
    const fill = (position: number): Value =>
      position === use.indices
        ? this.#number(use, limits, mood, random)
        : Array.from({ length: this.#length(use.name, position, values) }, () => fill(position + 1))
    const array = fill(0)
    const { sumsTo, values: choices } = limits
    if (sumsTo !== undefined) {
      if (choices?.includes(0) && choices.includes(sumsTo.total)) chooseOne(array, sumsTo, random)
      else normalize(array, sumsTo.position, sumsTo.total)
    }
    return array
  }

  #number({ name, isBound }: Use, limits: Limits, mood: Mood, random: () => number): number {
    // how long each sequence is: an array of counts
    if (isBound || this.scope.role(name) === 'count') return 1 + Math.floor(3 * random())
    const own = isPositive(name, this.scope) ? 'positive' : mood
    return this.options.round ? drawRound(limits, own, random) : drawNumber(limits, own, random)
  }

  /** An integer, or integers, that fit all arrays they index. */
  #index(use: Use, values: ReadonlyMap<string, Value>, random: () => number): Value | undefined {
    const starts: number[] = use.indexes.map(({ name, position }) => this.#base(name, position))
    if (this.options.areIndicesInside && use.indices === 0) {
      starts.push(...use.indexes.flatMap((place) => this.#endOf(place, 'from', values) ?? []))
    }
    const first = Math.max(1, ...starts)
    const lasts = use.indexes.map(
      ({ name, position }) =>
        this.#length(name, position, values) - this.slack - 1 + this.#base(name, position),
    )
    const declared = this.#lastOfRange(use.name, values)
    if (declared !== undefined) lasts.push(declared)
    if (this.options.areIndicesInside && use.indices === 0) {
      lasts.push(...use.indexes.flatMap((place) => this.#endOf(place, 'to', values) ?? []))
    }
    const end = lasts.length === 0 ? Math.max(2, first) : Math.min(...lasts)
    if (this.options.areIndicesInside && use.indices === 0 && end < first) return undefined
    const last = Math.max(first, end)
    const draw = () => {
      const drawn = first + Math.floor((last - first + 1) * random())
      // What shifts an index, or sums only part of a range, differs at the ends.
      return this.#turn % 4 === 0 ? first : this.#turn % 4 === 1 ? last : drawn
    }
    const fill = (position: number): Value =>
      position === use.indices
        ? draw()
        : Array.from({ length: this.#length(use.name, position, values) }, () => fill(position + 1))
    return fill(0)
  }

  /** Where the range of an array begins or ends, as at 2 in a sum of u_t over t = 2..T. */
  #endOf(
    { name, position }: Use['indexes'][number],
    end: 'from' | 'to',
    values: ReadonlyMap<string, Value>,
  ): number | undefined {
    const at = this.scope.declaration(name)?.ranges[position]?.[end]
    return at === undefined || at.loose !== 0 ? undefined : this.#integer(at, values)
  }

  #integer(term: Expr, values: ReadonlyMap<string, Value>): number | undefined {
    try {
      return Math.round((compileTerms([term], this.scope)(values) as [number])[0])
    } catch (error) {
      if (error instanceof EvaluateError) return undefined
      throw error
    }
  }

  /** The end of the range that an index is declared with. */
  #lastOfRange(name: string, values: ReadonlyMap<string, Value>): number | undefined {
    const to = this.scope.role(name) === 'index' ? this.scope.declaration(name)?.ranges[0]?.to : undefined
    return to === undefined || to.loose !== 0 ? undefined : this.#integer(to, values)
  }

  #base(name: string, position: number): 0 | 1 {
    return new TermCompiler(this.scope).indexBase(name, position)
  }

  #length(name: string, position: number, values: ReadonlyMap<string, Value>): number {
    const to = this.scope.declaration(name)?.ranges[position]?.to
    if (to === undefined || to.loose !== 0) {
      const last = this.extents.lastOf(name, position, values)
      const length = last === undefined ? defaultLength : Math.max(1, last + 1 - this.#base(name, position))
      return length + this.slack
    }
    try {
      const [last] = compileTerms([to], this.scope)(values) as [number]
      return Math.max(1, Math.round(last) + 1 - this.#base(name, position)) + this.slack
    } catch (error) {
      if (error instanceof EvaluateError) return defaultLength + this.slack
      throw error
    }
  }
}

function isConstant(name: string, scope: Scope): boolean {
  const role = scope.role(name)
  return (name === 'pi' || name === 'e') && (role === undefined || role === 'constant')
}

function isPositive(name: string, scope: Scope): boolean {
  return scope.role(name) === 'hyperparameter'
}

function seedFrom(name: string, random: () => number): number {
  return (hashText(name) ^ Math.floor(random() * 4294967296)) >>> 1
}
