import katex from 'katex'
import { describe, expect, test } from 'vitest'
import { derive, type LinearityReport, linearity, parse, print, renderHtml, toJson } from '../../src/index.ts'
import { byKatex, isWellFormed, visible } from '../support/mathml.ts'
import { readBatchLosses } from './batch-losses.ts'
import { rows } from './table.ts'

/** The answer in every format, for every loss of the table. */

const reports = [...rows, ...readBatchLosses()].map((row): [string, LinearityReport] => [
  row.expr,
  linearity(row.expr, {
    wrt: row.wrt.split(','),
    ...(row.data === undefined ? {} : { data: row.data.split(',') }),
    ...(row.let === undefined ? {} : { let: row.let }),
  }),
])

const byExpr = new Map(reports)

function formulasIn(latex: string): readonly string[] {
  const displayed = [...latex.matchAll(/\\\[ ([\s\S]*?) \\\]/g)].map((match) => match[1]!)
  const aligned = [...latex.matchAll(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g)].map((match) => match[0])
  return [...displayed, ...aligned]
}

describe.each(reports)('%s', (_, report) => {
  test('its formulas are rendered by KaTeX', () => {
    for (const latex of formulasIn(print(report, 'latex'))) {
      const html = katex.renderToString(latex, { displayMode: true, strict: 'error', throwOnError: true })
      expect(html, latex).not.toContain('#cc0000')
    }
    for (const term of [report.perSample, report.rest, report.combine, report.obstruction]) {
      if (term !== null) katex.renderToString(term.latex, { strict: 'error', throwOnError: true })
    }
  })

  test('its MathML says, block by block, what KaTeX makes of its LaTeX', () => {
    const own = print(report, 'mathml').trimEnd().split('\n')
    const latex = print(report, 'latex').trimEnd().split('\n\n')
    expect(own).toHaveLength(latex.length)
    own.forEach((block, i) => {
      expect(isWellFormed(block)).toBe(true)
      const formula = /^\\\[ ([\s\S]*) \\\]$/.exec(latex[i]!)?.[1]?.replace('\\underline', '')
      if (formula !== undefined) expect(visible(block)).toBe(visible(byKatex(formula)))
    })
  })

  test('no other character than those of the notation is printed', () => {
    const marks = /[\uE000-\uF8FF]|undefined|NaN|\[object/
    for (const format of ['latex', 'text', 'ascii', 'markdown', 'mathml', 'json'] as const) {
      expect(print(report, format)).not.toMatch(marks)
    }
  })

  test('its JSON is itself, and its terms are read back', () => {
    expect(JSON.parse(print(report, 'json'))).toMatchObject({ version: 1, verdict: report.verdict })
    for (const term of [report.perSample, report.rest]) {
      if (term !== null) expect(print(parse(term.ascii, { data: [] }), 'ascii')).toBe(term.ascii)
    }
  })
})

test('what stands in the way is marked in every format', async () => {
  const report = byExpr.get('sqrt(mean((y-m*x)^2))')!
  const lines = print(report, 'text').split('\n')
  const caret = lines.findIndex((line) => line.includes('^^^'))
  const from = lines[caret]!.indexOf('^')
  const to = lines[caret]!.lastIndexOf('^') + 1
  expect(lines[caret - 1]!.normalize().slice(from, to)).toBe('√((1/N) Σ_{i=1}^{N} (y_i − m·x_i)²)')
  expect(print(report, 'latex')).toContain('\\underline{\\sqrt{')
  expect(print(report, 'markdown')).toContain('\\underline{\\sqrt{')
  expect(await renderHtml(report, { fragment: true })).toContain('gradus-mark')
})

test.each([
  'mean((y-m*x)^2)',
  'sqrt(mean((y-m*x)^2))',
  'sum(v*(y-m*x)^2)/sum(v)',
])('the page for %s is complete in itself', async (expr) => {
  const html = await renderHtml(byExpr.get(expr)!)
  expect(html).toMatch(/^<!doctype html>/)
  expect(html).not.toMatch(/#cc0000|src="http|href="http/)
})

test('the post: with f undefined the gradient moves into the sum', () => {
  const { proof, verdict } = linearity('1/N*sum((y-f(x))^2)')
  const S = '\\sum_{i=1}^{N}'
  expect(verdict).toBe('mean')
  expect(proof.map(({ latex, labels }) => [latex, labels.join(', ')])).toEqual([
    [`\\nabla \\left(\\frac{1}{N} ${S} (y_i - f(x_i))^2\\right)`, ''],
    [`\\frac{1}{N} \\nabla ${S} (y_i - f(x_i))^2`, 'factor rule'],
    [`\\frac{1}{N} ${S} \\nabla (y_i - f(x_i))^2`, 'sum rule'],
  ])
})

test.each([
  ['1/N*sum((y-m*x-b)^2)', 'the gradient of the average is the average of the gradients'],
  ['-1/N*sum(y*log(sigmoid(w*x)))', 'the gradient of the average is the average of the gradients'],
  ['sum((y-m*x-b)^2)', 'the gradient of the sum is the sum of the gradients'],
  ['sum(x*(y-m)^2)/sum(x)', 'it is the weighted average of the gradients of the samples'],
  ['sqrt(1/N*sum((y-m*x-b)^2))', 'is not the average'],
])('derive ends %s with the same answer', (expr, sentence) => {
  const derived = derive(expr)
  expect(derived.closing.join()).toContain(sentence)
  expect(toJson(derived).linearity.verdict).toBe(linearity(expr).verdict)
})

test('the reason is the other sample where one is in the way, not the power around it', () => {
  const { obstruction } = linearity('1/2*sum(t=1..T-1, (r_t + gamma*w*x_{t+1} - w*x_t)^2)', {
    wrt: ['w'],
    data: ['r', 'x'],
  })
  expect(obstruction).toMatchObject({
    ascii: 'x_{t+1}',
    because: 'the term of one sample has another sample in it',
  })
})

test('an undefined function of the number of the sample is what belongs to that sample', () => {
  const { verdict, perSample } = linearity('-1/N*sum(t=1..N, r(theta, t)*A_t)', {
    wrt: ['theta'],
    data: ['A'],
    let: [],
  })
  expect([verdict, perSample?.ascii]).toEqual(['mean', '-r(theta, t)*A_t'])
})

test('weights that are the same for all samples cancel, and the warning says what was meant', () => {
  const { verdict, proof, warnings } = linearity('sum(v*(y-m*x)^2)/sum(v)', { wrt: ['m'] })
  expect(verdict).toBe('mean')
  expect(proof.map(({ labels }) => labels.join(', '))).toContain('distr., cancel')
  expect(warnings.join()).toContain('--data v')
})

test('a derivation of what has no samples ends without a word on them', () => {
  expect(derive('w^2').closing).toEqual([])
})

test('names that objects have are just names', () => {
  const report = linearity('1/N*sum(i=1..N, (y_i - constructor*x_i)^2)')
  expect(report.verdict).toBe('mean')
  const none = linearity('sqrt(sum(i=1..N, (y_i - constructor*x_i)^2))')
  expect(Object.keys(none.counterexample!.env)).toContain('constructor')
})
