import type { Expr } from '../../term/expr.ts'
import { isIndicator } from '../../term/guarded.ts'
import type { Rule } from '../rule.ts'

/** if(c, u, if(d, v, w)) = if(c, u, d, v, w), also where the inner cases have a factor or a sign in front. */
export const nestedCases: Rule = {
  id: 'nested-cases',
  title: 'cases',
  law: 'if(u > 1, v, if(u < 0, w, a)) = if(u > 1, v, u < 0, w, a)',
  because: 'cases inside of the last case are further cases',
  examples: [['if(x > 1, a, -if(x < 0, b, x))', 'if(x > 1, a, x < 0, -b, -x)']],
  on: ['piecewise'],
  apply(term, { store, isWritten }) {
    if (isWritten(term)) return undefined
    const last = term.args.at(-1)!
    const positive = last.kind === 'neg' ? last.args[0]! : last
    const factors = positive.kind === 'mul' ? positive.args : [positive]
    const i = factors.findIndex((factor) => factor.kind === 'piecewise' && !isIndicator(factor))
    if (i < 0) return undefined
    const inner = factors[i]!
    const put = (value: Expr): Expr => {
      const negative = (value.kind === 'neg') !== (last.kind === 'neg')
      const inside = value.kind === 'neg' ? value.args[0]! : value
      const product = store.mul(
        factors.flatMap((factor, k) =>
          k === i ? (inside.kind === 'mul' ? inside.args : [inside]) : [factor],
        ),
      )
      return negative ? store.neg(product) : product
    }
    const branches = inner.args.map((arg, k) => (k % 2 === 0 && k < inner.args.length - 1 ? arg : put(arg)))
    return store.piecewise([...term.args.slice(0, -1), ...branches])
  },
}

/** if(c, u, d, v, v) = if(c, u, v) */
export const redundantCase: Rule = {
  id: 'redundant-case',
  title: 'equal cases',
  law: 'if(u > 1, v, u < 0, w, w) = if(u > 1, v, w)',
  because: 'the last case has the value that holds otherwise',
  examples: [['if(x > 1, a, x < 0, b, b)', 'if(x > 1, a, b)']],
  on: ['piecewise'],
  prominence: 'minor',
  apply(term, { store }) {
    const { args } = term
    const last = args.length - 1
    if (last < 4 || args[last] !== args[last - 1]) return undefined
    return store.piecewise([...args.slice(0, last - 2), args[last]!])
  },
}
