import {
  type Block,
  type Program,
  type Shape,
  type Statement,
  stride,
  type Variable,
} from '../program/index.ts'
import {
  evaluationOf,
  fail,
  forEachSet,
  hasRest,
  lengthOf,
  namesIn,
  type Result,
  type Run,
  startOf,
  toInteger,
} from './program-run.ts'

/** Longer programs are not worth a compiler's time. */
const lengthLimit = 20_000

type Made = (
  inputs: Parameters<Run>[0],
  functions: readonly ((...args: number[]) => number)[],
  fail: () => never,
  toInteger: (value: number) => number,
) => readonly Result[]

/** The program as a function that JavaScript compiles; nothing where code from strings is forbidden. */
export function compileJavaScript(program: Program): Run | undefined {
  if (lengthOf(program.body) > lengthLimit) return undefined
  const { text, functions } = writeJavaScript(program)
  let made: Made
  try {
    made = new Function('inputs', 'functions', 'fail', 'toInteger', text) as Made
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
  const evaluations = functions.map(evaluationOf)
  return (inputs) => made(inputs, evaluations, fail, toInteger)
}

/**
 * The text of the program. It consists of identifiers and numbers that are made here: names of the user are
 * keys of the data that the program is given, and never stand in it.
 */
export function writeJavaScript(program: Program): {
  readonly text: string
  readonly functions: readonly string[]
} {
  const writer = new Writer(program)
  const body = writer.block(program.body)
  const functions = [...writer.functions.keys()]
  const head = functions.map((_, i) => `const f${i} = functions[${i}];`)
  const outputs = program.outputs.map((_, i) => `{ values: o${i}, lengths: l${i} }`)
  const text = ['"use strict";', ...head, body, `return [${outputs.join(', ')}];`].join('\n')
  return { text, functions }
}

class Writer {
  readonly functions = new Map<string, number>()
  readonly #inputs: ReadonlyMap<string, number>
  /** What is written in place of a variable: a number by itself. */
  readonly #literals = new Map<Variable, string>()

  constructor(program: Program) {
    this.#inputs = new Map(namesIn(program).map((name, i) => [name, i]))
    forEachSet(program.body, ({ target, operation }) => {
      if (operation.kind === 'number') this.#literals.set(target, literal(Number(operation.written)))
      if (operation.kind === 'constant') {
        this.#literals.set(target, literal(operation.name === 'pi' ? Math.PI : Math.E))
      }
    })
  }

  block(block: Block): string {
    return block.map((statement) => this.#statement(statement)).join('\n')
  }

  #name(variable: Variable): string {
    return this.#literals.get(variable) ?? `t${variable}`
  }

  #statement(statement: Statement): string {
    switch (statement.kind) {
      case 'set':
        return this.#literals.has(statement.target) ? '' : this.#set(statement)
      case 'choose':
        return this.#choose(statement)
      case 'loop':
        return this.#loop(statement)
      case 'begin': {
        const { target, reduction, shape } = statement
        const start = literal(startOf[reduction])
        if (shape.length === 0) {
          return `let t${target} = ${start}${hasRest(reduction) ? `, r${target} = 0` : ''};`
        }
        const rest = hasRest(reduction) ? ` const r${target} = new Float64Array(t${target}.length);` : ''
        const part = reduction === 'sum' ? ` const a${target} = new Float64Array(t${target}.length);` : ''
        const filled = start === '0' ? '' : `.fill(${start})`
        return `const t${target} = new Float64Array(${this.#size(shape)})${filled};${rest}${part}`
      }
      case 'take':
        return this.#take(statement)
      case 'end':
        return this.#end(statement)
      case 'read': {
        const place = this.#place(statement.shape, statement.at)
        return `const t${statement.target} = t${statement.array}[${place}];`
      }
      case 'output': {
        const { output, shape } = statement
        const lengths = shape.map(({ from, to }) => `Math.max(0, ${this.#length(from, to)})`)
        return `const l${output} = [${lengths.join(', ')}], o${output} = new Float64Array(${this.#size(shape)});`
      }
      case 'store': {
        const { output, shape, at, value } = statement
        return `o${output}[${this.#place(shape, at)}] = ${this.#name(value)};`
      }
    }
  }

  #loop({ index, from, to, body, sums }: Statement & { kind: 'loop' }): string {
    const i = this.#name(index)
    const [first, last] = [this.#name(from), this.#name(to)]
    const inner = this.block(body)
    if (sums.length === 0) return `for (let ${i} = ${first}; ${i} <= ${last}; ${i}++) {\n${inner}\n}`
    const parts = sums.flatMap(({ target, shape }) => (shape.length === 0 ? [`let a${target} = 0;`] : []))
    const compensated = sums.map(({ target, shape }) =>
      shape.length === 0
        ? compensate(`t${target}`, `r${target}`, `a${target}`)
        : `for (let p = 0; p < t${target}.length; p++) ${compensate(`t${target}[p]`, `r${target}[p]`, `a${target}[p]`)} a${target}.fill(0);`,
    )
    return [
      `for (let c = ${first}; c <= ${last}; c += ${stride}) {`,
      `const e = Math.min(c + ${stride - 1}, ${last}); ${parts.join(' ')}`,
      `for (let ${i} = c; ${i} <= e; ${i}++) {\n${inner}\n}`,
      ...compensated,
      '}',
    ].join('\n')
  }

  #set({ target, operation, args, mayFail }: Statement & { kind: 'set' }): string {
    const names = args.map((arg) => this.#name(arg))
    const [a, b] = names as [string, string]
    const set = (value: string) => `const t${target} = ${value};`
    switch (operation.kind) {
      case 'number':
      case 'constant':
        return ''
      case 'input':
        return this.#read(target, `inputs[${this.#inputs.get(operation.name)}]`, operation.isArray, mayFail)
      case 'element': {
        const position = operation.base === 0 ? b : `${b} - ${operation.base}`
        return this.#read(target, `${a}[${position}]`, operation.isArray, mayFail)
      }
      case 'length':
        return set(`${a}.length`)
      case 'integer':
        return set(`toInteger(${a})`)
      case 'add':
        return set(names.join(' + '))
      case 'multiply':
        return set(names.join(' * '))
      case 'negate':
        return set(`-${a}`)
      case 'divide':
        return set(`${a} / ${b}`)
      case 'power':
        return set(`${a} ** ${b}`)
      case 'call': {
        let index = this.functions.get(operation.name)
        if (index === undefined) {
          index = this.functions.size
          this.functions.set(operation.name, index)
        }
        return set(`f${index}(${names.join(', ')})`)
      }
      case 'compare': {
        const sign =
          operation.relation === '==' ? '===' : operation.relation === '!=' ? '!==' : operation.relation
        return set(`${a} !== ${a} || ${b} !== ${b} ? NaN : ${a} ${sign} ${b} ? 1 : 0`)
      }
      case 'is-undefined':
        return set(`${a} !== ${a} ? 1 : 0`)
      default:
        throw new RangeError(`${operation.kind} is no value`)
    }
  }

  #read(target: Variable, source: string, isArray: boolean, mayFail: boolean): string {
    const name = `t${target}`
    const isRight = isArray
      ? `typeof ${name} === 'object' && ${name} !== null`
      : `typeof ${name} === 'number'`
    const instead = mayFail ? 'fail()' : `${name} = ${isArray ? '[]' : 'NaN'}`
    return `let ${name} = ${source}; if (!(${isRight})) ${instead};`
  }

  #choose(statement: Statement & { kind: 'choose' }): string {
    const { target } = statement
    const condition = this.#name(statement.condition)
    const [yes, no] = [this.#name(statement.yesValue), this.#name(statement.noValue)]
    const branches = [this.block(statement.yes), this.block(statement.no)]
    if (branches.every((text) => text.trim() === '')) {
      return `const t${target} = ${condition} !== ${condition} ? NaN : ${condition} !== 0 ? ${yes} : ${no};`
    }
    return [
      `let t${target} = NaN;`,
      `if (${condition} === ${condition}) {`,
      `if (${condition} !== 0) {\n${branches[0]}\nt${target} = ${yes};`,
      `} else {\n${branches[1]}\nt${target} = ${no};\n}`,
      '}',
    ].join('\n')
  }

  #take({ target, reduction, shape, at, value }: Statement & { kind: 'take' }): string {
    const v = this.#name(value)
    const place = shape.length === 0 ? '' : '[p]'
    const t = `t${target}${place}`
    const r = `r${target}${place}`
    const p = shape.length === 0 ? '' : `const p = ${this.#place(shape, at)}; `
    switch (reduction) {
      case 'sum':
        return `{ ${p}a${target}${place} += ${v}; }`
      case 'prod':
        return `{ ${p}${t} *= ${v}; }`
      case 'max':
      case 'min':
        return `{ ${p}${t} = Math.${reduction}(${t}, ${v}); }`
      case 'log-sum':
        return [
          `{ ${p}const s = ${t}, v = ${v};`,
          `if (s === -Infinity) ${t} = v; else if (v <= s) ${r} += Math.exp(v - s);`,
          `else { ${r} = (${r} + 1) * Math.exp(s - v); ${t} = v; } }`,
        ].join(' ')
    }
  }

  #end({ target, reduction, shape }: Statement & { kind: 'end' }): string {
    if (!hasRest(reduction)) return ''
    const place = shape.length === 0 ? '' : '[p]'
    const r = `r${target}${place}`
    const finish =
      reduction === 'sum'
        ? `if (${r} - ${r} === 0) t${target}${place} += ${r};`
        : `t${target}${place} += Math.log1p(${r});`
    return shape.length === 0 ? finish : `for (let p = 0; p < t${target}.length; p++) { ${finish} }`
  }

  #length(from: Variable, to: Variable): string {
    return `${this.#name(to)} - ${this.#name(from)} + 1`
  }

  #size(shape: Shape): string {
    if (shape.length === 0) return '1'
    return shape.map(({ from, to }) => `Math.max(0, ${this.#length(from, to)})`).join(' * ')
  }

  /** The position of an entry in its array. */
  #place(shape: Shape, at: readonly Variable[]): string {
    return shape.reduce((place, { from, to }, axis) => {
      const offset = `${this.#name(at[axis]!)} - ${this.#name(from)}`
      return axis === 0 ? offset : `(${place}) * (${this.#length(from, to)}) + ${offset}`
    }, '0')
  }
}

/** Knuth's two-sum: what the addition loses is exact, and found without a branch. */
function compensate(total: string, rest: string, part: string): string {
  return `{ const s = ${total}, v = ${part}, u = s + v, b = u - s; ${rest} += s - (u - b) + (v - b); ${total} = u; }`
}

/** A negative number stands in brackets: `- -1` is not `--1`. */
function literal(value: number): string {
  return value < 0 ? `(${value})` : String(value)
}
