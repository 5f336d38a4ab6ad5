import { uprightContent } from './lexer.ts'
import { styleCommands } from './spelling.ts'
import type { Token } from './surface.ts'

/** What the tokens of a text tell as a whole. */

/** Whether a name stands nowhere but in exponents, as the T of `w^T x` does. */
export function standsInExponents(tokens: readonly Token[], name: string): boolean {
  return tokens.every((token, i) => {
    if (uprightContent(token) !== name) return true
    let before = i - 1
    while (tokens[before]?.value === '{' || styleCommands.has(tokens[before]?.value ?? '')) before--
    return tokens[before]?.type === 'caret'
  })
}

/** The brackets with a comma directly inside, found in one pass: a search from each would be quadratic. */
export function openersOfLists(tokens: readonly Token[]): ReadonlySet<Token> {
  const lists = new Set<Token>()
  const open: Token[] = []
  for (const token of tokens) {
    if (token.type === 'comma' && open.length > 0) lists.add(open[open.length - 1]!)
    else if (token.type === 'leftAngle' || (token.type === 'bracket' && /[([{]/.test(token.value)))
      open.push(token)
    else if (token.type === 'rightAngle' || token.type === 'bracket') open.pop()
  }
  return lists
}

/** The c' of `\sum_{c'=1}^C`: letters that an index with a prime is made of. */
export function primedIndices(tokens: readonly Token[]): ReadonlySet<string> {
  const primed = new Set<string>()
  tokens.forEach((token, i) => {
    if (token.type !== 'prime' || token.value !== "'") return
    const [opener, letter, after] = [tokens[i - 2], tokens[i - 1], tokens[i + 1]]
    const isBound = opener?.type === 'sub' || opener?.value === '{' || opener?.type === 'comma'
    if (isBound && letter?.type === 'word' && /^(?:=|\\(?:in|neq?|le|ge)|\}|,)$/.test(after?.value ?? '')) {
      primed.add(letter.value)
    }
  })
  return primed
}

/** Whether `s'` is a name in front of this token: no argument follows, and nothing that it could be multiplied by. */
export function endsPrimedName(after: Token | undefined): boolean {
  if (after === undefined) return false
  if (after.type === 'bracket') return /[)\]}]$/.test(after.value)
  return /^(?:plus|minus|divide|comma|semicolon|compare|caret|sub|bar|rightBar|norm|newRow|ampersand)$/.test(
    after.type,
  )
}

/** Whether the bracket that comes first has one bar inside, as `p(y | x)` has; two are an absolute value. */
export function hasOneBar(tokens: readonly Token[]): boolean {
  let bars = 0
  let depth = 0
  for (const { type, value } of tokens) {
    if (type === 'bracket') depth += /[([{]/.test(value) ? 1 : -1
    if (depth === 0) break
    if (depth === 1 && (type === 'bar' || type === 'norm' || value === '\\mid')) bars++
  }
  return bars === 1
}
