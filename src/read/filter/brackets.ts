import type { Token } from '../surface.ts'
import { takeRow } from './rows.ts'
import { closers, type TokenFilter } from './token-filter.ts'

/** A bracket that groups, or that holds indices. */
export function takeBracket(filter: TokenFilter, token: Token): void {
  const close = closers[token.value]
  if (close === undefined) {
    filter.close(token)
    return
  }
  if (token.value === '[' && isIndexBracket(filter, token)) {
    filter.open(token, 'li', 'ri', ']', { index: true })
    filter.position++
    return
  }
  filter.startOperand(token, false)
  filter.open(token, 'lp', 'rp', close)
  filter.position++
}

/** `x[i,j]` is an index where `y[a+b]` in LaTeX is a product. */
export function isIndexBracket(filter: TokenFilter, token: Token): boolean {
  const last = filter.out.at(-1)
  if (last?.type !== 'name' || last.end !== token.at || !filter.ends || filter.suppressed) return false
  if (!filter.words.latex) return true
  return afterIndices(filter.raw, filter.position) !== undefined
}

/** The position after `[i,j]`, `[y[j]]`, `[y_j]`: names and numbers alone, each maybe with indices. */
function afterIndices(raw: readonly Token[], open: number): number | undefined {
  for (let i = open + 1; raw[i] !== undefined; i++) {
    const { type } = raw[i]!
    if (type !== 'word' && type !== 'number') return undefined
    if (raw[i + 1]?.type === 'sub' && raw[i + 2]?.type === 'word') i += 2
    const inner = raw[i + 1]?.value === '[' ? afterIndices(raw, i + 1) : i + 1
    if (inner === undefined || raw[inner]?.value === ']') return inner && inner + 1
    if (raw[inner]?.type !== 'comma') return undefined
    i = inner
  }
  return undefined
}

/** `|`, which opens and closes alike. */
export function takeBar(filter: TokenFilter, token: Token): void {
  if (filter.ends && filter.stack.at(-1)?.type === 'rightBar') {
    filter.close(token)
    return
  }
  openBar(filter, token)
}

export function openBar(filter: TokenFilter, token: Token): void {
  filter.startOperand(token, false)
  filter.open(token, 'leftBar', 'rightBar', '|')
  filter.position++
}

/** `&` and `\\`: they separate in cases, elsewhere they only align. */
export function takeSeparator(filter: TokenFilter, token: Token): void {
  if (filter.stack.at(-1)?.type !== 'casesClose') {
    if (token.type === 'newRow') takeRow(filter, token)
    else filter.position++
    return
  }
  const after = filter.raw[filter.position + 1]?.type
  if (token.type === 'newRow' && after === 'casesClose') filter.position++
  else filter.operator(token.type, token)
}
