import { functions } from '../../functions/index.ts'
import { replaceTerm } from '../../term/binder.ts'
import type { Expr, RelationOperation } from '../../term/expr.ts'
import { fractionOf } from '../../term/fraction.ts'
import type { Polynomial } from '../../term/polynomial.ts'
import { Rational } from '../../term/rational.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { exactValue } from '../algebra/arithmetic.ts'
import { signOf } from '../sign.ts'
import { sameSign } from './same-sign.ts'
import { isSwitch, type Surface, switchesIn } from './surface.ts'

/** Thrown and caught inside a decision: it cannot be told what a term is beside the surface. */
export class Undecided extends Error {}

/** Where a term is looked at: just above the surface, just below it, or on it. */
export type Place = 1 | -1 | 0

/**
 * Writes terms as they are at one place of a surface: absolute values, maxima and case distinctions whose
 * choice the place settles are replaced by what is chosen. A choice that has nothing to do with the surface
 * stays, since it is the same on both sides.
 */
export class Side {
  readonly #memo = new Map<Expr, Expr>()

  constructor(
    readonly surface: Surface,
    readonly place: Place,
    readonly store: TermStore,
    readonly scope: Scope,
  ) {}

  /** @throws Undecided */
  specialize(term: Expr): Expr {
    const known = this.#memo.get(term)
    if (known !== undefined) return known
    const result = this.#specialize(term)
    this.#memo.set(term, result)
    return result
  }

  #specialize(term: Expr): Expr {
    const { store } = this
    if (term.kind === 'big') {
      // Inside of a sum a choice may settle for one index and not for another.
      if (switchesIn(term).size > 0) throw new Undecided()
      return term
    }
    if (term.args.length === 0 || term.kind === 'symbol' || term.kind === 'derivative') return term
    if (term.kind === 'piecewise') return this.#chooseBranch(term.args)
    const args = term.args.map((arg) => this.specialize(arg))
    if (term.kind === 'call' && isSwitch(term)) return this.#chooseValue(term.name, args)
    return store.rebuild(term, args)
  }

  #chooseBranch(args: readonly Expr[]): Expr {
    const kept: Expr[] = []
    for (let i = 0; i + 1 < args.length; i += 2) {
      const truth = this.#truthOf(args[i]!)
      if (truth === false) continue
      const value = this.specialize(args[i + 1]!)
      if (truth === true) return kept.length === 0 ? value : this.store.piecewise([...kept, value])
      kept.push(args[i]!, value)
    }
    const otherwise = this.specialize(args.at(-1)!)
    return kept.length === 0 ? otherwise : this.store.piecewise([...kept, otherwise])
  }

  #chooseValue(name: string, args: readonly Expr[]): Expr {
    const { store } = this
    const [u] = args as [Expr]
    if (name === 'max' || name === 'min') {
      return args.slice(1).reduce((best, arg) => {
        const sign = this.#signOf(store.subtract(best, arg))
        if (sign === undefined) return store.call(name, [best, arg])
        return (name === 'max' ? sign >= 0 : sign <= 0) ? best : arg
      }, u)
    }
    const sign = this.#signOf(u)
    if (sign === undefined) return store.call(name, args)
    if (name === 'sign') return sign < 0 ? store.neg(store.number(1)) : store.number(sign)
    if (sign > 0) return u
    return sign < 0 && name === 'abs' ? store.neg(u) : store.number(0)
  }

  #truthOf(condition: Expr): boolean | undefined {
    if (condition.kind === 'relation') {
      const sides = condition.args.map((arg) => this.specialize(arg)) as [Expr, Expr]
      const sign = this.#signOf(this.store.subtract(...sides))
      return sign === undefined ? undefined : holds[condition.name](sign)
    }
    if (condition.kind !== 'logical') return undefined
    const truths = condition.args.map((arg) => this.#truthOf(arg))
    if (condition.name === 'not') return truths[0] === undefined ? undefined : !truths[0]
    const settling = condition.name === 'or'
    if (truths.includes(settling)) return settling
    return truths.includes(undefined) ? undefined : !settling
  }

  /** The sign of a term at this place, nothing where it does not follow. */
  #signOf(whole: Expr): -1 | 0 | 1 | undefined {
    const { store, place } = this
    const term = sameSign(whole, this.scope)
    const { above, below } = fractionOf(store, term)
    if (above.isZero) return 0
    let rest = above
    let multiplicity = 0
    for (let next = rest.divide(this.surface.equation); next !== undefined; multiplicity++) {
      rest = next
      next = rest.divide(this.surface.equation)
    }
    if (multiplicity > 0) {
      if (place === 0) return 0
      const sign = this.#knownSign(rest.multiply(below))
      if (sign === undefined) throw new Undecided()
      // A square does not change its sign.
      return place > 0 || multiplicity % 2 === 0 ? sign : sign > 0 ? -1 : 1
    }
    const there = fractionOf(store, this.onSurface(term))
    // Without a name to put in, the rest of a division is another way to write the value on the surface.
    const { solved, equation } = this.surface
    const value = solved === undefined ? there.above.divideWithRest(equation).rest : there.above
    if (value.isZero) throw new Undecided()
    return this.#knownSign(value.multiply(there.below))
  }

  #knownSign(polynomial: Polynomial): -1 | 1 | undefined {
    const sign = signOf(polynomial.toTerm(this.store), this.scope)
    if (sign === 'positive') return 1
    if (sign === 'negative') return -1
    const opposite = signOf(polynomial.scale(minusOne).toTerm(this.store), this.scope)
    return opposite === 'positive' ? -1 : undefined
  }

  /** The term with the value of the name that the surface determines. */
  onSurface(term: Expr): Expr {
    const { solved } = this.surface
    return solved === undefined ? term : replaceTerm(this.store, term, solved.name, solved.value)
  }

  /** Whether a term is 0 on the surface. @throws Undecided where it may have no value there. */
  vanishes(term: Expr): boolean {
    const { store, surface } = this
    const { above, below } = fractionOf(store, this.onSurface(term), (atom) => this.#settle(atom))
    const isZero = (polynomial: Polynomial) =>
      polynomial.isZero || polynomial.divide(surface.equation) !== undefined
    if (isZero(below)) throw new Undecided()
    return isZero(above)
  }

  /** An atom with 0 for each argument that is 0 on the surface, and its value there. @throws Undecided */
  #settle(atom: Expr): Expr {
    if (atom.kind !== 'call' && atom.kind !== 'pow') return atom
    const { store, scope } = this
    const zero = store.number(0)
    const args = atom.args.map((arg) => (this.vanishes(arg) ? zero : arg))
    if (!args.includes(zero)) return atom
    const settled = store.rebuild(atom, args)
    if (settled.kind === 'pow') {
      const [base, exponent] = args as [Expr, Expr]
      if (base !== zero) return exponent === zero ? store.number(1) : settled
      if (signOf(exponent, scope) === 'positive') return base
      throw new Undecided()
    }
    if (settled.kind !== 'call') return settled
    const value = functions.get(settled.name)?.evaluate(...args.map((arg) => (arg.kind === 'number' ? 0 : 1)))
    if (value === undefined || !Number.isFinite(value)) throw new Undecided()
    const exact = exactValue.apply(settled, { store, scope, isWritten: () => false })
    return exact === undefined || !('kind' in exact) ? settled : exact
  }
}

const minusOne = Rational.one.negate()

const holds: Readonly<Record<RelationOperation, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
  '==': (sign) => sign === 0,
  '!=': (sign) => sign !== 0,
}
