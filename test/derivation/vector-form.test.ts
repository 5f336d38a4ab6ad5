import katex from 'katex'
import { describe, expect, test } from 'vitest'
import {
  elementwise,
  identity,
  inner,
  ones,
  outer,
  unit,
  vectorFormOf,
  vectorPrefix,
} from '../../src/derivation/vector-form.ts'
import { functions } from '../../src/functions/index.ts'
import { type DeriveOptions, derive, print } from '../../src/index.ts'
import type { Environment } from '../../src/numeric/environment.ts'
import { compileTerms, evaluate } from '../../src/numeric/evaluate.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { readAny } from '../../src/read/index.ts'
import { instantiate } from '../../src/term/binder.ts'
import type { Expr, SymbolTerm } from '../../src/term/expr.ts'
import type { Scope } from '../../src/term/scope.ts'
import { lossOptions, readLossCases } from '../support/cases.ts'

type Tensor = number | readonly Tensor[]

/** The point with values for indices. */
function extend(point: Environment, at: Readonly<Record<string, number>>): Environment {
  return new Map([...Object.entries(point), ...Object.entries(at)])
}

/** Evaluates vector forms with whole arrays, as the notation means: no index runs but those of sums. */
class Arrays {
  constructor(
    readonly scope: Scope,
    readonly point: Environment,
    readonly sizes: readonly number[],
  ) {}

  of(term: Expr): Tensor {
    const { store } = this.scope
    switch (term.kind) {
      case 'number':
        return Number(term.name)
      case 'symbol':
        if (term.name === ones) return this.#filled(() => 1)
        if (term.name === unit) return this.#filled((i) => (i + 1 === this.#number(term.args[0]!) ? 1 : 0))
        if (term.name === identity) return this.#filled((i) => this.#filled((j) => (i === j ? 1 : 0)))
        return term.name.startsWith(vectorPrefix)
          ? this.#whole(term.name.slice(vectorPrefix.length), term.args)
          : evaluate(term, this.point, this.scope)
      case 'add':
        return term.args.map((arg) => this.of(arg)).reduce((a, b) => combine(a, b, (x, y) => x + y))
      case 'neg':
        return scale(this.of(term.args[0]!), -1)
      case 'mul':
        return term.args
          .map((arg) => this.of(arg))
          .reduce((a, b) => (typeof a === 'number' ? scale(b, a) : scale(a, b as number)))
      case 'div':
        return scale(this.of(term.args[0]!), 1 / this.#number(term.args[1]!))
      case 'pow':
        return this.#number(term.args[0]!) ** this.#number(term.args[1]!)
      case 'call':
        return term.args.length === 1
          ? each(this.of(term.args[0]!), (value) => functions.get(term.name)!.evaluate(value))
          : functions.get(term.name)!.evaluate(...term.args.map((arg) => this.#number(arg)))
      case 'apply': {
        if (term.name === elementwise) {
          return term.args.map((arg) => this.of(arg)).reduce((a, b) => combine(a, b, (x, y) => x * y))
        }
        const [left, right] = term.args.map((arg) => this.of(arg)) as [readonly number[], readonly number[]]
        if (term.name === inner) return left.reduce((sum, entry, i) => sum + entry * right[i]!, 0)
        if (term.name === outer) return left.map((a) => right.map((b) => a * b))
        return evaluate(term, this.point, this.scope)
      }
      case 'big': {
        const [from, to] = [this.#number(term.args[0]!), this.#number(term.args[1]!)]
        const terms = Array.from({ length: to - from + 1 }, (_, i) =>
          this.of(instantiate(store, term.args[2]!, store.number(from + i))),
        )
        if (term.name === 'sum') return terms.reduce((a, b) => combine(a, b, (x, y) => x + y), 0)
        return (terms as number[]).reduce((a, b) => (term.name === 'prod' ? a * b : Math.max(a, b)))
      }
      default:
        return evaluate(term, this.point, this.scope)
    }
  }

  #number(term: Expr): number {
    return this.of(term) as number
  }

  #filled(entry: (i: number) => Tensor): Tensor {
    return Array.from({ length: this.sizes[0]! }, (_, i) => entry(i))
  }

  /** The array behind a name, or what its definition gives for each index. */
  #whole(name: string, fixed: readonly Expr[]): Tensor {
    const { store } = this.scope
    const { ranges } = this.scope.declaration(name)!
    const fill = (indices: readonly Expr[]): Tensor => {
      const range = ranges[indices.length]
      if (range === undefined) return evaluate(store.symbol(name, indices), this.point, this.scope)
      const [from, to] = compileTerms([range.from, range.to], this.scope)(this.point) as [number, number]
      return Array.from({ length: to - from + 1 }, (_, i) => fill([...indices, store.number(from + i)]))
    }
    return fill(fixed.map((index) => store.number(this.#number(index))))
  }
}

function scale(tensor: Tensor, factor: number): Tensor {
  return each(tensor, (entry) => entry * factor)
}

function each(tensor: Tensor, act: (entry: number) => number): Tensor {
  return typeof tensor === 'number' ? act(tensor) : tensor.map((entry) => each(entry, act))
}

function combine(a: Tensor, b: Tensor, join: (x: number, y: number) => number): Tensor {
  if (typeof a === 'number' && typeof b === 'number') return join(a, b)
  if (a === 0) return b
  return (a as readonly Tensor[]).map((entry, i) => combine(entry, (b as readonly Tensor[])[i]!, join))
}

/** Every component of every form that a loss has, at some points; answers how many there are. */
function compareForms(loss: string, options: DeriveOptions): number {
  const derived = derive(loss, { ...options, order: 2 })
  const { scope } = derived.reading
  let count = 0
  for (const { variables, result } of [...derived.partials, ...derived.hessian]) {
    const names = variables as readonly SymbolTerm[]
    if (names.length === 2 && names[0]!.name !== names[1]!.name) continue
    const form = vectorFormOf(result, names, scope)
    if (form === undefined) continue
    count++
    const indices = names.flatMap(({ args }) => args) as SymbolTerm[]
    const ranges = names.flatMap(({ name }) => scope.declaration(name)!.ranges.map((range) => range!))
    for (const point of samplePoints([derived.reading.loss, result, ...names], scope, {
      count: 3,
      seed: 4,
    })) {
      const bounds = ranges.map(({ from, to }) => compileTerms([from, to], scope)(point) as [number, number])
      const sizes = bounds.map(([from, to]) => to - from + 1)
      const whole = new Arrays(scope, point, sizes).of(form)
      const along = (tensor: Tensor, depth: number, at: Readonly<Record<string, number>>): void => {
        const index = indices[depth]
        if (index === undefined) {
          const expected = evaluate(result, extend(point, at), scope)
          expect(Math.abs((tensor as number) - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)))
          return
        }
        expect(tensor).toHaveLength(sizes[depth]!)
        for (const [i, entry] of (tensor as readonly Tensor[]).entries()) {
          along(entry, depth + 1, { ...at, [index.name]: bounds[depth]![0] + i })
        }
      }
      along(whole, 0, {})
    }
  }
  return count
}

describe('a vector form has the components that it was made from', () => {
  test('over the corpus', () => {
    let count = 0
    for (const entry of readLossCases()) count += compareForms(entry.ascii, lossOptions(entry))
    expect(count).toBeGreaterThan(10)
  })

  const losses: readonly (readonly [string, DeriveOptions])[] = [
    ['1/N*sum((y-sum(j=1..d, w_j*x_j)-b)^2) + lambda*sum(j=1..d, w_j^2)', { wrt: ['w', 'b'] }],
    ['-1/N*sum(i=1..N, sum(k=1..K, t_{i,k}*sum(j=1..d, W_{k,j}*x_{i,j})))', { wrt: ['W'], data: ['t', 'x'] }],
    ['sum(k=1..K, w_k)', { wrt: ['w'] }],
    [
      '-sum(k=1..K, t_k*log(p_k))',
      { wrt: ['z'], data: ['t'], let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'] },
    ],
    ['1/N*sum(log(1+exp(-y*sum(j=1..d, theta_j*x_j))))', { wrt: ['theta'] }],
    ['sqrt(sum(j=1..d, w_j^2))', { wrt: ['w'] }],
    ['lambda*sum(j=1..d, abs(w_j)) + sum(j=1..d, tanh(w_j)^2)', { wrt: ['w'] }],
    ['sum(k=1..K, w_k^3) + log(sum(k=1..K, exp(w_k)))', { wrt: ['w'] }],
    ['sum(k=1..K, p_k*log(p_k))', { wrt: ['z'], let: ['p_k = exp(z_k)/sum(j=1..K, exp(z_j))'] }],
    ['sum(j=1..d, a_j*w_j^2*log(cosh(w_j)))', { wrt: ['w'], data: ['a'] }],
  ]
  test.each(losses)('%s', (loss, options) => expect(compareForms(loss, options)).toBeGreaterThan(0))
})

test('what has no exact vector form has none', () => {
  for (const loss of ['sum(k=1..K, w_k^4)', 'sum(k=2..K, w_k*w_{k-1})', 'sum(k=1..K, log(1 + w_k^2))']) {
    const { partials, reading } = derive(loss, { wrt: ['w'] })
    const [partial] = partials
    expect(
      vectorFormOf(partial!.result, partial!.variables as readonly SymbolTerm[], reading.scope),
    ).toBeUndefined()
  }
})

describe('the line that says it', () => {
  const loss = '1/N*sum((y-sum(j=1..d, w_j*x_j))^2) + lambda*sum(j=1..d, w_j^2)'
  const derived = derive(loss, { wrt: ['w'], order: 2 })

  test('stands behind the components, in LaTeX and in text', () => {
    const [, vector, , matrix] = print(derived, 'latex').split('\n\n')
    expect(vector).toBe(
      String.raw`\[ \nabla_{\mathbf{w}} J = -\frac{2}{N} \sum_{i=1}^{N} (y_i - \mathbf{w}^\top \mathbf{x}_i) \mathbf{x}_i + 2 \lambda \mathbf{w} \]`,
    )
    expect(matrix).toBe(
      String.raw`\[ \nabla^2_{\mathbf{w}} J = \frac{2}{N} \sum_{i=1}^{N} \mathbf{x}_i \mathbf{x}_i^\top + 2 \lambda \mathbf{I} \]`,
    )
    for (const line of [vector, matrix])
      katex.renderToString(line!.slice(2, -2), { strict: 'error', throwOnError: true })
    expect(print(derived, 'text')).toContain('∇_𝐰 J = −(2/N) Σ_{i=1}^{N} (y_i − 𝐰ᵀ 𝐱_i)·𝐱_i + 2·λ·𝐰')
  })

  test('stands in MathML and in JSON too', () => {
    const mathml = print(derived, 'mathml')
    expect(mathml).toContain('<msub><mo>∇</mo><mi>𝐰</mi></msub>')
    expect(mathml).toContain('<msup><mi>𝐰</mi><mo>⊤</mo></msup>')
    const { partials } = JSON.parse(print(derived, 'json')) as {
      readonly partials: readonly { readonly whole?: { readonly text: string; readonly latex: string } }[]
    }
    const { text, latex } = partials[0]!.whole!
    expect(print(derived, 'text')).toContain(text)
    expect(print(derived, 'latex')).toContain(latex)
    expect(JSON.parse(print(derive('w^2', { wrt: ['w'] }), 'json')).partials[0].whole).toBeUndefined()
  })

  test('has functions and products by components', () => {
    const whole = (text: string) => print(derive(text, { wrt: ['w'], data: ['a'] }), 'text').split('\n\n')[1]
    expect(whole('lambda*sum(j=1..d, abs(w_j))')).toBe('∇_𝐰 J = λ·sign(𝐰)   for w_k ≠ 0, 1 ≤ k ≤ d')
    expect(whole('sum(j=1..d, tanh(w_j))')).toBe('∇_𝐰 J = 𝟏 − tanh(𝐰) ⊙ tanh(𝐰)')
    expect(whole('1/n*sum(i=1..n, (w_i - a_i)^2)')).toBe('∇_𝐰 J = (2/n)·(𝐰 − 𝐚)')
    expect(whole('sum(j=1..d, a_j*exp(w_j))')).toBe('∇_𝐰 J = 𝐚 ⊙ exp(𝐰)')
  })

  test('is read back to the components', () => {
    const text = print(derived, 'latex')
      .split('\n\n')[1]!
      .replace(/^.* J = /, '')
      .replace(/ \\\]$/, '')
    const { scope, store } = derived.reading
    const read = readAny(text, { components: ['k'], wrt: ['w'], store }).term
    const [partial] = derived.partials
    const index = (partial!.variables[0] as SymbolTerm).args[0] as SymbolTerm
    for (const point of samplePoints([partial!.result, ...partial!.variables], scope, {
      count: 5,
      seed: 2,
    })) {
      const k = (point as Readonly<Record<string, number>>)[index.name]!
      const expected = evaluate(partial!.result, point, scope)
      expect(evaluate(read, extend(point, { k }), scope)).toBeCloseTo(expected, 9)
    }
  })
})
