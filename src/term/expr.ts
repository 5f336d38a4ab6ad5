import type { Rational } from './rational.ts'

/** The operations that bind an index. */
export type BinderOperation = 'sum' | 'prod' | 'max' | 'min'
export type RelationOperation = '<' | '<=' | '>' | '>=' | '==' | '!='
export type LogicalOperation = 'and' | 'or' | 'not'

/**
 * What every term has. Terms are immutable and interned in their written form: within one store the same
 * written form is the same object, so `===` is equality and a term can key a memo table.
 */
interface Term<K extends string> {
  readonly kind: K
  /** The sub-terms, in written order; a path is a list of positions in these. */
  readonly args: readonly Expr[]
  /** A number unique in the store; order of creation, of no mathematical meaning. */
  readonly id: number
  readonly hash: number
  /** Names of all symbols and undefined functions that occur, also inside indices. */
  readonly names: ReadonlySet<string>
  /** Bit k is set when the bound index of level k occurs and is bound outside this term. */
  readonly loose: number
  /** Height of the tree. */
  readonly depth: number
  /** Number of nodes of the tree (not of the shared graph); a float, since it may be astronomical. */
  readonly size: number
  /** Whether a derivative not yet taken occurs. */
  readonly hasDerivative: boolean
}

/** A number ≥ 0, exact, as it was written (`0.1` stays `0.1`); a negative number is `neg` of one. */
export interface NumberTerm extends Term<'number'> {
  readonly value: Rational
  readonly name: string
}
/** A name with its indices: `m` has none, `x_{i,j}` has `args` i and j. */
export interface SymbolTerm extends Term<'symbol'> {
  readonly name: string
}
/** An index bound by the `level`-th enclosing binder, counted from the innermost, which is 0. */
export interface BoundTerm extends Term<'bound'> {
  readonly level: number
}
/** A sum of two terms or more; `a - b` is `add(a, neg(b))`. */
export interface AddTerm extends Term<'add'> {}
/** A product of two factors or more. */
export interface MulTerm extends Term<'mul'> {}
export interface NegTerm extends Term<'neg'> {}
/** `args` are numerator and denominator. */
export interface DivTerm extends Term<'div'> {}
/** `args` are base and exponent. */
export interface PowTerm extends Term<'pow'> {}
/** A function of the function table applied to its arguments; `name` is its row. */
export interface CallTerm extends Term<'call'> {
  readonly name: string
}
/**
 * A function the user named, defined or not, applied to its arguments. `orders` says how often it is
 * differentiated in each argument: `f'(u)` has `[1]`, the slope of `l(y, p)` in p has `[0, 1]`.
 */
export interface ApplyTerm extends Term<'apply'> {
  readonly name: string
  readonly orders: readonly number[]
}
/** `args` are the lower bound, the upper bound, and the body, in which bound index 0 is this binder's. */
export interface BigTerm extends Term<'big'> {
  readonly name: BinderOperation
  /** The letter the index was written with; printers avoid clashes. */
  readonly hint: string
}
/** The derivative of `args[0]` by the symbol `args[1]`, not yet taken. */
export interface DerivativeTerm extends Term<'derivative'> {}
/** Kronecker's delta of two indices: 1 where they are equal, else 0. */
export interface DeltaTerm extends Term<'delta'> {}
/** `args` are condition, value, condition, value, …, and the value otherwise. */
export interface PiecewiseTerm extends Term<'piecewise'> {}
export interface RelationTerm extends Term<'relation'> {
  readonly name: RelationOperation
}
export interface LogicalTerm extends Term<'logical'> {
  readonly name: LogicalOperation
}

export type Expr =
  | NumberTerm
  | SymbolTerm
  | BoundTerm
  | AddTerm
  | MulTerm
  | NegTerm
  | DivTerm
  | PowTerm
  | CallTerm
  | ApplyTerm
  | BigTerm
  | DerivativeTerm
  | DeltaTerm
  | PiecewiseTerm
  | RelationTerm
  | LogicalTerm

export type Kind = Expr['kind']

/** Whether this term is the number given. */
export function isNumber(term: Expr, value: number): boolean {
  return term.kind === 'number' && term.name === String(value)
}
