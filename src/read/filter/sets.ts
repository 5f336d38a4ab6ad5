import type { Token } from '../surface.ts'
import { closers, type TokenFilter } from './token-filter.ts'

/** What the elements of sets are counted by when a text only names the set: `\sum_{i\in S}`, `|S|`. */
const counts = ['N', 'M', 'K', 'L']

/**
 * `\in` below a sum: `i\in\{1,\dots,N\}`, `i\in[N]`, and `i\in S`, which is `i = 1..N` for some numbering of S.
 */
export function takeElement(filter: TokenFilter, token: Token): void {
  const { raw, words } = filter
  const next = filter.position + 1
  const opener = raw[next]
  if (opener?.value === '[') {
    const count = words.nameAt(next + 1)
    if (count !== undefined && raw[count.next]?.value === ']') {
      emitRange(filter, token, count.value)
      filter.position = count.next + 1
      return
    }
  }
  const set = words.nameAt(next)
  if (
    filter.inIndex() &&
    filter.ends &&
    set !== undefined &&
    (opener === undefined || closers[opener.value] === undefined)
  ) {
    emitRange(filter, token, countOf(filter, set.value))
    filter.position = set.next
    return
  }
  filter.operator('element', token, 'in')
}

function emitRange(filter: TokenFilter, token: Token, count: string): void {
  filter.emit('compare', token, '=')
  filter.emit('num', token, '1')
  filter.emit('dots', token, '..')
  filter.emit('name', token, count)
  filter.ends = true
}

function countOf({ words }: TokenFilter, set: string): string {
  const sets = words.sets()
  return counts[[...sets].indexOf(set)] ?? `N${sets.size}`
}

/** `|S|` for a set S. */
export function takeCardinality(filter: TokenFilter, token: Token): boolean {
  const set = filter.words.nameAt(filter.position + 1)
  if (set === undefined || filter.raw[set.next]?.type !== token.type.replace('left', 'right')) return false
  if (!filter.words.sets().has(set.value)) return false
  filter.startOperand(token, true)
  filter.emit('name', token, countOf(filter, set.value))
  filter.ends = true
  filter.position = set.next + 1
  return true
}

/** `\sum_{i : c_i = 1}`: a condition follows on what a sum runs over. */
export function takeColon(filter: TokenFilter, token: Token): void {
  if (filter.inIndex()) filter.operator('comma', token, ',')
  else filter.fail(token, { message: 'unexpected character ":"' })
}

/** `1, \dots, N` is `1..N`. */
export function takeDots(filter: TokenFilter, token: Token): void {
  const after = filter.raw[filter.position + 1]
  if (filter.out.at(-1)?.type === 'comma' && after?.type === 'comma') {
    filter.out.pop()
    filter.position++
  }
  filter.operator('dots', token, '..')
}
