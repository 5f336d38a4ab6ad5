import { check, printCheck } from 'gradus'
import { describe, expect, test } from 'vitest'

/**
 * Derivations without a loss, where the first line says what is differentiated: a derivative in front of a product is
 * that of the product, unless only the literal reading leads to the next line.
 */

const valid: readonly (readonly [name: string, lines: string])[] = [
  [
    'the gradient of a half times a sum, with vectors',
    String.raw`\nabla_\theta J = \nabla_\theta \frac{1}{2} \sum_{i=1}^{n} (\theta^\top x_i - y_i)^2
    = \sum_{i=1}^n (\theta^\top x_i - y_i) \nabla_\theta (\theta^\top x_i - y_i)
    = \sum_{i=1}^n (\theta^\top x_i - y_i) x_i`,
  ],
  [
    'by one component',
    String.raw`\frac{\partial J}{\partial \theta_j} = \frac{\partial}{\partial \theta_j} \frac{1}{2} \sum_{i=1}^{n} (\theta^\top x_i - y_i)^2
    = \sum_{i=1}^n (\theta^\top x_i - y_i) x_{i,j}`,
  ],
  ['fractions in a row', String.raw`\frac{d J}{d w} = \frac{d}{dw} \frac{1}{2} \frac{w^2}{3} = \frac{w}{3}`],
  [
    'the product rule from the product',
    String.raw`\frac{d f}{d w} = \frac{d}{dw} w^2 \sin(w) = 2 w \sin w + w^2 \cos w`,
  ],
  [
    'the product rule already applied, read literally',
    String.raw`\frac{d f}{d w} = \frac{d}{dw} (w^2) \sin(w) + w^2 \frac{d}{dw} \sin w = 2 w \sin w + w^2 \cos w`,
  ],
]

const broken: readonly (readonly [name: string, lines: string, wrong: number])[] = [
  ['a factor too many', String.raw`\frac{d J}{d w} = \frac{d}{dw} \frac{1}{2} w^{2} = 2 w`, 2],
  [
    'a sign in the last line',
    String.raw`\nabla_\theta J = \nabla_\theta \frac{1}{2} \sum_{i=1}^{n} (\theta^\top x_i - y_i)^2
    = \sum_{i=1}^n (\theta^\top x_i - y_i) x_i = -\sum_{i=1}^n (\theta^\top x_i - y_i) x_i`,
    3,
  ],
  [
    'one term of the product rule is lost',
    String.raw`\frac{d f}{d w} = \frac{d}{dw} w^2 \sin(w) = 2 w \cos w = 2 w \cos(w)`,
    2,
  ],
]

describe('the first line without a loss', () => {
  test.each(valid)('%s', (_, text) => {
    const { lines } = check(`$$${text}$$`)
    expect(lines.map(({ verdict }) => verdict)).toEqual(lines.map(() => 'valid'))
    expect(lines.map(({ strict }) => strict)).toEqual(lines.map(() => 'valid'))
  })

  test.each(broken)('%s', (_, text, wrong) => {
    const { lines } = check(`$$${text}$$`)
    expect(lines.filter(({ verdict }) => verdict !== 'valid').map(({ n }) => n)).toEqual([wrong])
  })

  test('parentheses that a sum needs are asked for', () => {
    const { lines } = check(String.raw`$$\frac{d J}{d w} = \frac{d}{dw} \frac{w^{2}}{2} + w = w + 1$$`)
    expect(lines.map(({ verdict }) => verdict)).toEqual(['valid', 'valid'])
    expect(lines.map(({ strict }) => strict)).toEqual(['invalid', 'valid'])
    expect(lines[0]!.suggestion?.latex).toContain(String.raw`(\frac{w^{2}}{2} + w)`)
  })
})

test('a fact in the prose may leave its range open, as sums in the lines do', () => {
  const text = String.raw`\begin{align*}
    \frac{\partial L}{\partial z_i} &= p_i (y_i + \sum_{k \ne i} y_k) - y_i \\
    &= p_i - y_i
    \end{align*}
    since $\sum_k y_k = 1$.`
  expect(check(text).lines.map(({ verdict }) => verdict)).toEqual(['valid', 'valid'])
  const withoutFact = text.replace(/since.*$/, '')
  expect(check(withoutFact).lines.map(({ verdict }) => verdict)).toEqual(['valid', 'invalid'])
})

describe('how a derivative is written', () => {
  test.each([
    [
      'by the variance',
      String.raw`$$\frac{\partial \ell}{\partial \sigma^2} = \frac{\partial}{\partial \sigma^2} \left[-\frac{n}{2} \log \sigma^2 - \frac{S}{2\sigma^2}\right] = -\frac{n}{2\sigma^2} + \frac{S}{2\sigma^4}$$`,
      [],
    ],
    [
      'the second one by sigma',
      String.raw`$$\frac{\partial^2 \ell}{\partial \sigma^2} = \frac{\partial^2}{\partial \sigma^2} \log \sigma = -\frac{1}{\sigma^2}$$`,
      [],
    ],
    [
      'by the variance, with the result by sigma',
      String.raw`$$\frac{\partial \ell}{\partial \sigma^2} = \frac{\partial}{\partial \sigma^2} \log \sigma^2 = \frac{2}{\sigma}$$`,
      [2],
    ],
    ['in plain text', 'd/dw (1/2)(y - w x)^2\n = (y - w x) * d/dw (y - w x)\n = -(y - w x) x', []],
    [
      'in plain text, with an error',
      'd/dw (1/2)(y - w x)^2\n = (y - w x) * d/dw (y - w x)\n = (y - w x) x',
      [2],
    ],
  ])('%s', (_, text, wrong) => {
    const { lines } = check(text)
    expect(lines.filter(({ verdict }) => verdict !== 'valid').map(({ n }) => n)).toEqual(wrong)
  })
})

test('a line that differs only where labels meet their own number is found, though most of its values are 0', () => {
  const line = (
    index: string,
  ) => String.raw`% loss: \frac{1}{N}\sum_{i=1}^N\sum_{j=1}^K \begin{cases} 0 & j = c_i \\ \max(0, W_j x_i - W_{c_i} x_i + \Delta) & \text{otherwise} \end{cases}
% wrt: W_k   data: x c
\[ \frac{\partial J}{\partial W_k} = \frac{1}{N} \sum_{i=1}^{N} \sum_{j=1}^{K} \frac{\partial}{\partial W_k} \begin{cases} 0 & j = c_${index} \\ \max(0, W_j x_i - W_{c_i} x_i + \Delta) & \text{otherwise} \end{cases} \]`
  expect(check(line('i')).lines.map(({ verdict }) => verdict)).toEqual(['valid'])
  expect(check(line('j')).lines.map(({ verdict }) => verdict)).toEqual(['invalid'])
})

describe('a left side that says what is differentiated', () => {
  const judged = (text: string) => check(`$$${text}$$`).lines.map(({ verdict }) => verdict)

  test.each([
    [String.raw`\frac{d}{dx} x^3`, '3x^2', '5x^2'],
    [String.raw`\frac{d}{dx} \sin(x)`, String.raw`\cos x`, String.raw`-\cos x`],
    [
      String.raw`\frac{d}{dx} \sigma(x)`,
      String.raw`\sigma(x)(1-\sigma(x))`,
      String.raw`\sigma(x)(2-\sigma(x))`,
    ],
    [String.raw`\frac{d}{dx} x \sin x`, String.raw`\sin x + x \cos x`, String.raw`x \cos x`],
    [String.raw`\frac{\partial}{\partial w} (y - wx)^2`, '-2x(y - wx)', '2x(y - wx)'],
  ])('%s', (left, right, wrong) => {
    expect(judged(`${left} = ${right}`)).toEqual(['valid'])
    expect(judged(`${left} = ${wrong}`)).toEqual(['invalid'])
  })

  test('a name that nothing explains leaves a start, and the report says that nothing was judged', () => {
    const report = check(String.raw`$$\frac{\partial J(\theta)}{\partial \theta} = 2\theta$$`)
    expect(report.lines[0]).toMatchObject({ verdict: 'valid', isStart: true })
    expect(report.lines[0]).not.toHaveProperty('value')
    expect(printCheck(report, 'text')).toContain('Nothing was judged')
  })

  test.each([
    [String.raw`\frac{d}{dx} x^3 = 3x^2`, 'product rule'],
    [String.raw`\frac{d}{dx} x^2 \sin x = 2x \sin x + x^2 \cos x`, 'quotient rule'],
    [String.raw`\frac{d}{dx} \sin(x^2) = 2x \cos(x^2)`, 'product rule'],
  ])('%s is no %s', (line, label) => {
    const { lines } = check(String.raw`\begin{align*} ${line} && \text{${label}} \end{align*}`)
    expect(lines[0]).toMatchObject({ verdict: 'valid', label: { given: label, right: false } })
  })
})
