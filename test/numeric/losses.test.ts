import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compileLoss, type Slope } from '../../src/numeric/compile.ts'
import type { Environment } from '../../src/numeric/environment.ts'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { readLoss } from '../../src/read/index.ts'

type Reference = string | readonly Reference[]

interface Case {
  readonly id: string
  readonly ascii: string
  readonly ascii_explicit?: string
  readonly params: readonly string[]
  readonly data: readonly string[]
  readonly functions?: Readonly<Record<string, { readonly args: readonly string[]; readonly ascii: string }>>
  readonly numeric: readonly {
    readonly env: Environment
    readonly loss: string
    readonly grad: Readonly<Record<string, Reference>>
  }[]
}

const lines = readFileSync(new URL('../cases/losses.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
const cases = lines.map((line) => JSON.parse(line) as Case)

const close = (actual: number, expected: number, tolerance: number, where: string) =>
  expect(
    Math.abs(actual - expected) / Math.max(1, Math.abs(expected)),
    `${where}: ${actual}, not ${expected}`,
  ).toBeLessThan(tolerance)

function expectSlope(actual: Slope | undefined, expected: Reference, where: string): void {
  if (typeof expected === 'string') {
    expect(typeof actual, where).toBe('number')
    close(actual as number, Number(expected), 1e-7, where)
    return
  }
  expect(actual, where).toHaveLength(expected.length)
  for (const [i, entry] of expected.entries()) expectSlope((actual as Slope[])[i], entry, `${where}[${i}]`)
}

describe.each(cases)('$id', (entry) => {
  const options = {
    wrt: entry.params,
    data: entry.data,
    let: Object.entries(entry.functions ?? {}).map(
      ([name, { args, ascii }]) => `${name}(${args}) = ${ascii}`,
    ),
  }
  test('value', () => {
    for (const text of [entry.ascii, entry.ascii_explicit]) {
      if (text === undefined) continue
      const { loss, scope } = readLoss(text, options)
      for (const { env, loss: expected } of entry.numeric) {
        close(evaluate(loss, env, scope), Number(expected), 1e-9, text)
      }
    }
  })

  test('gradient, by differences', () => {
    const { loss, scope, variables, store } = readLoss(entry.ascii, options)
    const gradient = variables.map((variable) => store.derivative(loss, variable))
    const compiled = compileLoss({ loss, gradient, variables, scope })
    for (const { env, grad } of entry.numeric) {
      close(compiled.loss(env), evaluate(loss, env, scope), 1e-15, 'loss')
      const actual = compiled.gradient(env)
      expect(Object.keys(actual).sort()).toEqual(Object.keys(grad).sort())
      for (const [name, expected] of Object.entries(grad)) expectSlope(actual[name], expected, name)
    }
  })
})
