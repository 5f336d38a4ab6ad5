import { expect, test } from 'vitest'
import { check, derive, print } from '../../src/index.ts'
import { optionsOf } from '../support/loss-laws.ts'
import { writePlain } from '../support/loss-notation.ts'
import { randomLoss } from '../support/random-loss.ts'

/**
 * What Gradus derives from random losses of the whole grammar is accepted by the judge line by line, read from its own
 * LaTeX: also where one letter is a vector in one formula and a number in another, where sums depend on each other's
 * indices, and where a range is empty. `GRADUS_OWN_LINES=500 GRADUS_RANDOM_SEED=7` asks for more.
 */

const count = Number(process.env.GRADUS_OWN_LINES ?? 40)
const seed = Number(process.env.GRADUS_RANDOM_SEED ?? 20261125)

/** Over an index, entries of few values are largest together, where the lines hold only for a single largest. */
const hasTies = /(?:max|min)\(\s*\w+\s*(?:=|,\s*\d)|softmax\(.*\w_\{?a_/

test(`lines of ${count} random losses from seed ${seed}`, { timeout: 600_000 }, () => {
  const totals = { lines: 0, undecided: 0 }
  for (let k = 0; k < count; k++) {
    const loss = randomLoss(seed + k, 1 + (k % 8))
    const written = writePlain(loss, seed + k)
    if (hasTies.test(written.text)) continue
    const options = optionsOf(written, loss)
    const document = print(derive(written.text, options), 'latex')
    const { lines } = check(document, { loss: written.text, ...options })
    totals.lines += lines.length
    totals.undecided += lines.filter(({ verdict }) => verdict === 'undecided').length
    const faults = lines.filter(
      ({ verdict, strict, label }) =>
        verdict === 'invalid' ||
        verdict === 'unreadable' ||
        (verdict === 'valid' && strict === 'invalid') ||
        label?.right === false,
    )
    const told = faults.map(({ n, latex, because, label }) => `${n}: ${latex}: ${because ?? label?.because}`)
    expect(told, `seed ${seed + k}: ${[...written.let, written.text].join('; ')}`).toEqual([])
  }
  console.info(`lines of random losses, seed ${seed}: ${JSON.stringify(totals)}`)
  expect(totals.undecided).toBeLessThanOrEqual(totals.lines * 0.02)
})
