import { describe, expect, test } from 'vitest'
import { type DerivedLoss, derive, print } from '../../src/index.ts'
import type { Value } from '../../src/numeric/environment.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { surveyTerms } from '../../src/numeric/survey.ts'
import { TermCompiler } from '../../src/numeric/term-compiler.ts'
import type { Expr, SymbolTerm } from '../../src/term/expr.ts'
import { differentiateNumerically } from '../support/differences.ts'
import { conditionHolds } from '../support/laws.ts'
import { Chance } from '../support/random-term.ts'

/**
 * Losses over indices: nested and dependent sums, shifts, several deltas, indices of indices. Every element of
 * every gradient is compared with differences of the loss, also the elements at the ends of a range and those
 * beyond: there the result is right, or its conditions say that it does not speak of them.
 */

const seed = 20240917
/** More elements than any sum reaches, so that some are out of range. */
const length = 12

/** A loss, what to differentiate by, and what is data. */
const losses: readonly (readonly [loss: string, wrt: string, data?: string])[] = [
  ['sum(i=1..n, sum(j=i+1..n, (w_i-w_j)^2))', 'w'],
  ['sum(i=1..n, sum(j=i..n, w_i*w_j))', 'w'],
  ['sum(i=1..n, sum(j=1..i, w_j)^2)', 'w'],
  ['sum(i=1..n, sum(j=1..i-1, w_i*w_j^2))', 'w'],
  ['sum(i=1..n-1, (w_{i+1}-w_i)^2)', 'w'],
  ['sum(i=2..n-1, (w_{i+1}-2*w_i+w_{i-1})^2)', 'w'],
  ['sum(t=2..T, (y_t - a*y_{t-1})^2)', 'a', 'y'],
  ['sum(t=2..T, (u_t - a*u_{t-1})^2)', 'u a'],
  ['sum(t=1..T, (u_t - y_t)^2) + lambda*sum(t=2..T, abs(u_t-u_{t-1}))', 'u'],
  ['sum(i=1..n, (y_i - theta_{a_i})^2)', 'theta', 'a y'],
  ['sum(i=1..n, (r_i - p_{u_i} - q_{v_i})^2) + lambda*sum(j=1..m, p_j^2)', 'p q', 'r u v'],
  ['sum(i=1..n, (r_i - sum(f=1..F, P_{u_i,f}*Q_{v_i,f}))^2)', 'P Q', 'r u v'],
  ['sum(k=1..n, w_{2*k}^2)', 'w'],
  ['sum(k=1..n, w_{2*k}*w_{2*k-1})', 'w'],
  ['sum(i=1..N, sum(k=1..K, (y_{i,k} - sum(j=1..d, W_{k,j}*x_{i,j}))^2))', 'W', 'x y'],
  ['sum(i=1..n, sum(j=1..n, beta_i*beta_j*x_i*x_j))', 'beta', 'x'],
  ['sum(i=1..n, sum(j=1..n, A_{i,j}*u_i*u_j))', 'A u'],
  ['sum(i=1..n, sum(j=1..n, (A_{i,j}+A_{j,i})^2))', 'A'],
  ['sum(k=1..n, W_{k,k}^2)', 'W'],
  ['sum(k=1..n, log(W_{k,k}^2))', 'W'],
  ['sum(i=1..n, sum(j=1..n, (A_{i,j}-A_{j,i})^2))', 'A'],
  ['sum(g=1..G, sum(k=1..K, log(1+exp(x_{g,k}))))', 'x'],
  ['prod(k=1..K, w_k)', 'w'],
  ['prod(k=1..K, sigmoid(w_k))', 'w'],
  ['log(prod(k=1..K, 1+w_k^2))', 'w'],
  ['sum(i=1..n, prod(j=1..i, sigmoid(w_j)))', 'w'],
  ['prod(i=1..n, sum(k=1..K, W_{i,k}^2))', 'W'],
  ['sum(k=1..K, exp(w_k))/sum(k=1..K, w_k^2)', 'w'],
  ['sum(k=1..K, w_k/sum(j=1..K, exp(w_j)))', 'w'],
  ['sum(i=1..N, (y_i - w_0 - sum(j=1..d, w_j*x_{i,j}))^2)', 'w_0 w_j', 'x y'],
  ['w_1*w_2 + sum(j=1..d, w_j^2)', 'w_k'],
  ['sum(k=0..M, w_k*x^k)', 'w', 'x'],
  ['sum(i=1..N, (y_i - sum(k=0..M, w_k*x_i^k))^2)', 'w', 'x y'],
  ['-sum(i=1..N, log(exp(z_{i,c_i})/sum(k=1..K, exp(z_{i,k}))))', 'z', 'c'],
  ['sum(i=1..n, log(sum(j=i..n, exp(s_j))) - s_i)', 's'],
  ['sum(i=1..n-1, w_i*w_{i+1})', 'w'],
  ['sum(i=1..n, w_{n+1-i}*w_i)', 'w'],
  ['sum(i=1..n, w_i)^2', 'w'],
  ['1/n*sum(i=1..n, (w_i - 1/n*sum(j=1..n, w_j))^2)', 'w'],
  ['sum(i=1..n, w_i*log(w_i/sum(j=1..n, w_j)))', 'w'],
  ['sum(t=1..T, (y_t - sum(s=1..t, a_{t-s+1}*u_s))^2)', 'a u', 'y'],
  ['sum(t=3..T, (u_t - a_1*u_{t-1} - a_2*u_{t-2})^2)', 'u a_1 a_2'],
  ['sum(t=p+1..T, (y_t - sum(j=1..p, a_j*y_{t-j}))^2)', 'a', 'y'],
  ['sum(i=1..n, sum(j=1..m, sum(k=1..p, U_{i,k}*V_{k,j})^2))', 'U V'],
  ['sum(i=1..n, max(k=1..K, W_{i,k}))', 'W'],
  ['max(k=1..K, w_k)', 'w'],
  ['min(k=1..K, w_k^2)', 'w'],
  ['sum(i=1..n, max(0, 1 - w_{c_i} + max(k=1..K, ind(k != c_i)*w_k)))', 'w', 'c'],
  ['sum(i=1..n, sum(k=1..K, ind(k != c_i)*max(0, 1 + s_{i,k} - s_{i,c_i})))', 's', 'c'],
  ['-sum(i=1..n, sum(k=1..K, if(k == c_i, log(p_k), 0)))', 'p', 'c'],
  ['-sum(i=1..n, log(p_{c_i}))', 'p', 'c'],
  ['sum(i=1..n, if(i <= m, w_i^2, 2*w_i))', 'w'],
  ['sum(i=1..n, sum(j=1..n, ind(i < j)*(w_i-w_j)^2))', 'w'],
  ['sum(i=1..n, sum(j=i+1..n, log(1+exp(-(s_i-s_j)))))', 's'],
  ['sum(k=1..K, b_k*sum(l=1..k, w_l))', 'w', 'b'],
  ['sum(i=1..n, w_i*w_i*v_i)', 'w v'],
  ['sum(i=1..n, sum(j=1..n, w_{i+j}))', 'w'],
  ['sum(i=1..n, sum(j=1..n, w_{i-j+n}*h_i))', 'w h'],
  ['sum(i=1..3, w_i^2)', 'w'],
  ['w_2^2 + sum(i=1..n, w_i)', 'w_2'],
  ['sum(i=1..n, (y_i - w_{g_{i}}*x_i)^2)', 'w', 'g y x'],
  ['sum(i=1..n, theta_{a_i}*theta_{b_i})', 'theta', 'a b'],
  ['sum(i=1..n, sum(j=1..n, D_{i,j}*(W_{i,k}-W_{j,k})^2))', 'W_{i,k}', 'D'],
  ['sum(i=1..n, (W_{i,i} - 1)^2) + sum(i=1..n, sum(j=1..n, ind(i != j)*W_{i,j}^2))', 'W'],
  ['sum(k=1..K, W_{k,1}*W_{1,k})', 'W'],
  ['sum(i=1..n, sum(j=1..n, W_{i,j}*W_{j,i}))', 'W'],
  ['prod(k=1..K, w_k^{a_k})', 'w', 'a'],
  ['prod(i=1..n, prod(j=i+1..n, (1+(w_i-w_j)^2)))', 'w'],
  ['sum(l=1..L, (y_l - prod(k=1..l, w_k))^2)', 'w', 'y'],
]

describe(`elements of gradients are right in and out of range (seed ${seed})`, () => {
  test.each(
    losses.map(([text, wrt, data = '']) => [text, wrt, data] as const),
  )('%s by %s', (text, wrt, data) => {
    const derived = derive(text, { wrt: wrt.split(' '), data: data === '' ? [] : data.split(' ') })
    const chance = new Chance(seed)
    for (const partial of derived.partials) {
      const told = `${partial.wrt}: ${print(partial.result, 'ascii')}`
      let compared = 0
      for (let round = 0; round < 4; round++) {
        for (const { point, isOutside, slope } of elements(
          derived,
          partial.variables[0] as SymbolTerm,
          chance,
        )) {
          const { scope } = derived.reading
          if (!partial.conditions.every((condition) => conditionHolds(condition, scope, point))) {
            expect(isOutside, `${told} excludes an element that the loss depends on`).toBe(true)
            continue
          }
          const [actual] = compileTerms([partial.result], scope)(point) as readonly [number]
          compared++
          expect(Math.abs(actual - slope) / Math.max(1, Math.abs(slope)), told).toBeLessThan(1e-6)
        }
      }
      expect(compared, told).toBeGreaterThan(0)
    }
  })
})

interface Element {
  /** Values of all names, and of the indices that choose the element. */
  readonly point: ReadonlyMap<string, Value>
  /** The derivative of the loss by this element, by differences. */
  readonly slope: number
  /** Whether the loss does not depend on the element at all. */
  readonly isOutside: boolean
}

/** Every element of a parameter at one random point. */
function elements(
  { reading, partials }: DerivedLoss,
  variable: SymbolTerm,
  chance: Chance,
): readonly Element[] {
  const { loss, scope } = reading
  const terms = [
    loss,
    ...partials.map(({ result }) => result),
    ...partials.flatMap(({ variables }) => variables),
  ]
  const values = new Map<string, Value>()
  const uses = [...surveyTerms(terms, scope).values()]
  for (const use of uses) {
    const isIndex = use.indexes.length > 0
    const fill = (indices: number): Value => {
      if (indices > 0) return Array.from({ length }, () => fill(indices - 1))
      return isIndex ? 1 + Math.floor(2 * chance.number()) : 0.2 + 1.3 * chance.number()
    }
    const isCount = use.indices === 0 && (use.isBound || scope.role(use.name) === 'count')
    values.set(use.name, isCount ? 2 + Math.floor(2.5 * chance.number()) : fill(use.indices))
  }
  const value = compileTerms([loss], scope)
  return positions(variable).map((at) => {
    const point = new Map(values)
    for (const [i, index] of variable.args.entries()) {
      if (index.kind === 'symbol')
        point.set(index.name, at[i]! + new TermCompiler(scope).indexBase(variable.name, i))
    }
    const along = (amount: number) =>
      value(new Map([...point, [variable.name, moved(values.get(variable.name)!, at, amount)]]))[0]!
    return {
      point,
      slope: differentiateNumerically(along, 0, 1e-3),
      isOutside: along(0.25) === along(0) && along(-0.25) === along(0),
    }
  })
}

/** The positions in the array that an indexed name goes through: all where its index is free. */
function positions(variable: SymbolTerm): readonly (readonly number[])[] {
  return variable.args.reduce<readonly (readonly number[])[]>(
    (all, index: Expr) =>
      all.flatMap((at) =>
        index.kind === 'symbol'
          ? Array.from({ length: 6 }, (_, i) => [...at, i])
          : [[...at, Number(print(index, 'ascii')) - 1]],
      ),
    [[]],
  )
}

function moved(value: Value, at: readonly number[], amount: number): Value {
  const [first, ...rest] = at
  if (first === undefined) return (value as number) + amount
  return Array.from(value as readonly Value[], (entry, i) =>
    i === first ? moved(entry, rest, amount) : entry,
  )
}
