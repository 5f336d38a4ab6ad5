import { instantiateAll, shift } from '../term/binder.ts'
import { type Expr, isNumber } from '../term/expr.ts'
import type { Definition, Scope } from '../term/scope.ts'

/**
 * What definitions say of sums: p_k = u_k/sum(j, u_j) sums to 1, and with mu = 1/N*sum(i, u_i) the sum of the u_i is
 * N*mu. The texts are the labels of the steps that use them.
 */
export function definitionFacts(scope: Scope): ReadonlyMap<Expr, string> {
  const facts = new Map<Expr, string>()
  for (const { name, definition } of scope.declarations) {
    const fact =
      definition?.form === 'name'
        ? (sumOfShares(name, definition, scope) ?? sumOfMean(name, definition, scope))
        : undefined
    if (fact !== undefined) facts.set(fact, `definition ${name}`)
  }
  return facts
}

/** sum(k, p_k) = 1 for p_k = u_k/sum(j, u_j). */
function sumOfShares(name: string, { body, parameters }: Definition, { store }: Scope): Expr | undefined {
  if (body.kind !== 'div' || parameters.length === 0) return undefined
  const [above, below] = body.args as [Expr, Expr]
  // Under the binder of the sum, the parameters but the last are one level further out, and the last is its index.
  if (below.kind !== 'big' || below.name !== 'sum' || below.args[2] !== shift(store, above, 1, 1))
    return undefined
  const own = parameters.map((parameter) => store.symbol(parameter))
  const [from, to] = below.args.slice(0, 2).map((bound) => instantiateAll(store, bound, own)) as [Expr, Expr]
  if ([from, to].some((bound) => bound.names.has(parameters.at(-1)!))) return undefined
  const share = store.symbol(name, [...own.slice(0, -1), store.bound(0)])
  return store.relation('==', store.big('sum', parameters.at(-1)!, from, to, share), store.number(1))
}

/** sum(i, u_i) = N*mu for mu = 1/N*sum(i, u_i). */
function sumOfMean(name: string, { body, parameters }: Definition, { store }: Scope): Expr | undefined {
  const [count, sum] = meanOf(body) ?? []
  if (count === undefined || sum === undefined || parameters.length > 0) return undefined
  return store.relation('==', sum, store.mul([count, store.symbol(name)]))
}

/** N and the sum of 1/N*sum(i=1..N, u_i), or of sum(i=1..N, u_i)/N. */
function meanOf(body: Expr): readonly [count: Expr, sum: Expr] | undefined {
  const [first, second] = body.args
  if (first === undefined || second === undefined || body.args.length > 2) return undefined
  const [count, sum] =
    body.kind === 'div'
      ? [second, first]
      : body.kind === 'mul' && first.kind === 'div' && isNumber(first.args[0]!, 1)
        ? [first.args[1]!, second]
        : []
  const isMean =
    sum?.kind === 'big' && sum.name === 'sum' && isNumber(sum.args[0]!, 1) && sum.args[1] === count
  return isMean ? [count!, sum] : undefined
}
