import { uprightContent } from '../lexer.ts'
import { styleCommands } from '../spelling.ts'
import type { Token } from '../surface.ts'
import { type TokenFilter, unclosedProblem } from './token-filter.ts'

/** Signs of vector notation: transposition, norms, inner products. */

const transpositions: ReadonlySet<string> = new Set(['\\top', '\\intercal', '⊤', 'ᵀ'])

/**
 * The position after `\top`, `T`, `{\mathsf T}` in an exponent that begins at `start`. A plain `T` transposes where it
 * is no name elsewhere, as in `w^T x`; `(1+r)^T` with nothing beside it is a power.
 */
export function transpositionEnd(filter: TokenFilter, start: number): number | undefined {
  const { raw, words } = filter
  let at = start
  let braces = 0
  for (; /^(?:\{|\\(?:mathsf|mathrm|mathit|rm|sf))$/.test(raw[at]?.value ?? ''); at++) {
    if (raw[at]!.value === '{') braces++
  }
  const sign = raw[at]
  if (sign === undefined || (braces > 1 && sign.value === 'T')) return undefined
  const end = at + 1 + braces
  for (let i = at + 1; i < end; i++) if (raw[i]?.value !== '}') return undefined
  if (transpositions.has(sign.value)) return end
  // An upright T is no number: \mathrm{T}, {\rm T}.
  if (sign.type === 'upright' && uprightContent(sign) === 'T') return end
  if (sign.value !== 'T') return undefined
  if (words.vocabulary.variables.has('T') || !words.isOnlyExponent('T')) return undefined
  return isBesideOperand(filter, end) ? end : undefined
}

/** `\beta' x_i`, `X'(y - X w)`: a prime behind no function, with a factor after it. */
export function takeTransposingPrime(filter: TokenFilter, token: Token): boolean {
  const next = filter.position + 1
  const isFactor = isBesideOperand(filter, next) || filter.raw[next]?.type === 'times'
  if (!filter.ends || filter.suppressed || token.value !== "'" || !isFactor) return false
  filter.emit('transpose', token)
  filter.position = next
  return true
}

/** Whether something is multiplied here without a sign: `w^T x`, or the end of `(u v^T)`. */
function isBesideOperand(filter: TokenFilter, end: number): boolean {
  const after = filter.raw[end]
  if (after?.type === 'word' || after?.type === 'letter' || after?.type === 'upright') return true
  if (after?.type === 'command') return filter.words.nameAt(end) !== undefined
  if (after?.type === 'norm' || after?.type === 'rightBar') return filter.words.latex
  if (after?.type !== 'bracket') return false
  return /^(?:\(|\[|\\\{)$/.test(after.value) || (filter.words.latex && after.value !== '{')
}

/** `\|`, `\lVert`, `||`: two bars together are the ends of two absolute values, or a norm. */
export function takeNorm(filter: TokenFilter, token: Token): void {
  const top = filter.stack.at(-1)
  if (
    token.value === '||' &&
    (top?.type === 'rightBar' || !(top?.type === 'rightNorm' || closesLater(filter)))
  ) {
    const first = { type: 'bar', value: '|', at: token.at, end: token.at + 1 }
    filter.raw.splice(filter.position, 1, first, { ...first, at: token.at + 1, end: token.end })
    return
  }
  const opens = token.value === '\\lVert' || (token.value !== '\\rVert' && top?.type !== 'rightNorm')
  if (!opens && filter.out.at(-1)?.type === 'leftNorm') {
    filter.fail(token, { message: 'a norm of nothing', expected: ['a vector'], hint: 'write \\|w\\|^2' })
  } else if (!opens && (filter.ends || top?.type !== 'rightNorm')) closeNorm(filter, token)
  else {
    filter.startOperand(token, false)
    filter.open(token, 'leftNorm', 'rightNorm', token.value.replace('l', 'r'))
    filter.position++
  }
}

/** `||` is a norm where another one follows; else it is two bars. */
function closesLater(filter: TokenFilter): boolean {
  const end = Math.min(filter.raw.length, filter.position + searchLimit)
  for (let i = filter.position + 1; i < end; i++) if (filter.raw[i]!.value === '||') return true
  return false
}

/** A search to the end from each sign would be quadratic. */
const searchLimit = 500

/** The closing bars, with the order that stands below them as their value. */
function closeNorm(filter: TokenFilter, token: Token): void {
  const top = filter.stack.at(-1)
  if (top !== undefined && top.type !== 'rightNorm') {
    filter.fail(token, unclosedProblem(filter.text, top, token))
    return
  }
  let end = filter.position + 1
  let order = ''
  if (filter.raw[end]?.type === 'sub') {
    const after = filter.words.scriptEnd(end)
    const written = filter.raw.slice(end + 1, after)
    if (after === undefined || written.length === 0) {
      filter.fail(filter.raw[end + 1] ?? token, {
        message: 'this norm is not known',
        expected: ['_1', '_2', '_F', '_\\infty'],
        hint: 'write it with indices: sum(j=1..d, abs(x_j))',
      })
      return
    }
    end = after
    order = orderOf(written)
  }
  filter.close(top === undefined ? token : { ...token, value: order })
  if (top !== undefined) filter.position = end
}

/** `{2,1}` is 21, `{\text{Fro}}` is F. */
function orderOf(written: readonly Token[]): string {
  const order = written
    .filter(({ type, value }) => type !== 'bracket' && type !== 'comma' && !styleCommands.has(value))
    .map((token) => uprightContent(token))
    .join('')
  return /^fro(?:b(?:enius)?)?$/i.test(order) ? 'F' : order
}

/** `\langle a, b\rangle`. */
export function openAngle(filter: TokenFilter, token: Token): void {
  filter.startOperand(token, false)
  filter.open(token, 'leftAngle', 'rightAngle', token.value === '⟨' ? '⟩' : '\\rangle')
  filter.position++
}
