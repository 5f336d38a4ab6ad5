import { type DeriveOptions, derive } from '../../src/library/derive.ts'
import { Programmer, type Requested } from '../../src/program/index.ts'
import type { Scope } from '../../src/term/scope.ts'
import { type LossCase, lossOptions, type ScalarCase, scalarOptions } from './cases.ts'

/** Loss, gradient and Hessian of a case as terms to compile. */
export interface Requests {
  readonly scope: Scope
  readonly loss: readonly Requested[]
  readonly gradient: readonly Requested[]
  readonly hessian: readonly Requested[]
}

export const requestsOfLoss = (entry: LossCase): Requests =>
  requestsOf(entry.ascii, { ...lossOptions(entry), order: 2 })
export const requestsOfScalar = (entry: ScalarCase, order: 1 | 2): Requests =>
  requestsOf(entry.expr, { ...scalarOptions(entry), order })

export function requestsOf(text: string, options: DeriveOptions): Requests {
  const { reading, partials, hessian } = derive(text, options)
  return {
    scope: reading.scope,
    loss: [{ term: reading.loss, variables: [] }],
    gradient: partials.map(({ result, variables }) => ({ term: result, variables })),
    hessian: hessian.map(({ result, variables }) => ({ term: result, variables })),
  }
}

/** The programs of a case, built from one graph as `compile` does. */
export function programsOf({ scope, loss, gradient, hessian }: Requests) {
  const programmer = new Programmer(scope)
  return {
    loss: programmer.program(loss),
    gradient: programmer.program(gradient),
    both: programmer.program([...loss, ...gradient]),
    hessian: programmer.program(hessian),
  }
}
