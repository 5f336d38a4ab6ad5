import {
  type Block,
  type Operation,
  type Program,
  type Reduction,
  type Shape,
  type Statement,
  stride,
  type Variable,
} from '../program/index.ts'
import { comparisons } from './condition.ts'
import type { Value } from './environment.ts'
import {
  evaluationOf,
  fail,
  hasRest,
  namesIn,
  type Result,
  type Run,
  startOf,
  toInteger,
} from './program-run.ts'

/** Counts the statements that are run. */
export interface Tally {
  statements: number
}

/** What a run remembers. */
interface State {
  readonly inputs: readonly (Value | undefined)[]
  readonly numbers: number[]
  readonly arrays: (ArrayLike<Value> | undefined)[]
  /** Arrays of reductions, or for a single one an array of length 1, and what they keep besides. */
  readonly reductions: Float64Array[]
  readonly rests: Float64Array[]
  /** What sums have taken in this stride. */
  readonly parts: Float64Array[]
  readonly results: Result[]
}

type Act = (state: State) => void

/** The program as a function, without code made from text; slower than what JavaScript compiles. */
export function interpret(program: Program, tally?: Tally): Run {
  const compiler = new StatementCompiler(namesIn(program), tally)
  const body = compiler.block(program.body)
  return (inputs) => {
    const state: State = {
      inputs,
      numbers: [],
      arrays: [],
      reductions: [],
      rests: [],
      parts: [],
      results: [],
    }
    body(state)
    return state.results
  }
}

class StatementCompiler {
  constructor(
    readonly names: readonly string[],
    readonly tally: Tally | undefined,
  ) {}

  block(block: Block): Act {
    const acts = block.map((statement) => this.#statement(statement))
    const { tally } = this
    return (state) => {
      if (tally !== undefined) tally.statements += acts.length
      for (const act of acts) act(state)
    }
  }

  #statement(statement: Statement): Act {
    switch (statement.kind) {
      case 'set':
        return this.#set(statement)
      case 'choose':
        return this.#choose(statement)
      case 'loop': {
        const { index, from, to, sums } = statement
        const body = this.block(statement.body)
        return (state) => {
          const last = state.numbers[to]!
          const isStrided = sums.length > 0
          for (let first = state.numbers[from]!; first <= last; first += stride) {
            const end = isStrided ? Math.min(first + stride - 1, last) : last
            for (let i = first; i <= end; i++) {
              state.numbers[index] = i
              body(state)
            }
            if (!isStrided) break
            for (const { target } of sums) compensate(state, target)
          }
        }
      }
      case 'begin': {
        const { target, reduction, shape } = statement
        const start = startOf[reduction]
        return (state) => {
          const size = sizeOf(shape, state)
          state.reductions[target] = new Float64Array(size).fill(start)
          if (hasRest(reduction)) state.rests[target] = new Float64Array(size)
          if (reduction === 'sum') state.parts[target] = new Float64Array(size)
        }
      }
      case 'take': {
        const { target, shape, at, value } = statement
        if (statement.reduction === 'sum') {
          return ({ parts, numbers }) => {
            parts[target]![placeOf(shape, at, numbers)]! += numbers[value]!
          }
        }
        const take = takers[statement.reduction]
        return ({ reductions, rests, numbers }) =>
          take(reductions[target]!, rests[target]!, placeOf(shape, at, numbers), numbers[value]!)
      }
      case 'end': {
        const { target, reduction, shape } = statement
        return (state) => {
          finish(reduction, state.reductions[target]!, state.rests[target]!)
          if (shape.length === 0) state.numbers[target] = state.reductions[target]![0]!
        }
      }
      case 'read': {
        const { target, array, shape, at } = statement
        return ({ numbers, reductions }) => {
          numbers[target] = reductions[array]![placeOf(shape, at, numbers)]!
        }
      }
      case 'output': {
        const { output, shape } = statement
        return (state) => {
          const lengths = shape.map((axis) => lengthOf(axis, state))
          state.results[output] = { values: new Float64Array(sizeOf(shape, state)), lengths }
        }
      }
      case 'store': {
        const { output, shape, at, value } = statement
        return ({ results, numbers }) => {
          results[output]!.values[placeOf(shape, at, numbers)] = numbers[value]!
        }
      }
    }
  }

  #choose(statement: Statement & { kind: 'choose' }): Act {
    const { target, condition, yesValue, noValue } = statement
    const yes = this.block(statement.yes)
    const no = this.block(statement.no)
    return (state) => {
      const { numbers } = state
      const decided = numbers[condition]!
      if (Number.isNaN(decided)) {
        numbers[target] = decided
      } else if (decided !== 0) {
        yes(state)
        numbers[target] = numbers[yesValue]!
      } else {
        no(state)
        numbers[target] = numbers[noValue]!
      }
    }
  }

  #set({ target, operation, args, mayFail }: Statement & { kind: 'set' }): Act {
    if (operation.kind === 'input') {
      const place = this.names.indexOf(operation.name)
      return receive(target, operation.isArray, mayFail, ({ inputs }) => inputs[place])
    }
    const [a, b] = args as readonly [Variable, Variable]
    if (operation.kind === 'element') {
      const { base } = operation
      const read = ({ arrays, numbers }: State) => arrays[a]?.[numbers[b]! - base]
      return receive(target, operation.isArray, mayFail, read)
    }
    if (operation.kind === 'length') {
      return ({ numbers, arrays }) => {
        numbers[target] = arrays[a]?.length ?? Number.NaN
      }
    }
    const value = computationOf(operation, args)
    return ({ numbers }) => {
      numbers[target] = value(numbers)
    }
  }
}

/** Takes a value from outside, if it is what it must be. */
function receive(
  target: Variable,
  isArray: boolean,
  mayFail: boolean,
  read: (state: State) => Value | undefined,
): Act {
  if (isArray) {
    return (state) => {
      const value = read(state)
      const isRight = typeof value === 'object' && value !== null
      state.arrays[target] = isRight ? value : mayFail ? fail() : undefined
    }
  }
  return (state) => {
    const value = read(state)
    state.numbers[target] = typeof value === 'number' ? value : mayFail ? fail() : Number.NaN
  }
}

function computationOf(
  operation: Operation,
  args: readonly Variable[],
): (numbers: readonly number[]) => number {
  const [a, b] = args as readonly [Variable, Variable]
  switch (operation.kind) {
    case 'number': {
      const value = Number(operation.written)
      return () => value
    }
    case 'constant': {
      const value = operation.name === 'pi' ? Math.PI : Math.E
      return () => value
    }
    case 'integer':
      return (numbers) => toInteger(numbers[a]!)
    case 'add':
      return (numbers) => {
        let sum = numbers[a]!
        for (let i = 1; i < args.length; i++) sum += numbers[args[i]!]!
        return sum
      }
    case 'multiply':
      return (numbers) => {
        let product = numbers[a]!
        for (let i = 1; i < args.length; i++) product *= numbers[args[i]!]!
        return product
      }
    case 'negate':
      return (numbers) => -numbers[a]!
    case 'divide':
      return (numbers) => numbers[a]! / numbers[b]!
    case 'power':
      return (numbers) => numbers[a]! ** numbers[b]!
    case 'call': {
      const evaluate = evaluationOf(operation.name)
      return (numbers) => evaluate(...args.map((arg) => numbers[arg]!))
    }
    case 'compare': {
      const holds = comparisons[operation.relation]
      return (numbers) => {
        const [left, right] = [numbers[a]!, numbers[b]!]
        return Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : holds(left, right) ? 1 : 0
      }
    }
    case 'is-undefined':
      return (numbers) => (Number.isNaN(numbers[a]!) ? 1 : 0)
    default:
      throw new RangeError(`${operation.kind} is no value`)
  }
}

const takers: Readonly<
  Record<
    Exclude<Reduction, 'sum'>,
    (total: Float64Array, rest: Float64Array, p: number, value: number) => void
  >
> = {
  prod: (total, _, p, value) => {
    total[p]! *= value
  },
  max: (total, _, p, value) => {
    total[p] = Math.max(total[p]!, value)
  },
  min: (total, _, p, value) => {
    total[p] = Math.min(total[p]!, value)
  },
  'log-sum': (total, rest, p, value) => {
    const largest = total[p]!
    if (largest === Number.NEGATIVE_INFINITY) total[p] = value
    else if (value <= largest) rest[p]! += Math.exp(value - largest)
    else {
      rest[p] = (rest[p]! + 1) * Math.exp(largest - value)
      total[p] = value
    }
  },
}

/** Adds what a sum took in a stride; what that addition loses is exact (Knuth's two-sum). */
function compensate({ reductions, rests, parts }: State, target: Variable): void {
  const [total, rest, part] = [reductions[target]!, rests[target]!, parts[target]!]
  for (const [p, value] of part.entries()) {
    const before = total[p]!
    const after = before + value
    const added = after - before
    rest[p]! += before - (after - added) + (value - added)
    total[p] = after
  }
  part.fill(0)
}

function finish(reduction: Reduction, total: Float64Array, rest: Float64Array): void {
  if (!hasRest(reduction)) return
  for (const [p, left] of rest.entries()) {
    if (reduction === 'log-sum') total[p]! += Math.log1p(left)
    else if (Number.isFinite(left)) total[p]! += left
  }
}

function lengthOf({ from, to }: Shape[number], { numbers }: State): number {
  return Math.max(0, numbers[to]! - numbers[from]! + 1)
}

function sizeOf(shape: Shape, state: State): number {
  return shape.reduce((size, axis) => size * lengthOf(axis, state), 1)
}

function placeOf(shape: Shape, at: readonly Variable[], numbers: readonly number[]): number {
  let place = 0
  for (const [axis, { from, to }] of shape.entries()) {
    const first = numbers[from]!
    place = place * (numbers[to]! - first + 1) + numbers[at[axis]!]! - first
  }
  return place
}
