import type { Token } from '../surface.ts'
import { closers, type TokenFilter } from './token-filter.ts'

/** What an expectation is called in the tree; no name of a text is like it. */
export const expectation = 'E '

/** The position after `\mathbb E`, `\hat{\mathbb E}`, `𝔼` where a subscript or a bracket follows. */
export function expectationEnd(filter: TokenFilter): number | undefined {
  const { raw, position } = filter
  if (isPlainExpectation(filter)) return position + 1
  let at = position
  let braces = 0
  for (; /^(?:\{|\\(?:hat|widehat|mathbb|operatorname|mathrm))$/.test(raw[at]?.value ?? ''); at++) {
    if (raw[at]!.value === '{') braces++
  }
  const isLetter =
    raw[at]?.value === '𝔼' ||
    (raw[at]?.value === 'E' && raw[at - 1 - Number(raw[at - 1]?.value === '{')]?.value === '\\mathbb')
  const isUpright = /^\\(?:operatorname|mathrm|mathbb)\*?\s*\{E\}$/.test(raw[at]?.value ?? '')
  if (!isLetter && !isUpright) return undefined
  const end = at + 1 + braces
  for (let i = at + 1; i < end; i++) if (raw[i]?.value !== '}') return undefined
  const follows = raw[end]
  return follows?.type === 'sub' || (follows !== undefined && closers[follows.value] !== undefined)
    ? end
    : undefined
}

/** `E[(y - m*x)^2]`: what stands in these brackets is no index. */
function isPlainExpectation({ raw, position, words }: TokenFilter): boolean {
  if (raw[position]?.value !== 'E' || raw[position + 1]?.value !== '[') return false
  if (words.vocabulary.variables.has('E')) return false
  let at = position + 2
  while (/^(?:word|letter|number|plus|minus|comma)$/.test(raw[at]?.type ?? '')) at++
  return raw[at] !== undefined && raw[at]!.value !== ']'
}

/**
 * `\mathbb E_i`, a mean over an index; `\mathbb E_{x,y\sim D}`, a mean over the samples, to which the names below
 * belong.
 */
export function takeExpectation(filter: TokenFilter, token: Token, end: number): void {
  const below =
    filter.raw[end]?.type === 'sub' ? namesBelow(filter, end) : { names: [], isIndex: false, next: end }
  if (below === undefined) {
    filter.fail(filter.raw[end]!, {
      message: 'what is below this expectation cannot be read',
      expected: ['an index, or names of data'],
      hint: 'write \\mathbb E_{x,y}[…], or \\frac1N\\sum_{i=1}^{N}',
    })
    return
  }
  const { names, isIndex, next } = below
  const open = filter.raw[next]
  const brackets =
    open !== undefined && (open.value === '[' || open.value === '\\{' || (open.value === '(' && !isIndex))
  filter.startOperand(token, false)
  if (brackets) {
    filter.emit('func', token, isIndex ? 'mean' : expectation)
    filter.position = next
    filter.open(open, 'lp', 'rp', closers[open.value]!)
    for (const name of names) {
      filter.emit('name', token, name)
      filter.emit('comma', token, ',')
    }
    filter.position++
    return
  }
  filter.emit('big', token, 'mean')
  if (isIndex) {
    filter.emit('sub', token)
    filter.emit('name', token, names[0])
  }
  filter.position = next
  filter.ends = true
  filter.suppressed = true
  filter.bare = 'no'
}

function namesBelow(
  filter: TokenFilter,
  at: number,
): { names: string[]; isIndex: boolean; next: number } | undefined {
  const { raw, words } = filter
  const next = words.scriptEnd(at)
  if (next === undefined) return undefined
  const names: string[] = []
  let distributed = false
  for (let i = at + 1; i < next && !distributed; ) {
    const token = raw[i]!
    if (token.value === '\\sim' || token.value === '∼') distributed = true
    const reading = distributed ? undefined : words.nameAt(i)
    if (reading === undefined && token.type !== 'comma' && token.type !== 'bracket' && !distributed)
      return undefined
    if (reading !== undefined) names.push(reading.value)
    i = reading?.next ?? i + 1
    // x_i below belongs to x.
    if (raw[i]?.type === 'sub' && i < next) i = words.scriptEnd(i) ?? next
  }
  const [only] = names
  const isIndex = !distributed && names.length === 1 && only !== undefined && words.isIndex(only)
  return { names, isIndex, next }
}
