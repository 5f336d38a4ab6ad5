import { functions } from '../functions/index.ts'
import { type CallTerm, type Expr, isNumber } from '../term/expr.ts'
import type { Bound, Lowering } from './lower.ts'
import type { Node } from './node.ts'
import { type Complement, complementOf, differenceOfExponential, tangentOfSech } from './stable-sum.ts'

/** The functions whose values overflow, or underflow to 0, where their logarithms do not. */
const exponentials: ReadonlySet<string> = new Set(['exp', 'sigmoid', 'cosh', 'Phi', 'erfc', 'gamma'])

/** The logarithms of the bases of functions. */
export const logarithmsOfBases: ReadonlyMap<string, number> = new Map([
  ['log2', Math.LN2],
  ['log10', Math.LN10],
])

/** Nobody writes taller sums of exponentials, and walks of tall terms must not recurse. */
const heightLimit = 100

/**
 * The logarithms of terms made of exponentials, as nodes that neither overflow nor lose digits:
 * `log(1 + exp(u))`, `log(sum(k=1..K, exp(z_k)))`, `exp(z_q)/sum(k=1..K, exp(z_k))`, and of products over an
 * index, which may underflow.
 */
export class LogarithmLowering {
  readonly #has = new Map<Expr, boolean>()
  readonly #positive = new Map<Expr, boolean>()

  constructor(readonly lowering: Lowering) {}

  /** log(term). */
  logarithm(term: Expr, bound: Bound): Node {
    const { graph } = this.lowering
    const plain = () => this.#nearOne(term, bound) ?? graph.call('log', this.lowering.lower(term, bound))
    if (!this.has(term)) return plain()
    const value = this.lower(term, bound)
    // Two negative parts may make a positive whole.
    return this.isPositive(term) ? value : graph.orElse(value, plain())
  }

  /** The logarithm to a base, as a quotient of natural ones where that is safer; else nothing. */
  logarithmToBase({ name, args }: CallTerm, bound: Bound): Node | undefined {
    const { graph } = this.lowering
    const [term, base] = args as readonly [Expr, Expr | undefined]
    const known = logarithmsOfBases.get(name)
    if (known === undefined && name !== 'logbase') return undefined
    if (!this.has(term)) return undefined
    const ofBase = known === undefined ? this.logarithm(base!, bound) : graph.number(known)
    return graph.node({ kind: 'divide' }, [this.logarithm(term, bound), ofBase])
  }

  /** log(1 + term). */
  logarithmOfOneAnd(term: Expr, bound: Bound): Node {
    const { graph } = this.lowering
    const plain = graph.call('log1p', this.lowering.lower(term, bound))
    if (!this.has(term)) return plain
    const value = graph.call('softplus', this.lower(term, bound))
    return this.isPositive(term) ? value : graph.orElse(value, plain)
  }

  /** Whether the logarithm of a term is safer than that of its value: whether it is made of exponentials. */
  has(term: Expr): boolean {
    return this.#remembered(this.#has, term, (resolved) => {
      const { args } = resolved
      switch (resolved.kind) {
        case 'call':
          if (resolved.name === 'sqrt') return this.has(args[0]!)
          return exponentials.has(resolved.name)
        case 'pow':
          return this.lowering.isEuler(args[0]!) || this.has(args[0]!)
        case 'add':
          return (
            args.some((arg) => this.has(arg)) ||
            this.#complementOf(args) !== undefined ||
            tangentOfSech(args, this.lowering) !== undefined ||
            differenceOfExponential(args, this.lowering) !== undefined
          )
        case 'mul':
        case 'div':
          return args.some((arg) => this.has(arg))
        case 'big':
          return resolved.name === 'prod' || (resolved.name === 'sum' && this.has(args[2]!))
        default:
          return false
      }
    })
  }

  /** Whether a term is positive whatever the values in it, or 0 as a sum of nothing. */
  isPositive(term: Expr): boolean {
    return this.#remembered(this.#positive, term, (resolved) => {
      const { args } = resolved
      switch (resolved.kind) {
        case 'number':
          return resolved.value.sign > 0
        case 'symbol':
          return this.lowering.isConstant(resolved)
        case 'call':
          if (resolved.name === 'sqrt') return this.isPositive(args[0]!)
          return (
            functions.get(resolved.name)?.range === 'positive' ||
            ['sigmoid', 'Phi', 'erfc'].includes(resolved.name)
          )
        case 'pow':
          return this.lowering.isEuler(args[0]!) || this.isPositive(args[0]!)
        case 'add':
          return (
            args.every((arg) => this.isPositive(arg)) ||
            this.#complementOf(args) !== undefined ||
            tangentOfSech(args, this.lowering) !== undefined
          )
        case 'mul':
        case 'div':
          return args.every((arg) => this.isPositive(arg))
        case 'big':
          return this.isPositive(args[2]!)
        default:
          return false
      }
    })
  }

  #remembered(memo: Map<Expr, boolean>, term: Expr, decide: (resolved: Expr) => boolean): boolean {
    if (term.depth > heightLimit) return false
    let known = memo.get(term)
    if (known === undefined) {
      known = decide(this.lowering.resolve(term))
      memo.set(term, known)
    }
    return known
  }

  /** The logarithm, by parts where a part `has` one. */
  lower(term: Expr, bound: Bound): Node {
    const { graph } = this.lowering
    if (!this.has(term)) return graph.call('log', this.lowering.lower(term, bound))
    const resolved = this.lowering.resolve(term)
    const { args } = resolved
    const logarithmOf = (i: number) => this.lower(args[i]!, bound)
    switch (resolved.kind) {
      case 'call':
        return this.#ofCall(resolved.name, args[0]!, bound)
      case 'pow': {
        const exponent = this.lowering.lower(args[1]!, bound)
        return this.lowering.isEuler(args[0]!) ? exponent : graph.multiply([exponent, logarithmOf(0)])
      }
      case 'mul':
        return graph.add(args.map((_, i) => logarithmOf(i)))
      case 'div':
        return graph.subtract(logarithmOf(0), logarithmOf(1))
      case 'big': {
        const index = this.lowering.indexOf(resolved, bound)
        const body = this.lower(args[2]!, [...bound, index])
        return graph.reduce(resolved.name === 'sum' ? 'log-sum' : 'sum', index, body)
      }
      default:
        return this.#ofSum(args, bound)
    }
  }

  /** The complement that has a logarithm: that of sigmoid, Phi or erf. */
  #complementOf(terms: readonly Expr[]): Complement | undefined {
    const complement = complementOf(terms, this.lowering)
    return complement !== undefined && exponentials.has(complement.name) ? complement : undefined
  }

  #ofSum(terms: readonly Expr[], bound: Bound): Node {
    const { graph } = this.lowering
    const complement = this.#complementOf(terms)
    if (complement !== undefined) {
      const u = this.lowering.lower(complement.argument, bound)
      return this.#ofFunction(complement.name, complement.isNegated ? graph.negate(u) : u)
    }
    const tangent = tangentOfSech(terms, this.lowering)
    if (tangent !== undefined) {
      const logarithm = this.#logCosh(this.lowering.lower(tangent.args[0]!, bound))
      return graph.multiply([graph.number(-2), logarithm])
    }
    const difference = differenceOfExponential(terms, this.lowering)
    if (difference !== undefined) {
      const u = this.lowering.lower(difference.argument, bound)
      return difference.sign > 0 ? this.#ofExcess(u) : this.#ofLack(u)
    }
    const logarithmOf = (i: number) => this.lower(terms[i]!, bound)
    const one = terms.findIndex((arg) => isNumber(arg, 1))
    if (one >= 0 && terms.length === 2) return graph.call('softplus', logarithmOf(1 - one))
    return terms.map((_, i) => logarithmOf(i)).reduce((sum, part) => graph.call('logaddexp', sum, part))
  }

  /** log(1 - exp(u)), for u < 0. Where exp(u) is near 1 the difference, else the logarithm would lose digits. */
  #ofLack(u: Node): Node {
    const { graph } = this.lowering
    const near = graph.call('log', graph.negate(graph.call('expm1', u)))
    const far = graph.call('log1p', graph.negate(graph.call('exp', u)))
    return graph.choose(graph.compare('>', u, graph.number(-0.7)), near, far)
  }

  /** log(exp(u) - 1), for u > 0. */
  #ofExcess(u: Node): Node {
    const { graph } = this.lowering
    return graph.add([u, this.#ofLack(graph.negate(u))])
  }

  #ofCall(name: string, argument: Expr, bound: Bound): Node {
    const { graph } = this.lowering
    if (name === 'sqrt') {
      return graph.node({ kind: 'divide' }, [this.lower(argument, bound), graph.number(2)])
    }
    return this.#ofFunction(name, this.lowering.lower(argument, bound))
  }

  #ofFunction(name: string, u: Node): Node {
    const { graph } = this.lowering
    switch (name) {
      case 'exp':
        return u
      case 'sigmoid':
        return graph.call('logsigmoid', u)
      case 'Phi':
        return graph.call('lognormcdf', u)
      case 'erfc':
        return this.#logErfc(u)
      case 'gamma':
        return graph.choose(
          graph.compare('>', u, graph.number(0)),
          graph.call('lgamma', u),
          graph.call('log', graph.call('gamma', u)),
        )
      default:
        return this.#logCosh(u)
    }
  }

  /** log(2 Phi(-sqrt(2)u)), and where erfc is not small the logarithm of 1 - erf(u). */
  #logErfc(u: Node): Node {
    const { graph } = this.lowering
    const near = graph.call('log1p', graph.negate(graph.call('erf', u)))
    const scaled = graph.multiply([graph.number(-Math.SQRT2), u])
    const far = graph.add([graph.call('lognormcdf', scaled), graph.number(Math.LN2)])
    return graph.choose(graph.compare('<', u, graph.number(0.5)), near, far)
  }

  /** |u| + log(1 + exp(-2|u|)) - log(2), and near 0, where that cancels, log(1 + 2 sinh(u/2)²). */
  #logCosh(u: Node): Node {
    const { graph } = this.lowering
    const size = graph.call('abs', u)
    const two = graph.number(2)
    const half = graph.call('sinh', graph.node({ kind: 'divide' }, [u, two]))
    const near = graph.call('log1p', graph.multiply([two, half, half]))
    const decay = graph.call('exp', graph.negate(graph.multiply([two, size])))
    const far = graph.add([size, graph.call('log1p', decay), graph.negate(graph.call('log', two))])
    return graph.choose(graph.compare('<', size, graph.number(1)), near, far)
  }

  /** log(1 + u) and log(1 - u). */
  #nearOne(term: Expr, bound: Bound): Node | undefined {
    if (term.kind !== 'add' || term.args.length !== 2) return undefined
    const one = term.args.findIndex((arg) => isNumber(arg, 1))
    if (one < 0) return undefined
    return this.lowering.graph.call('log1p', this.lowering.lower(term.args[1 - one]!, bound))
  }
}
