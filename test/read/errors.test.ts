import { expect, test } from 'vitest'
import { ReadError, type ReadOptions, readLoss } from '../../src/read/index.ts'
import { LimitError } from '../../src/term/limits.ts'

/** Bad input and the one error that answers it, word for word: the place, the line, the caret, a way out. */
const cases: readonly (readonly [text: string, options: ReadOptions, report: string])[] = [
  ['', {}, 'gradus: 1:1: there is nothing to read\n  \n  ^\n  write a loss such as 1/N*sum((y-m*x-b)^2)'],
  [
    'norm2(X*w-y)^2',
    {},
    'gradus: 1:1: unknown function "norm2"\n  norm2(X*w-y)^2\n  ^\n  define it with "let norm2(x) = …", or write norm2*(…) for a product',
  ],
  [
    '   ',
    {},
    'gradus: 1:1: there is nothing to read\n     \n  ^\n  write a loss such as 1/N*sum((y-m*x-b)^2)',
  ],
  ['(x+1', {}, 'gradus: 1:5: expected ")" to close the "(" at column 1\n  (x+1\n  ^   ^'],
  ['x+1)', {}, 'gradus: 1:4: ")" closes nothing\n  x+1)\n     ^'],
  ['[x+1', {}, 'gradus: 1:5: expected "]" to close the "[" at column 1\n  [x+1\n  ^   ^'],
  ['{x+1', {}, 'gradus: 1:5: expected "}" to close the "{" at column 1\n  {x+1\n  ^   ^'],
  ['(x+1]', {}, 'gradus: 1:5: expected ")" to close the "(" at column 1, found "]"\n  (x+1]\n  ^   ^'],
  [
    'x +',
    {},
    'gradus: 1:4: expected a value, found the end\n  x +\n     ^\n  the text ends in the middle of an expression',
  ],
  [
    '* x',
    {},
    'gradus: 1:1: expected a value, found "*"\n  * x\n  ^\n  something to the left of "*" is missing',
  ],
  [
    'x * / y',
    {},
    'gradus: 1:5: expected a value, found "/"\n  x * / y\n      ^\n  something to the left of "/" is missing',
  ],
  [
    'x ^',
    {},
    'gradus: 1:4: expected a value, found the end\n  x ^\n     ^\n  the text ends in the middle of an expression',
  ],
  [
    'x + * y',
    {},
    'gradus: 1:5: expected a value, found "*"\n  x + * y\n      ^\n  something to the left of "*" is missing',
  ],
  ['2 3 +', {}, 'gradus: 1:3: expected an operator, found "3"\n  2 3 +\n    ^'],
  ['sigmod(x)', {}, 'gradus: 1:1: unknown function "sigmod"\n  sigmod(x)\n  ^\n  did you mean sigmoid?'],
  [
    'foo(x, y)',
    {},
    'gradus: 1:1: unknown function "foo"\n  foo(x, y)\n  ^\n  define it with "let foo(x) = …", or write foo*(…) for a product',
  ],
  ['\\sqr{x}', {}, 'gradus: 1:1: unknown command \\sqr\n  \\sqr{x}\n  ^\n  did you mean \\sqrt?'],
  ['\\foo x', {}, 'gradus: 1:1: unknown command \\foo\n  \\foo x\n  ^'],
  ['\\frac{1}', {}, 'gradus: 1:9: a fraction needs one more argument\n  \\frac{1}\n          ^'],
  [
    '\\frac{1}{2',
    {},
    'gradus: 1:11: expected "}" to close the "{" at column 9\n  \\frac{1}{2\n          ^ ^',
  ],
  ['\\sqrt', {}, 'gradus: 1:6: \\sqrt needs one more argument\n  \\sqrt\n       ^'],
  ['\\left( x', {}, 'gradus: 1:9: expected ")" to close the "(" at column 6\n  \\left( x\n       ^  ^'],
  [
    '\\begin{cases} x & y > 0',
    {},
    'gradus: 1:24: expected "\\end{cases}" to close the "\\begin{cases}" at column 1\n  \\begin{cases} x & y > 0\n  ^                      ^',
  ],
  ['sum(i=1.., x_i)', {}, 'gradus: 1:10: expected a value, found ","\n  sum(i=1.., x_i)\n           ^'],
  [
    'sum(i=1..N)',
    {},
    'gradus: 1:5: sum has a range and no body\n  sum(i=1..N)\n      ^\n  write sum(i=1..N, x_i)',
  ],
  ['sum(i, x_i', {}, 'gradus: 1:11: expected ")" to close the "(" at column 4\n  sum(i, x_i\n     ^      ^'],
  ['sum(1=1..N, x)', {}, 'gradus: 1:5: expected a range such as i=1..N\n  sum(1=1..N, x)\n      ^'],
  [
    'sum(i=1..N, x_i) + y_i',
    {},
    'gradus: 1:22: the index i stands outside the sum that binds it\n  sum(i=1..N, x_i) + y_i\n                       ^\n  put parentheses around the body of the sum, or name i in --wrt',
  ],
  ['sin(x, y)', {}, 'gradus: 1:1: sin takes one argument, 2 are given\n  sin(x, y)\n  ^'],
  [
    'log()',
    {},
    'gradus: 1:5: expected a value, found ")"\n  log()\n      ^\n  something in front of the closing bracket is missing',
  ],
  [
    'exp',
    {},
    'gradus: 1:4: expected a value, found the end\n  exp\n     ^\n  the text ends in the middle of an expression',
  ],
  [
    'max()',
    {},
    'gradus: 1:5: expected a value, found ")"\n  max()\n      ^\n  something in front of the closing bracket is missing',
  ],
  ['atan(1,2,3)', {}, 'gradus: 1:1: atan takes one argument, 3 are given\n  atan(1,2,3)\n  ^'],
  [
    'sum((y - X@w)^2)',
    {},
    'gradus: 1:11: unexpected character "@"\n  sum((y - X@w)^2)\n            ^\n  write the product of matrices in LaTeX, X w, or as a sum: sum(j=1..d, X_{i,j}*w_j)',
  ],
  ['x # y', {}, 'gradus: 1:3: unexpected character "#"\n  x # y\n    ^'],
  ['x $ y', {}, 'gradus: 1:3: unexpected character "$"\n  x $ y\n    ^'],
  ['"x"', {}, 'gradus: 1:1: unexpected character """\n  "x"\n  ^'],
  [
    'x; y',
    {},
    'gradus: 1:4: there is more than one expression\n  x; y\n     ^\n  only definitions are separated by ";"',
  ],
  ['x = 3', {}, 'gradus: 1:1: a condition is no loss\n  x = 3\n  ^\n  a loss is a number'],
  ['x_', {}, 'gradus: 1:3: expected a number, a name or "{", found the end\n  x_\n    ^'],
  ['x_{i', {}, 'gradus: 1:5: expected "}" to close the "{" at column 3\n  x_{i\n    ^ ^'],
  [
    'x_{i,}',
    {},
    'gradus: 1:6: expected a value, found "}"\n  x_{i,}\n       ^\n  something in front of the closing bracket is missing',
  ],
  ['1..2', {}, 'gradus: 1:2: expected an operator, found ".."\n  1..2\n   ^'],
  ['1.2.3', {}, 'gradus: 1:4: expected an operator, found ".3"\n  1.2.3\n     ^'],
  ['3 > 2', {}, 'gradus: 1:1: a condition is no loss\n  3 > 2\n  ^\n  a loss is a number'],
  [
    'if(x > 1, 2)',
    {},
    'gradus: 1:1: if needs a condition and two values: if(x > 0, x, 0)\n  if(x > 1, 2)\n  ^',
  ],
  ['if(x, 1, 2)', {}, 'gradus: 1:4: expected a condition such as x > 0\n  if(x, 1, 2)\n     ^'],
  [
    '5',
    {},
    'gradus: 1:1: no parameter is left to differentiate by\n  5\n  ^\n  name what to differentiate by: --wrt x',
  ],
  [
    'y*x',
    {},
    'gradus: 1:1: no parameter is left to differentiate by\n  y*x\n  ^\n  name what to differentiate by: --wrt x',
  ],
  ['x^2', { wrt: ['1x'] }, 'gradus: 1:1: in --wrt: expected a name such as m or w_k\n  1x\n  ^'],
  [
    'f(x)*w',
    { let: ['f(x)'] },
    'gradus: 1:1: in --let: expected a definition such as f(x) = m*x + b\n  f(x)\n  ^',
  ],
  [
    'f(x)*w',
    { let: ['f(x) = '] },
    'gradus: 1:7: in --let: expected a value, found the end\n  f(x) = \n        ^\n  the text ends in the middle of an expression',
  ],
  [
    'f(x)*w',
    { let: ['f(x) = f(x)+1'] },
    'gradus: 1:8: in --let: f stands in its own definition\n  f(x) = f(x)+1\n         ^',
  ],
  [
    'a*w',
    { let: ['a = b', 'b = a'], wrt: ['w'] },
    'gradus: 1:1: in --let: a uses b, which is defined only here\n  b = a\n  ^\n  put the definition of b first',
  ],
  [
    'w^2',
    { assume: ['p >'] },
    'gradus: 1:4: in --assume: expected a value, found the end\n  p >\n     ^\n  the text ends in the middle of an expression',
  ],
  ['w^2', { range: ['k=1'] }, 'gradus: 1:1: in --range: expected a range such as k=1..d\n  k=1\n  ^'],
  [
    'f(x, y) + f(x)',
    {},
    'gradus: 1:11: f has 2 arguments elsewhere, 1 here\n  f(x, y) + f(x)\n            ^',
  ],
  [
    'w*x_i + x',
    { wrt: ['w'] },
    'gradus: 1:9: x has no index here and one index elsewhere\n  w*x_i + x\n          ^\n  x has a value for each sample; outside a sum it needs an index',
  ],
  [
    'D(x^2, 3)',
    {},
    'gradus: 1:8: a derivative is taken by a name, such as m or w_k\n  D(x^2, 3)\n         ^',
  ],
  [
    '\\sum_{i=1}^{N}',
    {},
    'gradus: 1:15: expected a value, found the end\n  \\sum_{i=1}^{N}\n                ^\n  the text ends in the middle of an expression',
  ],
  ['\\text{abc', {}, 'gradus: 1:1: \\text needs an argument in braces\n  \\text{abc\n  ^'],
  ['|x', {}, 'gradus: 1:3: expected "|" to close the "|" at column 1\n  |x\n  ^ ^'],
  [
    "x'",
    {},
    "gradus: 1:2: expected an operator, found \"'\"\n  x'\n   ^\n  f'(x) is the derivative of a function; in front of the mark is none",
  ],
  ["f'(x", {}, 'gradus: 1:5: expected ")" to close the "(" at column 3\n  f\'(x\n    ^ ^'],
  ['e^{-x', {}, 'gradus: 1:6: expected "}" to close the "{" at column 3\n  e^{-x\n    ^  ^'],
  ['x^2\n + (y', {}, 'gradus: 2:6: expected ")" to close the "(" at column 4\n   + (y\n     ^ ^'],
  [
    '<script>alert(1)</script>',
    {},
    'gradus: 1:1: expected a value, found "<"\n  <script>alert(1)</script>\n  ^',
  ],
  [
    'constructor(x)',
    {},
    'gradus: 1:1: unknown function "constructor"\n  constructor(x)\n  ^\n  define it with "let constructor(x) = …", or write constructor*(…) for a product',
  ],
  [
    '__proto__(x)',
    {},
    'gradus: 1:1: unknown function "__proto__"\n  __proto__(x)\n  ^\n  define it with "let __proto__(x) = …", or write __proto__*(…) for a product',
  ],
  ['a,b', {}, 'gradus: 1:2: expected an operator, found ","\n  a,b\n   ^'],
  ['mean(x', {}, 'gradus: 1:7: expected ")" to close the "(" at column 5\n  mean(x\n      ^ ^'],
  ['\\', {}, 'gradus: 1:1: unexpected character "\\"\n  \\\n  ^'],
  [
    '((((((',
    {},
    'gradus: 1:7: expected a value, found the end\n  ((((((\n        ^\n  the text ends in the middle of an expression',
  ],
  [
    'let f(x) = x',
    {},
    'gradus: 1:13: there are definitions, but no expression follows\n  let f(x) = x\n              ^\n  let p = sigmoid(w*x+b); -1/N*sum(y*log(p))',
  ],
  ['let ; x', {}, 'gradus: 1:5: expected a value, found ";"\n  let ; x\n      ^'],
  [
    '\\lVert x',
    {},
    'gradus: 1:9: expected "\\rVert" to close the "\\lVert" at column 1\n  \\lVert x\n  ^       ^',
  ],
  [
    'θ σ (',
    {},
    'gradus: 1:6: expected a value, found the end\n  θ σ (\n       ^\n  the text ends in the middle of an expression',
  ],
]

test.each(cases)('%j %j', (text, options, report) => {
  let caught: unknown
  try {
    readLoss(text, options)
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(ReadError)
  expect((caught as ReadError).report()).toBe(report)
})

test('there are at least forty kinds', () => {
  expect(new Set(cases.map(([, , report]) => report.split('\n')[0])).size).toBeGreaterThanOrEqual(40)
})

test('names that objects have are only names', () => {
  for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
    const { loss, variables } = readLoss(`${name}^2`, { wrt: [name] })
    expect([...loss.names]).toEqual([name])
    expect(variables.map((variable) => variable.name)).toEqual([name])
  }
})

test('large input is read or refused, at once and with one error', () => {
  const nested = (count: number) => `${'('.repeat(count)}x${')'.repeat(count)}`
  expect(readLoss(nested(10_000), { wrt: ['x'] }).loss.kind).toBe('symbol')
  const deep = `${'sin('.repeat(10_000)}x${')'.repeat(10_000)}`
  expect(() => readLoss(deep, { wrt: ['x'] })).toThrow(LimitError)
  const long = Array.from({ length: 10_000 }, (_, i) => `x${i}`).join(' + ')
  expect(readLoss(long, { wrt: ['x0'] }).loss.args).toHaveLength(10_000)
  for (const junk of ['#', '(', '\\', 'x^', 'sin ', '"', ')', '{', '_', '\\frac', 'a b ']) {
    const text = junk.repeat(Math.ceil(1_000_000 / junk.length))
    expect(() => readLoss(text, { wrt: ['x'] })).toThrow(/./)
  }
})
