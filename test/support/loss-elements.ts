import { EvaluateError } from '../../src/numeric/environment.ts'
import type { SymbolTerm } from '../../src/term/expr.ts'
import { differentiateNumerically } from './differences.ts'
import { firstOf, lossNames } from './loss-language.ts'
import { type LossValue, type LossValues, openFunction } from './loss-meaning.ts'

/** An element of a parameter that a variable such as `w_k` or `W_{k,j}` stands for. */
export interface Element {
  readonly name: string
  readonly path: readonly number[]
  /** The free indices of the variable, as the mathematics counts. */
  readonly free: readonly (readonly [string, number])[]
}

export function environmentOf(
  values: LossValues,
  free: readonly (readonly [string, number])[],
): Record<string, LossValue | typeof openFunction> {
  return { ...values, ...Object.fromEntries(free), g: openFunction }
}

/** Every element of the parameter that a variable such as `w_k` or `W_{k,j}` stands for. */
export function elementsOf(variable: SymbolTerm, values: LossValues): readonly Element[] {
  const { axes } = lossNames.find(({ name }) => name === variable.name)!
  let elements: Element[] = [{ name: variable.name, path: [], free: [] }]
  let length: LossValue = values[variable.name]!
  for (const [position, axis] of axes.entries()) {
    const count: number = (length as LossValue[]).length
    const index = variable.args[position]!
    const letter = index.kind === 'symbol' ? index.name : ''
    elements = elements.flatMap((element) =>
      Array.from({ length: count }, (_, at) => ({
        ...element,
        path: [...element.path, at],
        free: [...element.free, [letter, at + firstOf(axis)] as const],
      })),
    )
    length = (length as LossValue[])[0]!
  }
  return elements
}

export function elementAt(values: LossValues, { name, path }: Element): number {
  return path.reduce<LossValue>(
    (value, position) => (value as LossValue[])[position]!,
    values[name]!,
  ) as number
}

export function withElement(values: LossValues, { name, path }: Element, moved: number): LossValues {
  const put = (value: LossValue, depth: number): LossValue =>
    depth === path.length
      ? moved
      : (value as LossValue[]).map((part, i) => (i === path[depth] ? put(part, depth + 1) : part))
  return { ...values, [name]: put(values[name]!, 0) }
}

/** The slope by differences; nothing where two steps disagree: at a kink, or where the function is too steep. */
export function slopeOf(along: (moved: number) => number, at: number): number | undefined {
  const coarse = differentiateNumerically(along, at, 2e-3)
  const fine = differentiateNumerically(along, at, 1e-3)
  if (!Number.isFinite(coarse) || !Number.isFinite(fine)) return undefined
  // Coarse steps may agree by chance where a part of the function is very steep.
  const short = (along(at + 1e-5) - along(at - 1e-5)) / 2e-5
  const size = Math.max(1, Math.abs(coarse), 1e-3 * Math.abs(along(at)))
  return Math.abs(coarse - fine) < 1e-7 * size && Math.abs(short - coarse) < 1e-4 * size ? coarse : undefined
}

/** The value; nothing where an index leaves its array, as k - 1 does at the border of its range. */
export function valueInside<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof EvaluateError && error.message.includes('does not exist')) return undefined
    throw error
  }
}
