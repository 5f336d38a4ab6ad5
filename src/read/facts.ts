import type { Expr } from '../term/expr.ts'
import { Facts } from '../term/fact.ts'
import type { TermStore } from '../term/store.ts'
import type { Elaborator } from './elaborator.ts'
import { ReadError, type Source } from './error.ts'
import { parseSurface } from './parse-surface.ts'
import { type Surface, toArray, visit } from './surface.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A fact with the words in which it was given. */
export interface WrittenFact {
  readonly fact: Expr
  readonly text: string
}

/** What facts are read with: the names as the loss has them, and vector notation without vectors. */
export interface FactReader {
  readonly reader: Elaborator
  readonly vocabulary: Vocabulary
  readonly byComponents: (tree: Surface, source: Source) => Surface
}

/** The facts of `--assume`; one about a name that the loss does not have is left out, and this is told. */
export function readFacts(facts: FactReader, texts: readonly string[]): readonly WrittenFact[] {
  const { reader } = facts
  return texts.flatMap((text) => {
    const parts = oneHot(reader, text) ?? [text]
    return parts.flatMap((part) => {
      const known = new Set([...reader.uses.keys(), ...reader.counts, ...reader.definitions.keys()])
      const fact = readFact(facts, part)
      const strange = [...reader.uses.keys()].filter(
        (name) => !known.has(name) && name !== 'pi' && name !== 'e',
      )
      for (const name of strange) reader.uses.delete(name)
      const missing = strange.filter((name) => !reader.freeIndices.has(name))
      if (missing.length === 0) return [{ fact, text: text.trim() }]
      reader.warnings.push(`--assume "${text.trim()}" says nothing: ${missing.join(', ')} does not occur`)
      return []
    })
  })
}

/**
 * One fact. It holds for every sample, so a per-sample name that stands with one index less than in the loss
 * has the free index i in front.
 */
export function readFact({ reader, vocabulary, byComponents }: FactReader, text: string): Expr {
  const source = { text, option: '--assume' }
  const { body: written } = toArray(parseSurface(source, vocabulary)[0])[0]!
  const body = written && byComponents(written, source)
  reader.sample = body !== undefined && omitsSample(reader, body) ? reader.store.symbol('i') : undefined
  const fact = body === undefined ? undefined : reader.read(body, source, true)
  reader.sample = undefined
  if (fact?.kind !== 'relation' && fact?.kind !== 'logical') {
    throw new ReadError(source, 0, {
      message: 'expected a fact such as p > 0',
      expected: ['a relation'],
      hint: 'also 0 < p < 1, y in {0, 1}, sum(k, t_k) = 1, one-hot t, i != j',
    })
  }
  // The letter of an index that stands by itself, as in i != j, is no name of its own.
  for (const name of reader.context.indexNames) {
    const use = reader.uses.get(name)
    if (use === undefined || use.arity > 0) continue
    reader.uses.delete(name)
    reader.freeIndices.set(name, { source, span: use.span })
  }
  return fact
}

function omitsSample(reader: Elaborator, body: Surface): boolean {
  let omits = false
  visit(body, (node) => {
    if (node.kind !== 'name') return
    const use = reader.uses.get(node.name)
    const isKnown = use !== undefined && use.arity >= 0
    const isSampled = use?.perSample === true || reader.counts.has(reader.sampleCount)
    omits ||= isSampled && (isKnown ? use.arity === node.indices.length + 1 : use !== undefined)
  })
  return omits
}

/** `one-hot t`: along its last index t is 0 but for one 1. */
function oneHot(reader: Elaborator, text: string): readonly string[] | undefined {
  const name = /^\s*(?:one-?hot\s+(\S+)|(\S+)\s+(?:is\s+)?one-?hot)\s*$/i.exec(text)
  const [base] = (name?.[1] ?? name?.[2])?.split('_') ?? []
  if (base === undefined) return undefined
  const arity = reader.uses.get(base)?.arity ?? 0
  if (arity < 1) {
    throw new ReadError({ text, option: '--assume' }, 0, {
      message: `${base} has no index in the loss along which it could be one-hot`,
    })
  }
  const letters = [...['i', 'n', 'm', 'l'].slice(0, arity - 1), 'k'].join(',')
  return [`${base}_{${letters}} in {0, 1}`, `sum(k, ${base}_{${letters}}) = 1`]
}

/** @throws ReadError where facts cannot all hold. */
export function rejectContradictions(store: TermStore, facts: readonly WrittenFact[]): void {
  const clash = new Facts(
    store,
    facts.map(({ fact }) => fact),
  ).contradiction()
  if (clash === undefined) return
  const textOf = (fact: Expr) => facts.find((entry) => entry.fact === fact)?.text ?? ''
  const [first, last] = [textOf(clash[0]), textOf(clash[1])]
  throw new ReadError({ text: last, option: '--assume' }, 0, {
    message: first === last ? 'this can never hold' : `this and "${first}" cannot both hold`,
  })
}
