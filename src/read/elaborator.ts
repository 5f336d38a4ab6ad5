import { functions } from '../functions/index.ts'
import type { Expr, RelationOperation } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import { LimitError, limits } from '../term/limits.ts'
import { derivativeBy } from '../term/power-variable.ts'
import { Rational } from '../term/rational.ts'
import { type Definition, type IndexRange, nabla } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { bindBig } from './binders.ts'
import { readApplication, readCall } from './calls.ts'
import { ReadError, type Source } from './error.ts'
import { quote } from './filter/index.ts'
import { readName } from './indexed-names.ts'
import type { Chain, Comparison, DerivativeNode, Power, Span, Surface } from './surface.ts'
import { type Binder, type NameUse, newUse } from './uses.ts'

/** What elaboration knows before it starts. */
export interface Context {
  readonly store: TermStore
  /** Names with a value for each sample. */
  readonly data: ReadonlySet<string>
  /** Named in an option: never a constant, a delta or an index label. */
  readonly named: ReadonlySet<string>
  /** Free indices that the variables bring. */
  readonly indexNames: ReadonlySet<string>
  /** Name → the smallest number of indices it stands with, 0 for `y`. */
  readonly fewest: ReadonlyMap<string, number>
  /** What the text counts samples by where a sum leaves it out; nothing where it does not say. */
  readonly sampleCount: string | undefined
  readonly readTemplate: (template: string) => Expr
}

/** From surface trees to terms: understands names and binds indices. Records how each name is used. */
export class Elaborator {
  readonly store: TermStore
  readonly context: Context
  readonly definitions = new Map<string, Definition>()
  readonly uses = new Map<string, NameUse>()
  /** Names in the bounds of sums. */
  readonly counts = new Set<string>()
  readonly freeIndices = new Map<string, { readonly source: Source; readonly span: Span }>()
  /** Indices on the left side of definitions, `p_k = …`; what they range over is told by their uses. */
  readonly parameters: Binder[] = []
  /** Every binder of a sum or the like. */
  readonly allBinders: Binder[] = []
  readonly binders: Binder[] = []
  /** `pi` and `e` without an index: constants, also beside a `pi_k`. */
  readonly constants = new Map<string, NameUse>()
  readonly warnings: string[] = []
  /** The first name that is used in two ways. */
  clash: ReadError | undefined
  /** What the per-sample names inside an implied sum are indexed by: a place in `binders`, or a free index. */
  sample: number | Expr | undefined
  source: Source = { text: '' }
  /** Whether the index of a name is read, where a name that nothing binds is a free index. */
  inIndex = false

  constructor(context: Context) {
    this.store = context.store
    this.context = context
  }

  /** What samples are counted by. */
  get sampleCount(): string {
    return this.context.sampleCount ?? 'N'
  }

  /** Whether a range is that of the samples. */
  isOverSamples({ to }: IndexRange): boolean {
    return to.names.has('N') || to.names.has('n') || to.names.has(this.sampleCount)
  }

  /** The term of a tree; @throws LimitError when the tree is too deep to be walked. */
  read(node: Surface, source: Source, condition = false): Expr {
    if (node.depth > limits.depth) {
      throw new LimitError(
        `the expression is nested ${node.depth} levels deep, calls counting twice; the limit is ${limits.depth}`,
      )
    }
    this.source = source
    const { sample, inIndex } = this
    const depth = this.binders.length
    try {
      return condition ? this.condition(node) : this.term(node)
    } catch (error) {
      // Other texts are read after one that cannot be: no binder of this one may stay around them.
      this.binders.length = depth
      this.sample = sample
      this.inIndex = inIndex
      throw error
    }
  }

  fail(span: Span, message: string, hint?: string): never {
    throw new ReadError(this.source, span, { message, hint })
  }

  /** A name used in two ways: no loss can be meant, though a term may be. */
  noteClash(span: Span, message: string, hint?: string): void {
    this.clash ??= new ReadError(this.source, span, { message, hint })
  }

  term(written: Surface): Expr {
    const node = written.kind === 'group' ? written.body : written
    const { store } = this
    switch (node.kind) {
      case 'number':
        // An exponent of more digits would be a number that fills the memory.
        if (/e[+-]?\d{5}/i.test(node.text)) this.fail(node, 'this number is too large or too small')
        // 1e-3 is kept as 0.001: LaTeX has no other way to write it that reads back as the same number.
        return store.number(/e/i.test(node.text) ? Rational.parse(node.text).toDecimal()! : node.text)
      case 'name':
        return readName(this, node)
      case 'chain':
        return node.op === '+' || node.op === '-' ? this.#sum(node) : this.#product(node)
      case 'negation':
        return store.neg(this.term(node.body))
      case 'power':
        return this.#power(node)
      case 'call':
        return node.own ? readApplication(this, node) : readCall(this, node)
      case 'fraction':
        return store.div(this.term(node.numerator), this.term(node.denominator))
      case 'root':
        return this.#root(this.term(node.body), node.degree && this.term(node.degree))
      case 'absolute':
        return store.call('abs', [this.term(node.body)])
      case 'big':
        return bindBig(this, node)
      case 'derivative':
        return this.derivative(node)
      case 'cases': {
        const branches: Expr[] = []
        node.rows.forEach((row, i) => {
          // The cases of a textbook cover everything, so the last one needs no condition.
          if (i < node.rows.length - 1) {
            if (row.condition === undefined) this.fail(row.value, '"otherwise" must be the last case')
            branches.push(this.condition(row.condition))
          }
          branches.push(this.term(row.value))
        })
        return branches.length === 1 ? branches[0]! : store.piecewise(branches)
      }
      case 'transposed':
      case 'norm':
      case 'inner':
      case 'component':
        return this.fail(node, 'vectors cannot stand here', 'write it with indices: sum(j=1..d, w_j*x_j)')
      case 'range':
        return this.fail(node, 'a range such as "i=1..N" stands here', 'ranges belong in sum(i=1..N, …)')
      case 'comparison':
      case 'logical':
        return this.fail(
          node,
          'a condition stands where a number is expected',
          'write if(condition, a, b) or ind(condition)',
        )
      case 'group':
        return this.term(node)
    }
  }

  /** A relation, or relations joined by `and`, `or`, `not`; else the term itself. */
  condition(written: Surface): Expr {
    const node = written.kind === 'group' ? written.body : written
    if (node.kind === 'comparison') return this.#comparison(node)
    if (node.kind !== 'logical') return this.term(node)
    const args = [...node.args]
    for (
      let first = args[0]!;
      first.kind === 'logical' && first.op === node.op && node.op !== 'not';
      first = args[0]!
    ) {
      args.splice(0, 1, ...first.args)
    }
    return this.store.logical(
      node.op,
      args.map((arg) => this.condition(arg)),
    )
  }

  #comparison(node: Comparison): Expr {
    const operation = (node.op === '=' ? '==' : node.op) as RelationOperation
    if (node.op === ':=' || node.op === 'in') this.fail(node, `${quote(node.op)} cannot stand in a condition`)
    const right = this.term(node.right)
    if (node.left.kind !== 'comparison') return this.store.relation(operation, this.term(node.left), right)
    const left = this.#comparison(node.left)
    const middle = left.kind === 'logical' ? left.args.at(-1)!.args[1]! : left.args[1]!
    const parts = left.kind === 'logical' ? left.args : [left]
    return this.store.logical('and', [...parts, this.store.relation(operation, middle, right)])
  }

  #sum(node: Chain): Expr {
    const links: Chain[] = []
    let left: Surface = node
    while (left.kind === 'chain' && (left.op === '+' || left.op === '-')) {
      links.push(left)
      left = left.left
    }
    const terms = [this.term(left)]
    for (let i = links.length - 1; i >= 0; i--) {
      const right = this.term(links[i]!.right)
      terms.push(links[i]!.op === '-' ? this.store.neg(right) : right)
    }
    return this.store.add(terms)
  }

  #product(node: Chain): Expr {
    const links: Chain[] = []
    let left: Surface = node
    while (left.kind === 'chain' && (left.op === '*' || left.op === '/')) {
      links.push(left)
      left = left.left
    }
    let factors = [this.term(left)]
    for (let i = links.length - 1; i >= 0; i--) {
      const { op, right } = links[i]!
      const factor = this.term(right)
      if (op === '*') factors.push(factor)
      else factors = [this.store.div(this.store.mul(factors), factor)]
    }
    return this.store.mul(factors)
  }

  /** The links lean to the left, `^` associates to the right; a sign in an exponent reaches to its end. */
  #power(node: Power): Expr {
    const exponents: Surface[] = []
    let base: Surface = node
    while (base.kind === 'power') {
      exponents.push(base.right)
      base = base.left
    }
    let exponent = this.term(exponents[0]!)
    for (const next of exponents.slice(1)) {
      exponent =
        next.kind === 'negation'
          ? this.store.neg(this.store.pow(this.term(next.body), exponent))
          : this.store.pow(this.term(next), exponent)
    }
    return this.store.pow(this.term(base), exponent)
  }

  #root(body: Expr, degree: Expr | undefined): Expr {
    if (degree === undefined || isNumber(degree, 2)) return this.store.call('sqrt', [body])
    if (isNumber(degree, 3) && functions.has('cbrt')) return this.store.call('cbrt', [body])
    return this.store.pow(body, this.store.div(this.store.number(1), degree))
  }

  derivative(node: DerivativeNode): Expr {
    let result = this.term(node.body)
    const variables =
      node.variables.length === 0
        ? [this.store.symbol(nabla)]
        : node.variables.map((variable) => this.#variable(variable))
    for (const variable of variables.reverse()) result = derivativeBy(this.store, result, variable)
    return result
  }

  #variable(node: Surface): Expr {
    if (node.kind === 'power') return this.store.pow(this.#variable(node.left), this.term(node.right))
    if (node.kind !== 'name') this.fail(node, 'a derivative is taken by a name, such as m or w_k')
    return node.name === nabla ? this.store.symbol(nabla) : readName(this, node)
  }

  /** The bound index of this name here, if one is in reach. */
  lookup(name: string): Expr | undefined {
    for (let i = this.binders.length - 1; i >= 0; i--) {
      if (this.binders[i]!.name === name) return this.store.bound(this.binders.length - 1 - i)
    }
    return undefined
  }

  use(name: string, span: Span): NameUse {
    let use = this.uses.get(name)
    if (use === undefined) {
      use = newUse(this.source, name, span)
      this.uses.set(name, use)
    }
    return use
  }
}
