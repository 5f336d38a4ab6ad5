import { accepts, findFunction, functions } from '../functions/index.ts'
import { abstract, abstractAll, instantiate, instantiateAll } from '../term/binder.ts'
import type { Expr } from '../term/expr.ts'
import { isNumber } from '../term/expr.ts'
import { bindCall, countOf } from './binders.ts'
import type { Elaborator } from './elaborator.ts'
import { readFactorial } from './factorials.ts'
import { normalDensity } from './filter/applications.ts'
import type { Call, Surface } from './surface.ts'

export function readCall(reader: Elaborator, node: Call): Expr {
  const bound = bindCall(reader, node)
  if (bound !== undefined) return bound
  const { store } = reader
  if (node.name === 'D') {
    const [body, ...variables] = node.args
    if (body === undefined || variables.length === 0)
      reader.fail(node, 'D needs a term and a variable: D(u, x)')
    return reader.derivative({ ...node, kind: 'derivative', body, variables })
  }
  if (node.name === 'if') {
    if (node.args.length < 3 || node.args.length % 2 === 0) {
      reader.fail(node, 'if needs a condition and two values: if(x > 0, x, 0)')
    }
    const last = node.args.length - 1
    const branches: Expr[] = []
    for (const arg of node.args) {
      const isCondition = branches.length % 2 === 0 && branches.length < last
      branches.push(isCondition ? readRelation(reader, arg) : reader.term(arg))
    }
    return store.piecewise(branches)
  }
  if (node.name === normalDensity) {
    if (node.args.length !== 3)
      return reader.fail(node, 'a normal density has a value, a mean and a variance')
    const [value, mean, variance] = node.args.map((arg) => reader.term(arg))
    return instantiateAll(store, densityOf(reader), [value!, mean!, variance!])
  }
  if (node.name === 'clip' || node.name === 'clamp') {
    const [body, low, high] = node.args
    if (body === undefined || low === undefined || high === undefined || node.args.length !== 3) {
      return reader.fail(node, 'clip needs a value and two bounds: clip(r, 1-eps, 1+eps)')
    }
    const above = store.call('max', [reader.term(body), reader.term(low)])
    return store.call('min', [above, reader.term(high)])
  }
  if (node.name === 'square') {
    const [body] = node.args
    if (body === undefined || node.args.length !== 1) return reader.fail(node, 'square needs one argument')
    return store.pow(reader.term(body), store.number(2))
  }
  if (node.name === 'size') return readSize(reader, node)
  const factorial = readFactorial(reader, node)
  if (factorial !== undefined) return factorial
  if (node.name === 'ind') {
    if (node.args.length !== 1) reader.fail(node, 'ind needs one condition: ind(x > 0)')
    return store.piecewise([readRelation(reader, node.args[0]!), store.number(1), store.number(0)])
  }
  return readKnown(reader, node)
}

/** How many values the first index of an array has, or the one that a second argument counts from 0. */
function readSize(reader: Elaborator, node: Call): Expr {
  const [array, axis] = node.args
  const place = axis === undefined ? 0 : axis.kind === 'number' ? Number(axis.text) : Number.NaN
  if (
    array?.kind !== 'name' ||
    array.indices.length > 0 ||
    !(place >= 0 && place < 8) ||
    node.args.length > 2
  ) {
    return reader.fail(node, 'size needs an array: size(x), or size(x, 1) for its second index')
  }
  return countOf(reader, array, place)
}

function readRelation(reader: Elaborator, node: Surface): Expr {
  // Iverson's bracket around a condition adds nothing to it.
  const isIndicator = node.kind === 'call' && node.name === 'ind' && !node.own && node.args.length === 1
  const term = reader.condition(isIndicator ? node.args[0]! : node)
  if (term.kind !== 'relation' && term.kind !== 'logical')
    reader.fail(node, 'expected a condition such as x > 0')
  return term
}

/** exp(-(x - mu)^2/(2*v))/sqrt(2*pi*v) of the bound indices x, mu, v. */
function densityOf({ store, context }: Elaborator): Expr {
  const density = context.readTemplate('exp(-(x - mu)^2/(2*v))/sqrt(2*pi*v)')
  return abstractAll(store, density, ['x', 'mu', 'v'])
}

/** A function of the table. */
function readKnown(reader: Elaborator, node: Call): Expr {
  const { store } = reader
  // No callback here: the fewer frames a level takes, the deeper the terms that a stack holds.
  const args: Expr[] = []
  for (const arg of node.args) args.push(reader.term(arg))
  let { name } = node
  let power = node.power && reader.term(node.power)
  if (power?.kind === 'neg' && isNumber(power.args[0]!, 1) && functions.has(`a${name}`)) {
    name = `a${name}`
    power = undefined
  }
  let result: Expr
  const spec = findFunction(name, args.length)
  if (spec === undefined || !accepts(spec, args.length)) {
    const wanted = spec?.args.length ?? 1
    const count = `${spec?.variadic ? 'at least ' : ''}${wanted === 1 ? 'one argument' : `${wanted} arguments`}`
    return reader.fail(
      node,
      `${name} takes ${count}, ${args.length === 1 ? 'one is' : `${args.length} are`} given`,
    )
  }
  if (node.orders.length > 0) {
    const derivative = spec.derivative[0]
    if (derivative === undefined || args.length !== 1 || node.orders[0] !== 1) {
      return reader.fail(node, `this derivative of ${name} cannot be read`, `write it as D(${name}(u), u)`)
    }
    result = instantiate(
      store,
      abstract(store, reader.context.readTemplate(derivative), spec.args[0]!),
      args[0]!,
    )
  } else result = spec.variadic && args.length === 1 ? args[0]! : store.call(spec.name, args)
  return power === undefined ? result : store.pow(result, power)
}

/** A function of the user's, with a definition or without. */
export function readApplication(reader: Elaborator, node: Call): Expr {
  const args: Expr[] = []
  for (const arg of node.args) args.push(reader.term(arg))
  const definition = reader.definitions.get(node.name)
  if (definition?.form === 'function' && definition.parameters.length === args.length - node.subscripts) {
    args.length -= node.subscripts
  }
  const wanted = definition?.form === 'function' ? definition.parameters.length : args.length
  if (wanted !== args.length) {
    reader.fail(
      node,
      `${node.name} takes ${wanted === 1 ? 'one argument' : `${wanted} arguments`}, ${args.length} are given`,
    )
  }
  const use = reader.use(node.name, node)
  use.asFunction = true
  if (use.arity >= 0 && use.arity !== args.length) {
    reader.noteClash(node, `${node.name} has ${use.arity} arguments elsewhere, ${args.length} here`)
  }
  use.arity = args.length
  if (node.orders.length > 0 && node.orders.length !== args.length) {
    reader.fail(node, `${node.name} with ${args.length} arguments needs as many orders of differentiation`)
  }
  const applied = reader.store.apply(
    node.name,
    args,
    node.orders.length > 0 ? node.orders : args.map(() => 0),
  )
  return node.power === undefined ? applied : reader.store.pow(applied, reader.term(node.power))
}
