import { functions } from '../functions/index.ts'
import { type Expr, isNumber } from '../term/expr.ts'
import type { Scope } from '../term/scope.ts'

/** What is known of a term's sign for all values of its names. */
export type Sign = 'positive' | 'nonnegative' | 'negative' | 'zero' | 'unknown'

/** The sign of a term as far as it follows from its form, its functions' ranges, and the facts of the scope. */
export function signOf(term: Expr, scope: Scope): Sign {
  const fact = factSign(term, scope)
  if (fact !== 'unknown') return fact
  switch (term.kind) {
    case 'number':
      return term.value.sign === 0 ? 'zero' : 'positive'
    case 'symbol': {
      const role = scope.role(term.name)
      if (role === 'count') return 'positive'
      if (term.args.length === 0 && (term.name === 'e' || term.name === 'pi')) {
        return role === undefined || role === 'constant' ? 'positive' : 'unknown'
      }
      const definition = scope.unfold(term)
      return definition === undefined ? 'unknown' : signOf(definition, scope)
    }
    case 'neg': {
      const inner = signOf(term.args[0]!, scope)
      return inner === 'positive'
        ? 'negative'
        : inner === 'negative'
          ? 'positive'
          : inner === 'zero'
            ? 'zero'
            : 'unknown'
    }
    case 'add':
      return signOfSum(term.args, scope)
    case 'mul':
    case 'div': {
      let sign: Sign = 'positive'
      for (const arg of term.args) sign = multiplySigns(sign, signOf(arg, scope))
      return sign
    }
    case 'pow': {
      const base = signOf(term.args[0]!, scope)
      if (base === 'positive') return 'positive'
      const exponent = term.args[1]!
      const isEven =
        exponent.kind === 'number' && exponent.value.isInteger && exponent.value.numerator % 2n === 0n
      if (isEven) return base === 'negative' ? 'positive' : 'nonnegative'
      return base === 'nonnegative' && signOf(exponent, scope) === 'positive' ? 'nonnegative' : 'unknown'
    }
    case 'call': {
      const range = functions.get(term.name)?.range
      if (range === undefined) return 'unknown'
      if (term.name === 'sqrt' && signOf(term.args[0]!, scope) === 'positive') return 'positive'
      return range === 'nonnegative' ? 'nonnegative' : 'positive'
    }
    case 'big':
      if (term.name !== 'sum' && term.name !== 'prod') return signOf(term.args[2]!, scope)
      return signOf(term.args[2]!, scope) === 'positive'
        ? 'positive'
        : signOf(term.args[2]!, scope) === 'nonnegative'
          ? 'nonnegative'
          : 'unknown'
    default:
      return 'unknown'
  }
}

function signOfSum(terms: readonly Expr[], scope: Scope): Sign {
  let someStrict = false
  for (const term of terms) {
    const sign = signOf(term, scope)
    if (sign === 'positive') someStrict = true
    else if (sign !== 'nonnegative' && sign !== 'zero')
      return isComplement(terms, scope) ? 'positive' : 'unknown'
  }
  return someStrict ? 'positive' : 'nonnegative'
}

/** Whether the terms are `1 - u` with u in the open unit interval. */
function isComplement(terms: readonly Expr[], scope: Scope): boolean {
  const [one, negated] = terms
  if (terms.length !== 2 || one?.kind !== 'number' || !one.value.isInteger || one.value.numerator < 1n)
    return false
  let inner = negated?.kind === 'neg' ? negated.args[0]! : undefined
  if (inner?.kind === 'symbol' || inner?.kind === 'apply') inner = scope.unfold(inner)
  return inner !== undefined && isInUnitInterval(inner, scope)
}

/** Whether a term lies strictly between 0 and 1: a value of such a function, or 1/(1 + u) with u > 0. */
function isInUnitInterval(term: Expr, scope: Scope): boolean {
  if (term.kind === 'call') return functions.get(term.name)?.range === 'unit interval'
  if (term.kind !== 'div' || !isNumber(term.args[0]!, 1)) return false
  const below = term.args[1]!
  if (below.kind !== 'add' || !below.args.some((arg) => isNumber(arg, 1))) return false
  const rest = below.args.filter((arg) => !isNumber(arg, 1))
  return rest.length === below.args.length - 1 && rest.every((arg) => signOf(arg, scope) === 'positive')
}

function multiplySigns(a: Sign, b: Sign): Sign {
  if (a === 'zero' || b === 'zero') return 'zero'
  if (a === 'unknown' || b === 'unknown') return 'unknown'
  if (a === 'nonnegative' || b === 'nonnegative')
    return a === 'negative' || b === 'negative' ? 'unknown' : 'nonnegative'
  return a === b ? 'positive' : 'negative'
}

function factSign(term: Expr, scope: Scope): Sign {
  for (const fact of scope.facts) {
    if (fact.kind !== 'relation') continue
    const [left, right] = fact.args
    if (left === term && right?.kind === 'number' && right.value.sign >= 0) {
      if (fact.name === '>') return 'positive'
      if (fact.name === '>=') return right.value.sign > 0 ? 'positive' : 'nonnegative'
    }
    if (right === term && left?.kind === 'number' && left.value.sign >= 0) {
      if (fact.name === '<') return 'positive'
      if (fact.name === '<=') return left.value.sign > 0 ? 'positive' : 'nonnegative'
    }
  }
  return 'unknown'
}

/** Whether a relation is known to hold: it is a fact, or it follows from the signs of its sides. */
export function isKnown(relation: Expr, scope: Scope): boolean {
  if (scope.facts.includes(relation)) return true
  if (relation.kind === 'logical' && relation.name !== 'not') {
    const isKnownPart = (part: Expr) => isKnown(part, scope)
    return relation.name === 'and' ? relation.args.every(isKnownPart) : relation.args.some(isKnownPart)
  }
  if (relation.kind !== 'relation') return false
  const [left, right] = relation.args
  if (right?.kind !== 'number' || right.value.sign !== 0) {
    if (left?.kind !== 'number' || right?.kind !== 'number') return false
    const order = left.value.compare(right.value)
    return {
      '<': order < 0,
      '<=': order <= 0,
      '>': order > 0,
      '>=': order >= 0,
      '==': order === 0,
      '!=': order !== 0,
    }[relation.name]
  }
  const sign = signOf(left!, scope)
  switch (relation.name) {
    case '>':
      return sign === 'positive'
    case '>=':
      return sign === 'positive' || sign === 'nonnegative' || sign === 'zero'
    case '!=':
      return sign === 'positive' || sign === 'negative'
    case '<':
      return sign === 'negative'
    default:
      return false
  }
}
