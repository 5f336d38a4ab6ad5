import { uprightContent } from './lexer.ts'
import { accentNames, functionSpellings, letterNames, styleCommands } from './spelling.ts'
import type { Token } from './surface.ts'

/**
 * What LaTeX writes in several ways is brought to one, before names are told from functions: `\not=` is `\neq`,
 * `\hat{y_i}` is `\hat{y}_i`, `[u]_+` is relu(u), `{}` is nothing. Spans stay those of the text.
 */
export function inOneSpelling(tokens: readonly Token[]): readonly Token[] {
  return withLabelsBelow(withoutMarks(withIndexOutside(withPositiveParts(withSigns(withWordsBelow(tokens))))))
}

const equalSigns: ReadonlySet<string> = new Set(['\\doteq', '\\triangleq', '\\coloneqq', '\\equiv', '≡', '≜'])
const bare: ReadonlySet<string> = new Set(
  ['mathopen', 'mathclose', 'mathrel', 'mathbin', 'mathord', 'boxed'].map((name) => `\\${name}`),
)
const coloured: ReadonlySet<string> = new Set(
  ['color', 'textcolor', 'phantom', 'vphantom', 'hphantom'].map((name) => `\\${name}`),
)
const argument = /^arg ?(min|max)$/
const over: ReadonlySet<string> = new Set(['\\overset', '\\stackrel'])

/** Signs that are made of two, or that define; empty groups; remarks. */
function withSigns(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const next = tokens[i + 1]
    if (token.value === '\\not' && next?.type === 'compare' && /^==?$/.test(next.value)) {
      out.push({ type: 'compare', value: '!=', at: token.at, end: next.end })
      i++
    } else if (equalSigns.has(token.value)) {
      out.push({ ...token, type: 'compare', value: '=' })
    } else if (over.has(token.value) && next?.value === '{') {
      // \overset{\text{def}}{=}
      const close = closing(tokens, i + 1)
      if (tokens[close + 2]?.type === 'compare' && tokens[close + 3]?.value === '}') {
        out.push(tokens[close + 2]!)
        i = close + 3
      } else out.push(token)
    } else if (token.value === '\\underset' && next?.value === '{') {
      // \underset{w}{\min}
      const [close, end] = [closing(tokens, i + 1), closing(tokens, closing(tokens, i + 1) + 1)]
      const below = { type: 'sub', value: '_', at: next.at, end: next.at }
      out.push(...withSigns([...tokens.slice(close + 2, end), below, ...tokens.slice(i + 1, close + 1)]))
      i = end
    } else if (token.value === '\\binom' && next?.value === '{') {
      const [close, end] = [closing(tokens, i + 1), closing(tokens, closing(tokens, i + 1) + 1)]
      const bracket = (value: string, at: Token): Token => ({
        type: 'bracket',
        value,
        at: at.at,
        end: at.end,
      })
      const [middle, last] = [tokens[close] ?? next, tokens[end] ?? next]
      out.push({ ...token, type: 'word', value: 'binom' }, bracket('(', next))
      out.push(...withSigns(tokens.slice(i + 2, close)), { ...middle, type: 'comma', value: ',' })
      out.push(...withSigns(tokens.slice(close + 2, end)), bracket(')', last))
      i = end
    } else if (token.type === 'percent' && tokens[i - 1]?.value === '100') continue
    else if (token.value === '\\arg' && /^\\(?:min|max)$/.test(next?.value ?? '')) continue
    else if (token.type === 'upright' && argument.test(uprightContent(token))) {
      out.push({ ...token, type: 'command', value: `\\${argument.exec(uprightContent(token))![1]}` })
    } else if (bare.has(token.value)) continue
    else if (coloured.has(token.value) && next?.value === '{') i = closing(tokens, i + 1)
    else if (/^\\(?:under|over)brace$/.test(token.value) && next?.value === '{') {
      const close = closing(tokens, i + 1)
      out.push(...withSigns(tokens.slice(i + 1, close + 1)))
      i = /^(?:sub|caret)$/.test(tokens[close + 1]?.type ?? '') ? endOfScript(tokens, close + 1) - 1 : close
    } else if (
      token.value === '{' &&
      /^\\(?:sum|prod)$/.test(next?.value ?? '') &&
      tokens[i + 2]?.value === '}'
    ) {
      out.push(next!)
      i += 2
    } else if (
      token.value === '{' &&
      next?.value === '(' &&
      !takesBraces(out.at(-1)) &&
      isOneGroup(tokens, i)
    ) {
      // \sigma{(z)} is \sigma(z)
      const close = closing(tokens, i)
      out.push(...withSigns(tokens.slice(i + 1, close)))
      i = close
    } else if (isPrime(tokens, i)) {
      const length = token.value === '\\prime' ? 1 : next?.value === '{' ? 4 : 2
      out.push({ type: 'prime', value: "'", at: token.at, end: tokens[i + length - 1]!.end })
      i += length - 1
    } else if (token.type === 'caret' && isTransposedSample(tokens, i)) {
      // x^{(i)\top}
      const close = tokens[i + 6]!
      out.push(...tokens.slice(i, i + 5), close, { ...token, at: close.at }, tokens[i + 5]!)
      i += 6
    } else if (token.value === '{' && next?.value === '}' && !takesArgument(out.at(-1))) i++
    else if (token.type === 'upright' && /^\(.*\)$/.test(uprightContent(token))) continue
    else if (token.type === 'upright' && uprightContent(token).endsWith('!')) {
      const end = token.end - 1
      out.push({ ...token, value: token.value.replace(/!\s*\}$/, '}') })
      out.push({ type: 'factorial', value: '!', at: end - 1, end })
    } else out.push(token)
  }
  return out
}

/** `x^\prime`, `x^{\prime}`, `x\prime`; with an argument it is the derivative of a function. */
function isPrime(tokens: readonly Token[], at: number): boolean {
  const braced =
    tokens[at]!.type === 'caret' && tokens[at + 1]?.value === '{' && tokens[at + 3]?.value === '}'
  const sign = tokens[at]!.value === '\\prime' ? at : braced ? at + 2 : at + 1
  if (tokens[sign]?.value !== '\\prime' || (sign > at && tokens[at]!.type !== 'caret')) return false
  return tokens[braced ? sign + 2 : sign + 1]?.value !== '('
}

function isTransposedSample(tokens: readonly Token[], at: number): boolean {
  const [open, bracket, , close, mark, end] = tokens.slice(at + 1, at + 7)
  return (
    open?.value === '{' &&
    bracket?.value === '(' &&
    close?.value === ')' &&
    /^(?:\\top|\\intercal|T|⊤)$/.test(mark?.value ?? '') &&
    end?.value === '}'
  )
}

function isOneGroup(tokens: readonly Token[], open: number): boolean {
  return closing(tokens, open + 1) + 1 === closing(tokens, open)
}

/** Whether braces behind this are its argument, not a group; \sigma and \log take none. */
function takesBraces(before: Token | undefined): boolean {
  if (before === undefined) return false
  if (before.value === '}' || before.type === 'sub' || before.type === 'caret' || before.type === 'root')
    return true
  if (before.type !== 'command') return before.type === 'upright'
  return !letterNames.has(before.value) && !functionSpellings().commands.has(before.value)
}

/**
 * `L_{cls}`, `D_{KL}`: three letters and more below a name, or capitals, are a word; `x_{ijk}` and `r_{uij}` are indices,
 * which stand alone elsewhere too.
 */
function withWordsBelow(tokens: readonly Token[]): readonly Token[] {
  const isBelow = (i: number) =>
    tokens[i - 1]?.value === '{' && tokens[i - 2]?.type === 'sub' && tokens[i + 1]?.value === '}'
  const isRun = ({ type, value }: Token) => type === 'word' && (value.length > 2 || /^[A-Z]{2}$/.test(value))
  if (!tokens.some((token, i) => isRun(token) && isBelow(i))) return tokens
  const indices = new Set<string>()
  tokens.forEach(({ type, value }, i) => {
    const isScript =
      tokens[i - 1]?.type === 'sub' || tokens[i - 1]?.value === '{' || tokens[i - 1]?.type === 'comma'
    if (type === 'word' && value.length < 3 && isScript) for (const letter of value) indices.add(letter)
  })
  return tokens.map((token, i) => {
    if (!isRun(token) || !isBelow(i)) return token
    const areIndices = /^[i-n]+$/.test(token.value) || [...token.value].every((letter) => indices.has(letter))
    return areIndices && !/^[A-Z]{2}$/.test(token.value)
      ? token
      : { ...token, type: 'upright', value: `\\text{${token.value}}` }
  })
}

function takesArgument(before: Token | undefined): boolean {
  return before !== undefined && /^(?:sub|caret|command|upright|root)$/.test(before.type)
}

/** The position of the brace or bracket that closes the one at `open`; the end where none does. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    const { type, value } = tokens[i]!
    if (type !== 'bracket') continue
    if (/[([{]$/.test(value)) depth++
    else if (--depth === 0) return i
  }
  return tokens.length
}

/** `[u]_+`, `(u)_+` and `\{u\}_+` are max(0, u); `\mathbf{k}_+` is a name. */
function withPositiveParts(tokens: readonly Token[]): readonly Token[] {
  const lengthOfPart = (i: number): number => {
    if (tokens[i]?.type !== 'sub') return 0
    if (tokens[i + 1]?.type === 'plus') return 2
    return tokens[i + 1]?.value === '{' && tokens[i + 2]?.type === 'plus' && tokens[i + 3]?.value === '}'
      ? 4
      : 0
  }
  if (!tokens.some((token, i) => token.type === 'bracket' && lengthOfPart(i + 1) > 0)) return tokens
  const out: Token[] = []
  const openers: number[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    out.push(token)
    if (token.type !== 'bracket') continue
    if (/[([{]$/.test(token.value)) openers.push(out.length - 1)
    else {
      const opener = openers.pop()
      const length = lengthOfPart(i + 1)
      // The brace after \mathbf{k} closes no bracket of a formula.
      if (opener === undefined || length === 0 || token.value === '}') continue
      const at = out[opener]!.at
      out.splice(opener, 0, { type: 'word', value: 'relu', at, end: at })
      i += length
    }
  }
  return out
}

/** `\hat{y_i}` is `\hat{y}_i`, `\mathcal{L_{BT}}` is `\mathcal{L}_{BT}`: the index belongs to the whole name. */
function withIndexOutside(tokens: readonly Token[]): readonly Token[] {
  let out = tokens
  // From the right, so that what is inside is done first.
  for (let i = tokens.length - 3; i >= 0; i--) {
    const { value } = tokens[i]!
    if (!accentNames.has(value) && !styleCommands.has(value)) continue
    if (out[i + 1]?.value !== '{') continue
    const close = closing(out, i + 1)
    let sub = i + 2
    while (out[sub]?.type !== 'sub' && sub < close) sub++
    const last = sub < close ? endOfScript(out, sub) : undefined
    const isName = out
      .slice(i + 2, sub)
      .every(({ type, value: part }) => type !== 'bracket' || /[{}]/.test(part))
    if (last !== close || sub === i + 2 || !isName) continue
    const brace = out[close]!
    out = [...out.slice(0, sub), brace, ...out.slice(sub, close), ...out.slice(close + 1)]
  }
  return out
}

/** The position after a script: one sign, or what stands in braces. */
function endOfScript(tokens: readonly Token[], sub: number): number {
  if (tokens[sub + 1]?.value === '{') return closing(tokens, sub + 1) + 1
  return sub + 2
}

const marks: ReadonlyMap<string, string> = new Map([
  ['+', 'plus'],
  ['-', 'minus'],
  ['−', 'minus'],
  ['*', 'star'],
  ['\\ast', 'star'],
  ['\\star', 'star'],
])

/** `k_+`, `\theta^-`, `w^*`, `b_*`: a sign with nothing after it that it could join is a mark of the name. */
function withoutMarks(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const isScript = token.type === 'sub' || token.type === 'caret'
    const braced = isScript && tokens[i + 1]?.value === '{' && tokens[i + 3]?.value === '}'
    const sign = isScript ? tokens[i + (braced ? 2 : 1)] : undefined
    const word = sign === undefined ? undefined : marks.get(sign.value)
    const after = tokens[i + (braced ? 4 : 2)]
    if (sign === undefined || word === undefined || !(braced || isEnd(after))) {
      out.push(token)
      continue
    }
    out.push({ ...token, type: 'sub', value: '_' }, { ...sign, type: 'upright', value: `\\text{${word}}` })
    i += braced ? 3 : 1
  }
  return out
}

function isEnd(token: Token | undefined): boolean {
  if (token === undefined) return true
  if (token.type === 'bracket') return /[)\]}]$/.test(token.value)
  return /^(?:plus|minus|times|divide|comma|compare|caret|sub|rightBar|norm|newRow|ampersand)$/.test(
    token.type,
  )
}

/** `u_i^{\text{ref}}` is `u_{\text{ref}, i}`: a word above a name is a label, no exponent. */
function withLabelsBelow(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const braced = tokens[i + 1]?.value === '{' && tokens[i + 3]?.value === '}'
    const word = token.type === 'caret' ? tokens[braced ? i + 2 : i + 1] : undefined
    const label = word !== undefined && isLabel(word) && isNameEnd(out.at(-1)) ? word : undefined
    if (label === undefined || tokens[i + (braced ? 4 : 2)]?.value === '(') {
      out.push(token)
      continue
    }
    const start = startOfScript(out) ?? out.length
    out.splice(start, 0, { ...token, type: 'sub', value: '_' }, label)
    i += braced ? 3 : 1
  }
  return out
}

/** A name is printed as \mathrm, also as an exponent; \text is a word. */
function isLabel(word: Token): boolean {
  return (
    /^\\(?:text|textrm|textit|textbf|texttt|mbox)\s*\{/.test(word.value) &&
    /^[A-Za-z]{2,}$/.test(uprightContent(word))
  )
}

function isNameEnd(before: Token | undefined): boolean {
  if (before === undefined || before.value === 'e') return false
  return (
    /^(?:word|letter|upright)$/.test(before.type) || before.value === '}' || letterNames.has(before.value)
  )
}

/** Where the subscript begins that ends the list. */
function startOfScript(out: readonly Token[]): number | undefined {
  if (out.at(-1)?.value !== '}') return out.at(-2)?.type === 'sub' ? out.length - 2 : undefined
  let depth = 0
  for (let i = out.length - 1; i > 0; i--) {
    if (out[i]!.value === '}') depth++
    else if (out[i]!.value === '{' && --depth === 0) return out[i - 1]!.type === 'sub' ? i - 1 : undefined
  }
  return undefined
}
