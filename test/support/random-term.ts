import fc from 'fast-check'
import { functions } from '../../src/functions/index.ts'
import type { BinderOperation, Expr, RelationOperation, SymbolTerm } from '../../src/term/expr.ts'
import { nabla } from '../../src/term/scope.ts'
import type { TermStore } from '../../src/term/store.ts'

export interface RandomTermOptions {
  /** Roughly the number of nodes; 12 unless said otherwise. */
  readonly size?: number
  /** Whether derivatives not yet taken may occur; they do unless said otherwise. */
  readonly derivatives?: boolean
  /** Whether conditions (`if`) may occur; they do unless said otherwise. */
  readonly conditions?: boolean
  /** Whether undefined functions (`f(x)`, `f'(x)`) may occur; they do unless said otherwise. */
  readonly applications?: boolean
  /** Whether letters of indices may clash with free names and with each other; they do not unless said otherwise. */
  readonly clashes?: boolean
  /** The functions of the table that may occur; all unless said otherwise. */
  readonly calls?: readonly string[]
}

/** The names that occur in random terms, by what they may stand for; each has one number of indices. */
export const randomNames = {
  parameters: ['m', 'b', 'v', 'theta', 'sigma', 'yhat', 'loss', 'theta_0', 'b1', 'w^{(2)}'],
  indexed: ['x', 'y', 'w', 'phat', 'w_out'],
  twiceIndexed: ['a', 'Theta'],
  counts: ['N', 'K', 'd'],
  freeIndices: ['k', 'q', 'c'],
  boundIndices: ['i', 'j', 'r', 's', 't'],
  functions: ['f', 'g', 'phi', 'l'],
} as const

/** A source of random choices that depends on its seed alone. */
export class Chance {
  #state: number
  constructor(seed: number) {
    this.#state = seed | 0
  }
  /** In [0, 1): mulberry32. */
  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  below(count: number): number {
    return Math.floor(this.number() * count)
  }
  one<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }
  /** Whether something of this likelihood happens. */
  happens(likelihood: number): boolean {
    return this.number() < likelihood
  }
}

/**
 * A well-formed closed term over every kind, the same one for the same seed. Letters of bound indices never
 * clash with a free name or with an enclosing index, unless asked for, so that they are printed as they are.
 */
export function randomTerm(store: TermStore, seed: number, options: RandomTermOptions = {}): Expr {
  const chance = new Chance(seed)
  const calls = (options.calls ?? [...functions.keys()]).flatMap((name) => functions.get(name) ?? [])

  const index = (binders: number): Expr =>
    binders > 0 && chance.happens(0.7)
      ? store.bound(chance.below(binders))
      : store.symbol(chance.one(randomNames.freeIndices))

  const shiftedIndex = (binders: number): Expr => {
    const base = index(binders)
    if (chance.happens(0.8)) return base
    const one = store.number(1)
    return store.add([base, chance.happens(0.5) ? one : store.neg(one)])
  }

  const number = (): Expr => store.number(chance.one(['0', '1', '2', '3', '10', '0.5', '0.1', '2.50']))

  const parameter = (): SymbolTerm => store.symbol(chance.one(randomNames.parameters))

  const indexedName = (binders: number): SymbolTerm => {
    if (chance.happens(0.8)) return store.symbol(chance.one(randomNames.indexed), [shiftedIndex(binders)])
    return store.symbol(chance.one(randomNames.twiceIndexed), [shiftedIndex(binders), shiftedIndex(binders)])
  }

  const leaf = (binders: number): Expr => {
    const pick = chance.number()
    if (pick < 0.3) return number()
    if (pick < 0.6) return parameter()
    if (pick < 0.65) return store.symbol(chance.one(['e', 'pi', ...randomNames.counts]))
    if (pick < 0.7) return index(binders)
    return indexedName(binders)
  }

  const relation = (size: number, binders: number): Expr =>
    store.relation(
      chance.one<RelationOperation>(['<', '<=', '>', '>=', '==', '!=']),
      term(size / 2, binders),
      term(size / 2, binders),
    )

  const condition = (size: number, binders: number): Expr => {
    if (size < 3 || chance.happens(0.7)) return relation(size, binders)
    if (chance.happens(0.2)) {
      const sides = Array.from({ length: 3 + chance.below(2) }, () => term(size / 3, binders))
      const sign = chance.one([
        ['<', '<='],
        ['>', '>='],
      ] as const)
      return store.logical(
        'and',
        sides.slice(1).map((side, i) => store.relation(chance.one(sign), sides[i]!, side)),
      )
    }
    if (chance.happens(0.1)) return store.logical('not', [condition(size - 1, binders)])
    const operation = chance.one(['and', 'or'] as const)
    const count = 2 + chance.below(2)
    return store.logical(
      operation,
      Array.from({ length: count }, () => condition(size / count, binders)),
    )
  }

  const several = (size: number, binders: number): Expr[] => {
    const count = 2 + chance.below(3)
    return Array.from({ length: count }, () => term(size / count, binders))
  }

  const builders: readonly (readonly [number, (size: number, binders: number) => Expr])[] = [
    [4, (size, binders) => store.add(several(size, binders))],
    [2, (size, binders) => store.subtract(term(size / 2, binders), term(size / 2, binders))],
    [5, (size, binders) => store.mul(several(size, binders))],
    [2, (size, binders) => store.neg(term(size, binders))],
    [3, (size, binders) => store.div(term(size / 2, binders), term(size / 2, binders))],
    [
      2,
      (size, binders) =>
        store.pow(term(size, binders), chance.happens(0.6) ? store.number(2) : term(size / 3, binders)),
    ],
    [1, (size, binders) => store.pow(store.symbol('e'), term(size, binders))],
    [
      calls.length === 0 ? 0 : 3,
      (size, binders) => {
        const spec = chance.one(calls)
        return store.call(
          spec.name,
          spec.args.map(() => term(size / spec.args.length, binders)),
        )
      },
    ],
    [
      3,
      (size, binders) => {
        if (binders >= randomNames.boundIndices.length) return leaf(binders)
        const operation = chance.one<BinderOperation>(['sum', 'sum', 'sum', 'prod', 'max', 'min'])
        const from =
          binders > 0 && chance.happens(0.2) ? shiftedIndex(binders) : store.number(chance.one([0, 1, 2]))
        const upper: Expr = store.symbol(chance.one(randomNames.counts))
        const to = chance.happens(0.2) ? store.subtract(upper, store.number(1)) : upper
        const hint = options.clashes
          ? chance.one([...randomNames.boundIndices, ...randomNames.freeIndices, 'm'])
          : randomNames.boundIndices[binders]!
        return store.big(operation, hint, from, to, term(size, binders + 1))
      },
    ],
    [
      options.derivatives === false ? 0 : 2,
      (size, binders) => {
        const variable = chance.happens(0.1)
          ? store.symbol(nabla)
          : chance.happens(0.5)
            ? store.symbol('w', [index(binders)])
            : parameter()
        return store.derivative(term(size, binders), variable)
      },
    ],
    [1, (_, binders) => store.delta(index(binders), index(binders))],
    [
      options.conditions === false ? 0 : 1,
      (size, binders) =>
        chance.happens(0.3)
          ? store.piecewise([condition(size, binders), store.number(1), store.number(0)])
          : store.piecewise([
              ...Array.from({ length: chance.happens(0.2) ? 2 : 1 }, () => [
                condition(size / 3, binders),
                term(size / 3, binders),
              ]).flat(),
              term(size / 3, binders),
            ]),
    ],
    [
      options.applications === false ? 0 : 2,
      (size, binders) => {
        const name = chance.one(randomNames.functions)
        const arity = name === 'l' ? 2 : 1
        const args = Array.from({ length: arity }, () => term(size / arity, binders))
        const orders = args.map(() => (chance.happens(0.3) ? 1 + chance.below(2) : 0))
        return store.apply(name, args, orders)
      },
    ],
  ]
  const total = builders.reduce((sum, [weight]) => sum + weight, 0)

  const term = (size: number, binders: number): Expr => {
    if (size < 1.5) return leaf(binders)
    let pick = chance.number() * total
    for (const [weight, build] of builders) {
      pick -= weight
      if (pick < 0) return build(size - 1, binders)
    }
    return leaf(binders)
  }

  return term(options.size ?? 12, 0)
}

/** What fast-check draws: a term, and how to draw it again. */
export interface DrawnTerm {
  readonly term: Expr
  readonly seed: number
  readonly size: number
}

/** Random terms for fast-check; a failing run is shrunk by size, and its seed and size are printed. */
export function arbitraryTerm(store: TermStore, options: RandomTermOptions = {}): fc.Arbitrary<DrawnTerm> {
  return fc.tuple(fc.integer(), fc.integer({ min: 1, max: options.size ?? 24 })).map(([seed, size]) => ({
    term: randomTerm(store, seed, { ...options, size }),
    seed,
    size,
    // a term printed node by node would be thousands of lines
    [fc.toStringMethod]: () => `randomTerm(store, ${seed}, { size: ${size} })`,
  }))
}
