import { functions } from '../functions/index.ts'
import { complementOf, differenceOfExponential, logarithmsOfBases, tangentOfSech } from '../program/index.ts'
import { type Expr, isNumber } from '../term/expr.ts'
import type { Code } from './machine.ts'
import type { TermCompiler } from './term-compiler.ts'

/** Nobody writes taller sums of exponentials, and walks of tall terms must not recurse. */
const heightLimit = 100

/**
 * Computes with the logarithms of terms made of exponentials, so that `log(1 + exp(u))`,
 * `log(sum(k=1..K, exp(z_k)))` and `exp(z_q)/sum(k=1..K, exp(z_k))` neither overflow nor lose digits.
 */
export class LogarithmCompiler {
  readonly #codes: Map<Expr, Code | undefined>[] = []

  constructor(readonly compiler: TermCompiler) {}

  /** log(u) for code that computes u. */
  compileLog(argument: Expr, value: Code, depth: number): Code {
    const plain = this.#nearOne(argument, depth) ?? ((machine) => Math.log(value(machine)))
    const stable = this.compile(argument, depth)
    if (stable === undefined) return plain
    return (machine) => {
      if (machine.shiftsDefinition) return plain(machine)
      const result = stable(machine)
      // Two negative parts may make a positive whole.
      return Number.isNaN(result) ? plain(machine) : result
    }
  }

  /** The logarithm to a base, as a quotient of natural ones where that is safer; else nothing. */
  compileLogToBase(name: string, args: readonly Expr[], depth: number): Code | undefined {
    const [term, base] = args as readonly [Expr, Expr | undefined]
    const known = logarithmsOfBases.get(name)
    if ((known === undefined && name !== 'logbase') || this.compile(term, depth) === undefined)
      return undefined
    const natural = (of: Expr) => this.compileLog(of, this.compiler.compile(of, depth), depth)
    const value = natural(term)
    if (known !== undefined) return (machine) => value(machine) / known
    const ofBase = natural(base!)
    return (machine) => value(machine) / ofBase(machine)
  }

  /** log(1 + u) for code that computes log1p(u); the same code for a term without exponentials. */
  compileLogOfOneAnd(argument: Expr, plain: Code, depth: number): Code {
    const stable = this.compile(argument, depth)
    if (stable === undefined) return plain
    return (machine) => {
      const result = machine.shiftsDefinition ? Number.NaN : softplus(stable(machine))
      return Number.isNaN(result) ? plain(machine) : result
    }
  }

  /** Code for the logarithm of a term; nothing for a term without exponentials. */
  compile(term: Expr, depth: number): Code | undefined {
    this.#codes[depth] ??= new Map()
    const atDepth = this.#codes[depth]
    if (atDepth.has(term)) return atDepth.get(term)
    if (term.depth > heightLimit) return undefined
    const resolved = this.compiler.resolve(term)
    const code = this.#compile(resolved, depth)
    const remembered = code && this.compiler.remember(resolved, depth, code)
    atDepth.set(term, remembered)
    return remembered
  }

  #compile(term: Expr, depth: number): Code | undefined {
    switch (term.kind) {
      case 'call':
        return this.#ofCall(term.name, term.args[0]!, depth)
      case 'pow': {
        const exponent = this.compiler.compile(term.args[1]!, depth)
        if (this.compiler.isEuler(term.args[0]!)) return exponent
        const base = this.compile(term.args[0]!, depth)
        return base && ((machine) => exponent(machine) * base(machine))
      }
      case 'mul': {
        if (!term.args.some((arg) => this.compile(arg, depth))) return undefined
        const factors = term.args.map((arg) => this.#any(arg, depth))
        return (machine) => factors.reduce((sum, factor) => sum + factor(machine), 0)
      }
      case 'div': {
        if (!term.args.some((arg) => this.compile(arg, depth))) return undefined
        const above = this.#any(term.args[0]!, depth)
        const below = this.#any(term.args[1]!, depth)
        return (machine) => above(machine) - below(machine)
      }
      case 'add': {
        const special = this.#ofStableSum(term.args, depth)
        if (special !== undefined) return special
        if (!term.args.some((arg) => this.compile(arg, depth))) return undefined
        const terms = term.args.map((arg) => this.#any(arg, depth))
        return (machine) => {
          const total = new LogarithmOfSum()
          for (const code of terms) total.add(code(machine))
          return total.value
        }
      }
      case 'big': {
        if (term.name !== 'sum' && term.name !== 'prod') return undefined
        if (term.name === 'sum' && !this.compile(term.args[2]!, depth + 1)) return undefined
        // The product of many probabilities underflows where none of them does.
        const body = this.#any(term.args[2]!, depth + 1)
        const from = this.compiler.compile(term.args[0]!, depth)
        const to = this.compiler.compile(term.args[1]!, depth)
        return (machine) => {
          const total = new LogarithmOfSum()
          let product = 0
          const last = to(machine)
          for (let i = from(machine); i <= last; i++) {
            machine.setIndex(depth, i)
            if (term.name === 'sum') total.add(body(machine))
            else product += body(machine)
          }
          return term.name === 'sum' ? total.value : product
        }
      }
      default:
        return undefined
    }
  }

  #ofCall(name: string, argument: Expr, depth: number): Code | undefined {
    if (name === 'sqrt') {
      const inner = this.compile(argument, depth)
      return inner && ((machine) => inner(machine) / 2)
    }
    const logarithm = logarithms.get(name)
    const u = this.compiler.compile(argument, depth)
    return logarithm && ((machine) => logarithm(u(machine)))
  }

  /** Of `1 - sigmoid(u)`, `1 - Phi(u)`, `1 - erf(u)`, `1 - tanh(u)^2`, `exp(u) - 1` and `1 - exp(u)`. */
  #ofStableSum(terms: readonly Expr[], depth: number): Code | undefined {
    const complement = complementOf(terms, this.compiler)
    const logarithm = complement && logarithms.get(complement.name)
    if (complement !== undefined && logarithm !== undefined) {
      const u = this.compiler.compile(complement.argument, depth)
      return complement.isNegated ? (machine) => logarithm(-u(machine)) : (machine) => logarithm(u(machine))
    }
    const tangent = tangentOfSech(terms, this.compiler)
    if (tangent !== undefined) {
      const u = this.compiler.compile(tangent.args[0]!, depth)
      return (machine) => -2 * logCosh(u(machine))
    }
    const difference = differenceOfExponential(terms, this.compiler)
    if (difference === undefined) return undefined
    const u = this.compiler.compile(difference.argument, depth)
    if (difference.sign < 0) return (machine) => logOneMinusExp(u(machine))
    return (machine) => {
      const value = u(machine)
      return value + logOneMinusExp(-value)
    }
  }

  #any(term: Expr, depth: number): Code {
    const value = this.compiler.compile(term, depth)
    return this.compile(term, depth) ?? ((machine) => Math.log(value(machine)))
  }

  /** log(1 + u) and log(1 - u). */
  #nearOne(term: Expr, depth: number): Code | undefined {
    if (term.kind !== 'add' || term.args.length !== 2) return undefined
    const one = term.args.findIndex((arg) => isNumber(arg, 1))
    if (one < 0) return undefined
    const other = this.compiler.compile(term.args[1 - one]!, depth)
    return (machine) => Math.log1p(other(machine))
  }
}

const softplus = functions.get('softplus')!.evaluate
const gamma = functions.get('gamma')!.evaluate
const erf = functions.get('erf')!.evaluate
const logDistribution = functions.get('lognormcdf')!.evaluate
const lgamma = functions.get('lgamma')!.evaluate

/** The logarithms of functions that overflow, or underflow to 0. */
const logarithms: ReadonlyMap<string, (u: number) => number> = new Map([
  ['exp', (u) => u],
  ['sigmoid', functions.get('logsigmoid')!.evaluate],
  ['Phi', logDistribution],
  ['erfc', logErfc],
  ['gamma', (u) => (u > 0 ? lgamma(u) : Math.log(gamma(u)))],
  ['cosh', logCosh],
])

/** log(1 - exp(u)), for u < 0. Where exp(u) is near 1 the difference, else the logarithm would lose digits. */
function logOneMinusExp(u: number): number {
  return u > -0.7 ? Math.log(-Math.expm1(u)) : Math.log1p(-Math.exp(u))
}

/** log(2 Phi(-sqrt(2)u)), and where erfc is not small the logarithm of 1 - erf(u). */
function logErfc(u: number): number {
  return u < 0.5 ? Math.log1p(-erf(u)) : logDistribution(-Math.SQRT2 * u) + Math.LN2
}

function logCosh(u: number): number {
  const size = Math.abs(u)
  if (size < 1) return Math.log1p(2 * Math.sinh(size / 2) ** 2)
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2
}

/** The logarithm of a sum of terms given by their logarithms. */
class LogarithmOfSum {
  #largest = Number.NEGATIVE_INFINITY
  /** The other terms, in units of the largest. */
  #rest = 0

  add(logarithm: number): void {
    if (logarithm === Number.NEGATIVE_INFINITY) return
    if (this.#largest === Number.NEGATIVE_INFINITY) this.#largest = logarithm
    else if (logarithm <= this.#largest) this.#rest += Math.exp(logarithm - this.#largest)
    else {
      this.#rest = (this.#rest + 1) * Math.exp(this.#largest - logarithm)
      this.#largest = logarithm
    }
    if (Number.isNaN(logarithm)) this.#rest = logarithm
  }

  get value(): number {
    return this.#largest + Math.log1p(this.#rest)
  }
}
