import { isLatex, lex, uprightContent } from './lexer.ts'
import { inOneSpelling } from './one-spelling.ts'
import { accentNames, functionSpellings, letterNames, styleCommands } from './spelling.ts'
import type { Span, Token } from './surface.ts'

/** The parts between the signs `=` of a text: what names the loss, and what it is equal to. */
export interface LossSides {
  readonly left: Span
  readonly right: readonly Span[]
  /** The name on the left, where nothing else stands there. */
  readonly name: string | undefined
}

/**
 * `\ell(y_i, f(x_i)) = …`, `\ln p(\mathbf X \mid \theta) = … = …`: the sides of an equation whose left names a loss.
 * A name need not make sense as a term, so signs alone are looked at. Nothing where the left is no name.
 */
export function lossSides(text: string): LossSides | undefined {
  const all = inOneSpelling(lex(text, isLatex(text)))
  let depth = 0
  let start = 0
  let end = all.length
  let equals: number[] = []
  for (let i = 0; i < end; i++) {
    const { type, value } = all[i]!
    if (type === 'casesOpen' || (type === 'bracket' && /[([{]$/.test(value))) depth++
    else if (type === 'casesClose' || type === 'bracket') depth--
    else if (depth > 0) continue
    else if (type === 'semicolon') {
      start = i + 1
      equals = []
    } else if ((type === 'comma' && equals.length > 0) || uprightContent(all[i]!) === 'where') end = i
    // A row that begins with a value is about something else.
    else if (
      type === 'newRow' &&
      !/^(?:ampersand|compare|plus|minus|times|wrapper)$/.test(all[i + 1]?.type ?? 'wrapper')
    )
      end = i
    else if (type === 'compare' && /^:?=$/.test(value)) equals.push(i)
    else if (type === 'compare' && equals.length === 0) return undefined
  }
  const [first] = equals
  if (first === undefined) return undefined
  const left = all.slice(start, first).filter(({ type }) => type !== 'wrapper' && type !== 'ampersand')
  const only = headName(left)
  if (only === undefined) return undefined
  const right = equals.flatMap((at, i) => {
    const tokens = all.slice(at + 1, equals[i + 1] ?? end)
    // From the sign on: what a token stood for may begin before it.
    return tokens.length === 0 ? [] : [{ at: all[at]!.end, end: spanOf(tokens).end }]
  })
  return { left: spanOf(left), right, name: only === '' ? undefined : only }
}

/** The text with nothing left of it but one side and what follows the equation; places stay. */
export function sideAlone(text: string, { left, right }: LossSides, side: Span): string {
  const end = right.at(-1)!.end
  const blank = (from: number, to: number) => text.slice(from, to).replace(/[^\n]/g, ' ')
  return (
    text.slice(0, left.at) +
    blank(left.at, side.at) +
    text.slice(side.at, side.end) +
    blank(side.end, end) +
    text.slice(end)
  )
}

function spanOf(tokens: readonly Token[]): Span {
  // What stands below an operator may have been moved behind it.
  return { at: Math.min(...tokens.map(({ at }) => at)), end: Math.max(...tokens.map(({ end }) => end)) }
}

/** The one name that tokens are, `''` where more than a name stands there; nothing where they name no loss. */
function headName(tokens: readonly Token[]): string | undefined {
  let at = tokens[0]?.type === 'minus' ? 1 : 0
  if (tokens[at]?.type === 'norm') {
    const close = tokens.findIndex(({ type }, i) => i > at && type === 'norm')
    return close > 0 && afterScripts(tokens, close + 1) === tokens.length ? '' : undefined
  }
  while (isFunction(tokens[at]) && tokens[at + 1]?.type !== 'bracket') at = afterScripts(tokens, at + 1)
  const named = afterName(tokens, at)
  if (named === undefined) return undefined
  const scripts = afterScripts(tokens, named)
  if (scripts === tokens.length) {
    return at === 0 && named === scripts ? tokens.map(({ value }) => value).join('') : ''
  }
  return tokens[scripts]?.type === 'bracket' && closeOf(tokens, scripts) === tokens.length - 1
    ? ''
    : undefined
}

function isFunction(token: Token | undefined): boolean {
  return token?.type === 'command' && functionSpellings().commands.has(token.value)
}

function afterName(tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  if (/^(?:word|letter|upright)$/.test(token.type) || letterNames.has(token.value)) return at + 1
  if (!accentNames.has(token.value) && !styleCommands.has(token.value)) return undefined
  return tokens[at + 1]?.value === '{' ? closeOf(tokens, at + 1) + 1 : afterName(tokens, at + 1)
}

function afterScripts(tokens: readonly Token[], start: number): number {
  let at = start
  for (;;) {
    const type = tokens[at]?.type
    if (type === 'prime') at++
    else if (type === 'sub' || type === 'caret') {
      at = tokens[at + 1]?.value === '{' ? closeOf(tokens, at + 1) + 1 : (afterName(tokens, at + 1) ?? at + 2)
    } else return at
  }
}

/** The position of the bracket that closes the one at `open`; the last where none does. */
function closeOf(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]!.type !== 'bracket') continue
    if (/[([{]$/.test(tokens[i]!.value)) depth++
    else if (--depth === 0) return i
  }
  return tokens.length - 1
}
