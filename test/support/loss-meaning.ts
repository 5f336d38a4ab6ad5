import { functions } from '../../src/functions/index.ts'
import {
  type Axis,
  counts,
  firstOf,
  type Loss,
  type LossBound,
  type LossDefinition,
  type LossIndex,
  type LossTerm,
  lossNames,
} from './loss-language.ts'
import type { Chance } from './random-term.ts'

/** Numbers for all names of the tests' losses; arrays count from 0. */
export type LossValues = Record<string, LossValue>
export type LossValue = number | LossValue[]

/** Small counts, and numbers of few digits, so that a counterexample can be read. */
export function drawValues(chance: Chance, mood: 'signed' | 'positive'): LossValues {
  const values: LossValues = {}
  for (const count of counts) values[count] = 2 + chance.below(2)
  values.n = 3
  values.T = 4
  const draw = (isPositive: boolean): number => {
    const size = Math.round(1000 * (0.2 + 1.5 * chance.number())) / 1000
    return isPositive || chance.happens(0.5) ? size : -size
  }
  for (const { name, role, axes, indexes } of lossNames) {
    const fill = (position: number): LossValue => {
      const axis = axes[position]
      if (axis === undefined) {
        return indexes === undefined
          ? draw(role === 'hyperparameter' || mood === 'positive')
          : 1 + chance.below(values[indexes] as number)
      }
      return Array.from({ length: lengthOf(axis, values) }, () => fill(position + 1))
    }
    values[name] = fill(0)
  }
  return values
}

export function lengthOf(axis: Axis, values: LossValues): number {
  return (values[axis] as number) + 1 - firstOf(axis)
}

/** The undefined function of the losses with its derivatives, which has no closed form in the table. */
export const openFunction = (args: readonly number[], orders: readonly number[]): number =>
  args.reduce((product, arg, i) => {
    const order = orders[i] ?? 0
    return product * 1.3 ** order * Math.sin(1.3 * arg + 0.4 + i + (order * Math.PI) / 2)
  }, 1)

/**
 * What a loss means, by an interpreter of its own. The values of the table's functions are its own too; other
 * tests hold those to independent numbers.
 */
export function meaningOf(loss: Loss): (values: LossValues) => number {
  const definitions = new Map(loss.definitions.map((definition) => [definition.name, definition]))
  return (values) => new Interpreter(values, definitions).value(loss.body)
}

/** The largest size of any part of a loss, or of its inverse where it is tiny: beside 1e10 a difference quotient has lost the digits it needs. */
export function largestPart(loss: Loss, values: LossValues): number {
  const definitions = new Map(loss.definitions.map((definition) => [definition.name, definition]))
  const interpreter = new Interpreter(values, definitions)
  interpreter.value(loss.body)
  return interpreter.largest
}

class Interpreter {
  largest = 0
  readonly #letters = new Map<string, number>()
  readonly #arguments: number[] = []

  constructor(
    readonly values: LossValues,
    readonly definitions: ReadonlyMap<string, LossDefinition>,
  ) {}

  value(term: LossTerm): number {
    const value = this.#value(term)
    const { op, name } = term
    this.#see(value)
    // What is nearly 0 is as bad in a denominator or a logarithm.
    const isTiny = Math.abs(value) < 1e-6 && (value !== 0 || name === 'exp')
    if (isTiny && (op === 'call' || op === 'pow' || op === 'big')) this.#see(1 / value)
    // acot jumps at 0, and which side a computed 0 is on is chance.
    if (op === 'call' && name === 'acot' && Math.abs(value) === Math.PI / 2) this.#see(Number.NaN)
    return value
  }

  #see(value: number): void {
    this.largest = Math.max(this.largest, Math.abs(value))
  }

  #value(term: LossTerm): number {
    const { op, name, args } = term
    const part = (i: number): number => this.value(args[i]!)
    switch (op) {
      case 'number':
        return Number(name)
      case 'name':
        return this.#element(name, term.indices ?? [])
      case 'argument':
        return this.#arguments.at(-1)!
      case 'add':
        return args.reduce((sum, arg) => sum + this.value(arg), 0)
      case 'mul':
        return args.reduce((product, arg) => product * this.value(arg), 1)
      case 'div':
        return part(0) / part(1)
      case 'neg':
        return -part(0)
      case 'pow':
        return part(0) ** part(1)
      case 'call':
        return functions.get(name)!.evaluate(...args.map((arg) => this.value(arg)))
      case 'open':
        return openFunction(
          args.map((arg) => this.value(arg)),
          [],
        )
      case 'defined':
        return this.#defined(term)
      case 'big':
        return this.#big(term)
      case 'if':
        return part(0) === 1 ? part(1) : part(2)
      case 'ind':
        return part(0)
      case 'relation':
        return compare(name, part(0), part(1)) ? 1 : 0
      case 'logic':
        return name === 'and' ? Math.min(part(0), part(1)) : Math.max(part(0), part(1))
    }
  }

  #element(name: string, indices: readonly LossIndex[]): number {
    const letter = indices.length === 0 ? this.#letters.get(name) : undefined
    if (letter !== undefined) return letter
    const axes = lossNames.find((entry) => entry.name === name)?.axes ?? []
    let value = this.values[name]!
    for (const [position, index] of indices.entries()) {
      value = (value as LossValue[])[this.#index(index) - firstOf(axes[position]!)]!
    }
    return value as number
  }

  #index({ letter, shift, through }: LossIndex): number {
    const at = this.#letters.get(letter)! + shift
    return through === undefined ? at : ((this.values[through] as LossValue[])[at - 1] as number)
  }

  #bound({ base, plus }: LossBound): number {
    if (base === '') return plus
    return (this.#letters.get(base) ?? (this.values[base] as number)) + plus
  }

  #defined(term: LossTerm): number {
    const { argument, letter, body } = this.definitions.get(term.name)!
    if (argument !== undefined) {
      const value = this.value(term.args[0]!)
      this.#arguments.push(value)
      const result = this.value(body)
      this.#arguments.pop()
      return result
    }
    if (letter === undefined) return this.value(body)
    return this.#at(letter, this.#index(term.indices![0]!), () => this.value(body))
  }

  #at<T>(letter: string, at: number, action: () => T): T {
    const outer = this.#letters.get(letter)
    this.#letters.set(letter, at)
    const result = action()
    if (outer === undefined) this.#letters.delete(letter)
    else this.#letters.set(letter, outer)
    return result
  }

  #big({ name, args, range }: LossTerm): number {
    const { letter, from, to } = range!
    const [first, last] = [this.#bound(from), this.#bound(to)]
    const all: number[] = []
    for (let at = first; at <= last; at++) all.push(this.#at(letter, at, () => this.value(args[0]!)))
    const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0)
    if (name === 'logsumexp' || name === 'softmax') {
      const total = sum(all.map(Math.exp))
      this.#see(total)
      this.#see(1 / total)
    }
    switch (name) {
      case 'sum':
        return sum(all)
      case 'mean':
        return sum(all) / all.length
      case 'prod':
        return all.reduce((product, one) => product * one, 1)
      case 'max':
        return Math.max(...all)
      case 'min':
        return Math.min(...all)
      case 'logsumexp':
        return Math.log(sum(all.map(Math.exp)))
      case 'softmax':
        return Math.exp(this.value(args[0]!)) / sum(all.map(Math.exp))
    }
    throw new Error(`an operation over an index: ${name}`)
  }
}

function compare(relation: string, left: number, right: number): boolean {
  switch (relation) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '==':
      return left === right
    default:
      return left !== right
  }
}
