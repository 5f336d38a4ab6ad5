import { instantiateAll } from '../term/binder.ts'
import type { Expr, SymbolTerm } from '../term/expr.ts'
import { type Declaration, nabla, type Role, type Scope } from '../term/scope.ts'
import { chooseIndexName } from './bound-names.ts'
import { writeFact } from './fact.ts'
import { latexSymbol } from './latex.ts'
import { layOut } from './layout.ts'
import { writeRanges } from './ranges.ts'
import { notationOf, printTerm, type TermFormat } from './term.ts'
import { textSymbol } from './text.ts'

export interface ReadingOptions {
  /** What the loss is called; `J`, or the next letter the loss does not use. */
  readonly name?: string | undefined
  /** The variables of second derivatives, which may have indices of their own. */
  readonly second?: readonly Expr[] | undefined
}

/** What was understood, in the order in which it is told. */
interface Reading {
  readonly name: string
  readonly loss: string
  readonly items: readonly ReadingItem[]
}

/** `data x_i, y_i`, or with the words behind: `N samples`. */
interface ReadingItem {
  readonly before: string
  readonly terms: readonly string[]
  readonly after: string
}

/** What `--format json` says of how a loss was read. */
export interface ReadingJson {
  readonly ascii: string
  readonly latex: string
  readonly data: readonly string[]
  readonly parameters: readonly string[]
  readonly hyperparameters: readonly string[]
  readonly counts: readonly string[]
  readonly functions: readonly string[]
  readonly definitions: readonly { readonly ascii: string; readonly latex: string }[]
  readonly assumptions: readonly string[]
  readonly indices: Readonly<Record<string, readonly [from: string, to: string]>>
}

/** `read as J = …; data x_i, y_i; parameters m, b; N samples`: how a loss was understood, on one line. */
export function printReading(
  loss: Expr,
  scope: Scope,
  format: TermFormat,
  variables: readonly Expr[],
  options: ReadingOptions = {},
): string {
  const { name, loss: written, items } = describe(loss, scope, format, variables, options)
  if (format !== 'latex') {
    const told = items.map(({ before, terms, after }) => `; ${before}${terms.join(', ')}${after}`)
    return `read as ${name} = ${written}${told.join('')}`
  }
  const words = (text: string) => (text === '' ? '' : `\\text{${text}}`)
  const told = items.map(
    ({ before, terms, after }) => `;\\; ${words(before)}${terms.join(', ')}${words(after)}`,
  )
  return `${words('read as ')} ${name} = ${written}${told.join('')}`
}

/** The reading as data; the strings are in plain notation unless they are called `latex`. */
export function readingToJson(
  loss: Expr,
  scope: Scope,
  variables: readonly Expr[],
  second?: readonly Expr[],
): ReadingJson {
  const ascii = survey(loss, scope, 'ascii')
  const latex = survey(loss, scope, 'latex')
  const named = (role: Role) => scope.namesWithRole(role).slice()
  return {
    ascii: ascii.loss,
    latex: latex.loss,
    data: named('data'),
    parameters: parametersOf(scope, variables),
    hyperparameters: named('hyperparameter'),
    counts: named('count'),
    functions: named('function'),
    definitions: ascii.definitions.map((definition, i) => ({
      ascii: definition,
      latex: latex.definitions[i] ?? '',
    })),
    assumptions: scope.facts.map((fact) => writeFact(fact, 'ascii')),
    indices: Object.fromEntries([
      ...rangesOf([...variables, ...secondOnly(variables, second)], scope),
      ...ascii.ranges,
    ]),
  }
}

/** A name for the loss that nothing in it uses. */
export function lossName(loss: Expr, scope: Scope, asked?: string): string {
  if (asked !== undefined) return asked
  const used = (name: string) => loss.names.has(name) || scope.declaration(name) !== undefined
  return ['J', 'L', 'E', 'Q', 'R'].find((name) => !used(name)) ?? 'J'
}

function describe(
  loss: Expr,
  scope: Scope,
  format: TermFormat,
  variables: readonly Expr[],
  options: ReadingOptions,
): Reading {
  const { loss: written, definitions, names } = survey(loss, scope, format)
  const items: ReadingItem[] = []
  const tell = (before: string, terms: readonly string[], after = '') => {
    if (terms.length > 0) items.push({ before, terms, after })
  }
  const show = (list: readonly string[]) => list.map((name) => names.get(name) ?? writeName(name, format))
  tell('where ', definitions)
  tell('data ', show(scope.namesWithRole('data')))
  tell('parameters ', show(parametersOf(scope, variables)))
  tell('hyperparameters ', show(scope.namesWithRole('hyperparameter')))
  const undefinedFunctions = scope.namesWithRole('function')
  tell(
    undefinedFunctions.length > 1 ? 'undefined functions ' : 'undefined function ',
    show(undefinedFunctions),
  )
  const counts = scope.namesWithRole('count')
  const samples = counts.filter((name) => /^[Nn]$/.test(name))
  tell('', show(samples), ' samples')
  tell('counts ', show(counts.filter((name) => !samples.includes(name))))
  tell(
    'assuming ',
    scope.facts.map((fact) => writeFact(fact, format)),
  )
  if (variables.some((variable) => variable.kind === 'symbol' && variable.name === nabla)) {
    items.push({ before: 'differentiated by the parameters of ', terms: show(undefinedFunctions), after: '' })
    return { name: writeName(lossName(loss, scope, options.name), format), loss: written, items }
  }
  // said where it is not plain from the parameters: some of them only, or an index that was chosen
  const isPlain = variables.length >= parametersOf(scope, variables).length
  if (!isPlain || variables.some((variable) => variable.args.length > 0)) {
    tell(
      'differentiated by ',
      variables.map((variable) => printTerm(variable, format)),
    )
  }
  tell(
    'then also by ',
    secondOnly(variables, options.second).map((variable) => printWithRanges(variable, scope, format)),
  )
  return { name: writeName(lossName(loss, scope, options.name), format), loss: written, items }
}

/** The parameters, also those that are only asked for. */
function parametersOf(scope: Scope, variables: readonly Expr[]): string[] {
  const names = new Set(scope.namesWithRole('parameter'))
  for (const variable of variables) {
    if (variable.kind !== 'symbol' || variable.name === nabla) continue
    if (scope.role(variable.name) === undefined) names.add(variable.name)
  }
  return [...names]
}

interface Survey {
  readonly loss: string
  readonly definitions: readonly string[]
  /** How each name is first written, with its indices: `x` as `x_i`. */
  readonly names: ReadonlyMap<string, string>
  readonly ranges: ReadonlyMap<string, readonly [string, string]>
}

/**
 * Prints the loss and the definitions and notes on the way how each name is written and which range each
 * index has: the notation is asked for every name with its indices already in their letters.
 */
function survey(loss: Expr, scope: Scope, format: TermFormat): Survey {
  const notation = notationOf(format)
  const names = new Map<string, string>()
  const ranges = new Map<string, readonly [string, string]>()
  const watching = {
    ...notation,
    symbol: (...[name, indices]: Parameters<typeof notation.symbol>) => {
      const written = notation.symbol(name, indices)
      if (!names.has(name)) names.set(name, written.text)
      return written
    },
    big: (...[operation, index, from, to, body]: Parameters<typeof notation.big>) => {
      if (!ranges.has(index)) ranges.set(index, [from.text, to.text])
      return notation.big(operation, index, from, to, body)
    },
  }
  const print = (term: Expr) => layOut(term, watching, { taken: new Set() }).text
  return {
    loss: print(loss),
    definitions: [...scope.declarations].flatMap((declaration) => {
      const equation = equationOf(declaration, scope)
      if (equation === undefined) return []
      return [`${printTerm(equation[0], format)} = ${print(equation[1])}`]
    }),
    names,
    ranges,
  }
}

/** The two sides of `f(x) = m*x + b`, with letters for the parameters that do not occur in the body. */
function equationOf({ name, definition }: Declaration, { store }: Scope): [Expr, Expr] | undefined {
  if (definition === undefined) return undefined
  const letters: string[] = []
  for (const hint of definition.parameters) {
    letters.push(chooseIndexName(hint, definition.body.names, letters))
  }
  const parameters = letters.map((letter) => store.symbol(letter))
  const left = definition.form === 'function' ? store.apply(name, parameters) : store.symbol(name, parameters)
  return [left, instantiateAll(store, definition.body, parameters)]
}

/** The range of the free index of `w_k`, where it is known. */
function rangesOf(variables: readonly Expr[], scope: Scope): [string, readonly [string, string]][] {
  return variables
    .filter((variable): variable is SymbolTerm => variable.kind === 'symbol')
    .flatMap((variable) =>
      variable.args.flatMap((index, position): [string, readonly [string, string]][] => {
        const range = scope.declaration(variable.name)?.ranges[position]
        if (range === undefined || index.kind !== 'symbol') return []
        return [[index.name, [printTerm(range.from, 'ascii'), printTerm(range.to, 'ascii')]]]
      }),
    )
}

/** What only second derivatives are taken by. */
function secondOnly(variables: readonly Expr[], second: readonly Expr[] = []): readonly Expr[] {
  return [...new Set(second)].filter((variable) => !variables.includes(variable))
}

/** `w_l (1 ≤ l ≤ d)` */
function printWithRanges(variable: Expr, scope: Scope, format: TermFormat): string {
  const ranges = writeRanges([variable], scope, format)
  const written = printTerm(variable, format)
  return ranges === '' ? written : `${written} (${ranges})`
}

function writeName(name: string, format: TermFormat): string {
  return format === 'latex' ? latexSymbol(name) : format === 'text' ? textSymbol(name) : name
}
