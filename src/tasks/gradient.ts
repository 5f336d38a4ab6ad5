import { RecordedDerivation } from '../derivation/derivation.ts'
import { nameOf } from '../rules/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import { type Declaration, nabla, Scope } from '../term/scope.ts'
import { Differentiator } from './differentiate.ts'
import type { Simplification } from './simplify.ts'

/** The derivation of one partial derivative. */
export class PartialDerivation extends RecordedDerivation {
  /** The variable as it is written: `m`, `w_k`. */
  get wrt(): string {
    return nameOf(this.variables[0]!)
  }
}

/** The derivation of one entry of the Hessian: a first partial derivative differentiated again. */
export class HessianEntry extends RecordedDerivation {
  get wrt(): readonly [string, string] {
    return [nameOf(this.variables[0]!), nameOf(this.variables[1]!)]
  }
}

export interface Gradient {
  readonly partials: readonly PartialDerivation[]
  /** For order 2, the entries on and above the diagonal; a Hessian is symmetric. */
  readonly hessian: readonly HessianEntry[]
  /** What is known of the names, also of the indices that second derivatives need. */
  readonly scope: Scope
  readonly warnings: readonly string[]
}

/**
 * Every partial derivative of a loss, and for order 2 its second derivatives.
 * @throws LimitError when a stated limit is reached.
 */
export function differentiateLoss(
  loss: Expr,
  scope: Scope,
  variables: readonly SymbolTerm[],
  order: 1 | 2 = 1,
  simplification: Simplification = 'paper',
): Gradient {
  const isOpen = order === 2 && variables.some(({ name }) => name === nabla)
  const warnings = isOpen
    ? ['no Hessian: it needs the parameters by name (--wrt) or a definition (--let)']
    : []
  const seconds = order === 1 || isOpen ? undefined : secondVariables(loss, scope, variables)
  const known = seconds?.scope ?? scope
  const differentiator = new Differentiator(known, simplification, order === 1 ? [] : variables)
  const partials = variables.map(
    (variable) => new PartialDerivation(differentiator.differentiate(loss, variable)),
  )
  if (seconds === undefined) return { partials, hessian: [], scope: known, warnings }
  const hessian = partials.flatMap((partial, row) =>
    variables.slice(row).map((second) => {
      const first = variables[row]!
      const variable = sharesIndex(first, second) ? seconds.byFirst.get(second)! : second
      const record = differentiator.differentiate(partial.result, variable, [first])
      // What the first derivative needs, the second needs too.
      return new HessianEntry({ ...record, given: partial.conditions })
    }),
  )
  return { partials, hessian, scope: known, warnings }
}

/**
 * The variables of second derivatives with indices of their own: after w_k comes w_l, since w_k again would
 * only be the diagonal.
 */
function secondVariables(
  loss: Expr,
  scope: Scope,
  variables: readonly SymbolTerm[],
): { readonly byFirst: ReadonlyMap<SymbolTerm, SymbolTerm>; readonly scope: Scope } {
  const { store } = scope
  const used = lettersIn([loss, ...variables, ...bodiesOf(scope)])
  for (const { name } of scope.declarations) used.add(name)
  const declared: Declaration[] = []
  const byFirst = new Map<SymbolTerm, SymbolTerm>()
  const renamed = new Map<string, SymbolTerm>()
  for (const variable of variables) {
    const ranges = scope.declaration(variable.name)?.ranges ?? []
    const indices = variable.args.map((index, position) => {
      if (index.kind !== 'symbol' || index.args.length > 0) return index
      const known = renamed.get(index.name)
      if (known !== undefined) return known
      const name = freshLetter(used)
      used.add(name)
      declared.push({ name, role: 'index', ranges: [ranges[position]] })
      const fresh = store.symbol(name)
      renamed.set(index.name, fresh)
      return fresh
    })
    byFirst.set(variable, store.symbol(variable.name, indices))
  }
  if (declared.length === 0) return { byFirst, scope }
  return {
    byFirst,
    scope: new Scope(store, [...scope.declarations, ...declared], scope.facts, scope.factTexts),
  }
}

function sharesIndex(first: SymbolTerm, second: SymbolTerm): boolean {
  return second.args.some((index) => index.kind === 'symbol' && first.args.includes(index))
}

function bodiesOf(scope: Scope): Expr[] {
  return [...scope.declarations].flatMap(({ definition }) =>
    definition === undefined ? [] : [definition.body],
  )
}

/** The names in terms and the letters of their sums, which are easier read when no other index has them. */
function lettersIn(terms: readonly Expr[]): Set<string> {
  const letters = new Set<string>()
  const seen = new Set<Expr>()
  const pending = terms.slice()
  for (let term = pending.pop(); term !== undefined; term = pending.pop()) {
    if (seen.has(term)) continue
    seen.add(term)
    for (const name of term.names) letters.add(name)
    if (term.kind === 'big') letters.add(term.hint)
    pending.push(...term.args)
  }
  return letters
}

function freshLetter(used: ReadonlySet<string>): string {
  const letter = [...'lqrsuvhabc'].find((name) => !used.has(name))
  if (letter !== undefined) return letter
  for (let number = 1; ; number++) if (!used.has(`l${number}`)) return `l${number}`
}
