import type { BinderOperation, Expr } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import { Rational } from '../term/rational.ts'
import type { TermStore } from '../term/store.ts'
import { type Bounds, conditionBounds, rangeOf } from './bounds.ts'
import type { Elaborator } from './elaborator.ts'
import { expectation } from './filter/expectations.ts'
import type { BigNode, Call, NameNode, Span, Surface } from './surface.ts'
import { visit } from './surface.ts'
import { type Binder, isAxis, letterOf } from './uses.ts'

/** Sums and their kin: which indices they bind, from where to where. */

type Operation = BinderOperation | 'mean'

const sampleLetters = ['i', 'j', 'k', 'l', 'n', 's', 'q', 'r']

/** `sum(i=1..N, body)`, `sum(i, 1, N, body)`, `sum(body)`; nothing when the call is no binder. */
export function bindCall(reader: Elaborator, node: Call): Expr | undefined {
  const { name, args } = node
  if (name === expectation) return bindExpectation(reader, node)
  if (name === 'logsumexp' || name === 'softmax') return bindExponentials(reader, node)
  if (name !== 'sum' && name !== 'prod' && name !== 'mean' && name !== 'max' && name !== 'min')
    return undefined
  const [first] = args
  const ranged = first?.kind === 'range'
  if ((name === 'max' || name === 'min') && !ranged) return undefined
  if (node.orders.length > 0 || node.power !== undefined)
    reader.fail(node, `${name} cannot be read so`, `write (${name}(…))^2`)
  const body = args.at(-1)
  if (first === undefined || body === undefined)
    return reader.fail(node, `${name} needs a body: ${name}(i=1..N, x_i)`)
  if (args.length === 1) {
    if (ranged) return reader.fail(first, `${name} has a range and no body`, `write ${name}(i=1..N, x_i)`)
    return bindSamples(reader, name, body)
  }
  if (ranged) {
    const conditions: Surface[] = []
    const all = args.slice(0, -1).flatMap((arg) => {
      if (arg.kind === 'range') return [rangeOf(reader, arg.left, arg.to)]
      if (arg.kind !== 'comparison' && arg.kind !== 'logical') {
        return reader.fail(arg, 'expected a range such as j=1..d')
      }
      conditions.push(arg)
      return []
    })
    return bindAll(reader, name, all, conditions, body)
  }
  if (first.kind === 'name' && first.indices.length === 0) {
    if (args.length === 2) return bindAll(reader, name, [{ name: first.name }], undefined, body)
    if (args.length === 4)
      return bindAll(reader, name, [{ name: first.name, from: args[1], to: args[2] }], undefined, body)
  }
  return reader.fail(
    first,
    `${name} needs a range and a body`,
    `write ${name}(i=1..N, x_i), or ${name}(x) over the samples`,
  )
}

/**
 * `logsumexp(k=1..K, z_k)` is `log(sum(k=1..K, exp(z_k)))`, and `softmax(k=1..K, z_k)` is the entry k,
 * `exp(z_k)/sum(k=1..K, exp(z_k))`, whose own k is bound outside.
 */
function bindExponentials(reader: Elaborator, node: Call): Expr {
  const { name, args } = node
  const body = args.at(-1)
  if (body === undefined || args.length < 2 || node.orders.length > 0 || node.power !== undefined) {
    return reader.fail(node, `${name} needs a range and a body`, `write ${name}(k=1..K, z_k)`)
  }
  const exponential: Call = { ...node, name: 'exp', args: [body] }
  const sum = bindCall(reader, { ...node, name: 'sum', args: [...args.slice(0, -1), exponential] })
  if (sum === undefined) return reader.fail(node, `${name} needs a range and a body`)
  const { store } = reader
  return name === 'logsumexp' ? store.call('log', [sum]) : store.div(reader.term(exponential), sum)
}

/** `\mathbb E[…]` is the mean over the samples, where something in it belongs to a sample. */
function bindExpectation(reader: Elaborator, node: Call): Expr {
  const body = node.args.at(-1)
  if (body === undefined) return reader.fail(node, 'an expectation needs a body: \\mathbb E[(y - m x)^2]')
  const mean = bindSamples(reader, 'mean', body)
  if (mean.kind === 'mul' && mean.args[1]!.kind === 'big' && (mean.args[1]!.args[2]!.loose & 1) === 0) {
    return reader.fail(
      node,
      'nothing in this expectation belongs to a sample, so that its distribution is not known',
      'name the data with --data, or below: \\mathbb E_{x,y}[…]',
    )
  }
  return mean
}

/** `\sum_{i=1}^{N} body` and the like. */
export function bindBig(reader: Elaborator, node: BigNode): Expr {
  const operation = node.name as Operation
  if (node.below.length === 0) return bindSamples(reader, operation, node.body)
  const bounds: Bounds[] = []
  const conditions: Surface[] = []
  for (const below of node.below) {
    if (below.kind === 'range') bounds.push(rangeOf(reader, below.left, below.to))
    else if (below.kind === 'name' && below.indices.length === 0)
      bounds.push({ name: below.name, to: node.above })
    else if (below.kind === 'comparison') conditionBounds(reader, below, node, bounds, conditions)
    else if (below.kind === 'logical' && bounds.length > 0) conditions.push(below)
    else reader.fail(below, 'this range cannot be read', 'write \\sum_{i=1}^{N}')
  }
  return bindAll(reader, operation, bounds, conditions, node.body)
}

function bindAll(
  reader: Elaborator,
  operation: Operation,
  all: readonly Bounds[],
  conditions: readonly Surface[] | undefined,
  body: Surface,
): Expr {
  const { store } = reader
  const [bounds, ...inner] = all
  if (bounds === undefined) {
    const value = reader.term(body)
    if (conditions === undefined || conditions.length === 0) return value
    const neutral = neutralOf(operation, store)
    const relations = conditions.map((condition) => reader.condition(condition))
    return store.piecewise([
      relations.length === 1 ? relations[0]! : store.logical('and', relations),
      value,
      neutral,
    ])
  }
  const binder: Binder = {
    name: bounds.name,
    axis: isAxis(bounds.name),
    open: bounds.from === undefined || bounds.to === undefined,
  }
  const number = reader.allBinders.push(binder)
  const from =
    bounds.from === undefined
      ? store.symbol(openBound('from', number))
      : bound(reader, bounds.from, bounds.fromOffset)
  const to =
    bounds.to === undefined
      ? store.symbol(openBound('to', number))
      : bound(reader, bounds.to, bounds.toOffset)
  if (from.kind === 'number' && to.kind === 'number' && from.value.compare(to.value) > 0) {
    reader.warnings.push(`the range ${bounds.name}=${from.name}..${to.name} is empty`)
  }
  binder.range = { from, to }
  reader.binders.push(binder)
  const inside = bindAll(reader, operation, inner, conditions, body)
  reader.binders.pop()
  const count = binder.open && operation === 'mean' ? store.symbol(openBound('count', number)) : undefined
  return make(reader, operation, letterOf(bounds.name), from, to, inside, count)
}

/** What stands for an index that a condition leaves out: nothing is larger than log(0) is, which is -∞. */
function neutralOf(operation: Operation, store: TermStore): Expr {
  if (operation === 'prod') return store.number(1)
  if (operation !== 'max' && operation !== 'min') return store.number(0)
  const least = store.call('log', [store.number(0)])
  return operation === 'max' ? least : store.neg(least)
}

/** A bound of a range: the names in it are counts. */
function bound(reader: Elaborator, node: Surface, offset = 0): Expr {
  const { store } = reader
  const sample = reader.sample
  reader.sample = undefined
  const term = reader.term(node)
  reader.sample = sample
  if (term.kind === 'symbol' || term.kind === 'add' || term.kind === 'mul') {
    for (const name of term.names) reader.counts.add(name)
  }
  if (offset === 0) return term
  if (term.kind === 'number') return store.rational(term.value.add(Rational.of(offset)))
  const one = store.number(1)
  return store.add([term, offset < 0 ? store.neg(one) : one])
}

/** `sum(body)` over the samples: an index that nothing else is called, from 1 to N. */
function bindSamples(reader: Elaborator, operation: Operation, body: Surface): Expr {
  const { store } = reader
  const taken = (letter: string) =>
    reader.binders.some(({ name }) => name === letter) ||
    reader.uses.has(letter) ||
    reader.context.named.has(letter)
  const written = writtenSampleIndex(reader, body)
  const name = written ?? sampleLetters.find((letter) => !taken(letter)) ?? 'i'
  const from = store.number(1)
  const to = store.symbol(reader.sampleCount)
  const binder: Binder = { name: written ?? `${name} `, range: { from, to }, open: false }
  reader.counts.add(reader.sampleCount)
  reader.allBinders.push(binder)
  const outer = reader.sample
  reader.sample = reader.binders.length
  reader.binders.push(binder)
  const inside = reader.term(body)
  reader.binders.pop()
  reader.sample = outer
  if ((inside.loose & 1) === 0) warnConstant(reader, operation, body)
  return make(reader, operation, name, from, to, inside)
}

/**
 * The i of `sum((y_i - m*x_i)^2)`: the one letter, bound by nothing, that the data in the body have in front. Where
 * some data stand without an index, `x_j` may be a feature for each sample, and only i or n is the sample's.
 */
function writtenSampleIndex(reader: Elaborator, body: Surface): string | undefined {
  const letters = new Set<string | undefined>()
  visit(body, (node) => {
    if (node.kind !== 'name' || !reader.context.data.has(node.name)) return
    const [first] = node.indices
    const isPlain = first?.kind === 'name' && first.indices.length === 0 && !isAxis(first.name)
    const plain = isPlain ? first.name : undefined
    letters.add(plain)
  })
  const bare = letters.delete(undefined)
  const [letter] = letters
  if (letters.size !== 1 || letter === undefined || (bare && letter !== 'i' && letter !== 'n'))
    return undefined
  if (reader.lookup(letter) !== undefined) return undefined
  return reader.context.indexNames.has(letter) || bindsInside(body, letter) ? undefined : letter
}

/** Whether a sum inside has this index. */
function bindsInside(body: Surface, letter: string): boolean {
  let found = false
  visit(body, (node) => {
    const ranges =
      node.kind === 'big'
        ? node.below
        : node.kind === 'call' && /^(sum|prod|mean|max|min)$/.test(node.name)
          ? node.args
          : []
    for (const range of ranges) {
      visit(range.kind === 'range' ? range.left : range, (part) => {
        if (part.kind === 'comparison' && part.left.kind === 'name' && part.left.name === letter) found = true
      })
      if (range === ranges[0] && range.kind === 'name' && range.name === letter) found = true
    }
  })
  return found
}

function warnConstant(reader: Elaborator, operation: string, body: Span): void {
  const text = reader.source.text.slice(body.at, body.end)
  const hint = /^[A-Za-z]\w*$/.test(text)
    ? `; if each sample has a ${text} of its own, say --data ${text}`
    : ''
  reader.warnings.push(
    `nothing in ${operation}(${text}) belongs to a sample, so its terms are all equal${hint}`,
  )
}

function make(
  reader: Elaborator,
  operation: Operation,
  hint: string,
  from: Expr,
  to: Expr,
  body: Expr,
  count = sizeOf(reader.store, from, to),
): Expr {
  const { store } = reader
  if (operation !== 'mean') return store.big(operation, hint, from, to, body)
  return store.mul([store.div(store.number(1), count), store.big('sum', hint, from, to, body)])
}

/** How many values an index has. */
export function sizeOf(store: TermStore, from: Expr, to: Expr): Expr {
  return isNumber(from, 1) ? to : store.add([to, store.neg(from), store.number(1)])
}

/** How many values an index of an array has: as many as whatever runs over it. */
export function countOf(reader: Elaborator, array: NameNode, place: number): Expr {
  const { store } = reader
  const binder: Binder = { name: 'i ', open: true }
  const number = reader.allBinders.push(binder)
  binder.range = {
    from: store.symbol(openBound('from', number)),
    to: store.symbol(openBound('to', number)),
  }
  const { positions } = reader.use(array.name, array)
  while (positions.length <= place) positions.push({ binders: new Set(), shifted: [], free: new Set() })
  positions[place]!.binders.add(binder)
  return store.symbol(openBound('count', number))
}

/** Whether a bound still waits for what all uses together tell. */
export function isOpenBound(term: Expr): boolean {
  return term.kind === 'symbol' && /^(?:from|to) \d+$/.test(term.name)
}

/** The name that stands for a bound until the uses of the index tell it; no name of a text is like it. */
export function openBound(end: 'from' | 'to' | 'count', number: number): string {
  return `${end} ${number}`
}
