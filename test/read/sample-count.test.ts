import { describe, expect, test } from 'vitest'
import { compile, derive } from '../../src/index.ts'

/** What counts the samples where a sum leaves it out, and what indices of one array count. */

const rolesOf = (text: string, wrt?: readonly string[]) => {
  const { reading } = derive(text, wrt === undefined ? {} : { wrt })
  return {
    counts: reading.scope.namesWithRole('count'),
    parameters: reading.scope.namesWithRole('parameter'),
  }
}

describe('a sum that says no range is over what divides it', () => {
  test.each([
    ['1/n*sum((y-m*x-b)^2)', 'n'],
    ['1/(2*n)*sum((y-m*x-b)^2)', 'n'],
    ['sum((y-m*x-b)^2)/(n-1)', 'n'],
    ['1/n_samples*sum((y-m*x-b)^2)', 'n_samples'],
    ['1/(2M)*sum((y-m*x-b)^2)', 'M'],
    ['\\frac{1}{2n_{\\text{samples}}} \\sum_i (y_i - m x_i - b)^2', 'n_samples'],
    ['1/N*sum((y-m*x-b)^2) + lambda/(2*N)*m^2', 'N'],
    ['mean((y-m*x-b)^2)', 'N'],
  ])('%s', (text, count) => {
    expect(rolesOf(text)).toEqual({ counts: [count], parameters: ['m', 'b'] })
    const environment = { x: [1, 2, 4], y: [1, 3, 2], m: 0.5, b: 0.25, lambda: 0.1 }
    // The count is told by the arrays alone.
    expect(Number.isFinite(compile(text).loss(environment))).toBe(true)
  })

  test('but a slope that also divides is a parameter, and so is what is asked for', () => {
    expect(rolesOf('sum((y-m*x)^2)/m')).toEqual({ counts: ['N'], parameters: ['m'] })
    expect(rolesOf('1/n*sum((y-w*x)^2)', ['n'])).toEqual({ counts: ['N'], parameters: ['n', 'w'] })
  })
})

describe('indices of one array have one count', () => {
  test.each([
    '\\sum_{i,j} w_{ij} s_i s_j',
    '\\sum_{i \\ne j} w_{ij} s_i s_j',
    '\\sum_i \\sum_j w_{ij} s_i s_j',
  ])('%s', (text) => {
    expect(rolesOf(text, ['s']).counts).toEqual(['N'])
  })
})

describe('what is minimised over is differentiated by', () => {
  test.each([
    ['\\min_{w} \\sum_{i=1}^n (y_i - w x_i - c)^2', ['w']],
    ['\\min_{w, c} \\sum_{i=1}^n (y_i - w x_i - c)^2 + C w^2', ['w', 'c']],
    ['\\min_{\\beta_0, \\beta_1} \\sum_{i=1}^n (y_i - \\beta_0 - \\beta_1 x_i - c)^2', ['beta_0', 'beta_1']],
  ])('%s', (text, names) => {
    expect(derive(text).partials.map(({ wrt }) => wrt)).toEqual(names)
  })
})

test('beside a bare y, the y_p of a definition is complete', () => {
  expect(compile('let yhat_p = m*y_p; sum(yhat + y)', { wrt: ['m'] }).loss({ y: [1, 2], m: 3 })).toBe(12)
})

describe('functions with vectors for values', () => {
  test('are read by components', () => {
    const text = '\\sum_{i=1}^n (y_i - w^\\top \\phi(x_i))^2 + \\|w\\|^2'
    const { loss } = compile(text, { wrt: ['w'], let: ['phi_j(x) = x^j'] })
    const [w1, w2] = [0.5, -0.25]
    const expected = [1, 2, 4].reduce((sum, x, i) => sum + ([1, 3, 2][i]! - w1 * x - w2 * x ** 2) ** 2, 0)
    expect(loss({ x: [1, 2, 4], y: [1, 3, 2], w: [w1, w2] })).toBeCloseTo(expected + w1 ** 2 + w2 ** 2, 12)
  })
})
