import { readdirSync, readFileSync } from 'node:fs'
import { type CheckOptions, check } from 'gradus'
import { describe, expect, test } from 'vitest'

/** Derivations as people write them, judged beforehand by hand and by high-precision numbers; see test/cases/README.md. */

const folder = new URL('../cases/derivations/', import.meta.url)

interface CaseLine {
  readonly n: number
  readonly latex: string
  readonly label: string
  readonly verdict: 'valid' | 'invalid'
  readonly strict_verdict?: 'valid' | 'invalid'
  readonly equals_true_derivative: boolean
  readonly error_kind?: string
  readonly label_verdict?: string
  readonly true_rules?: readonly string[]
}

interface DerivationCase {
  readonly id: string
  readonly loss_latex: string
  readonly definitions_latex: readonly string[]
  readonly wrt: string
  readonly data: readonly string[]
  readonly free_indices: Readonly<Record<string, string>>
  readonly index_ranges: Readonly<Record<string, readonly [number, string]>>
  readonly all_lines_valid: boolean
  readonly first_invalid_line: number | null
  readonly lines: readonly CaseLine[]
}

const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as DerivationCase)

/** The options that the case states, apart from what its comments say. */
function optionsOf(entry: DerivationCase): CheckOptions {
  const ranges = Object.entries(entry.index_ranges).map(([index, [from, to]]) => `${index}=${from}..${to}`)
  const free = Object.entries(entry.free_indices).map(([index, to]) => `${index}=1..${to}`)
  return {
    loss: entry.loss_latex,
    let: entry.definitions_latex,
    wrt: entry.wrt,
    data: entry.data,
    range: [...ranges, ...free],
  }
}

describe.each(cases)('$id', (entry) => {
  const text = readFileSync(new URL(`${entry.id}.tex`, folder), 'utf8')
  const bare = text.replace(/^%.*$/gm, '')
  test.each([
    ['with its comments alone', text, {}],
    ['with options alone', bare, optionsOf(entry)],
    ['with both', text, optionsOf(entry)],
  ] as const)('%s', (_, document, options) => {
    const report = check(document, options)
    expect(report.lines.map(({ n, latex, label }) => ({ n, latex, label: label?.given ?? '' }))).toEqual(
      entry.lines.map(({ n, latex, label }) => ({ n, latex, label })),
    )
    expect(report.lines.map(({ verdict }) => verdict)).toEqual(entry.lines.map(({ verdict }) => verdict))
    expect(report.lines.map(({ strict }) => strict)).toEqual(
      entry.lines.map((line) => line.strict_verdict ?? line.verdict),
    )
    expect(report.lines.map(({ value }) => value)).toEqual(
      entry.lines.map((line) => (line.equals_true_derivative ? 'right' : 'wrong')),
    )
    expect(report.lines.map(({ mistake }) => mistake)).toEqual(entry.lines.map((line) => line.error_kind))
    expect(report.lines.map(({ label }) => label?.right ?? true)).toEqual(
      entry.lines.map((line) => line.label_verdict === undefined),
    )
    for (const [i, { rules }] of report.lines.entries()) {
      const expected = entry.lines[i]!.true_rules
      if (expected !== undefined) expect(expected).toEqual(expect.arrayContaining([...rules]))
    }
    expect(report.ok).toBe(entry.all_lines_valid)
    expect(report.firstInvalid).toBe(entry.first_invalid_line)
  })
})
