import type { Expr, SymbolTerm } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import type { Scope } from '../term/scope.ts'

/**
 * Where definitions are put in before a derivative's rule is chosen: the body itself, or the terms of a
 * linear combination whose definitions are linear too, so that y - f(x) becomes y - (m*x + b) as one would
 * write it, while 1 - p with p = sigmoid(…) keeps its name until the derivative of p itself is due.
 */
export function definitionsToUnfold(goal: Expr, scope: Scope): readonly Path[] {
  const variable = goal.args[1] as SymbolTerm
  const paths: Path[] = []
  const search = (term: Expr, path: Path): void => {
    switch (term.kind) {
      case 'symbol':
      case 'apply':
        if (!scope.freeOf(term, variable)) {
          const body = scope.unfold(term)
          if (body !== undefined && (path.length === 1 || isLinear(body, variable, scope))) paths.push(path)
        }
        break
      case 'neg':
        search(term.args[0]!, [...path, 0])
        break
      case 'add':
        for (const [i, arg] of term.args.entries()) search(arg, [...path, i])
        break
      case 'mul': {
        const dependent = term.args.flatMap((arg, i) => (scope.freeOf(arg, variable) ? [] : [i]))
        if (dependent.length === 1) search(term.args[dependent[0]!]!, [...path, dependent[0]!])
        break
      }
      case 'div':
        if (scope.freeOf(term.args[1]!, variable)) search(term.args[0]!, [...path, 0])
        break
      default:
    }
  }
  if (scope.hasDefinitions) search(goal.args[0]!, [0])
  return paths
}

/** Whether a term is linear in the variable as it is written, looking through definitions. */
function isLinear(term: Expr, variable: SymbolTerm, scope: Scope): boolean {
  if (scope.freeOf(term, variable)) return true
  switch (term.kind) {
    case 'symbol':
    case 'apply': {
      const body = scope.unfold(term)
      return body === undefined ? term.kind === 'symbol' : isLinear(body, variable, scope)
    }
    case 'neg':
    case 'add':
      return term.args.every((arg) => isLinear(arg, variable, scope))
    case 'mul': {
      const dependent = term.args.filter((arg) => !scope.freeOf(arg, variable))
      return dependent.length === 1 && isLinear(dependent[0]!, variable, scope)
    }
    case 'div':
      return scope.freeOf(term.args[1]!, variable) && isLinear(term.args[0]!, variable, scope)
    case 'big':
      return term.name === 'sum' && isLinear(term.args[2]!, variable, scope)
    default:
      return false
  }
}
