import type { SymbolTerm } from '../../term/expr.ts'
import { nameOf, type Rule } from '../rule.ts'

/** D(c, x) = 0 */
export const constantRule: Rule = {
  id: 'constant',
  title: 'constant rule',
  law: 'D(c, x) = 0',
  where: ['c is free of x'],
  because: 'what does not depend on {x} has the derivative 0',
  examples: [['D(5, x)', '0']],
  on: ['derivative'],
  prominence: 'trivial',
  apply(term, { store, scope }) {
    const variable = term.args[1] as SymbolTerm
    if (!scope.freeOf(term.args[0]!, variable)) return undefined
    return { after: store.number(0), words: { x: nameOf(variable) } }
  },
}

/** D(x, x) = 1 */
export const identityRule: Rule = {
  id: 'identity',
  title: 'identity rule',
  law: 'D(x, x) = 1',
  because: 'the derivative of {x} by itself is 1',
  examples: [['D(x, x)', '1']],
  on: ['derivative'],
  prominence: 'trivial',
  apply(term, { store }) {
    if (term.args[0] !== term.args[1]) return undefined
    return { after: store.number(1), words: { x: nameOf(term.args[1]!) } }
  },
}

/**
 * D(w_j, w_k) = delta_{j,k}: two entries of one family are independent unless their indices agree, so the
 * derivative is a product of deltas, one an index that is not written the same.
 */
export const kroneckerRule: Rule = {
  id: 'kronecker',
  title: 'Kronecker delta',
  law: 'D(w_j, w_k) = delta_{j,k}',
  because: 'the entries of {w} are independent: the derivative is 1 where the indices agree and 0 elsewhere',
  examples: [['D(w_j, w_k)', 'delta_{j,k}']],
  on: ['derivative'],
  apply(term, { store, scope }) {
    const [body, variable] = term.args
    if (body?.kind !== 'symbol' || variable?.kind !== 'symbol' || body === variable) return undefined
    if (body.name !== variable.name || body.args.length !== variable.args.length) return undefined
    if (body.args.length === 0 || scope.unfold(body) !== undefined) return undefined
    const deltas = body.args.flatMap((index, i) =>
      index === variable.args[i] ? [] : [store.delta(index, variable.args[i]!)],
    )
    return { after: store.mul(deltas), words: { w: body.name } }
  },
}
