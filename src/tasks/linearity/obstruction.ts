import type { Obstruction } from '../../derivation/linearity.ts'
import { instantiateAll } from '../../term/binder.ts'
import type { BinderOperation, Expr } from '../../term/expr.ts'
import { bindersAlong, type Path } from '../../term/path.ts'
import type { TermStore } from '../../term/store.ts'
import type { Gatherer } from './gather.ts'
import { factorsOf } from './monomial.ts'
import type { Samples } from './samples.ts'

/** What a loss is told to be where its gradient is not linear over the samples. */
export function findObstruction(loss: Expr, gatherer: Gatherer, differ: boolean): Obstruction | undefined {
  const found = new Search(gatherer).visit(loss, [])
  if (found !== undefined) return { ...found, term: withLetters(loss, found, gatherer.scope.store) }
  return differ
    ? {
        at: [],
        term: loss,
        because: 'its sums over the samples do not have the same factor: no one average is its gradient',
      }
    : undefined
}

/**
 * Where a factor in front of the sum comes from that is made of the data of the whole batch, as 1/\sum_i (y_i - \bar y)^2 in R²:
 * the loss of one sample has another one, and so has a micro-batch.
 */
export function statisticIn(loss: Expr, scale: Expr): Obstruction {
  const parts = scale.kind === 'div' ? scale.args.flatMap(factorsOf) : factorsOf(scale)
  const found = parts
    .filter((part) => part.kind !== 'number')
    .map((part) => ({ part, at: pathTo(loss, part) }))
    .find(({ at }) => at !== undefined && at.length > 0)
  return {
    at: found?.at ?? [],
    term: found?.part ?? loss,
    because:
      'this factor is made of the data of the whole batch, so that a sample or a micro-batch alone has another one',
  }
}

function pathTo(term: Expr, part: Expr): Path | undefined {
  if (term === part) return []
  for (const [i, arg] of term.args.entries()) {
    const rest = pathTo(arg, part)
    if (rest !== undefined) return [i, ...rest]
  }
  return undefined
}

/** The part as it stands in the loss: its indices keep the letters of the sums around it. */
function withLetters(loss: Expr, { at, term }: Obstruction, store: TermStore): Expr {
  const letters = bindersAlong(loss, at).map(({ hint }) => store.symbol(hint))
  return instantiateAll(store, term, letters)
}

class Search {
  readonly #gatherer: Gatherer
  readonly #samples: Samples

  constructor(gatherer: Gatherer) {
    this.#gatherer = gatherer
    this.#samples = gatherer.samples
  }

  /** The outermost operation that is not linear in what it holds of the batch. */
  visit(term: Expr, at: Path): Obstruction | undefined {
    if (!this.#mayObstruct(term)) return undefined
    const told = (because: string): Obstruction => ({ at, term, because })
    switch (term.kind) {
      case 'add':
      case 'neg':
        return this.#first(term, at)
      case 'mul':
        return this.#product(term, at)
      case 'div':
        return this.#quotient(term, at)
      case 'big':
        return this.#big(term, at)
      case 'symbol':
      case 'apply': {
        const { scope } = this.#gatherer
        const definition = scope.unfold(term)
        const inner = definition === undefined ? undefined : this.visit(definition, [])
        if (inner !== undefined) return told(`by the definition of ${term.name}, ${inner.because}`)
        return told(
          term.kind === 'apply'
            ? `the function ${term.name} is applied to the whole batch`
            : 'it speaks of one sample by its number',
        )
      }
      case 'call':
        return told(`${nameOfCall(term.name)} stands outside the ${this.#whole(term)} over the samples`)
      case 'pow':
        return told(`a power of the ${this.#whole(term)} over the samples is taken`)
      case 'piecewise':
      case 'relation':
      case 'logical':
        return told('cases are told apart by the whole batch')
      default:
        return told('it depends on the whole batch')
    }
  }

  /** Whether the term depends on more than the number of samples and is no sum over single samples. */
  #mayObstruct(term: Expr): boolean {
    return (
      !this.#samples.isCountOnly(term) &&
      !this.#gatherer.isConstant(term) &&
      this.#gatherer.gather(term).kind === 'stuck'
    )
  }

  #first(term: Expr, at: Path, positions: Iterable<number> = term.args.keys()): Obstruction | undefined {
    for (const position of positions) {
      const found = this.visit(term.args[position]!, [...at, position])
      if (found !== undefined) return found
    }
    return undefined
  }

  #product(term: Expr, at: Path): Obstruction | undefined {
    const wide = [...term.args.keys()].filter((i) => !this.#samples.isCountOnly(term.args[i]!))
    if (wide.length < 2) return this.#first(term, at)
    const moving = wide.filter((i) => !this.#gatherer.isConstant(term.args[i]!))
    if (moving.length > 1)
      return { at, term, because: 'sums over the samples are multiplied with each other' }
    const because = 'the sum over the samples is multiplied by another value of the batch'
    return this.#first(term, at) ?? { at, term, because }
  }

  #quotient(term: Expr, at: Path): Obstruction | undefined {
    const [above, below] = term.args as [Expr, Expr]
    if (this.#samples.isCountOnly(below)) return this.visit(above, [...at, 0])
    if (this.#samples.isCountOnly(above)) {
      return { at, term, because: 'a sum over the samples stands in a denominator' }
    }
    if (this.#gatherer.isConstant(below)) {
      const inside = this.#first(term, at, [0])
      return (
        inside ?? { at: [...at, 1], term: below, because: 'the divisor speaks of one sample by its number' }
      )
    }
    return { at, term, because: 'a sum over the samples is divided by another one that has parameters' }
  }

  #big(term: Expr & { kind: 'big' }, at: Path): Obstruction {
    const told = (because: string): Obstruction => ({ at, term, because })
    const isOver = this.#samples.isOverSamples(term)
    if (!isOver) {
      const isPart = this.#samples.runsOverOthers(term)
      const inner = isPart ? this.#coupling(term.args[2]!, [...at, 2], 0, true) : this.#first(term, at, [2])
      return inner ?? told('a sum runs over a part of the samples')
    }
    if (term.name === 'prod') return told('a product over the samples is no sum of their losses')
    if (term.name !== 'sum') {
      return told(`only the ${term.name === 'max' ? 'largest' : 'smallest'} sample has a gradient`)
    }
    return (
      this.#coupling(term.args[2]!, [...at, 2], 0, true) ??
      told('the term of one sample has the number of samples in it')
    )
  }

  /** What couples the term of one sample with others; `isLinear` where no function stands around it. */
  #coupling(term: Expr, at: Path, level: number, isLinear: boolean): Obstruction | undefined {
    if (term.kind === 'bound' && term.level === level) {
      return { at, term, because: 'the number of the sample itself is a value' }
    }
    const { scope } = this.#gatherer
    if (term.kind === 'symbol' || term.kind === 'apply') {
      const definition = scope.unfold(term)
      if (definition !== undefined) {
        const inner = this.#coupling(definition, [], level, false)
        return inner && { at, term, because: `by the definition of ${term.name}, ${inner.because}` }
      }
      for (const [position, index] of term.args.entries()) {
        // x_t is of the sample t, and x_{t+1} of another, whether or not it is known how far x goes.
        if (term.kind === 'symbol' && index.kind === 'bound') continue
        const counts =
          term.kind === 'symbol' &&
          (index.kind === 'add' || this.#samples.isSamplePosition(term.name, position))
        if (!counts) {
          const found = this.#coupling(index, [...at, position], level, false)
          if (found !== undefined) return found
        } else if (this.#holdsIndex(index, level)) {
          return { at, term, because: 'the term of one sample has another sample in it' }
        }
      }
      return undefined
    }
    if (term.kind === 'big' && this.#samples.runsOverOthers(term)) {
      const bounds = [term.args[0]!, term.args[1]!]
      if (bounds.some((bound) => this.#holdsIndex(bound, level))) {
        return { at, term, because: 'the term of one sample has a sum over a set of other samples in it' }
      }
      const isPair = isLinear && this.#holdsIndex(term.args[2]!, level + 1)
      const because = isPair
        ? 'its terms are pairs of samples: those of which the two stand in different micro-batches are lost'
        : 'the term of one sample has a sum over all samples in it'
      return { at, term, because }
    }
    for (const [position, arg] of term.args.entries()) {
      const inner = term.kind === 'big' && position === 2 ? level + 1 : level
      const found = this.#coupling(arg, [...at, position], inner, isLinear && linearKinds.has(term.kind))
      if (found !== undefined) return found
    }
    return undefined
  }

  /** What is taken over the samples in the term: their sum, a product, the largest. */
  #whole(term: Expr): string {
    if (this.#samples.isOverSamples(term) && term.kind === 'big') return wholes[term.name]
    const inner = term.args.find((arg) => this.#samples.mentions(arg) && !this.#samples.isCountOnly(arg))
    return inner === undefined ? wholes.sum : this.#whole(inner)
  }

  #holdsIndex(term: Expr, level: number): boolean {
    return (term.loose & (1 << level)) !== 0
  }
}

const linearKinds: ReadonlySet<Expr['kind']> = new Set(['add', 'neg', 'mul', 'div', 'big'])

const wholes: Readonly<Record<BinderOperation, string>> = {
  sum: 'sum',
  prod: 'product',
  max: 'maximum',
  min: 'minimum',
}

function nameOfCall(name: string): string {
  return calls.get(name) ?? `the function ${name}`
}

const calls: ReadonlyMap<string, string> = new Map([
  ['sqrt', 'the square root'],
  ['log', 'the logarithm'],
  ['exp', 'the exponential'],
  ['abs', 'the absolute value'],
  ['max', 'the maximum'],
  ['min', 'the minimum'],
])
