import { type Environment, elementOf, lookUp, type Value } from './environment.ts'
import { hashText, randomNumbers } from './random.ts'

/** A compiled term. */
export type Code = (machine: Machine) => number

/** One element of one name, or with `direction` every parameter at once, moved for a difference quotient. */
interface Shift {
  readonly name: string
  readonly indices: readonly number[]
  readonly isParameter?: (name: string) => boolean
  readonly direction?: number
  amount: number
}

/** What an evaluation remembers: the values of names, of the indices that are bound, and of sub-terms. */
export class Machine {
  /** The value of the index at each binder, from the outermost; also of a definition's arguments. */
  readonly index: number[] = []
  /** Position 0 is renewed with the environment, position p + 1 with the index at binder p. */
  readonly stamps: number[] = [0]
  /** Values of sub-terms, each with the stamp it was computed under. */
  readonly memo: number[] = []
  readonly memoStamps: number[] = []
  readonly shifts: Shift[] = []
  /** Whether a shifted name has a definition, which then must not be looked through. */
  shiftsDefinition = false
  readonly #names: readonly string[]
  #environment: Environment
  #values: (Value | undefined)[]
  #clock = 0

  constructor(names: readonly string[], environment: Environment) {
    this.#names = names
    this.#environment = environment
    this.#values = names.map((name) => lookUp(environment, name))
  }

  /** Sets the index at a binder; what depends on it is computed anew. */
  setIndex(position: number, value: number): void {
    this.index[position] = value
    this.stamps[position + 1] = ++this.#clock
  }

  value(slot: number): Value | undefined {
    return this.#values[slot]
  }

  /** The value of a name that may be missing from the names known when the evaluation began. */
  valueOfName(name: string): Value | undefined {
    return lookUp(this.#environment, name)
  }

  number(slot: number): number {
    const value = this.#values[slot]
    const number = typeof value === 'number' ? value : elementOf(value, this.#names[slot]!, [])
    return this.shifts.length === 0 ? number : number + this.shiftOf(this.#names[slot]!, [])
  }

  /** How far the element is moved at present. */
  shiftOf(name: string, indices: readonly number[]): number {
    let amount = 0
    for (const shift of this.shifts) {
      if (shift.direction !== undefined) {
        if (shift.isParameter?.(name)) amount += shift.amount * component(shift.direction, name, indices)
      } else if (shift.name === name && shift.indices.every((value, i) => value === indices[i])) {
        amount += shift.amount
      }
    }
    return amount
  }

  /** How far all parameters are moved together: an undefined function may depend on more than are named. */
  get time(): number {
    let time = 0
    for (const shift of this.shifts) if (shift.direction !== undefined) time += shift.amount
    return time
  }

  /** Runs with a shift in force; the callback moves it by setting `amount` and then calls `renew`. */
  withShift<T>(shift: Omit<Shift, 'amount'>, run: (shift: { amount: number }) => T): T {
    const entry: Shift = { ...shift, amount: 0 }
    this.shifts.push(entry)
    try {
      return run(entry)
    } finally {
      this.shifts.pop()
      this.renew()
    }
  }

  /** Forgets all sub-terms' values: a name has changed. */
  renew(): void {
    for (let i = 0; i < this.stamps.length; i++) this.stamps[i] = ++this.#clock
  }
}

/** The component of a fixed random direction in the space of all parameters. */
function component(seed: number, name: string, indices: readonly number[]): number {
  return 0.5 + randomNumbers(hashText(`${name}_${indices.join(',')}`) ^ seed)()
}
