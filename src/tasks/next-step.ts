import { RecordedDerivation } from '../derivation/derivation.ts'
import type { Condition } from '../derivation/step.ts'
import { abstractAll, instantiateAll } from '../term/binder.ts'
import type { BigTerm, DerivativeTerm, Expr, SymbolTerm } from '../term/expr.ts'
import { type Path, replaceAt, subtermAt } from '../term/path.ts'
import { nabla, type Scope } from '../term/scope.ts'
import { Differentiator } from './differentiate.ts'

/** One line of a derivation, from where a student is. */
export interface Advance {
  /** What the line follows from: the derivative not yet taken, a line, or an expression with derivatives in it. */
  readonly from: Expr
  readonly line: Expr
  readonly labels: readonly string[]
  readonly because: readonly string[]
  readonly conditions: readonly Condition[]
  /** Whether no further line follows. */
  readonly isLast: boolean
}

/** The line behind line number `after` of the derivative by a variable; nothing where there is none. */
export function advanceLoss(
  loss: Expr,
  variable: SymbolTerm,
  scope: Scope,
  after: number,
): Advance | undefined {
  const derivation = new RecordedDerivation(new Differentiator(scope).differentiate(loss, variable))
  const lines = derivation.lines('paper')
  const line = lines[after]
  if (line === undefined) return undefined
  const isLast = after === lines.length - 1
  return {
    from: after === 0 ? derivation.start : lines[after - 1]!.term,
    line: line.term,
    labels: line.labels,
    because: line.because,
    conditions: isLast ? derivation.conditions : line.conditions,
    isLast,
  }
}

/**
 * The next line of an expression in which derivatives are not yet taken: those that are outermost go one line
 * on, side by side, as in a derivation from the start.
 */
export function advanceExpression(expression: Expr, scope: Scope): Advance | undefined {
  const { store } = scope
  const differentiator = new Differentiator(scope)
  const labels = new Set<string>()
  const because = new Set<string>()
  const conditions: Condition[] = []
  let line = expression
  for (const { path, binders } of outermostDerivatives(expression)) {
    // A condition speaks of the indices around the derivative, so they have their letters while it is taken.
    const used = new Set([...expression.names, ...[...scope.declarations].map(({ name }) => name)])
    const letters = binders.map((binder) => letterFor(binder, used))
    const values = letters.map((letter) => store.symbol(letter))
    const goal = instantiateAll(store, subtermAt(expression, path), values) as DerivativeTerm
    const [body, variable] = goal.args as readonly [Expr, SymbolTerm]
    const derivation = new RecordedDerivation(differentiator.differentiate(body, variable))
    const [first] = derivation.lines('paper')
    if (first === undefined) continue
    for (const label of first.labels) labels.add(label)
    for (const reason of first.because) because.add(reason)
    conditions.push(...first.conditions)
    line = replaceAt(store, line, path, abstractAll(store, first.term, letters))
  }
  if (line === expression) return undefined
  return {
    from: expression,
    line,
    labels: [...labels],
    because: [...because],
    conditions,
    isLast: false,
  }
}

/** The variable that the expression is differentiated by, where a derivative stands in it. */
export function variableWithin(expression: Expr): SymbolTerm | undefined {
  const [first] = outermostDerivatives(expression)
  const variable = first && subtermAt(expression, first.path).args[1]
  return variable?.kind === 'symbol' && variable.name !== nabla ? variable : undefined
}

function outermostDerivatives(
  expression: Expr,
): { readonly path: Path; readonly binders: readonly BigTerm[] }[] {
  const found: { path: Path; binders: readonly BigTerm[] }[] = []
  const search = (term: Expr, path: Path, binders: readonly BigTerm[]): void => {
    if (!term.hasDerivative) return
    if (term.kind === 'derivative') {
      found.push({ path, binders })
      return
    }
    for (const [position, arg] of term.args.entries()) {
      const isBody = term.kind === 'big' && position === 2
      search(arg, [...path, position], isBody ? [...binders, term] : binders)
    }
  }
  search(expression, [], [])
  return found
}

function letterFor({ hint }: BigTerm, used: Set<string>): string {
  let letter = [hint, ...'ijklqrsnuv'].find((name) => name !== '' && !used.has(name))
  for (let number = 1; letter === undefined; number++) if (!used.has(`i${number}`)) letter = `i${number}`
  used.add(letter)
  return letter
}
