import { uprightContent } from '../lexer.ts'
import type { NameReading } from '../names.ts'
import { functionSpellings } from '../spelling.ts'
import { suggest } from '../suggest.ts'
import type { Token } from '../surface.ts'
import { takeBig } from './big-operators.ts'
import { takeNabla } from './derivatives.ts'
import { expectationEnd, takeExpectation } from './expectations.ts'
import { takeFunction } from './functions.ts'
import { splitIndex } from './scripts.ts'
import { quote, type TokenFilter } from './token-filter.ts'

/** A word, a letter or upright text: a keyword, a function or a variable. */
export function takeName(filter: TokenFilter, token: Token): void {
  const expected = token.type === 'word' && token.value !== 'E' ? undefined : expectationEnd(filter)
  if (expected !== undefined) {
    takeExpectation(filter, token, expected)
    return
  }
  const content = uprightContent(token).replace(/[.,;]$/, '')
  if (token.type !== 'letter' && takeKeyword(filter, token, content)) return
  if (content === 'D' && isOperator(filter)) {
    takeNabla(filter, token)
    return
  }
  const reading = filter.words.nameAt(filter.position)
  if (reading === undefined) {
    filter.fail(token, { message: `text ${quote(content)} in the middle of a formula` })
    return
  }
  if (reading.value === 'Sigma' || reading.value === 'Pi') {
    const after = filter.raw[reading.next]?.type
    const isBound = after === 'sub' || after === 'subscript' || filter.words.isOpen(reading.next)
    if (!reading.plain && token.type === 'letter' && isBound) {
      takeBig(filter, token, reading.value === 'Sigma' ? 'sum' : 'prod', reading.next)
      return
    }
  }
  takeReading(filter, token, reading)
}

/** Whether the D at the position is `D_w`, the derivative by a variable that is named: then D is no variable itself. */
function isOperator({ raw, position, words }: TokenFilter): boolean {
  const { latex, vocabulary } = words
  if (!latex || vocabulary.variables.has('D') || raw[position + 1]?.type !== 'sub') return false
  const isBraced = raw[position + 2]?.value === '{'
  const index = words.nameAt(position + (isBraced ? 3 : 2))
  if (vocabulary.loss === true && words.isOpen(words.scriptEnd(position + 1) ?? position)) return false
  return (
    index !== undefined &&
    vocabulary.variables.has(index.value) &&
    (!isBraced || raw[index.next]?.value === '}' || raw[index.next]?.type === 'sub')
  )
}

/** A name whose extent is known: applied, or a variable. */
export function takeReading(filter: TokenFilter, token: Token, reading: NameReading): void {
  const { value, next } = reading
  // LaTeX without its backslashes: sum_{i=1}^{N} x_i.
  const isSum = /^(?:sum|prod)$/.test(value) && reading.plain && filter.raw[next]?.type === 'sub'
  if (isSum && !filter.inIndex() && !filter.words.vocabulary.variables.has(value)) {
    takeBig(filter, token, value, next)
    return
  }
  const joined = joinedFunction(filter, reading)
  if (joined !== undefined) {
    takeFunction(filter, token, 'func', joined, next + 2)
    return
  }
  const applied = filter.inIndex() ? undefined : filter.words.functionAt(reading)
  if (applied !== undefined) {
    takeFunction(filter, token, applied.type, applied.value, next)
    return
  }
  if (!filter.inIndex() && filter.words.isUnknownFunction(reading)) {
    const known = suggest(value, [...functionSpellings().words.keys(), 'sum', 'prod', 'mean'])
    filter.fail(token, {
      message: `unknown function ${quote(value)}`,
      hint: known
        ? `did you mean ${known}?`
        : `define it with "let ${value}(x) = …", or write ${value}*(…) for a product`,
    })
    return
  }
  const parts = filter.inIndex() && token.type === 'word' ? splitIndex(filter, value) : undefined
  if (parts !== undefined) {
    takeIndexLetters(filter, token, parts, next)
    return
  }
  filter.startOperand(token, true)
  filter.emit('name', token, value, reading.bold)
  filter.ends = true
  filter.position = next
}

/** `leaky_relu(`, `log_sigmoid(`: a function spelt with an underscore, as programs have it. */
function joinedFunction(filter: TokenFilter, { value, next, plain }: NameReading): string | undefined {
  if (!plain || filter.raw[next]?.value !== '_' || !filter.words.isCall(next + 2)) return undefined
  return functionSpellings().words.get(`${value}_${filter.raw[next + 1]?.value}`)
}

export function takeIndexLetters(filter: TokenFilter, token: Token, parts: string, next: number): void {
  for (let i = 0; i < parts.length; i++) {
    const span = { ...token, at: token.at + i, end: token.at + i + 1 }
    filter.startOperand(span, true)
    filter.emit('name', span, parts[i])
    filter.ends = true
  }
  filter.position = next
}

export function takeKeyword(filter: TokenFilter, token: Token, word: string): boolean {
  if (filter.words.vocabulary.variables.has(word)) return false
  const cased = filter.inCases()
  switch (word) {
    case 'let':
      if (filter.out.length > 0 && filter.out.at(-1)!.type !== 'semicolon') return false
      filter.operator('define', token)
      return true
    case 'where':
      if (cased) filter.position++
      else if (filter.ends) filter.operator('where', token)
      else return false
      return true
    case 'with':
      if (token.type !== 'upright' || !filter.ends) return false
      filter.operator('where', token)
      return true
    case 'and':
    case 'or':
    case 'not':
      filter.operator(word, token)
      return true
    case 'in':
      if (!filter.ends || filter.inIndex()) return false
      filter.operator('element', token)
      return true
    case 'if':
    case 'for':
    case 'when':
      if (!cased || (word === 'if' && filter.words.isOpen(filter.position + 1) && !afterAmpersand(filter)))
        return false
      filter.position++
      return true
    case 'otherwise':
    case 'else':
      if (!cased) return false
      filter.operator('otherwise', token)
      return true
    default:
      return false
  }
}

export function afterAmpersand(filter: TokenFilter): boolean {
  return filter.out.at(-1)?.type === 'ampersand'
}
