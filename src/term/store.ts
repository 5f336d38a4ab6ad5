import type {
  BinderOperation,
  Expr,
  Kind,
  LogicalOperation,
  NumberTerm,
  RelationOperation,
  SymbolTerm,
} from './expr.ts'
import { LimitError, limits } from './limits.ts'
import { Rational } from './rational.ts'

const noArgs: readonly Expr[] = []
const noOrders: readonly number[] = []
const noNames: ReadonlySet<string> = new Set()

/** Every node has every field, so that all terms share one hidden class and field access stays fast. */
interface Node {
  readonly kind: Kind
  readonly args: readonly Expr[]
  readonly name: string
  readonly hint: string
  readonly level: number
  readonly orders: readonly number[]
  readonly value: Rational | undefined
  readonly hash: number
  readonly id: number
  readonly names: ReadonlySet<string>
  readonly loose: number
  readonly depth: number
  readonly size: number
  readonly hasDerivative: boolean
}

/**
 * Builds terms and keeps each written form once. A store lives as long as one call or one session; nothing
 * outside it holds on to its terms. The builders construct exactly what they are asked for: they never
 * reorder, merge or simplify.
 */
export class TermStore {
  readonly #nodes = new Map<number, Expr>()
  readonly #nameHashes = new Map<string, number>()
  #nextId = 1

  /** How many different terms the store holds. */
  get count(): number {
    return this.#nodes.size
  }

  /** The number written so, or the nonnegative integer given. */
  number(written: string | number | bigint): NumberTerm {
    const text = String(written)
    return this.#intern('number', noArgs, text) as NumberTerm
  }

  /** A rational number as people write it: `3`, `-3`, `2/3`, `-2/3`. */
  rational(value: Rational): Expr {
    const size = value.abs()
    const term = size.isInteger
      ? this.number(size.numerator)
      : this.div(this.number(size.numerator), this.number(size.denominator))
    return value.sign < 0 ? this.neg(term) : term
  }

  symbol(name: string, indices: readonly Expr[] = noArgs): SymbolTerm {
    return this.#intern('symbol', indices, name) as SymbolTerm
  }

  bound(level: number): Expr {
    if (level >= limits.binders) throw new LimitError(`indices are bound more than ${limits.binders} deep`)
    return this.#intern('bound', noArgs, '', '', level)
  }

  /** A sum; of no term it is 0, of one term that term. */
  add(terms: readonly Expr[]): Expr {
    return terms.length === 1 ? terms[0]! : terms.length === 0 ? this.number(0) : this.#intern('add', terms)
  }

  subtract(left: Expr, right: Expr): Expr {
    return this.add([left, this.neg(right)])
  }

  /** A product; of no factor it is 1, of one factor that factor. */
  mul(factors: readonly Expr[]): Expr {
    return factors.length === 1
      ? factors[0]!
      : factors.length === 0
        ? this.number(1)
        : this.#intern('mul', factors)
  }

  neg(term: Expr): Expr {
    return this.#intern('neg', [term])
  }

  div(numerator: Expr, denominator: Expr): Expr {
    return this.#intern('div', [numerator, denominator])
  }

  pow(base: Expr, exponent: Expr): Expr {
    return this.#intern('pow', [base, exponent])
  }

  call(name: string, args: readonly Expr[]): Expr {
    return this.#intern('call', args, name)
  }

  apply(name: string, args: readonly Expr[], orders: readonly number[] = args.map(() => 0)): Expr {
    return this.#intern('apply', args, name, '', 0, orders)
  }

  /** A sum, product, maximum or minimum over an index; in `body` bound index 0 is the new index. */
  big(operation: BinderOperation, hint: string, from: Expr, to: Expr, body: Expr): Expr {
    return this.#intern('big', [from, to, body], operation, hint)
  }

  derivative(body: Expr, variable: Expr): Expr {
    return this.#intern('derivative', [body, variable])
  }

  delta(left: Expr, right: Expr): Expr {
    return this.#intern('delta', [left, right])
  }

  /** `branches` are condition, value, …, and last the value otherwise: an odd number of terms. */
  piecewise(branches: readonly Expr[]): Expr {
    return this.#intern('piecewise', branches)
  }

  relation(operation: RelationOperation, left: Expr, right: Expr): Expr {
    return this.#intern('relation', [left, right], operation)
  }

  logical(operation: LogicalOperation, args: readonly Expr[]): Expr {
    return this.#intern('logical', args, operation)
  }

  /** The same term with other sub-terms. */
  rebuild(term: Expr, args: readonly Expr[]): Expr {
    if (args.length === term.args.length && args.every((arg, i) => arg === term.args[i])) return term
    const node: Node = term as Node
    return this.#intern(term.kind, args, node.name, node.hint, node.level, node.orders)
  }

  /** The term of this store that is written as a term of any store is. */
  adopt(term: Expr, adopted = new Map<Expr, Expr>()): Expr {
    const known = adopted.get(term)
    if (known !== undefined) return known
    const node: Node = term as Node
    const args = term.args.map((arg) => this.adopt(arg, adopted))
    const own = this.#intern(term.kind, args, node.name, node.hint, node.level, node.orders)
    adopted.set(term, own)
    return own
  }

  #intern(
    kind: Kind,
    args: readonly Expr[],
    name = '',
    hint = '',
    level = 0,
    orders: readonly number[] = noOrders,
  ): Expr {
    let hash = Math.imul(kindNumber[kind] + level * 31, 0x9e3779b1)
    if (name !== '') hash = Math.imul(hash ^ this.#nameHash(name), 0x85ebca6b)
    if (hint !== '') hash = Math.imul(hash ^ this.#nameHash(hint), 0xc2b2ae35)
    for (let i = 0; i < orders.length; i++) hash = Math.imul(hash ^ (orders[i]! + 17), 0x27d4eb2f)
    for (let i = 0; i < args.length; i++) {
      hash = Math.imul(hash ^ args[i]!.hash, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    hash |= 0
    let slot = hash
    for (let found = this.#nodes.get(slot); found !== undefined; found = this.#nodes.get(slot)) {
      if (found.hash === hash && isWritten(found as Node, kind, args, name, hint, level, orders)) return found
      slot = (slot + 1) | 0
    }
    let depth = 0
    let size = 1
    let loose = kind === 'bound' ? 1 << level : 0
    let hasDerivative = kind === 'derivative'
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      if (arg.depth > depth) depth = arg.depth
      size += arg.size
      hasDerivative ||= arg.hasDerivative
      loose |= kind === 'big' && i === 2 ? arg.loose >>> 1 : arg.loose
    }
    depth++
    if (depth > limits.depth) {
      throw new LimitError(`the expression is nested more than ${limits.depth} levels deep`)
    }
    const node: Node = {
      kind,
      args,
      name,
      hint,
      level,
      orders,
      value: kind === 'number' ? Rational.parse(name) : undefined,
      hash,
      id: this.#nextId++,
      names: namesOf(kind, name, args),
      loose,
      depth,
      size,
      hasDerivative,
    }
    this.#nodes.set(slot, node as Expr)
    return node as Expr
  }

  #nameHash(name: string): number {
    let hash = this.#nameHashes.get(name)
    if (hash === undefined) {
      hash = 0x811c9dc5
      for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
      this.#nameHashes.set(name, hash)
    }
    return hash
  }
}

const kindNumber: Readonly<Record<Kind, number>> = {
  number: 1,
  symbol: 2,
  bound: 3,
  add: 4,
  mul: 5,
  neg: 6,
  div: 7,
  pow: 8,
  call: 9,
  apply: 10,
  big: 11,
  derivative: 12,
  delta: 13,
  piecewise: 14,
  relation: 15,
  logical: 16,
}

function isWritten(
  node: Node,
  kind: Kind,
  args: readonly Expr[],
  name: string,
  hint: string,
  level: number,
  orders: readonly number[],
): boolean {
  if (node.kind !== kind || node.name !== name || node.hint !== hint || node.level !== level) return false
  if (node.args.length !== args.length || node.orders.length !== orders.length) return false
  for (let i = 0; i < args.length; i++) if (node.args[i] !== args[i]) return false
  for (let i = 0; i < orders.length; i++) if (node.orders[i] !== orders[i]) return false
  return true
}

/** The names in a term; a set that already holds them all is shared, not copied. */
function namesOf(kind: Kind, name: string, args: readonly Expr[]): ReadonlySet<string> {
  let largest = noNames
  for (const arg of args) if (arg.names.size > largest.size) largest = arg.names
  let copy: Set<string> | undefined
  const insert = (entry: string) => {
    if ((copy ?? largest).has(entry)) return
    copy ??= new Set(largest)
    copy.add(entry)
  }
  if (kind === 'symbol' || kind === 'apply') insert(name)
  for (const arg of args) {
    if (arg.names === largest) continue
    for (const entry of arg.names) insert(entry)
  }
  return copy ?? largest
}
