import { ordersAt, primesAt } from '../marks.ts'
import { functionSpellings, styleCommands } from '../spelling.ts'
import type { Token } from '../surface.ts'
import { openApplication, subscriptsAt } from './applications.ts'
import { emitScript } from './scripts.ts'
import { closers, type TokenFilter } from './token-filter.ts'

/** A function with its marks of differentiation and its exponent; the arguments follow. */
export function takeFunction(
  filter: TokenFilter,
  token: Token,
  type: 'func' | 'own',
  value: string,
  after: number,
): void {
  let next = after
  const isBelow = filter.raw[next]?.type === 'sub'
  const subscripted = isBelow && type === 'func' ? subscriptedFunction(filter, token, next) : undefined
  const below = isBelow && type === 'own' ? subscriptsAt(filter, next) : undefined
  next = subscripted?.next ?? below?.next ?? next
  filter.startOperand(token, false)
  filter.emit(type, token, subscripted?.value ?? value)
  if (isBelow && type === 'func' && value === 'log' && subscripted === undefined) {
    takeBase(filter, next)
    return
  }
  if (below !== undefined) {
    const own = filter.out.pop()!
    filter.out.push({ ...own, subscripts: below.tokens.length / 2 })
  }
  filter.ends = false
  const mark = filter.raw[next]
  if (mark?.type === 'prime') {
    filter.emit('primes', mark, mark.value === '″' ? "''" : mark.value)
    next++
  } else if (mark?.type === 'caret' || mark?.type === 'superscript') {
    const marked =
      mark.type === 'caret' ? (primesAt(filter.raw, next) ?? ordersAt(filter.raw, next)) : undefined
    if (marked !== undefined) {
      filter.emit(marked.value.startsWith("'") ? 'primes' : 'orders', mark, marked.value)
      next = marked.next
    } else {
      filter.position = next
      takeFunctionPower(filter, mark)
      return
    }
  }
  filter.position = next
  if (type === 'own' && filter.raw[next]?.type === 'bracket') openApplication(filter, below?.tokens ?? [])
  else openArguments(filter)
}

/** `\log_b x`: the base, then the argument. */
function takeBase(filter: TokenFilter, at: number): void {
  const onClose = () => {
    filter.ends = false
    openArguments(filter)
  }
  filter.emit('base', filter.raw[at]!)
  filter.position = at + 1
  const token = filter.raw[at + 1]
  if (token?.value === '{') {
    filter.open(token, 'lb', 'rb', '}', { onClose })
    filter.position++
    return
  }
  const reading = filter.words.nameAt(at + 1)
  if (token?.type === 'number') filter.emit('num', token)
  else if (reading !== undefined) filter.emit('name', token!, reading.value)
  else return
  filter.position = reading?.next ?? at + 2
  onClose()
}

/** `\\log_2`, `\\log_{10}`. */
function subscriptedFunction(
  filter: TokenFilter,
  token: Token,
  at: number,
): { value: string; next: number } | undefined {
  const braced = filter.raw[at + 1]?.value === '{'
  const subscript = filter.raw[braced ? at + 2 : at + 1]
  if (braced && filter.raw[at + 3]?.value !== '}') return undefined
  const command = token.value.startsWith('\\') ? token.value : `\\${token.value}`
  const value = functionSpellings().subscripts.get(`${command} ${subscript?.value}`)
  return value === undefined ? undefined : { value, next: at + (braced ? 4 : 2) }
}

/** The opening bracket after a function, or the state in which its argument stands bare. */
function openArguments(filter: TokenFilter): void {
  const token = filter.raw[filter.position]
  if (token?.type === 'bracket' && closers[token.value] !== undefined) {
    filter.open(token, 'lp', 'rp', closers[token.value]!)
    filter.position++
  } else filter.bare = 'waiting'
}

/** `sin^2`, `\sin^{-1}`: the exponent in braces, whatever it was. */
function takeFunctionPower(filter: TokenFilter, mark: Token): void {
  filter.emit('funcCaret', mark)
  filter.position++
  if (mark.type === 'superscript') {
    emitScript(filter, mark, 'lb', 'rb')
    openArguments(filter)
    return
  }
  const token = filter.raw[filter.position]
  if (token?.value === '{') {
    const onClose = () => {
      filter.ends = false
      openArguments(filter)
    }
    filter.open(token, 'lb', 'rb', '}', { onClose })
    filter.position++
    return
  }
  if (token === undefined) return
  filter.emit('lb', token, '')
  if (token.type === 'minus') {
    filter.emit('minus', token)
    filter.position++
  }
  const single = filter.raw[filter.position]
  const reading = filter.words.nameAt(filter.position)
  if (single?.type === 'number') {
    filter.emit('num', single)
    filter.position++
  } else if (reading !== undefined) {
    filter.emit('name', single!, reading.value)
    filter.position = reading.next
  }
  filter.emit('rb', token, '')
  filter.ends = false
  openArguments(filter)
}

/** The position after `\mathbb 1` or `\mathbf{1}`. */
export function indicatorEnd(filter: TokenFilter): number | undefined {
  if (!styleCommands.has(filter.raw[filter.position]!.value)) return undefined
  const braced = filter.raw[filter.position + 1]?.value === '{'
  const at = filter.position + (braced ? 2 : 1)
  const value = filter.raw[at]?.value
  if (value !== '1' && !(value === 'I' && filter.raw[filter.position]!.value === '\\mathbb')) return undefined
  return braced ? (filter.raw[at + 1]?.value === '}' ? at + 2 : undefined) : at + 1
}

/** `\mathbb 1[…]`, `\mathbf 1_{…}`: 1 where the condition holds. */
export function takeIndicator(filter: TokenFilter, token: Token, next: number): void {
  filter.startOperand(token, false)
  filter.emit('func', token, 'ind')
  const after = filter.raw[next]
  if (after?.type === 'sub' && filter.raw[next + 1]?.value === '{') {
    filter.open(filter.raw[next + 1]!, 'lp', 'rp', '}')
    filter.position = next + 2
    return
  }
  filter.ends = false
  filter.position = next
}
