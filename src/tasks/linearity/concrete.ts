import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { type Declaration, nabla, Scope } from '../../term/scope.ts'

/** A loss with definitions for the functions that were left undefined, so that it has numbers. */
export interface Concrete {
  readonly scope: Scope
  readonly variables: readonly SymbolTerm[]
  readonly definitions: readonly { readonly left: Expr; readonly right: Expr }[]
}

const parameterNames = ['a', 'c', 'w', 'v', 'q']

/**
 * Defines f(x) as a*x where its parameters are left open, and as a square where they stand in its arguments:
 * what is not true of these is not true of every function.
 */
export function makeConcrete(loss: Expr, scope: Scope, variables: readonly SymbolTerm[]): Concrete {
  const functions = scope.namesWithRole('function')
  if (functions.length === 0) return { scope, variables, definitions: [] }
  const { store } = scope
  const calls = new Map<string, { count: number; isOpen: boolean }>()
  const visit = (term: Expr): void => {
    if (term.kind === 'apply' && functions.includes(term.name)) {
      const isOpen = scope.isOpenFunction(term) || (calls.get(term.name)?.isOpen ?? false)
      calls.set(term.name, { count: term.args.length, isOpen })
    }
    for (const arg of term.args) visit(arg)
  }
  visit(loss)
  for (const { definition } of scope.declarations) if (definition !== undefined) visit(definition.body)
  const declarations = new Map([...scope.declarations].map((entry) => [entry.name, entry]))
  const extra: SymbolTerm[] = []
  const definitions: { left: Expr; right: Expr }[] = []
  for (const [name, { count, isOpen }] of calls) {
    const letters = ['u', 'v', 'r', 's'].slice(0, count)
    const first = store.bound(count - 1)
    let body: Expr
    if (isOpen) {
      const free = parameterNames.find((letter) => !declarations.has(letter)) ?? `a${extra.length}`
      const parameter = store.symbol(free)
      declarations.set(free, { name: free, role: 'parameter', ranges: [] })
      extra.push(parameter)
      body = store.mul([parameter, first])
    } else {
      const argument = count === 1 ? first : store.subtract(first, store.bound(0))
      body = store.pow(argument, store.number(2))
    }
    const declaration: Declaration = {
      name,
      role: 'definition',
      ranges: [],
      definition: { form: 'function', parameters: letters, body },
    }
    declarations.set(name, declaration)
    const left = store.apply(
      name,
      letters.map((letter) => store.symbol(letter)),
    )
    const [u, v] = letters.map((letter) => store.symbol(letter)) as [Expr, Expr]
    const right = isOpen
      ? store.mul([extra.at(-1)!, u])
      : store.pow(count === 1 ? u : store.subtract(u, v), store.number(2))
    definitions.push({ left, right })
  }
  return {
    scope: new Scope(store, declarations.values(), scope.facts),
    variables: [...variables.filter(({ name }) => name !== nabla), ...extra],
    definitions,
  }
}
