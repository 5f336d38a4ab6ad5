import { type Expr, isNumber } from '../term/expr.ts'
import { Rational } from '../term/rational.ts'
import type { Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { factorsOf, rationalOf } from './algebra/number.ts'
import { valueByOrder } from './known-side.ts'
import type { Rewritten, Rule } from './rule.ts'
import { isKnown } from './sign.ts'

/** sum(k, t_k) = 1, where it is asserted, or where a definition makes it so */
export const assertedEqual: Rule = {
  id: 'assumption',
  title: 'assumption',
  law: 'sum(k=1..K, t_k) = 1',
  needs: ['sum(k=1..K, t_k) = 1 is asserted, or follows from a definition'],
  because: 'it is equal as asserted, or by a definition',
  examples: [['sum(k=1..K, t_k)', '1']],
  on: ['symbol', 'apply', 'add', 'mul', 'div', 'pow', 'call', 'big'],
  apply(term, { scope }) {
    const equal = scope.known.equal(term)
    // An equation is used in the direction that makes things shorter, or two of them would go round in circles.
    if (equal === undefined || (equal.value.size >= term.size && equal.value.kind !== 'number'))
      return undefined
    return { after: equal.value, title: titleOf(equal.fact, scope) }
  },
}

/** y^2 = 1 for y in {-1, 1}, y^2 = y for y in {0, 1} */
export const powerOfChoice: Rule = {
  id: 'power-of-choice',
  title: 'assumption',
  law: 'y^2 = y',
  needs: ['y in {0, 1} is asserted'],
  because: 'the power is the same for each of the values that are asserted',
  examples: [['y^3', 'y']],
  on: ['pow'],
  apply(term, { store, scope }) {
    const [base, exponent] = term.args as [Expr, Expr]
    const known = scope.known.values(base)
    const power = rationalOf(exponent)
    if (known === undefined || !power?.isInteger || power.sign <= 0 || power.compare(Rational.of(64)) > 0) {
      return undefined
    }
    const title = titleOf(known.fact, scope)
    const powers = known.value.map((value) => value.power(Number(power.numerator)))
    if (powers.every((value, i) => value.equals(known.value[i]!))) return { after: base, title }
    if (powers.every((value) => value.equals(powers[0]!))) return { after: store.rational(powers[0]!), title }
    return undefined
  },
}

/** y*(1 - y*u) = y - u for y in {-1, 1} */
export const choiceTimesSum: Rule = {
  id: 'choice-times-sum',
  title: 'assumption',
  law: 'y*(1 - y*u) = y - u',
  needs: ['y in {-1, 1} is asserted'],
  because: 'multiplied into the brackets, the square of each of the asserted values is 1',
  examples: [['2*y*(1 - y*x)', '2*(y - x)']],
  on: ['mul'],
  apply(term, { store, scope }) {
    for (const [i, factor] of term.args.entries()) {
      const known = scope.known.values(factor)
      if (known === undefined || !known.value.every((value) => value.power(2).equals(Rational.one))) continue
      const isMultiple = (summand: Expr) => factorsOf(stripSign(summand)).includes(factor)
      const j = term.args.findIndex((other) => other.kind === 'add' && other.args.some(isMultiple))
      if (j < 0) continue
      const times = (summand: Expr): Expr => {
        const factors = factorsOf(stripSign(summand)).filter((other) => !isNumber(other, 1))
        const own = factors.indexOf(factor)
        const product = store.mul(own < 0 ? [factor, ...factors] : factors.filter((_, k) => k !== own))
        return summand.kind === 'neg' ? store.neg(product) : product
      }
      const sum = store.add(term.args[j]!.args.map(times))
      const after = store.mul(term.args.flatMap((arg, k) => (k === j ? [sum] : k === i ? [] : [arg])))
      return { after, title: titleOf(known.fact, scope) }
    }
    return undefined
  },
}

function stripSign(term: Expr): Expr {
  return term.kind === 'neg' ? term.args[0]! : term
}

/** |p| = p, sign(p) = 1, max(0, p) = p for p > 0 */
export const functionOfKnownSign: Rule = {
  id: 'function-of-known-sign',
  title: 'assumption',
  law: 'abs(p) = p',
  needs: ['p > 0 is asserted'],
  because: 'the sign is asserted',
  examples: [
    ['abs(p)', 'p'],
    ['sign(p)', '1'],
    ['max(0, p)', 'p'],
    ['relu(p)', 'p'],
  ],
  on: ['call'],
  apply(term, { store, scope }) {
    if (term.kind !== 'call') return undefined
    const after = valueByOrder(term.name, term.args, store, scope)
    return after && asserted(after, term, scope)
  },
}

/** if(p > 0, u, v) = u for p > 0 */
export const knownCase: Rule = {
  id: 'known-case',
  title: 'assumption',
  law: 'if(p > 0, u, v) = u',
  needs: ['p > 0 is asserted'],
  because: 'the condition is asserted to hold',
  examples: [
    ['if(p > 0, x, 2*x)', 'x'],
    ['if(p < 0, x, 2*x)', '2*x'],
  ],
  on: ['piecewise'],
  apply(term, { store, scope }) {
    const kept: Expr[] = []
    for (let i = 0; i + 1 < term.args.length; i += 2) {
      const [condition, value] = [term.args[i]!, term.args[i + 1]!]
      if (isRefuted(condition, store, scope)) continue
      if (isKnown(condition, scope)) {
        kept.push(value)
        break
      }
      kept.push(condition, value)
    }
    if (kept.length % 2 === 0) kept.push(term.args.at(-1)!)
    if (kept.length === term.args.length) return undefined
    return asserted(kept.length === 1 ? kept[0]! : store.piecewise(kept), term, scope)
  },
}

const opposite = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': '!=', '!=': '==' } as const

function isRefuted(condition: Expr, store: TermStore, scope: Scope): boolean {
  if (condition.kind !== 'relation') return false
  const [left, right] = condition.args as [Expr, Expr]
  return isKnown(store.relation(opposite[condition.name], left, right), scope)
}

/** delta_{i,j} = 0 for i != j */
export const knownDelta: Rule = {
  id: 'known-delta',
  title: 'assumption',
  law: 'delta_{i,j} = 0',
  needs: ['i != j is asserted'],
  because: 'the indices are asserted to be different',
  examples: [['delta_{i,j}', '0']],
  on: ['delta'],
  apply(term, { store, scope }) {
    const [left, right] = term.args as [Expr, Expr]
    const unequal = scope.known.saying(store.relation('!=', left, right))
    if (unequal !== undefined) return { after: store.number(0), title: titleOf(unequal, scope) }
    const equal = scope.known.saying(store.relation('==', left, right))
    return equal && { after: store.number(1), title: titleOf(equal, scope) }
  },
}

/** The rewriting under the fact that has a name in common with the term; nothing where no fact has. */
export function asserted(after: Expr, term: Expr, scope: Scope): Rewritten | undefined {
  const fact = scope.facts.find(
    (candidate) =>
      !isOfDefinition(candidate, scope) && [...candidate.names].some((name) => term.names.has(name)),
  )
  return fact && { after, title: titleOf(fact, scope) }
}

/** `since …` in the user's words; of what a definition says, the definition. */
export function titleOf(fact: Expr, scope: Scope): string {
  const text = scope.factTexts.get(fact)
  if (text === undefined) return 'assumption'
  return isOfDefinition(fact, scope) ? text : `since ${text}`
}

/** Whether a fact follows from a definition, which its text then names. */
function isOfDefinition(fact: Expr, scope: Scope): boolean {
  return scope.factTexts.get(fact)?.startsWith('definition ') ?? false
}
