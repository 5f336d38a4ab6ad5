import { functions } from '../functions/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import { LimitError } from '../term/limits.ts'
import { type IndexRange, Scope } from '../term/scope.ts'
import { TermStore } from '../term/store.ts'
import { define, type Survey, splitDefinitions, surveyTree, type WrittenDefinition } from './definitions.ts'
import { Elaborator } from './elaborator.ts'
import { ReadError, type Source } from './error.ts'
import type { Vocabulary } from './names.ts'
import type { Reading, ReadOptions } from './options.ts'
import { parseSurface } from './parse-surface.ts'
import { openRanges, ownNames, replaceSymbols } from './ranges.ts'
import { declare, makeVariables, type Named, namedBy } from './roles.ts'
import { type Surface, toArray } from './surface.ts'

export { ReadError } from './error.ts'
export type { Reading, ReadOptions } from './options.ts'
export { parseSurface } from './parse-surface.ts'

const defaultData = ['x', 'y', 'z', 't']
const noNames: ReadonlySet<string> = new Set()

/**
 * Reads a loss: roles, definitions, implied indices.
 * @throws ReadError where the text cannot be understood, LimitError where it is too large.
 */
export function readLoss(text: string, options: ReadOptions = {}): Reading {
  const { store, reader, named, loss, source, scope } = understand(text, options)
  if (loss.kind === 'relation' || loss.kind === 'logical') {
    throw new ReadError(source, 0, { message: 'a condition is no loss', hint: 'a loss is a number' })
  }
  if (reader.clash !== undefined) throw reader.clash
  const variables = makeVariables(reader, named, scope, source)
  return {
    input: text,
    store,
    loss,
    scope: variables.scope,
    variables: variables.list,
    warnings: reader.warnings,
  }
}

/** Reads any term or condition; the same options give the same reading as `readLoss`. */
export function readTerm(text: string, options: ReadOptions = {}): Expr {
  return understand(text, options).loss
}

/** Reads any term, with the scope of its names. */
export function readAny(
  text: string,
  options: ReadOptions = {},
): { readonly term: Expr; readonly scope: Scope } {
  const { loss, scope } = understand(text, options)
  return { term: loss, scope }
}

interface Understood {
  readonly store: TermStore
  readonly reader: Elaborator
  readonly named: Named
  readonly source: Source
  readonly loss: Expr
  readonly scope: Scope
}

function understand(text: string, options: ReadOptions): Understood {
  const store = options.store ?? new TermStore()
  const named = namedBy(options)
  const lets = options.let ?? []
  const vocabulary: Vocabulary = {
    variables: named.names,
    functions: lets.length === 0 ? noNames : new Set(lets.flatMap((entry) => headOf(entry, true))),
    words: lets.length === 0 ? noNames : new Set(lets.flatMap((entry) => headOf(entry, false))),
    defines: true,
  }
  const definitions: WrittenDefinition[] = []
  for (const entry of lets) {
    const source = { text: entry, option: '--let' }
    for (const { body, definitions: more } of toArray(parseSurface(source, vocabulary)[0])) {
      definitions.push(...splitDefinitions(source, body === undefined ? more : [body, ...more]))
    }
  }
  const source: Source = { text }
  const body = readStatements(source, vocabulary, definitions)

  const data = new Set(options.data === undefined ? defaultData : named.data)
  for (const name of named.notData) data.delete(name)
  for (const { node } of definitions) {
    if (node.kind === 'comparison' && node.left.kind === 'name') data.delete(node.left.name)
  }
  const reader = new Elaborator({
    store,
    data,
    named: named.names,
    indexNames: named.indexNames,
    readTemplate: (template) => readTerm(template, { store, data: [] }),
  })
  if (definitions.length > 0) {
    const survey: Survey = { implied: false, indices: new Map() }
    for (const { node } of definitions) surveyTree(node, survey)
    surveyTree(body, survey)
    for (const definition of definitions) define(reader, definition, survey)
  }
  let loss = reader.read(body, source, true)
  if (options.maxNodes !== undefined && loss.size > options.maxNodes) {
    throw new LimitError(`the expression has ${loss.size} nodes, the limit is ${options.maxNodes}`)
  }
  const facts = readFacts(reader, options.assume ?? [], { ...vocabulary, defines: false })
  const ranges = readRanges(reader, options.range ?? [], { ...vocabulary, defines: false })
  rejectLooseIndices(reader, source, body)

  const opened = openRanges(reader, ranges)
  const own = ownNames(reader)
  const finish = (term: Expr) =>
    opened.size === 0 && own.size === 0
      ? term
      : replaceSymbols(store, term, (name, indices) => {
          if (indices.length === 0) return opened.get(name)
          if (own.size === 0) return undefined
          const key = indices.map((index) => (index.kind === 'number' ? index.name : ' ')).join(',')
          const fixed = own.get(`${name} ${key}`)
          return fixed === undefined ? undefined : store.symbol(fixed)
        })
  loss = finish(loss)
  for (const [name, definition] of reader.definitions) {
    reader.definitions.set(name, { ...definition, body: finish(definition.body) })
  }
  const declarations = declare(reader, named, own, ranges, loss)
  return { store, reader, named, source, loss, scope: new Scope(store, declarations, facts.map(finish)) }
}

/** The expression of a text; its definitions are added to the list. */
function readStatements(source: Source, vocabulary: Vocabulary, definitions: WrittenDefinition[]): Surface {
  const items = toArray(parseSurface(source, vocabulary)[0])
  let expression: Surface | undefined
  items.forEach((item, i) => {
    const isDefinition = i < items.length - 1 && item.body?.kind === 'comparison' && item.body.op === '='
    if (item.body !== undefined && isDefinition) definitions.push(...splitDefinitions(source, [item.body]))
    else if (item.body !== undefined) {
      if (expression !== undefined) {
        throw new ReadError(source, item, {
          message: 'there is more than one expression',
          hint: 'only definitions are separated by ";"',
        })
      }
      expression = item.body
    }
    definitions.push(...splitDefinitions(source, item.definitions))
  })
  if (expression === undefined) {
    throw new ReadError(source, source.text.length, {
      message: 'there are definitions, but no expression follows',
      expected: ['an expression'],
      hint: 'let p = sigmoid(w*x+b); -1/N*sum(y*log(p))',
    })
  }
  return expression
}

/** The name that a `--let` text defines, if it is a function or if it is not. */
function headOf(text: string, asFunction: boolean): string[] {
  const head = /^\s*(?:let\s+)?([A-Za-z][A-Za-z0-9]*)\s*(\(?)/.exec(text)
  return head !== null && (head[2] === '(') === asFunction ? [head[1]!] : []
}

/** Facts hold for every sample, so a per-sample name in one has the free index i. */
function readFacts(reader: Elaborator, texts: readonly string[], vocabulary: Vocabulary): Expr[] {
  return texts.map((text) => {
    const source = { text, option: '--assume' }
    const { body } = toArray(parseSurface(source, vocabulary)[0])[0]!
    const sampled = [...reader.uses.values()].some(({ perSample }) => perSample) || reader.counts.has('N')
    reader.sample = sampled ? reader.store.symbol('i') : undefined
    const fact = body === undefined ? undefined : reader.read(body, source, true)
    reader.sample = undefined
    if (fact?.kind !== 'relation' && fact?.kind !== 'logical') {
      throw new ReadError(source, 0, { message: 'expected a fact such as p > 0', expected: ['a relation'] })
    }
    return fact
  })
}

function readRanges(
  reader: Elaborator,
  texts: readonly string[],
  vocabulary: Vocabulary,
): Map<string, IndexRange> {
  const ranges = new Map<string, IndexRange>()
  for (const text of texts) {
    const source = { text, option: '--range' }
    const dots = /^\s*([A-Za-z]\w*)\s*=(.+?)\.\.(.+)$/.exec(text)
    if (dots === null) {
      throw new ReadError(source, 0, { message: 'expected a range such as k=1..d', expected: ['k=1..d'] })
    }
    const [from, to] = [dots[2]!, dots[3]!].map((part) => {
      const { body } = toArray(parseSurface({ ...source, text: part }, vocabulary)[0])[0]!
      const term = reader.read(body!, source)
      for (const name of term.names) reader.counts.add(name)
      return term
    })
    ranges.set(dots[1]!, { from: from!, to: to! })
  }
  return ranges
}

/** An index that some sum binds must not stand outside of that sum. */
function rejectLooseIndices(reader: Elaborator, main: Source, body: Surface): void {
  for (const [name, { source, span }] of reader.freeIndices) {
    if (source !== main || reader.context.indexNames.has(name)) continue
    if (!reader.allBinders.some((binder) => binder.name === name)) continue
    throw new ReadError(source, span, {
      message: `the index ${name} stands outside the sum that binds it`,
      hint:
        body.end > span.end || body.at < span.at
          ? `put parentheses around the body of the sum, or name ${name} in --wrt`
          : undefined,
    })
  }
}

export type { SymbolTerm }
export const knownFunctionNames: () => Iterable<string> = () => functions.keys()
