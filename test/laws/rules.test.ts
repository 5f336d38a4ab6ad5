import { describe, expect, test } from 'vitest'
import { functions } from '../../src/functions/index.ts'
import { compileTerms, evaluate } from '../../src/numeric/evaluate.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { printTerm } from '../../src/print/index.ts'
import { type ReadOptions, readAny, readTerm } from '../../src/read/index.ts'
import { type Rule, rules } from '../../src/rules/index.ts'
import { Differentiator } from '../../src/tasks/differentiate.ts'
import { canonical } from '../../src/term/canonical.ts'
import type { Expr, SymbolTerm } from '../../src/term/expr.ts'
import { subtermAt } from '../../src/term/path.ts'
import { type Declaration, type Role, Scope } from '../../src/term/scope.ts'
import { TermStore } from '../../src/term/store.ts'
import { differentiateNumerically } from '../support/differences.ts'
import { Chance } from '../support/random-term.ts'

/**
 * Each rule is held to its own documentation: the examples, and the law at random instances by numbers,
 * where derivatives are differences. So no rule can be wrong in silence.
 */

const seed = 20240611
const instances = 24
/** Differences of a steep function have some nine digits, of which a condition may cost two. */
const tolerance = 1e-6

/** What a rule needs that its text does not say: what to read it with, and where in its example it fires. */
const settings: Readonly<Record<string, { readonly read?: ReadOptions; readonly at?: readonly number[] }>> = {
  definition: { read: { wrt: ['m', 'b'], let: ['f(x) = m*x + b'] }, at: [0] },
  kronecker: { read: { wrt: ['w'] } },
  assumption: { read: { data: ['t'], assume: ['sum(k=1..K, t_k) = 1'] } },
  'sum-of-known-terms': { read: { data: ['t', 'y'], assume: ['sum(k=1..K, t_k) = 1'] } },
  'choice-times-sum': { read: { assume: ['y in {-1, 1}'] } },
  'power-of-choice': { read: { assume: ['y in {0, 1}'] } },
  'function-of-known-sign': { read: { assume: ['p > 0'] } },
  'known-case': { read: { assume: ['p > 0'] } },
  'known-delta': { read: { wrt: ['w_i', 'w_j'], assume: ['i != j'] } },
}

const optionsOf = (rule: Rule): ReadOptions => ({ wrt: ['x'], data: [], ...settings[rule.id]?.read })

test('every rule has an identity, a title, a law, a reason and examples', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  for (const rule of rules) {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(rule.title).not.toBe('')
    expect(rule.law.split(' = ')).toHaveLength(2)
    expect(rule.because).toMatch(/[^.]$/)
    expect(rule.examples.length).toBeGreaterThan(0)
    expect(rule.on.length).toBeGreaterThan(0)
  }
})

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test.each(
    rule.examples.map(([before, after]) => [before, after] as const),
  )('%s becomes %s', (text, wanted) => {
    const store = new TermStore()
    const options = { ...optionsOf(rule), store }
    const { term, scope } = readAny(text, options)
    const path = settings[id]?.at ?? []
    const outcome = applyTo(rule, subtermAt(term, path), scope)
    const expected = subtermAt(readTerm(wanted, options), path)
    if (outcome === undefined) expect.fail(`${rule.id} does not fire on ${text}`)
    const { after } = outcome
    if (after === expected || canonical(store, after) === canonical(store, expected)) return
    expect(printTerm(after, 'ascii')).toBe(printTerm(expected, 'ascii'))
  })

  test(`its law holds (seed ${seed})`, () => {
    const chance = new Chance(seed)
    let fired = 0
    let points = 0
    for (let i = 0; i < instances; i++) {
      const { left, right, scope } = instantiateLaw(rule, chance)
      const outcome = applyTo(rule, left, scope)
      const after = outcome?.after ?? left
      if (outcome !== undefined) fired++
      const told = `${printTerm(left, 'ascii')} = ${printTerm(right, 'ascii')}, applied ${printTerm(after, 'ascii')}`
      const sides = compileTerms([left, right, after], scope)
      const environments = samplePoints([left, right, after], scope, {
        count: 4,
        seed: seed + i,
        conditions: outcome?.conditions ?? [],
      })
      for (const environment of environments) {
        const [a, b, c] = sides(environment) as [number, number, number]
        points++
        const size = Math.max(1, Math.abs(a), Math.abs(b))
        expect(Math.abs(a - b) / size, `the law: ${told}, ${a} and ${b}`).toBeLessThan(tolerance)
        expect(Math.abs(b - c) / size, `the rule: ${told}, ${b} and ${c}`).toBeLessThan(tolerance)
      }
    }
    expect(fired, 'instances on which the rule fires').toBeGreaterThanOrEqual(instances / 3)
    expect(points, 'points at which it was tested').toBeGreaterThanOrEqual(instances)
  })
})

function applyTo(
  rule: Rule,
  term: Expr,
  scope: Scope,
): { readonly after: Expr; readonly conditions: readonly Expr[] } | undefined {
  if (!rule.on.includes(term.kind)) return undefined
  const outcome = rule.apply(term, { store: scope.store, scope, isWritten: () => false })
  if (outcome === undefined) return undefined
  return 'kind' in outcome
    ? { after: outcome, conditions: [] }
    : { after: outcome.after, conditions: outcome.conditions ?? [] }
}

/** Both sides of a law with random terms for its metavariables. */
function instantiateLaw(rule: Rule, chance: Chance): { left: Expr; right: Expr; scope: Scope } {
  const store = new TermStore()
  const options = { ...optionsOf(rule), store }
  const [left, right] = rule.law.split(' = ').map((side) => readAny(side, options)) as [
    ReturnType<typeof readAny>,
    ReturnType<typeof readAny>,
  ]
  if (options.let !== undefined || options.assume !== undefined)
    return { left: left.term, right: right.term, scope: left.scope }
  const sides = [left.term, right.term]
  const fixed = new Set(sides.flatMap(fixedNames))
  const hasDerivative = left.term.hasDerivative
  const chosen = new Map<string, (indices: readonly Expr[]) => Expr>()
  const choose = (name: string): ((indices: readonly Expr[]) => Expr) => {
    let choice = chosen.get(name)
    if (choice === undefined) {
      const varies = /^[uvw]$/.test(name)
      choice =
        name === 'n'
          ? randomExponent(store, chance)
          : randomTerm(store, chance, { hasVariable: hasDerivative && varies, mayHaveVariable: varies })
      chosen.set(name, choice)
    }
    return choice
  }
  const put = (term: Expr): Expr => {
    if (term.kind === 'symbol' && /^[uvwcadn]$/.test(term.name) && !fixed.has(term.name)) {
      return choose(term.name)(term.args)
    }
    return join(store, term, term.args.map(put))
  }
  // In the engine products and sums are mostly flat; a law must hold for both ways to write them.
  const isFlat = chance.happens(0.5)
  const join = isFlat
    ? joinFlat
    : (_: TermStore, term: Expr, args: readonly Expr[]) => store.rebuild(term, args)
  const [a, b] = sides.map(put) as [Expr, Expr]
  return { left: a, right: b, scope: new Scope(store, declarations(store)) }
}

/** The term with other sub-terms; a product in a product and a sum in a sum lose their brackets. */
function joinFlat(store: TermStore, term: Expr, args: readonly Expr[]): Expr {
  const { kind } = term
  if (kind !== 'mul' && kind !== 'add') return store.rebuild(term, args)
  return store.rebuild(
    term,
    args.flatMap((arg) => (arg.kind === kind ? arg.args : [arg])),
  )
}

/** Names that a law means as they stand: the bounds of its sums, its indices, what it differentiates by. */
function fixedNames(term: Expr): string[] {
  if (term.kind === 'derivative') return [...term.args[1]!.names, ...fixedNames(term.args[0]!)]
  if (term.kind === 'big') {
    return [...term.args[0]!.names, ...term.args[1]!.names, ...fixedNames(term.args[2]!)]
  }
  if (term.kind === 'symbol') return term.args.flatMap((index) => [...index.names])
  return term.args.flatMap(fixedNames)
}

function declarations(store: TermStore): readonly Declaration[] {
  const range = { from: store.number(1), to: store.symbol('n') }
  const entry = (name: string, role: Role, indices: number): Declaration => ({
    name,
    role,
    ranges: Array.from({ length: indices }, () => range),
  })
  return [
    entry('x', 'parameter', 0),
    entry('w', 'parameter', 1),
    entry('n', 'count', 0),
    entry('j', 'index', 0),
    entry('k', 'index', 0),
    entry('f', 'function', 0),
    ...['p', 'q'].map((name) => entry(name, 'data', 1)),
    ...['r', 's', 't', 'y'].map((name) => entry(name, 'hyperparameter', 0)),
  ]
}

/** A power as people write it. */
function randomExponent(store: TermStore, chance: Chance): () => Expr {
  const written = chance.one(['2', '3', '5', '0.5', '3/2', '-1', '-3', 's'])
  const exponent = readTerm(written, { store, data: [] })
  return () => exponent
}

/**
 * A random term as a function of the indices that its metavariable carries: p and q are families, r, s, t
 * positive numbers, x the variable.
 */
function randomTerm(
  store: TermStore,
  chance: Chance,
  { hasVariable, mayHaveVariable }: { readonly hasVariable: boolean; readonly mayHaveVariable: boolean },
): (indices: readonly Expr[]) => Expr {
  const x = store.symbol('x')
  type Indexed = (indices: readonly Expr[]) => Expr
  const leaf = (): Indexed => {
    const pick = chance.number()
    if (pick < 0.2) {
      const number = store.number(chance.one(['2', '3', '0.5']))
      return () => number
    }
    if (pick < 0.55 && mayHaveVariable) return () => x
    const name = chance.one(['r', 's', 't'])
    const family = chance.one(['p', 'q'])
    const isFamily = chance.happens(0.7)
    return (indices) => (isFamily && indices.length > 0 ? store.symbol(family, indices) : store.symbol(name))
  }
  const term = (size: number): Indexed => {
    if (size <= 1) return leaf()
    const one = term(size / 2)
    const other = term(size / 2)
    switch (chance.below(8)) {
      case 0:
        return (indices) => store.add([one(indices), other(indices)])
      case 1:
        return (indices) => store.subtract(one(indices), other(indices))
      case 2:
        return (indices) => store.mul([one(indices), other(indices)])
      case 3:
        return (indices) => store.div(one(indices), store.add([store.number(2), other(indices)]))
      case 4:
        return (indices) => store.pow(one(indices), store.number(2))
      case 5:
        return (indices) => store.neg(one(indices))
      default: {
        const name = chance.one(['sin', 'cos', 'exp', 'tanh', 'sigmoid'])
        return (indices) => store.call(name, [one(indices)])
      }
    }
  }
  const index = [store.symbol('k')]
  for (;;) {
    const choice = term(chance.one([1, 2, 3, 4]))
    if (!hasVariable || choice(index).names.has('x')) return choice
  }
}

describe('the engine differentiates every function of the table', () => {
  const store = new TermStore()
  const x = store.symbol('x')
  /** The argument that varies is 2*x + s, so that the chain rule has something to do. */
  const inner = store.add([store.mul([store.number(2), x]), store.symbol('s')])

  for (const spec of functions.values()) {
    const positions = spec.args.flatMap((_, i) =>
      spec.derivative.length === 0 || spec.derivative[i] !== undefined ? [i] : [],
    )
    test.each(positions)(`${spec.name} in argument %i (seed ${seed})`, (position) => {
      const others = spec.args.map((_, i) => `a${i}`)
      const call = store.call(
        spec.name,
        others.map((name, i): Expr => (i === position ? inner : store.symbol(name))),
      )
      const scope = new Scope(
        store,
        ['x', 's', ...others].map((name) => ({
          name,
          role: name === 'x' ? ('parameter' as const) : ('data' as const),
          ranges: [],
        })),
      )
      const { result } = new Differentiator(scope).differentiate(call, x as SymbolTerm)
      expect(result.hasDerivative).toBe(false)
      const chance = new Chance(seed)
      let compared = 0
      for (let i = 0; i < 20; i++) {
        const args = spec.domain.map(([low, high]) => low + (high - low) * chance.number())
        const [low, high] = spec.domain[position]!
        const at = args[position]!
        const step = Math.min(0.005, Math.min(at - low, high - at) / 5 + 0.001 * Math.min(1, Math.abs(at)))
        const along = (value: number) => spec.evaluate(...args.with(position, value))
        const expected = 2 * differentiateNumerically(along, at, step)
        const size = Math.max(Math.abs(expected), 1e-3 * Math.abs(along(at)), 1e-6)
        // Differences over another step tell where there is a kink within reach.
        const again = 2 * differentiateNumerically(along, at, step / 3)
        if (Math.abs(again - expected) > 1e-7 * size) continue
        compared++
        const env = Object.fromEntries(others.map((name, j) => [name, args[j]!]))
        const actual = evaluate(result, { ...env, x: 0.25, s: at - 0.5 }, scope)
        expect(
          Math.abs(actual - expected) / size,
          `${printTerm(result, 'ascii')} at ${args}: ${actual}, by differences ${expected}`,
        ).toBeLessThan(1e-6)
      }
      expect(compared).toBeGreaterThanOrEqual(15)
    })
  }
})
