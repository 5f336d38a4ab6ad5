import { functions } from '../functions/index.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import { LimitError } from '../term/limits.ts'
import type { Scope } from '../term/scope.ts'
import type { Elaborator } from './elaborator.ts'
import { ReadError, type Source } from './error.ts'
import type { Reading, ReadOptions } from './options.ts'
import { makeVariables } from './roles.ts'
import { SharedReading } from './shared-reading.ts'
import type { Surface } from './surface.ts'

export { ReadError, type Source } from './error.ts'
export type { Reading, ReadOptions } from './options.ts'
export { parseSurface } from './parse-surface.ts'
export { SharedReading } from './shared-reading.ts'
export { isFunction } from './spelling.ts'
export { partsOf, type Surface } from './surface.ts'

/**
 * Reads a loss: roles, definitions, implied indices.
 * @throws ReadError where the text cannot be understood, LimitError where it is too large.
 */
export function readLoss(text: string, options: ReadOptions = {}): Reading {
  const { store, reader, named, loss, source, scope } = understand({ text, loss: true }, options)
  if (loss.kind === 'relation' || loss.kind === 'logical') {
    throw new ReadError(source, 0, {
      message: 'a condition is no loss',
      hint: 'a loss is a number',
    })
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
  return understand({ text }, options).loss
}

/** Reads any term, with the scope of its names. */
export function readAny(
  text: string,
  options: ReadOptions = {},
): { readonly term: Expr; readonly scope: Scope } {
  const { loss, scope } = understand({ text }, options)
  return { term: loss, scope }
}

interface Understood extends Pick<SharedReading, 'store' | 'reader' | 'named' | 'scope'> {
  readonly source: Source
  readonly loss: Expr
}

function understand(source: Source, options: ReadOptions): Understood {
  const { store, reader, named, scope, terms, trees } = new SharedReading([source], options)
  const [loss] = terms
  if (loss === undefined || loss instanceof ReadError) throw loss
  if (options.maxNodes !== undefined && loss.size > options.maxNodes) {
    throw new LimitError(`the expression has ${loss.size} nodes, the limit is ${options.maxNodes}`)
  }
  rejectLooseIndices(reader, source, trees[0]!)
  return { store, reader, named, source, loss, scope }
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
