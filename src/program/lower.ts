import { functions } from '../functions/index.ts'
import {
  type BigTerm,
  type DivTerm,
  type Expr,
  isNumber,
  type MulTerm,
  type SymbolTerm,
} from '../term/expr.ts'
import { guardsOf, isOnIndices } from '../term/guarded.ts'
import type { Scope } from '../term/scope.ts'
import { LogarithmLowering } from './logarithm.ts'
import { Graph, type Node } from './node.ts'
import { sidesOf, spreadExponential } from './stable-product.ts'
import { complementOf, differenceOfExponential, tangentOfSech } from './stable-sum.ts'

const definitionLimit = 200
/** Taller terms are lowered from the bottom up. */
const recursionLimit = 100

/** A term cannot be a program: an undefined function or a derivative not yet taken is in it. */
export class NoProgram extends Error {}

/** The indices bound around a term, from the outermost. */
export type Bound = readonly Node[]

/** Turns terms of one scope into nodes of one graph, in forms that neither overflow nor lose digits. */
export class Lowering {
  readonly graph = new Graph()
  /** The constants that the terms mean by their names; the environment must have no other values for these. */
  readonly constants = new Set<string>()
  readonly #nodes = new Map<string, Node>()
  readonly #logarithms = new LogarithmLowering(this)
  #unfolding = 0

  constructor(readonly scope: Scope) {}

  /** @throws NoProgram for a term that has no program. */
  lower(term: Expr, bound: Bound = []): Node {
    const key = keyOf(term, bound)
    let node = this.#nodes.get(key)
    if (node === undefined) {
      if (term.depth > recursionLimit) this.#lowerParts(term, bound)
      node = this.#lower(term, bound)
      this.#nodes.set(key, node)
    }
    return node
  }

  lowerAll(terms: readonly Expr[], bound: Bound): readonly Node[] {
    return terms.map((term) => this.lower(term, bound))
  }

  /** Lowers the parts of a tall term from the bottom up, so that the recursion stays low. */
  #lowerParts(term: Expr, bound: Bound): void {
    const pending: { readonly part: Expr; readonly bound: Bound; isOpen: boolean }[] = []
    const seen = new Set<string>()
    const open = (parent: Expr, outer: Bound) => {
      for (const [i, part] of parent.args.entries()) {
        const inner = parent.kind === 'big' && i === 2 ? [...outer, this.indexOf(parent, outer)] : outer
        const key = keyOf(part, inner)
        if (part.depth < recursionLimit || seen.has(key) || this.#nodes.has(key)) continue
        seen.add(key)
        pending.push({ part, bound: inner, isOpen: false })
      }
    }
    open(term, bound)
    for (let next = pending.at(-1); next !== undefined; next = pending.at(-1)) {
      if (next.isOpen) {
        this.lower(next.part, next.bound)
        pending.pop()
      } else {
        next.isOpen = true
        open(next.part, next.bound)
      }
    }
  }

  /** The term that a defined name or function stands for; any other term stands for itself. */
  resolve(term: Expr): Expr {
    let current = term
    for (let i = 0; current.kind === 'symbol' || current.kind === 'apply'; i++) {
      const unfolded = this.scope.unfold(current)
      if (unfolded === undefined) break
      if (i > definitionLimit) throw new NoProgram()
      current = unfolded
    }
    return current
  }

  /**
   * The index of a binder. Loops over the same range have the same index, so that their bodies share what they
   * compute and become one loop, unless the body has to tell them apart.
   */
  indexOf(term: BigTerm, bound: Bound): Node {
    const [from, to] = [term.args[0]!, term.args[1]!].map((side) => this.#side(side, bound)) as [Node, Node]
    const taken = new Set(bound.filter((_, i) => (term.args[2]!.loose & (1 << (bound.length - i))) !== 0))
    for (let copy = 0; ; copy++) {
      const index = this.index(from, to, copy)
      if (!taken.has(index)) return index
    }
  }

  /** The same bounds and the same copy are the same index; free ones are those of a partial derivative. */
  index(from: Node, to: Node, copy: number, isFree = false): Node {
    return this.graph.node({ kind: 'index', isFree, copy }, [from, to])
  }

  #side(term: Expr, bound: Bound): Node {
    const node = this.lower(term, bound)
    return isIntegral(term) ? node : this.graph.node({ kind: 'integer' }, [node])
  }

  #lower(term: Expr, bound: Bound): Node {
    const { graph } = this
    switch (term.kind) {
      case 'number':
        return graph.node({ kind: 'number', written: term.name })
      case 'symbol':
        return this.#symbol(term, bound)
      case 'bound': {
        const index = bound[bound.length - 1 - term.level]
        if (index === undefined) throw new NoProgram()
        return index
      }
      case 'add':
        return this.#sum(term.args, bound)
      case 'mul':
        return this.#guarded(term, bound) ?? this.#product(term, bound)
      case 'neg':
        return graph.negate(this.lower(term.args[0]!, bound))
      case 'div':
        return this.#guarded(term, bound) ?? this.#quotient(term, bound)
      case 'pow':
        return this.#power(term.args[0]!, term.args[1]!, bound)
      case 'call':
        if (!functions.has(term.name)) throw new NoProgram()
        if (term.name === 'log') return this.#logarithms.logarithm(term.args[0]!, bound)
        if (term.name === 'log1p') return this.#logarithms.logarithmOfOneAnd(term.args[0]!, bound)
        return (
          this.#logarithms.logarithmToBase(term, bound) ??
          graph.call(term.name, ...this.lowerAll(term.args, bound))
        )
      case 'apply': {
        const unfolded = this.scope.unfold(term)
        if (unfolded === undefined) throw new NoProgram()
        return this.#unfolded(unfolded, bound)
      }
      case 'big': {
        const index = this.indexOf(term, bound)
        return graph.reduce(term.name, index, this.lower(term.args[2]!, [...bound, index]))
      }
      case 'derivative':
        throw new NoProgram()
      case 'delta': {
        const [left, right] = this.lowerAll(term.args, bound) as [Node, Node]
        return left === right ? graph.number(1) : graph.compare('==', left, right)
      }
      case 'piecewise': {
        const parts = this.lowerAll(term.args, bound)
        let node = parts.at(-1)!
        for (let i = parts.length - 3; i >= 0; i -= 2) node = graph.choose(parts[i]!, parts[i + 1]!, node)
        return node
      }
      case 'relation': {
        const [left, right] = this.lowerAll(term.args, bound) as [Node, Node]
        return graph.compare(term.name, left, right)
      }
      case 'logical': {
        const parts = this.lowerAll(term.args, bound)
        if (term.name === 'not') return graph.subtract(graph.number(1), parts[0]!)
        const decided = graph.number(term.name === 'and' ? 0 : 1)
        return parts.reduceRight((rest, part) =>
          term.name === 'and' ? graph.choose(part, rest, decided) : graph.choose(part, decided, rest),
        )
      }
    }
  }

  /** A product with an indicator on indices is computed only where that is 1: elsewhere its elements may be missing. */
  #guarded(term: MulTerm | DivTerm, bound: Bound): Node | undefined {
    const { graph, scope } = this
    const guards = guardsOf(term).filter(
      (guard) => guard.kind === 'delta' || isOnIndices(guard.args[0]!, scope),
    )
    if (guards.length === 0) return undefined
    const { store } = scope
    const above = term.kind === 'div' ? term.args[0]! : term
    const product = store.mul(
      (above.kind === 'mul' ? above.args : [above]).filter((factor) => !guards.includes(factor)),
    )
    const rest = this.lower(term.kind === 'div' ? store.div(product, term.args[1]!) : product, bound)
    return guards.reduceRight((value, guard) => {
      const condition = this.lower(guard.kind === 'delta' ? guard : guard.args[0]!, bound)
      return graph.choose(condition, value, graph.number(0))
    }, rest)
  }

  #symbol(term: SymbolTerm, bound: Bound): Node {
    const { name, args } = term
    const unfolded = this.scope.unfold(term)
    if (unfolded !== undefined) return this.#unfolded(unfolded, bound)
    const { graph } = this
    if ((name === 'pi' || name === 'e') && this.isConstant(term)) {
      this.constants.add(name)
      return graph.node({ kind: 'constant', name })
    }
    return this.elements(name, this.lowerAll(args, bound))
  }

  /** The element of a name at these indices, all of them. */
  elements(name: string, indices: readonly Node[]): Node {
    const { graph } = this
    let node = graph.node({ kind: 'input', name, isArray: indices.length > 0 })
    for (const [position, index] of indices.entries()) {
      const isArray = position + 1 < indices.length
      const base = this.scope.indexBase(name, position)
      node = graph.node({ kind: 'element', base, isArray }, [node, index])
    }
    return node
  }

  /** Whether this is pi or e, where these names are not otherwise used. */
  isConstant({ name, args }: SymbolTerm): boolean {
    if (args.length > 0 || (name !== 'pi' && name !== 'e')) return false
    const declaration = this.scope.declaration(name)
    // Beside an indexed pi_k, the name alone is still the constant.
    return declaration === undefined || declaration.role === 'constant' || declaration.ranges.length > 0
  }

  #unfolded(body: Expr, bound: Bound): Node {
    if (++this.#unfolding > definitionLimit) throw new NoProgram()
    const node = this.lower(body, bound)
    this.#unfolding--
    return node
  }

  /** `exp(u) - 1`, `1 - exp(u)` and `1 - sigmoid(u)` do not cancel. */
  #sum(terms: readonly Expr[], bound: Bound): Node {
    const { graph } = this
    const complement = complementOf(terms, this)
    if (complement !== undefined) {
      const argument = this.lower(complement.argument, bound)
      return graph.call(complement.name, complement.isNegated ? graph.negate(argument) : argument)
    }
    const tangent = tangentOfSech(terms, this)
    if (tangent !== undefined) {
      const secant = graph.node({ kind: 'divide' }, [
        graph.number(1),
        graph.call('cosh', this.lower(tangent.args[0]!, bound)),
      ])
      return graph.multiply([secant, secant])
    }
    const difference = differenceOfExponential(terms, this)
    if (difference === undefined) return graph.add(this.lowerAll(terms, bound))
    const value = graph.call('expm1', this.lower(difference.argument, bound))
    return difference.sign < 0 ? graph.negate(value) : value
  }

  #product(term: MulTerm, bound: Bound): Node {
    const spread = spreadExponential(term, this, this.scope.store)
    return spread === undefined
      ? this.graph.multiply(this.lowerAll(term.args, bound))
      : this.lower(spread, bound)
  }

  /** exp(z_q)/sum(k=1..K, exp(z_k)) is computed with the logarithms, which do not overflow. */
  #quotient(term: Expr, bound: Bound): Node {
    const { graph } = this
    const [above, below] = term.args as readonly [Expr, Expr]
    const plain = () => graph.node({ kind: 'divide' }, this.lowerAll([above, below], bound))
    const sides = sidesOf(above, below, (factor) => this.#logarithms.has(factor))
    if (sides === undefined) return plain()
    const [up, down] = sides
    const { store } = this.scope
    const exponentials = store.div(store.mul(up.exponential), store.mul(down.exponential))
    const value = graph.call('exp', this.#logarithms.lower(exponentials, bound))
    const product = graph.multiply([...this.lowerAll(up.plain, bound), value])
    const signed = up.isNegative === down.isNegative ? product : graph.negate(product)
    const quotient =
      down.plain.length === 0
        ? signed
        : graph.node({ kind: 'divide' }, [signed, graph.multiply(this.lowerAll(down.plain, bound))])
    return this.#logarithms.isPositive(exponentials) ? quotient : graph.orElse(plain(), quotient)
  }

  #power(base: Expr, exponent: Expr, bound: Bound): Node {
    const { graph } = this
    if (this.isEuler(base)) return graph.call('exp', this.lower(exponent, bound))
    const value = this.lower(base, bound)
    if (isNumber(exponent, 2)) return graph.multiply([value, value])
    return graph.node({ kind: 'power' }, [value, this.lower(exponent, bound)])
  }

  /** Whether this is the constant e. */
  isEuler(term: Expr): boolean {
    if (term.kind !== 'symbol' || term.name !== 'e' || !this.isConstant(term)) return false
    if (this.scope.declaration('e')?.definition !== undefined) return false
    this.constants.add('e')
    return true
  }
}

/** The term with what its loose indices mean; the same key is the same value. */
export function keyOf(term: Expr, bound: Bound): string {
  let key = `${term.id}`
  for (let level = 0; term.loose >>> level !== 0; level++) {
    if ((term.loose & (1 << level)) !== 0) key += ` ${bound[bound.length - 1 - level]?.id}`
  }
  return key
}

/** Whether this is an integer whatever the values, so long as counts are integers. */
function isIntegral(term: Expr): boolean {
  if (term.kind === 'bound') return true
  if (term.kind === 'number') return term.value.isInteger
  return (term.kind === 'add' || term.kind === 'neg') && term.args.every(isIntegral)
}
