import { ReadError } from '../../read/index.ts'
import type { Expr } from '../../term/expr.ts'
import { type Facts, noFacts } from './points.ts'
import type { ReadDerivation } from './reading.ts'

/** What the author says holds, in words that can be repeated. */
export class NamedFacts {
  constructor(
    readonly facts: Facts = noFacts,
    readonly words: readonly string[] = [],
  ) {}

  get isEmpty(): boolean {
    return this.facts.relations.length === 0 && this.facts.oneHot.size === 0
  }

  with(other: NamedFacts): NamedFacts {
    if (other.isEmpty) return this
    return new NamedFacts(
      {
        relations: [...new Set([...this.facts.relations, ...other.facts.relations])],
        oneHot: new Set([...this.facts.oneHot, ...other.facts.oneHot]),
      },
      [...new Set([...this.words, ...other.words])],
    )
  }

  /** The relations alone, and all; what needs less is tried first. */
  get choices(): readonly NamedFacts[] {
    const { relations, oneHot } = this.facts
    if (oneHot.size === 0 || relations.length === 0) return [this]
    return [
      new NamedFacts(
        { relations, oneHot: new Set() },
        this.words.filter((word) => !word.includes('one-hot')),
      ),
      this,
    ]
  }
}

/** The facts that labels and prose state: `one-hot`, `since \sum_j y_j = 1`, `for p > 0`. */
export function collectFacts(texts: readonly string[], read: ReadDerivation): NamedFacts {
  let facts = new NamedFacts()
  for (const text of texts) facts = facts.with(factsIn(text, read))
  return facts
}

function factsIn(text: string, read: ReadDerivation): NamedFacts {
  const relations: Expr[] = []
  const words: string[] = []
  for (const candidate of candidatesIn(text)) {
    const fact = readFact(candidate, read)
    if (fact === undefined) continue
    relations.push(fact)
    words.push(candidate)
  }
  const oneHot = new Set<string>()
  if (/one[- ]?hot/i.test(text)) {
    for (const { name, role, ranges } of read.scope.declarations) {
      if (role === 'data' && ranges.length > 0) oneHot.add(name)
    }
    if (oneHot.size > 0) words.push(`${[...oneHot].join(', ')} one-hot`)
  }
  return new NamedFacts({ relations, oneHot }, words)
}

/** Pieces of a text that may be a relation: between words, formulas in dollars first. */
function candidatesIn(text: string): readonly string[] {
  const inDollars = [...text.matchAll(/\$([^$]+)\$/g)].map((match) => match[1]!)
  const pieces =
    inDollars.length > 0
      ? inDollars
      : text.split(
          /\b(?:since|because|as|for|where|with|given|and|using|assum\w*|one-hot|if|by)\b|[:;]|,(?![^{(]*[)}])/i,
        )
  return pieces
    .map((piece) => piece.trim().replace(/[.,]$/, ''))
    .filter(
      (piece) =>
        /[=<>≤≥∈]|\\(?:le|ge|in|lt|gt|ne)\b/.test(piece) && !/^[=<>]/.test(piece) && piece.length < 200,
    )
}

function readFact(text: string, read: ReadDerivation): Expr | undefined {
  const written = text
    .replace(/(?<![\\A-Za-z])sum_/g, '\\sum_')
    .replace(/\\in\s*\\\{([^{}]*)\\\}/g, 'in {$1}')
  try {
    const fact = read.shared.readFact(written)
    // A fact about names that nothing else speaks of, "df/dx = 2", constrains nothing that could be sampled.
    for (const name of fact.names) if (read.scope.declaration(name) === undefined) return undefined
    return fact.hasDerivative || fact.loose !== 0 ? undefined : fact
  } catch (error) {
    if (error instanceof ReadError) return undefined
    throw error
  }
}
