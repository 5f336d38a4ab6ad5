import type { Expr } from '../../term/expr.ts'
import { fractionOf } from '../../term/fraction.ts'
import { TooLarge } from '../../term/polynomial.ts'
import { Scope } from '../../term/scope.ts'
import type { TermStore } from '../../term/store.ts'
import { Side, Undecided } from './side.ts'
import { surfacesOf, switchesIn } from './surface.ts'

/** Larger terms are not looked at: the condition stays, which is true as well. */
const maximumSize = 1500

/**
 * Whether a function has the derivative `slope` also where the sides of the kink `left != right` are equal. A
 * function that is continuous there, and whose derivatives on either side tend to one value, has that value as
 * its derivative (by the mean value theorem). So it is enough to compare the function and its slope as they are
 * written above, on, and below the surface. Decided by algebra; where that does not tell, the answer is no.
 */
export function meetsSmoothly(body: Expr, slope: Expr, kink: Expr, scope: Scope): boolean {
  if (kink.kind !== 'relation' || kink.name !== '!=') return false
  if (slope.hasDerivative || body.size > maximumSize || slope.size > maximumSize) return false
  const { store } = scope
  const [left, right] = kink.args.map((arg) => unfoldAll(arg, scope)) as [Expr, Expr]
  const functions = [body, slope].map((term) => unfoldAll(term, scope))
  const assumed = withPositiveHyperparameters(scope)
  try {
    const difference = store.subtract(left, right)
    if (!isBoundary(difference, functions[0]!, store)) return false
    // What is 0 everywhere never changes its sign, so that the formula never changes.
    if (fractionOf(store, difference).above.isZero) return true
    const surfaces = surfacesOf(left, right, assumed)
    return (
      surfaces?.every((surface) => {
        const [above, on, below] = ([1, 0, -1] as const).map(
          (place) => new Side(surface, place, store, assumed),
        )
        return functions.every((term) => {
          const values = [above!, on!, below!].map((side) => side.specialize(term))
          return (
            on!.vanishes(store.subtract(values[0]!, values[1]!)) &&
            on!.vanishes(store.subtract(values[2]!, values[1]!))
          )
        })
      }) ?? false
    )
  } catch (error) {
    if (error instanceof Undecided || error instanceof TooLarge) return false
    throw error
  }
}

/** Whether a function changes its formula where a term is 0; else it may have no value or no slope there. */
function isBoundary(difference: Expr, body: Expr, store: TermStore): boolean {
  const equation = fractionOf(store, difference).above
  return [...switchesIn(body)]
    .flatMap((term) => boundariesOf(term, store))
    .map((boundary) => fractionOf(store, boundary).above)
    .some((above) => (equation.isZero ? above.isZero : above.divide(equation)?.value !== undefined))
}

function boundariesOf(term: Expr, store: TermStore): readonly Expr[] {
  if (term.kind === 'relation') return [store.subtract(term.args[0]!, term.args[1]!)]
  if (term.kind !== 'call') return []
  if (term.args.length === 1) return term.args
  return term.args.flatMap((left, i) => term.args.slice(i + 1).map((right) => store.subtract(left, right)))
}

/** The names among the hyperparameters of a term: thresholds and scales, which are taken to be positive. */
export function thresholdsOf(term: Expr, scope: Scope): readonly string[] {
  return [...term.names].filter((name) => scope.role(name) === 'hyperparameter')
}

const assumedScopes = new WeakMap<Scope, Scope>()

/** A threshold such as δ or ε is positive, or it would be none. */
export function withPositiveHyperparameters(scope: Scope): Scope {
  let assumed = assumedScopes.get(scope)
  if (assumed === undefined) {
    const { store } = scope
    const facts = scope
      .namesWithRole('hyperparameter')
      .map((name) => store.relation('>', store.symbol(name), store.number(0)))
    assumed = new Scope(store, scope.declarations, [...scope.facts, ...facts])
    assumedScopes.set(scope, assumed)
  }
  return assumed
}

/** The term with every definition put in, and max(u, u) as u: a kink, or that there is none, may hide behind a name. */
function unfoldAll(term: Expr, scope: Scope, memo = new Map<Expr, Expr>()): Expr {
  if (!scope.hasDefinitions || (term.args.length === 0 && term.kind !== 'symbol')) return term
  const known = memo.get(term)
  if (known !== undefined) return known
  const body = term.kind === 'symbol' || term.kind === 'apply' ? scope.unfold(term) : undefined
  const { store } = scope
  const args = body === undefined ? term.args.map((arg) => unfoldAll(arg, scope, memo)) : []
  const isOfEqual =
    term.kind === 'call' &&
    (term.name === 'max' || term.name === 'min') &&
    args.every((arg) => arg === args[0])
  const result =
    body !== undefined ? unfoldAll(body, scope, memo) : isOfEqual ? args[0]! : store.rebuild(term, args)
  memo.set(term, result)
  return result
}
