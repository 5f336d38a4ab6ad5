import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseSurface } from '../../src/read/index.ts'

/** Law 8: the grammar has exactly one reading of every text of the corpus, in either notation. */

const none: ReadonlySet<string> = new Set()

interface Case {
  readonly expr: string
  readonly points: readonly { readonly vars: object }[]
  readonly ascii: string
  readonly ascii_explicit?: string
  readonly latex: string
  readonly latex_variants?: readonly string[]
}

const readLines = (name: string): Case[] =>
  readFileSync(new URL(`../cases/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

/** How many readings a text has; nothing where the notation is refused, with an error that says so. */
function readings(text: string, names: readonly string[]): number | undefined {
  try {
    const vocabulary = { variables: new Set(names), functions: none, words: none, defines: true }
    return parseSurface({ text }, vocabulary).length
  } catch {
    return undefined
  }
}

test('scalar.jsonl and second_order.jsonl', () => {
  for (const name of ['scalar', 'second_order']) {
    for (const { expr, points } of readLines(name)) {
      const names = Object.keys(points[0]!.vars)
      expect([expr, readings(expr, names)]).toEqual([expr, 1])
    }
  }
})

test('losses.jsonl and averaging.jsonl, plain and LaTeX', () => {
  const counts = new Map<number | undefined, number>()
  for (const entry of [...readLines('losses'), ...readLines('averaging')]) {
    for (const text of [entry.ascii, entry.ascii_explicit ?? entry.ascii]) {
      expect([text, readings(text, [])]).toEqual([text, 1])
    }
    for (const text of [entry.latex, ...(entry.latex_variants ?? [])]) {
      const count = readings(text, [])
      counts.set(count, (counts.get(count) ?? 0) + 1)
    }
  }
  expect([...counts.keys()].filter((count) => count !== undefined)).toEqual([1])
  expect(counts.get(1)).toBeGreaterThan(60)
})
