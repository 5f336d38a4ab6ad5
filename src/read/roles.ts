import type { Expr, SymbolTerm } from '../term/expr.ts'
import { type Declaration, type IndexRange, nabla, type Role, Scope } from '../term/scope.ts'
import type { TermStore } from '../term/store.ts'
import type { Elaborator } from './elaborator.ts'
import { ReadError, type Source } from './error.ts'
import type { ReadOptions } from './options.ts'
import { parseSurface } from './parse-surface.ts'
import { fixedName } from './ranges.ts'
import { type NameNode, toArray } from './surface.ts'
import { constantNames, knownRange, letterOf, type NameUse } from './uses.ts'
import { noVocabulary } from './vocabulary.ts'

/** What every name of a reading is: data, parameter, count, …; and what to differentiate by. */

interface NamedEntry {
  readonly written: string
  readonly name: string
  /** As the option writes them: names or numbers. */
  readonly indices: readonly string[]
}

/** The names that the options name. */
export interface Named {
  readonly wrt: readonly NamedEntry[]
  readonly data: ReadonlySet<string>
  readonly hyper: ReadonlySet<string>
  /** All of them. */
  readonly names: ReadonlySet<string>
  readonly notData: ReadonlySet<string>
  readonly indexNames: ReadonlySet<string>
}

const defaultHyper = new Set(['lambda', 'alpha', 'gamma', 'delta', 'epsilon', 'eps', 'tau', 'eta', 'kappa'])
const defaultData: ReadonlySet<string> = new Set(['x', 'y', 'z', 't'])
/** In vector notation the data are X and Y. */
const dataMatrices: ReadonlySet<string> = new Set(['X', 'Y'])
const indexLetters = ['k', 'j', 'l', 'q', 'r', 's', 'p', 'u', 'v', 'm', 'n', 'i']

export function namedBy({ wrt = [], data = [], hyper = [] }: ReadOptions): Named {
  const entries = wrt.map((text) => readEntry(text, '--wrt'))
  const dataNames = new Set(data.map((text) => readEntry(text, '--data').name))
  const hyperNames = new Set(hyper.map((text) => readEntry(text, '--hyper').name))
  const indexNames = new Set<string>()
  const notData = new Set(hyperNames)
  const names = new Set([...dataNames, ...hyperNames])
  for (const { name, indices } of entries) {
    for (const index of indices) if (!/^\d/.test(index)) indexNames.add(index)
    names.add(name)
    // Named as data too, it has a value for each sample: predictions, y_pred, are differentiated by so.
    if (dataNames.has(name)) continue
    if (indices.length === 0 || !indices.every((index) => /^\d/.test(index))) notData.add(name)
  }
  return { wrt: entries, data: dataNames, hyper: hyperNames, names, notData, indexNames }
}

function readEntry(written: string, option: string): NamedEntry {
  if (/^[A-Za-z][A-Za-z0-9]*$/.test(written)) return { written, name: written, indices: [] }
  const source = { text: written, option }
  const refuse = (at: number): never => {
    throw new ReadError(source, at, { message: `expected a name such as m or w_k`, expected: ['a name'] })
  }
  const items = toArray(parseSurface(source, { ...noVocabulary, variables: new Set([written.trim()]) })[0])
  const node = items[0]?.body
  if (node?.kind !== 'name') return refuse(0)
  const label = labelOf(node)
  if (label !== undefined) return { written, name: `${node.name}_${label}`, indices: [] }
  const indices = node.indices.map((index) =>
    index.kind === 'name' && index.indices.length === 0
      ? index.name
      : index.kind === 'number'
        ? index.text
        : refuse(index.at),
  )
  return { written, name: node.name, indices }
}

function labelOf(node: NameNode): string | undefined {
  const [index] = node.indices
  return index?.kind === 'name' && index.indices.length === 0 && /^[A-Za-z]{3,}$/.test(index.name)
    ? index.name
    : undefined
}

/** `y` of `y_true`. */
function unlabelled(name: string): string {
  return name.replace(/_[A-Za-z]{2,}$/, '')
}

/** The declarations of all names, in the order of telling. */
export function declare(
  reader: Elaborator,
  named: Named,
  own: ReadonlyMap<string, string>,
  ranges: ReadonlyMap<string, IndexRange>,
  loss: Expr,
): Declaration[] {
  const wrtNames = new Set(named.wrt.map((entry) => wrtName(entry, own)))
  const hasSum = reader.allBinders.length > 0
  const hasAxes = reader.allBinders.some(({ axis }) => axis)
  const roleOf = (name: string, use: NameUse | undefined, base = name): Role => {
    if (wrtNames.has(name)) return 'parameter'
    if (reader.definitions.has(name)) return 'definition'
    for (const known of [name, base]) {
      if (named.data.has(known)) return 'data'
      if (named.hyper.has(known)) return 'hyperparameter'
    }
    if (use?.asFunction) return 'function'
    if (reader.counts.has(name) || (base !== name && reader.counts.has(base))) return 'count'
    if (constantNames.has(name) && use === undefined) return 'constant'
    if (reader.context.data.has(base) && defaultData.has(unlabelled(base))) return 'data'
    if (use?.perSample || (hasAxes && dataMatrices.has(name))) return 'data'
    if (defaultHyper.has(base)) return 'hyperparameter'
    if (hasSum && (name === 'N' || name === 'n') && (use === undefined || use.arity <= 0)) return 'count'
    // An index may be used as a number too, as in x^k beside w_k.
    return reader.freeIndices.has(name) ? 'index' : 'parameter'
  }
  const declarations: Declaration[] = []
  const add = (name: string, role: Role, use: NameUse | undefined, length = 0) => {
    const definition = reader.definitions.get(name)
    const arity = definition?.form === 'name' ? definition.parameters.length : use?.asFunction ? 0 : length
    const positions =
      role === 'index'
        ? [indexRange(reader, name, ranges)]
        : Array.from({ length: arity }, (_, i) => rangeAt(reader.store, use, i, ranges))
    declarations.push({ name, role, ranges: positions, ...(definition === undefined ? {} : { definition }) })
  }
  for (const use of reader.uses.values()) {
    const whole = use.arity >= 0 || reader.definitions.has(use.name)
    const elements = [...use.fixed].some(([key]) => !own.has(`${use.name} ${key}`))
    if (whole || elements) add(use.name, roleOf(use.name, use), use, Math.max(use.arity, 0))
    for (const key of use.fixed.keys()) {
      const fixed = own.get(`${use.name} ${key}`)
      if (fixed !== undefined) add(fixed, roleOf(fixed, undefined, use.name), undefined)
    }
  }
  for (const name of reader.constants.keys())
    if (!reader.uses.has(name)) add(name, roleOf(name, undefined), undefined)
  const declared = new Set(declarations.map(({ name }) => name))
  for (const name of reader.definitions.keys()) if (!declared.has(name)) add(name, 'definition', undefined)
  for (const name of reader.counts)
    if (!reader.uses.has(name) && loss !== undefined) add(name, roleOf(name, undefined), undefined)
  for (const name of reader.freeIndices.keys()) {
    if (declared.has(name)) continue
    declarations.push({ name, role: 'index', ranges: [indexRange(reader, name, ranges)] })
  }
  const told = [...named.wrt.map(({ name }) => name), ...named.data, ...named.hyper, ...defaultData]
  const order = ({ name, role }: Declaration) => {
    const place = told.indexOf(name)
    return roleOrder.indexOf(role) * (told.length + 1) + (place < 0 ? told.length : place)
  }
  return declarations.sort((a, b) => order(a) - order(b))
}

const roleOrder: readonly Role[] = [
  'data',
  'parameter',
  'hyperparameter',
  'count',
  'index',
  'constant',
  'function',
  'definition',
]

function rangeAt(
  store: TermStore,
  use: NameUse | undefined,
  i: number,
  ranges: ReadonlyMap<string, IndexRange>,
): IndexRange | undefined {
  const position = use?.positions[i]
  if (position === undefined) return undefined
  return (
    knownRange(position, store) ??
    [...position.free].map((name) => ranges.get(name)).find((range) => range !== undefined)
  )
}

/** A free index runs where the names run that it indexes; its one range is that of the declaration. */
function indexRange(
  reader: Elaborator,
  name: string,
  ranges: ReadonlyMap<string, IndexRange>,
): IndexRange | undefined {
  const given = ranges.get(name)
  if (given !== undefined) return given
  for (const use of reader.uses.values()) {
    for (const position of use.positions) {
      const range = position.free.has(name) ? knownRange(position, reader.store) : undefined
      if (range !== undefined) return range
    }
  }
  return undefined
}

function wrtName({ name, indices }: NamedEntry, own: ReadonlyMap<string, string>): string {
  if (indices.length === 0 || !indices.every((index) => /^\d/.test(index))) return name
  const key = indices.join(',')
  return own.get(`${name} ${key}`) ?? name
}

/** The variables to differentiate by, and the scope with their free indices. */
export function makeVariables(
  reader: Elaborator,
  named: Named,
  scope: Scope,
  source: Source,
): { list: SymbolTerm[]; scope: Scope } {
  const { store } = reader
  const extra: Declaration[] = []
  const taken = new Set([
    ...reader.allBinders.map(({ name }) => letterOf(name)),
    ...[...scope.declarations].map(({ name }) => name),
  ])
  const fresh = (range: IndexRange | undefined): Expr => {
    let letter = indexLetters.find((candidate) => !taken.has(candidate))
    for (let i = 1; letter === undefined; i++) if (!taken.has(`k${i}`)) letter = `k${i}`
    taken.add(letter)
    extra.push({ name: letter, role: 'index', ranges: [range] })
    return store.symbol(letter)
  }
  const indexed = (name: string) => store.symbol(name, (scope.declaration(name)?.ranges ?? []).map(fresh))
  let list: SymbolTerm[]
  if (named.wrt.length === 0) {
    list = scope.namesWithRole('parameter').map(indexed)
    if (list.length === 0 && scope.namesWithRole('function').length > 0) list = [store.symbol(nabla)]
    if (list.length === 0) {
      throw new ReadError(source, 0, {
        message: 'no parameter is left to differentiate by',
        hint: 'name what to differentiate by: --wrt x',
      })
    }
  } else {
    list = named.wrt.map((entry) => {
      const { name, indices } = entry
      const key = indices.join(',')
      const fixed = indices.length > 0 && indices.every((index) => /^\d/.test(index))
      const own = fixed ? fixedName(name, key) : name
      // `w_0` beside a w_j that starts at 1 is a name of its own: as an element of w it would be constant in the loss.
      if (fixed && scope.declaration(own) !== undefined) return store.symbol(own)
      if (fixed && scope.declaration(name) === undefined) return missing(reader, scope, extra, own)
      const declaration = scope.declaration(name)
      if (declaration === undefined) {
        return indices.length === 0
          ? missing(reader, scope, extra, name)
          : missing(reader, scope, extra, name, indices)
      }
      if (indices.length === 0) return indexed(name)
      // Nor is it an element where w only has others: the loss does not depend on it, which is told.
      if (fixed && indices.some((index, i) => isOutside(index, declaration.ranges[i])))
        return missing(reader, scope, extra, own)
      const rest = declaration.ranges.slice(indices.length)
      if (fixed ? rest.length > 0 : declaration.ranges.length < indices.length) {
        if (fixed) return missing(reader, scope, extra, own)
        throw new ReadError({ text: entry.written, option: '--wrt' }, 0, {
          message: `${name} has ${declaration.ranges.length} indices in the loss, not ${indices.length}`,
        })
      }
      const given = indices.map((index, i) => {
        if (/^\d/.test(index)) return store.number(index)
        if (scope.declaration(index) === undefined && !extra.some((entry) => entry.name === index)) {
          extra.push({ name: index, role: 'index', ranges: [declaration.ranges[i]] })
        }
        return store.symbol(index)
      })
      // `v_c` where the components of the vectors are left unsaid: all of them.
      return store.symbol(name, [...given, ...rest.map(fresh)])
    })
  }
  if (extra.length === 0) return { list, scope }
  return { list, scope: new Scope(store, [...scope.declarations, ...extra], scope.facts, scope.factTexts) }
}

/** Whether a number lies beyond an end of a range that is a number. */
function isOutside(index: string, range: IndexRange | undefined): boolean {
  if (range === undefined) return false
  const { from, to } = range
  return (
    (from.kind === 'number' && Number(index) < Number(from.name)) ||
    (to.kind === 'number' && Number(index) > Number(to.name))
  )
}

/** A name of `--wrt` that does not occur is still a variable; the derivative by it is an honest 0. */
function missing(
  reader: Elaborator,
  scope: Scope,
  extra: Declaration[],
  name: string,
  indices: readonly string[] = [],
): SymbolTerm {
  const { store } = reader
  if (scope.declaration(name) !== undefined) return store.symbol(name)
  reader.warnings.push(`${name} does not occur in the expression`)
  extra.push({ name, role: 'parameter', ranges: indices.map(() => undefined) })
  for (const index of indices) extra.push({ name: index, role: 'index', ranges: [undefined] })
  return store.symbol(
    name,
    indices.map((index) => store.symbol(index)),
  )
}
