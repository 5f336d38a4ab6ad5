import { describe, expect, test } from 'vitest'
import { type DeriveOptions, derive, print } from '../../src/index.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { conditionHolds } from '../support/laws.ts'

/**
 * At a kink the two one-sided slopes of the loss differ, and a condition excludes the point. Where they agree,
 * and the result is that slope, nothing is excluded. The slopes are differences of the loss itself.
 */

interface Kinked {
  readonly loss: string
  readonly options?: DeriveOptions
  readonly wrt: string
  readonly env: Readonly<Record<string, number | readonly number[]>>
  /** Values of the variable at which cases change, exact in binary. */
  readonly at: readonly number[]
}

const line = { N: 1, x: [2], y: [3], b: 0.5 }

const losses: readonly Kinked[] = [
  // y - m x - b = 2.5 - 2 m is 1 at m = 0.75, -1 at 1.75, 0 at 1.25
  {
    loss: 'let r = y-m*x-b; 1/N*sum(if(abs(r) <= delta, r^2/2, delta*(abs(r)-delta/2)))',
    wrt: 'm',
    env: { ...line, delta: 1 },
    at: [0.75, 1.25, 1.75],
  },
  {
    loss: 'sum(if(abs(m*x+b-y) > delta, delta*abs(y-m*x-b)-delta^2/2, (y-m*x-b)^2/2))',
    wrt: 'm',
    env: { ...line, delta: 1 },
    at: [0.75, 1.25, 1.75],
  },
  {
    loss: 'sum(if(y-m*x-b > delta, delta*(y-m*x-b)-delta^2/2, if(y-m*x-b < -delta, -delta*(y-m*x-b)-delta^2/2, (y-m*x-b)^2/2)))',
    wrt: 'm',
    env: { ...line, delta: 1 },
    at: [0.75, 1.25, 1.75],
  },
  {
    loss: '\\sum_{i=1}^{N} \\begin{cases} \\frac12 (y_i - m x_i - b)^2 & |y_i - m x_i - b| \\le \\delta \\\\ \\delta |y_i - m x_i - b| - \\frac12 \\delta^2 & \\text{otherwise} \\end{cases}',
    wrt: 'm',
    env: { ...line, delta: 1 },
    at: [0.75, 1.25, 1.75],
  },
  {
    loss: 'let r = y-m*x-b; let a = min(abs(r), delta); sum(a*(abs(r) - a/2))',
    wrt: 'm',
    env: { ...line, delta: 1 },
    at: [0.75, 1.25, 1.75],
  },
  // the wrong threshold: the branches do not meet
  {
    loss: 'let r = y-m*x-b; sum(if(abs(r) <= 2*delta, r^2/2, delta*(abs(r)-delta/2)))',
    wrt: 'm',
    env: { ...line, delta: 0.5 },
    at: [0.75, 1.75],
  },
  // equal values, unequal slopes
  {
    loss: 'let r = y-m*x-b; sum(if(abs(r) <= delta, r^2, delta*abs(r)))',
    wrt: 'm',
    env: { ...line, delta: 1 },
    at: [0.75, 1.25, 1.75],
  },
  {
    loss: 'sum(if(abs(y-m) < beta, 0.5*(y-m)^2/beta, abs(y-m)-0.5*beta))',
    options: { wrt: ['m'], hyper: ['beta'] },
    wrt: 'm',
    env: { N: 1, y: [3], beta: 2 },
    at: [1, 3, 5],
  },
  { loss: 'sum(max(0, 1-y*m)^2)', wrt: 'm', env: { N: 1, y: [2] }, at: [0.5] },
  { loss: 'sum(max(0, 1-y*(w*x+b))^2)', wrt: 'w', env: { N: 1, y: [1], x: [2], b: 0.5 }, at: [0.25] },
  { loss: 'sum(relu(y-m)^3)', wrt: 'm', env: { N: 1, y: [2] }, at: [2] },
  { loss: 'sum(max(0, 1-y*m))', wrt: 'm', env: { N: 1, y: [2] }, at: [0.5] },
  { loss: 'sum(max(0, abs(y-m)-epsilon))', wrt: 'm', env: { N: 1, y: [2], epsilon: 0.5 }, at: [1.5, 2, 2.5] },
  {
    loss: 'sum(max(0, abs(y-m)-epsilon)^2)',
    wrt: 'm',
    env: { N: 1, y: [2], epsilon: 0.5 },
    at: [1.5, 2, 2.5],
  },
  {
    loss: 'let z = y*(w*x+b); sum(if(z >= -1, max(0,1-z)^2, -4*z))',
    options: { wrt: ['w'] },
    wrt: 'w',
    env: { N: 1, y: [1], x: [2], b: 0.5 },
    at: [-0.75, 0.25],
  },
  {
    loss: 'let r = y-m; sum(if(abs(r) <= c, c^2/6*(1-(1-(r/c)^2)^3), c^2/6))',
    options: { wrt: ['m'], hyper: ['c'] },
    wrt: 'm',
    env: { N: 1, y: [2], c: 4 },
    at: [-2, 6],
  },
  { loss: 'if(x>0, x, exp(x)-1)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'if(x>0, x, alpha*(exp(x)-1))', options: { wrt: ['x'] }, wrt: 'x', env: { alpha: 2 }, at: [0] },
  // the slopes agree, but both indicators are 0 at 0
  { loss: 'max(0,x) + min(0, exp(x)-1)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'if(x>=1, 0, if(x<=0, 1/2-x, (1-x)^2/2))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'if(x>=1, 0, if(x<=0, 1-x, (1-x)^2/2))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'if(x < 0 or x > 1, 0, x^2*(1-x)^2)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'if(x > 0 and x < 1, x^2*(1-x), 0)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'if(x == 0, 3, x^2)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'abs(x)*x', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'abs(x)^3', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'abs(x)^2', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'abs(x)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'abs(x^3)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'max(x^2, x^4)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [1] },
  // sides that are the same everywhere
  { loss: 'max(x^3, x^3)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'min(x, 2*x - x)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'if(x < x, 1, x^2)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'abs(x - x)*x', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'if(x + 1 <= 1 + x, x^2, abs(x))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  // one side is always taken, or the inner function is 0 all around
  { loss: 'relu(relu(x))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [-1, 0, 1] },
  { loss: 'max(abs(x), 0)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [-1, 0] },
  { loss: 'max(0, x*x) + min(relu(x), 0)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [-1, 0, 1] },
  { loss: 'relu(relu(x)*y)', options: { wrt: ['x'] }, wrt: 'x', env: { y: 2 }, at: [-1, 0, 1] },
  { loss: 'abs(min(x, 0)*(x+1))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [-1, 0, 1] },
  { loss: 'let f(t) = min(t, x); f(x)*x', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  // sides that touch without crossing, and products
  { loss: 'max(x^2, 2*x - 1)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'abs(x^2 - 2*x + 1)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [1] },
  { loss: 'max(0, (x - y)^3)', options: { wrt: ['x'] }, wrt: 'x', env: { y: 2 }, at: [2] },
  { loss: 'abs(x*y - x)*x', options: { wrt: ['x'] }, wrt: 'x', env: { y: 2 }, at: [0] },
  { loss: 'max(j=1..d, x^2)', options: { wrt: ['x'] }, wrt: 'x', env: { d: 3 }, at: [0, 1] },
  { loss: 'max(j=1..d, abs(x))', options: { wrt: ['x'] }, wrt: 'x', env: { d: 3 }, at: [0, 1] },
  { loss: 'max(abs(x), abs(x))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'max(x, 2*x - 1)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [1] },
  { loss: 'min(max(x,0),1)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'min(max(x,0),1)^2', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0, 1] },
  { loss: 'sign(x)*x^2', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'sign(x)*sin(x)^2', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'abs(x-1)*(x-1)*y', options: { wrt: ['x'] }, wrt: 'x', env: { y: 3 }, at: [1] },
  { loss: 'log(1+abs(x))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'abs(x) - log(1+abs(x))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'abs(x) - sqrt(x^2)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [] },
  { loss: 'exp(-abs(x))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: '(1+abs(x))*exp(-abs(x))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'sum(max(tau*(y-q), (tau-1)*(y-q)))', wrt: 'q', env: { N: 1, y: [2], tau: 0.25 }, at: [2] },
  { loss: 'sum(abs(tau - ind(y-q < 0))*(y-q)^2)', wrt: 'q', env: { N: 1, y: [2], tau: 0.25 }, at: [2] },
  // where the constant in front is 0, w need not be excluded but for 0
  { loss: 'sum(abs(w*x))', options: { wrt: ['w'] }, wrt: 'w', env: { N: 1, x: [0] }, at: [1] },
  { loss: 'sum(abs(w*x))', options: { wrt: ['w'] }, wrt: 'w', env: { N: 1, x: [2] }, at: [0] },
  { loss: 'sum(max(0, -(w*x)))', options: { wrt: ['w'] }, wrt: 'w', env: { N: 1, x: [0] }, at: [1] },
  {
    loss: '-sum(min(0, y*(w*x+b)))',
    options: { wrt: ['w'] },
    wrt: 'w',
    env: { ...line, y: [1], b: 1 },
    at: [-0.5],
  },
  // leaky ReLU, hard sigmoid, hard swish, soft shrinkage
  { loss: 'if(x > 0, x, 0.25*x)', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [0] },
  { loss: 'if(x > 3, 1, if(x < -3, 0, x/6 + 1/2))', options: { wrt: ['x'] }, wrt: 'x', env: {}, at: [-3, 3] },
  {
    loss: 'if(x <= -3, 0, if(x >= 3, x, x*(x+3)/6))',
    options: { wrt: ['x'] },
    wrt: 'x',
    env: {},
    at: [-3, 3],
  },
  {
    loss: 'if(x > lambda, x - lambda, if(x < -lambda, x + lambda, 0))',
    options: { wrt: ['x'] },
    wrt: 'x',
    env: { lambda: 2 },
    at: [-2, 2],
  },
  {
    loss: 'max(x, y, w)',
    options: { wrt: ['x'], data: ['y', 'w'] },
    wrt: 'x',
    env: { y: 1, w: 0.5 },
    at: [1],
  },
]

describe('a condition excludes a point exactly where the one-sided slopes differ', () => {
  test.each(losses)('$loss', ({ loss: text, options, wrt, env, at }) => {
    const { reading, partials } = derive(text, options)
    const partial = partials.find((entry) => entry.wrt === wrt)!
    const { scope, loss } = reading
    const [, variable] = partial.start.args
    expect(variable?.args).toEqual([])
    const value = (x: number) => compileTerms([loss], scope)({ ...env, [wrt]: x })[0]!
    const faults: string[] = []
    for (const x of at) {
      const [left, right] = [oneSided(value, x, -1), oneSided(value, x, 1)]
      const isContinuous = Math.abs(value(x + 1e-9) - value(x)) + Math.abs(value(x - 1e-9) - value(x)) < 1e-6
      const agree = isContinuous && Math.abs(left - right) < 1e-4
      const allowed = partial.conditions.every((condition) =>
        conditionHolds(condition, scope, { ...env, [wrt]: x }),
      )
      const slope = compileTerms([partial.result], scope)({ ...env, [wrt]: x })[0]!
      const isRight = agree && Math.abs(slope - left) < 1e-4
      if (isRight !== allowed) {
        faults.push(
          `at ${x} the slopes are ${left} and ${right}, the result ${slope}; it is ${allowed ? 'allowed' : 'excluded'}`,
        )
      }
    }
    expect(faults, print(partial.result, 'ascii')).toEqual([])
  })

  test('where the branches of Huber’s loss meet, a step says so', () => {
    const [partial] = derive(losses[0]!.loss, { wrt: ['m'] }).partials
    expect(partial!.conditions).toEqual([])
    const step = partial!.steps.find(({ rule }) => rule === 'piecewise')!
    expect(step.because).toMatch(/both sides meet with the same value and the same derivative/)
    expect(partial!.lines('paper').some((line) => line.because.join().includes('both sides meet'))).toBe(true)
  })
})

/** A slope from values on one side, of the fourth order. */
function oneSided(value: (x: number) => number, x: number, side: 1 | -1): number {
  const h = side * 2 ** -10
  const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((k) => value(x + k * h)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return (-25 * a + 48 * b - 36 * c + 16 * d - 3 * e) / (12 * h)
}
