import { readFileSync } from 'node:fs'
import katex from 'katex'
import { test } from 'vitest'
import { printTerm, printReading } from '../../src/print/index.ts'
import { readLoss, readTerm } from '../../src/read/index.ts'
test('x', { timeout: 200000 }, () => {
  for (const file of ['losses', 'second_order', 'averaging', 'scalar'])
  readFileSync(`test/cases/${file}.jsonl`, 'utf8').trim().split('\n').forEach((line, n) => {
    const row = JSON.parse(line)
    const text = row.expr ?? row.loss ?? row.input
    try {
      const { loss, scope, variables, store } = readLoss(text, { ...(row.wrt ? { wrt: [row.wrt].flat() } : {}), ...(row.data ? { data: row.data } : {}), ...(row.let ? { let: row.let } : {}) })
      if (n % 12 === 0) console.log(text, '\n   ', printReading(loss, scope, 'text', variables), '\n   ', printTerm(loss, 'latex'))
      katex.renderToString(printReading(loss, scope, 'latex', variables), { strict: 'error', throwOnError: true })
      for (const f of ['ascii', 'latex'] as const) {
        const p = printTerm(loss, f)
        try { const r = readTerm(p, { store, wrt: [row.wrt ?? []].flat(), data: row.data ?? [] , let: row.let ?? []}); if (r !== loss) console.log('DIFF', f, text, '|', p, '|', printTerm(r, f)) } catch (e) { console.log('ERR', f, text, '|', p, String(e).slice(0, 200)) }
      }
    } catch (e) { console.log('FAIL', text, String(e).slice(0, 200)) }
  })
})
