import { canonical } from '../../term/canonical.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { Rational } from '../../term/rational.ts'
import type { TermStore } from '../../term/store.ts'
import type { Rule, RuleContext } from '../rule.ts'
import { exponentOf } from './exponential.ts'
import { monomialOf, writeMonomial } from './monomial.ts'
import { factorsOf, powerOf, rationalOf, writePower } from './number.ts'
import { isZero } from './zero-and-one.ts'

/**
 * exp(u)/(1 + exp(u)) = sigmoid(u) and exp(u)/(1 + exp(u))^2 = sigmoid(u)*(1 - sigmoid(u)). A sigmoid of -u, or one beside
 * other powers of 1 + exp(u), is written only where the loss has a sigmoid of u: to 1/(1 + exp(u)) it adds nothing.
 */
export const definitionOfSigmoid: Rule = {
  id: 'definition-of-sigmoid',
  title: 'definition of the sigmoid',
  law: 'w*exp(u)/(1 + exp(u)) = w*sigmoid(u)',
  because: 'the quotient is the logistic sigmoid',
  examples: [
    ['x*exp(y)/(1 + exp(y))', 'x*sigmoid(y)'],
    ['exp(-y)/(1 + exp(-y))^2', 'sigmoid(y)*(1 - sigmoid(y))'],
  ],
  on: ['div'],
  apply(term, context) {
    const { store } = context
    return replaceLogistic(term, context, (u, order, hasExponential) => {
      const turned = opposite(store, u)
      if (hasExponential && order === 2) {
        const sigmoid = store.call('sigmoid', [isNegative(store, u) ? turned : u])
        return [sigmoid, store.subtract(store.number(1), sigmoid)]
      }
      if (isSigmoidWritten([u, turned], context))
        return [store.call('sigmoid', [hasExponential ? u : turned])]
      return hasExponential && order === 1 && !isNegative(store, u) ? [store.call('sigmoid', [u])] : undefined
    })
  },
}

/**
 * 1/(1 + exp(-u)) = sigmoid(u). Tried only when the products are tidied: beside exp(-u) the quotient is one of
 * exponentials, and becomes 1/(1 + exp(u)).
 */
export const logisticFunction: Rule = {
  id: 'logistic-function',
  title: 'definition of the sigmoid',
  law: 'w/(1 + exp(-u)) = w*sigmoid(u)',
  because: 'the quotient is the logistic sigmoid',
  examples: [['x/(1 + exp(-y))', 'x*sigmoid(y)']],
  on: ['div'],
  apply(term, context) {
    const { store } = context
    return replaceLogistic(term, context, (u, order, hasExponential) =>
      order === 1 && !hasExponential && isNegative(store, u)
        ? [store.call('sigmoid', [opposite(store, u)])]
        : undefined,
    )
  },
}

/** A quotient by a power of 1 + exp(u) with other factors for some of the divisors, and for exp(u) if it stands above. */
function replaceLogistic(
  quotient: Expr,
  context: RuleContext,
  choose: (u: Expr, order: number, hasExponential: boolean) => readonly Expr[] | undefined,
): Expr | undefined {
  const { store } = context
  const above = factorsOf(quotient.args[0]!)
  const below = factorsOf(quotient.args[1]!)
  for (const [i, factor] of below.entries()) {
    const { base, exponent } = powerOf(factor, store)
    const u = logisticArgument(base, context)
    const order = rationalOf(exponent)
    if (u === undefined || !order?.isInteger || order.sign < 0) continue
    const j = above.findIndex((other) => sameAs(store, exponentOf(other, context), u))
    const chosen = choose(u, Number(order.numerator), j >= 0)
    if (chosen === undefined) continue
    const rest = writePower(store, base, store.rational(order.subtract(Rational.of(chosen.length, 1))))
    const up = store.mul([...above.filter((other, k) => k !== j && !isNumber(other, 1)), ...chosen])
    const down = store.mul(below.flatMap((other, k) => (k !== i ? [other] : isNumber(rest, 1) ? [] : [rest])))
    return isNumber(down, 1) ? up : store.div(up, down)
  }
  return undefined
}

/** Whether the loss has a sigmoid of one of these, or a softplus, of which it is the slope. */
function isSigmoidWritten(terms: readonly Expr[], { store, isWritten }: RuleContext): boolean {
  return terms.some((u) => ['sigmoid', 'softplus'].some((name) => isWritten(store.call(name, [u]))))
}

/** exp(-u)/(1 + exp(-u)) = 1/(1 + exp(u)) */
export const reciprocalOfLogistic: Rule = {
  id: 'reciprocal-of-logistic',
  title: 'exponential law',
  law: 'w*exp(-u)/(1 + exp(-u)) = w/(1 + exp(u))',
  because: 'numerator and denominator are divided by the exponential',
  examples: [['x*exp(-y)/(1 + exp(-y))', 'x/(1 + exp(y))']],
  on: ['div'],
  apply(term, context) {
    const { store } = context
    const above = factorsOf(term.args[0]!)
    const below = factorsOf(term.args[1]!)
    for (const [i, factor] of below.entries()) {
      const u = logisticArgument(factor, context)
      const turned = u === undefined ? undefined : opposite(store, u)
      if (u === undefined || !isNegative(store, u)) continue
      const j = above.findIndex((other) => sameAs(store, exponentOf(other, context), u))
      if (j < 0) continue
      const sum = store.add([store.number(1), store.call('exp', [turned!])])
      const up = above.filter((_, k) => k !== j)
      return store.div(store.mul(up), store.mul(below.map((other, k) => (k === i ? sum : other))))
    }
    return undefined
  },
}

/** 1 - 1/(1 + exp(u)) = sigmoid(u) */
export const complementOfLogistic: Rule = {
  id: 'complement-of-logistic',
  title: 'sigmoid identity',
  law: '1 - 1/(1 + exp(u)) = sigmoid(u)',
  because: 'brought over one denominator this is the logistic sigmoid',
  examples: [['1 - y - 1/(1 + exp(x))', 'sigmoid(x) - y']],
  on: ['add'],
  apply(term, context) {
    const { store } = context
    const i = term.args.findIndex((arg) => isNumber(arg, 1))
    if (i < 0) return undefined
    for (const [j, arg] of term.args.entries()) {
      if (arg.kind !== 'neg' || arg.args[0]!.kind !== 'div' || !isNumber(arg.args[0]!.args[0]!, 1)) continue
      const u = logisticArgument(arg.args[0]!.args[1]!, context)
      if (u === undefined) continue
      const sigmoid = store.call('sigmoid', [u])
      return store.add(term.args.flatMap((other, k) => (k === i ? [sigmoid] : k === j ? [] : [other])))
    }
    return undefined
  },
}

/** sigmoid(u)*exp(-u) = sigmoid(-u), sigmoid(u)^2*exp(-u) = sigmoid(u)*(1 - sigmoid(u)), sigmoid(u)*(1 + exp(-u)) = 1 */
export const sigmoidTimesExponential: Rule = {
  id: 'sigmoid-times-exponential',
  title: 'sigmoid identity',
  law: 'w*sigmoid(u)*exp(-u) = w*sigmoid(-u)',
  because: 'by the definition of the sigmoid, its reciprocal is 1 + exp(-u)',
  examples: [
    ['x*sigmoid(y)*exp(-y)', 'x*sigmoid(-y)'],
    ['sigmoid(y)^2*exp(-y)', 'sigmoid(y)*(1 - sigmoid(y))'],
    ['x*sigmoid(y)*(1 + exp(-y))', 'x'],
    ['x*sigmoid(y)/exp(y)', 'x*sigmoid(-y)'],
    ['x*(1 - sigmoid(y))/exp(-y)', 'x*sigmoid(y)'],
  ],
  on: ['mul', 'div'],
  apply(term, context) {
    if (term.kind === 'div') return divideByExponential(term, context)
    const { store } = context
    for (const [i, factor] of term.args.entries()) {
      const { base, exponent } = powerOf(factor, store)
      const order = rationalOf(exponent)
      if (base.kind !== 'call' || base.name !== 'sigmoid' || !order?.isInteger || order.sign < 0) continue
      const turned = canonical(store, store.neg(base.args[0]!))
      const isOpposite = (u: Expr | undefined): boolean => u !== undefined && canonical(store, u) === turned
      const j = term.args.findIndex(
        (other) => isOpposite(exponentOf(other, context)) || isOpposite(logisticArgument(other, context)),
      )
      if (j < 0) continue
      const rest = writePower(store, base, store.rational(order.subtract(Rational.one)))
      const complement = isOpposite(exponentOf(term.args[j]!, context))
        ? [isNumber(rest, 1) ? sigmoidOfOpposite(store, base) : store.subtract(store.number(1), base)]
        : []
      return store.mul(
        term.args.flatMap((arg, k) =>
          k === i ? (isNumber(rest, 1) ? [] : [rest]) : k === j ? complement : [arg],
        ),
      )
    }
    return undefined
  },
}

/** w*sigmoid(u)/exp(u) = w*sigmoid(-u), and w*(1 - sigmoid(u))/exp(-u) = w*sigmoid(u) */
function divideByExponential(quotient: Expr, context: RuleContext): Expr | undefined {
  const { store } = context
  const above = factorsOf(quotient.args[0]!)
  const below = factorsOf(quotient.args[1]!)
  for (const [i, factor] of above.entries()) {
    const complemented = complementedSigmoid(factor)
    const sigmoid = complemented ?? factor
    if (sigmoid.kind !== 'call' || sigmoid.name !== 'sigmoid') continue
    const u = complemented === undefined ? sigmoid.args[0]! : opposite(store, sigmoid.args[0]!)
    const j = below.findIndex((other) => sameAs(store, exponentOf(other, context), u))
    if (j < 0) continue
    const left = complemented ?? sigmoidOfOpposite(store, sigmoid)
    const up = store.mul(above.map((arg, k) => (k === i ? left : arg)))
    const down = store.mul(below.filter((_, k) => k !== j))
    return isNumber(down, 1) ? up : store.div(up, down)
  }
  return undefined
}

/** sigmoid(-u) = 1 - sigmoid(u) */
export const oppositeSigmoid: Rule = {
  id: 'opposite-sigmoid',
  title: 'sigmoid identity',
  law: 'sigmoid(-u) = 1 - sigmoid(u)',
  because: 'the sigmoid of -u is 1 minus the sigmoid of u',
  examples: [['sigmoid(-x)', '1 - sigmoid(x)']],
  on: ['call'],
  apply(term, { store }) {
    if (term.kind !== 'call' || term.name !== 'sigmoid') return undefined
    const turned = opposite(store, term.args[0]!)
    return turned.kind === 'neg'
      ? undefined
      : store.subtract(store.number(1), store.call('sigmoid', [turned]))
  },
}

/** w*(1 - sigmoid(u)) = w*sigmoid(-u); beside sigmoid(u) itself, sigmoid(u)*(1 - sigmoid(u)) is the known form. */
export const complementOfSigmoid: Rule = {
  id: 'complement-of-sigmoid',
  title: 'sigmoid identity',
  law: 'w*(1 - sigmoid(u)) = w*sigmoid(-u)',
  because: '1 minus the sigmoid of u is the sigmoid of -u',
  examples: [
    ['x*(1 - sigmoid(y))', 'x*sigmoid(-y)'],
    ['sigmoid(-y)*(1 - sigmoid(-y))', 'sigmoid(y)*(1 - sigmoid(y))'],
  ],
  on: ['mul', 'neg', 'big', 'div'],
  apply(term, { store }) {
    for (const [i, factor] of term.args.entries()) {
      const call = complementedSigmoid(factor)
      if (call === undefined || (term.kind === 'big' && i < 2)) continue
      const turned = sigmoidOfOpposite(store, call)
      const j = term.args.findIndex((other) => powerOf(other, store).base === call)
      // Beside its complement the sigmoid is turned as well, and both have the argument with fewer signs.
      if (j >= 0 && term.args[j] !== call) continue
      const complement = store.subtract(store.number(1), turned)
      const [first, last] = j < 0 ? [i, -1] : [Math.min(i, j), Math.max(i, j)]
      return store.rebuild(
        term,
        term.args.map((arg, k) => (k === first ? turned : k === last ? complement : arg)),
      )
    }
    return undefined
  },
}

/** ind(u > 0) - sign(u)/(1 + exp(abs(u))) = sigmoid(u): the sigmoid as the stable form of the loss gives it. */
export const stableSigmoid: Rule = {
  id: 'stable-sigmoid',
  title: 'sigmoid identity',
  law: 'if(u > 0, 1, 0) - sign(u)*sigmoid(-abs(u)) = sigmoid(u)',
  needs: ['u != 0, as the slope of abs(u) demands'],
  because: 'for either sign of the argument this is its sigmoid',
  examples: [['if(x > 0, 1, 0) - sign(x)*sigmoid(-abs(x))', 'sigmoid(x)']],
  on: ['add'],
  apply(term, { store }) {
    for (const [i, indicator] of term.args.entries()) {
      const u = positiveIndicator(indicator)
      if (u === undefined) continue
      const size = store.call('abs', [u])
      const sign = store.call('sign', [u])
      const forms = [
        store.neg(store.mul([sign, store.call('sigmoid', [store.neg(size)])])),
        store.mul([sign, store.subtract(store.call('sigmoid', [size]), store.number(1))]),
        store.neg(store.div(sign, store.add([store.number(1), store.call('exp', [size])]))),
      ].map((form) => canonical(store, form))
      const j = term.args.findIndex((other) => forms.includes(canonical(store, other)))
      if (j < 0) continue
      const after = term.args.flatMap((arg, k) =>
        k === i ? [store.call('sigmoid', [u])] : k === j ? [] : [arg],
      )
      return { after: store.add(after), conditions: [store.relation('!=', u, store.number(0))] }
    }
    return undefined
  },
}

/** u of 1 + exp(u), in either order. */
function logisticArgument(sum: Expr, context: RuleContext): Expr | undefined {
  if (sum.kind !== 'add' || sum.args.length !== 2) return undefined
  const [first, second] = sum.args as [Expr, Expr]
  const [one, exponential] = isNumber(first, 1) ? [first, second] : [second, first]
  return isNumber(one, 1) ? exponentOf(exponential, context) : undefined
}

function sameAs(store: TermStore, left: Expr | undefined, right: Expr): boolean {
  return left !== undefined && canonical(store, left) === canonical(store, right)
}

/** The call of 1 - sigmoid(u). */
function complementedSigmoid(term: Expr): Expr | undefined {
  if (term.kind !== 'add' || term.args.length !== 2 || !isNumber(term.args[0]!, 1)) return undefined
  const inner = term.args[1]!.kind === 'neg' ? term.args[1].args[0]! : undefined
  return inner?.kind === 'call' && inner.name === 'sigmoid' ? inner : undefined
}

/** u of an indicator of u > 0. */
function positiveIndicator(term: Expr): Expr | undefined {
  if (term.kind !== 'piecewise' || term.args.length !== 3) return undefined
  const [condition, one, zero] = term.args as [Expr, Expr, Expr]
  const isPositive = condition.kind === 'relation' && condition.name === '>' && isZero(condition.args[1]!)
  return isPositive && isNumber(one, 1) && isZero(zero) ? condition.args[0] : undefined
}

/** Whether a term, or the first term of a sum, has a minus. */
function isNegative(store: TermStore, u: Expr): boolean {
  return u.kind === 'add' ? u.args[0]!.kind === 'neg' : monomialOf(store, u).negative
}

function sigmoidOfOpposite(store: TermStore, sigmoid: Expr): Expr {
  return store.call('sigmoid', [opposite(store, sigmoid.args[0]!)])
}

/** -u, with its sign in front, or nowhere where u has one to lose. */
function opposite(store: TermStore, u: Expr): Expr {
  if (u.kind === 'add') {
    // A difference turned around is no longer than it was; any other sum gets its minus in front.
    const negative = u.args.filter((arg) => arg.kind === 'neg').length
    if (2 * negative < u.args.length) return store.neg(u)
    const turned = u.args.map((arg) => (arg.kind === 'neg' ? arg.args[0]! : store.neg(arg)))
    return store.add([
      ...turned.filter((arg) => arg.kind !== 'neg'),
      ...turned.filter((arg) => arg.kind === 'neg'),
    ])
  }
  const { negative, powers } = monomialOf(store, u)
  if (negative) return writeMonomial(store, powers)
  return store.neg(u)
}
