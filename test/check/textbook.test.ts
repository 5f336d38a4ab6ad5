import { readdirSync, readFileSync } from 'node:fs'
import { check } from 'gradus'
import { describe, expect, test } from 'vitest'

/**
 * Derivations in the words and the layout of lecture notes, textbooks and answers, and each with slips a person makes:
 * one line is wrong, and the lines behind it either go on from there or return to what is right. Lines, slips and their
 * kinds were written down before they were judged; see test/cases/README.md.
 */

const folder = new URL('../cases/textbook/', import.meta.url)

interface Slip {
  readonly line: number
  /** The kinds that name it rightly. */
  readonly error_kinds?: readonly string[]
  readonly label?: 'wrong'
  /** What the line behind it does. */
  readonly next_line: 'follows' | 'returns'
  /** The first occurrence in a line, or in the label beside it, is changed. */
  readonly changes: readonly { readonly line: number; readonly from: string; readonly to: string }[]
}

interface TextbookCase {
  readonly id: string
  /** Whether a line that speaks of undefined quantities may be left undecided. */
  readonly may_be_undecided?: boolean
  readonly lines: readonly { readonly n: number; readonly latex: string }[]
  readonly slips: readonly Slip[]
}

const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as TextbookCase)

describe.each(cases)('$id', (entry) => {
  const text = readFileSync(new URL(`${entry.id}.tex`, folder), 'utf8')

  test('every line follows', () => {
    const { lines } = check(text)
    expect(lines.map(({ n, latex }) => ({ n, latex }))).toEqual(entry.lines)
    const fine = entry.may_be_undecided ? ['valid', 'undecided'] : ['valid']
    for (const line of lines) {
      const decided = line.because?.includes('how the equation was solved') ? ['undecided'] : fine
      expect(decided, `line ${line.n}: ${line.because}`).toContain(line.verdict)
      expect(line.label?.right ?? true, `label of line ${line.n}: ${line.label?.because}`).toBe(true)
      expect(line.value, `line ${line.n}`).not.toBe('wrong')
    }
  })

  if (entry.slips.length > 0)
    test.each(entry.slips.map((slip) => [told(slip), slip] as const))('%s', (_, slip) => {
      const { lines } = check(slipped(text, entry, slip))
      const wrong = lines.filter(({ verdict, strict }) => verdict === 'invalid' || strict === 'invalid')
      const expected =
        slip.label === 'wrong' ? [] : slip.next_line === 'returns' ? [slip.line, slip.line + 1] : [slip.line]
      expect(wrong.map(({ n }) => n)).toEqual(expected)
      const labels = lines.filter(({ label }) => label?.right === false)
      expect(labels.map(({ n }) => n)).toEqual(slip.label === 'wrong' ? [slip.line] : [])
      if (slip.error_kinds !== undefined) expect(slip.error_kinds).toContain(wrong[0]!.mistake)
      if (slip.next_line === 'returns') expect(wrong[1]!.mistake).toBe('not-equal-to-previous')
    })
})

function told({ line, changes, error_kinds, label }: Slip): string {
  const [{ from, to }] = changes as readonly [Slip['changes'][number]]
  return `line ${line}, ${error_kinds?.join(' or ') ?? `${label} label`}: ${from} → ${to}`
}

/** The document with the changes made, each in its line or beside it, where its label stands. */
function slipped(text: string, { lines }: TextbookCase, { changes, label }: Slip): string {
  const pieces: string[] = []
  let end = 0
  for (const { latex } of lines) {
    const at = text.indexOf(latex, end)
    pieces.push(text.slice(end, at), latex)
    end = at + latex.length
  }
  pieces.push(text.slice(end))
  for (const { line, from, to } of changes) {
    const places = label === 'wrong' ? [2 * line, 2 * line - 2] : [2 * line - 1]
    const place = places.find((i) => pieces[i]!.includes(from))
    if (place === undefined) throw new Error(`${from} does not stand in line ${line}`)
    const piece = pieces[place]!
    // In front of a line its label stands last.
    const at = place === 2 * line - 2 ? piece.lastIndexOf(from) : piece.indexOf(from)
    pieces[place] = piece.slice(0, at) + to + piece.slice(at + from.length)
  }
  return pieces.join('')
}
