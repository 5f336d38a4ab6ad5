import { describe, expect, test } from 'vitest'
import { type DeriveOptions, derive, print, ReadError, verify } from '../../src/index.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { samplePoints } from '../../src/numeric/sample.ts'

interface Row {
  readonly loss: string
  readonly options: DeriveOptions
  /** The result as a textbook has it under the fact. */
  readonly result: string
  readonly conditions?: readonly string[]
  readonly label?: string
}

const softmax = 'p_k = exp(z_k)/sum(j=1..K, exp(z_j))'

const rows: readonly Row[] = [
  {
    loss: '-sum(k=1..K, t_k*log(p_k))',
    options: { wrt: ['z_q'], data: ['t'], let: [softmax], assume: ['sum(k, t_k) = 1'] },
    result: 'p_q - t_q',
    conditions: ['1 <= q <= K'],
    label: 'since sum(k, t_k) = 1',
  },
  {
    loss: '-sum(k=1..K, t_k*log(p_k))',
    options: { wrt: ['z_q'], data: ['t'], let: [softmax], assume: ['one-hot t'] },
    result: 'p_q - t_q',
    conditions: ['1 <= q <= K'],
    label: 'since one-hot t',
  },
  {
    loss: '-1/N*sum(i=1..N, sum(k=1..K, t_{i,k}*log(p_{i,k})))',
    options: {
      wrt: ['z_{n,q}'],
      data: ['t'],
      let: ['p_{i,k} = exp(z_{i,k})/sum(j=1..K, exp(z_{i,j}))'],
      assume: ['sum(k=1..K, t_{i,k}) = 1'],
    },
    result: '(p_{n,q} - t_{n,q})/N',
    conditions: ['1 <= q <= K', '1 <= n <= N'],
    label: 'since sum(k=1..K, t_{i,k}) = 1',
  },
  {
    loss: '1/N*sum(y^2*(w*x)^2)',
    options: { wrt: ['w'], assume: ['y in {-1, 1}'] },
    result: '2*w/N*sum(i=1..N, x_i^2)',
    label: 'since y in {-1, 1}',
  },
  {
    loss: 'sum(w^2*y^3)',
    options: { wrt: ['w'], assume: ['y_i in {0, 1}'] },
    result: '2*w*sum(i=1..N, y_i)',
    label: 'since y_i in {0, 1}',
  },
  { loss: 'log(p) + log(1-p)', options: { wrt: ['p'], assume: ['0 < p < 1'] }, result: '1/p - 1/(1-p)' },
  { loss: 'log(a - b)', options: { wrt: ['a'], assume: ['a > 2', 'b <= 1'] }, result: '1/(a-b)' },
  { loss: 'abs(p)*x', options: { wrt: ['p'], assume: ['p > 0'] }, result: 'x', label: 'since p > 0' },
  { loss: 'abs(p)*x', options: { wrt: ['p'], assume: ['p < -1'] }, result: '-x', label: 'since p < -1' },
  { loss: 'max(0, p)^2', options: { wrt: ['p'], assume: ['p > 0'] }, result: '2*p', label: 'since p > 0' },
  { loss: 'if(c > 1, w^2, w)', options: { wrt: ['w'], data: ['c'], assume: ['c > 1'] }, result: '2*w' },
  {
    loss: 'sum(k=1..K, abs(w_k))',
    options: { wrt: ['w_j'], assume: ['w_k > 0'] },
    result: '1',
    conditions: ['1 <= j <= K'],
  },
  {
    loss: 'log(q*delta)',
    options: { wrt: ['q'], assume: ['delta > 0'] },
    result: '1/q',
    conditions: ['q > 0'],
  },
  // bounds of a square and of an absolute value, and what follows from them
  { loss: 'sqrt(1-a^2)', options: { wrt: ['a'], assume: ['-1 < a < 1'] }, result: '-a/sqrt(1-a^2)' },
  { loss: 'atanh(a)', options: { wrt: ['a'], assume: ['abs(a) < 1'] }, result: '1/(1-a^2)' },
  { loss: 'log(4-a^2)', options: { wrt: ['a'], assume: ['a^2 < 4'] }, result: '-2*a/(4-a^2)' },
  { loss: 'log(1-a*b)', options: { wrt: ['a'], assume: ['0 < a < 1', '0 < b < 1'] }, result: '-b/(1-a*b)' },
  {
    loss: 'sum(log(1-y^2*m^2))',
    options: { wrt: ['m'], assume: ['y^2 = 1', '-1 < m < 1'] },
    result: '-2*N*m/(1-m^2)',
  },
  { loss: 'sum(abs(y)*m)', options: { wrt: ['m'], assume: ['y^2 = 1'] }, result: 'N' },
  // w >= 0 lets |w| be w
  {
    loss: 'sum(j=1..d, abs(w_j))',
    options: { wrt: ['w'], assume: ['w_j >= 0'] },
    result: '1',
    conditions: ['1 <= k <= d'],
  },
  { loss: 'max(0, -p)*x', options: { wrt: ['p'], assume: ['p >= 0'] }, result: '0' },
]

describe('facts discharge conditions and allow steps that carry their label', () => {
  test.each(rows)('$loss with $options.assume', ({ loss, options, result, conditions = [], label }) => {
    const derived = derive(loss, options)
    const [partial] = derived.partials
    const { scope, store } = derived.reading
    expect(partial!.conditions.map(({ relation }) => print(relation, 'ascii'))).toEqual(conditions)
    if (label !== undefined) expect(partial!.lines().flatMap((line) => line.labels)).toContain(label)
    const book = derive(result, { ...options, wrt: ['nothing'], store }).reading.loss
    expect(partial!.result.size).toBeLessThanOrEqual(book.size)
    const points = samplePoints([derived.reading.loss, partial!.result, ...partial!.variables], scope, {
      count: 10,
      seed: 3,
    })
    expect(points).toHaveLength(10)
    const values = compileTerms([partial!.result, book], scope)
    for (const point of points) {
      const [ours, theirs] = values(point) as [number, number]
      expect(Math.abs(ours - theirs)).toBeLessThan(1e-9 * Math.max(1, Math.abs(theirs)))
    }
    expect(verify(derived)).toMatchObject({ verdict: 'true', points: 20 })
  })
})

test('a fact about a name that is a vector is about each component', () => {
  const loss = '\\frac{1}{N} \\sum_{i=1}^N (1 - y_i w^\\top x_i)^2 + \\lambda \\|w\\|^2'
  const derived = derive(loss, { wrt: ['w'], assume: ['y in {-1,1}'] })
  expect(derived.reading.sentence).toContain('assuming y_i ∈ {−1, 1}')
  expect(verify(derived)).toMatchObject({ verdict: 'true', points: 20 })
})

test('a fact stands in its notation beside its line', () => {
  const derived = derive('1/N*sum(y^2*w^2)', { wrt: ['w'], assume: ['y in {-1,1}'] })
  expect(print(derived, 'latex')).toContain(String.raw`\text{since } y_i \in \{-1, 1\}`)
  expect(print(derived, 'text')).toContain('since y_i ∈ {−1, 1}')
  expect(derived.reading.sentence).toContain('assuming y_i ∈ {−1, 1}')
})

test('a second derivative is not taken of an equation that holds for one value of the variable only', () => {
  const loss = 'v*sum(k=1..K, w_k)'
  const derived = derive(loss, { wrt: ['v', 'w'], assume: ['sum(k, w_k) = 1'], order: 2 })
  const mixed = derived.hessian[1]!
  expect(print(mixed.result, 'ascii')).toBe('1')
  expect(
    print(
      derive('y*w^2', { wrt: ['w', 'y'], data: [], assume: ['y in {0,1}'], order: 2 }).hessian[1]!.result,
      'ascii',
    ),
  ).toBe('2*w')
})

test('different indices have no delta', () => {
  const options = { wrt: ['w_i', 'v_j'], order: 2 } as const
  const loss = 'sum(k=1..K, w_k*v_k)'
  expect(print(derive(loss, { ...options, assume: ['i != j'] }).hessian[1]!.result, 'ascii')).toBe('0')
  expect(derive(loss, { ...options, assume: ['i != j'] }).reading.scope.namesWithRole('parameter')).toEqual([
    'w',
    'v',
  ])
})

describe('facts that cannot be used are told', () => {
  const problem = (loss: string, ...assume: string[]): string => {
    try {
      derive(loss, { wrt: ['q'], assume })
    } catch (error) {
      if (error instanceof ReadError) return error.report()
      throw error
    }
    return ''
  }

  test('a contradiction', () => {
    expect(problem('log(q)', 'q > 0', 'q < 0')).toBe(
      'gradus: 1:1: in --assume: this and "q > 0" cannot both hold\n  q < 0\n  ^',
    )
    expect(problem('log(q)', '1 < 0')).toContain('this can never hold')
    expect(problem('q*y', 'y in {0, 1}', 'y > 1')).toContain('cannot both hold')
    expect(problem('q*y', '2 < y < 1')).toContain('this can never hold')
    expect(problem('q*y', 'y in {0, 1}', 'y > 0')).toBe('')
  })

  test('what is no fact', () => {
    expect(problem('log(q)', 'q')).toContain('expected a fact such as p > 0')
    expect(problem('log(q)', 'one-hot q')).toContain('q has no index')
  })

  test('a name that does not occur is no parameter either', () => {
    const { warnings, partials } = derive('log(q)', { assume: ['zz > 0'] })
    expect(warnings).toEqual(['--assume "zz > 0" says nothing: zz does not occur'])
    expect(partials.map(({ wrt }) => wrt)).toEqual(['q'])
  })
})

test('sample points are one-hot where a fact says so', () => {
  const { reading } = derive('-sum(k=1..K, t_k*z_k)', { wrt: ['z'], data: ['t'], assume: ['one-hot t'] })
  const points = samplePoints([reading.loss], reading.scope, { count: 12, seed: 8 })
  expect(points).toHaveLength(12)
  for (const point of points) {
    const { t } = point as { readonly t: readonly number[] }
    expect(t.filter((value) => value === 1)).toHaveLength(1)
    expect(t.filter((value) => value === 0)).toHaveLength(t.length - 1)
  }
})
