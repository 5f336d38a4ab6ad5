import { instantiateAll, occursBound, shift } from '../../term/binder.ts'
import type { BigTerm, Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import type { TermStore } from '../../term/store.ts'
import { factorsOf } from '../algebra/number.ts'
import type { Rule } from '../rule.ts'

/**
 * Rules that bring a loss to the form c*sum(i, u_i) + rest. Each is true of every sum; where to use it is for
 * the task that asks.
 */

/** sum(i, u_i + v_i) = sum(i, u_i) + sum(i, v_i) */
export const sumOfSums: Rule = {
  id: 'sum-of-sums',
  title: 'distr.',
  law: 'sum(i=1..n, u_i + v_i) = sum(i=1..n, u_i) + sum(i=1..n, v_i)',
  because: 'a sum of sums is summed term by term',
  examples: [['sum(i=1..n, x_i - y_i)', 'sum(i=1..n, x_i) - sum(i=1..n, y_i)']],
  on: ['big'],
  apply(term, { store }) {
    if (!isSum(term) || term.args[2]!.kind !== 'add') return undefined
    return store.add(term.args[2]!.args.map((summand) => signed(store, summand, (u) => over(store, term, u))))
  },
}

/** sum(k, c_k*sum(i, u_ik)) = sum(i, sum(k, c_k*u_ik)), where the ranges do not depend on each other */
export const swapSums: Rule = {
  id: 'swap-sums',
  title: 'order of sums',
  law: 'sum(k=1..3, a_k*sum(i=1..n, u_i*v_k)) = sum(i=1..n, sum(k=1..3, a_k*(u_i*v_k)))',
  where: ['the range of i does not depend on k'],
  because: 'sums over ranges that do not depend on each other may be taken in either order',
  examples: [['sum(k=1..3, a_k*sum(i=1..n, p_i*q_k))', 'sum(i=1..n, sum(k=1..3, a_k*(p_i*q_k)))']],
  on: ['big'],
  apply(term, { store }) {
    if (!isSum(term)) return undefined
    const factors = factorsOf(term.args[2]!)
    const position = factors.findIndex(isSum)
    const inner = factors[position]
    if (inner === undefined || !isSum(inner)) return undefined
    const [from, to, body] = inner.args as [Expr, Expr, Expr]
    if (occursBound(from) || occursBound(to)) return undefined
    // under the two binders the levels 0 and 1 change places
    const moved = factors.map((factor, i) =>
      i === position ? exchangeBinders(store, body) : shift(store, factor, 1, 1),
    )
    const outer = store.big(
      'sum',
      term.hint,
      shift(store, term.args[0]!, 1),
      shift(store, term.args[1]!, 1),
      store.mul(moved),
    )
    return store.big('sum', inner.hint, shift(store, from, -1), shift(store, to, -1), outer)
  },
}

/** c*(u + v) = c*u + c*v */
export const distributeFactor: Rule = {
  id: 'distribute-factor',
  title: 'distr.',
  law: 'a*(u + v) = a*u + a*v',
  because: 'a factor in front of brackets multiplies every term',
  examples: [['2*(x - y)', '2*x - 2*y']],
  on: ['mul'],
  apply(term, { store }) {
    const position = term.args.findIndex((arg) => arg.kind === 'add')
    if (position < 0) return undefined
    return store.add(
      term.args[position]!.args.map((summand) =>
        signed(store, summand, (u) =>
          store.mul(term.args.flatMap((arg, i) => (i === position ? factorsOf(u) : [arg]))),
        ),
      ),
    )
  },
}

/** (u + v)/c = u/c + v/c */
export const distributeDivisor: Rule = {
  id: 'distribute-divisor',
  title: 'distr.',
  law: '(u + v)/a = u/a + v/a',
  because: 'a sum is divided term by term',
  examples: [['(x - y)/2', 'x/2 - y/2']],
  on: ['div'],
  apply(term, { store }) {
    const [above, below] = term.args as [Expr, Expr]
    if (above.kind !== 'add') return undefined
    return store.add(above.args.map((summand) => signed(store, summand, (u) => store.div(u, below))))
  },
}

/** -(u + v) = -u - v */
export const distributeSign: Rule = {
  id: 'distribute-sign',
  title: 'distr.',
  law: '-(u + v) = -u - v',
  because: 'a minus in front of brackets turns every sign inside',
  examples: [['-(x - y)', '-x + y']],
  on: ['neg'],
  apply(term, { store }) {
    const inner = term.args[0]!
    if (inner.kind !== 'add') return undefined
    return store.add(inner.args.map((arg) => (arg.kind === 'neg' ? arg.args[0]! : store.neg(arg))))
  },
}

/** (u + v)^2 = u^2 + 2*u*v + v^2 */
export const squareOfSum: Rule = {
  id: 'square-of-sum',
  title: 'expand',
  law: '(u + v)^2 = u^2 + 2*u*v + v^2',
  because: 'the square of a sum is multiplied out',
  examples: [['(x - y)^2', 'x^2 - 2*x*y + y^2']],
  on: ['pow'],
  apply(term, { store }) {
    const [base, exponent] = term.args as [Expr, Expr]
    if (base.kind !== 'add' || !isNumber(exponent, 2)) return undefined
    const terms: Expr[] = []
    for (const [i, first] of base.args.entries()) {
      terms.push(store.pow(magnitude(first), exponent))
      for (const second of base.args.slice(i + 1)) {
        const product = store.mul([exponent, ...factorsOf(magnitude(first)), ...factorsOf(magnitude(second))])
        terms.push((first.kind === 'neg') === (second.kind === 'neg') ? product : store.neg(product))
      }
    }
    return store.add(terms)
  },
}

/** log(prod(i, u_i)) = sum(i, log(u_i)); log(u*v), log(u/v) and log(u^c) likewise */
export const logarithmOfProduct: Rule = {
  id: 'logarithm-of-product',
  title: 'logarithm law',
  law: 'log(prod(i=1..n, exp(u_i))) = sum(i=1..n, log(exp(u_i)))',
  needs: ['every factor is positive'],
  because: 'the logarithm of a product is the sum of the logarithms',
  examples: [
    ['log(prod(i=1..n, exp(x_i)))', 'sum(i=1..n, log(exp(x_i)))'],
    ['log(exp(x)*exp(y))', 'log(exp(x)) + log(exp(y))'],
    ['log(exp(x)/exp(y))', 'log(exp(x)) - log(exp(y))'],
    ['log(exp(x)^a)', 'a*log(exp(x))'],
  ],
  on: ['call'],
  apply(term, { store }) {
    if (term.kind !== 'call' || term.name !== 'log') return undefined
    const inner = term.args[0]!
    const log = (u: Expr) => store.call('log', [u])
    const positive = (u: Expr) => store.relation('>', u, store.number(0))
    switch (inner.kind) {
      case 'big': {
        if (inner.name !== 'prod') return undefined
        const [from, to, body] = inner.args as [Expr, Expr, Expr]
        return {
          after: store.big('sum', inner.hint, from, to, log(body)),
          conditions: [positive(store.big('min', inner.hint, from, to, body))],
        }
      }
      case 'mul':
        return { after: store.add(inner.args.map(log)), conditions: inner.args.map(positive) }
      case 'div':
        return {
          after: store.subtract(log(inner.args[0]!), log(inner.args[1]!)),
          conditions: inner.args.map(positive),
        }
      case 'pow':
        return {
          after: store.mul([inner.args[1]!, log(inner.args[0]!)]),
          conditions: [positive(inner.args[0]!)],
        }
      case 'call':
        if (inner.name !== 'sqrt') return undefined
        return {
          after: store.mul([store.div(store.number(1), store.number(2)), log(inner.args[0]!)]),
          conditions: [positive(inner.args[0]!)],
        }
      default:
        return undefined
    }
  },
}

/** a*sum(i, u_i) + b*sum(i, v_i) = sum(i, a*u_i + b*v_i) */
export const gatherSums: Rule = {
  id: 'gather-sums',
  title: 'distr.',
  law: 'a*sum(i=1..n, u_i) + d*sum(i=1..n, v_i) = sum(i=1..n, a*u_i + d*v_i)',
  where: ['the sums run over the same range, and their factors are free of the index'],
  because: 'factors move into a sum, and sums over the same range are one sum',
  examples: [['2*sum(i=1..n, x_i) - sum(i=1..n, y_i)', 'sum(i=1..n, 2*x_i - y_i)']],
  on: ['add'],
  apply(term, { store }) {
    const parts = term.args.map((summand) => {
      const factors = factorsOf(magnitude(summand))
      const position = factors.findIndex(isSum)
      const coefficient = factors.filter((_, i) => i !== position).map((factor) => shift(store, factor, 1))
      return { summand, sum: factors[position], coefficient }
    })
    const first = parts[0]!.sum
    if (first === undefined || !isSum(first)) return undefined
    const bodies: Expr[] = []
    for (const { summand, sum, coefficient } of parts) {
      if (sum === undefined || sum.args[0] !== first.args[0] || sum.args[1] !== first.args[1])
        return undefined
      const body = store.mul([...coefficient, ...factorsOf(sum.args[2]!)])
      bodies.push(summand.kind === 'neg' ? store.neg(body) : body)
    }
    return over(store, first, store.add(bodies))
  },
}

/** A body under two binders as the body under the same two, the other way round. */
function exchangeBinders(store: TermStore, body: Expr): Expr {
  return instantiateAll(store, shift(store, body, 2, 2), [store.bound(0), store.bound(1)])
}

/** The sum with another body. */
function over(store: TermStore, { hint, name, args }: BigTerm, body: Expr): Expr {
  return store.big(name, hint, args[0]!, args[1]!, body)
}

function isSum(term: Expr): term is BigTerm {
  return term.kind === 'big' && term.name === 'sum'
}

/** What becomes of a summand, its sign kept in front. */
function signed(store: TermStore, summand: Expr, act: (positive: Expr) => Expr): Expr {
  return summand.kind === 'neg' ? store.neg(act(summand.args[0]!)) : act(summand)
}

function magnitude(summand: Expr): Expr {
  return summand.kind === 'neg' ? summand.args[0]! : summand
}
