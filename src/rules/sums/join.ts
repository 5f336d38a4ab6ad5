import { shift } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import type { TermStore } from '../../term/store.ts'
import { factorsOf } from '../algebra/number.ts'
import type { Rule } from '../rule.ts'

/** c*sum(i, u_i) - d*sum(i, v_i) = sum(i, c*u_i - d*v_i), for the same range written with the same letter. */
export const joinSums: Rule = {
  id: 'join-sums',
  title: 'distr.',
  law: 'c*sum(i=1..n, u_i) - d*sum(i=1..n, v_i) = sum(i=1..n, c*u_i - d*v_i)',
  because: 'sums over the same range are one sum',
  examples: [['sum(i=1..N, p_i) - 2*sum(i=1..N, q_i)', 'sum(i=1..N, p_i - 2*q_i)']],
  on: ['add'],
  apply(term, { store }) {
    const parts = term.args.map((summand) => sumOf(summand))
    for (const [i, first] of parts.entries()) {
      if (first === undefined) continue
      const same = parts.flatMap((part, j) =>
        part !== undefined && hasSameRange(part.sum, first.sum) ? [j] : [],
      )
      if (same.length < 2) continue
      const body = store.add(same.map((j) => into(store, parts[j]!)))
      const joined = store.rebuild(first.sum, [first.sum.args[0]!, first.sum.args[1]!, body])
      return store.add(term.args.flatMap((arg, j) => (j === i ? [joined] : same.includes(j) ? [] : [arg])))
    }
    return undefined
  },
}

/** c*sum(i, u_i + v_i) = sum(i, c*u_i + c*v_i) */
export const factorIntoSum: Rule = {
  id: 'factor-into-sum',
  title: 'distr.',
  law: 'c*sum(i=1..n, u_i - v_i) = sum(i=1..n, c*u_i - c*v_i)',
  because: 'the factor in front of the sum is multiplied into its terms',
  examples: [['1/s*sum(i=1..N, p_i - s*q_i)', 'sum(i=1..N, 1/s*p_i - 1/s*(s*q_i))']],
  on: ['mul', 'div'],
  apply(term, { store, isWritten }) {
    const part = sumOf(term)
    const body = part?.sum.args[2]
    if (part === undefined || body?.kind !== 'add' || isWritten(body)) return undefined
    const terms = body.args.map((summand) => {
      const negative = summand.kind === 'neg'
      const positive = negative ? summand.args[0]! : summand
      const product = into(store, { ...part, negative: false, body: positive })
      return negative ? store.neg(product) : product
    })
    return store.rebuild(part.sum, [part.sum.args[0]!, part.sum.args[1]!, store.add(terms)])
  },
}

/** A sum over an index with what stands in front of it and below. */
interface CoefficientAndSum {
  readonly sum: Expr
  readonly body: Expr
  readonly negative: boolean
  readonly above: readonly Expr[]
  readonly below: Expr | undefined
}

function sumOf(term: Expr): CoefficientAndSum | undefined {
  const negative = term.kind === 'neg'
  const positive = negative ? term.args[0]! : term
  const [above, below] = positive.kind === 'div' ? positive.args : [positive]
  const factors = factorsOf(above!)
  const sums = factors.filter((factor) => factor.kind === 'big' && factor.name === 'sum')
  if (sums.length !== 1) return undefined
  const sum = sums[0]!
  return { sum, body: sum.args[2]!, negative, above: factors.filter((factor) => factor !== sum), below }
}

/** The body with the coefficient multiplied into it. */
function into(store: TermStore, { body, negative, above, below }: CoefficientAndSum): Expr {
  const outside = above.map((factor) => shift(store, factor, 1))
  const product = store.mul([...outside, ...factorsOf(body)])
  const term = below === undefined ? product : store.div(product, shift(store, below, 1))
  return negative ? store.neg(term) : term
}

function hasSameRange(left: Expr, right: Expr): boolean {
  return (
    left.kind === 'big' &&
    right.kind === 'big' &&
    left.hint === right.hint &&
    left.args[0] === right.args[0] &&
    left.args[1] === right.args[1]
  )
}
