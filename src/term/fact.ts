import { abstractAll, instantiateAll } from './binder.ts'
import { canonical } from './canonical.ts'
import type { Expr, RelationOperation } from './expr.ts'
import { matchBody } from './match.ts'
import { Rational } from './rational.ts'
import type { TermStore } from './store.ts'

/** How far down or up a term may go; `strict` where it cannot be the value itself. */
export interface Bound {
  readonly value: Rational
  readonly strict: boolean
}

/** What is known of a term, and the fact it is known from. */
export interface Known<T> {
  readonly value: T
  readonly fact: Expr
}

/** One relation that a fact asserts, of a subject with its free indices as parameters. */
interface Claim {
  readonly subject: Expr
  readonly form: Expr
  readonly count: number
  readonly operation: RelationOperation | 'in'
  readonly other: Expr
  readonly values: readonly Rational[]
  readonly fact: Expr
}

const turned: Readonly<Record<RelationOperation, RelationOperation>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
}

/**
 * Facts prepared to be asked what is known of a term. A free index in a fact stands for all its values: of
 * `y_i in {0, 1}` follows something for y_1 and for y_i under a sum.
 */
export class Facts {
  readonly #claims: readonly Claim[]

  constructor(
    readonly store: TermStore,
    readonly terms: readonly Expr[],
  ) {
    this.#claims = terms.flatMap((fact) => conjuncts(fact).flatMap((part) => this.#claimsOf(part, fact)))
  }

  get isEmpty(): boolean {
    return this.#claims.length === 0
  }

  /** The largest number that the term is known to be at least. */
  lower(term: Expr): Known<Bound> | undefined {
    return this.#bound(term, ['>', '>='], 1)
  }

  /** The smallest number that the term is known to be at most. */
  upper(term: Expr): Known<Bound> | undefined {
    return this.#bound(term, ['<', '<='], -1)
  }

  /** The only values that the term takes. */
  values(term: Expr): Known<readonly Rational[]> | undefined {
    const claim = this.#about(term).find(({ values }) => values.length > 0)
    return claim && { value: claim.values, fact: claim.fact }
  }

  /** The term that this one is asserted to be equal to. */
  equal(term: Expr): Known<Expr> | undefined {
    for (const { operation, subject, form, count, other, fact } of this.#claims) {
      if (operation !== '==') continue
      const indices = this.#match(subject, form, count, term)
      if (indices !== undefined) return { value: instantiateAll(this.store, other, indices), fact }
    }
    return undefined
  }

  /** The fact that says in so many words that the relation holds. */
  saying(relation: Expr): Expr | undefined {
    if (relation.kind !== 'relation') return this.terms.find((fact) => fact === relation)
    const [left, right] = relation.args as [Expr, Expr]
    const says = (subject: Expr, operation: RelationOperation, other: Expr) =>
      this.#claims.find((claim) => {
        if (claim.operation !== operation) return false
        const indices = this.#match(claim.subject, claim.form, claim.count, subject)
        return indices !== undefined && instantiateAll(this.store, claim.other, indices) === other
      })?.fact
    return says(left, relation.name, right) ?? says(right, turned[relation.name], left)
  }

  /** Two facts that cannot both hold, or one twice that cannot hold by itself. */
  contradiction(): readonly [Expr, Expr] | undefined {
    for (const [position, claim] of this.#claims.entries()) {
      if (isFalse(claim.fact)) return [claim.fact, claim.fact]
      for (const other of this.#claims.slice(0, position)) {
        if (other.form === claim.form && exclude(other, claim)) return [other.fact, claim.fact]
      }
    }
    return undefined
  }

  #bound(term: Expr, operations: readonly string[], direction: 1 | -1): Known<Bound> | undefined {
    let best: Known<Bound> | undefined
    const consider = (value: Rational, strict: boolean, fact: Expr) => {
      const order = best === undefined ? 1 : direction * value.compare(best.value.value)
      if (order > 0 || (order === 0 && strict)) best = { value: { value, strict }, fact }
    }
    for (const { operation, other, values, fact } of this.#about(term)) {
      const number = numberOf(other)
      if (values.length > 0) {
        const end = values.reduce((a, b) => (direction * a.compare(b) <= 0 ? a : b))
        consider(end, false, fact)
      } else if (number !== undefined && operations.includes(operation)) {
        consider(number, !operation.endsWith('='), fact)
      }
    }
    return best
  }

  #about(term: Expr): readonly Claim[] {
    return this.#claims.filter(
      ({ subject, form, count }) => this.#match(subject, form, count, term) !== undefined,
    )
  }

  /** The values of the free indices for which the subject is this term. */
  #match(subject: Expr, form: Expr, count: number, term: Expr): readonly Expr[] | undefined {
    if (subject.kind !== term.kind) return undefined
    if (count === 0) return subject === term || form === canonical(this.store, term) ? [] : undefined
    return (
      matchBody(this.store, subject, term, count) ??
      matchBody(this.store, form, canonical(this.store, term), count)
    )
  }

  #claimsOf(part: Expr, fact: Expr): readonly Claim[] {
    const { store } = this
    const claim = (
      left: Expr,
      operation: Claim['operation'],
      right: Expr,
      values: readonly Rational[],
    ): Claim => {
      const indices = part.loose === 0 ? freeIndices(left) : []
      const subject = abstractAll(store, left, indices)
      const other = abstractAll(store, right, indices)
      return {
        subject,
        form: canonical(store, subject),
        count: indices.length,
        operation,
        other,
        values,
        fact,
      }
    }
    const choice = choiceOf(part)
    if (choice !== undefined) return [claim(choice.subject, 'in', choice.subject, choice.values)]
    if (part.kind !== 'relation') return []
    const [left, right] = part.args as [Expr, Expr]
    const isTurned = numberOf(left) !== undefined && numberOf(right) === undefined
    const [subject, other] = isTurned ? [right, left] : [left, right]
    const operation = isTurned ? turned[part.name] : part.name
    const number = numberOf(other)
    const own = claim(subject, operation, other, operation === '==' && number !== undefined ? [number] : [])
    const size = number === undefined ? undefined : sizeOf(subject, number)
    if (size === undefined) return [own]
    const { inner, bound } = size
    if (operation === '==') return [own, claim(inner, 'in', inner, [bound.negate(), bound])]
    if (operation !== '<' && operation !== '<=') return [own]
    return [
      own,
      claim(inner, operation, store.rational(bound), []),
      claim(inner, turned[operation], store.rational(bound.negate()), []),
    ]
  }
}

/** Whether the fact says something false of numbers, such as `1 < 0`. */
function isFalse(fact: Expr): boolean {
  return conjuncts(fact).some((part) => {
    if (part.kind !== 'relation') return false
    const [left, right] = part.args.map(numberOf)
    return left !== undefined && right !== undefined && !holds(left, part.name, right)
  })
}

/** Whether no number satisfies both claims, which are of the same term. */
function exclude(a: Claim, b: Claim): boolean {
  if (a.values.length > 0) return a.values.every((value) => !satisfies(value, b))
  if (b.values.length > 0) return b.values.every((value) => !satisfies(value, a))
  const [left, right] = [numberOf(a.other), numberOf(b.other)]
  if (left === undefined || right === undefined) return false
  const [low, high] = a.operation.startsWith('>') ? [left, right] : [right, left]
  if (a.operation[0] === b.operation[0] || ![a, b].every(({ operation }) => /^[<>]/.test(operation)))
    return false
  const order = low.compare(high)
  return order > 0 || (order === 0 && !(a.operation.endsWith('=') && b.operation.endsWith('=')))
}

function satisfies(value: Rational, { values, operation, other }: Claim): boolean {
  if (values.length > 0) return values.some((choice) => choice.equals(value))
  const number = numberOf(other)
  return number === undefined || operation === 'in' || holds(value, operation, number)
}

function holds(left: Rational, operation: RelationOperation, right: Rational): boolean {
  const order = left.compare(right)
  return {
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
    '==': order === 0,
    '!=': order !== 0,
  }[operation]
}

/** The parts of a fact that are asserted each for itself. */
export function conjuncts(fact: Expr): readonly Expr[] {
  return fact.kind === 'logical' && fact.name === 'and' ? fact.args.flatMap(conjuncts) : [fact]
}

/** `y in {0, 1}`, which is held as `y == 0 or y == 1`. */
export function choiceOf(
  fact: Expr,
):
  | { readonly subject: Expr; readonly values: readonly Rational[]; readonly written: readonly Expr[] }
  | undefined {
  if (fact.kind !== 'logical' || fact.name !== 'or') return undefined
  const subject = fact.args[0]!.args[0]
  const written: Expr[] = []
  const values: Rational[] = []
  for (const part of fact.args) {
    if (part.kind !== 'relation' || part.name !== '==' || part.args[0] !== subject) return undefined
    const value = numberOf(part.args[1]!)
    if (value === undefined) return undefined
    written.push(part.args[1]!)
    values.push(value)
  }
  return subject === undefined ? undefined : { subject, values, written }
}

/** What a bound of |u| or u^2 says of u: |u| < 1 and u^2 < 1 lie between -1 and 1, and y^2 = 1 is y in {-1, 1}. */
function sizeOf(
  subject: Expr,
  value: Rational,
): { readonly inner: Expr; readonly bound: Rational } | undefined {
  const inner = subject.args[0]
  if (inner === undefined || value.sign < 0) return undefined
  if (subject.kind === 'call' && subject.name === 'abs') return { inner, bound: value }
  if (subject.kind !== 'pow' || numberOf(subject.args[1]!)?.equals(Rational.of(2)) !== true) return undefined
  const root = value.isInteger ? Rational.of(Math.round(Math.sqrt(Number(value.numerator)))) : undefined
  return root?.power(2).equals(value) ? { inner, bound: root } : undefined
}

/** The value of a term that is written as a number: 3, -3, 2/3. */
function numberOf(term: Expr): Rational | undefined {
  if (term.kind === 'number') return term.value
  if (term.kind === 'neg') return numberOf(term.args[0]!)?.negate()
  if (term.kind !== 'div') return undefined
  const [above, below] = [numberOf(term.args[0]!), numberOf(term.args[1]!)]
  return above === undefined || below === undefined || below.equals(Rational.zero)
    ? undefined
    : above.divide(below)
}

/** The names that stand by themselves as an index somewhere in the term. */
function freeIndices(term: Expr): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<Expr>()
  const visit = (node: Expr): void => {
    if (seen.has(node)) return
    seen.add(node)
    for (const arg of node.args) {
      if (node.kind === 'symbol') for (const name of arg.names) found.add(name)
      visit(arg)
    }
  }
  visit(term)
  return [...found]
}
