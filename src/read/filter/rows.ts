import { uprightContent } from '../lexer.ts'
import type { Token } from '../surface.ts'
import type { TokenFilter } from './token-filter.ts'

/** What follows on a formula: definitions, and the rows of an environment. */

/**
 * `…, \quad p_i = \sigma(z_i)` after a loss tells what p_i is, and so does `…, where p_i = …`: at the top level no
 * other comma stands in a LaTeX text.
 */
export function takeTrailingDefinition(filter: TokenFilter, token: Token): boolean {
  const { raw, words, position, stack } = filter
  if (!words.latex || stack.length > 0 || !filter.ends || definesAlready(filter)) return false
  if (/^(?:where|with)$/.test(uprightContent(raw[position + 1] ?? token))) {
    filter.position++
    return true
  }
  if (!definitionFollows(filter)) return false
  filter.operator('where', token)
  return true
}

/** A new row of `\begin{align}`: it goes on with the formula, or defines a name, or is another formula. */
export function takeRow(filter: TokenFilter, token: Token): void {
  const { raw, words, position, stack } = filter
  const isTop = words.latex && stack.length === 0 && filter.ends
  if (isTop && definitionFollows(filter)) filter.operator(definesAlready(filter) ? 'comma' : 'where', token)
  else if (isTop && raw[position + 1]?.type !== 'ampersand' && equationFollows(filter)) {
    filter.fail(raw[position + 1]!, {
      message: 'another equation begins here',
      hint: 'give one loss, with definitions such as p_i = … in the rows after it',
    })
  } else filter.position++
}

function equationFollows({ raw, position }: TokenFilter): boolean {
  let depth = 0
  for (let i = position + 1; i < Math.min(raw.length, position + rowLimit); i++) {
    const { type, value } = raw[i]!
    if (type === 'newRow' && depth === 0) return false
    if (type === 'compare' && value === '=' && depth === 0) return i > position + 1
    if (type === 'bracket') depth += /[([{]$/.test(value) ? 1 : -1
  }
  return false
}

/** Whether definitions have begun in this statement. */
function definesAlready({ out }: TokenFilter): boolean {
  for (let i = out.length - 1; i >= 0 && out[i]!.type !== 'semicolon'; i--) {
    if (out[i]!.type === 'where' || out[i]!.type === 'define') return true
  }
  return false
}

function definitionFollows({ raw, words, position }: TokenFilter): boolean {
  const head = words.nameAt(position + 1)
  if (head === undefined) return false
  let end = raw[head.next]?.type === 'sub' ? (words.scriptEnd(head.next) ?? head.next) : head.next
  if (words.isOpen(end)) while (end < raw.length && end < position + headLimit && raw[end++]!.value !== ')');
  if (raw[end]?.type === 'ampersand') end++
  return raw[end]?.value === '='
}

/** A row is looked through so far. */
const rowLimit = 1000

/** The head of such a definition has fewer tokens than this. */
const headLimit = 40
