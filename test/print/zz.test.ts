import { test } from 'vitest'
import { TermStore } from '../../src/term/store.ts'
import { printTerm } from '../../src/print/index.ts'
import { readTerm } from '../../src/read/index.ts'
import { randomTerm } from '../support/random-term.ts'
test('x', { timeout: 200000 }, () => {
  for (const f of ['text'] as const) {
    const bad: string[] = []
    for (let seed = 0; seed < 12000; seed++) {
      const store = new TermStore()
      const t = randomTerm(store, seed, { size: 1 + (seed % 25), conditions: f !== 'text' })
      const p = printTerm(t, f)
      let msg = ''
      try { const r = readTerm(p, { store }); if (r !== t) msg = printTerm(r, f) === p ? 'SAME TEXT' + printTerm(r, 'ascii') : printTerm(r, f) } catch (e) { msg = String(e).slice(0, 300) }
      if (msg) bad.push(`${p}\n    ${msg}`)
    }
    for (let i = bad.length - 1; i >= 0; i--) if (/w⁽|ℓ|log\(|∛|(max|min)_/.test(bad[i]!)) bad.splice(i, 1)
    bad.sort((a, b) => a.length - b.length)
    console.log(f, bad.length, '\n' + bad.slice(0, 45).join('\n'))
  }
})
