/** Numbers in arrays as deep as the name has indices; index 1 of the mathematics is element 0. */
export type Value = number | ArrayLike<Value> | OpenFunction

/**
 * An undefined function, with all its partial derivatives: `orders` says how often to differentiate by each
 * argument. `hidden` is everything else that it may depend on: the parameters, where none is an argument.
 */
export type OpenFunction = (
  args: readonly number[],
  orders: readonly number[],
  hidden: readonly number[],
) => number

/** What the names stand for. Only own properties count, so that `constructor` is a name like any other. */
export type Environment = Readonly<Record<string, Value>> | ReadonlyMap<string, Value>

/** A term has no value: a name without one, an array of the wrong shape, an index outside of it. */
export class EvaluateError extends Error {
  override readonly name = 'EvaluateError'

  constructor(
    message: string,
    /** The name that is missing or has the wrong shape, where there is one. */
    readonly variable?: string,
  ) {
    super(message)
  }
}

/** What the environment says of a name. */
export function lookUp(environment: Environment, name: string): Value | undefined {
  if (environment instanceof Map) return environment.get(name)
  const record = environment as Readonly<Record<string, Value>>
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** An element of a value; `positions` count from 0. @throws EvaluateError when there is none. */
export function elementOf(value: Value | undefined, name: string, positions: readonly number[]): number {
  if (value === undefined) throw new EvaluateError(`there is no value for "${name}"`, name)
  let current = value
  for (const [depth, position] of positions.entries()) {
    if (typeof current !== 'object' || current === null) {
      const has = depth === 0 ? 'is not an array' : `has only ${depth} ${depth === 1 ? 'index' : 'indices'}`
      throw new EvaluateError(`"${name}" ${has}, but is used with ${positions.length}`, name)
    }
    const next: Value | undefined = current[position]
    if (next === undefined) {
      const elements = `${current.length} element${current.length === 1 ? '' : 's'}`
      throw new EvaluateError(`element ${position} of "${name}" does not exist: it has ${elements}`, name)
    }
    current = next
  }
  if (typeof current === 'number') return current
  if (typeof current !== 'function' && (typeof current !== 'object' || current === null)) {
    const what = positions.length === 0 ? `"${name}"` : `element ${positions.join(', ')} of "${name}"`
    throw new EvaluateError(`${what} is not a number`, name)
  }
  throw new EvaluateError(
    typeof current === 'function'
      ? `"${name}" is a function, but is used as a number`
      : `"${name}" is an array with more than ${positions.length} indices, but is used with ${positions.length}`,
    name,
  )
}
