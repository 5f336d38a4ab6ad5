import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { isIndicator } from '../../term/guarded.ts'
import type { TermStore } from '../../term/store.ts'
import { conjuncts, inOrder, opposite } from '../relations.ts'
import type { Rule } from '../rule.ts'
import { factorsOf } from './number.ts'
import { isZero } from './zero-and-one.ts'

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

/** if(c, u, d, u, v) = if(c or d, u, v) */
export const neighbouringCases: Rule = {
  id: 'neighbouring-cases',
  title: 'equal cases',
  law: 'if(u > 1, v, u < 0, v, w) = if(u > 1 or u < 0, v, w)',
  because: 'cases side by side with the same value are one case',
  examples: [['if(x > 1, a, x < 0, a, b)', 'if(x > 1 or x < 0, a, b)']],
  on: ['piecewise'],
  apply(term, { store }) {
    const { args } = term
    for (let i = 0; i + 4 < args.length; i += 2) {
      if (args[i + 1] !== args[i + 3]) continue
      const both = store.logical('or', [...disjuncts(args[i]!), ...disjuncts(args[i + 2]!)])
      return store.piecewise([...args.slice(0, i), both, ...args.slice(i + 3)])
    }
    return undefined
  },
}

/** if(c, 0, u) = if(not c, u, 0), and if(c, 1, [d]) = [c or d] */
export const zeroOtherwise: Rule = {
  id: 'zero-otherwise',
  title: 'cases',
  law: 'if(u > 1 or u < 0, 0, v) = if(0 <= u and u <= 1, v, 0)',
  because: 'a function that is 0 under a condition is told by the opposite of the condition',
  examples: [
    ['if(x > 1, 0, y)', 'if(x <= 1, y, 0)'],
    ['if(x > 1, 1, if(x < 0, 1, 0))', 'if(x > 1 or x < 0, 1, 0)'],
  ],
  on: ['piecewise'],
  apply(term, { store, isWritten }) {
    if (term.args.length !== 3 || isWritten(term)) return undefined
    const [condition, first, second] = term.args as [Expr, Expr, Expr]
    const { args } = term
    if (isNumber(first, 1) && isIndicator(second)) {
      const either = [...disjuncts(condition), ...disjuncts(second.args[0]!)]
      return store.piecewise([store.logical('or', either), args[1]!, second.args[2]!])
    }
    if (!isZero(first) || isZero(second)) return undefined
    const opposites = disjuncts(condition).map((part) =>
      part.kind === 'relation'
        ? store.relation(opposite[part.name], part.args[0]!, part.args[1]!)
        : undefined,
    )
    const all = opposites.filter((part) => part !== undefined)
    if (all.length < opposites.length) return undefined
    return store.piecewise([inOrder(store, all), second, first])
  },
}

/** if(c, u, 0) = u*if(c, 1, 0), and if(c, u*if(d, 1, 0), 0) = u*if(c and d, 1, 0) */
export const indicatorOfCase: Rule = {
  id: 'indicator-of-case',
  title: 'indicator',
  law: 'if(u > v, 3*w, 0) = 3*w*if(u > v, 1, 0)',
  because: 'what counts only where a condition holds is that times the indicator of the condition',
  examples: [
    ['if(x > 1, 1/6, 0)', '1/6*if(x > 1, 1, 0)'],
    ['if(x > 1, -y/2, 0)', '-(y/2*if(x > 1, 1, 0))'],
  ],
  on: ['piecewise'],
  apply(term, { store, isWritten }) {
    if (term.args.length !== 3 || isWritten(term) || !isZero(term.args[2]!)) return undefined
    const [condition, value, otherwise] = term.args as [Expr, Expr, Expr]
    if (isNumber(value, 1) || isZero(value)) return undefined
    const positive = value.kind === 'neg' ? value.args[0]! : value
    const above = positive.kind === 'div' ? positive.args[0]! : positive
    const factors = factorsOf(above)
    const inner = factors.find(isIndicator)
    const rest = store.mul(factors.filter((factor) => factor !== inner))
    const size = positive.kind === 'div' ? store.div(rest, positive.args[1]!) : rest
    const all = [condition, ...(inner === undefined ? [] : [inner.args[0]!])].flatMap(conjuncts)
    const indicator = store.piecewise([inOrder(store, all), store.number(1), otherwise])
    const product = isNumber(size, 1) ? indicator : store.mul([...factorsOf(size), indicator])
    return value.kind === 'neg' ? store.neg(product) : product
  },
}

/** if(u < u, v, w) = w and max(u, u) = u: sides that are the same everywhere decide. */
export const equalSides: Rule = {
  id: 'equal-sides',
  title: 'equal sides',
  law: 'if(u < u, v, w) = w',
  because: 'both sides are the same, which decides the comparison',
  examples: [
    ['if(x < x, a, b)', 'b'],
    ['if(x + b >= b + x, a, b)', 'a'],
    ['max(x, x)', 'x'],
  ],
  on: ['piecewise', 'call'],
  prominence: 'minor',
  apply(term, { store, isWritten }) {
    if (term.kind === 'call') {
      if (term.name !== 'max' && term.name !== 'min') return undefined
      const distinct = term.args.filter(
        (arg, i) => term.args.findIndex((other) => isSame(store, other, arg)) === i,
      )
      if (distinct.length === term.args.length) return undefined
      return distinct.length === 1 ? distinct[0]! : store.call(term.name, distinct)
    }
    if (isWritten(term)) return undefined
    const kept: Expr[] = []
    const cases = (branches: readonly Expr[], otherwise: Expr): Expr =>
      branches.length === 0 ? otherwise : store.piecewise([...branches, otherwise])
    for (let i = 0; i + 1 < term.args.length; i += 2) {
      const [condition, value] = [term.args[i]!, term.args[i + 1]!]
      const isDecided = condition.kind === 'relation' && isSame(store, condition.args[0]!, condition.args[1]!)
      if (!isDecided) kept.push(condition, value)
      else if (/=$/.test(condition.name) && condition.name !== '!=') return cases(kept, value)
    }
    return kept.length + 1 === term.args.length ? undefined : cases(kept, term.args.at(-1)!)
  },
}

function isSame(store: TermStore, left: Expr, right: Expr): boolean {
  return left === right || canonical(store, left) === canonical(store, right)
}

function disjuncts(condition: Expr): readonly Expr[] {
  return condition.kind === 'logical' && condition.name === 'or'
    ? condition.args.flatMap(disjuncts)
    : [condition]
}
