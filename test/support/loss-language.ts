/**
 * The tests' own language of losses: what is drawn at random, before a notation writes it. It has its own
 * meaning (loss-meaning.ts) and its own writers (loss-notation.ts), which share no code with the engine.
 */
export interface LossTerm {
  readonly op: Operation
  /** A number's digits, a name, a function, `sum`, `<`, `and`. */
  readonly name: string
  readonly args: readonly LossTerm[]
  readonly indices?: readonly LossIndex[]
  readonly range?: LossRange
}

/**
 * `call` is a function of the table, `open` an undefined function, `defined` one with a definition, `big` a sum
 * or another operation over an index, `argument` the parameter of a function in the body of its definition.
 */
export type Operation =
  | 'number'
  | 'name'
  | 'argument'
  | 'add'
  | 'mul'
  | 'div'
  | 'neg'
  | 'pow'
  | 'call'
  | 'open'
  | 'defined'
  | 'big'
  | 'if'
  | 'ind'
  | 'relation'
  | 'logic'

/** `i`, `t - 1`, or `a_i` where `through` is a name whose values are indices. */
export interface LossIndex {
  readonly letter: string
  readonly shift: number
  readonly through?: string
}

/** From `from` to `to`; `implied` where the notation may leave the index to the reader. */
export interface LossRange {
  readonly letter: string
  readonly axis: Axis
  readonly from: LossBound
  readonly to: LossBound
  readonly implied: boolean
}

/** A letter or a count or neither, plus a number. */
export interface LossBound {
  readonly base: string
  readonly plus: number
}

/** `f(x) = …` where `argument` is its parameter, or `r_i = …` where `letter` is its index, or `r = …`. */
export interface LossDefinition {
  readonly name: string
  readonly argument?: string
  readonly letter?: string
  readonly axis?: Axis
  readonly body: LossTerm
}

export interface Loss {
  readonly definitions: readonly LossDefinition[]
  readonly body: LossTerm
}

/** What an index runs over: samples, features, classes, points, times, powers; each has a count. */
export type Axis = 'N' | 'd' | 'K' | 'n' | 'T' | 'M'

/** Where the first element of an axis stands: the powers of a polynomial begin at 0. */
export const firstOf = (axis: Axis): number => (axis === 'M' ? 0 : 1)

export interface LossName {
  readonly name: string
  readonly role: 'data' | 'parameter' | 'hyperparameter'
  readonly axes: readonly Axis[]
  /** Its values are indices of this axis. */
  readonly indexes?: Axis
}

/** The names of all losses, each with a shape. */
export const lossNames: readonly LossName[] = [
  { name: 'x', role: 'data', axes: ['N'] },
  { name: 'y', role: 'data', axes: ['N'] },
  { name: 'z', role: 'data', axes: ['N', 'd'] },
  { name: 'r', role: 'data', axes: ['N', 'K'] },
  { name: 'a', role: 'data', axes: ['N'], indexes: 'K' },
  { name: 'q', role: 'data', axes: ['K'] },
  { name: 'D', role: 'data', axes: ['n', 'n'] },
  { name: 's', role: 'data', axes: ['T'] },
  { name: 'm', role: 'parameter', axes: [] },
  { name: 'b', role: 'parameter', axes: [] },
  { name: 'v', role: 'parameter', axes: [] },
  { name: 'w', role: 'parameter', axes: ['d'] },
  { name: 'theta', role: 'parameter', axes: ['K'] },
  { name: 'W', role: 'parameter', axes: ['K', 'd'] },
  { name: 'beta', role: 'parameter', axes: ['n'] },
  { name: 'u', role: 'parameter', axes: ['T'] },
  { name: 'c', role: 'parameter', axes: ['M'] },
  { name: 'lambda', role: 'hyperparameter', axes: [] },
  { name: 'tau', role: 'hyperparameter', axes: [] },
]

export const counts: readonly Axis[] = ['N', 'd', 'K', 'n', 'T', 'M']

export const number = (text: string): LossTerm => ({ op: 'number', name: text, args: [] })
export const name = (text: string, indices: readonly LossIndex[] = []): LossTerm => ({
  op: 'name',
  name: text,
  args: [],
  indices,
})
export const make = (op: Operation, args: readonly LossTerm[], text = ''): LossTerm => ({
  op,
  name: text,
  args,
})

/** Every name that a loss uses, in its definitions too. */
export function namesIn(loss: Loss): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (term: LossTerm): void => {
    if (term.op === 'name' || term.op === 'open' || term.op === 'defined') found.add(term.name)
    for (const { through } of term.indices ?? []) if (through !== undefined) found.add(through)
    for (const base of [term.range?.from.base, term.range?.to.base]) if (base !== undefined) found.add(base)
    if (term.name === 'mean' && term.range !== undefined) found.add(term.range.to.base)
    for (const arg of term.args) visit(arg)
  }
  visit(loss.body)
  for (const { body } of loss.definitions) visit(body)
  return found
}

/** Whether a term uses the letter of an index, or binds it. */
export function usesLetter(term: LossTerm, letter: string): boolean {
  return (
    (term.op === 'name' && term.name === letter) ||
    (term.indices ?? []).some((index) => index.letter === letter) ||
    term.range?.letter === letter ||
    term.range?.from.base === letter ||
    term.range?.to.base === letter ||
    term.args.some((arg) => usesLetter(arg, letter))
  )
}

/** The term with another letter for an index. */
export function withLetter(term: LossTerm, letter: string, other: string): LossTerm {
  const bound = (one: LossBound): LossBound => (one.base === letter ? { ...one, base: other } : one)
  return {
    ...term,
    ...(term.op === 'name' && term.name === letter ? { name: other } : {}),
    args: term.args.map((arg) => withLetter(arg, letter, other)),
    ...(term.indices === undefined
      ? {}
      : {
          indices: term.indices.map((index) =>
            index.letter === letter ? { ...index, letter: other } : index,
          ),
        }),
    ...(term.range === undefined
      ? {}
      : {
          range: {
            ...term.range,
            // The entry of a softmax belongs to the letter around it.
            letter: term.name === 'softmax' && term.range.letter === letter ? other : term.range.letter,
            from: bound(term.range.from),
            to: bound(term.range.to),
          },
        }),
  }
}
