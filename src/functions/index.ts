import { activation } from './activation.ts'
import { elementary } from './elementary.ts'
import { hyperbolic } from './hyperbolic.ts'
import type { FunctionSpec } from './spec.ts'
import { special } from './special.ts'
import { trigonometric } from './trigonometric.ts'

export type { FunctionSpec } from './spec.ts'

const families = [elementary, trigonometric, hyperbolic, activation, special]

/** Every function the engine knows, by name. A new function is a row in one of the family files. */
export const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  families.flat().map((spec) => [spec.name, spec]),
)

/** Every function by each of its spellings, names and aliases. */
export const spellings: ReadonlyMap<string, FunctionSpec> = new Map(
  families.flat().flatMap((spec) => [spec.name, ...(spec.aliases ?? [])].map((spelling) => [spelling, spec])),
)

/**
 * The function that a spelling with this many arguments means: `log(x)` is `log`, `log(x, b)` is `logbase`.
 * A spelling that takes another number of arguments answers its own row, for the error to name.
 */
export function findFunction(spelling: string, argumentCount = 1): FunctionSpec | undefined {
  const spec = spellings.get(spelling)
  if (spec === undefined || accepts(spec, argumentCount)) return spec
  for (const other of functions.values()) {
    if (other.overload === spec.name && accepts(other, argumentCount)) return other
  }
  return spec
}

/** Whether the function takes this many arguments. */
export function accepts(spec: FunctionSpec, argumentCount: number): boolean {
  // A maximum of one number is that number.
  return spec.variadic === true ? argumentCount >= 1 : argumentCount === spec.args.length
}
