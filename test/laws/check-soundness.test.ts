import { describe, expect, test } from 'vitest'
import { check, type DeriveOptions, derive, print } from '../../src/index.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { randomNumbers } from '../../src/numeric/random.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { ReadError, SharedReading } from '../../src/read/index.ts'
import { chunk, lossOptions, readLossCases } from '../support/cases.ts'
import { mutate } from '../support/mutants.ts'

/**
 * The judge of written derivations is sound: what Gradus writes is accepted line by line with every label true, and
 * with one small change in one line just that line is rejected, unless the change changes no value.
 */

const cases = readLossCases()

describe('every derivation that Gradus writes is accepted', () => {
  test.each(chunk(cases, 12).map((part, i) => [i, part] as const))('part %i', (_, part) => {
    for (const entry of part) {
      const options = lossOptions(entry)
      const derived = derive(entry.ascii, options)
      for (const detail of ['brief', 'paper', 'detailed'] as const) {
        const report = check(print(derived, 'latex', { detail }), { loss: entry.ascii, ...options })
        const faults = report.lines.filter(
          ({ verdict, strict, value, label }) =>
            verdict !== 'valid' || strict !== 'valid' || value !== 'right' || label?.right === false,
        )
        expect(faults, `${entry.id}, ${detail}`).toEqual([])
        expect(report.ok).toBe(true)
      }
    }
  })
})

interface Sheet {
  readonly id: string
  readonly loss: string
  readonly options: DeriveOptions
  readonly document: string
}

/** One derivation a document, so that a row of it is a line of the report. */
const sheets: readonly Sheet[] = cases.flatMap((entry) => {
  const options = lossOptions(entry)
  const derived = derive(entry.ascii, options)
  return derived.partials.map((partial) => ({
    id: `${entry.id} by ${partial.wrt}`,
    loss: entry.ascii,
    options,
    document: print({ ...derived, partials: [partial], closing: [] }, 'latex'),
  }))
})

const count = Number(process.env.GRADUS_MUTANTS ?? 240)
const seed = Number(process.env.GRADUS_SEED ?? 20261125)
const parts = 8

describe(`one slip in one line is found: ${count} mutants, seed ${seed}`, () => {
  const totals = { rejected: 0, named: 0, kindly: 0, equal: 0 }
  const undecided: string[] = []
  test.each(Array.from({ length: parts }, (_, i) => i))('part %i', (part) => {
    const random = randomNumbers(seed + part)
    for (let made = 0; made < count / parts; ) {
      const sheet = sheets[Math.floor(random() * sheets.length)]!
      const mutant = mutate(sheet.document, random)
      if (mutant === undefined) continue
      made++
      const { lines } = check(mutant.text, { loss: sheet.loss, ...sheet.options })
      const line = lines[mutant.row]!
      const told = `${sheet.id}, ${mutant.change}, seed ${seed}: ${line.latex}`
      if (line.verdict === 'undecided') {
        undecided.push(`${told} (${line.because})`)
        continue
      }
      // The line after goes on from the right one: it is wrong exactly where the changed one has another value.
      const isWrong = line.verdict === 'invalid' && line.value === 'wrong'
      const next = isWrong && lines[mutant.row + 1] !== undefined ? [line.n + 1] : []
      // Where the changed line only has no value for some numbers, the next follows from it for all others.
      const isNarrower = isWrong && line.counterexample === undefined
      const others = lines.filter(
        ({ n, verdict }) =>
          n !== line.n && verdict !== 'valid' && verdict !== 'undecided' && !(isNarrower && next.includes(n)),
      )
      expect(
        others.map(({ n }) => n),
        told,
      ).toEqual(isNarrower ? [] : next)
      if (line.verdict !== 'valid') {
        totals.rejected++
        if (line.mistake !== 'not-equal-to-previous') totals.named++
      } else if (line.strict === 'invalid') totals.kindly++
      else {
        totals.equal++
        expect(isSameValue(sheet, mutant.row, line.latex), `accepted: ${told}`).toBe(true)
      }
    }
  })
  test('few stay undecided', () => {
    const { rejected, named, kindly, equal } = totals
    const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
    console.info(
      `${count} mutants, seed ${seed}: found ${percent(rejected + kindly, count - equal)} of those that change a value, ` +
        `kind named ${percent(named, rejected)}; ${JSON.stringify(totals)}, undecided ${undecided.length}`,
    )
    expect(undecided.length, undecided.join('\n')).toBeLessThanOrEqual(count * 0.02)
    expect(rejected).toBeGreaterThan(count * 0.8)
  })
})

/** Whether the changed line has the value of the one it was made from, by evaluation at many points of its own. */
function isSameValue(sheet: Sheet, row: number, changed: string): boolean {
  const original = check(sheet.document, { loss: sheet.loss, ...sheet.options }).lines[row]!.latex
  const shared = new SharedReading(
    [original, changed, sheet.loss].map((text) => ({ text })),
    sheet.options,
  )
  const [before, after] = shared.terms
  if (before === undefined || after === undefined) return false
  if (before instanceof ReadError || after instanceof ReadError) return false
  const values = compileTerms([before, after], shared.scope)
  return samplePoints([before, after], shared.scope, { count: 40, seed: 99 }).every((point) => {
    const [left, right] = values(point) as [number, number]
    return Math.abs(left - right) <= 1e-5 * Math.max(1e-6, Math.abs(left), Math.abs(right))
  })
}
