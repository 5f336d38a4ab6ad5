import { functions } from '../../functions/index.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { compileTemplate } from '../../term/template.ts'
import { nameOf, type Rewritten, type Rule, type RuleContext } from '../rule.ts'
import { unlessKnown } from './power.ts'

/** D(f(x), x) = f'(x), from the function's row */
export const tableRule: Rule = {
  id: 'table',
  title: 'elementary derivative',
  law: 'D(sin(x), x) = cos(x)',
  because: '{row}',
  examples: [['D(tanh(x), x)', '1 - tanh(x)^2']],
  on: ['derivative'],
  apply(term, context) {
    const [body, variable] = term.args
    if (body?.kind !== 'call' || !body.args.includes(variable!)) return undefined
    if (body.args.some((arg) => arg !== variable && !context.scope.freeOf(arg, variable as SymbolTerm))) {
      return undefined
    }
    return differentiateCall(body, variable as SymbolTerm, context, `derivative of ${body.name}`)
  },
}

/** D(f(u), x) = f'(u)*D(u, x) */
export const chainRule: Rule = {
  id: 'chain',
  title: 'chain rule',
  law: 'D(sin(u), x) = cos(u)*D(u, x)',
  where: ['u depends on x'],
  because: '{row}; times the derivative of the inside',
  examples: [['D(sin(x^2), x)', 'cos(x^2)*D(x^2, x)']],
  on: ['derivative'],
  apply(term, context) {
    const [body, variable] = term.args
    if (body?.kind !== 'call') return undefined
    return differentiateCall(body, variable as SymbolTerm, context, undefined)
  },
}

function differentiateCall(
  call: Expr & { kind: 'call' },
  variable: SymbolTerm,
  { store, scope }: RuleContext,
  title: string | undefined,
): Rewritten | undefined {
  const row = functions.get(call.name)
  if (row === undefined || row.derivative.length < call.args.length) return undefined
  const bindings = new Map(row.args.map((name, i) => [name, call.args[i]!]))
  const terms: Expr[] = []
  for (const [i, arg] of call.args.entries()) {
    if (scope.freeOf(arg, variable)) continue
    const template = row.derivative[i]
    if (template === undefined) return undefined
    const outer = compileTemplate(template)(store, bindings)
    if (arg === variable) terms.push(outer)
    else terms.push(times(outer, store.derivative(arg, variable), store))
  }
  const needs = (row.needs ?? []).map((need) => compileTemplate(need)(store, bindings))
  return {
    after: store.add(terms),
    conditions: unlessKnown(needs, scope),
    words: { row: row.because, x: nameOf(variable) },
    ...(title === undefined ? {} : { title }),
  }
}

/** The inner derivative stands last, and a minus in front of everything. */
function times(outer: Expr, inner: Expr, store: RuleContext['store']): Expr {
  if (outer.kind === 'neg') return store.neg(times(outer.args[0]!, inner, store))
  if (outer.kind === 'number' && outer.name === '1') return inner
  return store.mul(outer.kind === 'mul' ? [...outer.args, inner] : [outer, inner])
}
