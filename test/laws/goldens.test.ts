import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type DeriveOptions, derive, print } from '../../src/index.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { readTerm } from '../../src/read/index.ts'
import { relativeError } from '../support/laws.ts'

/**
 * Whole derivations as a person reads them. A golden file begins with its input; the rest is the LaTeX that
 * is printed for it. What decides is not the string, though: the lines that an author would write, below, are
 * compared with ours by numbers.
 */

const folder = new URL('../goldens/', import.meta.url)
const goldens = readdirSync(folder).filter((name) => name.endsWith('.tex'))

interface Golden {
  readonly expr: string
  readonly options: DeriveOptions
  readonly latex: string
}

function readGolden(name: string): Golden {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const end = text.indexOf('\n')
  const { expr, ...options } = JSON.parse(text.slice(1, end)) as DeriveOptions & { expr: string }
  return { expr, options, latex: text.slice(end + 1) }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '')

describe.each(goldens)('%s', (name) => {
  const { expr, options, latex } = readGolden(name)

  test('is printed line by line', () => {
    expect(linesOf(print(derive(expr, options), 'latex'))).toEqual(linesOf(latex))
  })
})

/** A line of a textbook: which of ours it is, its term, and its label where the textbook has one. */
type AuthoredLine = readonly [position: number, latex: string, labels?: readonly string[]]

const S = '\\sum_{i=1}^{N}'
const sum = (summand: string) => `\\sum_{j=1}^{d} ${summand}`
const inner = `(y_i - ${sum('w_j x_{i,j}')})`
const spread = (p: string) => `(y_i \\log(${p}) + (1 - y_i) \\log(1 - ${p}))`

/** What a good author would write, from the design; by golden file and variable. */
const authored: Readonly<Record<string, Readonly<Record<string, readonly AuthoredLine[]>>>> = {
  '1-post.tex': {
    m: [
      [0, `\\frac{1}{N} \\frac{\\partial}{\\partial m} ${S} (y_i - f(x_i))^2`, ['factor rule']],
      [1, `\\frac{1}{N} ${S} \\frac{\\partial}{\\partial m} (y_i - f(x_i))^2`, ['sum rule']],
      [2, `\\frac{1}{N} ${S} 2 (y_i - f(x_i)) \\frac{\\partial}{\\partial m} (y_i - f(x_i))`, ['chain rule']],
      [
        3,
        `\\frac{1}{N} ${S} 2 (y_i - f(x_i)) \\frac{\\partial}{\\partial m} (y_i - (m x_i + b))`,
        ['definition f'],
      ],
      [4, `\\frac{1}{N} ${S} 2 (y_i - f(x_i)) (-x_i)`, ['inner derivative']],
      [5, `-\\frac{2}{N} ${S} x_i (y_i - f(x_i))`, ['comm.', 'distr.']],
    ],
    b: [
      [0, `\\frac{1}{N} \\frac{\\partial}{\\partial b} ${S} (y_i - f(x_i))^2`, ['factor rule']],
      [1, `\\frac{1}{N} ${S} \\frac{\\partial}{\\partial b} (y_i - f(x_i))^2`, ['sum rule']],
      [2, `\\frac{1}{N} ${S} 2 (y_i - f(x_i)) \\frac{\\partial}{\\partial b} (y_i - f(x_i))`, ['chain rule']],
      [
        3,
        `\\frac{1}{N} ${S} 2 (y_i - f(x_i)) \\frac{\\partial}{\\partial b} (y_i - (m x_i + b))`,
        ['definition f'],
      ],
      [4, `\\frac{1}{N} ${S} 2 (y_i - f(x_i)) (-1)`, ['inner derivative']],
      // Nothing changes places here, so there is no "comm.".
      [5, `-\\frac{2}{N} ${S} (y_i - f(x_i))`, ['distr.']],
    ],
  },
  '1-undefined-f.tex': {
    '∇': [
      [0, `\\frac1N \\nabla ${S} (y_i - f(x_i))^2`, ['factor rule']],
      [1, `\\frac1N ${S} \\nabla (y_i - f(x_i))^2`, ['sum rule']],
    ],
  },
  '2-line.tex': {
    m: [
      [0, `\\frac{1}{N} \\frac{\\partial}{\\partial m} ${S} (y_i - m x_i - b)^2`, ['factor rule']],
      [1, `\\frac{1}{N} ${S} \\frac{\\partial}{\\partial m} (y_i - m x_i - b)^2`, ['sum rule']],
      [
        2,
        `\\frac{1}{N} ${S} 2 (y_i - m x_i - b) \\frac{\\partial}{\\partial m} (y_i - m x_i - b)`,
        ['chain rule'],
      ],
      [3, `\\frac{1}{N} ${S} 2(y_i - m x_i - b)(-x_i)`, ['inner derivative']],
      [4, `-\\frac{2}{N} ${S} x_i (y_i - m x_i - b)`, ['comm.', 'distr.']],
    ],
    b: [
      [0, `\\frac{1}{N} \\frac{\\partial}{\\partial b} ${S} (y_i - m x_i - b)^2`, ['factor rule']],
      [1, `\\frac{1}{N} ${S} \\frac{\\partial}{\\partial b} (y_i - m x_i - b)^2`, ['sum rule']],
      [
        2,
        `\\frac{1}{N} ${S} 2 (y_i - m x_i - b) \\frac{\\partial}{\\partial b} (y_i - m x_i - b)`,
        ['chain rule'],
      ],
      [3, `\\frac{1}{N} ${S} 2(y_i - m x_i - b)(-1)`, ['inner derivative']],
      [4, `-\\frac{2}{N} ${S} (y_i - m x_i - b)`, ['distr.']],
    ],
  },
  '3-features.tex': {
    w_k: [
      [0, `\\frac{1}{N} \\frac{\\partial}{\\partial w_k} ${S} ${inner}^2`, ['factor rule']],
      [1, `\\frac{1}{N} ${S} \\frac{\\partial}{\\partial w_k} ${inner}^2`, ['sum rule']],
      [2, `\\frac{1}{N} ${S} 2 ${inner} \\frac{\\partial}{\\partial w_k} ${inner}`, ['chain rule']],
      [
        3,
        `\\frac{1}{N} ${S} 2 ${inner} \\left(-${sum('\\frac{\\partial w_j}{\\partial w_k} x_{i,j}')}\\right)`,
      ],
      [4, `\\frac{1}{N} ${S} 2 ${inner} \\left(-${sum('\\delta_{jk} x_{i,j}')}\\right)`, ['Kronecker delta']],
      [5, `\\frac{1}{N} ${S} 2 ${inner} (-x_{i,k})`, ['delta sifting']],
      [6, `-\\frac{2}{N} ${S} x_{i,k} ${inner}`, ['comm.', 'distr.']],
    ],
  },
  '3-features-penalty.tex': {
    w_k: [[-1, `-\\frac{2}{N} ${S} x_{i,k} ${inner} + 2 \\lambda w_k`]],
  },
  '4-logistic-named.tex': {
    w: [
      [0, `-\\frac{1}{N} \\frac{\\partial}{\\partial w} ${S} ${spread('p_i')}`, ['factor rule']],
      [1, `-\\frac{1}{N} ${S} \\frac{\\partial}{\\partial w} ${spread('p_i')}`, ['sum rule']],
      [
        3,
        `-\\frac{1}{N} ${S} (\\frac{y_i}{p_i} \\frac{\\partial p_i}{\\partial w} - \\frac{1-y_i}{1-p_i} \\frac{\\partial p_i}{\\partial w})`,
      ],
      [6, `-\\frac{1}{N} ${S} (\\frac{y_i}{p_i} p_i (1-p_i) x_i - \\frac{1-y_i}{1-p_i} p_i (1-p_i) x_i)`],
      [-1, `\\frac{1}{N} ${S} (p_i - y_i) x_i`],
    ],
    b: [[-1, `\\frac{1}{N} ${S} (p_i - y_i)`]],
  },
  '4-logistic.tex': {
    w: [[-1, `\\frac{1}{N} ${S} (\\sigma(w x_i + b) - y_i) x_i`]],
    b: [[-1, `\\frac{1}{N} ${S} (\\sigma(w x_i + b) - y_i)`]],
  },
  '8-gaussian.tex': {
    mu: [[-1, `-\\frac{1}{\\sigma^2} ${S} (y_i - \\mu)`]],
    sigma: [[-1, `\\frac{N}{\\sigma} - \\frac{1}{\\sigma^3} ${S} (y_i - \\mu)^2`]],
  },
  '8-poisson.tex': { theta: [[-1, `${S} (e^{\\theta x_i} - y_i) x_i`]] },
  '8-log-cosh.tex': { m: [[-1, `-\\frac1N ${S} \\tanh(y_i - m x_i - b) x_i`]] },
}

test('every golden file has lines of an author to be compared with', () => {
  expect(Object.keys(authored).sort()).toEqual([...goldens].sort())
})

const seed = 7

describe.each(Object.entries(authored))('%s says what an author would', (name, byVariable) => {
  const { expr, options } = readGolden(name)
  const { partials, reading } = derive(expr, options)
  const { scope, store } = reading

  test.each(Object.entries(byVariable))('by %s', (variable, expected) => {
    const derivation = partials.find(({ wrt }) => wrt === variable)
    if (derivation === undefined)
      expect.fail(`no derivative by ${variable} among ${partials.map((p) => p.wrt)}`)
    const lines = derivation.lines('paper')
    if (expected[0]![0] === 0 && expected.at(-1)![0] > 2) expect(lines).toHaveLength(expected.at(-1)![0] + 1)
    for (const [position, latex, labels] of expected) {
      const line = lines.at(position)!
      if (labels !== undefined) expect(line.labels).toEqual(labels)
      const wrt = partials.flatMap((partial) => (partial.wrt === '∇' ? [] : [partial.wrt]))
      // The text of an author, read with what the loss says of its names.
      const definitions = [...expr.matchAll(/let (\w+) = ([^;]+);/g)].map(
        ([, head, body]) => `${head} = ${body}`,
      )
      const term = readTerm(latex, {
        ...(wrt.length === 0 ? {} : { wrt }),
        ...options,
        let: [...(options.let ?? []), ...definitions],
        store,
      })
      const points = samplePoints([term, line.term], scope, {
        count: 6,
        seed,
        conditions: derivation.conditions.map(({ relation }) => relation),
      })
      const sides = compileTerms([term, line.term], scope)
      expect(points.length).toBeGreaterThan(0)
      for (const point of points) {
        const [theirs, ours] = sides(point) as [number, number]
        expect(relativeError(ours, theirs), `${latex} is ${theirs}, ours ${ours}`).toBeLessThan(1e-7)
      }
    }
  })
})
