import { functions } from '../functions/index.ts'
import type { Block, Operation, Program, Reduction, Statement } from '../program/index.ts'
import type { Value } from './environment.ts'

/** A program is run with the values of the names in `namesIn`, in their order. */
export type Run = (inputs: readonly (Value | undefined)[]) => readonly Result[]

/** A number, or numbers with their shape; the last index runs fastest. */
export interface Result {
  readonly values: Float64Array
  readonly lengths: readonly number[]
}

/** A value is missing or has the wrong shape. It says no more: what is wrong is found out by evaluation. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure'
}

export function fail(): never {
  throw new RunFailure('a value is missing')
}

/** The names whose values a program reads. */
export function namesIn({ body }: Program): readonly string[] {
  const names = new Set<string>()
  forEachSet(body, ({ operation }) => {
    if (operation.kind === 'input') names.add(operation.name)
  })
  return [...names]
}

/** How many statements a program has, those in loops and branches once. */
export function lengthOf(block: Block): number {
  let count = 0
  for (const statement of block)
    count += 1 + blocksOf(statement).reduce((sum, inner) => sum + lengthOf(inner), 0)
  return count
}

export function forEachSet(block: Block, visit: (statement: Statement & { kind: 'set' }) => void): void {
  for (const statement of block) {
    if (statement.kind === 'set') visit(statement)
    for (const inner of blocksOf(statement)) forEachSet(inner, visit)
  }
}

function blocksOf(statement: Statement): readonly Block[] {
  if (statement.kind === 'loop') return [statement.body]
  return statement.kind === 'choose' ? [statement.yes, statement.no] : []
}

/** The code of a function, which takes care that it neither overflows nor loses digits. */
export function evaluationOf(name: string): (...args: readonly number[]) => number {
  const spec = functions.get(name)
  if (spec === undefined) throw new RangeError(`no function ${name}`)
  return spec.evaluate
}

/** A bound of a sum is an integer, but may come out of a division. */
export function toInteger(value: number): number {
  const integer = Math.round(value)
  return Math.abs(integer - value) < 1e-9 ? integer : fail()
}

export const startOf: Readonly<Record<Reduction, number>> = {
  sum: 0,
  prod: 1,
  max: Number.NEGATIVE_INFINITY,
  min: Number.POSITIVE_INFINITY,
  'log-sum': Number.NEGATIVE_INFINITY,
}

/** Whether a reduction keeps a second number: what a sum has lost, the rest of a sum of exponentials. */
export function hasRest(reduction: Reduction): boolean {
  return reduction === 'sum' || reduction === 'log-sum'
}

export type ValueOperation = Exclude<Operation['kind'], 'index' | 'reduce' | 'choose' | 'entry'>
