import fc from 'fast-check'
import katex from 'katex'
import { expect, test } from 'vitest'
import { functions } from '../../src/functions/index.ts'
import { printTerm } from '../../src/print/index.ts'
import { TermStore } from '../../src/term/store.ts'
import { letters } from '../../src/term/symbol-name.ts'
import { arbitraryTerm } from '../support/random-term.ts'

/** KaTeX draws what it refuses in #cc0000 without throwing. */
function render(latex: string): string {
  const html = katex.renderToString(latex, { strict: 'error', throwOnError: true, displayMode: true })
  expect(html).not.toContain('cc0000')
  return html
}

test('KaTeX renders every random term', { timeout: 60_000 }, () => {
  const store = new TermStore()
  fc.assert(
    fc.property(arbitraryTerm(store), ({ term }) => {
      render(printTerm(term, 'latex'))
      render(printTerm(term, 'latex', { operator: 'd' }))
    }),
    { numRuns: 2000 },
  )
})

test('KaTeX renders every function of the table and every letter', () => {
  const store = new TermStore()
  const x = store.symbol('x')
  for (const spec of functions.values()) {
    const call = store.call(
      spec.name,
      spec.args.map(() => store.div(x, store.number(2))),
    )
    for (const term of [call, store.pow(call, store.number(2)), store.pow(call, x)]) {
      render(printTerm(term, 'latex'))
    }
  }
  for (const letter of letters) render(printTerm(store.symbol(letter.name, [x]), 'latex'))
})

test('KaTeX renders any name, and shows all of it', () => {
  const store = new TermStore()
  const names = [
    '__proto__',
    'constructor',
    'w^{(2)}',
    'w^{[1]}',
    'b1',
    'loss',
    'ŷ',
    'é',
    '日本',
    '😀',
    '\\evil{',
    'a%b',
    'θ',
  ]
  for (const name of names) render(printTerm(store.pow(store.symbol(name), store.number(2)), 'latex'))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      render(printTerm(store.symbol(name, [store.symbol('i')]), 'latex'))
    }),
  )
})

test('a mark wraps the sub-term and renders', () => {
  const store = new TermStore()
  fc.assert(
    fc.property(arbitraryTerm(store), ({ term }) => {
      const latex = printTerm(term, 'latex', { mark: () => 'changed' })
      const html = katex.renderToString(latex, {
        strict: 'ignore',
        throwOnError: true,
        trust: ({ command }) => command === '\\htmlClass',
      })
      expect(html).toContain('changed')
      expect(html).not.toContain('cc0000')
    }),
    { numRuns: 300 },
  )
})
