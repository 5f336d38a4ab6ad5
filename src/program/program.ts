import type { Operation, Reduction } from './node.ts'

/** A number or an array that a program computes once where it stands; in sight to the end of its block. */
export type Variable = number

export type Block = readonly Statement[]

/**
 * What a program does, in the order in which it is done. There are no jumps: loops over integers, and branches
 * of which one is computed. A back end is a switch over these.
 */
export type Statement =
  | {
      readonly kind: 'set'
      readonly target: Variable
      readonly operation: Operation
      readonly args: readonly Variable[]
      /** Whether a missing element is an error; else it is not a number, and may never be used. */
      readonly mayFail: boolean
    }
  /** One of two values, of which only the one chosen is computed; not a number where the condition is not. */
  | {
      readonly kind: 'choose'
      readonly target: Variable
      readonly condition: Variable
      readonly yes: Block
      readonly yesValue: Variable
      readonly no: Block
      readonly noValue: Variable
    }
  /**
   * Runs the block for each integer from `from` to `to`, both included. What its sums take is added up plainly over
   * `stride` integers, and with what the addition loses from stride to stride.
   */
  | {
      readonly kind: 'loop'
      readonly index: Variable
      readonly from: Variable
      readonly to: Variable
      readonly body: Block
      readonly sums: readonly { readonly target: Variable; readonly shape: Shape }[]
    }
  /** Begins a reduction: with a shape, an array of them. */
  | {
      readonly kind: 'begin'
      readonly target: Variable
      readonly reduction: Reduction
      readonly shape: Shape
    }
  /** Takes a value into a reduction, at these indices where it is an array. */
  | {
      readonly kind: 'take'
      readonly target: Variable
      readonly reduction: Reduction
      readonly shape: Shape
      readonly at: readonly Variable[]
      readonly value: Variable
    }
  /** Ends a reduction: from here on `target` is its value, or the array of its values. */
  | { readonly kind: 'end'; readonly target: Variable; readonly reduction: Reduction; readonly shape: Shape }
  /** Reads an entry of an array of reductions. */
  | {
      readonly kind: 'read'
      readonly target: Variable
      readonly array: Variable
      readonly shape: Shape
      readonly at: readonly Variable[]
    }
  /** Makes room for a result. */
  | { readonly kind: 'output'; readonly output: number; readonly shape: Shape }
  /** A result of the program, or one entry of it. */
  | {
      readonly kind: 'store'
      readonly output: number
      readonly shape: Shape
      readonly at: readonly Variable[]
      readonly value: Variable
    }

/**
 * How many terms of a sum are added plainly. Compensating each costs several times the sum of products that it is
 * for; by strides a sum loses no more than one of so few terms does.
 */
export const stride = 32

/** The first and the last index along each axis of an array. */
export type Shape = readonly { readonly from: Variable; readonly to: Variable }[]

/** What to run; free of any language, so that every back end prints or runs the same. */
export interface Program {
  readonly body: Block
  /** How many variables there are, numbered from 0. */
  readonly variables: number
  /** How many results it stores, and how many axes each has. */
  readonly outputs: readonly { readonly axes: number }[]
}
