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
 * Defines f(u, v) as a*u + v where its parameters are left open, and as a square where they stand in its arguments:
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
    let parameter: SymbolTerm | undefined
    if (isOpen) {
      const free = parameterNames.find((letter) => !declarations.has(letter)) ?? `a${extra.length}`
      parameter = store.symbol(free)
      declarations.set(free, { name: free, role: 'parameter', ranges: [] })
      extra.push(parameter)
    }
    const bodyOf = ([first, ...others]: readonly Expr[]): Expr =>
      parameter === undefined
        ? store.pow(others.length === 0 ? first! : store.subtract(first!, others.at(-1)!), store.number(2))
        : store.add([store.mul([parameter, first!]), ...others])
    const body = bodyOf(letters.map((_, i) => store.bound(count - 1 - i)))
    const declaration: Declaration = {
      name,
      role: 'definition',
      ranges: [],
      definition: { form: 'function', parameters: letters, body },
    }
    declarations.set(name, declaration)
    const args = letters.map((letter) => store.symbol(letter))
    definitions.push({ left: store.apply(name, args), right: bodyOf(args) })
  }
  return {
    scope: new Scope(store, declarations.values(), scope.facts),
    variables: [...variables.filter(({ name }) => name !== nabla), ...extra],
    definitions,
  }
}
