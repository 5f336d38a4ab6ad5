import katex from 'katex'
import { expect, test } from 'vitest'
import { printReading, readingToJson } from '../../src/print/index.ts'
import { bind } from '../../src/term/binder.ts'
import { Scope } from '../../src/term/scope.ts'
import { TermStore } from '../../src/term/store.ts'
import { declare, makePostDerivation } from '../support/post-derivation.ts'

const { scope, loss, variables } = makePostDerivation()

test('tells data, parameters, samples and definitions', () => {
  expect(printReading(loss, scope, 'text', variables)).toBe(
    'read as J = (1/N) Σ_{i=1}^{N} (y_i − f(x_i))²; where f(x) = m·x + b; data x_i, y_i; parameters m, b; N samples',
  )
  expect(printReading(loss, scope, 'ascii', variables)).toBe(
    'read as J = 1/N*sum(i=1..N, (y_i - f(x_i))^2); where f(x) = m*x + b; data x_i, y_i; parameters m, b; N samples',
  )
  const latex = printReading(loss, scope, 'latex', variables)
  expect(katex.renderToString(latex, { strict: 'error', throwOnError: true })).not.toContain('cc0000')
})

test('tells hyperparameters, undefined functions, further counts and assumptions', () => {
  const store = new TermStore()
  const [one, d] = [store.number(1), store.symbol('d')]
  const [j, lambda] = [store.symbol('j'), store.symbol('lambda')]
  const penalty = store.mul([
    lambda,
    bind(store, 'sum', 'j', one, d, store.pow(store.symbol('w', [j]), store.number(2))),
    store.apply('g', [lambda]),
  ])
  const told = new Scope(
    store,
    [
      declare('w', 'parameter', [{ from: one, to: d }]),
      declare('lambda', 'hyperparameter'),
      declare('d', 'count'),
      declare('g', 'function'),
    ],
    [store.relation('>', lambda, store.number(0))],
  )
  const variable = store.symbol('w', [store.symbol('k')])
  expect(printReading(penalty, told, 'text', [variable])).toBe(
    'read as J = λ·(Σ_{j=1}^{d} w_j²)·g(λ); parameters w_j; hyperparameters λ; undefined function g; counts d; assuming λ > 0; differentiated by w_k',
  )
  expect(readingToJson(penalty, told, [variable])).toEqual({
    ascii: 'lambda*sum(j=1..d, w_j^2)*g(lambda)',
    latex: '\\lambda \\left(\\sum_{j=1}^{d} w_j^2\\right) g(\\lambda)',
    data: [],
    parameters: ['w'],
    hyperparameters: ['lambda'],
    counts: ['d'],
    functions: ['g'],
    definitions: [],
    assumptions: ['lambda > 0'],
    indices: { k: ['1', 'd'], j: ['1', 'd'] },
  })
})

test('the JSON reading has the names of the contract', () => {
  const json = readingToJson(loss, scope, variables)
  expect(json).toMatchObject({
    ascii: '1/N*sum(i=1..N, (y_i - f(x_i))^2)',
    data: ['x', 'y'],
    parameters: ['m', 'b'],
    hyperparameters: [],
    counts: ['N'],
    indices: { i: ['1', 'N'] },
    definitions: [{ ascii: 'f(x) = m*x + b', latex: 'f(x) = m x + b' }],
  })
})
