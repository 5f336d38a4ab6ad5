import { instantiateAll } from './binder.ts'
import type { ApplyTerm, Expr, SymbolTerm } from './expr.ts'
import { Facts } from './fact.ts'
import type { TermStore } from './store.ts'

/** What a name stands for. `definition` has a body; `function` is applied but has none. */
export type Role =
  | 'data'
  | 'parameter'
  | 'hyperparameter'
  | 'count'
  | 'index'
  | 'constant'
  | 'function'
  | 'definition'

export interface IndexRange {
  readonly from: Expr
  readonly to: Expr
}

/** `f(x) = m*x + b` or `p_k = exp(z_k)/…`: in `body` the parameters are bound indices, the last one level 0. */
export interface Definition {
  /** Whether it is applied to arguments, `f(x)`, or is a name with indices, `p_k`. */
  readonly form: 'function' | 'name'
  readonly parameters: readonly string[]
  readonly body: Expr
}

export interface Declaration {
  readonly name: string
  readonly role: Role
  /** The range of each index, where one is known; the length is the number of indices. */
  readonly ranges: readonly (IndexRange | undefined)[]
  readonly definition?: Definition
}

/** The variable that stands for "all parameters of the undefined functions", as in ∇f(x_i). */
export const nabla = '∇'

/** Names that mean a number unless they are indexed. */
export const constants: ReadonlySet<string> = new Set(['pi', 'e'])

/** What is known of the names of one loss: roles, ranges, definitions, facts. Immutable. */
export class Scope {
  readonly #declarations: ReadonlyMap<string, Declaration>
  readonly #relevant = new Map<string, ReadonlySet<string>>()
  readonly #indexed = new Map<string, boolean>()
  readonly #undefinedFunctions: readonly string[]
  #known: Facts | undefined

  constructor(
    readonly store: TermStore,
    /** In the order in which they are told to the user. */
    declarations: Iterable<Declaration> = [],
    /** Relations the user asserts, such as `p > 0` or `sum(k=1..K, t_k) == 1`. */
    readonly facts: readonly Expr[] = [],
    /** The facts in the user's own words. */
    readonly factTexts: ReadonlyMap<Expr, string> = new Map(),
  ) {
    this.#declarations = new Map([...declarations].map((declaration) => [declaration.name, declaration]))
    this.#undefinedFunctions = this.namesWithRole('function')
  }

  /** The facts, prepared to be asked what they say of a term. */
  get known(): Facts {
    this.#known ??= new Facts(this.store, this.facts)
    return this.#known
  }

  get declarations(): Iterable<Declaration> {
    return this.#declarations.values()
  }

  get hasDefinitions(): boolean {
    for (const { definition } of this.#declarations.values()) if (definition !== undefined) return true
    return false
  }

  declaration(name: string): Declaration | undefined {
    return this.#declarations.get(name)
  }

  role(name: string): Role | undefined {
    return this.#declarations.get(name)?.role
  }

  namesWithRole(role: Role): readonly string[] {
    return [...this.#declarations.values()].filter((entry) => entry.role === role).map((entry) => entry.name)
  }

  /** The index of element 0: 0 for a name whose index is declared to start there, else 1. */
  indexBase(name: string, position: number): 0 | 1 {
    const from = this.#declarations.get(name)?.ranges[position]?.from
    return from?.kind === 'number' && from.value.sign === 0 ? 0 : 1
  }

  /** The definition of a name or of an applied function, with its arguments put in; else nothing. */
  unfold(term: SymbolTerm | ApplyTerm): Expr | undefined {
    const definition = this.#declarations.get(term.name)?.definition
    if (definition === undefined || definition.parameters.length !== term.args.length) return undefined
    if ((definition.form === 'function') !== (term.kind === 'apply')) return undefined
    if (term.kind === 'apply' && term.orders.some((order) => order > 0)) return undefined
    return instantiateAll(this.store, definition.body, term.args)
  }

  /**
   * Whether the value of `term` cannot depend on `variable`. Looks through definitions, and takes an undefined
   * function none of whose arguments has a parameter (`f(x_i)`) to depend on every parameter. ∇ stands for all
   * parameters.
   */
  freeOf(term: Expr, variable: SymbolTerm): boolean {
    if (variable.name === nabla && this.#hasParameter(term)) return false
    const relevant = this.#relevantNames(variable.name)
    for (const name of relevant) {
      if (!term.names.has(name)) continue
      // As in #hasParameter: a bare pi beside pi_k.
      const isConstantToo = name === variable.name && variable.args.length > 0 && constants.has(name)
      if (!isConstantToo || this.#hasIndexed(term, name)) return false
    }
    for (const name of this.#undefinedFunctions) {
      if (term.names.has(name)) return !this.#hasOpenFunction(term)
    }
    return true
  }

  /** Whether this is `f(x_i)`: an undefined function applied to terms in which no parameter occurs. */
  isOpenFunction(term: Expr): boolean {
    return (
      term.kind === 'apply' &&
      this.#declarations.get(term.name)?.definition === undefined &&
      !term.args.some((arg) => this.#hasParameter(arg) || this.#hasOpenFunction(arg))
    )
  }

  #hasOpenFunction(term: Expr, seen = new Set<Expr>()): boolean {
    if (seen.has(term)) return false
    seen.add(term)
    if (this.isOpenFunction(term)) return true
    return term.args.some((arg) => this.#hasOpenFunction(arg, seen))
  }

  /** Whether the name occurs with an index. */
  #hasIndexed(term: Expr, name: string): boolean {
    if (!term.names.has(name)) return false
    const key = `${term.id} ${name}`
    let has = this.#indexed.get(key)
    if (has === undefined) {
      has =
        (term.kind === 'symbol' && term.name === name && term.args.length > 0) ||
        term.args.some((arg) => this.#hasIndexed(arg, name))
      this.#indexed.set(key, has)
    }
    return has
  }

  #hasParameter(term: Expr): boolean {
    for (const name of term.names) {
      const declaration = this.#declarations.get(name)
      // Beside an indexed pi_k, a bare pi is still the constant.
      const mayBeConstant = constants.has(name) && (declaration?.ranges.length ?? 0) > 0
      if (declaration?.role === 'parameter' && (!mayBeConstant || this.#hasIndexed(term, name))) return true
      if (declaration?.definition !== undefined && this.#hasParameter(declaration.definition.body))
        return true
    }
    return false
  }

  /** The variable's name and the names whose definitions use it, directly or not. */
  #relevantNames(name: string): ReadonlySet<string> {
    const known = this.#relevant.get(name)
    if (known !== undefined) return known
    const relevant = new Set([name])
    for (let grown = true; grown; ) {
      grown = false
      for (const { name: other, definition } of this.#declarations.values()) {
        if (definition === undefined || relevant.has(other)) continue
        for (const used of relevant) {
          if (definition.body.names.has(used)) {
            relevant.add(other)
            grown = true
            break
          }
        }
      }
    }
    this.#relevant.set(name, relevant)
    return relevant
  }
}
