import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileTerm } from '../../src/numeric/evaluate.ts'
import { readLoss } from '../../src/read/index.ts'
import { TermStore } from '../../src/term/store.ts'

interface Case {
  readonly id: string
  readonly expr: string
  readonly wrt: string
  readonly points: readonly {
    readonly vars: Readonly<Record<string, number>>
    readonly value: string
    readonly d?: string
    readonly d2?: string
  }[]
}

const difference = (actual: number, expected: number) =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected))

for (const file of ['scalar', 'second_order']) {
  const lines = readFileSync(new URL(`../cases/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  describe(file, () => {
    test.each(lines.map((line) => JSON.parse(line) as Case))('$id $expr', ({ expr, wrt, points }) => {
      const { loss, scope } = readLoss(expr, { wrt: [wrt], data: [], store: new TermStore() })
      const value = compileTerm(loss, scope)
      const slope = compileTerm(scope.store.derivative(loss, scope.store.symbol(wrt)), scope)
      for (const point of points) {
        expect(
          difference(value(point.vars), Number(point.value)),
          `value at ${JSON.stringify(point.vars)}`,
        ).toBeLessThan(1e-10)
        if (point.d === undefined) continue
        const actual = slope(point.vars)
        // No number is an answer where differences do not settle; a wrong one is not.
        if (!Number.isNaN(actual)) {
          expect(difference(actual, Number(point.d)), `slope ${actual}, ${point.d}`).toBeLessThan(1e-6)
        }
      }
    })
  })
}
