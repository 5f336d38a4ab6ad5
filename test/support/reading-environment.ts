import type { Environment } from '../../src/numeric/environment.ts'
import { randomNumbers } from '../../src/numeric/random.ts'
import type { readLoss } from '../../src/read/index.ts'

/** All arrays have this length, and all counts this value. */
const size = 3

/** Random values for the names of a reading, in the shape of their use. */
export function readingEnvironment(
  seed: number,
  scopes: readonly ReturnType<typeof readLoss>[],
): Environment {
  const draw = randomNumbers(seed)
  const array = (rank: number): unknown =>
    rank === 0 ? 0.2 + 0.7 * draw() : Array.from({ length: size }, () => array(rank - 1))
  const env = new Map<string, unknown>()
  for (const { scope } of scopes) {
    for (const { name, role, ranges, definition } of scope.declarations) {
      if (env.has(name) || definition !== undefined || role === 'constant') continue
      env.set(name, role === 'count' ? size : role === 'index' ? 2 : array(ranges.length))
    }
  }
  env.set('c', 2)
  return env as Environment
}
