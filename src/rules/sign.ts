import { functions } from '../functions/index.ts'
import { type Expr, isNumber } from '../term/expr.ts'
import type { Bound } from '../term/fact.ts'
import { Rational } from '../term/rational.ts'
import type { Scope } from '../term/scope.ts'
import { rationalOf } from './algebra/number.ts'

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
      const [body] = term.args as [Expr]
      if (body.kind === 'neg') return signOf(body.args[0]!, scope)
      if (body.kind === 'call' && (body.name === 'max' || body.name === 'min')) {
        const opposites = body.args.map((arg) => scope.store.neg(arg))
        return signOfExtremum(body.name === 'max' ? 'min' : 'max', opposites, scope)
      }
      const inner = signOf(body, scope)
      return inner === 'positive'
        ? 'negative'
        : inner === 'negative'
          ? 'positive'
          : inner === 'zero'
            ? 'zero'
            : 'unknown'
    }
    case 'add':
      return signOfSum(term, scope)
    case 'mul':
    case 'div': {
      let sign: Sign = 'positive'
      const left = [...term.args]
      while (left.length > 0) {
        const arg = left.pop()!
        const same = left.indexOf(arg)
        const own = signOf(arg, scope)
        if (same >= 0 && own === 'unknown') {
          // u*u, and u/u where it has a value, are not negative.
          left.splice(same, 1)
          sign = multiplySigns(sign, 'nonnegative')
        } else sign = multiplySigns(sign, own)
      }
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
    case 'delta':
      return 'nonnegative'
    case 'piecewise': {
      const values = term.args.filter((_, i) => i % 2 === 1 || i === term.args.length - 1)
      return leastSign(values.map((value) => signOf(value, scope)))
    }
    case 'call': {
      if (term.name === 'max' || term.name === 'min') return signOfExtremum(term.name, term.args, scope)
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

/** The sign of one of several terms, whichever it is. */
function leastSign(signs: readonly Sign[]): Sign {
  if (signs.every((sign) => sign === signs[0])) return signs[0]!
  return signs.every((sign) => sign !== 'unknown' && sign !== 'negative') ? 'nonnegative' : 'unknown'
}

function signOfExtremum(name: 'max' | 'min', args: readonly Expr[], scope: Scope): Sign {
  const signs = args.map((arg) => signOf(arg, scope))
  const [decisive, weaker] =
    name === 'max' ? (['positive', 'nonnegative'] as const) : (['negative', 'unknown'] as const)
  if (signs.includes(decisive)) return decisive
  if (name === 'max' && (signs.includes(weaker) || signs.includes('zero'))) return 'nonnegative'
  return leastSign(signs)
}

/** Terms none of which is negative; else what the bounds of the terms tell, as of `1 - p` for p < 1. */
function signOfSum(sum: Expr, scope: Scope): Sign {
  const signs = sum.args.map((term) => signOf(term, scope))
  if (signs.every((sign) => sign === 'positive' || sign === 'nonnegative' || sign === 'zero')) {
    return signs.includes('positive') ? 'positive' : 'nonnegative'
  }
  return signOfBounds(sum, scope)
}

function signOfBounds(term: Expr, scope: Scope): Sign {
  const low = boundOf(term, scope, 1)
  if (low !== undefined && low.value.sign >= 0) {
    return low.value.sign > 0 || low.strict ? 'positive' : 'nonnegative'
  }
  const high = boundOf(term, scope, -1)
  return high !== undefined && (high.value.sign < 0 || (high.value.sign === 0 && high.strict))
    ? 'negative'
    : 'unknown'
}

/** A number that the term is known to be at least (side 1) or at most (side -1), from its form and the facts. */
function boundOf(term: Expr, scope: Scope, side: 1 | -1): Bound | undefined {
  const known = side === 1 ? scope.known.lower(term) : scope.known.upper(term)
  if (known !== undefined) return known.value
  switch (term.kind) {
    case 'number':
      return { value: term.value, strict: false }
    case 'neg': {
      const inner = boundOf(term.args[0]!, scope, side === 1 ? -1 : 1)
      return inner && { value: inner.value.negate(), strict: inner.strict }
    }
    case 'add': {
      let value = Rational.zero
      let strict = false
      for (const arg of term.args) {
        const bound = boundOf(arg, scope, side)
        if (bound === undefined) return undefined
        value = value.add(bound.value)
        strict ||= bound.strict
      }
      return { value, strict }
    }
    case 'mul': {
      const factor = rationalOf(term.args[0]!)
      if (factor !== undefined && factor.sign > 0 && term.args.length === 2) {
        const inner = boundOf(term.args[1]!, scope, side)
        return inner && { value: inner.value.multiply(factor), strict: inner.strict }
      }
      // Of factors that are not negative the bounds are multiplied; what may be 0 makes a product 0.
      const lows = term.args.map((arg) => boundOf(arg, scope, 1))
      if (!lows.every((low) => low !== undefined && low.value.sign >= 0)) return undefined
      const bounds = side === 1 ? lows : term.args.map((arg) => boundOf(arg, scope, -1))
      let value = Rational.one
      let strict = false
      for (const bound of bounds) {
        if (bound === undefined) return undefined
        value = value.multiply(bound.value)
        strict ||= bound.strict
      }
      return { value, strict: strict && value.sign > 0 }
    }
    case 'pow': {
      const order = rationalOf(term.args[1]!)
      if (!order?.isInteger || order.sign <= 0 || order.compare(Rational.of(16)) > 0) return undefined
      const power = ({ value, strict }: Bound): Bound => ({
        value: value.power(Number(order.numerator)),
        strict,
      })
      if (order.numerator % 2n === 0n) return boundOfSize(term.args[0]!, scope, side, power)
      const inner = boundOf(term.args[0]!, scope, side)
      return inner && power(inner)
    }
    case 'symbol':
    case 'apply': {
      if (scope.role(term.name) === 'count' && side === 1) return { value: Rational.zero, strict: true }
      const body = scope.unfold(term)
      return body && boundOf(body, scope, side)
    }
    case 'call': {
      if (term.name === 'abs') return boundOfSize(term.args[0]!, scope, side, (bound) => bound)
      const range = functions.get(term.name)?.range
      if (range === 'unit interval') return { value: side === 1 ? Rational.zero : Rational.one, strict: true }
      if (side === -1 || range === undefined) return undefined
      return { value: Rational.zero, strict: range !== 'nonnegative' }
    }
    case 'div':
      if (!isSigmoid(term, scope)) return undefined
      return { value: side === 1 ? Rational.zero : Rational.one, strict: true }
    default:
      return undefined
  }
}

/** A bound of what grows with |u|, such as u^2: from a <= u <= b with the larger of |a| and |b|. */
function boundOfSize(
  term: Expr,
  scope: Scope,
  side: 1 | -1,
  grow: (bound: Bound) => Bound,
): Bound | undefined {
  const [low, high] = [boundOf(term, scope, 1), boundOf(term, scope, -1)]
  if (side === 1) {
    if (low !== undefined && low.value.sign > 0) return grow(low)
    if (high !== undefined && high.value.sign < 0)
      return grow({ value: high.value.negate(), strict: high.strict })
    return { value: Rational.zero, strict: false }
  }
  if (low === undefined || high === undefined) return undefined
  const below = { value: low.value.negate(), strict: low.strict }
  const order = high.value.compare(below.value)
  if (order === 0) return grow({ value: high.value, strict: high.strict && below.strict })
  return grow(order > 0 ? high : below)
}

/** Whether a term is 1/(1 + u) with u > 0, which lies strictly between 0 and 1. */
function isSigmoid(term: Expr, scope: Scope): boolean {
  const [above, below] = term.args as [Expr, Expr]
  if (!isNumber(above, 1) || below.kind !== 'add') return false
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
  const { known } = scope
  if (known.isEmpty) return 'unknown'
  const low = known.lower(term)?.value
  const high = known.upper(term)?.value
  if (low?.value.sign === 0 && high?.value.sign === 0) return 'zero'
  if (low !== undefined && (low.value.sign > 0 || (low.value.sign === 0 && low.strict))) return 'positive'
  if (high !== undefined && (high.value.sign < 0 || (high.value.sign === 0 && high.strict))) return 'negative'
  return low?.value.sign === 0 ? 'nonnegative' : 'unknown'
}

/** Whether a relation is known to hold: it is a fact, or it follows from the signs of its sides. */
export function isKnown(relation: Expr, scope: Scope): boolean {
  if (scope.known.saying(relation) !== undefined) return true
  if (relation.kind === 'logical' && relation.name !== 'not') {
    const isKnownPart = (part: Expr) => isKnown(part, scope)
    return relation.name === 'and' ? relation.args.every(isKnownPart) : relation.args.some(isKnownPart)
  }
  if (relation.kind !== 'relation') return false
  const [left, right] = relation.args as [Expr, Expr]
  if (left.kind === 'number' && right.kind === 'number') {
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
  const isZero = right.kind === 'number' && right.value.sign === 0
  if (relation.name === '!=' && isZero) {
    const values = scope.known.values(left)?.value
    if (values?.every((value) => value.sign !== 0)) return true
  }
  const sign = isZero ? signOf(left, scope) : signOfBounds(scope.store.subtract(left, right), scope)
  switch (relation.name) {
    case '>':
      return sign === 'positive'
    case '>=':
      return sign === 'positive' || sign === 'nonnegative' || sign === 'zero'
    case '!=':
      return sign === 'positive' || sign === 'negative'
    case '<':
      return sign === 'negative'
    case '<=':
      return sign === 'negative' || sign === 'zero'
    default:
      return false
  }
}
