import { type NameNode, type Surface, visit } from './surface.ts'
import { bare } from './vectors/shape.ts'

export interface Loss {
  readonly tree: Surface
  /** The names below `\\min`, or by which a derivative in front differentiates, as options write them. */
  readonly variables: readonly string[]
}

export const otherForms = 'another form after "=" is not read'

/**
 * The loss in what is pasted: `J(m, b) = …` names it on the left, `\min_w …` and `\frac{d}{dw} …` say what is to be
 * done with it. They are about the loss, not part of it.
 */
export function lossIn(tree: Surface, defined: ReadonlySet<string>, warn: (message: string) => void): Loss {
  const side = withoutConstant(rightSide(tree, defined, warn), warn)
  const variables: string[] = []
  const body = objective(side, side, (operator, below) => {
    variables.push(...below.flatMap(optionOf))
    const names = below.map(({ name }) => name).join(', ')
    warn(`the objective of the ${operator} is read; finding ${names} is another matter`)
  })
  const differentiated = withoutDerivative(body, warn)
  variables.push(...differentiated.by.flatMap(optionOf))
  return { tree: differentiated.tree, variables: [...new Set(variables)] }
}

/**
 * What a derivative in front is taken of, `\frac{d}{dx} \frac12 x^2`: all of the product that follows. Nothing is taken off
 * `\frac{\partial J}{\partial w}`, which says no loss, nor off a second derivative, for which there is an option.
 */
function withoutDerivative(
  tree: Surface,
  warn: (message: string) => void,
): { readonly tree: Surface; readonly by: readonly NameNode[] } {
  if (tree.kind === 'derivative' && tree.body.kind !== 'name') {
    const by = tree.variables.flatMap((variable) => (variable.kind === 'name' ? [variable] : []))
    if (tree.variables.length < 2 && by.length === tree.variables.length) return { tree: tree.body, by }
    warn('the derivative in front stays part of the loss; a second derivative is asked for by --order 2')
  }
  if (tree.kind !== 'chain' || tree.op !== '*') return { tree, by: [] }
  const { tree: left, by } = withoutDerivative(tree.left, warn)
  return { tree: left === tree.left ? tree : { ...tree, left }, by }
}

/** `w`, `beta_0`, as `--wrt` takes them. */
function optionOf({ name, indices }: NameNode): string[] {
  const parts = indices.map((index) =>
    index.kind === 'number' ? index.text : index.kind === 'name' ? index.name : '',
  )
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name) || parts.includes('')) return []
  return [parts.length === 0 ? name : `${name}_{${parts.join(',')}}`]
}

/** Whether functions stand in a tree that nothing defines. */
export function usesUndefined(tree: Surface, defined: ReadonlySet<string>): boolean {
  let found = false
  visit(tree, (node) => {
    found ||= node.kind === 'call' && node.own && !defined.has(node.name)
  })
  return found
}

/** Whether a tree is a loss of this name, in which names stand, but not its own. */
export function isLossNamed(tree: Surface, name: string | undefined): boolean {
  let isTerm = false
  let isUsed = false
  visit(tree, (node) => {
    isTerm ||= node.kind === 'name'
    isUsed ||= node.kind === 'name' && node.name === name
  })
  return isTerm && !isUsed
}

/** `… + \text{const.}`: a last summand of which a text says no more than that it is constant. */
function withoutConstant(tree: Surface, warn: (message: string) => void): Surface {
  let rest = tree
  while (rest.kind === 'chain' && (rest.op === '+' || rest.op === '-')) {
    const { right } = rest
    const isConstant = right.kind === 'name' && /^const(?:ant)?$/i.test(right.name)
    if (!isConstant || right.indices.length > 0) return rest
    warn(`the constant "${right.name}" is left out`)
    rest = rest.left
  }
  return rest
}

/** The right side of `J(m, b) = …`; of `J = a = b`, the first that needs no function without a definition. */
function rightSide(tree: Surface, defined: ReadonlySet<string>, warn: (message: string) => void): Surface {
  const sides: Surface[] = []
  let rest = tree
  while (rest.kind === 'comparison' && (rest.op === '=' || rest.op === ':=')) {
    sides.unshift(rest.right)
    rest = rest.left
  }
  if (sides.length === 0 || !isLossName(rest, sides)) return tree
  while (sides.length > 1 && sides[0]!.kind === 'name') sides.shift()
  if (sides.length > 1) warn(otherForms)
  return sides.find((side) => !usesUndefined(side, defined)) ?? sides[0]!
}

/** Whether a left side is a name, maybe applied to names, that the right side does not use. `x = 3` is a condition. */
function isLossName(left: Surface, sides: readonly Surface[]): boolean {
  // R^2 and \beta^{ridge} are names, too.
  const isRaised = left.kind === 'power' && /^(?:number|name)$/.test(bare(left.right).kind)
  const named = isRaised ? left.left : left
  const base = named.kind === 'chain' && named.op === '*' ? named.left : named
  const args = left.kind === 'chain' ? [left.right] : left.kind === 'call' && left.own ? left.args : []
  if (base.kind !== 'name' && base.kind !== 'call') return false
  if (base.kind === 'call' && !base.own) return false
  const isName = (node: Surface) =>
    node.kind === 'name' || (node.kind === 'group' && node.body.kind === 'name')
  if (!args.every(isName)) return false
  const { name } = base
  let used = false
  let isTerm = false
  for (const side of sides) {
    visit(side, (node) => {
      isTerm ||= node.kind === 'name'
      used ||=
        node.kind === 'name' &&
        node.name === name &&
        (base.kind !== 'name' || node.indices.length === base.indices.length)
    })
  }
  return isTerm && !used
}

/** The body of a `\min_w` in front, when w is no index in it but a variable. */
function objective(
  tree: Surface,
  whole: Surface,
  found: (operator: string, below: readonly NameNode[]) => void,
): Surface {
  if (tree.kind === 'chain') {
    // The body of `\min` ends at the next sign, so that it stands at the far left of the sum.
    const links = []
    let first: Surface = tree
    while (first.kind === 'chain') {
      links.push(first)
      first = first.left
    }
    const body = objective(first, whole, found)
    if (body === first) return tree
    return links.reverse().reduce<Surface>((left, link) => ({ ...link, left }), body)
  }
  if (tree.kind !== 'big' || (tree.name !== 'min' && tree.name !== 'max')) return tree
  const names = tree.below.flatMap((below) => (below.kind === 'name' ? [below] : []))
  const isObjective =
    names.length === tree.below.length && names.every(({ name }) => isVariableIn(whole, name))
  if (tree.above !== undefined || !isObjective) return tree
  found(tree.name === 'min' ? 'minimum' : 'maximum', names)
  return objective(tree.body, whole, found)
}

/** Whether a name stands outside of indices. */
function isVariableIn(body: Surface, name: string): boolean {
  const indices = new Set<Surface>()
  let found = false
  visit(body, (node) => {
    if (indices.has(node)) return
    if (node.kind === 'name') {
      for (const index of node.indices) indices.add(index)
      found ||= node.name === name
    }
  })
  return found
}
