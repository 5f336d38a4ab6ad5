import { accepts, findFunction, functions } from '../functions/index.ts'
import { abstract, instantiate } from '../term/binder.ts'
import type { Expr, RelationOperation } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import { LimitError, limits } from '../term/limits.ts'
import { Rational } from '../term/rational.ts'
import { type Definition, nabla } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import { bindBig, bindCall } from './binders.ts'
import { ReadError, type Source } from './error.ts'
import { quote } from './filter.ts'
import { isAccented, letterWords } from './spelling.ts'
import type { Call, Chain, Comparison, DerivativeNode, NameNode, Power, Span, Surface } from './surface.ts'
import type { Binder, NameUse } from './uses.ts'

export const constantNames: ReadonlySet<string> = new Set(['pi', 'e'])

/** What elaboration knows before it starts. */
export interface Context {
  readonly store: TermStore
  /** Names with a value for each sample. */
  readonly data: ReadonlySet<string>
  /** Named in an option: never a constant, a delta or an index label. */
  readonly named: ReadonlySet<string>
  /** Free indices that the variables bring. */
  readonly indexNames: ReadonlySet<string>
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
  #inIndex = false

  constructor(context: Context) {
    this.store = context.store
    this.context = context
  }

  /** The term of a tree; @throws LimitError when the tree is too deep to be walked. */
  read(node: Surface, source: Source, condition = false): Expr {
    if (node.depth > limits.depth) {
      throw new LimitError(
        `the expression is nested ${node.depth} levels deep, calls counting twice; the limit is ${limits.depth}`,
      )
    }
    this.source = source
    return condition ? this.condition(node) : this.term(node)
  }

  fail(span: Span, message: string, hint?: string): never {
    throw new ReadError(this.source, span, { message, hint })
  }

  /** A name used in two ways: no loss can be meant, though a term may be. */
  #clash(span: Span, message: string, hint?: string): void {
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
        return this.name(node)
      case 'chain':
        return node.op === '+' || node.op === '-' ? this.#sum(node) : this.#product(node)
      case 'negation':
        return store.neg(this.term(node.body))
      case 'power':
        return this.#power(node)
      case 'call':
        return node.own ? this.#apply(node) : this.#call(node)
      case 'fraction':
        return store.div(this.term(node.numerator), this.term(node.denominator))
      case 'root':
        return this.#root(this.term(node.body), node.degree && this.term(node.degree))
      case 'absolute':
        return store.call('abs', [this.term(node.body)])
      case 'big':
        return bindBig(this, node)
      case 'derivative':
        return this.#derivative(node)
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

  #derivative(node: DerivativeNode): Expr {
    let result = this.term(node.body)
    const variables =
      node.variables.length === 0
        ? [this.store.symbol(nabla)]
        : node.variables.map((variable) => this.#variable(variable))
    for (const variable of variables.reverse()) result = this.store.derivative(result, variable)
    return result
  }

  #variable(node: Surface): Expr {
    if (node.kind !== 'name') this.fail(node, 'a derivative is taken by a name, such as m or w_k')
    return node.name === nabla ? this.store.symbol(nabla) : this.name(node)
  }

  #call(node: Call): Expr {
    const bound = bindCall(this, node)
    if (bound !== undefined) return bound
    const { store } = this
    if (node.name === 'D') {
      const [body, ...variables] = node.args
      if (body === undefined || variables.length === 0)
        this.fail(node, 'D needs a term and a variable: D(u, x)')
      return this.#derivative({ ...node, kind: 'derivative', body, variables })
    }
    if (node.name === 'if') {
      if (node.args.length < 3 || node.args.length % 2 === 0) {
        this.fail(node, 'if needs a condition and two values: if(x > 0, x, 0)')
      }
      const last = node.args.length - 1
      const branches: Expr[] = []
      for (const arg of node.args) {
        const isCondition = branches.length % 2 === 0 && branches.length < last
        branches.push(isCondition ? this.#relation(arg) : this.term(arg))
      }
      return store.piecewise(branches)
    }
    if (node.name === 'ind') {
      if (node.args.length !== 1) this.fail(node, 'ind needs one condition: ind(x > 0)')
      return store.piecewise([this.#relation(node.args[0]!), store.number(1), store.number(0)])
    }
    return this.#known(node)
  }

  #relation(node: Surface): Expr {
    const term = this.condition(node)
    if (term.kind !== 'relation' && term.kind !== 'logical')
      this.fail(node, 'expected a condition such as x > 0')
    return term
  }

  /** A function of the table. */
  #known(node: Call): Expr {
    const { store } = this
    // No callback here: the fewer frames a level takes, the deeper the terms that a stack holds.
    const args: Expr[] = []
    for (const arg of node.args) args.push(this.term(arg))
    let { name } = node
    let power = node.power && this.term(node.power)
    if (power?.kind === 'neg' && isNumber(power.args[0]!, 1) && functions.has(`a${name}`)) {
      name = `a${name}`
      power = undefined
    }
    let result: Expr
    const spec = findFunction(name, args.length)
    if (spec === undefined || !accepts(spec, args.length)) {
      const wanted = spec?.args.length ?? 1
      const count = `${spec?.variadic ? 'at least ' : ''}${wanted === 1 ? 'one argument' : `${wanted} arguments`}`
      return this.fail(
        node,
        `${name} takes ${count}, ${args.length === 1 ? 'one is' : `${args.length} are`} given`,
      )
    }
    if (node.orders.length > 0) {
      const derivative = spec.derivative[0]
      if (derivative === undefined || args.length !== 1 || node.orders[0] !== 1) {
        return this.fail(node, `this derivative of ${name} cannot be read`, `write it as D(${name}(u), u)`)
      }
      result = instantiate(
        store,
        abstract(store, this.context.readTemplate(derivative), spec.args[0]!),
        args[0]!,
      )
    } else result = spec.variadic && args.length === 1 ? args[0]! : store.call(spec.name, args)
    return power === undefined ? result : store.pow(result, power)
  }

  /** A function of the user's, with a definition or without. */
  #apply(node: Call): Expr {
    const args: Expr[] = []
    for (const arg of node.args) args.push(this.term(arg))
    const definition = this.definitions.get(node.name)
    const wanted = definition?.form === 'function' ? definition.parameters.length : args.length
    if (wanted !== args.length) {
      this.fail(
        node,
        `${node.name} takes ${wanted === 1 ? 'one argument' : `${wanted} arguments`}, ${args.length} are given`,
      )
    }
    const use = this.use(node.name, node)
    use.asFunction = true
    if (use.arity >= 0 && use.arity !== args.length) {
      this.#clash(node, `${node.name} has ${use.arity} arguments elsewhere, ${args.length} here`)
    }
    use.arity = args.length
    if (node.orders.length > 0 && node.orders.length !== args.length) {
      this.fail(node, `${node.name} with ${args.length} arguments needs as many orders of differentiation`)
    }
    const applied = this.store.apply(
      node.name,
      args,
      node.orders.length > 0 ? node.orders : args.map(() => 0),
    )
    return node.power === undefined ? applied : this.store.pow(applied, this.term(node.power))
  }

  /** A name, with its indices and, inside an implied sum, the sample's index in front. */
  name(node: NameNode): Expr {
    const { store } = this
    let { name, indices: written } = node
    if (written.length === 0) {
      const bound = this.lookup(name)
      if (bound !== undefined) return bound
      if (this.#inIndex) {
        this.freeIndices.set(name, this.freeIndices.get(name) ?? { source: this.source, span: node })
        return store.symbol(name)
      }
    } else if (this.#isLabel(written[0]!)) {
      name = `${name}_${(written[0] as NameNode).name}`
      written = written.slice(1)
    }
    const indices = written.map((index) => this.#index(index))
    // A user's own delta_i has one index; beside it the delta with two is still Kronecker's.
    const isOwn = () => this.context.named.has(name) && this.uses.get(name)?.positions.length !== 1
    if (name === 'delta' && indices.length === 2 && !isOwn()) {
      return store.delta(indices[0]!, indices[1]!)
    }
    const prefix = this.#samplePrefix(name, indices)
    if (prefix !== undefined) indices.unshift(prefix)
    this.#record(name, indices, node)
    return store.symbol(name, indices)
  }

  /** The bound index of this name here, if one is in reach. */
  lookup(name: string): Expr | undefined {
    for (let i = this.binders.length - 1; i >= 0; i--) {
      if (this.binders[i]!.name === name) return this.store.bound(this.binders.length - 1 - i)
    }
    return undefined
  }

  #index(node: Surface): Expr {
    const outer = this.#inIndex
    this.#inIndex = true
    const index = this.term(node)
    this.#inIndex = outer
    return index
  }

  /** `out` in `w_{out}`: a word is part of the name unless it is an index. */
  #isLabel(node: Surface): boolean {
    if (node.kind !== 'name' || node.indices.length > 0 || node.name.length < 2) return false
    if (letterWords.has(node.name) || isAccented(node.name) || this.context.indexNames.has(node.name))
      return false
    return this.lookup(node.name) === undefined
  }

  #samplePrefix(name: string, indices: readonly Expr[]): Expr | undefined {
    if (this.sample === undefined) return undefined
    const definition = this.definitions.get(name)
    if (
      definition === undefined
        ? !this.context.data.has(name)
        : definition.parameters.length !== indices.length + 1
    ) {
      return undefined
    }
    const first = indices[0]
    if (definition === undefined && first?.kind === 'bound') {
      const { range } = this.binders[this.binders.length - 1 - first.level]!
      if (range?.to === this.store.symbol('N')) return undefined
    }
    return typeof this.sample === 'number'
      ? this.store.bound(this.binders.length - 1 - this.sample)
      : this.sample
  }

  use(name: string, span: Span): NameUse {
    let use = this.uses.get(name)
    if (use === undefined) {
      use = this.#newUse(name, span)
      this.uses.set(name, use)
    }
    return use
  }

  #newUse(name: string, span: Span): NameUse {
    const { source } = this
    return {
      name,
      source,
      span,
      arity: -1,
      positions: [],
      fixed: new Map(),
      perSample: false,
      asFunction: false,
    }
  }

  #record(name: string, indices: readonly Expr[], node: Span): void {
    if (indices.length === 0 && constantNames.has(name)) {
      if (!this.constants.has(name)) this.constants.set(name, this.#newUse(name, node))
      return
    }
    const use = this.use(name, node)
    if (indices.length > 0 && indices.every((index) => index.kind === 'number')) {
      use.fixed.set(indices.map((index) => (index.kind === 'number' ? index.name : '')).join(','), indices)
      return
    }
    if (use.asFunction) {
      this.#clash(node, `${name} is a function elsewhere`, `write ${name}(…) or choose another name`)
      return
    }
    if (use.arity >= 0 && use.arity !== indices.length) {
      const count = (n: number) => (n === 0 ? 'no index' : n === 1 ? 'one index' : `${n} indices`)
      const sampled = this.context.data.has(name) && indices.length < use.arity
      this.#clash(
        node,
        `${name} has ${count(indices.length)} here and ${count(use.arity)} elsewhere`,
        sampled ? `${name} has a value for each sample; outside a sum it needs an index` : undefined,
      )
      return
    }
    use.arity = indices.length
    for (let i = 0; i < indices.length; i++) {
      const position = use.positions[i] ?? { binders: new Set(), shifted: [], free: new Set() }
      use.positions[i] = position
      this.#recordIndex(use, position, indices[i]!)
    }
  }

  #recordIndex(use: NameUse, position: NameUse['positions'][number], index: Expr): void {
    if (index.kind === 'symbol' && index.args.length === 0) position.free.add(index.name)
    const bound = index.kind === 'add' ? index.args.find((arg) => arg.kind === 'bound') : index
    if (bound?.kind !== 'bound') return
    const binder = this.binders[this.binders.length - 1 - bound.level]!
    const { range } = binder
    if (range !== undefined && (range.to.names.has('N') || range.to.names.has('n'))) use.perSample = true
    if (index === bound) position.binders.add(binder)
    else if (range !== undefined && index.args.length === 2) {
      const other = index.args[0] === bound ? index.args[1]! : index.args[0]!
      const shifted = shiftRange(this.store, range.from, range.to, other)
      if (shifted !== undefined) position.shifted.push(shifted)
    }
  }
}

/** The range of `t + offset` for t from `from` to `to`. */
function shiftRange(
  store: TermStore,
  from: Expr,
  to: Expr,
  offset: Expr,
): { from: Expr; to: Expr } | undefined {
  const amount = offset.kind === 'neg' ? offset.args[0]! : offset
  if (amount.kind !== 'number' || from.kind !== 'number' || !amount.value.isInteger) return undefined
  const by = offset.kind === 'neg' ? amount.value.negate() : amount.value
  return { from: store.rational(from.value.add(by)), to: store.add([to, offset]) }
}
