import { occursBound, shift } from '../term/binder.ts'
import type { Expr } from '../term/expr.ts'
import type { Definition } from '../term/scope.ts'
import type { Elaborator } from './elaborator.ts'
import type { Source } from './error.ts'
import { expectation } from './filter/expectations.ts'
import { type Call, type Surface, visit } from './surface.ts'
import type { Binder } from './uses.ts'

/** A definition as it stands in a text. */
export interface WrittenDefinition {
  readonly source: Source
  readonly node: Surface
}

/** What the trees tell before any is understood. */
export interface Survey {
  /** Some sum leaves its index to be implied. */
  implied: boolean
  /** Name → the largest number of indices it stands with. */
  readonly indices: Map<string, number>
}

/** Definitions joined by `and` or commas, one by one. */
export function splitDefinitions(source: Source, nodes: readonly Surface[]): WrittenDefinition[] {
  return nodes.flatMap((node) =>
    node.kind === 'logical' && node.op === 'and' ? splitDefinitions(source, node.args) : [{ source, node }],
  )
}

/** `f(x) = m*x + b`, `p = sigmoid(w*x+b)`, `p_k = …`: declares the name in the reader. */
export function define(reader: Elaborator, { source, node }: WrittenDefinition, survey: Survey): void {
  reader.source = source
  if (
    node.kind !== 'comparison' ||
    (node.op !== '=' && node.op !== ':=') ||
    node.left.kind === 'comparison'
  ) {
    reader.fail(node, 'expected a definition such as f(x) = m*x + b')
  }
  const head = node.left
  const parts =
    head.kind === 'call' && head.own ? argumentsOf(head) : head.kind === 'name' ? head.indices : undefined
  if (parts === undefined || (head.kind !== 'call' && head.kind !== 'name')) {
    reader.fail(head, 'expected a name, p_k or f(x) on the left of "="')
  }
  const parameters = parts.map((part) => {
    if (part.kind === 'name' && part.indices.length === 0) return part.name
    return reader.fail(part, 'the left side of a definition takes plain names')
  })
  const repeated = parameters.find((parameter, i) => parameters.indexOf(parameter) !== i)
  if (repeated !== undefined) reader.fail(head, `${repeated} stands twice on the left side`)
  if (reader.definitions.has(head.name)) reader.fail(head, `${head.name} is defined twice`)
  for (const [earlier, { body }] of reader.definitions) {
    if (!body.names.has(head.name)) continue
    reader.fail(
      head,
      `${earlier} uses ${head.name}, which is defined only here`,
      `put the definition of ${head.name} first`,
    )
  }
  const form = head.kind === 'call' ? 'function' : 'name'
  const sampled =
    form === 'name' &&
    !parameters.includes('i') &&
    (survey.implied || (survey.indices.get(head.name) ?? 0) > parameters.length)
  reader.definitions.set(
    head.name,
    readBody(reader, head.name, form, parameters, node.right, source, sampled),
  )
}

/** Of `h_\theta(x)` the x: what names the model stands in the body by itself; the k of `f_k(x)` is an argument. */
export function argumentsOf({ args, subscripts }: Call): readonly Surface[] {
  const isIndex = (node: Surface) => node.kind === 'name' && /^[a-vx-z]$/.test(node.name)
  return args.filter((arg, i) => i < args.length - subscripts || isIndex(arg))
}

function readBody(
  reader: Elaborator,
  name: string,
  form: Definition['form'],
  parameters: readonly string[],
  node: Surface,
  source: Source,
  sampled: boolean,
): Definition {
  const { store } = reader
  const binders: Binder[] = parameters.map((parameter) => ({ name: parameter, open: false }))
  const sample: Binder = {
    name: 'i ',
    open: false,
    range: { from: store.number(1), to: store.symbol(reader.sampleCount) },
  }
  if (sampled) {
    binders.unshift(sample)
    reader.sample = 0
  }
  reader.binders.push(...binders)
  const body = reader.read(node, source)
  reader.binders.length = 0
  reader.sample = undefined
  if (body.names.has(name)) {
    const [index] = form === 'name' ? parameters : []
    if (index === undefined) reader.fail(node, `${name} stands in its own definition`)
    reader.fail(
      node,
      `${name} stands in the definition of ${name}_${index}`,
      `call one of them otherwise, such as ${name}_{of}`,
    )
  }
  rejectOpenIndex(reader, name, body, node)
  const arity = parameters.length
  const perSample = sampled && occursBound(body, arity)
  if (form === 'name') {
    const use = reader.use(name, node)
    for (const binder of perSample || !sampled ? binders : binders.slice(1)) {
      use.positions.push({ binders: new Set([binder]), shifted: [], free: new Set() })
      if (binder !== sample) reader.parameters.push(binder)
    }
  }
  if (!sampled) return { form, parameters, body }
  if (!perSample) return { form, parameters, body: shift(store, body, -1, arity) }
  reader.counts.add(reader.sampleCount)
  return { form, parameters: [parameters.includes('i') ? 'n' : 'i', ...parameters], body }
}

/** An index that only the right side has would mean something else at each use. */
function rejectOpenIndex(reader: Elaborator, name: string, body: Expr, node: Surface): void {
  for (const index of reader.freeIndices.keys()) {
    // The B of R_B is no index that runs, but a label.
    if (/^[A-Z]$/.test(index)) continue
    if (body.names.has(index) && !reader.context.indexNames.has(index)) {
      reader.fail(
        node,
        `the index ${index} is not bound in the definition of ${name}`,
        `write ${name}_${index} = …`,
      )
    }
  }
}

/** Looks through a tree once for what definitions need to know. */
export function surveyTree(root: Surface, survey: Survey): void {
  visit(root, (node) => {
    if (node.kind === 'name') {
      const known = survey.indices.get(node.name) ?? 0
      if (node.indices.length > known) survey.indices.set(node.name, node.indices.length)
    } else if (node.kind === 'call') {
      const isImplied = /^(sum|prod|mean)$/.test(node.name) && !node.own && node.args.length === 1
      if (isImplied || node.name === expectation) survey.implied = true
    } else if (node.kind === 'big' && node.below.length === 0) survey.implied = true
  })
}
