import { uprightContent } from './lexer.ts'
import type { Words } from './names.ts'

/** The head of a definition, `f(x, y)`, has fewer tokens than this. */
const headLimit = 200

/** The f of `f(x) = …` at the start of a statement. */
export function definedFunctions(words: Words): ReadonlySet<string> {
  const { raw } = words
  const functions = new Set<string>()
  let start = true
  for (let i = 0; i < raw.length; i++) {
    const token = raw[i]!
    const reading = start ? words.nameAt(i) : undefined
    const below = reading !== undefined && raw[reading.next]?.type === 'sub'
    const open = below ? (words.scriptEnd(reading.next) ?? reading.next) : reading?.next
    if (reading !== undefined && open !== undefined && words.isOpen(open)) {
      let close = open + 1
      while (close < open + headLimit && !/^[()]$/.test(raw[close]?.value ?? '')) close++
      const follows = raw[close]?.value === ')' ? raw[close + 1]?.value : undefined
      if (follows === '=' || follows === ':=') functions.add(reading.value)
    }
    start =
      token.type === 'semicolon' || token.type === 'comma' || /^(let|where|and)$/.test(uprightContent(token))
  }
  return functions
}
