import { plainScript } from '../lexer.ts'
import { functionSpellings, letterNames } from '../spelling.ts'
import type { Token } from '../surface.ts'
import type { TokenFilter } from './token-filter.ts'
import { transpositionEnd } from './vectors.ts'

/** An exponent, or a label or sample index written as one. */
export function takeCaret(filter: TokenFilter, token: Token): void {
  const next = filter.position + 1
  const opener = filter.raw[next]
  const label = filter.out.length > 0 && filter.ends ? labelAt(filter, next) : undefined
  if (label !== undefined) {
    filter.emit(label.type, token, label.value)
    filter.position = label.next
    filter.ends = true
    return
  }
  const transposed = filter.ends && !filter.suppressed ? transpositionEnd(filter, next) : undefined
  if (transposed !== undefined) {
    filter.emit('transpose', { ...token, end: filter.raw[transposed - 1]!.end })
    filter.position = transposed
    return
  }
  filter.emit('caret', token)
  filter.position = next
  const keep = filter.suppressed
  filter.ends = false
  if (opener?.value === '{') {
    filter.open(opener, 'lb', 'rb', '}', { exponent: true })
    filter.position++
  } else if (filter.raw[next]?.type === 'number' || filter.words.latex) {
    const reading = opener?.type === 'number' ? undefined : filter.words.nameAt(next)
    if (opener?.type === 'number') filter.emit('num', opener)
    else if (reading !== undefined && (keep || filter.words.functionAt(reading) === undefined))
      filter.emit('name', opener!, reading.value)
    else return
    filter.ends = true
    filter.suppressed = keep
    filter.position = reading?.next ?? next + 1
    if (filter.raw[filter.position]?.type === 'sub' && !keep) takeLateSub(filter)
  }
}

/** `^{(2)}` and `^{[1]}` after a name are labels, `^{(i)}` is an index. */
export function labelAt(
  filter: TokenFilter,
  open: number,
): { type: string; value: string; next: number } | undefined {
  const raw = filter.raw
  const bracket = raw[open + 1]?.value
  if (raw[open]?.value !== '{' || (bracket !== '(' && bracket !== '[') || !afterName(filter)) return undefined
  const close = bracket === '(' ? ')' : ']'
  const content = raw[open + 2]
  if (content === undefined || raw[open + 3]?.value !== close || raw[open + 4]?.value !== '}')
    return undefined
  if (content.type === 'number')
    return { type: 'label', value: `^{${bracket}${content.value}${close}}`, next: open + 5 }
  const reading = filter.words.nameAt(open + 2)
  return reading && { type: 'sample', value: reading.value, next: open + 5 }
}

export function afterName(filter: TokenFilter): boolean {
  const last = filter.out.at(-1)
  if (last?.type === 'name') return last.value !== 'e'
  return (
    last?.type === 'rb' || last?.type === 'label' || last?.type === 'ri' || filter.out.at(-2)?.type === 'sub'
  )
}

/** An index; after an exponent it belongs to the base, after a bracket it selects a component. */
export function takeSub(filter: TokenFilter, token: Token): void {
  const last = filter.out.at(-1)
  const exponent = last?.type === 'rb' && filter.exponentEnded
  const whole = last?.type === 'rp' || last?.type === 'transpose' || last?.type === 'rightNorm'
  if ((exponent || whole) && !filter.suppressed) {
    takeLateSub(filter)
    return
  }
  takeScript(filter, 'sub', token)
}

export function takeLateSub(filter: TokenFilter): void {
  takeScript(filter, 'lateSub', filter.raw[filter.position]!)
}

export function takeScript(filter: TokenFilter, type: string, token: Token): void {
  filter.emit(type, token)
  const next = ++filter.position
  const opener = filter.raw[next]
  if (opener?.value === '{') {
    if (isSetOfPairs(filter, next + 1)) {
      filter.fail(filter.raw[next + 1]!, {
        message: 'a sum over a set of pairs cannot be read',
        hint: 'write both sums, \\sum_{i=1}^{n} \\sum_{j=1}^{m}, with an indicator or weights that are 0 for the other pairs',
      })
      return
    }
    filter.open(opener, 'lb', 'rb', '}', { index: true })
    filter.position++
    return
  }
  if (opener?.type === 'number') {
    filter.emit('num', opener)
    filter.ends = true
    filter.position++
    return
  }
  const reading = filter.words.nameAt(next)
  if (reading === undefined) return
  const parts = opener!.type === 'word' ? splitIndex(filter, reading.value) : undefined
  if (parts === undefined) filter.emit('name', opener!, reading.value)
  else {
    filter.emit('lb', opener!, '')
    for (let i = 0; i < parts.length; i++) {
      if (i > 0) filter.emit('comma', opener!, ',')
      filter.emit('name', opener!, parts[i])
    }
    filter.emit('rb', opener!, '')
  }
  filter.ends = true
  filter.position = reading.next
}

/** `\sum_{(u,i)\in S}`, `\sum_{\{i,j\}}`: a bracket with a comma inside, below a sum. */
function isSetOfPairs({ raw, out }: TokenFilter, at: number): boolean {
  if (out.at(-2)?.type !== 'big' || !/^(?:\(|\\\{)$/.test(raw[at]?.value ?? '')) return false
  let end = at + 1
  while (/^(?:word|letter|command)$/.test(raw[end]?.type ?? '')) end++
  return raw[end]?.type === 'comma'
}

export function takeSuperscript(filter: TokenFilter, token: Token): void {
  filter.emit('caret', token)
  emitScript(filter, token, 'lb', 'rb')
  filter.position++
  filter.ends = true
}

export function takeSubscript(filter: TokenFilter, token: Token): void {
  filter.emit('sub', token)
  emitScript(filter, token, 'lb', 'rb')
  filter.position++
  filter.ends = true
}

export function emitScript(filter: TokenFilter, token: Token, open: string, close: string): void {
  filter.emit(open, token, '')
  let names = false
  for (const [part] of plainScript(token.value).matchAll(/\d+|./g)) {
    const type = /\d/.test(part) ? 'num' : part === '+' ? 'plus' : part === '-' ? 'minus' : 'name'
    if (names && (type === 'name' || type === 'num')) filter.emit('comma', token, ',')
    filter.emit(type, token, part)
    names = type === 'name' || type === 'num'
  }
  filter.emit(close, token, '')
}

/** `ij` in an index is i and j; `out` is one label, and so are three letters that are no indices elsewhere. */
export function splitIndex(filter: TokenFilter, value: string): string | undefined {
  const { variables, words } = filter.words.vocabulary
  if (!/^[a-dh-np-z]{2,3}$/.test(value) || variables.has(value) || words.has(value)) return undefined
  const isAlone = (letter: string) =>
    filter.raw.some((token) => token.type === 'word' && token.value === letter)
  if (value.length > 2 && !/^[i-n]+$/.test(value) && ![...value].every(isAlone)) return undefined
  return letterNames.has(`\\${value}`) || functionSpellings().words.has(value) ? undefined : value
}
