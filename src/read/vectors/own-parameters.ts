import { mapParts, type Surface } from '../surface.ts'

/**
 * The parameters of a function are names of its own: the y of `d(y, u) = …` may be a number where the loss has a y
 * with indices. While shapes are inferred they bear names that no text has.
 */
const mark = ' own'

export function withOwnParameters(definition: Surface): Surface {
  if (definition.kind !== 'comparison' || definition.left.kind !== 'call' || !definition.left.own)
    return definition
  const { args, subscripts } = definition.left
  const parameters = args.slice(0, args.length - subscripts)
  const names = new Set(parameters.flatMap((node) => (node.kind === 'name' ? [node.name] : [])))
  return renamed(definition, (name) => (names.has(name) ? `${name}${mark}` : name))
}

export function withWrittenParameters(definition: Surface): Surface {
  return renamed(definition, (name) => (name.endsWith(mark) ? name.slice(0, -mark.length) : name))
}

function renamed(root: Surface, rename: (name: string) => string): Surface {
  const walk = (node: Surface): Surface => {
    if (node.kind !== 'name') return mapParts(node, walk)
    const name = rename(node.name)
    const indices = node.indices.map(walk)
    const isSame = name === node.name && indices.every((index, i) => index === node.indices[i])
    return isSame ? node : { ...node, name, indices }
  }
  return walk(root)
}
