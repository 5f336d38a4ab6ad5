import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseSurface } from '../../src/read/index.ts'

/** Law 8: the grammar has exactly one reading of every text of the corpus, in either notation. */

const none: ReadonlySet<string> = new Set()

const readLines = (name: string): Record<string, unknown>[] =>
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
      const names = Object.keys((points as { vars: object }[])[0]!.vars)
      expect([expr, readings(expr as string, names)]).toEqual([expr, 1])
    }
  }
})

test('losses.jsonl and averaging.jsonl, plain and LaTeX', () => {
  const counts = new Map<number | undefined, number>()
  for (const entry of [...readLines('losses'), ...readLines('averaging')]) {
    const plain = [entry['ascii'], entry['ascii_explicit']].filter((text) => typeof text === 'string')
    for (const text of plain) expect([text, readings(text, [])]).toEqual([text, 1])
    for (const text of [entry['latex'], ...((entry['latex_variants'] ?? []) as unknown[])]) {
      const count = readings(text as string, [])
      counts.set(count, (counts.get(count) ?? 0) + 1)
    }
  }
  expect([...counts.keys()].filter((count) => count !== undefined)).toEqual([1])
  expect(counts.get(1)).toBeGreaterThan(60)
})
