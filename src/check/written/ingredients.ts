import { partsOf, type Surface } from '../../read/index.ts'
import type { Scope } from '../../term/scope.ts'
import type { Ingredients } from './edit-list.ts'
import { startOf } from './reach.ts'

/** A text with its tree: a line, or the loss. */
export interface Parsed {
  readonly text: string
  readonly tree: Surface
}

const longest = 50
const most = 14

/** What a mended line may be made of: parts of the line before, of the loss and its definitions. */
export function ingredientsFrom(
  previous: Parsed | undefined,
  loss: Parsed | undefined,
  line: Parsed,
  scope: Scope,
  { wrt, latex }: { readonly wrt: string; readonly latex: boolean },
): Ingredients {
  const factors = new Set<string>()
  const innerDerivatives = new Set<string>()
  const summands = new Set<string>()
  const indices = new Set<string>()
  const operator = latex
    ? (inner: string) => `\\frac{\\partial}{\\partial ${latexName(wrt)}} ${inner}`
    : (inner: string) => `D(${inner}, ${wrt})`
  for (const [source, isLoss] of [
    [previous, false],
    [loss, true],
  ] as const) {
    if (source === undefined) continue
    const { text, tree } = source
    const slice = (node: Surface) => text.slice(startOf(text, node.at), node.end)
    walk(tree, (node, goal) => {
      if (node.kind === 'chain' && node.op === '*') {
        for (const part of [node.left, node.right]) {
          if (part.kind === 'chain' || part.kind === 'big') continue
          if (isLoss && part.kind === 'name' && slice(part) === latexName(wrt)) continue
          const beside =
            isLoss &&
            [node.left, node.right].some((other) => other !== part && slice(other) === latexName(wrt))
          if (part.end - part.at <= longest) (beside ? innerDerivatives : factors).add(slice(part))
          if (beside) innerDerivatives.add(`(-${slice(part)})`)
        }
      }
      if (node.kind === 'chain' && (node.op === '+' || node.op === '-')) {
        for (const part of [node.left, node.right]) {
          if (!(part.kind === 'chain' && (part.op === '+' || part.op === '-'))) summands.add(slice(part))
        }
      }
      const inner =
        (goal || isLoss) && node.kind === 'power'
          ? node.left
          : (goal || isLoss) && node.kind === 'call'
            ? node.args[0]
            : undefined
      if (inner !== undefined && inner.kind !== 'number') {
        const written = slice(inner)
        innerDerivatives.add(operator(/^\(|^\\left\(/.test(written) ? written : `(${written})`))
      }
    })
  }
  for (const source of [line, previous]) {
    if (source === undefined) continue
    walk(source.tree, (node) => {
      if (node.kind === 'name') {
        for (const index of node.indices) if (index.kind === 'name') indices.add(index.name)
      }
      if (node.kind === 'big') {
        for (const below of node.below) {
          if (below.kind === 'name') indices.add(below.name)
          if (below.kind === 'comparison' && below.left.kind === 'name') indices.add(below.left.name)
        }
      }
    })
  }
  for (const { name, role } of scope.declarations) if (role === 'index') indices.add(name)
  // An index of its own for a sum that is missing.
  const fresh = ['l', 'k', 'j', 'q'].find(
    (letter) => !indices.has(letter) && scope.declaration(letter) === undefined,
  )
  if (fresh !== undefined) indices.add(fresh)
  return {
    factors: [...factors].slice(0, most),
    innerDerivatives: [...innerDerivatives].slice(0, most),
    summands: [...summands].slice(0, most),
    counts: scope.namesWithRole('count').filter((name) => /^[A-Za-z]$/.test(name)),
    indices: [...indices].filter((name) => /^[A-Za-z]$/.test(name)).slice(0, 6),
  }
}

/** Visits all nodes; `goal` tells whether a derivative stands around. */
function walk(root: Surface, visitor: (node: Surface, goal: boolean) => void): void {
  const visit = (node: Surface, goal: boolean): void => {
    visitor(node, goal)
    if (node.kind === 'big') for (const below of node.below) visitor(below, false)
    for (const part of partsOf(node)) visit(part, goal || node.kind === 'derivative')
  }
  visit(root, false)
}

/** A name as an option writes it, in LaTeX: `theta_1` is `\theta_1`. */
function latexName(name: string): string {
  return name.replace(
    /^(?=(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega)(?:_|$))/,
    '\\',
  )
}
