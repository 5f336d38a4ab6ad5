import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import type { Scope } from '../../term/scope.ts'

/**
 * Takes derivatives as quantities of their own, so that terms can be compared by algebra alone: two terms that differ
 * in a step of differentiation then have different values, though they are equal. A derivative becomes an undefined
 * function of the bound indices in it; the same derivative, in whatever order it is written and with definitions put
 * in or not, becomes the same function.
 */
export class Atoms {
  readonly #scope: Scope
  readonly #unfolded = new Map<Expr, Expr>()

  constructor(scope: Scope) {
    this.#scope = scope
  }

  /** The term with its outermost derivatives as functions; their names start with `atom `. */
  replace(term: Expr): Expr {
    const { store } = this.#scope
    if (!term.hasDerivative) return term
    if (term.kind !== 'derivative') {
      return store.rebuild(
        term,
        term.args.map((arg) => this.replace(arg)),
      )
    }
    const levels: number[] = []
    const shape = canonical(store, this.#withoutLevels(this.unfold(term), 0, levels))
    return store.apply(
      `atom ${shape.id}`,
      levels.map((level) => store.bound(level)),
    )
  }

  /** The term with all definitions put in. */
  unfold(term: Expr): Expr {
    const known = this.#unfolded.get(term)
    if (known !== undefined) return known
    const { store } = this.#scope
    // The variable of a derivative stays what it is.
    const args = term.args.map((arg, i) => (term.kind === 'derivative' && i === 1 ? arg : this.unfold(arg)))
    const rebuilt = store.rebuild(term, args)
    const body =
      rebuilt.kind === 'symbol' || rebuilt.kind === 'apply' ? this.#scope.unfold(rebuilt) : undefined
    const result = body === undefined ? rebuilt : this.unfold(body)
    this.#unfolded.set(term, result)
    return result
  }

  /** The loose indices numbered in the order they occur, so that the same derivative under other sums is the same. */
  #withoutLevels(term: Expr, depth: number, levels: number[]): Expr {
    const { store } = this.#scope
    if (term.loose >>> depth === 0) return term
    if (term.kind === 'bound') {
      const level = term.level - depth
      let place = levels.indexOf(level)
      if (place < 0) place = levels.push(level) - 1
      return store.symbol(`#${place}`)
    }
    return store.rebuild(
      term,
      term.args.map((arg, i) =>
        this.#withoutLevels(arg, term.kind === 'big' && i === 2 ? depth + 1 : depth, levels),
      ),
    )
  }
}
