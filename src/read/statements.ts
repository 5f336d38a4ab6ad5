import { splitDefinitions, type WrittenDefinition } from './definitions.ts'
import { orError, ReadError, type Source } from './error.ts'
import { isLatex } from './lexer.ts'
import { lossSides, sideAlone } from './loss-sides.ts'
import { Words } from './names.ts'
import { parseSurface } from './parse-surface.ts'
import { constraint } from './pasted.ts'
import { isLossNamed, type Loss, lossIn, otherForms, usesUndefined } from './pasted-loss.ts'
import { type Surface, toArray, visit } from './surface.ts'
import { noVocabulary, type Vocabulary } from './vocabulary.ts'

/** Definitions and the one expression of a text. */

/** The expression of a text; its definitions are added to the list. */
export function readStatements(
  source: Source,
  vocabulary: Vocabulary,
  definitions: WrittenDefinition[],
): Surface {
  const { latex, loss } = source
  const items = toArray(
    parseSurface(source, latex === undefined && !loss ? vocabulary : { ...vocabulary, latex, loss })[0],
  )
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
    const own = splitDefinitions(source, item.definitions)
    definitions.push(...(source.option === undefined ? inOrder(own) : own))
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

/**
 * The loss of a text. Where its left side is no term, or the whole no loss, the sides of the equation are read one by
 * one: the first that needs no function without a definition, else the first that can be read.
 */
export function readLossTree(
  source: Source,
  vocabulary: Vocabulary,
  definitions: WrittenDefinition[],
  warnings: string[],
): Loss {
  const attempt = (text: string, latex: boolean | undefined) => {
    const own: WrittenDefinition[] = []
    const told: string[] = []
    const from = latex === undefined ? { ...source, text } : { ...source, text, latex }
    const written = readStatements(from, vocabulary, own)
    const known = definedNames([...definitions, ...own])
    const { tree, variables } = lossIn(written, known, (message) => told.push(message))
    return { tree, variables, own, told, isOpen: usesUndefined(tree, known) }
  }
  const whole = orError(() => attempt(source.text, undefined))
  let chosen = whole
  const isLoss = !(whole instanceof ReadError) && !isEquation(whole.tree)
  const sides = isLoss ? undefined : lossSides(source.text)
  if (sides !== undefined) {
    const found = sides.right.map((side) =>
      orError(() => attempt(sideAlone(source.text, sides, side), isLatex(source.text))),
    )
    const read = found.flatMap((side) =>
      side instanceof ReadError || !isLossNamed(side.tree, sides.name) ? [] : [side],
    )
    const best = read.find(({ isOpen }) => !isOpen) ?? read[0]
    if (best !== undefined && read.length > 1) best.told.push(otherForms)
    const isRight = whole instanceof ReadError && whole.offset >= sides.right[0]!.at
    const error = found.find((side) => side instanceof ReadError)
    chosen = best ?? (isRight ? whole : (error ?? whole))
  }
  if (chosen instanceof ReadError) throw chosen
  if (constraint.test(source.text)) chosen.told.push('the constraints are not read')
  definitions.push(...chosen.own)
  warnings.push(...chosen.told)
  return chosen
}

/** What stands behind a loss is explained from the outside in: `a = \\sigma(z), z = w x`. Here each uses those before it. */
function inOrder(definitions: readonly WrittenDefinition[]): readonly WrittenDefinition[] {
  const rest = [...definitions]
  const ordered: WrittenDefinition[] = []
  while (rest.length > 0) {
    const heads = definedNames(rest)
    const next = rest.findIndex(({ node }) => !usesAny(node, heads))
    ordered.push(...rest.splice(Math.max(next, 0), 1))
  }
  return ordered
}

function usesAny(definition: Surface, names: ReadonlySet<string>): boolean {
  if (definition.kind !== 'comparison') return false
  let uses = false
  visit(definition.right, (node) => {
    uses ||= (node.kind === 'name' || node.kind === 'call') && names.has(node.name)
  })
  return uses
}

function isEquation(tree: Surface): boolean {
  return tree.kind === 'comparison' && (tree.op === '=' || tree.op === ':=')
}

function definedNames(definitions: readonly WrittenDefinition[]): ReadonlySet<string> {
  return new Set(
    definitions.flatMap(({ node }) => {
      const head = node.kind === 'comparison' ? node.left : node
      return head.kind === 'name' || head.kind === 'call' ? [head.name] : []
    }),
  )
}

/** The name that a `--let` text defines, if it is a function or if it is not. */
export function headOf(text: string, asFunction: boolean): string[] {
  const words = new Words(text.replace(/^\s*let\s/, ''), { ...noVocabulary, latex: false })
  const head = words.nameAt(0)
  if (head === undefined) return []
  const isBelow = words.raw[head.next]?.type === 'sub'
  const open = isBelow ? (words.scriptEnd(head.next) ?? head.next) : head.next
  return words.isOpen(open) === asFunction ? [head.value] : []
}
