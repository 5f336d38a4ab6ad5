import { afterAll, describe, expect, test } from 'vitest'
import { type DerivedLoss, derive, print } from '../../src/index.ts'
import { compileLoss, type Slope } from '../../src/numeric/compile.ts'
import { evaluate } from '../../src/numeric/evaluate.ts'
import type { SymbolTerm } from '../../src/term/expr.ts'
import type { Scope } from '../../src/term/scope.ts'
import {
  type JsonEnvironment,
  type JsonValue,
  type LossCase,
  lossOptions,
  readLossCases,
} from '../support/cases.ts'
import { differentiateNumerically } from '../support/differences.ts'
import {
  lastLineIsResult,
  noSteps,
  readsBack,
  relativeError,
  renders,
  show,
  stepsAreAChain,
  stepsAreTrue,
} from '../support/laws.ts'

/** An element of a parameter: its positions in the arrays, and what its free indices are there. */
interface Element {
  readonly positions: readonly number[]
  readonly indices: JsonEnvironment
}

function elementsOf(variable: SymbolTerm, env: JsonEnvironment, scope: Scope): readonly Element[] {
  let elements: readonly (Element & { readonly value: JsonValue })[] = [
    { positions: [], indices: {}, value: env[variable.name] ?? 0 },
  ]
  for (const [depth, index] of variable.args.entries()) {
    const from = scope.declaration(variable.name)?.ranges[depth]?.from
    const base = from === undefined || from.loose !== 0 ? 1 : evaluate(from, env)
    elements = elements.flatMap(({ positions, indices, value }) =>
      typeof value === 'number'
        ? []
        : value.map((inner, i) => ({
            positions: [...positions, i],
            indices: 'name' in index ? { ...indices, [String(index.name)]: i + base } : indices,
            value: inner,
          })),
    )
  }
  return elements
}

function elementAt(value: JsonValue | Slope | undefined, positions: readonly number[]): number {
  let current = value
  for (const position of positions) current = typeof current === 'object' ? current[position] : undefined
  return typeof current === 'number' ? current : Number.NaN
}

/** The value with one element set. */
function withElement(value: JsonValue, positions: readonly number[], element: number): JsonValue {
  const [first, ...rest] = positions
  if (first === undefined || typeof value === 'number') return element
  return value.map((inner, i) => (i === first ? withElement(inner, rest, element) : inner))
}

/** Compares every element of every entry with differences of the gradient, as the compiled program has it. */
function differencesOf({ reading, partials, hessian }: DerivedLoss, env: JsonEnvironment): string[] {
  const { loss, scope, variables } = reading
  const compiled = compileLoss({ loss, gradient: partials.map(({ result }) => result), variables, scope })
  const faults: string[] = []
  for (const { variables: pair, result, wrt } of hessian) {
    const [first, second] = pair as readonly [SymbolTerm, SymbolTerm]
    for (const row of elementsOf(first, env, scope)) {
      for (const column of elementsOf(second, env, scope)) {
        if (Object.entries(row.indices).some(([name, at]) => (column.indices[name] ?? at) !== at)) continue
        const whole = env[second.name] ?? 0
        const at = elementAt(whole, column.positions)
        const expected = differentiateNumerically(
          (value) => {
            const moved = { ...env, [second.name]: withElement(whole, column.positions, value) }
            return elementAt(compiled.gradient(moved)[first.name], row.positions)
          },
          at,
          1e-3 * Math.max(1, Math.abs(at)),
        )
        const actual = evaluate(result, { ...env, ...row.indices, ...column.indices }, scope)
        if (!(relativeError(actual, expected) < 1e-7)) {
          const place = JSON.stringify({ ...row.indices, ...column.indices })
          faults.push(`${wrt.join(', ')} at ${place} is ${actual}, expected ${expected}: ${show(result)}`)
        }
      }
    }
  }
  return faults
}

const counts = noSteps()

function faultsOf(entry: LossCase): string[] {
  const options = lossOptions(entry)
  const derived = derive(entry.ascii, { ...options, order: 2 })
  const { scope } = derived.reading
  const size = derived.partials.length
  expect(derived.hessian).toHaveLength((size * (size + 1)) / 2)
  const faults = entry.numeric.slice(0, 2).flatMap(({ env }) => differencesOf(derived, env))
  for (const derivation of derived.hessian) {
    const [first, second] = derivation.variables as readonly [SymbolTerm, SymbolTerm]
    const { env } = entry.numeric[0]!
    const rows = elementsOf(first, env, scope)
    const columns = elementsOf(second, env, scope)
    const points = rows.flatMap((row) =>
      columns.map((column) => ({ ...env, ...row.indices, ...column.indices })),
    )
    const found = [
      ...lastLineIsResult(derivation),
      ...stepsAreAChain(derivation, scope),
      ...stepsAreTrue(derivation, scope, points.slice(0, 4), counts),
      ...(derivation.result.hasDerivative ? [`a derivative is left in ${show(derivation.result)}`] : []),
      ...(['ascii', 'latex'] as const).flatMap((format) =>
        readsBack(derivation.result, format, options, scope),
      ),
    ]
    faults.push(...found.map((fault) => `by ${derivation.wrt}: ${fault}`))
  }
  const latex = print(derived, 'latex', { env: 'aligned', labels: 'none' })
  for (const block of latex.split('\n\n')) {
    if (block.startsWith('\\')) faults.push(...renders(block))
  }
  return faults
}

describe('every loss of losses.jsonl has the Hessian that differences of its gradient give', () => {
  test.each(readLossCases().map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
    expect(faultsOf(entry)).toEqual([])
  })

  afterAll(() => console.log(`steps of Hessians: ${JSON.stringify(counts)}`))
})

test('the second index is another one, with its range, and the diagonal has a delta of its own', () => {
  const derived = derive('sum(j=1..d, w_j^3)*b', { wrt: ['w_k', 'b'], order: 2 })
  expect(derived.hessian.map(({ wrt }) => wrt)).toEqual([
    ['w_k', 'w_l'],
    ['w_k', 'b'],
    ['b', 'b'],
  ])
  const [diagonal] = derived.hessian
  const env = { d: 3, w: [2, 3, 5], b: 7 }
  const { scope } = derived.reading
  expect(evaluate(diagonal!.result, { ...env, k: 2, l: 2 }, scope)).toBe(6 * 3 * 7)
  expect(evaluate(diagonal!.result, { ...env, k: 2, l: 3 }, scope)).toBe(0)
  expect(derived.reading.sentence).toContain('w_l (1 ≤ l ≤ d)')
})

test('parameters that share an index have mixed derivatives off the diagonal too', () => {
  const loss = 'sum(j=1..d, v_j)*sum(j=1..d, w_j)'
  const { hessian, reading } = derive(loss, { wrt: ['v_k', 'w_k'], order: 2 })
  const mixed = hessian[1]!
  expect(mixed.wrt[0]).toBe('v_k')
  expect(mixed.wrt[1]).not.toBe('w_k')
  const index = mixed.wrt[1].slice(2)
  const env = { d: 2, v: [1, 2], w: [3, 4], k: 1, [index]: 2 }
  expect(evaluate(mixed.result, env, reading.scope)).toBe(1)
})

test('what the first derivative needs, the second needs too', () => {
  const [entry] = derive('abs(x)^3', { wrt: ['x'], order: 2 }).hessian
  const [first] = derive('abs(x)^3', { wrt: ['x'] }).partials
  const written = entry!.conditions.map(({ relation }) => print(relation, 'ascii'))
  for (const { relation } of first!.conditions) expect(written).toContain(print(relation, 'ascii'))
})

test('an undefined function by all its parameters has no Hessian, and this is told', () => {
  const { hessian, warnings } = derive('1/N*sum((y-f(x))^2)', { order: 2 })
  expect(hessian).toEqual([])
  expect(warnings.join()).toContain('no Hessian')
})
