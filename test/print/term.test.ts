import { describe, expect, test } from 'vitest'
import { printTerm } from '../../src/print/index.ts'
import { bind } from '../../src/term/binder.ts'
import type { Expr } from '../../src/term/expr.ts'
import { limits } from '../../src/term/limits.ts'
import { nabla } from '../../src/term/scope.ts'
import { TermStore } from '../../src/term/store.ts'

const s = new TermStore()
const [a, b, c, m, N] = ['a', 'b', 'c', 'm', 'N'].map((name) => s.symbol(name)) as [
  Expr,
  Expr,
  Expr,
  Expr,
  Expr,
]
const [i, j, k] = ['i', 'j', 'k'].map((name) => s.symbol(name)) as [Expr, Expr, Expr]
const [one, two] = [s.number(1), s.number(2)]
const x = s.symbol('x', [i])
const sum = bind(s, 'sum', 'i', one, N, x)
const w = (index: Expr) => s.symbol('w', [index])

type Row = readonly [what: string, term: Expr, ascii: string, latex: string, text: string]

function rows(title: string, table: readonly Row[]): void {
  describe(title, () => {
    test.each(table)('%s', (_, term, ascii, latex, text) => {
      expect(printTerm(term, 'ascii')).toBe(ascii)
      expect(printTerm(term, 'latex')).toBe(latex)
      expect(printTerm(term, 'text')).toBe(text)
    })
  })
}

rows('parentheses stand exactly where they must', [
  ['a - (b - c)', s.subtract(a, s.subtract(b, c)), 'a - (b - c)', 'a - (b - c)', 'a − (b − c)'],
  ['a + (b + c)', s.add([a, s.add([b, c])]), 'a + (b + c)', 'a + (b + c)', 'a + (b + c)'],
  ['-(a + b)', s.neg(s.add([a, b])), '-(a + b)', '-(a + b)', '−(a + b)'],
  ['-(ab)', s.neg(s.mul([a, b])), '-a*b', '-a b', '−a·b'],
  ['(-a)b', s.mul([s.neg(a), b]), '(-a)*b', '(-a) b', '(−a)·b'],
  ['2(-a)', s.mul([two, s.neg(a)]), '2*(-a)', '2 (-a)', '2·(−a)'],
  ['-(-a)', s.neg(s.neg(a)), '-(-a)', '-(-a)', '−(−a)'],
  ['(-a)^2', s.pow(s.neg(a), two), '(-a)^2', '(-a)^2', '(−a)²'],
  ['-a^2', s.neg(s.pow(a, two)), '-a^2', '-a^2', '−a²'],
  ['(ab)^2', s.pow(s.mul([a, b]), two), '(a*b)^2', '(a b)^2', '(a·b)²'],
  ['(a^b)^c', s.pow(s.pow(a, b), c), '(a^b)^c', '(a^{b})^{c}', '(a^b)^c'],
  ['a^(b^c)', s.pow(a, s.pow(b, c)), 'a^(b^c)', 'a^{b^{c}}', 'a^(b^c)'],
  ['a^-2', s.pow(a, s.neg(two)), 'a^(-2)', 'a^{-2}', 'a⁻²'],
  ['a(b/c)', s.mul([a, s.div(b, c)]), 'a*(b/c)', 'a \\frac{b}{c}', 'a·(b/c)'],
  ['(a/b)c', s.mul([s.div(a, b), c]), 'a/b*c', '\\frac{a}{b} c', '(a/b)·c'],
  ['a/(bc)', s.div(a, s.mul([b, c])), 'a/(b*c)', '\\frac{a}{b c}', 'a/(b·c)'],
  ['(a/b)/c', s.div(s.div(a, b), c), 'a/b/c', '\\frac{\\frac{a}{b}}{c}', 'a/b/c'],
  ['a^(1/2)', s.pow(a, s.neg(s.div(one, two))), 'a^(-1/2)', 'a^{-1/2}', 'a^(−1/2)'],
  ['a^((1/2)b)', s.pow(a, s.mul([s.div(one, two), b])), 'a^(1/2*b)', 'a^{(1/2) b}', 'a^((1/2)·b)'],
  [
    'a^(b/(c+1))',
    s.pow(a, s.div(b, s.add([c, one]))),
    'a^(b/(c + 1))',
    'a^{\\frac{b}{c + 1}}',
    'a^(b/(c + 1))',
  ],
  ['(a/b)^2', s.pow(s.div(a, b), two), '(a/b)^2', '\\left(\\frac{a}{b}\\right)^2', '(a/b)²'],
  ['a(bc)', s.mul([a, s.mul([b, c])]), 'a*(b*c)', 'a (b c)', 'a·(b·c)'],
])

rows('a sum stands last in a product, elsewhere in parentheses', [
  ['last', s.mul([a, sum]), 'a*sum(i=1..N, x_i)', 'a \\sum_{i=1}^{N} x_i', 'a Σ_{i=1}^{N} x_i'],
  [
    'first',
    s.mul([sum, a]),
    'sum(i=1..N, x_i)*a',
    '\\left(\\sum_{i=1}^{N} x_i\\right) a',
    '(Σ_{i=1}^{N} x_i)·a',
  ],
  [
    'with a sum as its body',
    bind(s, 'sum', 'i', one, N, s.add([x, b])),
    'sum(i=1..N, x_i + b)',
    '\\sum_{i=1}^{N} (x_i + b)',
    'Σ_{i=1}^{N} (x_i + b)',
  ],
  [
    'squared',
    s.pow(sum, two),
    'sum(i=1..N, x_i)^2',
    '\\left(\\sum_{i=1}^{N} x_i\\right)^2',
    '(Σ_{i=1}^{N} x_i)²',
  ],
  [
    'before a term',
    s.add([sum, b]),
    'sum(i=1..N, x_i) + b',
    '\\sum_{i=1}^{N} x_i + b',
    'Σ_{i=1}^{N} x_i + b',
  ],
  [
    'a maximum',
    bind(s, 'max', 'k', one, N, w(k)),
    'max(k=1..N, w_k)',
    '\\max_{1 \\le k \\le N} w_k',
    'max_{k=1}^{N} w_k',
  ],
])

rows('derivatives', [
  [
    'of a sum of terms',
    s.derivative(s.subtract(a, b), m),
    'D(a - b, m)',
    '\\frac{\\partial}{\\partial m} (a - b)',
    '∂/∂m (a − b)',
  ],
  [
    'of a negative',
    s.derivative(s.neg(a), m),
    'D(-a, m)',
    '\\frac{\\partial}{\\partial m} (-a)',
    '∂/∂m (−a)',
  ],
  [
    'of a product',
    s.derivative(s.mul([a, b]), m),
    'D(a*b, m)',
    '\\frac{\\partial}{\\partial m} (a b)',
    '∂/∂m (a·b)',
  ],
  [
    'of a power',
    s.derivative(s.pow(a, two), m),
    'D(a^2, m)',
    '\\frac{\\partial}{\\partial m} a^2',
    '∂/∂m a²',
  ],
  ['of a name', s.derivative(w(j), w(k)), 'D(w_j, w_k)', '\\frac{\\partial w_j}{\\partial w_k}', '∂w_j/∂w_k'],
  [
    'before a factor',
    s.mul([s.derivative(s.pow(a, two), m), b]),
    'D(a^2, m)*b',
    '\\left(\\frac{\\partial}{\\partial m} a^2\\right) b',
    '(∂/∂m a²)·b',
  ],
  [
    'by all parameters',
    s.mul([a, s.derivative(s.apply('f', [x]), s.symbol(nabla))]),
    'a*∇(f(x_i))',
    'a \\nabla f(x_i)',
    'a ∇f(x_i)',
  ],
  ["f'", s.apply('f', [a], [1]), "f'(a)", "f'(a)", 'f′(a)'],
  ['in the second slot', s.apply('g', [a, b], [0, 1]), 'g^{(0,1)}(a, b)', '\\partial_2 g(a, b)', '∂₂g(a, b)'],
])

rows('juxtaposition', [
  ['numbers', s.mul([two, s.number(3)]), '2*3', '2 \\cdot 3', '2·3'],
  ['a number behind a name', s.mul([a, two]), 'a*2', 'a \\cdot 2', 'a·2'],
  ['a bracket behind f', s.mul([s.symbol('f'), s.add([a, b])]), 'f*(a + b)', 'f \\cdot (a + b)', 'f·(a + b)'],
  [
    'a bracket behind σ',
    s.mul([s.symbol('sigma'), s.add([a, b])]),
    'sigma*(a + b)',
    '\\sigma \\cdot (a + b)',
    'σ·(a + b)',
  ],
  [
    'σ and the sigmoid',
    s.mul([s.symbol('sigma'), s.call('sigmoid', [a])]),
    'sigma*sigmoid(a)',
    '\\sigma \\operatorname{sigmoid}(a)',
    'σ·sigmoid(a)',
  ],
  ['the sigmoid alone', s.call('sigmoid', [a]), 'sigmoid(a)', '\\sigma(a)', 'σ(a)'],
  [
    'a quotient that is no derivative',
    s.div(s.symbol('d'), s.mul([s.symbol('d'), a])),
    'd/(d*a)',
    '\\frac{d}{d \\cdot a}',
    'd/(d·a)',
  ],
])

test('a slope above d is no differential', () => {
  const slope = s.apply('g', [a, b], [0, 1])
  expect(printTerm(s.div(slope, s.add([s.symbol('d'), a])), 'latex')).toBe(
    '\\frac{(\\partial_2 g(a, b))}{d + a}',
  )
})

rows('functions', [
  ['power', s.pow(s.call('tanh', [a]), two), 'tanh(a)^2', '\\tanh^2(a)', 'tanh(a)²'],
  ['power that is no number', s.pow(s.call('tanh', [a]), b), 'tanh(a)^b', '\\tanh(a)^{b}', 'tanh(a)^b'],
  ['root', s.call('sqrt', [s.add([a, b])]), 'sqrt(a + b)', '\\sqrt{a + b}', '√(a + b)'],
  ['absolute value', s.call('abs', [a]), 'abs(a)', '\\lvert a \\rvert', '|a|'],
  ['exp', s.call('exp', [a]), 'exp(a)', '\\exp(a)', 'exp(a)'],
  ['power of e', s.pow(s.symbol('e'), s.mul([a, b])), 'e^(a*b)', 'e^{a b}', 'e^(a·b)'],
  ['tall argument', s.call('exp', [s.div(a, b)]), 'exp(a/b)', '\\exp\\left(\\frac{a}{b}\\right)', 'exp(a/b)'],
  ['Kronecker', s.delta(j, k), 'delta_{j,k}', '\\delta_{jk}', 'δ_{j,k}'],
  [
    'indicator',
    s.piecewise([s.relation('<', a, one), one, s.number(0)]),
    'ind(a < 1)',
    '\\mathbf{1}[a < 1]',
    '𝟙[a < 1]',
  ],
  [
    'cases',
    s.piecewise([s.relation('<=', a, b), a, two]),
    'if(a <= b, a, 2)',
    '\\begin{cases} a & a \\le b \\\\ 2 & \\text{otherwise} \\end{cases}',
    '{a if a ≤ b; 2 otherwise}',
  ],
])

rows('conditions', [
  [
    'a range',
    s.piecewise([s.logical('and', [s.relation('<=', one, k), s.relation('<', k, N)]), one, s.number(0)]),
    'ind(1 <= k < N)',
    '\\mathbf{1}[1 \\le k < N]',
    '𝟙[1 ≤ k < N]',
  ],
  [
    'no chain where the direction turns',
    s.logical('and', [s.relation('<', a, b), s.relation('>', b, c)]),
    'a < b and b > c',
    'a < b \\land b > c',
    'a < b and b > c',
  ],
  [
    'or in and',
    s.logical('and', [
      s.relation('<', a, b),
      s.logical('or', [s.relation('==', a, c), s.relation('!=', b, c)]),
    ]),
    'a < b and (a == c or b != c)',
    'a < b \\land (a = c \\lor b \\ne c)',
    'a < b and (a = c or b ≠ c)',
  ],
])

rows('names', [
  ['Greek', s.symbol('theta_0'), 'theta_0', '\\theta_0', 'θ_0'],
  ['accent', s.symbol('yhat', [i]), 'yhat_i', '\\hat{y}_i', 'ŷ_i'],
  ['word', s.symbol('loss'), 'loss', '\\mathrm{loss}', 'loss'],
  ['digits', s.symbol('b1'), 'b1', '\\mathrm{b1}', 'b1'],
  ['label', s.symbol('w^{(2)}', [i, j]), 'w^{(2)}_{i,j}', 'w^{(2)}_{i,j}', 'w⁽²⁾_{i,j}'],
  ['power of a label', s.pow(s.symbol('w^{(2)}'), two), '(w^{(2)})^2', '(w^{(2)})^2', '(w⁽²⁾)²'],
  ['shifted index', s.symbol('y', [s.subtract(i, one)]), 'y_{i-1}', 'y_{i-1}', 'y_{i−1}'],
  ['index of an index', s.symbol('theta', [s.symbol('a', [i])]), 'theta_{a_i}', '\\theta_{a_i}', 'θ_{a_i}'],
  ['a prototype', s.symbol('__proto__'), '__proto__', '\\mathrm{\\_\\_proto\\_\\_}', '__proto__'],
])

describe('bound indices', () => {
  const square = (index: Expr) => s.pow(w(index), two)

  test('a letter that is free elsewhere gives way to the next free one', () => {
    const term = s.mul([w(k), bind(s, 'sum', 'k', one, N, square(k))])
    expect(printTerm(term, 'ascii')).toBe('w_k*sum(i=1..N, w_i^2)')
  })
  test('inner and outer sum never share a letter', () => {
    const inner = s.big('sum', 'i', one, N, s.mul([w(s.bound(0)), w(s.bound(1))]))
    expect(printTerm(s.big('sum', 'i', one, N, inner), 'ascii')).toBe('sum(i=1..N, sum(j=1..N, w_j*w_i))')
  })
  test('taken names are avoided', () => {
    expect(printTerm(sum, 'ascii', { taken: ['i', 'j'] })).toBe('sum(k=1..N, x_k)')
  })
  test('an index that is bound outside of the term gets a letter', () => {
    expect(printTerm(w(s.bound(1)), 'ascii')).toBe('w_j')
  })
})

test('the derivative sign can be d', () => {
  const term = s.derivative(s.pow(a, two), m)
  expect(printTerm(term, 'latex', { operator: 'd' })).toBe('\\frac{d}{d m} a^2')
  expect(printTerm(term, 'text', { operator: 'd' })).toBe('d/dm a²')
})

test('marks wrap the sub-term at a path, a subtracted one with its sign', () => {
  const mark =
    (...paths: string[]) =>
    (path: readonly number[]) =>
      paths.includes(path.join('.')) ? 'new' : undefined
  expect(printTerm(s.mul([a, s.add([b, c])]), 'latex', { mark: mark('1') })).toBe(
    'a (\\htmlClass{new}{b + c})',
  )
  expect(printTerm(s.subtract(a, b), 'latex', { mark: mark('1') })).toBe('a \\htmlClass{new}{- b}')
  expect(printTerm(s.pow(s.call('sin', [a]), two), 'latex', { mark: mark('0') })).toBe(
    '\\htmlClass{new}{\\sin(a)}^2',
  )
})

test('the highest term there may be is printed in every notation', () => {
  const grow: readonly ((term: Expr) => Expr)[] = [
    (term) => s.neg(term),
    (term) => s.add([a, term]),
    (term) => s.pow(term, a),
    (term) => s.call('sin', [term]),
    (term) => s.derivative(term, m),
    (term) => s.pow(s.call('sin', [term]), two),
  ]
  for (const step of grow) {
    let term: Expr = a
    while (term.depth < limits.depth - 1) term = step(term)
    for (const format of ['ascii', 'latex', 'text'] as const) {
      expect(printTerm(term, format).length).toBeGreaterThan(limits.depth)
    }
  }
})

test('numbers with a power of ten are no differences in LaTeX', () => {
  expect(printTerm(s.mul([a, s.number('2.5e-3')]), 'ascii')).toBe('a*2.5e-3')
  expect(printTerm(s.mul([a, s.number('2.5e-3')]), 'latex')).toBe('a (2.5 \\cdot 10^{-3})')
  expect(printTerm(s.pow(s.number('1e3'), two), 'latex')).toBe('(10^{3})^2')
})
