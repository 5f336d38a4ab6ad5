import katex from 'katex'
import { describe, expect, test } from 'vitest'
import type { Derivation } from '../../src/derivation/step.ts'
import { derivationToJson, printDerivation } from '../../src/print/index.ts'
import { Scope } from '../../src/term/scope.ts'
import { TermStore } from '../../src/term/store.ts'
import { makePostDerivation } from '../support/post-derivation.ts'

const { scope, partials, store } = makePostDerivation()

describe('LaTeX', () => {
  const latex = printDerivation(partials, scope, 'latex')

  test('is the derivation of the post', () => {
    expect(latex.split('\n\n')[0]).toBe(String.raw`\begin{align*}
\frac{\partial J}{\partial m} &= \frac{1}{N} \frac{\partial}{\partial m} \sum_{i=1}^{N} (y_i - f(x_i))^2 && \text{factor rule} \\
&= \frac{1}{N} \sum_{i=1}^{N} \frac{\partial}{\partial m} (y_i - f(x_i))^2 && \text{sum rule} \\
&= \frac{1}{N} \sum_{i=1}^{N} 2 (y_i - f(x_i)) \frac{\partial}{\partial m} (y_i - f(x_i)) && \text{chain rule} \\
&= \frac{1}{N} \sum_{i=1}^{N} 2 (y_i - f(x_i)) \frac{\partial}{\partial m} (y_i - (m x_i + b)) && \text{definition } f \\
&= \frac{1}{N} \sum_{i=1}^{N} 2 (y_i - f(x_i)) (-x_i) \\
&= -\frac{2}{N} \sum_{i=1}^{N} x_i (y_i - f(x_i)) && \text{comm., distr.}
\end{align*}`)
  })

  test('ends in the gradient as a vector', () => {
    expect(latex.split('\n\n').at(-1)).toBe(
      String.raw`\[ \nabla J = \begin{pmatrix} -\frac{2}{N} \sum_{i=1}^{N} x_i (y_i - f(x_i)) \\ -\frac{2}{N} \sum_{i=1}^{N} (y_i - f(x_i)) \end{pmatrix} \]`,
    )
  })

  test('renders in KaTeX in either environment', () => {
    for (const env of ['align*', 'aligned'] as const) {
      for (const block of printDerivation(partials, scope, 'latex', { env }).split('\n\n')) {
        const html = katex.renderToString(block.replace(/^\\\[|\\\]$/g, ''), {
          displayMode: true,
          strict: 'error',
          throwOnError: true,
        })
        expect(html).not.toContain('cc0000')
      }
    }
  })

  test('labels can be left out, and are escaped', () => {
    expect(printDerivation(partials, scope, 'latex', { labels: 'none' })).not.toContain('&&')
    const [first] = partials
    const strange: Derivation = {
      ...first!,
      lines: () => [{ ...first!.lines()[0]!, labels: ['50% & {x}_1 \\evil', 'sum(k=1..K, t_k) = 1'] }],
    }
    const escaped = printDerivation([strange], scope, 'latex')
    expect(escaped).toContain(String.raw`\text{50\% \& \{x\}\_1 \textbackslash{}evil, sum(k=1..K, t\_k) = 1}`)
    katex.renderToString(escaped, { displayMode: true, strict: 'error', throwOnError: true })
  })

  test('conditions stand on the last line', () => {
    const sigma = store.symbol('sigma')
    const relation = store.relation('>', sigma, store.number(0))
    const [first] = partials
    const conditional: Derivation = { ...first!, conditions: [{ relation, indices: [] }] }
    expect(printDerivation([conditional], scope, 'latex')).toContain(
      String.raw`(y_i - f(x_i)) \quad \text{for } \sigma > 0 && \text{comm., distr.}`,
    )
    expect(printDerivation([conditional], scope, 'text')).toContain('   for σ > 0')
  })

  test('a loss that uses J is called by another letter', () => {
    const own = new TermStore()
    const J = own.symbol('J')
    const start = own.derivative(J, J)
    const derivation: Derivation = {
      subject: J,
      variables: [J],
      start,
      result: own.number(1),
      conditions: [],
      steps: [],
      lines: () => [],
    }
    expect(printDerivation([derivation], new Scope(own), 'latex')).toContain(
      '\\frac{\\partial L}{\\partial J} &= 1',
    )
  })
})

test('text aligns the signs and the labels', () => {
  const [first, , gradient] = printDerivation(partials, scope, 'text').split('\n\n')
  const rows = first!.split('\n')
  expect(rows.map((row) => row.trim().replace(/ {2,}/, ' | '))).toEqual([
    '∂J/∂m = (1/N) ∂/∂m Σ_{i=1}^{N} (y_i − f(x_i))² | factor rule',
    '= (1/N) Σ_{i=1}^{N} ∂/∂m (y_i − f(x_i))² | sum rule',
    '= (1/N) Σ_{i=1}^{N} 2·(y_i − f(x_i)) ∂/∂m (y_i − f(x_i)) | chain rule',
    '= (1/N) Σ_{i=1}^{N} 2·(y_i − f(x_i)) ∂/∂m (y_i − (m·x_i + b)) | definition f',
    '= (1/N) Σ_{i=1}^{N} 2·(y_i − f(x_i))·(−x_i)',
    '= −(2/N) Σ_{i=1}^{N} x_i·(y_i − f(x_i)) | comm., distr.',
  ])
  expect(new Set(rows.map((row) => row.indexOf('=', 6)))).toEqual(new Set([6]))
  const starts = rows
    .filter((row) => / {3}\S/.test(row.slice(8)))
    .map((row) => row.search(/(?<= {3})\S+( \S+)?$/))
  expect(starts).toHaveLength(5)
  expect(new Set(starts).size).toBe(1)
  expect(gradient).toBe(`∇J = ⎛ −(2/N) Σ_{i=1}^{N} x_i·(y_i − f(x_i)) ⎞
     ⎝ −(2/N) Σ_{i=1}^{N} (y_i − f(x_i))     ⎠`)
})

test('Markdown sets formulas and numbers the reasons', () => {
  const markdown = printDerivation(partials, scope, 'markdown', { closing: ['That is_all.'] })
  expect(markdown).toMatch(/^\$\$\n\\begin\{aligned\}/)
  expect(markdown).toContain('1. **factor rule**: this is the factor rule\n2. **sum rule**')
  expect(markdown).toMatch(/That is\\_all\.$/)
})

test('JSON has the names of the contract', () => {
  const json = derivationToJson(partials[0]!, scope)
  expect(Object.keys(json).sort()).toEqual(['conditions', 'lines', 'result', 'steps', 'wrt'])
  expect(json.wrt).toBe('m')
  expect(json.lines[0]).toEqual({
    ascii: '1/N*D(sum(i=1..N, (y_i - f(x_i))^2), m)',
    latex: '\\frac{1}{N} \\frac{\\partial}{\\partial m} \\sum_{i=1}^{N} (y_i - f(x_i))^2',
    labels: ['factor rule'],
    marks: [[1]],
  })
  expect(Object.keys(json.steps[0]!)).toEqual([
    'rule',
    'title',
    'at',
    'before',
    'after',
    'because',
    'conditions',
  ])
  expect(json.lines.at(-1)?.ascii).toBe(json.result.ascii)
  expect(JSON.parse(printDerivation(partials, scope, 'json'))).toHaveLength(2)
})

describe('a Hessian', () => {
  const [first] = partials
  const [m, b] = [store.symbol('m'), store.symbol('b')]
  const entry = (...variables: Derivation['variables']): Derivation => ({
    ...first!,
    variables,
    result: store.mul(variables),
  })
  const hessian = [entry(m, m), entry(m, b), entry(b, b)]

  test('names both variables', () => {
    const latex = printDerivation(partials, scope, 'latex', { hessian })
    expect(latex).toContain('\\frac{\\partial^2 J}{\\partial m \\partial b} &= ')
    expect(latex).toContain('\\frac{\\partial^2 J}{\\partial m^2} &= ')
    const json = JSON.parse(printDerivation(partials, scope, 'json', { hessian }))
    expect(json.map(({ wrt }: { wrt: unknown }) => wrt)).toEqual([
      'm',
      'b',
      ['m', 'm'],
      ['m', 'b'],
      ['b', 'b'],
    ])
  })

  test('stands as a matrix behind the gradient', () => {
    expect(printDerivation(partials, scope, 'latex', { hessian }).split('\n\n').at(-1)).toBe(
      String.raw`\[ \nabla^2 J = \begin{pmatrix} m m & m b \\ m b & b b \end{pmatrix} \]`,
    )
    expect(printDerivation(partials, scope, 'text', { hessian }).split('\n\n').at(-1)).toBe(
      '∇²J = ⎛ m·m   m·b ⎞\n      ⎝ m·b   b·b ⎠',
    )
    expect(printDerivation(partials, scope, 'ascii', { hessian })).toMatch(
      /hess J = \(\(m\*m, m\*b\), \(m\*b, b\*b\)\)$/,
    )
  })

  test('of more than two parameters has dots below the diagonal', () => {
    const three = [...partials, { ...first!, variables: [store.symbol('c')] }]
    const entries = Array.from({ length: 6 }, (_, i) => ({ ...entry(m, b), result: store.number(i) }))
    const matrix = printDerivation(three, scope, 'latex', { hessian: entries }).split('\n\n').at(-1)
    expect(matrix).toContain(
      String.raw`\begin{pmatrix} 0 & 1 & 2 \\ \cdot & 3 & 4 \\ \cdot & \cdot & 5 \end{pmatrix}`,
    )
  })
})
