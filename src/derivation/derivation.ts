import { reasonOf } from '../rewrite/apply.ts'
import type { StepTrace } from '../rewrite/trace.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import { type Path, replaceAt } from '../term/path.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { closeConditions, distinctConditions } from './condition.ts'
import { readableConditions } from './readable-condition.ts'
import { type Event, toArray } from './schedule.ts'
import type { Condition, Derivation, Detail, Line, Step } from './step.ts'
import { briefLines, detailedLines, paperLines } from './view.ts'

const none: readonly Condition[] = []

/** What a derivation is made from; the events are computed when steps or lines are first asked for. */
export interface DerivationRecord {
  readonly store: TermStore
  readonly subject: Expr
  readonly variables: readonly SymbolTerm[]
  readonly start: Expr
  readonly result: Expr
  readonly scope: Scope
  readonly events: () => readonly Event[]
  /** What the subject needs to be what it is; the result needs it too. */
  readonly given?: readonly Condition[]
}

/** A derivation over its record: steps, conditions and lines are readers of the same events. */
export class RecordedDerivation implements Derivation {
  readonly subject: Expr
  readonly variables: readonly SymbolTerm[]
  readonly start: Expr
  readonly result: Expr
  readonly #record: DerivationRecord
  #events: readonly Event[] | undefined
  #conditions: readonly (readonly Condition[])[] | undefined
  #allConditions: readonly Condition[] | undefined
  #steps: readonly Step[] | undefined
  readonly #lines = new Map<Detail, readonly Line[]>()

  constructor(record: DerivationRecord) {
    this.#record = record
    this.subject = record.subject
    this.variables = record.variables
    this.start = record.start
    this.result = record.result
  }

  get steps(): readonly Step[] {
    this.#steps ??= this.#makeSteps()
    return this.#steps
  }

  get conditions(): readonly Condition[] {
    this.#allConditions ??= readableConditions(
      distinctConditions([this.#record.given ?? none, ...this.#conditionsByEvent()]),
      this.#record.scope,
    )
    return this.#allConditions
  }

  lines(detail: Detail = 'paper'): readonly Line[] {
    let lines = this.#lines.get(detail)
    if (lines === undefined) {
      const view = { paper: paperLines, brief: briefLines, detailed: detailedLines }[detail]
      lines = view(this.#record.store, this.start, this.#allEvents(), this.#conditionsByEvent())
      this.#lines.set(detail, lines)
    }
    return lines
  }

  #allEvents(): readonly Event[] {
    this.#events ??= this.#record.events()
    return this.#events
  }

  #conditionsByEvent(): readonly (readonly Condition[])[] {
    if (this.#conditions === undefined) {
      const { scope } = this.#record
      const { names } = this.start
      this.#conditions = this.#allEvents().map((event) =>
        event.step.conditions.length === 0
          ? none
          : readableConditions(closeConditions(scope, event, names), scope),
      )
    }
    return this.#conditions
  }

  /**
   * The whole terms before and after a step are put together when they are read: kept for every step, they
   * would take the square of the memory of the derivation.
   */
  #makeSteps(): readonly Step[] {
    const events = this.#allEvents()
    const conditions = this.#conditionsByEvent()
    const paths = events.map((event) => toArray(event.at))
    const { store } = this.#record
    let cursor = 0
    let term = this.start
    const termAt = (position: number): Expr => {
      if (position < cursor) {
        cursor = 0
        term = this.start
      }
      for (; cursor < position; cursor++)
        term = replaceAt(store, term, paths[cursor]!, events[cursor]!.step.after)
      return term
    }
    return events.map(({ step }, k) => new RecordedStep(step, paths[k]!, conditions[k]!, k, termAt))
  }
}

/** A step that puts its terms and its sentence together when they are read. */
class RecordedStep implements Step {
  readonly rule: string
  readonly title: string
  readonly #trace: StepTrace
  readonly #position: number
  readonly #termAt: (position: number) => Expr

  constructor(
    trace: StepTrace,
    readonly at: Path,
    readonly conditions: readonly Condition[],
    position: number,
    termAt: (position: number) => Expr,
  ) {
    this.rule = trace.rule.id
    this.title = trace.title
    this.#trace = trace
    this.#position = position
    this.#termAt = termAt
  }

  get before(): Expr {
    return this.#termAt(this.#position)
  }

  get after(): Expr {
    return this.#termAt(this.#position + 1)
  }

  get because(): string {
    return reasonOf(this.#trace)
  }
}
