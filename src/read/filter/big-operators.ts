import type { Token } from '../surface.ts'
import type { TokenFilter } from './token-filter.ts'

/** A big operator with its bounds; the body follows. */
export function takeBig(filter: TokenFilter, token: Token, value: string, after: number): void {
  filter.startOperand(token, false)
  filter.emit('big', token, value)
  filter.position = after
  filter.ends = true
  filter.suppressed = true
  filter.bare = 'no'
}
