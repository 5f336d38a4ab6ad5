import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printTerm } from '../../src/print/index.ts'
import { readTerm } from '../../src/read/index.ts'
import type { Expr } from '../../src/term/expr.ts'
import { TermStore } from '../../src/term/store.ts'
import { arbitraryTerm } from '../support/random-term.ts'

describe.each(['ascii', 'latex'] as const)('%s', (format) => {
  test('print, then read, is the identity', { timeout: 120_000 }, () => {
    const store = new TermStore()
    fc.assert(
      fc.property(arbitraryTerm(store), ({ term }) => {
        const printed = printTerm(term, format)
        const read = readTerm(printed, { store })
        if (read !== term) expect.fail(`${printed} is read as ${printTerm(read, format)}`)
      }),
      { numRuns: 5000 },
    )
  })

  test('an index whose letter is taken gets another one, and means the same', { timeout: 60_000 }, () => {
    const store = new TermStore()
    fc.assert(
      fc.property(arbitraryTerm(store, { clashes: true }), ({ term }) => {
        const printed = printTerm(term, format)
        const read = readTerm(printed, { store })
        expect(withoutLetters(store, read) === withoutLetters(store, term), printed).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })
})

test('LaTeX with d for the derivative is read back too', { timeout: 60_000 }, () => {
  const store = new TermStore()
  fc.assert(
    fc.property(arbitraryTerm(store), ({ term }) => {
      const printed = printTerm(term, 'latex', { operator: 'd' })
      expect(readTerm(printed, { store }) === term, printed).toBe(true)
    }),
    { numRuns: 1500 },
  )
})

test('Unicode text has the parentheses it needs: what of it can be read, is read back', {
  timeout: 60_000,
}, () => {
  const store = new TermStore()
  const options = { conditions: false, calls: ['sin', 'exp', 'abs', 'sqrt', 'sigmoid', 'erf'] }
  fc.assert(
    fc.property(arbitraryTerm(store, options), ({ term }) => {
      const printed = printTerm(term, 'text')
      // labels of names and maxima over an index are for the eye alone
      fc.pre(!/⁽|ℓ|(?:max|min)_/.test(printed))
      expect(readTerm(printed, { store }) === term, printed).toBe(true)
    }),
    { numRuns: 1500 },
  )
})

/** The term with one letter for all its bound indices. */
function withoutLetters(store: TermStore, term: Expr): Expr {
  const args = term.args.map((arg) => withoutLetters(store, arg))
  if (term.kind !== 'big') return store.rebuild(term, args)
  return store.big(term.name, 'i', args[0]!, args[1]!, args[2]!)
}
