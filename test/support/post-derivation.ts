import type { Condition, Derivation, Line } from '../../src/derivation/step.ts'
import { bind } from '../../src/term/binder.ts'
import type { Expr, SymbolTerm } from '../../src/term/expr.ts'
import { type Declaration, Scope } from '../../src/term/scope.ts'
import { TermStore } from '../../src/term/store.ts'

/** The post's derivation, made by hand: printers are tested without an engine. */
export function makePostDerivation(conditions: readonly Condition[] = []) {
  const store = new TermStore()
  const [one, two] = [store.number(1), store.number(2)]
  const [N, m, b, i] = [store.symbol('N'), store.symbol('m'), store.symbol('b'), store.symbol('i')]
  const [x, y] = [store.symbol('x', [i]), store.symbol('y', [i])]
  const f = store.apply('f', [x])
  const residual = store.subtract(y, f)
  const unfolded = store.subtract(y, store.add([store.mul([m, x]), b]))
  const average = (body: Expr) => store.mul([store.div(one, N), bind(store, 'sum', 'i', one, N, body)])
  const loss = average(store.pow(residual, two))
  const scope = new Scope(store, [
    declare('x', 'data', [{ from: one, to: N }]),
    declare('y', 'data', [{ from: one, to: N }]),
    declare('m', 'parameter'),
    declare('b', 'parameter'),
    declare('N', 'count'),
    {
      ...declare('f', 'definition'),
      definition: {
        form: 'function',
        parameters: ['x'],
        body: store.add([store.mul([m, store.bound(0)]), b]),
      },
    },
  ])
  const partial = (variable: SymbolTerm, inner: Expr, result: Expr): Derivation => {
    const by = (term: Expr) => store.derivative(term, variable)
    const lines: Line[] = [
      line(
        store.mul([store.div(one, N), by(bind(store, 'sum', 'i', one, N, store.pow(residual, two)))]),
        ['factor rule'],
        [[1]],
      ),
      line(average(by(store.pow(residual, two))), ['sum rule'], [[1, 2]]),
      line(average(store.mul([two, residual, by(residual)])), ['chain rule'], [[1, 2]]),
      line(average(store.mul([two, residual, by(unfolded)])), ['definition f'], [[1, 2, 2, 0, 1, 0]]),
      line(average(store.mul([two, residual, inner])), [], [[1, 2, 2]]),
      { ...line(result, ['comm.', 'distr.'], [[0]]), conditions },
    ]
    return {
      subject: loss,
      variables: [variable],
      start: by(loss),
      result,
      conditions,
      steps: [
        {
          rule: 'factor',
          title: 'factor rule',
          at: [],
          before: by(loss),
          after: lines[0]!.term,
          because: 'the factor 1/N does not depend on the variable',
          conditions: [],
        },
      ],
      lines: () => lines,
    }
  }
  const minusTwo = (body: Expr) =>
    store.neg(store.mul([store.div(two, N), bind(store, 'sum', 'i', one, N, body)]))
  const partials = [
    partial(m, store.neg(x), minusTwo(store.mul([x, residual]))),
    partial(b, store.neg(one), minusTwo(residual)),
  ]
  return { store, scope, loss, partials, variables: [m, b] }
}

/** A declaration without definition. */
export function declare(
  name: string,
  role: Declaration['role'],
  ranges: Declaration['ranges'] = [],
): Declaration {
  return { name, role, ranges }
}

function line(term: Expr, labels: readonly string[], marks: Line['marks']): Line {
  return { term, labels, marks, because: labels.map((label) => `this is the ${label}`), conditions: [] }
}
