import { ReadError, type ReadOptions, SharedReading, type Source } from '../../read/index.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { derivativeBy } from '../../term/power-variable.ts'
import { nabla, Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import type { WrittenDocument } from './document.ts'
import type { WrittenLine } from './equation.ts'
import { combine, entriesOf } from './gradient-vector.ts'
import { headName, isExpression, type LeftSide } from './left-side.ts'
import { openNames } from './open-name.ts'
import { isLossName, lossName, type Plan, planReading } from './plan.ts'
import {
  atComponents,
  freshLetters,
  hasVectorMarks,
  isColumn,
  speaksOfTheSame,
  speaksOfVectors,
  variablesOf,
  wholeVariable,
} from './plan-survey.ts'
import { readableText } from './readable-text.ts'

/** How a derivation is to be read; what the document says of itself stands behind what is given here. */
export interface CheckOptions extends Omit<ReadOptions, 'store' | 'maxNodes' | 'wrt'> {
  /** The loss, where the document does not begin with it. */
  readonly loss?: string
  readonly wrt?: string | readonly string[]
  /** The seed of the random points. */
  readonly seed?: number
}

/** A line as it was understood. */
export interface ReadLine extends WrittenLine {
  readonly term: Expr | ReadError
  /** The text with what it needs to be read again. */
  readonly source: Source
  /** Whether it is a list of derivatives, which are judged together. */
  readonly isVector: boolean
}

export interface ReadEquation {
  /** The left side as it is written. */
  readonly written: string
  readonly left: LeftSide
  /** What the lines should equal: the derivative of the loss, or what else stands on the left; nothing where unknown. */
  readonly goal: Expr | undefined
  readonly lines: readonly ReadLine[]
}

/** A document with its lines as terms that share a store and the meaning of their names. */
export interface ReadDerivation {
  readonly equations: readonly ReadEquation[]
  readonly scope: Scope
  /** Names that the lines differentiate but nobody defines. */
  readonly open: ReadonlySet<string>
  readonly store: TermStore
  readonly shared: SharedReading
  readonly latex: boolean
  /** What the first derivative is taken by, as it is written. */
  readonly wrt: string
  /** The loss, where it is known. */
  readonly loss: Expr | undefined
  readonly lossText: string | undefined
}

/**
 * Reads the lines together with the loss and the definitions. Equations in vector notation are read apart from those by
 * components, in which the same letter is a number: each part has all equations, those of the other without lines.
 * @throws ReadError where an option cannot be read.
 */
export function readDerivations(document: WrittenDocument, options: CheckOptions): readonly ReadDerivation[] {
  const plan = planReading(document, options)
  const isVector = plan.equations.map(
    ({ left, lines }) => hasVectorMarks(left) || lines.some(({ text }) => hasVectorMarks(text)),
  )
  const isMixed = isVector.includes(true) && isVector.includes(false)
  if (!isMixed || [plan.loss ?? '', ...plan.lets].some(hasVectorMarks)) return [readPart(plan)]
  return [false, true].map((vector) => {
    const equations = plan.equations.map((equation, i) =>
      isVector[i] === vector ? equation : { ...equation, lines: [] },
    )
    return vector ? readVectors({ ...plan, equations }) : readPart({ ...plan, equations })
  })
}

function readPart(plan: Plan): ReadDerivation {
  if (speaksOfVectors(plan)) return readVectors(plan)
  const reader = new DerivationReader(
    plan,
    plan.lefts.map(() => []),
    'whole',
  )
  const ranks = plan.lefts.map((left, i) =>
    wholeVariable(left, plan) === undefined || isColumn(plan, i) ? 0 : reader.rankOf(left),
  )
  if (Math.max(0, ...ranks) === 0) return reader.derivation()
  const components = ranks.map((rank) => freshLetters(plan, rank))
  return new DerivationReader(plan, components, 'whole').derivation()
}

/** Together with the loss where that can be; in the notation of the lines the loss may mean something else. */
function readVectors(plan: Plan): ReadDerivation {
  const read = (how: Plan) => new DerivationReader(how, componentsOf(how), 'whole').derivation()
  const apart = { ...plan, isLossApart: true }
  if (plan.loss === undefined || plan.isLossWritten) return read(plan)
  if (leavesIndexOut.test(plan.loss)) return read(apart)
  try {
    return read(plan)
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    return read(apart)
  }
}

const leavesIndexOut = /\b(?:sum|prod|mean)\s*\((?!\s*[A-Za-z]\w*\s*(?:=|,\s*\d))/

/**
 * Letters for the indices of what each equation differentiates by as a whole: `\nabla_w` where w is a vector is compared
 * by one component, at a free index. Whether it is one is told from a reading of the lines alone.
 */
function componentsOf(plan: Plan): readonly (readonly string[])[] {
  const none = plan.lefts.map(() => [])
  const isWhole = plan.lefts.map(
    (left, i) =>
      plan.equations[i]!.lines.length > 0 && wholeVariable(left, plan) !== undefined && !isColumn(plan, i),
  )
  if (!isWhole.includes(true)) return none
  for (const count of [1, 2]) {
    const letters = freshLetters(plan, count)
    const components = isWhole.map((whole) => (whole ? letters : []))
    try {
      const reader = new DerivationReader(plan, components, 'lines')
      if (plan.lefts.some((left, i) => isWhole[i] && reader.rankOf(left) === count)) return components
    } catch (error) {
      if (!(error instanceof ReadError)) throw error
    }
  }
  return none
}

/**
 * A loss whose sum leaves its index out, `sum((y - w*x)^2)`, is read apart where the lines speak of vectors: its bare x
 * is one number for each sample, theirs is a vector. Nothing where it can be read together with the lines.
 * @throws ReadError where it cannot be read.
 */
function readApart(plan: Plan): SharedReading | undefined {
  const { loss, isLossApart } = plan
  if (loss === undefined || !isLossApart) return undefined
  const shared = new SharedReading([{ text: loss, latex: plan.isLossLatex }], {
    ...plan.settings,
    let: plan.lets,
  })
  const [term] = shared.terms
  if (term instanceof ReadError) throw term
  return shared
}

interface Places {
  readonly of: number
  readonly by: readonly number[]
  /** A line that is a list of derivatives has a place for each. */
  readonly lines: readonly (readonly number[])[]
}

/** The loss and what stands on the left are read beside the lines, so that all names mean the same in all of them. */
class DerivationReader {
  readonly #plan: Plan
  readonly #sources: Source[] = []
  readonly #places: readonly Places[]
  readonly #lossAt: number
  readonly #wrtAt: number
  readonly #shared: SharedReading
  readonly #apart: SharedReading | undefined

  /** `lines` leaves out what is differentiated by, which is then told from the lines. */
  constructor(plan: Plan, components: readonly (readonly string[])[], extent: 'whole' | 'lines') {
    this.#plan = plan
    const { latex, loss, lefts } = plan
    this.#apart = readApart(plan)
    this.#lossAt =
      loss === undefined || this.#apart !== undefined
        ? -1
        : this.#add({ text: readableText(loss), latex: plan.isLossLatex })
    this.#places = plan.equations.map(({ lines }, i) => {
      const left = plan.lefts[i]!
      const of = left.kind === 'term' ? left.text : left.of
      const name = headName(of)
      const isDefined = name !== '' && plan.lets.some((entry) => headName(entry) === name)
      const isNamed =
        lossName(of) !== '' &&
        lefts.some((other) => other.kind === 'term' && lossName(other.text) === lossName(of))
      const speaks = () => speaksOfTheSame(of, plan, left)
      const isWhole =
        of !== '' &&
        !isNamed &&
        (name === '' ? loss === undefined || speaks() : isExpression(of, latex) && speaks())
      const letters = components[i]!
      return {
        of: lines.length > 0 && (isDefined || isWhole) ? this.#add({ text: of, latex }) : -1,
        by: (extent === 'whole' && lines.length > 0 ? variablesOf(left) : []).map((text) =>
          this.#add({ text: atComponents(text, letters), latex }),
        ),
        lines: lines.map(({ text }) =>
          (entriesOf(text) ?? [readableText(text, letters)]).map((entry) =>
            this.#add(
              letters.length === 0 ? { text: entry, latex } : { text: entry, latex, components: letters },
            ),
          ),
        ),
      }
    })
    const [first] = plan.settings.wrt ?? []
    const isUnsaid = plan.equations.some(
      ({ lines }, i) => lines.length > 0 && variablesOf(lefts[i]!).length === 0,
    )
    const whole = lefts.findIndex((left) => wholeVariable(left, plan) === first)
    this.#wrtAt =
      first === undefined || extent === 'lines' || !isUnsaid
        ? -1
        : this.#add({ text: atComponents(first, components[whole] ?? []) })
    const store = this.#apart === undefined ? {} : { store: this.#apart.store }
    this.#shared = new SharedReading(this.#sources, { ...plan.settings, let: plan.lets, ...store })
    const failure = this.#shared.terms[this.#lossAt]
    if (failure instanceof ReadError && !plan.isLossWritten) throw failure
  }

  /** How many indices the name has by which a left side differentiates. */
  rankOf(left: LeftSide): number {
    const [by = this.#plan.settings.wrt?.[0] ?? ''] = variablesOf(left)
    return this.#shared.scope.declaration(headName(by))?.ranges.length ?? 0
  }

  derivation(): ReadDerivation {
    const { equations, lefts, latex, settings, loss } = this.#plan
    const lossTerm = this.#lossTerm()
    const read = this.#shared.terms.filter((term): term is Expr => !(term instanceof ReadError))
    const { scope, names: open } = openNames(this.#scope(), read, lossTerm)
    return {
      equations: equations.map(({ left: written, lines }, i) => {
        const left = lefts[i]!
        const place = this.#places[i]!
        const readLines = lines.map((line, k): ReadLine => {
          const terms = place.lines[k]!.map((at) => this.#shared.terms[at]!)
          const isVector = entriesOf(line.text) !== undefined
          const term = isVector ? combine(terms, this.#shared.store) : terms[0]!
          return { ...line, term, source: this.#sources[place.lines[k]![0]!]!, isVector }
        })
        const isLoss = left.kind !== 'term' || isLossName(left, lefts)
        const of = this.#term(place.of) ?? (isLoss ? lossTerm : undefined)
        const goal =
          this.#gradient(left, of, readLines, place) ??
          goalOf(left, of, this.#variables(place, readLines), this.#shared.store)
        return { written, left, goal, lines: readLines }
      }),
      scope,
      open,
      store: this.#shared.store,
      shared: this.#shared,
      latex,
      wrt: settings.wrt?.[0] ?? '',
      loss: lossTerm,
      lossText: loss,
    }
  }

  /** The list of all derivatives that were taken one by one before, where the lines are such lists. */
  #gradient(
    left: LeftSide,
    of: Expr | undefined,
    lines: readonly ReadLine[],
    place: Places,
  ): Expr | undefined {
    if (left.kind !== 'gradient' || of === undefined || !lines.some(({ isVector }) => isVector))
      return undefined
    const count = Math.max(...place.lines.map((entries) => entries.length))
    const taken = this.#places.flatMap(({ by }, i) =>
      this.#plan.lefts[i]!.kind === 'derivative' && by.length === 1 ? [this.#term(by[0]!)] : [],
    )
    const named = (this.#plan.settings.wrt ?? []).map((name) => this.#shared.scope.store.symbol(name))
    const variables = [taken, named].find((list) => list.length === count && !list.includes(undefined))
    const { store } = this.#shared
    return (
      variables &&
      (combine(
        variables.map((variable) => store.derivative(of, variable!)),
        store,
      ) as Expr)
    )
  }

  #lossTerm(): Expr | undefined {
    const apart = this.#apart?.terms[0]
    return apart === undefined ? this.#term(this.#lossAt) : apart instanceof ReadError ? undefined : apart
  }

  /** What is known of all names, also of those that only a loss read apart has. */
  #scope(): Scope {
    const { scope, store } = this.#shared
    if (this.#apart === undefined) return scope
    const others = [...this.#apart.scope.declarations].filter(
      ({ name }) => scope.declaration(name) === undefined,
    )
    return new Scope(store, [...scope.declarations, ...others], scope.facts)
  }

  #variables(place: Places, lines: readonly ReadLine[]): readonly Expr[] {
    const by = place.by.map((at) => this.#term(at))
    const known = by.filter((term): term is Expr => term !== undefined && isVariable(term))
    if (known.length > 0 && known.length === by.length) return known
    const usesNabla = lines.some(({ term }) => !(term instanceof ReadError) && term.names.has(nabla))
    if (usesNabla) return [this.#shared.store.symbol(nabla)]
    return [this.#term(this.#wrtAt)].filter((term): term is SymbolTerm => term?.kind === 'symbol')
  }

  #add(source: Source): number {
    return this.#sources.push(source) - 1
  }

  #term(place: number): Expr | undefined {
    const term = this.#shared.terms[place]
    return term instanceof ReadError ? undefined : term
  }
}

/** A name, or a power of one, such as the variance. */
function isVariable(term: Expr): boolean {
  return (term.kind === 'pow' ? term.args[0]! : term).kind === 'symbol'
}

function goalOf(
  left: LeftSide,
  of: Expr | undefined,
  variables: readonly Expr[],
  store: TermStore,
): Expr | undefined {
  if (of === undefined) return undefined
  if (left.kind === 'term')
    return left.text === '' && variables.length > 0 ? derivativeBy(store, of, variables[0]!) : of
  if (variables.length === 0) return undefined
  return [...variables].reverse().reduce<Expr>((body, variable) => derivativeBy(store, body, variable), of)
}
