import { normalDensity } from '../filter/applications.ts'
import type { Call } from '../surface.ts'
import type { Shape, Wanted } from './shape.ts'

/** What a function takes, and what its value is. */
interface Signature {
  readonly argument: Wanted
  readonly value: Shape
}

const signatures: ReadonlyMap<string, Signature> = new Map([
  ['softmax 1', { argument: 'column', value: 'column' }],
  ['logsumexp 1', { argument: 'column', value: 'scalar' }],
  ['tr 1', { argument: 'matrix', value: 'scalar' }],
  ['cos 2', { argument: 'column', value: 'scalar' }],
  ['size 1', { argument: undefined, value: 'scalar' }],
  ['size 2', { argument: undefined, value: 'scalar' }],
  [`${normalDensity} 3`, { argument: 'scalar', value: 'scalar' }],
])

/** Of the functions that are not applied to each component. */
export function signatureOf({ name, args }: Call): Signature | undefined {
  return signatures.get(`${name} ${args.length}`)
}
