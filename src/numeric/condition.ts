import type { LogicalOperation, RelationOperation } from '../term/expr.ts'
import type { Code } from './machine.ts'

/** The value of the first branch whose condition holds; the others are not evaluated. */
export function compilePiecewise(branches: readonly Code[]): Code {
  return (machine) => {
    for (let i = 0; i + 1 < branches.length; i += 2) {
      const condition = branches[i]!(machine)
      if (Number.isNaN(condition)) return Number.NaN
      if (condition !== 0) return branches[i + 1]!(machine)
    }
    return branches.at(-1)!(machine)
  }
}

/** 1 or 0; of what has no value nothing is known, not even that it is different. */
export function compileRelation(operation: RelationOperation, sides: readonly Code[]): Code {
  const [left, right] = sides as readonly [Code, Code]
  const holds = comparisons[operation]
  return (machine) => {
    const a = left(machine)
    const b = right(machine)
    return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : holds(a, b) ? 1 : 0
  }
}

export const comparisons: Readonly<Record<RelationOperation, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}

export function compileLogical(operation: LogicalOperation, args: readonly Code[]): Code {
  if (operation === 'not') return (machine) => 1 - args[0]!(machine)
  if (operation === 'and') return (machine) => args.reduce((all, arg) => all && arg(machine), 1)
  return (machine) => args.reduce((some, arg) => some || arg(machine), 0)
}
