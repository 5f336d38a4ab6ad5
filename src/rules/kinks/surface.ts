import { replaceTerm } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import { fractionOf } from '../../term/fraction.ts'
import { Polynomial } from '../../term/polynomial.ts'
import type { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { sameSign } from './same-sign.ts'

/** Where a kink lies: the points at which `equation` is 0. On one side of it the polynomial is positive. */
export interface Surface {
  readonly equation: Polynomial
  /** A name that the equation determines, and its value there. */
  readonly solved: { readonly name: Expr; readonly value: Expr } | undefined
}

/**
 * The surfaces on which the sides of `left != right` are equal; an absolute value makes two of one, |u| = c
 * being u = c and u = -c. Nothing where this does not say what they are.
 */
export function surfacesOf(left: Expr, right: Expr, scope: Scope): readonly Surface[] | undefined {
  const { store } = scope
  const difference = sameSign(store.subtract(left, right), scope)
  const switches = [...switchesIn(difference)]
  if (switches.length === 0) return [surfaceOf(store, difference)]
  const [only] = switches
  if (switches.length > 1 || only?.kind !== 'call' || only.name !== 'abs') return undefined
  const inside = only.args[0]!
  // |u| = 0 is one surface.
  if (difference === only) return [surfaceOf(store, inside)]
  return [inside, store.neg(inside)].map((value) =>
    surfaceOf(store, sameSign(replaceTerm(store, difference, only, value), scope)),
  )
}

/** x^2 - 2*x + 1 is 0 where x - 1 is. */
function surfaceOf(store: TermStore, difference: Expr): Surface {
  let equation = fractionOf(store, difference).above
  for (
    let root = equation.squareRoot();
    root !== undefined && root.value === undefined;
    root = equation.squareRoot()
  ) {
    equation = root
  }
  return { equation, solved: solve(store, equation) }
}

/** The value of a name that stands in the equation once, with a number as its factor. */
function solve(store: TermStore, equation: Polynomial): Surface['solved'] {
  const monomials = [...equation.monomials.values()]
  for (const { coefficient, powers } of monomials) {
    const [name, exponent] = powers[0] ?? []
    if (powers.length !== 1 || exponent !== 1 || name?.kind !== 'symbol') continue
    const isOnlyHere = monomials.every(
      (other) => other.powers === powers || other.powers.every(([atom]) => !contains(atom, name)),
    )
    if (!isOnlyHere) continue
    const rest = equation.scale(coefficient.negate().power(-1)).add(Polynomial.atom(name))
    return { name, value: rest.toTerm(store) }
  }
  return undefined
}

function contains(term: Expr, part: Expr): boolean {
  return term === part || (term.size > part.size && term.args.some((arg) => contains(arg, part)))
}

/** Functions and case distinctions that change their formula somewhere, also inside of sums. */
export function switchesIn(term: Expr, found = new Set<Expr>(), seen = new Set<Expr>()): ReadonlySet<Expr> {
  if (seen.has(term)) return found
  seen.add(term)
  if (isSwitch(term)) found.add(term)
  for (const arg of term.args) switchesIn(arg, found, seen)
  return found
}

export function isSwitch(term: Expr): boolean {
  if (term.kind === 'piecewise' || term.kind === 'relation') return true
  if (term.kind === 'big') return term.name === 'max' || term.name === 'min'
  return term.kind === 'call' && switchingFunctions.has(term.name)
}

const switchingFunctions: ReadonlySet<string> = new Set(['abs', 'sign', 'max', 'min', 'relu'])
