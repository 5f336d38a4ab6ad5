import { mapParts, type NameNode, type Surface, visit } from '../surface.ts'
import type { VectorDefinition } from './index.ts'

/**
 * Puts in functions of vectors, `f(x) = w^\top x + b`: a function that stays has numbers for arguments. What is left
 * are the definitions that stay, and the trees without the others.
 */
export function inlineVectorFunctions(
  definitions: readonly VectorDefinition[],
  trees: readonly Surface[],
  isPutIn: (body: Surface, name: string) => boolean,
): {
  readonly definitions: VectorDefinition[]
  readonly trees: Surface[]
  /** Puts them into another tree. */
  readonly putIn: (tree: Surface) => Surface
} {
  const known = new Map<string, { readonly parameters: readonly string[]; readonly body: Surface }>()
  const replace = (tree: Surface) => (known.size === 0 ? tree : unfold(tree, known))
  const kept: VectorDefinition[] = []
  for (const definition of definitions) {
    const node = replace(definition.node)
    const head = node.kind === 'comparison' ? headOf(node.left) : undefined
    const inlined =
      head !== undefined && node.kind === 'comparison' && isPutIn(node.right, head.name) ? head : undefined
    if (inlined === undefined || node.kind !== 'comparison') kept.push({ ...definition, node })
    else known.set(inlined.name, { parameters: inlined.parameters, body: node.right })
  }
  return { definitions: kept, trees: trees.map(replace), putIn: replace }
}

/** The name and the parameters of `f(x)`, `h_\theta(x)`. */
function headOf(left: Surface): { name: string; parameters: string[] } | undefined {
  if (left.kind !== 'call' || !left.own) return undefined
  const args = left.args.slice(0, left.args.length - left.subscripts)
  const parameters = args.flatMap((arg) =>
    arg.kind === 'name' && arg.indices.length === 0 ? [arg.name] : [],
  )
  return parameters.length === args.length ? { name: left.name, parameters } : undefined
}

function unfold(
  tree: Surface,
  known: ReadonlyMap<string, { readonly parameters: readonly string[]; readonly body: Surface }>,
): Surface {
  if (!contains(tree, known)) return tree
  const walk = (node: Surface): Surface => {
    const mapped = mapParts(node, walk)
    if (mapped.kind !== 'call' || !mapped.own || mapped.orders.length > 0) return mapped
    const definition = known.get(mapped.name)
    const args = definition?.parameters.map((_, i) => mapped.args[i])
    if (definition === undefined || args === undefined || args.includes(undefined)) return mapped
    const values = new Map(definition.parameters.map((parameter, i) => [parameter, args[i]!]))
    const body = substitute(definition.body, values)
    const group: Surface = { kind: 'group', at: mapped.at, end: mapped.end, depth: body.depth, body }
    return mapped.power === undefined
      ? group
      : {
          kind: 'power',
          at: mapped.at,
          end: mapped.end,
          depth: group.depth + 1,
          left: group,
          right: mapped.power,
        }
  }
  return walk(tree)
}

function contains(tree: Surface, known: ReadonlyMap<string, unknown>): boolean {
  let found = false
  visit(tree, (node) => {
    found ||= node.kind === 'call' && node.own && known.has(node.name)
  })
  return found
}

/** The body with each parameter replaced; an index of a parameter selects a component of what replaces it. */
function substitute(body: Surface, values: ReadonlyMap<string, Surface>): Surface {
  const walk = (node: Surface): Surface => {
    if (node.kind !== 'name') return mapParts(node, walk)
    const indices = node.indices.map(walk)
    const value = values.get(node.name)
    if (value === undefined) return { ...node, indices }
    if (indices.length === 0) return value
    if (value.kind === 'name') return { ...value, indices: [...value.indices, ...indices] } satisfies NameNode
    return { kind: 'component', at: node.at, end: node.end, depth: value.depth + 2, body: value, indices }
  }
  return walk(body)
}
