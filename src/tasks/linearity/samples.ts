import { type BigTerm, type Expr, isNumber } from '../../term/expr.ts'
import type { IndexRange, Scope } from '../../term/scope.ts'

/** Letters that count classes, components or features, and are not taken for the number of samples. */
const otherCounts: ReadonlySet<string> = new Set(['K', 'C', 'd', 'D'])

/**
 * Which index is that of the samples, and what a term has to do with them. The samples are what the first
 * index of the data counts: up to N or n where there is a choice, else in the outermost sum.
 */
export class Samples {
  /** The name of the number of samples: on a micro-batch it is the size of the micro-batch. */
  readonly name: string
  readonly count: Expr
  readonly #scope: Scope
  readonly #range: IndexRange
  /** Upper bounds of the ranges of other populations, such as the negatives beside the positives. */
  readonly #others: ReadonlySet<Expr>
  readonly #mentioning: ReadonlySet<string>
  readonly #known = new Map<string, Map<Expr, boolean>>()

  constructor(range: IndexRange, others: ReadonlySet<Expr>, scope: Scope) {
    this.#range = range
    this.#others = others
    this.#scope = scope
    this.count = countOf(range)!
    this.name = 'name' in this.count ? this.count.name : ''
    this.#mentioning = namesThatUse(
      new Set([this.name, ...[...others].flatMap((to) => [...to.names])]),
      scope,
    )
  }

  get from(): Expr {
    return this.#range.from
  }

  get to(): Expr {
    return this.#range.to
  }

  /** The names of the sizes of the batch and of other populations in it. */
  get sizes(): readonly string[] {
    return [this.name, ...[...this.#others].flatMap((to) => (to.kind === 'symbol' ? [to.name] : []))]
  }

  /** The other populations, each taken for the samples. */
  otherPopulations(): readonly Samples[] {
    return [...this.#others].map((to) => {
      const rest = [...this.#others].filter((other) => other !== to)
      return new Samples({ from: this.#range.from, to }, new Set([this.#range.to, ...rest]), this.#scope)
    })
  }

  /** Whether a sum, product, … runs over all samples. */
  isOverSamples(term: Expr): boolean {
    return term.kind === 'big' && term.args[0] === this.#range.from && term.args[1] === this.#range.to
  }

  isSampleSum(term: Expr): boolean {
    return term.kind === 'big' && term.name === 'sum' && this.isOverSamples(term)
  }

  /** Whether a sum, product, … takes in samples, a part of them perhaps, or another population. */
  runsOverOthers(term: BigTerm): boolean {
    return (
      this.mentions(term.args[0]!) || this.mentions(term.args[1]!) || this.isOtherPopulation(term.args[1])
    )
  }

  /** Whether the position of a name counts samples. */
  isSamplePosition(name: string, position: number): boolean {
    return this.#rangeEnd(name, position) === this.#range.to
  }

  /** Whether it counts samples or another population: a micro-batch has a part of each. */
  isBatchPosition(name: string, position: number): boolean {
    return this.isSamplePosition(name, position) || this.isOtherPopulation(this.#rangeEnd(name, position))
  }

  /** Whether an upper bound is that of another population. */
  isOtherPopulation(to: Expr | undefined): boolean {
    return to !== undefined && this.#others.has(to)
  }

  #rangeEnd(name: string, position: number): Expr | undefined {
    return this.#scope.declaration(name)?.ranges[position]?.to
  }

  /** Whether the number of samples occurs in the term, as in the bounds of every sum over the samples. */
  mentions(term: Expr): boolean {
    for (const name of this.#mentioning) if (term.names.has(name)) return true
    return false
  }

  /**
   * Whether the body of a binder has the same value for a sample whatever the batch: its index stands only
   * where samples are counted, and neither another sample nor the number of samples occurs.
   */
  isPerSample(body: Expr): boolean {
    return this.#isAlone(body, 0)
  }

  /** Whether no sample and no number of samples occurs in the term. */
  isBatchFree(term: Expr): boolean {
    return this.#isAlone(term, -1)
  }

  /** Whether the term depends on the batch by the number of samples alone. */
  isCountOnly(term: Expr): boolean {
    return this.#isAlone(term, -1, true)
  }

  /** A term that is used again and again, by names and their definitions, is judged once. */
  #isAlone(term: Expr, level: number, mayCount = false): boolean {
    if (term.args.length === 0) return this.#judge(term, level, mayCount)
    const key = `${level} ${mayCount}`
    let known = this.#known.get(key)
    if (known === undefined) {
      known = new Map()
      this.#known.set(key, known)
    }
    let isAlone = known.get(term)
    if (isAlone === undefined) {
      isAlone = this.#judge(term, level, mayCount)
      known.set(term, isAlone)
    }
    return isAlone
  }

  #judge(term: Expr, level: number, mayCount: boolean): boolean {
    switch (term.kind) {
      case 'bound':
        return term.level !== level
      case 'symbol': {
        const definition = this.#scope.unfold(term)
        if (definition !== undefined) return this.#isAlone(definition, level, mayCount)
        if (term.name === this.name && term.args.length === 0) return mayCount
        return term.args.every((index, position) =>
          this.isSamplePosition(term.name, position)
            ? level >= 0 && index.kind === 'bound' && index.level === level
            : this.#isAlone(index, level, mayCount),
        )
      }
      case 'apply': {
        const definition = this.#scope.unfold(term)
        if (definition !== undefined) return this.#isAlone(definition, level, mayCount)
        // An undefined r(theta, t) is what belongs to the sample t, as r_t is.
        const isTheSample = (arg: Expr) => level >= 0 && arg.kind === 'bound' && arg.level === level
        return term.args.every((arg) => isTheSample(arg) || this.#isAlone(arg, level, mayCount))
      }
      case 'big': {
        // A sum over another population is the same for every batch unless the sample stands in it.
        if (this.isOverSamples(term) || (level >= 0 && this.isOtherPopulation(term.args[1]))) return false
        const [from, to, body] = term.args as [Expr, Expr, Expr]
        return (
          this.#isAlone(from, level) &&
          this.#isAlone(to, level) &&
          this.#isAlone(body, level < 0 ? level : level + 1, mayCount)
        )
      }
      default:
        return term.args.every((arg) => this.#isAlone(arg, level, mayCount))
    }
  }
}

/** The samples of a loss; nothing where nothing is per sample. */
export function findSamples(loss: Expr, scope: Scope): Samples | undefined {
  const ranges = rangesOf(loss, scope)
  const counted = ranges.filter((range) => {
    const name = nameOfCount(range)
    return name !== undefined && !otherCounts.has(name) && isCountedByData(range, scope)
  })
  const candidates =
    counted.length > 0 ? counted : ranges.filter((range) => /^[Nn]$/.test(nameOfCount(range) ?? ''))
  const rank = (range: IndexRange) => ['N', 'n'].indexOf(nameOfCount(range)!) + 1 || 3
  const [chosen] = [...candidates].sort((a, b) => rank(a) - rank(b))
  if (chosen === undefined) return undefined
  const others = counted.filter((range) => range.to !== chosen.to && hasDataOfItsOwn(range, chosen, scope))
  return new Samples(chosen, new Set(others.map(({ to }) => to)), scope)
}

/** The ranges whose bounds are those of a count, 1..N or 0..N-1: of sums and the like, outermost first, then of data. */
function rangesOf(loss: Expr, scope: Scope): IndexRange[] {
  const found: IndexRange[] = []
  const seen = new Set<Expr>()
  const add = (range: IndexRange): void => {
    const isKnown = found.some(({ from, to }) => from === range.from && to === range.to)
    if (!isKnown && countOf(range) !== undefined) found.push(range)
  }
  const visit = (term: Expr): void => {
    if (seen.has(term)) return
    seen.add(term)
    if (term.kind === 'big') add({ from: term.args[0]!, to: term.args[1]! })
    for (const arg of term.args) visit(arg)
    if (term.kind === 'symbol' || term.kind === 'apply') {
      const definition = scope.declaration(term.name)?.definition
      if (definition !== undefined) visit(definition.body)
    }
  }
  visit(loss)
  for (const { role, ranges } of scope.declarations)
    if (role === 'data' && ranges[0] !== undefined) add(ranges[0])
  return found
}

/** How many indices the range has, where that is a name alone. */
function countOf({ from, to }: IndexRange): Expr | undefined {
  if (isNumber(from, 1) && to.kind === 'symbol' && to.args.length === 0) return to
  if (!isNumber(from, 0) || to.kind !== 'add' || to.args.length !== 2) return undefined
  const [count, minus] = to.args as [Expr, Expr]
  const isOneLess = minus.kind === 'neg' && isNumber(minus.args[0]!, 1)
  return isOneLess && count.kind === 'symbol' && count.args.length === 0 ? count : undefined
}

function nameOfCount(range: IndexRange): string | undefined {
  const count = countOf(range)
  return count?.kind === 'symbol' ? count.name : undefined
}

function isCountedByData({ to }: IndexRange, scope: Scope): boolean {
  return [...scope.declarations].some(({ role, ranges }) => role === 'data' && ranges[0]?.to === to)
}

/** Data that are indexed by the range and not by that of the samples: a population of its own. */
function hasDataOfItsOwn({ to }: IndexRange, samples: IndexRange, scope: Scope): boolean {
  return [...scope.declarations].some(
    ({ role, ranges }) =>
      role === 'data' && ranges[0]?.to === to && !ranges.some((range) => range?.to === samples.to),
  )
}

/** The names, and those whose definitions use one of them, directly or not. */
function namesThatUse(names: ReadonlySet<string>, scope: Scope): ReadonlySet<string> {
  const using = new Set(names)
  for (let grown = true; grown; ) {
    grown = false
    for (const { name, definition } of scope.declarations) {
      if (definition === undefined || using.has(name)) continue
      if (![...using].some((used) => definition.body.names.has(used))) continue
      using.add(name)
      grown = true
    }
  }
  return using
}
