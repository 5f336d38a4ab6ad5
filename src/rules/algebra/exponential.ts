import { type Expr, isNumber } from '../../term/expr.ts'
import type { Rule } from '../rule.ts'
import { factorsOf } from './number.ts'

/** log(exp(u)) = u and exp(log(u)) = u */
export const inverseFunctions: Rule = {
  id: 'inverse-functions',
  title: 'inverse functions',
  law: 'log(exp(u)) = u',
  because: 'logarithm and exponential undo each other',
  examples: [
    ['log(exp(x))', 'x'],
    ['exp(log(x))', 'x'],
  ],
  on: ['call'],
  apply(term) {
    const inner = term.args[0]!
    if (term.kind !== 'call' || inner.kind !== 'call') return undefined
    const undone =
      (term.name === 'log' && inner.name === 'exp') || (term.name === 'exp' && inner.name === 'log')
    return undone ? inner.args[0]! : undefined
  },
}

/** sinh(u)/cosh(u) = tanh(u), sin(u)/cos(u) = tan(u) */
export const quotientOfFunctions: Rule = {
  id: 'quotient-of-functions',
  title: 'definition of tanh',
  law: 'sinh(u)/cosh(u) = tanh(u)',
  because: 'the quotient is a function with a name of its own',
  examples: [
    ['sinh(x)/cosh(x)', 'tanh(x)'],
    ['sin(x)/cos(x)', 'tan(x)'],
  ],
  on: ['div'],
  apply(term, { store }) {
    const above = term.args[0]!.kind === 'mul' ? term.args[0]!.args : [term.args[0]!]
    const below = term.args[1]!.kind === 'mul' ? term.args[1]!.args : [term.args[1]!]
    for (const [i, numerator] of above.entries()) {
      if (numerator.kind !== 'call') continue
      const name = quotients.get(numerator.name)
      if (name === undefined) continue
      const j = below.findIndex(
        (factor) =>
          factor.kind === 'call' && factor.name === name.below && factor.args[0] === numerator.args[0],
      )
      if (j < 0) continue
      const up = above.map((factor, k) => (k === i ? store.call(name.quotient, numerator.args) : factor))
      const down = store.mul(below.filter((_, k) => k !== j))
      const after = isNumber(down, 1) ? store.mul(up) : store.div(store.mul(up), down)
      return { after, title: `definition of ${name.quotient}` }
    }
    return undefined
  },
}

const quotients = new Map([
  ['sinh', { below: 'cosh', quotient: 'tanh' }],
  ['cosh', { below: 'sinh', quotient: 'coth' }],
  ['sin', { below: 'cos', quotient: 'tan' }],
  ['cos', { below: 'sin', quotient: 'cot' }],
])

/** exp(-u)/(1 + exp(-u)) = 1/(1 + exp(u)): numerator and denominator times exp(u). */
export const expandByExponential: Rule = {
  id: 'expand-by-exponential',
  title: 'exponential law',
  law: 'exp(-u)/(1 + exp(-u)) = 1/(1 + exp(u))',
  because: 'numerator and denominator are multiplied by the exponential that has the opposite sign',
  examples: [['x*exp(-y)/(1 + exp(-y))', 'x/(1 + exp(y))']],
  on: ['div'],
  apply(term, { store }) {
    const above = factorsOf(term.args[0]!)
    const below = factorsOf(term.args[1]!)
    for (const [i, factor] of above.entries()) {
      const opposite =
        factor.kind === 'call' && factor.name === 'exp' ? oppositeOf(factor.args[0]!) : undefined
      if (opposite === undefined) continue
      const j = below.findIndex(
        (sum) => sum.kind === 'add' && sum.args.length === 2 && sum.args.includes(factor),
      )
      const one = j < 0 ? undefined : below[j]!.args.find((arg) => arg !== factor)
      if (one === undefined || !isNumber(one, 1)) continue
      const turned = below[j]!.args.map((arg) => (arg === factor ? store.call('exp', [opposite]) : arg))
      return store.div(
        store.mul(above.filter((_, k) => k !== i)),
        store.mul(below.map((arg, k) => (k === j ? store.add(turned) : arg))),
      )
    }
    return undefined

    /** u for -u and for (-u)*v; nothing where there is no minus to lose. */
    function oppositeOf(exponent: Expr): Expr | undefined {
      if (exponent.kind === 'neg') return exponent.args[0]!
      if (exponent.kind !== 'mul' && exponent.kind !== 'div') return undefined
      const first = oppositeOf(exponent.args[0]!)
      return first && store.rebuild(exponent, [first, ...exponent.args.slice(1)])
    }
  },
}
