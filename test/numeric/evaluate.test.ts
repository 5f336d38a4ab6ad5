import { describe, expect, test } from 'vitest'
import { compile } from '../../src/library/evaluate.ts'
import type { Environment } from '../../src/numeric/environment.ts'
import { compileTerms, evaluate } from '../../src/numeric/evaluate.ts'
import { readAny } from '../../src/read/index.ts'
import type { Expr } from '../../src/term/expr.ts'
import { nabla, Scope } from '../../src/term/scope.ts'
import { TermStore } from '../../src/term/store.ts'

const read = (text: string, options: Parameters<typeof readAny>[1] = {}) => readAny(text, options)
const value = (text: string, env: Environment, options: Parameters<typeof readAny>[1] = {}) => {
  const { term, scope } = read(text, options)
  return evaluate(term, env, scope)
}

describe('values', () => {
  test.each<[string, Environment, number]>([
    ['(y-m)^2', { y: 1, m: 3 }, 4],
    ['w_k', { w: [5, 6], k: 2 }, 6],
    ['x_{i,j}', { x: [[1, 2], new Float64Array([3, 4])], i: 2, j: 1 }, 3],
    ['theta_0 + 1', { theta_0: 4 }, 5],
    ['theta_{a_i}', { theta: [7, 8, 9], a: [3, 1], i: 1 }, 9],
    ['sum(k=0..M, w_k*u^k)', { w: [1, 2, 3], M: 2, u: 2 }, 17],
    ['sum(t=2..T, (y_t - y_{t-1})^2)', { T: 3, y: [1, 3, 0] }, 13],
    ['prod(j=1..n, j)', { n: 5 }, 120],
    ['sum(j=1..n, j)', { n: 0 }, 0],
    ['max(k=1..K, z_k) - min(k=1..K, z_k)', { K: 3, z: [2, -1, 5] }, 6],
    ['max(a, b, 3)', { a: 1, b: 7 }, 7],
    ['log(u, 10)', { u: 1000 }, 3],
    ['if(u < 0, -u, 2*u)', { u: 3 }, 6],
    ['if(u < 0 or u > 2 and u < 4, 1, 0)', { u: 3 }, 1],
    ['ind(u <= 1)', { u: 3 }, 0],
    ['2*pi + e^0', {}, 2 * Math.PI + 1],
    ['constructor + __proto__', { constructor: 1, ['__proto__']: 2 } as Environment, 3],
    ['a + b', new Map(Object.entries({ a: 1, b: 2 })), 3],
    ['g(2)', { g: ([u]: readonly number[]) => 3 * u! }, 6],
  ])('%s', (text, env, expected) => {
    expect(value(text, env)).toBeCloseTo(expected, 12)
  })

  test('definitions are looked through, and derivatives of defined functions are taken', () => {
    const options = { let: ['f(u) = u^3 + m*u', 'p_k = exp(z_k)/sum(j=1..K, exp(z_j))'] }
    expect(value('f(2)', { m: 1 }, options)).toBe(10)
    expect(value('sum(k=1..K, p_k)', { K: 3, z: [1, 2, 3] }, options)).toBeCloseTo(1, 14)
    const { scope } = read('f(v)', options)
    const { store } = scope
    const second = store.apply('f', [store.symbol('v')], [2])
    expect(evaluate(second, { m: 1, v: 2 }, scope)).toBeCloseTo(12, 6)
  })
})

describe('no overflow and no lost digits', () => {
  test.each<[string, Environment, number]>([
    ['log(1 + exp(u))', { u: 1000 }, 1000],
    ['log(1 + exp(u))', { u: -50 }, 1.9287498479639178e-22],
    ['log(exp(u) + 1)', { u: -800 }, 0],
    ['log(sum(k=1..K, exp(z_k)))', { K: 2, z: [1000, 1000] }, 1000 + Math.LN2],
    ['log(sum(k=1..K, e^(z_k)))', { K: 2, z: [-1000, -1000] }, -1000 + Math.LN2],
    ['exp(z_1)/sum(k=1..K, exp(z_k))', { K: 2, z: [1000, 1000] }, 0.5],
    ['exp(u)/(1 + exp(u))', { u: 900 }, 1],
    ['log(sigmoid(u))', { u: -1000 }, -1000],
    ['log(1 - sigmoid(u))', { u: 1000 }, -1000],
    ['log(1 - sigmoid(u))', { u: -50 }, -1.9287498479639178e-22],
    ['1 - sigmoid(u)', { u: 50 }, 1.9287498479639178e-22],
    ['u/(exp(u) - 1)', { u: 1e-12 }, 1],
    ['log(cosh(u))', { u: 1e4 }, 1e4 - Math.LN2],
    ['log(cosh(u))', { u: 1e-6 }, 5e-13],
    ['log(1 - u)', { u: 1e-17 }, -1e-17],
    ['log(exp(u) - 3)', { u: 2 }, Math.log(Math.exp(2) - 3)],
    ['log((0-1)*exp(u)*(0-2))', { u: 2 }, 2 + Math.LN2],
    // By arithmetic of 60 digits (mpmath).
    ['log(Phi(u))', { u: -40 }, -804.6084420137538],
    ['log(Phi(u))', { u: -1.5 }, -2.70594440082389],
    ['log(Phi(u))', { u: -300 }, -45006.62273211867],
    ['log(Phi(u))', { u: 9 }, -1.1285884059538405e-19],
    ['log(1 - Phi(u))', { u: 40 }, -804.6084420137538],
    ['1 - Phi(u)', { u: 12 }, 1.776482112077679e-33],
    ['1 - erf(u)', { u: 6 }, 2.1519736712498913e-17],
    ['exp(-u^2/2)/(sqrt(2*pi)*Phi(u))', { u: -45 }, 45.022200328343594],
    ['log(erfc(u))', { u: 50 }, -2504.484587848451],
    ['log(erfc(u))', { u: 1e-10 }, -1.1283791671591746e-10],
    ['log(erfc(u))', { u: 0.6 }, -0.9259777267942867],
    ['log2(sigmoid(u))', { u: -800 }, -800 / Math.LN2],
    ['log10(exp(u))', { u: 1000 }, 1000 / Math.LN10],
    ['log(sum(k=1..K, exp(z_k)), 3)', { K: 2, z: [1000, 1000] }, (1000 + Math.LN2) / Math.log(3)],
    ['log2(u)', { u: 8 }, 3],
    ['log(1 - erf(u))', { u: 50 }, -2504.484587848451],
    ['-2*exp(-u^2)/(erfc(u)*sqrt(pi))', { u: 50 }, -100.01999200798818],
    ['log(1 - tanh(u)^2)', { u: 50 }, -100 + 2 * Math.LN2],
    ['log(1 - tanh(u)^2)', { u: 1e-6 }, -9.999999999998334e-13],
    ['1 - tanh(u)^2', { u: 25 }, 7.714999391855671e-22],
    [
      'x*exp(-u^2/2)*(y/Phi(u) - (1 - y)/(1 - Phi(u)))/sqrt(2*pi)',
      { u: 50, x: 50, y: 0 },
      -2500.999201595282,
    ],
    [
      'x*exp(-u^2/2)*(y/Phi(u) - (1 - y)/(1 - Phi(u)))/sqrt(2*pi)',
      { u: -50, x: 50, y: 1 },
      2500.999201595282,
    ],
    ['log(gamma(u))', { u: 300 }, 1409.2020674704117],
    ['log1p(exp(u))', { u: 1000 }, 1000],
    ['log1p(exp(u))', { u: -60 }, 8.75651076269652e-27],
    ['log(exp(u) - 1)', { u: 1000 }, 1000],
    ['log(exp(u) - 1)', { u: 1e-9 }, -20.72326583644641],
    ['log(1 - exp(u))', { u: -1e-9 }, -20.723265837446412],
    ['log(1 - exp(u))', { u: -50 }, -1.9287498479639178e-22],
    ['log(1 - exp(-exp(u)))', { u: -50 }, -50],
    ['log(sigmoid(u)) - log(1 - sigmoid(u))', { u: 800 }, 800],
    ['log(prod(i=1..N, x_i))', { N: 400, x: Array.from({ length: 400 }, () => 0.1) }, 400 * Math.log(0.1)],
  ])('%s at %j', (text, env, expected) => {
    for (const actual of [value(text, env), compile(text, { wrt: ['w'] }).loss(env)]) {
      expect(Math.abs(actual - expected), `${actual}`).toBeLessThanOrEqual(1e-12 * Math.abs(expected))
    }
  })

  test('through definitions', () => {
    const options = { let: ['p = sigmoid(u)'] }
    expect(value('log(p)', { u: -1000 }, options)).toBe(-1000)
    expect(value('log(1-p)', { u: 1000 }, options)).toBe(-1000)
  })

  test('a derivative by a defined name moves the name, not its definition', () => {
    const { scope } = read('log(p)', { let: ['p = sigmoid(u)'] })
    const { store } = scope
    const p = store.symbol('p')
    const term = store.derivative(store.call('log', [p]), p)
    expect(evaluate(term, { u: 0 }, scope)).toBeCloseTo(2, 9)
  })
})

describe('derivatives not yet taken', () => {
  const slope = (text: string, by: string, indices: readonly number[], env: Environment) => {
    const { term, scope } = read(text)
    const { store } = scope
    const variable = store.symbol(
      by,
      indices.map((index) => store.number(index)),
    )
    return evaluate(store.derivative(term, variable), env, scope)
  }
  test.each<[string, string, readonly number[], Environment, number]>([
    ['exp(sin(u))', 'u', [], { u: 0.7 }, Math.exp(Math.sin(0.7)) * Math.cos(0.7)],
    ['log(u)', 'u', [], { u: 0.01 }, 100],
    ['sum(k=1..K, w_k^2)', 'w', [2], { K: 3, w: [1, 5, 9] }, 10],
    ['sum(k=0..K, w_k^2)', 'w', [0], { K: 2, w: [4, 5, 9] }, 8],
    ['abs(u - 1)', 'u', [], { u: 1.01 }, 1],
    ['u^3', 'v', [], { u: 2, v: 1 }, 0],
  ])('%s by %s_%j', (text, by, indices, env, expected) => {
    expect(slope(text, by, indices, env)).toBeCloseTo(expected, 8)
  })

  test('where the differences do not settle, there is none', () => {
    expect(slope('cbrt(u)', 'u', [], { u: 0 })).toBeNaN()
    expect(slope('ind(u > 0)', 'u', [], { u: 0 })).toBeNaN()
  })

  test('of second order', () => {
    const { term, scope } = read('exp(2*u)')
    const u = scope.store.symbol('u')
    const second = scope.store.derivative(scope.store.derivative(term, u), u)
    expect(evaluate(second, { u: 0.3 }, scope)).toBeCloseTo(4 * Math.exp(0.6), 6)
  })

  test('the gradient by all parameters has no number, unless a direction is given', () => {
    const { term, scope } = read('m^2 + b', { wrt: ['m', 'b'] })
    const gradient = scope.store.derivative(term, scope.store.symbol(nabla))
    expect(() => evaluate(gradient, { m: 1, b: 2 }, scope)).toThrow('∇')
    expect(evaluate(gradient, { m: 1, b: 2, [nabla]: 7 }, scope)).not.toBe(0)
  })
})

describe('errors name what is wrong', () => {
  test.each<[string, Environment, string]>([
    ['a + b', { a: 1 }, 'there is no value for "b"'],
    ['w_k', { w: [1, 2], k: 3 }, 'element 2 of "w" does not exist: it has 2 elements'],
    ['w_k', { w: 1, k: 3 }, '"w" is not an array, but is used with 1'],
    ['w', { w: [1] }, '"w" is an array with more than 0 indices, but is used with 0'],
    ['w_{k,l}', { w: [1], k: 1, l: 1 }, '"w" has only 1 index, but is used with 2'],
    ['g(2)', {}, 'there is no function for "g"'],
    ['sum(k=1..K, 1)', { K: 2.5 }, 'the index k runs to 2.5, which is no integer'],
  ])('%s', (text, env, message) => {
    expect(() => value(text, env)).toThrow(message)
  })

  test('a branch that is not taken needs no values', () => {
    expect(value('if(u > 0, u, missing)', { u: 1 })).toBe(1)
  })
})

describe('size', () => {
  const store = new TermStore()
  const x: Expr = store.symbol('x')

  test('shared parts are computed once', () => {
    let term: Expr = x
    for (let i = 0; i < 500; i++) term = store.div(store.add([term, term]), store.number(2))
    expect(term.size).toBeGreaterThan(1e100)
    expect(evaluate(term, { x: 3 })).toBe(3)
    let inside: Expr = store.symbol('x', [store.bound(0)])
    for (let i = 0; i < 500; i++) inside = store.div(store.add([inside, inside]), store.number(2))
    const sum = store.big('sum', 'i', store.number(1), store.number(3), inside)
    expect(evaluate(sum, { x: [1, 2, 3] })).toBe(6)
  })

  test('what does not depend on an index is computed outside its sum', () => {
    let calls = 0
    const scope = new Scope(store)
    const inner = store.apply('g', [x])
    const body = store.mul([inner, store.bound(0)])
    const sum = store.big('sum', 'i', store.number(1), store.number(1000), body)
    const g = () => {
      calls++
      return 2
    }
    expect(evaluate(sum, { x: 1, g }, scope)).toBe(1001000)
    expect(calls).toBe(1)
  })

  test.each<[string, (term: Expr) => Expr]>([
    ['sine', (term) => store.call('sin', [term])],
    ['logarithm', (term) => store.call('log', [store.add([store.number(1), store.call('exp', [term])])])],
    ['quotient', (term) => store.div(store.call('exp', [term]), store.add([store.number(1), term]))],
    ['power', (term) => store.pow(term, store.number(1))],
    ['minus', (term) => store.neg(term)],
    ['piecewise', (term) => store.piecewise([store.relation('>', x, store.number(0)), term, x])],
  ])('the deepest terms: %s', (_, wrap) => {
    let term: Expr = x
    while (term.depth < 2495) term = wrap(term)
    expect(evaluate(term, { x: 0.5 })).toBeTypeOf('number')
  })

  test('several terms share their parts', () => {
    let calls = 0
    const shared = store.call('exp', [store.apply('g', [x])])
    const g = () => ++calls
    const both = compileTerms([store.neg(shared), shared], new Scope(store))({ x: 1, g })
    expect(both).toEqual([-Math.E, Math.E])
    expect(calls).toBe(1)
  })
})
