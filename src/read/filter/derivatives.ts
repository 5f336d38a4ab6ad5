import { uprightContent } from '../lexer.ts'
import type { Token } from '../surface.ts'
import { firstOrder } from '../surface-builders.ts'
import { takeArgument } from './arguments.ts'
import type { TokenFilter } from './token-filter.ts'

/**
 * Whether the fraction at the position is `\frac{\partial}{\partial m}`, an operator, or
 * `\frac{\partial w}{\partial m}`. A `d` that stands for ∂ becomes ∂.
 */
/** A derivative that a person writes as a fraction has fewer tokens than this. */
const fractionLimit = 2000

export function derivativeFraction(
  filter: TokenFilter,
): { readonly kind: 'dop' | 'dfrac'; readonly hasOrder: boolean } | undefined {
  const raw = filter.raw
  let numerator = filter.position + 1
  let close = numerator
  if (raw[numerator]?.value === '{') {
    numerator++
    if (raw[numerator] === undefined || !isDifferential(raw[numerator]!)) return undefined
    close = matching(filter, numerator - 1)
  } else close = numerator + 1
  const first = raw[numerator]
  if (
    first === undefined ||
    raw[close === numerator + 1 && raw[close]?.value !== '}' ? close : close + 1]?.value !== '{'
  ) {
    return undefined
  }
  const start = (raw[close]?.value === '}' ? close + 1 : close) + 1
  const second = raw[start]
  if (second === undefined || !isDifferential(first) || !isDifferential(second)) return undefined
  if (uprightContent(first) === 'd') {
    const named = filter.words.nameAt(start + 1)
    if (named === undefined || filter.words.vocabulary.variables.has('d')) return undefined
  }
  raw[numerator] = { ...first, type: 'partial' }
  const end = matching(filter, start - 1)
  for (let i = start; i < end; i++) {
    if (isDifferential(raw[i]!) && filter.words.nameAt(i + 1) !== undefined)
      raw[i] = { ...raw[i]!, type: 'partial' }
  }
  let rest = numerator + 1
  const hasOrder = raw[rest]?.type === 'caret'
  if (hasOrder) rest = raw[rest + 1]?.value === '{' ? matching(filter, rest + 1) + 1 : rest + 2
  raw.splice(numerator + 1, rest - numerator - 1)
  const isOperator = raw[numerator + 1]?.value === '}' || raw[numerator + 1]?.value === '{'
  return { kind: isOperator ? 'dop' : 'dfrac', hasOrder }
}

export function isDifferential(token: Token): boolean {
  return token.type === 'partial' || token.value === '\\partial' || uprightContent(token) === 'd'
}

/**
 * The position of the brace that closes the one at `open`. It is looked for only so far as a derivative
 * reaches that a person writes as a fraction: a search to the end from each brace would be quadratic.
 */
export function matching(filter: TokenFilter, open: number): number {
  let depth = 0
  for (let i = open; i < Math.min(filter.raw.length, open + fractionLimit); i++) {
    if (filter.raw[i]!.value === '{') depth++
    else if (filter.raw[i]!.value === '}' && --depth === 0) return i
  }
  return filter.raw.length
}

/** A fraction, or a derivative written as one. */
export function takeFraction(filter: TokenFilter, token: Token): void {
  const derivative = derivativeFraction(filter)
  filter.startOperand(token, false)
  if (derivative === undefined) filter.emit('frac', token)
  else filter.emit(derivative.kind, token, derivative.hasOrder ? token.value : firstOrder)
  takeArgument(filter, filter.position + 1, token, 1, false, derivative?.kind === 'dop')
}

/** ∂ outside of a fraction: `∂/∂m`, `∂_m`, `∂_2 f`. */
export function takePartial(filter: TokenFilter, token: Token): void {
  const next = filter.raw[filter.position + 1]
  if (next?.type === 'sub') {
    const index = filter.raw[filter.position + 2]
    if (index?.type === 'number') {
      filter.startOperand(token, false)
      filter.emit('slot', token, index.value)
      filter.ends = false
      filter.position += 3
      return
    }
    takeNabla(filter, token)
    return
  }
  if (filter.stack.at(-1)?.type !== 'rb') filter.startOperand(token, false)
  filter.emit('partial', token)
  filter.position++
  filter.ends = false
  if (next?.type !== 'divide') return
  filter.emit('divide', next)
  filter.position++
  const second = filter.raw[filter.position]
  const reading = second && isDifferential(second) ? filter.words.nameAt(filter.position + 1) : undefined
  if (reading === undefined) return
  filter.emit('partial', second!)
  filter.emit('name', filter.raw[filter.position + 1]!, reading.value)
  filter.ends = true
  filter.suppressed = true
  filter.position = reading.next
}

/** ∇ as an operator: what follows is its operand. */
export function takeNabla(filter: TokenFilter, token: Token): void {
  filter.startOperand(token, false)
  filter.emit('nabla', token)
  filter.ends = true
  filter.suppressed = true
  filter.position++
}
