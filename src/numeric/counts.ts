import type { Expr } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { type Environment, EvaluateError, lookUp, type Value } from './environment.ts'

/** `count + offset`, the last value of an index. */
interface Last {
  readonly count: string
  readonly offset: number
}

/** A count is the length of an array along one axis, plus `offset`. */
interface Evidence {
  readonly array: string
  readonly axis: number
  readonly offset: number
}

const definitionLimit = 200

/**
 * Evaluates with the counts that an environment lacks: in `sum(i=1..N, x_i^2)`, N is the number of elements of
 * x; in `sum(t=1..n-1, x_{t+1})`, n is. A count that no array tells stays missing, which is an error only where it
 * is needed: it then names the array.
 */
export function withCounts(
  terms: readonly Expr[],
  scope?: Scope,
): <T>(evaluate: (environment: Environment) => T, environment: Environment) => T {
  const evidence = new Survey(scope).of(terms)
  return (evaluate, environment) => {
    const missing = [...evidence.keys()].filter((count) => lookUp(environment, count) === undefined)
    if (missing.length === 0) return evaluate(environment)
    const entries = environment instanceof Map ? [...environment] : Object.entries(environment)
    const values = new Map<string, Value>(entries)
    for (const count of missing) {
      const value = infer(count, evidence.get(count)!, environment)
      if (value !== undefined) values.set(count, value)
    }
    try {
      return evaluate(values)
    } catch (error) {
      throw explain(error, evidence, values)
    }
  }
}

/** Who leaves out N meant to give x: the error is that of x. */
function explain(
  error: unknown,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
  environment: Environment,
): unknown {
  if (!(error instanceof EvaluateError) || error.variable === undefined) return error
  const count = error.variable
  if (lookUp(environment, count) !== undefined) return error
  const [first] = evidence.get(count) ?? []
  if (first === undefined) return error
  const { array, axis } = first
  const problem =
    lookUp(environment, array) === undefined
      ? `there is no value for "${array}", nor one`
      : `"${array}" is not an array, nor is there a value`
  const length = axis === 0 ? 'its length' : 'the length of its rows'
  return new EvaluateError(`${problem} for "${count}", ${length}`, array)
}

function infer(count: string, evidence: readonly Evidence[], environment: Environment): number | undefined {
  let first: { readonly array: string; readonly value: number } | undefined
  for (const { array, axis, offset } of evidence) {
    const length = lengthAlong(lookUp(environment, array), axis, array)
    if (length === undefined) continue
    const value = length + offset
    if (first !== undefined && first.value !== value) {
      const message = `by the length of "${first.array}", ${count} is ${first.value}, but by that of "${array}" ${value}`
      throw new EvaluateError(message, count)
    }
    first ??= { array, value }
  }
  return first?.value
}

/** @throws EvaluateError where rows have different lengths. */
function lengthAlong(value: Value | undefined, axis: number, array: string): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (axis === 0) return value.length
  let length: number | undefined
  for (const row of Array.from(value)) {
    const own = lengthAlong(row, axis - 1, array)
    if (length !== undefined && own !== length) {
      throw new EvaluateError(`the rows of "${array}" have different lengths, ${length} and ${own}`, array)
    }
    length = own
  }
  return length
}

/** Finds which arrays are indexed up to which counts. */
class Survey {
  readonly #found = new Map<string, Map<string, Evidence>>()
  readonly #seen = new Set<string>()

  constructor(readonly scope?: Scope) {}

  of(terms: readonly Expr[]): ReadonlyMap<string, readonly Evidence[]> {
    for (const term of terms) this.#visit(term, [])
    return new Map([...this.#found].map(([count, evidence]) => [count, [...evidence.values()]]))
  }

  /** `lasts` are the last values of the indices bound around the term, from the outermost. */
  #visit(term: Expr, lasts: readonly (Last | undefined)[], unfolded = 0): void {
    const key = `${term.id} ${lasts.map((last) => (last ? `${last.count} ${last.offset}` : '')).join()}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    if (term.kind === 'symbol' || term.kind === 'apply') {
      const body = this.scope?.unfold(term)
      if (body !== undefined && unfolded < definitionLimit) this.#visit(body, lasts, unfolded + 1)
      else if (body === undefined && term.kind === 'symbol') this.#indexed(term.name, term.args, lasts)
    }
    for (const [i, arg] of term.args.entries()) {
      const isBody = term.kind === 'big' && i === 2
      this.#visit(arg, isBody ? [...lasts, this.#lastOf(term.args[1]!, lasts)] : lasts, unfolded)
    }
  }

  #indexed(array: string, indices: readonly Expr[], lasts: readonly (Last | undefined)[]): void {
    for (const [axis, index] of indices.entries()) {
      const last = index.names.size === 0 ? this.#lastOf(index, lasts) : undefined
      // The free index of w_k is chosen, no count: a sum up to k-1 says nothing of the length of an array.
      if (last === undefined || this.scope?.role(last.count) === 'index') continue
      const base = this.scope?.indexBase(array, axis) ?? 1
      const offset = base - 1 - last.offset
      let ofCount = this.#found.get(last.count)
      if (ofCount === undefined) {
        ofCount = new Map()
        this.#found.set(last.count, ofCount)
      }
      const key = `${axis} ${array}`
      const known = ofCount.get(key)
      // Of x_t and x_{t+1}, the one that reaches farther tells how long x must be.
      if (known === undefined || offset < known.offset) ofCount.set(key, { array, axis, offset })
    }
  }

  /** A name, or a bound index by its own last value, plus an integer. */
  #lastOf(term: Expr, lasts: readonly (Last | undefined)[]): Last | undefined {
    if (term.kind === 'bound') return lasts[lasts.length - 1 - term.level]
    if (term.kind === 'symbol') {
      const isPlain = term.args.length === 0 && this.scope?.declaration(term.name)?.definition === undefined
      return isPlain ? { count: term.name, offset: 0 } : undefined
    }
    if (term.kind !== 'add') return undefined
    let found: Last | undefined
    let offset = 0
    for (const arg of term.args) {
      const number = integerOf(arg)
      if (number !== undefined) offset += number
      else if (found !== undefined) return undefined
      else {
        found = this.#lastOf(arg, lasts)
        if (found === undefined) return undefined
      }
    }
    return found && { count: found.count, offset: found.offset + offset }
  }
}

function integerOf(term: Expr): number | undefined {
  if (term.kind === 'number') return term.value.isInteger ? Number(term.name) : undefined
  if (term.kind !== 'neg') return undefined
  const size = integerOf(term.args[0]!)
  return size === undefined ? undefined : -size
}
