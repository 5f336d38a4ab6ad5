import type { Token } from './surface.ts'

/** Marks of differentiation behind the name of a function. */

/** `^\prime`, `^{\prime\prime}` at a caret. */
export function primesAt(
  raw: readonly Token[],
  position: number,
): { value: string; next: number } | undefined {
  let at = position + 1
  const braced = raw[at]?.value === '{'
  if (braced) at++
  let value = ''
  while (raw[at]?.value === '\\prime') {
    value += "'"
    at++
  }
  if (value === '' || (braced && raw[at]?.value !== '}')) return undefined
  return { value, next: braced ? at + 1 : at }
}

/** `^{(0,1)}` at a caret: how often a function is differentiated in each argument. */
export function ordersAt(
  raw: readonly Token[],
  position: number,
): { value: string; next: number } | undefined {
  if (raw[position + 1]?.value !== '{' || raw[position + 2]?.value !== '(') return undefined
  let value = ''
  for (let at = position + 3; ; at++) {
    const token = raw[at]
    if (token?.type === 'number' || token?.type === 'comma') value += token.value
    else if (token?.value === ')' && raw[at + 1]?.value === '}') {
      return /^\d(,\d)*$/.test(value) ? { value, next: at + 2 } : undefined
    } else return undefined
  }
}
