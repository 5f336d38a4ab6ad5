import { functions } from '../functions/index.ts'
import type { ApplyTerm, DivTerm, Expr, MulTerm, SymbolTerm } from '../term/expr.ts'
import { guardsOf } from '../term/guarded.ts'
import type { Scope } from '../term/scope.ts'
import { compileBig } from './big.ts'
import { compileLogical, compilePiecewise, compileRelation } from './condition.ts'
import { compileDerivative, compileSlopeOfDefinition } from './difference.ts'
import { type Environment, EvaluateError, elementOf } from './environment.ts'
import { LogarithmCompiler } from './logarithm.ts'
import { type Code, Machine } from './machine.ts'
import { compileOpenFunction } from './open-function.ts'
import { compileProduct, compileQuotient } from './stable-product.ts'
import { compileSum } from './stable-sum.ts'

const definitionLimit = 200
/** Taller terms are compiled from the bottom up. */
const recursionLimit = 100

/**
 * Turns terms into closures. A term is compiled for the number of binders around it, and bound indices
 * become fixed positions of the machine, counted from the outermost binder.
 */
export class TermCompiler {
  readonly #slots = new Map<string, number>()
  readonly #codes: Map<Expr, Code>[] = []
  readonly #logarithms = new LogarithmCompiler(this)
  #memoSlots = 0
  #unfolding = 0

  constructor(readonly scope?: Scope) {}

  /** A machine for what was compiled so far. */
  start(environment: Environment): Machine {
    return new Machine([...this.#slots.keys()], environment)
  }

  compile(term: Expr, depth = 0): Code {
    this.#codes[depth] ??= new Map()
    const atDepth = this.#codes[depth]
    let code = atDepth.get(term)
    if (code === undefined) {
      if (term.depth > recursionLimit) this.#compileParts(term, depth)
      code = this.#remembered(term, depth, this.#compile(term, depth))
      atDepth.set(term, code)
    }
    return code
  }

  /** Compiles the parts of a tall term from the bottom up, so that the recursion stays low. */
  #compileParts(term: Expr, depth: number): void {
    const seen = new Set<Expr>()
    const pending: { readonly part: Expr; readonly depth: number; isOpen: boolean }[] = []
    const open = (parent: Expr, parentDepth: number) => {
      for (const [i, part] of parent.args.entries()) {
        const inner = parent.kind === 'big' && i === 2 ? parentDepth + 1 : parentDepth
        if (part.depth < recursionLimit || seen.has(part) || this.#codes[inner]?.has(part)) continue
        pending.push({ part, depth: inner, isOpen: false })
      }
    }
    open(term, depth)
    for (let next = pending.at(-1); next !== undefined; next = pending.at(-1)) {
      if (next.isOpen) {
        this.compile(next.part, next.depth)
        pending.pop()
      } else {
        next.isOpen = true
        seen.add(next.part)
        open(next.part, next.depth)
      }
    }
  }

  /** The term that a defined name or function stands for; any other term stands for itself. */
  resolve(term: Expr): Expr {
    let current = term
    for (let i = 0; current.kind === 'symbol' || current.kind === 'apply'; i++) {
      const unfolded = this.scope?.unfold(current)
      if (unfolded === undefined) break
      if (i > definitionLimit) throw new EvaluateError(`"${current.name}" is defined by itself`, current.name)
      current = unfolded
    }
    return current
  }

  /** Code that gives the logarithm of the term's value where that is safer than to take it of the value. */
  compileLogarithm(term: Expr, depth: number): Code | undefined {
    return this.#logarithms.compile(term, depth)
  }

  /** Small terms are computed faster than looked up. */
  #remembered(term: Expr, depth: number, code: Code): Code {
    if (term.size < 3 && term.kind !== 'call' && term.kind !== 'apply' && term.kind !== 'symbol') return code
    if (term.kind === 'symbol' && this.scope?.unfold(term) === undefined) return code
    return this.remember(term, depth, code)
  }

  /**
   * Code that computes the term once for each value of the innermost index it depends on. This makes
   * evaluation linear in the shared graph, and moves what does not depend on an index out of its loop.
   */
  remember(term: Expr, depth: number, code: Code): Code {
    const slot = this.#memoSlots++
    // The innermost binder that the term depends on; 0 when it depends on none.
    const position = term.loose === 0 ? 0 : depth - lowestBit(term.loose)
    return (machine) => {
      const stamp = machine.stamps[position]
      if (machine.memoStamps[slot] === stamp) return machine.memo[slot]!
      const value = code(machine)
      machine.memo[slot] = value
      machine.memoStamps[slot] = machine.stamps[position]!
      return value
    }
  }

  #compile(term: Expr, depth: number): Code {
    switch (term.kind) {
      case 'number': {
        const value = Number(term.name)
        return () => value
      }
      case 'symbol':
        return this.#symbol(term, depth)
      case 'bound': {
        const position = depth - 1 - term.level
        if (position < 0) throw new EvaluateError('an index is used outside of its sum')
        return (machine) => machine.index[position]!
      }
      case 'add':
        return compileSum(term, depth, this)
      case 'mul': {
        const guarded = this.#guarded(term, depth)
        return guarded ?? compileProduct(term, depth, this)
      }
      case 'neg': {
        const inner = this.compile(term.args[0]!, depth)
        return (machine) => -inner(machine)
      }
      case 'div':
        return this.#guarded(term, depth) ?? this.#quotient(term.args[0]!, term.args[1]!, depth)
      case 'pow':
        return this.#power(term.args[0]!, term.args[1]!, depth)
      case 'call':
        return this.#call(term.name, term.args, depth)
      case 'apply':
        return this.#apply(term, depth)
      case 'big':
        return compileBig(term, depth, this)
      case 'derivative':
        return compileDerivative(term, depth, this)
      case 'delta': {
        const [left, right] = this.#all(term.args, depth) as [Code, Code]
        return (machine) => (left(machine) === right(machine) ? 1 : 0)
      }
      case 'piecewise':
        return compilePiecewise(this.#all(term.args, depth))
      case 'relation':
        return compileRelation(term.name, this.#all(term.args, depth))
      case 'logical':
        return compileLogical(term.name, this.#all(term.args, depth))
    }
  }

  /** A product is 0 where an indicator in it is, even where its other factors have no value. */
  #guarded(term: MulTerm | DivTerm, depth: number): Code | undefined {
    const guards = this.#all(guardsOf(term), depth)
    if (guards.length === 0) return undefined
    const factors = term.kind === 'mul' ? this.#all(term.args, depth) : []
    const value: Code =
      term.kind === 'div'
        ? this.#quotient(term.args[0]!, term.args[1]!, depth)
        : (machine) => factors.reduce((product, factor) => product * factor(machine), 1)
    return (machine) => (guards.some((guard) => guard(machine) === 0) ? 0 : value(machine))
  }

  #all(terms: readonly Expr[], depth: number): readonly Code[] {
    return terms.map((term) => this.compile(term, depth))
  }

  /** Where the machine keeps the value of a name. */
  slot(name: string): number {
    let slot = this.#slots.get(name)
    if (slot === undefined) {
      slot = this.#slots.size
      this.#slots.set(name, slot)
    }
    return slot
  }

  #symbol(term: SymbolTerm, depth: number): Code {
    const { name } = term
    const indices = this.#all(term.args, depth)
    const unfolded = this.scope?.unfold(term)
    if (unfolded !== undefined) {
      const value = this.#unfolded(unfolded, name, depth)
      return (machine) => {
        const base = value(machine)
        if (machine.shifts.length === 0) return base
        return (
          base +
          machine.shiftOf(
            name,
            indices.map((index) => index(machine)),
          )
        )
      }
    }
    const slot = this.slot(name)
    if (indices.length === 0) {
      const constant = this.#constant(name)
      if (constant === undefined) return (machine) => machine.number(slot)
      return (machine) => (typeof machine.value(slot) === 'number' ? machine.number(slot) : constant)
    }
    const bases = indices.map((_, position) => this.indexBase(name, position))
    return (machine) => {
      const at = indices.map((index) => index(machine))
      const positions = at.map((index, i) => index - bases[i]!)
      const value = elementOf(machine.value(slot), name, positions)
      return machine.shifts.length === 0 ? value : value + machine.shiftOf(name, at)
    }
  }

  indexBase(name: string, position: number): 0 | 1 {
    return this.scope?.indexBase(name, position) ?? 1
  }

  /** The value of `pi` and `e` where these names are not otherwise used. */
  #constant(name: string): number | undefined {
    if (name !== 'pi' && name !== 'e') return undefined
    const declaration = this.scope?.declaration(name)
    // Beside an indexed pi_k, the name alone is still the constant.
    const isOwn =
      declaration !== undefined && declaration.role !== 'constant' && declaration.ranges.length === 0
    if (isOwn) return undefined
    return name === 'pi' ? Math.PI : Math.E
  }

  #unfolded(body: Expr, name: string, depth: number): Code {
    if (++this.#unfolding > definitionLimit) {
      throw new EvaluateError(`"${name}" is defined by itself, or by too many others`, name)
    }
    const code = this.compile(body, depth)
    this.#unfolding--
    return code
  }

  #quotient(numerator: Expr, denominator: Expr, depth: number): Code {
    const above = this.compile(numerator, depth)
    const below = this.compile(denominator, depth)
    const stable = compileQuotient(numerator, denominator, depth, this)
    if (stable === undefined) return (machine) => above(machine) / below(machine)
    return (machine) => {
      const quotient = above(machine) / below(machine)
      return Number.isNaN(quotient) ? stable(machine) : quotient
    }
  }

  #power(base: Expr, exponent: Expr, depth: number): Code {
    const power = this.compile(exponent, depth)
    const inner = this.compile(base, depth)
    if (this.isEuler(base)) {
      return (machine) => {
        const value = inner(machine)
        return value === Math.E ? Math.exp(power(machine)) : value ** power(machine)
      }
    }
    if (exponent.kind === 'number' && exponent.name === '2') {
      return (machine) => {
        const value = inner(machine)
        return value * value
      }
    }
    return (machine) => inner(machine) ** power(machine)
  }

  /** Whether this is the constant e. */
  isEuler(term: Expr): boolean {
    return (
      term.kind === 'symbol' &&
      term.name === 'e' &&
      term.args.length === 0 &&
      this.#constant('e') !== undefined &&
      this.scope?.declaration('e')?.definition === undefined
    )
  }

  #call(name: string, args: readonly Expr[], depth: number): Code {
    const spec = functions.get(name)
    if (spec === undefined) throw new EvaluateError(`unknown function "${name}"`, name)
    const codes = this.#all(args, depth)
    const { evaluate } = spec
    if (name === 'log') return this.#logarithms.compileLog(args[0]!, codes[0]!, depth)
    const toBase = this.#logarithms.compileLogToBase(name, args, depth)
    if (toBase !== undefined) return toBase
    if (codes.length === 1) {
      const [only] = codes as [Code]
      const plain: Code = (machine) => evaluate(only(machine))
      return name === 'log1p' ? this.#logarithms.compileLogOfOneAnd(args[0]!, plain, depth) : plain
    }
    return (machine) => evaluate(...codes.map((code) => code(machine)))
  }

  #apply(term: ApplyTerm, depth: number): Code {
    const { name } = term
    const unfolded = this.scope?.unfold(term)
    if (unfolded !== undefined) return this.#unfolded(unfolded, name, depth)
    const args = this.#all(term.args, depth)
    const definition = this.scope?.declaration(name)?.definition
    if (definition !== undefined) {
      if (definition.parameters.length !== args.length) {
        throw new EvaluateError(`"${name}" takes ${definition.parameters.length} arguments`, name)
      }
      return compileSlopeOfDefinition(definition.body, args, term.orders, depth, this)
    }
    return compileOpenFunction(term, args, this)
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
