import type { Expr } from '../../term/expr.ts'
import { type Declaration, Scope } from '../../term/scope.ts'

/** Names that stand for quantities nobody defines, though the lines differentiate them. */
export interface Opened {
  readonly scope: Scope
  readonly names: ReadonlySet<string>
}

/**
 * A name that the lines differentiate, `\partial p_j/\partial a_i`, by a variable that stands nowhere else is an open
 * quantity: it may depend on every parameter. Left as a plain symbol its derivative would be evaluated as 0, and every
 * line would agree with every other; so it becomes an undefined function of its indices and of the parameters.
 * Where the variable stands in the loss the name is independent of it, as b is of m.
 */
export function openNames(scope: Scope, terms: readonly Expr[], loss: Expr | undefined): Opened {
  const open = new Map<string, number>()
  const pairs: { readonly body: Expr; readonly by: string }[] = []
  const standing = new Set<string>()
  const seen = new Set<Expr>()
  const visit = (term: Expr): void => {
    if (seen.has(term)) return
    seen.add(term)
    if (term.kind === 'symbol') standing.add(term.name)
    const [body, variable] = term.args
    if (term.kind === 'derivative' && body !== undefined && variable?.kind === 'symbol') {
      if (body.kind === 'symbol' && body.name !== variable.name) pairs.push({ body, by: variable.name })
      visit(body)
      for (const index of variable.args) visit(index)
      return
    }
    for (const arg of term.args) visit(arg)
  }
  for (const term of terms) visit(term)
  if (pairs.length === 0) return { scope, names: new Set() }
  const occurs = loss === undefined ? standing : loss.names
  const inDefinitions = new Set<string>()
  for (const { definition } of scope.declarations) {
    for (const name of definition?.body.names ?? []) inDefinitions.add(name)
  }
  for (const { body, by } of pairs) {
    if (body.kind !== 'symbol' || occurs.has(by) || inDefinitions.has(by)) continue
    if (scope.declaration(body.name)?.definition !== undefined) continue
    open.set(body.name, body.args.length)
  }
  return open.size === 0
    ? { scope, names: new Set() }
    : { scope: withOpen(scope, open), names: new Set(open.keys()) }
}

function withOpen(scope: Scope, open: ReadonlyMap<string, number>): Scope {
  const { store } = scope
  const declarations: Declaration[] = []
  for (const declaration of scope.declarations) {
    const count = open.get(declaration.name)
    if (count === undefined) {
      declarations.push(declaration)
      continue
    }
    // No name that a user can write has a blank in it.
    const name = `open ${declaration.name}`
    const indices = Array.from({ length: count }, (_, i) => store.bound(count - 1 - i))
    const body = store.apply(name, indices)
    const parameters = indices.map((_, i) => `i${i}`)
    declarations.push({ ...declaration, role: 'definition', definition: { form: 'name', parameters, body } })
    declarations.push({ name, role: 'function', ranges: [] })
  }
  return new Scope(store, declarations, scope.facts)
}

/** The derivatives of open names in a term, written so that they can be compared. */
export function openDerivatives(term: Expr, names: ReadonlySet<string>): string {
  const found = new Set<string>()
  const seen = new Set<Expr>()
  const visit = (node: Expr): void => {
    if (seen.has(node)) return
    seen.add(node)
    const [body, variable] = node.args
    if (node.kind === 'derivative' && variable?.kind === 'symbol') {
      for (const name of body!.names) if (names.has(name)) found.add(name)
    }
    for (const arg of node.args) visit(arg)
  }
  visit(term)
  return [...found].sort().join(' ')
}

/**
 * A name without a definition that a term differentiates by another, as the E of `\partial E/\partial a`. Where no loss
 * says what depends on what, its derivative is not known; evaluated it would be 0.
 */
export function unknownQuantity(term: Expr, scope: Scope): string | undefined {
  if (!term.hasDerivative) return undefined
  const [body, by] = term.args
  if (term.kind === 'derivative' && body?.kind === 'symbol' && by?.kind === 'symbol') {
    const isKnown = body.name === by.name || scope.declaration(body.name)?.definition !== undefined
    return isKnown ? undefined : body.name
  }
  for (const arg of term.args) {
    const found = unknownQuantity(arg, scope)
    if (found !== undefined) return found
  }
  return undefined
}
