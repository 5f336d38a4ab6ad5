import { limits } from '../../term/limits.ts'
import { argumentsOf } from '../definitions.ts'
import { ReadError, type Source } from '../error.ts'
import type { Surface } from '../surface.ts'
import { visit } from '../surface.ts'
import * as s from '../surface-builders.ts'
import { ComponentWriter } from './components.ts'
import { ShapeInference } from './infer.ts'
import { inlineVectorFunctions } from './inline.ts'
import { withOwnParameters, withWrittenParameters } from './own-parameters.ts'
import { Ranks } from './ranks.ts'
import { openAxes, shapeWords, type Wanted } from './shape.ts'

/** A text in which vectors may stand. */
export interface VectorText {
  readonly tree: Surface
  readonly source: Source
  /** The free indices at which the component of a vector or matrix is meant. */
  readonly components: readonly string[]
}

/** A definition: what its right side is, its left side is. */
export interface VectorDefinition {
  readonly source: Source
  readonly node: Surface
}

/** What the options tell of names. */
export interface VectorContext {
  /** Number of indices of names that are asked for as `w_k`. */
  readonly ranks: ReadonlyMap<string, number>
  readonly isLabel: (index: Surface) => boolean
}

/**
 * Vector notation of the texts of one reading, `\|Xw - y\|^2`, written out by components. It is on where a text has
 * a transposition, a norm, an inner product or the like; without one, names are numbers.
 */
export class VectorNotation {
  readonly #names: Ranks
  readonly #shapes: ShapeInference
  readonly #letter: string
  #count = 0

  private constructor(names: Ranks, shapes: ShapeInference, letter: string) {
    this.#names = names
    this.#shapes = shapes
    this.#letter = letter
  }

  /** Nothing where no text uses vectors. */
  static of(
    texts: readonly VectorText[],
    definitions: readonly VectorDefinition[],
    { ranks, isLabel }: VectorContext,
  ): VectorNotation | undefined {
    const all = [...texts.map(({ tree }) => tree), ...definitions.map(({ node }) => node)]
    if (all.some(({ depth }) => depth > limits.depth)) return undefined
    const isAsked = texts.some(({ components }) => components.length > 0) || all.some(usesVectors)
    const dotted = all.filter(hasDot)
    if (!isAsked && dotted.length === 0) return undefined
    const names = new Ranks(isLabel)
    names.surveyLayers(all)
    for (const tree of all) names.survey(tree)
    const hasBare = dotted.filter((tree) => names.surveyBare(tree)).length > 0
    if (!isAsked && !hasBare) return undefined
    const defined = new Map(definitions.flatMap(({ node }) => functionOf(node)))
    const shapes = new ShapeInference(names, ranks, defined)
    shapes.run([
      ...definitions.map(({ node }) => ({ tree: node, wanted: undefined })),
      ...texts.map(({ tree, components }) => ({ tree, wanted: wantedOf(components) })),
    ])
    return new VectorNotation(names, shapes, freeLetter(all))
  }

  /** What the layer `W_1` is called, where W stands for the matrices of layers. */
  layer(name: string, number: string): string | undefined {
    return this.#names.layer(name, number)
  }

  /** Defined functions that are applied to vectors: they have to be put in before. */
  get functionsOfArrays(): ReadonlySet<string> {
    return this.#shapes.functionsOfArrays
  }

  /** A text by components. @throws ReadError where shapes clash, or a vector stands where a number is meant */
  write({ tree, source, components }: VectorText): Surface {
    const shape = this.#shapes.judge(tree, source, wantedOf(components))
    const open = openAxes[shape]
    if (open > 0 && open !== components.length) {
      throw new ReadError(source, tree, {
        message: `this is ${shapeWords[shape]}, not a number`,
        hint: 'a loss is a number, such as \\|Xw - y\\|^2',
      })
    }
    const axes = open === 0 ? [] : components.map((name) => nameNode(name, tree))
    return this.#at(tree, axes, source)
  }

  /** A definition; the name of a vector gets an index. @throws ReadError where shapes clash */
  define({ node, source }: VectorDefinition): Surface {
    const shape = this.#shapes.judge(node, source, undefined)
    const isNumber = node.kind !== 'comparison' || shape === 'scalar'
    const axes = isNumber ? [] : ['a', 'b'].slice(0, openAxes[shape]).map((name) => nameNode(name, node.left))
    return withWrittenParameters(this.#at(node, axes, source))
  }

  #at(tree: Surface, axes: readonly Surface[], source: Source): Surface {
    const writer = new ComponentWriter(this.#names, this.#shapes, source, this.#letter, this.#count)
    const written = writer.at(tree, axes)
    this.#count = writer.count
    return written
  }
}

/** The notation of some texts, with the texts and definitions that it is about: functions of vectors are put in. */
export function readVectors(
  texts: readonly VectorText[],
  definitions: readonly VectorDefinition[],
  context: VectorContext,
): {
  readonly notation: VectorNotation | undefined
  readonly definitions: readonly VectorDefinition[]
  readonly trees: Surface[]
  /** Puts the functions into another text about the same names. */
  readonly putIn: (tree: Surface) => Surface
} {
  const functions = new Set<string>()
  for (;;) {
    const inlined = inlineVectorFunctions(
      definitions,
      texts.map(({ tree }) => tree),
      (node, name) => usesVectors(node) || functions.has(name),
    )
    const own = inlined.definitions.map((definition) => ({
      ...definition,
      node: withOwnParameters(definition.node),
    }))
    const notation = VectorNotation.of(
      texts.map((text, i) => ({ ...text, tree: inlined.trees[i]! })),
      own,
      context,
    )
    const more = [...(notation?.functionsOfArrays ?? [])].filter((name) => !functions.has(name))
    if (more.length === 0) {
      const used = notation === undefined ? inlined.definitions : own
      return { notation, definitions: used, trees: inlined.trees, putIn: inlined.putIn }
    }
    for (const name of more) functions.add(name)
  }
}

/** The name of the function that a tree defines, and how many arguments it has. */
function functionOf(node: Surface): [string, number][] {
  if (node.kind !== 'comparison' || node.left.kind !== 'call' || !node.left.own) return []
  return [[node.left.name, argumentsOf(node.left).length]]
}

function wantedOf(components: readonly string[]): Wanted {
  return components.length === 0 ? 'scalar' : undefined
}

function nameNode(value: string, at: Surface): Surface {
  return s.name({ type: 'name', value, at: at.at, end: at.at })
}

const vectorFunctions: ReadonlySet<string> = new Set(['softmax', 'logsumexp', 'tr'])

export function usesVectors(tree: Surface): boolean {
  let found = false
  visit(tree, (node) => {
    found ||=
      node.kind === 'transposed' ||
      node.kind === 'norm' ||
      node.kind === 'inner' ||
      node.kind === 'component' ||
      (node.kind === 'chain' && node.sign === 'elementwise') ||
      (node.kind === 'chain' && node.sign === 'dot' && isBold(node.left) && isBold(node.right)) ||
      (node.kind === 'call' && !node.own && node.args.length === 1 && vectorFunctions.has(node.name)) ||
      (node.kind === 'call' && !node.own && node.args.length === 2 && node.name === 'cos')
  })
  return found
}

function isBold(node: Surface): boolean {
  const last = node.kind === 'chain' ? node.right : node
  return last.kind === 'name' && last.bold
}

function hasDot(tree: Surface): boolean {
  let found = false
  visit(tree, (node) => {
    found ||= node.kind === 'chain' && node.sign === 'dot'
  })
  return found
}

/** The letter of fresh indices: one that no text uses, so that what is told reads well. */
function freeLetter(trees: readonly Surface[]): string {
  const used = new Set<string>()
  for (const tree of trees) {
    visit(tree, (node) => {
      if (node.kind === 'name') used.add(node.name)
    })
  }
  return ['j', 'q', 'r', 's', 'l', 'a', 'b', 'u', 'v'].find((letter) => !used.has(letter)) ?? 'j'
}
