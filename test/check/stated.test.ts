import { check } from 'gradus'
import { describe, expect, test } from 'vitest'

/** Lines that are no steps between numbers: a chain rule that is stated, a derivative set to 0, a solution, a bar. */

const verdicts = (text: string, options = {}) => check(text, options).lines.map(({ verdict }) => verdict)

describe('a chain rule between quantities that nobody defines', () => {
  test.each([
    [
      'leads from the left side to its variable',
      String.raw`\frac{\partial L}{\partial y}\frac{\partial y}{\partial z}\frac{\partial z}{\partial w}`,
      'valid',
    ],
    ['in any order', String.raw`\frac{\partial z}{\partial w}\cdot\frac{\partial L}{\partial z}`, 'valid'],
    [
      'under a sum',
      String.raw`\sum_k \frac{\partial L}{\partial a_k}\frac{\partial a_k}{\partial w}`,
      'valid',
    ],
    [
      'with a link left out',
      String.raw`\frac{\partial L}{\partial y}\frac{\partial z}{\partial w}`,
      'invalid',
    ],
    [
      'that ends elsewhere',
      String.raw`\frac{\partial L}{\partial z}\frac{\partial z}{\partial b}`,
      'invalid',
    ],
    ['upside down', String.raw`\frac{\partial L}{\partial z}\frac{\partial w}{\partial z}`, 'invalid'],
  ])('%s', (_, right, verdict) => {
    expect(verdicts(String.raw`$$\frac{\partial L}{\partial w} = ${right}$$`)).toEqual([verdict])
  })

  test('what such a line is worth is not guessed as 0', () => {
    const [, second] = check(
      String.raw`$$\frac{\partial E}{\partial w} = \frac{\partial E}{\partial a}\frac{\partial a}{\partial w} = \frac{\partial E}{\partial a} x$$`,
    ).lines
    expect(second!.verdict).toBe('undecided')
    expect(second!.because).toContain('not defined')
  })

  test('with definitions numbers decide', () => {
    const text = (last: string) => String.raw`\begin{align*}
z &= w x \\ L &= (z - y)^2 \\
\frac{\partial L}{\partial w} &= \frac{\partial L}{\partial z}\frac{\partial z}{\partial w} \\ &= 2 (z - y) ${last}
\end{align*}`
    expect(verdicts(text('x'), { data: ['x', 'y'] }).at(-1)).toBe('valid')
    expect(verdicts(text('w'), { data: ['x', 'y'] }).at(-1)).toBe('invalid')
  })
})

describe('a derivative that is set to 0 and solved', () => {
  const solved = (value: string) => String.raw`\begin{align*}
\frac{\partial J}{\partial m} &= -2 \sum_{i=1}^n (x_i - m) \overset{!}{=} 0 \\
\Rightarrow \hat m &= ${value}
\end{align*}`
  const options = { loss: 'sum(i=1..n, (x_i - m)^2)', wrt: 'm', data: ['x'] }
  test('is no claim that it is 0', () =>
    expect(verdicts(solved(String.raw`\frac{1}{n}\sum_{i=1}^n x_i`), options)).toEqual([
      'valid',
      'valid',
      'valid',
    ]))
  test('and the solution is put in', () =>
    expect(verdicts(solved(String.raw`\sum_{i=1}^n x_i`), options)).toEqual(['valid', 'valid', 'invalid']))
  test('a 0 that nothing says is set is wrong', () =>
    expect(verdicts('dJ/dm = 2*m = 0', { loss: 'm^2' })).toEqual(['valid', 'invalid']))
})

describe('what cannot be a derivation', () => {
  test.each(['', '  \n', 'Only words stand here, and none of them is a formula.'])('%j is refused', (text) =>
    expect(() => check(text)).toThrow(/nothing to check|no line of a derivation/))
  test('an environment that nothing ends is judged all the same', () =>
    expect(verdicts('\\begin{align*}\n\\frac{dJ}{dm} &= 2 m', { loss: 'm^2' })).toEqual(['valid']))
  test('brackets alone are unreadable', () => expect(verdicts('dJ/dm = {{{((')).toEqual(['unreadable']))
})
