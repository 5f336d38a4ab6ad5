import type { Expr } from '../term/expr.ts'
import { type IndexRange, Scope } from '../term/scope.ts'
import { TermStore } from '../term/store.ts'
import { define, type Survey, splitDefinitions, surveyTree, type WrittenDefinition } from './definitions.ts'
import { Elaborator } from './elaborator.ts'
import { orError, ReadError, type Source } from './error.ts'
import { type FactReader, readFact, readFacts, rejectContradictions } from './facts.ts'
import { expectation } from './filter/expectations.ts'
import { isWordIndex } from './indexed-names.ts'
import type { ReadOptions } from './options.ts'
import { parseSurface } from './parse-surface.ts'
import { openRanges, ownNames, replaceSymbols } from './ranges.ts'
import { declare, type Named, namedBy } from './roles.ts'
import { sampleCountIn } from './sample-count.ts'
import { headOf, readLossTree, readStatements } from './statements.ts'
import { type Surface, toArray, visit } from './surface.ts'
import { readVectors, type VectorNotation, type VectorText } from './vectors/index.ts'
import { withOwnParameters } from './vectors/own-parameters.ts'
import type { Vocabulary } from './vocabulary.ts'

const defaultData = ['x', 'y', 'z', 't']
const noNames: ReadonlySet<string> = new Set()

/**
 * Texts that speak of the same names: the lines of one derivation, or a loss alone. Roles, ranges that are left
 * open and names with fixed indices are told from all of them together, so that `\sum_j` means in each line what it
 * means in the others.
 */
export class SharedReading {
  readonly store: TermStore
  readonly named: Named
  readonly reader: Elaborator
  /** The terms of the texts in their order; an error for a text that cannot be read. */
  readonly terms: readonly (Expr | ReadError)[]
  /** What is known of the names once all texts are read. */
  readonly scope: Scope
  /** The trees of the texts that were parsed. */
  readonly trees: readonly (Surface | undefined)[]
  readonly #vocabulary: Vocabulary
  readonly #components: readonly string[]
  readonly #vectors: VectorNotation | undefined
  /** Functions of vectors, put into every text. */
  readonly #putIn: (tree: Surface) => Surface
  readonly #ranges: ReadonlyMap<string, IndexRange>

  /** @throws ReadError where an option cannot be read, LimitError where a text is too large. */
  constructor(sources: readonly Source[], options: ReadOptions = {}) {
    this.store = options.store ?? new TermStore()
    let named = namedBy(options)
    const lets = options.let ?? []
    this.#vocabulary = {
      variables: named.names,
      functions: lets.length === 0 ? noNames : new Set(lets.flatMap((entry) => headOf(entry, true))),
      words: lets.length === 0 ? noNames : new Set(lets.flatMap((entry) => headOf(entry, false))),
      defines: true,
    }
    const definitions: WrittenDefinition[] = []
    for (const entry of lets) {
      const source = { text: entry, option: '--let' }
      for (const { body, definitions: more } of toArray(parseSurface(source, this.#vocabulary)[0])) {
        definitions.push(...splitDefinitions(source, body === undefined ? more : [body, ...more]))
      }
    }
    const warnings: string[] = []
    const objectives: string[] = []
    const parsed = sources.map((source) =>
      orError(() => {
        if (!source.loss) return readStatements(source, this.#vocabulary, definitions)
        const { tree, variables } = readLossTree(source, this.#vocabulary, definitions, warnings)
        objectives.push(...variables)
        return tree
      }),
    )
    // What is minimised over, or differentiated by, is what to differentiate by, where nobody says otherwise.
    if (named.wrt.length === 0) named = namedBy({ ...options, wrt: objectives })
    this.#components = options.components ?? []
    const indexNames = new Set([
      ...named.indexNames,
      ...sources.flatMap((source) => this.#componentsOf(source)),
    ])
    const vectors = readVectors(
      parsed.flatMap((tree, i) => (tree instanceof ReadError ? [] : [this.#vectorText(tree, sources[i]!)])),
      definitions,
      {
        ranks: new Map(named.wrt.flatMap(({ name, indices }) => rankOf(name, indices))),
        isLabel: (index) => isWordIndex(index, indexNames),
      },
    )
    definitions.splice(0, definitions.length, ...vectors.definitions)
    parsed.forEach((tree, i) => {
      if (!(tree instanceof ReadError)) parsed[i] = vectors.trees.shift()!
    })
    this.#vectors = vectors.notation
    this.#putIn = vectors.putIn
    const sampleCount = sampleCountIn(
      [...parsed.filter(isTree), ...definitions.map(({ node }) => node)],
      named.names,
      indexNames,
    )
    this.named = withLayers(named, this.#vectors)
    const trees = parsed.map((tree, i) =>
      tree instanceof ReadError ? tree : orError(() => this.#byComponents(tree, sources[i]!)),
    )
    definitions.forEach((definition, i) => {
      const node = this.#vectors?.define(definition)
      if (node !== undefined) definitions[i] = { ...definition, node }
    })
    this.trees = trees.map((tree) => (tree instanceof ReadError ? undefined : tree))
    const data = new Set(options.data === undefined ? defaultData : this.named.data)
    for (const name of this.named.notData) data.delete(name)
    for (const { node } of definitions) {
      if (node.kind === 'comparison' && node.left.kind === 'name') data.delete(node.left.name)
    }
    if (options.data === undefined) for (const name of this.#labelledData(data, indexNames)) data.add(name)
    for (const name of sampledNames(this.trees)) if (!this.named.notData.has(name)) data.add(name)
    this.reader = new Elaborator({
      store: this.store,
      data,
      named: this.named.names,
      indexNames,
      sampleCount,
      fewest: fewestIndices([...this.trees, ...definitions.map(({ node }) => node)]),
      readTemplate: (template) => readTemplate(template, this.store),
    })
    this.reader.warnings.push(...warnings)
    if (definitions.length > 0) {
      const survey: Survey = { implied: false, indices: new Map() }
      for (const { node } of definitions) surveyTree(node, survey)
      for (const tree of this.trees) if (tree !== undefined) surveyTree(tree, survey)
      for (const definition of definitions) define(this.reader, definition, survey)
    }
    const terms = trees.map((tree, i) =>
      tree instanceof ReadError ? tree : orError(() => this.reader.read(tree, sources[i]!, true)),
    )
    const written = readFacts(this.#facts(), options.assume ?? [])
    this.#ranges = readRanges(this.reader, options.range ?? [], { ...this.#vocabulary, defines: false })
    const finish = this.#finisher()
    this.terms = terms.map((term) => (term instanceof ReadError ? term : finish(term)))
    const { definitions: defined } = this.reader
    for (const [name, definition] of defined) {
      defined.set(name, { ...definition, body: finish(definition.body) })
    }
    const first = this.terms.find((term): term is Expr => !(term instanceof ReadError))
    const declarations = declare(
      this.reader,
      this.named,
      ownNames(this.reader),
      this.#ranges,
      first ?? this.store.number(0),
    ).map((declaration) => ({
      ...declaration,
      ranges: declaration.ranges.map((range) => range && { from: finish(range.from), to: finish(range.to) }),
    }))
    const facts = written.map(({ fact, text }) => ({ fact: finish(fact), text }))
    rejectContradictions(this.store, facts)
    this.scope = new Scope(
      this.store,
      declarations,
      facts.map(({ fact }) => fact),
      new Map(facts.map(({ fact, text }) => [fact, text])),
    )
  }

  /** Another text about the same names, such as another reading of one of the texts. @throws ReadError */
  read(source: Source): Expr {
    const written = this.#putIn(readStatements(source, this.#vocabulary, []))
    const tree = this.#byComponents(written, source)
    const term = this.reader.read(tree, source, true)
    return this.#finisher()(term)
  }

  /** The tree of a text as it is written; nothing where it cannot be read. */
  parse(source: Source): Surface | undefined {
    const tree = orError(() => readStatements(source, this.#vocabulary, []))
    return tree instanceof ReadError ? undefined : tree
  }

  /** `y_true` and `x_{new}` belong to a sample as y and x do. */
  #labelledData(data: ReadonlySet<string>, indexNames: ReadonlySet<string>): readonly string[] {
    const names: string[] = []
    for (const tree of this.trees) {
      if (tree === undefined) continue
      visit(tree, (node) => {
        if (node.kind !== 'name' || !data.has(node.name)) return
        const [label] = node.indices
        if (label === undefined || !isWordIndex(label, indexNames)) return
        const name = `${node.name}_${label.name}`
        if (!this.named.names.has(name)) names.push(name)
      })
    }
    return names
  }

  #componentsOf(source: Source): readonly string[] {
    return source.components ?? this.#components
  }

  #vectorText(tree: Surface, source: Source): VectorText {
    return { tree, source, components: this.#componentsOf(source) }
  }

  /** Without vector notation; @throws ReadError where shapes clash */
  #byComponents(tree: Surface, source: Source): Surface {
    return this.#vectors?.write(this.#vectorText(tree, source)) ?? tree
  }

  #facts(): FactReader {
    return {
      reader: this.reader,
      vocabulary: { ...this.#vocabulary, defines: false },
      // A fact such as y in {0, 1} is of each component, so a vector is no fault there.
      byComponents: (tree, source) => {
        const written = orError(() => this.#vectors?.write({ tree, source, components: [] }))
        return written === undefined || written instanceof ReadError ? tree : written
      },
    }
  }

  /** A fact about the same names, such as `p > 0`. @throws ReadError */
  readFact(text: string): Expr {
    const fact = readFact(this.#facts(), text)
    // Only now: what is finished includes the ranges that this very fact leaves open.
    return this.#finisher()(fact)
  }

  /** Puts in what only all uses together tell: ranges left open, and names with fixed indices. */
  #finisher(): (term: Expr) => Expr {
    const { store } = this
    const opened = openRanges(this.reader, this.#ranges)
    const own = ownNames(this.reader)
    if (opened.size === 0 && own.size === 0) return (term) => term
    return (term) =>
      replaceSymbols(store, term, (name, indices) => {
        if (indices.length === 0) return opened.get(name)
        if (own.size === 0) return undefined
        const key = indices.map((index) => (index.kind === 'number' ? index.name : ' ')).join(',')
        const fixed = own.get(`${name} ${key}`)
        return fixed === undefined ? undefined : store.symbol(fixed)
      })
  }
}

/** `--wrt W_1` means the matrix of that layer. */
function withLayers(named: Named, vectors: VectorNotation | undefined): Named {
  if (vectors === undefined) return named
  const wrt = named.wrt.map((entry) => {
    const [number] = entry.indices
    const layer =
      number === undefined || entry.indices.length > 1 ? undefined : vectors.layer(entry.name, number)
    return layer === undefined ? entry : { ...entry, name: layer, indices: [] }
  })
  return { ...named, wrt }
}

/** How many indices `w_k` says that w has; numbers may be part of the name. */
function rankOf(name: string, indices: readonly string[]): [string, number][] {
  return indices.length === 0 || indices.every((index) => /^\d/.test(index)) ? [] : [[name, indices.length]]
}

function fewestIndices(trees: readonly (Surface | undefined)[]): ReadonlyMap<string, number> {
  const fewest = new Map<string, number>()
  for (const tree of trees) {
    if (tree === undefined) continue
    visit(withOwnParameters(tree), (node) => {
      if (node.kind !== 'name') return
      fewest.set(node.name, Math.min(fewest.get(node.name) ?? node.indices.length, node.indices.length))
    })
  }
  return fewest
}

function isTree(tree: Surface | ReadError): tree is Surface {
  return !(tree instanceof ReadError)
}

function readTemplate(text: string, store: TermStore): Expr {
  const [term] = new SharedReading([{ text }], { store, data: [] }).terms
  if (term === undefined || term instanceof ReadError) throw term
  return term
}

/** Names below an expectation, `\mathbb E_{s,a}`, have a value for each sample. */
function sampledNames(trees: readonly (Surface | undefined)[]): Set<string> {
  const names = new Set<string>()
  for (const tree of trees) {
    if (tree === undefined) continue
    visit(tree, (node) => {
      if (node.kind !== 'call' || node.name !== expectation) return
      for (const arg of node.args.slice(0, -1)) if (arg.kind === 'name') names.add(arg.name)
    })
  }
  return names
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
