import { readFileSync } from 'node:fs'
import type { ReadOptions } from '../../src/read/index.ts'

/** Cases whose values other programs computed; see test/cases/README.md. */

/** An environment as JSON has it. */
export type JsonEnvironment = Readonly<Record<string, JsonValue>>
export type JsonValue = number | readonly JsonValue[]
/** A partial derivative as JSON has it: decimal strings in the shape of the parameter. */
export type JsonSlope = string | readonly JsonSlope[]

export interface ScalarPoint {
  readonly vars: Readonly<Record<string, number>>
  readonly value: string
  readonly d: string
  readonly d2?: string
}

export interface ScalarCase {
  readonly id: string
  readonly expr: string
  readonly wrt: string
  readonly points: readonly ScalarPoint[]
}

export interface LossCase {
  readonly id: string
  readonly ascii: string
  readonly ascii_explicit?: string
  readonly latex: string
  readonly latex_variants?: readonly string[]
  readonly index_ranges?: Readonly<Record<string, readonly [from: number, to: string | number]>>
  readonly params: readonly string[]
  readonly data?: readonly string[]
  readonly functions?: Readonly<Record<string, { readonly args: readonly string[]; readonly ascii: string }>>
  /** As a textbook or the source prints it, by the variable. */
  readonly hand_gradient_latex?: Readonly<Record<string, string>>
  readonly numeric: readonly {
    readonly env: JsonEnvironment
    readonly loss: string
    readonly grad: Readonly<Record<string, JsonSlope>>
  }[]
}

/** A loss as its source prints it; a partial by `x_n` is that at the n of the environment. */
export interface PastedLoss {
  readonly id: string
  readonly source: string
  readonly latex?: string
  readonly latex_variants?: readonly string[]
  readonly ascii?: string
  readonly params: readonly string[]
  readonly data?: readonly string[]
  readonly hyper?: readonly string[]
  readonly let?: readonly string[]
  readonly assume?: readonly string[]
  readonly numeric: LossCase['numeric']
}

export const readScalarCases = (): readonly ScalarCase[] => [
  ...readCases<ScalarCase>('scalar'),
  ...readCases<ScalarCase>('random-scalar'),
]
export const readSecondOrderCases = (): readonly ScalarCase[] => readCases('second_order')
export const readLossCases = (): readonly LossCase[] => readCases('losses')

export const readPastedLosses = (): readonly PastedLoss[] => readCases('pasted-losses')

/** How a pasted loss is read: what its source says beside the formula. */
export function pastedOptions({
  params,
  data,
  hyper,
  assume,
  ...entry
}: Omit<PastedLoss, 'numeric'>): ReadOptions {
  return {
    wrt: params,
    ...(data === undefined ? {} : { data }),
    ...(hyper === undefined ? {} : { hyper }),
    ...(assume === undefined ? {} : { assume }),
    ...(entry.let === undefined ? {} : { let: entry.let }),
  }
}

/** How a scalar case is read: every other letter is a variable of its own. */
export function scalarOptions({ wrt, points }: ScalarCase): ReadOptions {
  return { wrt: [wrt], data: Object.keys(points[0]!.vars).filter((name) => name !== wrt) }
}

/** How a loss is read: functions that the text leaves open are given as definitions. */
export function lossOptions({ params, data, functions = {} }: LossCase): ReadOptions {
  return {
    wrt: params,
    ...(data === undefined ? {} : { data }),
    let: Object.entries(functions).map(([name, { args, ascii }]) => `${name}(${args.join(', ')}) = ${ascii}`),
  }
}

/** The items in `count` parts of nearly the same size. */
export function chunk<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  return Array.from({ length: count }, (_, part) =>
    items.slice(Math.floor((part * items.length) / count), Math.floor(((part + 1) * items.length) / count)),
  )
}

function readCases<T>(name: string): readonly T[] {
  return readFileSync(new URL(`../cases/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
