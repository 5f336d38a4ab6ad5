import { abstractAll } from '../term/binder.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'
import { Lowering } from './lower.ts'
import type { Node } from './node.ts'
import type { Program } from './program.ts'
import { type Demand, Schedule } from './schedule.ts'

export { logarithmsOfBases } from './logarithm.ts'
export { NoProgram } from './lower.ts'
export type { Operation, Reduction } from './node.ts'
export { type Block, type Program, type Shape, type Statement, stride, type Variable } from './program.ts'
export { type Side, sidesOf, spreadExponential } from './stable-product.ts'
export { complementOf, differenceOfExponential, tangentOfSech } from './stable-sum.ts'

/** A term, for all values of the free indices of the variables that it is the derivative by. */
export interface Requested {
  readonly term: Expr
  readonly variables: readonly SymbolTerm[]
}

/** Programs for terms of one scope, which share one graph. */
export class Programmer {
  readonly #lowering: Lowering

  constructor(readonly scope: Scope) {
    this.#lowering = new Lowering(scope)
  }

  /** The constants that the programs so far mean by their names, such as `pi`. */
  get constants(): ReadonlySet<string> {
    return this.#lowering.constants
  }

  /** @throws NoProgram where an undefined function or a derivative not yet taken is left. */
  program(requests: readonly Requested[]): Program {
    const demands = requests.map((request) => this.#demand(request))
    const schedule = new Schedule()
    const body = schedule.run(demands)
    return {
      body,
      variables: schedule.variables,
      outputs: demands.map(({ over }) => ({ axes: over.length })),
    }
  }

  #demand({ term, variables }: Requested): Demand {
    const { store } = this.scope
    const axes = variables.flatMap((variable) =>
      freeIndicesOf(variable).map((name, position) => ({ name, axis: { name: variable.name, position } })),
    )
    const over: Node[] = []
    for (const { axis } of axes) over.push(this.#index(axis.name, axis.position, over))
    const names = axes.map(({ name }) => name)
    return { value: this.#lowering.lower(abstractAll(store, store.adopt(term), names), over), over }
  }

  /** The index that runs along an axis of a parameter's array; another one than those before. */
  #index(name: string, position: number, before: readonly Node[]): Node {
    const { graph } = this.#lowering
    let array = graph.node({ kind: 'input', name, isArray: true })
    for (let i = 0; i < position; i++) {
      const first = graph.number(this.scope.indexBase(name, i))
      const base = this.scope.indexBase(name, i)
      array = graph.node({ kind: 'element', base, isArray: true }, [array, first])
    }
    const length = graph.node({ kind: 'length' }, [array])
    const base = this.scope.indexBase(name, position)
    const to = base === 1 ? length : graph.subtract(length, graph.number(1))
    for (let copy = 0; ; copy++) {
      const index = this.#lowering.index(graph.number(base), to, copy, true)
      if (!before.includes(index)) return index
    }
  }
}

/** The names of a variable's indices, where they are free to run: k of w_k, none of w_1. */
export function freeIndicesOf(variable: SymbolTerm): readonly string[] {
  const names = variable.args.flatMap((arg) =>
    arg.kind === 'symbol' && arg.args.length === 0 ? [arg.name] : [],
  )
  return names.length === variable.args.length ? names : []
}
