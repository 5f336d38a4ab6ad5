import type { Token } from '../surface.ts'
import { closers, type TokenFilter } from './token-filter.ts'

/**
 * A function of the user's: `f(x)`, `f_\theta(x_i)`, `f(x; \theta)`, `p(y | x)`. What stands below is an argument
 * too, the last one, so that f depends on it.
 */
export function openApplication(filter: TokenFilter, subscripts: readonly Token[]): void {
  const token = filter.raw[filter.position]!
  filter.open(token, 'lp', 'rp', closers[token.value] ?? ')', {
    application: true,
    conditional: filter.words.isConditional(filter.position),
    beforeClose: () => {
      for (const subscript of subscripts) filter.out.push(subscript)
    },
  })
  filter.position++
}

/** What the density of a normal distribution is called in the tree; no name of a text is like it. */
export const normalDensity = 'N '

/** `\mathcal N(x | \mu, \sigma^2)`. */
export function takeNormalDensity(filter: TokenFilter, token: Token): boolean {
  const letter = filter.words.nameAt(filter.position)
  if (token.value !== '\\mathcal' || letter?.value !== 'N' || !filter.words.isOpen(letter.next)) return false
  filter.startOperand(token, false)
  filter.emit('func', token, normalDensity)
  filter.position = letter.next
  openApplication(filter, [])
  return true
}

/** `_\theta`, `_{w,b}` at a position: its names and numbers as arguments, each after a comma. */
export function subscriptsAt(filter: TokenFilter, at: number): { tokens: Token[]; next: number } | undefined {
  const { raw, words } = filter
  if (raw[at]?.type !== 'sub') return undefined
  const end = words.scriptEnd(at)
  if (end === undefined) return undefined
  const tokens: Token[] = []
  const braced = raw[at + 1]?.value === '{'
  for (let i = braced ? at + 2 : at + 1; i < (braced ? end - 1 : end); ) {
    const token = raw[i]!
    if (token.type === 'comma') {
      i++
      continue
    }
    const reading = token.type === 'number' ? { value: token.value, next: i + 1 } : words.nameAt(i)
    if (reading === undefined) return undefined
    const span = { at: token.at, end: token.end }
    tokens.push({ type: 'comma', value: ',', ...span })
    tokens.push({ type: token.type === 'number' ? 'num' : 'name', value: reading.value, ...span })
    i = reading.next
  }
  return tokens.length === 0 ? undefined : { tokens, next: end }
}

/** In the arguments of a function of the user's, `;` and one `|` separate as commas do. */
export function takeSeparatingSign(filter: TokenFilter, token: Token): boolean {
  const top = filter.stack.at(-1)
  if (!top?.application || !filter.ends) return false
  const isBar = token.type === 'bar' || token.type === 'norm' || token.value === '\\mid'
  if (token.type !== 'semicolon' && !(isBar && top.conditional)) return false
  filter.operator('comma', token, ',')
  return true
}
