import { describe, expect, test } from 'vitest'
import { type DerivedLoss, derive, parse, print } from '../../src/index.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { samplePoints } from '../../src/numeric/sample.ts'

/**
 * Derivations that good authors write, typed by hand: each line of ours says what theirs says, in the same
 * words. Lines are compared as numbers, so the order of factors is free, and the labels as they are.
 */

interface Expected {
  readonly name: string
  readonly loss: string
  readonly options?: Parameters<typeof derive>[1]
  readonly wrt: string
  readonly lines: readonly (readonly [latex: string, labels: string])[]
}

const residual = '(y_i - m x_i - b)'
const sum = '\\sum_{i=1}^{N}'

const expected: readonly Expected[] = [
  {
    name: 'the post, by m',
    loss: '1/N*sum((y-f(x))^2)',
    options: { let: ['f(x)=m*x+b'] },
    wrt: 'm',
    lines: [
      [`\\frac{1}{N} \\frac{\\partial}{\\partial m} ${sum} (y_i - f(x_i))^2`, 'factor rule'],
      [`\\frac{1}{N} ${sum} \\frac{\\partial}{\\partial m} (y_i - f(x_i))^2`, 'sum rule'],
      [`\\frac{1}{N} ${sum} 2 (y_i - f(x_i)) \\frac{\\partial}{\\partial m} (y_i - f(x_i))`, 'chain rule'],
      [
        `\\frac{1}{N} ${sum} 2 (y_i - f(x_i)) \\frac{\\partial}{\\partial m} (y_i - (m x_i + b))`,
        'definition f',
      ],
      [`\\frac{1}{N} ${sum} 2 (y_i - f(x_i)) (-x_i)`, 'inner derivative'],
      [`-\\frac{2}{N} ${sum} x_i (y_i - f(x_i))`, 'comm., distr.'],
    ],
  },
  {
    name: 'the post, by b',
    loss: '1/N*sum((y-f(x))^2)',
    options: { let: ['f(x)=m*x+b'] },
    wrt: 'b',
    lines: [
      [`\\frac{1}{N} \\frac{\\partial}{\\partial b} ${sum} (y_i - f(x_i))^2`, 'factor rule'],
      [`\\frac{1}{N} ${sum} \\frac{\\partial}{\\partial b} (y_i - f(x_i))^2`, 'sum rule'],
      [`\\frac{1}{N} ${sum} 2 (y_i - f(x_i)) \\frac{\\partial}{\\partial b} (y_i - f(x_i))`, 'chain rule'],
      [
        `\\frac{1}{N} ${sum} 2 (y_i - f(x_i)) \\frac{\\partial}{\\partial b} (y_i - (m x_i + b))`,
        'definition f',
      ],
      [`\\frac{1}{N} ${sum} 2 (y_i - f(x_i)) (-1)`, 'inner derivative'],
      [`-\\frac{2}{N} ${sum} (y_i - f(x_i))`, 'distr.'],
    ],
  },
  {
    name: 'the owner’s line, by m',
    loss: '1/N*sum((y-m*x-b)^2)',
    wrt: 'm',
    lines: [
      [`\\frac{1}{N} \\frac{\\partial}{\\partial m} ${sum} ${residual}^2`, 'factor rule'],
      [`\\frac{1}{N} ${sum} \\frac{\\partial}{\\partial m} ${residual}^2`, 'sum rule'],
      [`\\frac{1}{N} ${sum} 2 ${residual} \\frac{\\partial}{\\partial m} ${residual}`, 'chain rule'],
      [`\\frac{1}{N} ${sum} 2 ${residual} (-x_i)`, 'inner derivative'],
      [`-\\frac{2}{N} ${sum} x_i ${residual}`, 'comm., distr.'],
    ],
  },
  {
    name: 'several features, by w_k',
    loss: '1/N*sum((y-sum(j=1..d, w_j*x_j))^2)',
    options: { wrt: ['w_k'] },
    wrt: 'w_k',
    lines: (() => {
      const inner = 'y_i - \\sum_{j=1}^{d} w_j x_{i,j}'
      const by = '\\frac{\\partial}{\\partial w_k}'
      return [
        [`\\frac{1}{N} ${by} ${sum} (${inner})^2`, 'factor rule'],
        [`\\frac{1}{N} ${sum} ${by} (${inner})^2`, 'sum rule'],
        [`\\frac{1}{N} ${sum} 2 (${inner}) ${by} (${inner})`, 'chain rule'],
        [
          `\\frac{1}{N} ${sum} 2 (${inner}) (-\\sum_{j=1}^{d} \\frac{\\partial w_j}{\\partial w_k} x_{i,j})`,
          'sum rule, factor rule',
        ],
        [`\\frac{1}{N} ${sum} 2 (${inner}) (-\\sum_{j=1}^{d} \\delta_{jk} x_{i,j})`, 'Kronecker delta'],
        [`\\frac{1}{N} ${sum} 2 (${inner}) (-x_{i,k})`, 'delta sifting'],
        [`-\\frac{2}{N} ${sum} x_{i,k} (${inner})`, 'comm., distr.'],
      ] as const
    })(),
  },
]

/** The same lines, as numbers at random points and in their labels. */
function expectLines(derived: DerivedLoss, { wrt, lines, options }: Expected): void {
  const { scope, store, loss } = derived.reading
  const partial = derived.partials.find((entry) => entry.wrt === wrt)!
  const ours = partial.lines('paper')
  expect(ours.map((line) => line.labels.join(', '))).toEqual(lines.map(([, labels]) => labels))
  const theirs = lines.map(([latex]) => parse(latex, { ...options, store }))
  const points = samplePoints([loss, partial.result], scope, { count: 5, seed: 3 })
  expect(points).toHaveLength(5)
  const values = compileTerms([...ours.map((line) => line.term), ...theirs], scope)
  for (const point of points) {
    const row = values(point)
    for (let i = 0; i < ours.length; i++) {
      expect(Math.abs(row[i]! - row[i + ours.length]!)).toBeLessThan(1e-7 * Math.max(1, Math.abs(row[i]!)))
    }
  }
}

describe('derivations to reach', () => {
  for (const entry of expected) {
    test(entry.name, () => expectLines(derive(entry.loss, entry.options ?? {}), entry))
  }

  test('with f undefined, the two lines that prove that the gradient is linear come first', () => {
    const [gradient] = derive('1/N*sum((y-f(x))^2)').partials
    const [first, second] = gradient!.lines('paper')
    expect([first!.labels, second!.labels]).toEqual([['factor rule'], ['sum rule']])
    expect(print(first!.term, 'latex')).toBe(`\\frac{1}{N} \\nabla ${sum} (y_i - f(x_i))^2`)
    expect(print(second!.term, 'latex')).toBe(`\\frac{1}{N} ${sum} \\nabla (y_i - f(x_i))^2`)
  })
})

/** Results as textbooks print them; a result is compared with the book's as a number and may not be longer. */
const results: readonly (readonly [
  loss: string,
  wrt: string,
  textbook: string,
  options?: Parameters<typeof derive>[1],
])[] = [
  [
    '1/N*sum((y-sum(j=1..d, w_j*x_j))^2) + lambda*sum(j=1..d, w_j^2)',
    'w_k',
    '-2/N*sum(i=1..N, x_{i,k}*(y_i - sum(j=1..d, w_j*x_{i,j}))) + 2*lambda*w_k',
    { wrt: ['w_k'] },
  ],
  [
    'let p = sigmoid(w*x+b); -1/N*sum(y*log(p) + (1-y)*log(1-p))',
    'w',
    '1/N*sum(i=1..N, (p_i - y_i)*x_i)',
    { wrt: ['w'] },
  ],
  [
    '-1/N*sum(y*log(sigmoid(w*x+b)) + (1-y)*log(1-sigmoid(w*x+b)))',
    'b',
    '1/N*sum(i=1..N, sigmoid(w*x_i + b) - y_i)',
    { wrt: ['b'] },
  ],
  [
    'let p_k = exp(z_k)/sum(j=1..K, exp(z_j)); -sum(k=1..K, t_k*log(p_k))',
    'z_q',
    'p_q*sum(k=1..K, t_k) - t_q',
    { wrt: ['z_q'] },
  ],
  ['1/N*sum(abs(y-m*x-b))', 'm', '-1/N*sum(i=1..N, sign(y_i - m*x_i - b)*x_i)', { wrt: ['m'] }],
  ['1/N*sum(max(0, 1-y*(m*x+b)))', 'm', '-1/N*sum(i=1..N, ind(y_i*(m*x_i + b) < 1)*y_i*x_i)', { wrt: ['m'] }],
  [
    'let a = tanh(w*x+b); let yhat = v*a+c; 1/N*sum((y-yhat)^2)',
    'w',
    '-2/N*sum(i=1..N, (y_i - yhat_i)*v*(1 - a_i^2)*x_i)',
    { wrt: ['w'] },
  ],
  ['sum(log(sigma)+(y-mu)^2/(2*sigma^2))', 'mu', '-1/sigma^2*sum(i=1..N, y_i - mu)', {}],
  ['sum(log(sigma)+(y-mu)^2/(2*sigma^2))', 'sigma', 'N/sigma - 1/sigma^3*sum(i=1..N, (y_i - mu)^2)', {}],
  ['sum(exp(theta*x) - y*theta*x)', 'theta', 'sum(i=1..N, (exp(theta*x_i) - y_i)*x_i)', {}],
  ['1/N*sum(log(cosh(y-m*x-b)))', 'm', '-1/N*sum(i=1..N, tanh(y_i - m*x_i - b)*x_i)', {}],
  [
    'prod(theta^y*(1-theta)^(1-y))',
    'theta',
    'prod(i=1..N, theta^y_i*(1-theta)^(1-y_i))*sum(i=1..N, y_i/theta - (1-y_i)/(1-theta))',
    {},
  ],
  [
    'sqrt(1/N*sum((y-m*x-b)^2))',
    'm',
    '-sum(i=1..N, x_i*(y_i - m*x_i - b))/(N*sqrt(1/N*sum(i=1..N, (y_i - m*x_i - b)^2)))',
    {},
  ],
  ['sum(k=1..d, w_k^2)', 'w_k', '2*w_k', { wrt: ['w_k'] }],
  [
    '-1/N*sum(i=1..N, sum(k=1..K, y_{i,k}*log(p_{i,k})))',
    'W_{c,q}',
    '1/N*sum(i=1..N, x_{i,q}*(p_{i,c}*sum(k=1..K, y_{i,k}) - y_{i,c}))',
    {
      wrt: ['W_{c,q}'],
      data: ['x', 'y'],
      let: ['s_{i,k} = sum(j=1..d, W_{k,j}*x_{i,j})', 'p_{i,k} = exp(s_{i,k})/sum(l=1..K, exp(s_{i,l}))'],
    },
  ],
]

test('two lines of algebra that would have the same label are one', () => {
  for (const [loss, wrt, options] of [
    ['1/N*sum(v*tanh(w*z)) - 1/N*sum(v*tanh(w*x))', 'v', { wrt: ['v'] }],
    ['lambda*sum(j=1..d, abs(w_j)) + sum(j=1..d, tanh(w_j))', 'w_k', { wrt: ['w'] }],
    ...results.map(([text, name, , read]) => [text, name, read] as const),
  ] as const) {
    const lines = derive(loss, options)
      .partials.find((entry) => entry.wrt === wrt)!
      .lines('paper')
    const algebra = lines.slice(lines.findLastIndex(({ term }) => term.hasDerivative) + 2)
    for (const [i, { labels }] of algebra.entries()) {
      const before = i === 0 ? undefined : algebra[i - 1]!.labels
      expect(
        before !== undefined && labels.every((label) => before.includes(label)),
        `${loss}: ${labels}`,
      ).toBe(false)
    }
  }
})

/** How many names, numbers and operators a text has. */
function lengthOf(ascii: string): number {
  return (ascii.match(/[A-Za-z]\w*|\d+(?:\.\d+)?|[-+*/^<>=]+/g) ?? []).length
}

describe('results as a textbook prints them', () => {
  test.each(results.map((row) => ({ loss: row[0], wrt: row[1], row })))('$loss by $wrt', ({ row }) => {
    const [loss, wrt, textbook, options = {}] = row
    const derived = derive(loss, options)
    const { scope, store } = derived.reading
    const partial = derived.partials.find((entry) => entry.wrt === wrt)!
    const book = parse(textbook, { ...options, store })
    const points = samplePoints([derived.reading.loss, partial.result], scope, {
      count: 6,
      seed: 11,
      conditions: partial.conditions.map(({ relation }) => relation),
    })
    expect(points.length).toBeGreaterThan(0)
    for (const point of points) {
      const [ours, theirs] = compileTerms([partial.result, book], scope)(point) as [number, number]
      expect(Math.abs(ours - theirs)).toBeLessThan(1e-9 * Math.max(1, Math.abs(theirs)))
    }
    expect(lengthOf(print(partial.result, 'ascii'))).toBeLessThanOrEqual(lengthOf(print(book, 'ascii')))
  })
})

/** Lines before the last that a reader needs; a line of ours says the same and looks as the book's. */
const passedThrough: readonly (readonly [
  loss: string,
  wrt: string,
  line: string,
  options?: Parameters<typeof derive>[1],
])[] = [
  [
    'let p_k = exp(z_k)/sum(j=1..K, exp(z_j)); -sum(k=1..K, t_k*log(p_k))',
    'z_q',
    '-sum(k=1..K, t_k*(delta_{k,q} - p_q))',
    { wrt: ['z_q'] },
  ],
  [
    'sum(i=1..n, sum(j=i+1..n, log(1 + exp(s_j - s_i))))',
    's_k',
    'sum(i=1..n, sum(j=i+1..n, (delta_{j,k} - delta_{i,k})/(1 + exp(s_i - s_j))))',
    { wrt: ['s_k'] },
  ],
]

test.each(
  passedThrough.map((row) => ({ loss: row[0], wrt: row[1], row })),
)('the line before deltas are sifted: $loss by $wrt', ({ row }) => {
  const [loss, wrt, text, options = {}] = row
  const derived = derive(loss, options)
  const { scope, store } = derived.reading
  const partial = derived.partials.find((entry) => entry.wrt === wrt)!
  const book = parse(text, { ...options, wrt: [...(options.wrt ?? []), wrt], store })
  const lines = partial.lines('paper').map(({ term }) => term)
  const points = samplePoints([derived.reading.loss, partial.result], scope, {
    count: 3,
    seed: 12,
    conditions: partial.conditions.map(({ relation }) => relation),
  })
  expect(points.length).toBeGreaterThan(0)
  const written = lines.find(
    (line) =>
      !line.hasDerivative &&
      print(line, 'ascii').includes('delta') &&
      lengthOf(print(line, 'ascii')) <= lengthOf(print(book, 'ascii')),
  )
  expect(written).toBeDefined()
  for (const point of points) {
    const [ours, theirs] = compileTerms([written!, book], scope)(point) as [number, number]
    expect(Math.abs(ours - theirs)).toBeLessThan(1e-9 * Math.max(1, Math.abs(theirs)))
  }
})
