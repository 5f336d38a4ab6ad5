import { describe, expect, test } from 'vitest'
import { readLoss } from '../../src/read/index.ts'
import { Differentiator } from '../../src/tasks/differentiate.ts'
import { PartialDerivation } from '../../src/tasks/gradient.ts'
import type { Expr, SymbolTerm } from '../../src/term/expr.ts'

/** How the work grows, in counts, which are the same on every machine. */

interface Counts {
  /** Micro-steps of the derivation. */
  readonly steps: number
  /** Different terms that were made for the result. */
  readonly terms: number
  /** Different nodes of the result. */
  readonly result: number
}

function derive(text: string): Counts {
  const { loss, scope, store, variables } = readLoss(text, { wrt: ['x'], data: ['a', 'y'] })
  const before = store.count
  const derivation = new PartialDerivation(new Differentiator(scope).differentiate(loss, variables[0]!))
  const terms = store.count - before
  expect(derivation.result.hasDerivative).toBe(false)
  return { steps: derivation.steps.length, terms, result: countNodes(derivation.result) }
}

function countNodes(root: Expr): number {
  const seen = new Set<Expr>()
  const open = [root]
  for (let term = open.pop(); term !== undefined; term = open.pop()) {
    if (seen.has(term)) continue
    seen.add(term)
    open.push(...term.args)
  }
  return seen.size
}

/** Twice as much to differentiate makes at most a little over twice the counts. */
function expectLinear(textOf: (n: number) => string, sizes: readonly number[]): void {
  const counts = sizes.map((n) => ({ n, ...derive(textOf(n)) }))
  console.log(counts.map((entry) => JSON.stringify(entry)).join('\n'))
  for (const [k, entry] of counts.slice(1).entries()) {
    const previous = counts[k]!
    const growth = (entry.n / previous.n) * 1.15
    for (const what of ['steps', 'terms', 'result'] as const) {
      expect(
        entry[what],
        `${what} of ${entry.n} after ${previous[what]} of ${previous.n}`,
      ).toBeLessThanOrEqual(growth * previous[what] + 10)
    }
  }
}

describe('counts grow no faster than what is differentiated', () => {
  const numbers = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

  test('a sum of n different terms', () => {
    expectLinear(
      (n) =>
        numbers(n)
          .map((k) => `a_${k}*sin(${k}*x)`)
          .join(' + '),
      [10, 100, 500, 1000, 2000],
    )
  })

  test('a polynomial of n powers', () => {
    expectLinear(
      (n) =>
        numbers(n)
          .map((k) => `${k}*x^${k}`)
          .join(' + '),
      [10, 100, 500, 1000, 2000],
    )
  })

  test('a chain of n functions', () => {
    expectLinear((n) => `${'sin('.repeat(n)}x${')'.repeat(n)}`, [10, 30, 100, 300])
  })

  test('a chain of n sigmoids', () => {
    expectLinear((n) => `${'sigmoid('.repeat(n)}x${')'.repeat(n)}`, [10, 30, 100, 300])
  })
})

describe('simplifying grows no faster than what is simplified', () => {
  const join = (n: number, separator: string, part: (k: number) => string) =>
    Array.from({ length: n }, (_, i) => part(i + 1)).join(separator)
  const nest = (n: number, open: string, close: string) => `${open.repeat(n)}x${close.repeat(n)}`

  /** Shapes on which simplifiers are known to blow up: every one invites to expand, or to find a denominator. */
  const shapes: Readonly<Record<string, (n: number) => string>> = {
    'a product of sums': (n) => join(n, '*', (k) => `(x + ${k})`),
    'a product of sines': (n) => join(n, '*', (k) => `sin(${k}*x)`),
    'a product of exponentials': (n) => join(n, '*', (k) => `exp(a_${k}*x)`),
    'a sum of fractions': (n) => join(n, ' + ', (k) => `a_${k}*x/(x + ${k})`),
    'a chain of divisors': (n) => `x/${join(n, '/', (k) => `(x + ${k})`)}`,
    'a continued fraction': (n) => nest(n, '1/(1 + ', ')'),
    'a tower of exponentials': (n) => nest(n, 'exp(', ')'),
    'a tower of logarithms': (n) => nest(n, 'log(', ')'),
    'nested squares': (n) => nest(n, '(', ' + 1)^2'),
    'the logarithm of a product': (n) => `log(${join(n, '*', (k) => `(x + ${k})`)})`,
    'a sum of cross-entropies': (n) =>
      join(n, ' + ', (k) => `y_${k}*log(sigmoid(x + ${k})) + (1 - y_${k})*log(1 - sigmoid(x + ${k}))`),
    'a quotient of sums': (n) =>
      `(${join(n, ' + ', (k) => `a_${k}*exp(${k}*x)`)})/(${join(n, ' + ', (k) => `exp(${k}*x)`)})`,
  }

  test.each(Object.entries(shapes))('%s', (_, shape) => {
    // Where everything is tried everywhere, in terms that fit on a line, work grows faster, up to this bound.
    for (const n of [5, 10, 20]) expect(derive(shape(n)).terms, `terms of ${n}`).toBeLessThan(20_000)
    expectLinear(shape, [40, 80, 160])
  })
})

test('the fourth derivative of a root nested 24 deep stays a graph of fewer than 5,000 nodes', () => {
  const { loss, scope, variables } = readLoss(`${'sqrt(x + '.repeat(24)}x${')'.repeat(24)}`, {
    wrt: ['x'],
    data: [],
  })
  const differentiator = new Differentiator(scope)
  let term = loss
  const earlier: SymbolTerm[] = []
  const sizes = [1, 2, 3, 4].map(() => {
    term = differentiator.differentiate(term, variables[0]!, earlier).result
    earlier.push(variables[0]!)
    return countNodes(term)
  })
  console.log(`nodes of the first four derivatives: ${sizes.join(', ')}`)
  expect(sizes.at(-1)).toBeLessThan(5000)
})
