import { occursBound, shift } from '../term/binder.ts'
import { type Expr, isNumber, type SymbolTerm } from '../term/expr.ts'
import type { IndexRange, Scope } from '../term/scope.ts'

/**
 * The vector forms of terms by components. They are terms with names and functions of their own, which no user
 * can write: `vector w` is a whole vector, `inner` an inner product, `outer` a column times a row, `elementwise` the
 * product of vectors by components. A function of one argument, applied to a vector, is taken by components too.
 */
export const vectorPrefix = 'vector '
export const inner = 'inner product'
export const outer = 'outer product'
export const elementwise = 'elementwise product'
export const ones = 'ones vector'
export const unit = 'unit vector'
export const identity = 'identity matrix'

/**
 * The whole of which a term is a component: of `-2*sum(i, x_{i,k}*(y_i - sum(j, w_j*x_{i,j})))` by k the vector
 * -2 Σ (y_i - wᵀx_i) x_i, of a term with two indices the matrix. Nothing where it has no such form.
 */
export function vectorFormOf(
  component: Expr,
  variables: readonly SymbolTerm[],
  scope: Scope,
): Expr | undefined {
  const indices = variables.flatMap(({ args }) => args)
  if (!indices.every((index): index is SymbolTerm => index.kind === 'symbol' && index.args.length === 0)) {
    return undefined
  }
  const names = indices.map((index) => (index as SymbolTerm).name)
  const ranges = variables.flatMap((variable) => scope.declaration(variable.name)?.ranges ?? [])
  const former = new VectorFormer(scope, names, ranges, !hasDelta(component))
  if (names.length === 1) return former.vector(component, names[0]!)
  return names.length === 2 && names[0] !== names[1]
    ? former.matrix(component, names[0]!, names[1]!)
    : undefined
}

class VectorFormer {
  readonly #scalars = new Map<Expr, Expr>()

  constructor(
    readonly scope: Scope,
    readonly indices: readonly string[],
    readonly ranges: readonly (IndexRange | undefined)[],
    /** A unit vector beside functions by components is not read back: a reader takes e_c for a name. */
    readonly hasFunctions: boolean,
  ) {}

  /** The vector with these components, the index `k` running. */
  vector(term: Expr, k: string): Expr | undefined {
    const { store } = this.scope
    if (!term.names.has(k)) {
      if (isNumber(term, 0)) return undefined
      const whole = store.symbol(ones)
      return isNumber(term, 1) ? whole : store.mul([this.#scalar(term), whole])
    }
    switch (term.kind) {
      case 'symbol':
        return this.#whole(term, [k])
      case 'delta': {
        const other = term.args.find((arg) => !arg.names.has(k))
        const isOwn = term.args.some(
          (arg) => arg.kind === 'symbol' && arg.args.length === 0 && arg.name === k,
        )
        return other !== undefined && isOwn ? store.symbol(unit, [other]) : undefined
      }
      case 'mul': {
        const moving = term.args.filter((arg) => arg.names.has(k))
        const whole = this.#elementwise(moving.map((arg) => this.vector(arg, k)))
        return (
          whole &&
          this.#scaled(
            term.args.filter((arg) => !arg.names.has(k)),
            whole,
          )
        )
      }
      case 'pow': {
        const base = isNumber(term.args[1]!, 2) ? this.vector(term.args[0]!, k) : undefined
        return this.#elementwise([base, base])
      }
      case 'call': {
        const argument =
          this.hasFunctions && term.args.length === 1 ? this.vector(term.args[0]!, k) : undefined
        return argument && store.call(term.name, [argument])
      }
      default:
        return this.#linear(term, [k], (part) => this.vector(part, k))
    }
  }

  /** The matrix with these entries, row `k` and column `l`. */
  matrix(term: Expr, k: string, l: string): Expr | undefined {
    const { store } = this.scope
    const [hasRow, hasColumn] = [term.names.has(k), term.names.has(l)]
    if (!hasRow || !hasColumn) return undefined
    switch (term.kind) {
      case 'symbol':
        return this.#whole(term, [k, l])
      case 'delta':
        return term.args.every((arg) => isName(arg, k) || isName(arg, l)) ? store.symbol(identity) : undefined
      case 'mul': {
        const rest = term.args.filter((arg) => !arg.names.has(k) && !arg.names.has(l))
        const both = term.args.filter((arg) => arg.names.has(k) && arg.names.has(l))
        const rows = term.args.filter((arg) => arg.names.has(k) && !arg.names.has(l))
        const columns = term.args.filter((arg) => arg.names.has(l) && !arg.names.has(k))
        if (both.length === 1 && rows.length + columns.length === 0) {
          const whole = this.matrix(both[0]!, k, l)
          return whole && this.#scaled(rest, whole)
        }
        if (both.length > 0 || rows.length !== 1 || columns.length !== 1) return undefined
        const [row, column] = [this.vector(rows[0]!, k), this.vector(columns[0]!, l)]
        return row && column && this.#scaled(rest, store.apply(outer, [row, column]))
      }
      default:
        return this.#linear(term, [k, l], (part) => this.matrix(part, k, l))
    }
  }

  /** What is linear in the part that the indices run through: sums, signs, quotients by a number. */
  #linear(term: Expr, indices: readonly string[], form: (part: Expr) => Expr | undefined): Expr | undefined {
    const { store } = this.scope
    const isMoving = (part: Expr) => indices.some((index) => part.names.has(index))
    switch (term.kind) {
      case 'neg': {
        const whole = form(term.args[0]!)
        return whole && store.neg(whole)
      }
      case 'add': {
        const parts = term.args.map(form)
        return parts.includes(undefined) ? undefined : store.add(parts as Expr[])
      }
      case 'div': {
        const [above, below] = term.args as [Expr, Expr]
        const whole = isMoving(below) ? undefined : form(above)
        return whole && this.#divided(whole, below)
      }
      case 'big': {
        const [from, to, body] = term.args as [Expr, Expr, Expr]
        if (term.name !== 'sum' || isMoving(from) || isMoving(to)) return undefined
        const whole = form(body)
        return whole && store.big('sum', term.hint, from, to, whole)
      }
      default:
        return undefined
    }
  }

  /** The product of vectors by components. */
  #elementwise(vectors: readonly (Expr | undefined)[]): Expr | undefined {
    const { store } = this.scope
    if (vectors.length === 0 || vectors.includes(undefined)) return undefined
    const [only] = vectors
    return vectors.length === 1 ? only : store.apply(elementwise, vectors as Expr[])
  }

  /** `2*w` over N as 2/N times w. */
  #divided(whole: Expr, divisor: Expr): Expr {
    const { store } = this.scope
    const isScaled = whole.kind === 'mul'
    const factors = isScaled ? whole.args.slice(0, -1) : [store.number(1)]
    const coefficient = store.div(store.mul(factors), this.#scalar(divisor))
    return store.mul([coefficient, isScaled ? whole.args.at(-1)! : whole])
  }

  /** Numbers in front, the vector last. */
  #scaled(factors: readonly Expr[], whole: Expr): Expr {
    const vector = whole.kind === 'mul' ? whole.args : [whole]
    return this.scope.store.mul([...factors.map((factor) => this.#scalar(factor)), ...vector])
  }

  /** `x_{i,k}` as x_i: the indices that run stand last, over the range that the parameter has. */
  #whole(term: SymbolTerm, indices: readonly string[]): Expr | undefined {
    const fixed = term.args.slice(0, term.args.length - indices.length)
    const own = term.args.slice(fixed.length)
    const areOwn = own.length === indices.length && own.every((arg, i) => isName(arg, indices[i]!))
    if (!areOwn || fixed.some((arg) => indices.some((index) => arg.names.has(index)))) return undefined
    const ranges = this.scope.declaration(term.name)?.ranges ?? []
    const isWhole = indices.every((index, i) => {
      const range = ranges[fixed.length + i]
      return sameRange(range, this.ranges[this.indices.indexOf(index)])
    })
    return isWhole ? this.scope.store.symbol(`${vectorPrefix}${term.name}`, fixed) : undefined
  }

  /** A number, with the inner products that stand in it written as such. */
  #scalar(term: Expr): Expr {
    if (term.args.length === 0) return term
    const known = this.#scalars.get(term)
    if (known !== undefined) return known
    const { store } = this.scope
    const isOperand = (position: number) => term.kind !== 'symbol' && (term.kind !== 'big' || position === 2)
    const parts = term.args.map((arg, position) => (isOperand(position) ? this.#scalar(arg) : arg))
    const result = this.#innerProduct(term) ?? store.rebuild(term, parts)
    this.#scalars.set(term, result)
    return result
  }

  /** `sum(j=1..d, w_j*x_{i,j})` as wᵀx_i, where the index runs through the whole of both. */
  #innerProduct(term: Expr): Expr | undefined {
    if (term.kind !== 'big' || term.name !== 'sum') return undefined
    const { store } = this.scope
    const [from, to, body] = term.args as [Expr, Expr, Expr]
    const factors = body.kind === 'mul' ? body.args : [body]
    const moving = factors.filter((factor) => occursBound(factor))
    const squared = moving.length === 1 && moving[0]!.kind === 'pow' && isNumber(moving[0]!.args[1]!, 2)
    const pair = squared ? [moving[0]!.args[0]!, moving[0]!.args[0]!] : moving
    if (pair.length !== 2) return undefined
    const wholes = pair.map((factor) => {
      if (factor.kind !== 'symbol') return undefined
      const fixed = factor.args.slice(0, -1)
      const last = factor.args.at(-1)
      if (last?.kind !== 'bound' || last.level !== 0 || fixed.some((arg) => occursBound(arg)))
        return undefined
      const range = this.scope.declaration(factor.name)?.ranges[fixed.length]
      if (!sameRange(range, { from, to })) return undefined
      return store.symbol(
        `${vectorPrefix}${factor.name}`,
        fixed.map((arg) => shift(store, arg, -1)),
      )
    })
    if (wholes.includes(undefined)) return undefined
    const rest = factors.filter((factor) => !occursBound(factor)).map((factor) => shift(store, factor, -1))
    const product = store.apply(inner, wholes as Expr[])
    return rest.length === 0 ? product : store.mul([...rest.map((factor) => this.#scalar(factor)), product])
  }
}

function hasDelta(term: Expr): boolean {
  return term.kind === 'delta' || term.args.some(hasDelta)
}

function isName(term: Expr, name: string): boolean {
  return term.kind === 'symbol' && term.args.length === 0 && term.name === name
}

function sameRange(left: IndexRange | undefined, right: IndexRange | undefined): boolean {
  return left !== undefined && right !== undefined && left.from === right.from && left.to === right.to
}
