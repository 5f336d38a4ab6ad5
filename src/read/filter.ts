import type { ReadProblem } from './error.ts'
import { plainScript, vulgarFractions } from './lexer.ts'
import { type NameReading, uprightContent, type Vocabulary, Words } from './names.ts'
import { functionSpellings, letterNames, styleCommands } from './spelling.ts'
import { suggest } from './suggest.ts'
import type { Span, Token } from './surface.ts'

/** A token that the grammar refuses wherever it stands, and why. */
export interface BadToken extends Token {
  readonly problem: ReadProblem
}

export interface Filtered {
  readonly tokens: readonly (Token | BadToken)[]
  /** The innermost bracket that nothing closes. */
  readonly unclosed: { readonly open: Token; readonly close: string } | undefined
}

interface Bracket {
  readonly open: Token
  /** What closes it, as written. */
  readonly close: string
  /** The type of the closing token for the grammar. */
  readonly type: string
  /** Inside, neighbours are separate indices, not factors. */
  readonly index: boolean
  /** Arguments of the same command that follow. */
  readonly rest: number
  /** An operator or a big sum ends here: what follows is its operand, not a factor. */
  readonly opens: boolean
  readonly exponent: boolean
  readonly bare: Bare
  readonly suppressed: boolean
}

/** Whether a function without parentheses waits for its argument, or is in the middle of it. */
type Bare = 'no' | 'waiting' | 'inside'

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '\\{': '\\}' }
const comparisons: ReadonlyMap<string, string> = new Map([
  ['\\le', '<='],
  ['\\leq', '<='],
  ['\\leqslant', '<='],
  ['\\ge', '>='],
  ['\\geq', '>='],
  ['\\geqslant', '>='],
  ['\\lt', '<'],
  ['\\gt', '>'],
  ['\\ne', '!='],
  ['\\neq', '!='],
  ['\\in', 'in'],
  ['≤', '<='],
  ['⩽', '<='],
  ['≥', '>='],
  ['⩾', '>='],
  ['≠', '!='],
  ['∈', 'in'],
])
const operators: ReadonlyMap<string, string> = new Map([
  ['\\cdot', 'times'],
  ['\\times', 'times'],
  ['\\ast', 'times'],
  ['\\div', 'divide'],
  ['\\land', 'and'],
  ['\\wedge', 'and'],
  ['\\lor', 'or'],
  ['\\vee', 'or'],
  ['\\lnot', 'not'],
  ['\\neg', 'not'],
  ['\\ldots', 'dots'],
  ['\\dots', 'dots'],
  ['\\colon', 'colon'],
])
const fractionLimit = 2000
const fractions: ReadonlySet<string> = new Set(['\\frac', '\\tfrac', '\\dfrac', '\\cfrac'])
const bigCommands: ReadonlyMap<string, string> = new Map([
  ['\\sum', 'sum'],
  ['\\prod', 'prod'],
])
const knownCommands = [
  '\\sum',
  '\\prod',
  '\\max',
  '\\min',
  '\\partial',
  '\\nabla',
  '\\sqrt',
  '\\cdot',
  '\\times',
]

/**
 * From words and signs to the tokens of the grammar: puts in the `*` that people leave out, tells functions
 * from variables, names brackets by what they are for, wraps arguments of commands. All that depends on
 * neighbours is decided here, so that the grammar has one parse.
 */
export function filterTokens(text: string, vocabulary: Vocabulary): Filtered {
  return new TokenFilter(text, vocabulary).run()
}

class TokenFilter {
  readonly #words: Words
  readonly #raw: Token[]
  readonly #text: string
  readonly #out: (Token | BadToken)[] = []
  readonly #stack: Bracket[] = []
  #position = 0
  /** The last token ends an operand. */
  #ends = false
  /** The next operand is no factor of the last one. */
  #suppressed = false
  #bare: Bare = 'no'
  #failed = false

  constructor(text: string, vocabulary: Vocabulary) {
    this.#text = text
    this.#words = new Words(text, vocabulary)
    this.#raw = this.#words.raw
  }

  run(): Filtered {
    while (this.#position < this.#raw.length && !this.#failed) this.#take(this.#raw[this.#position]!)
    const top = this.#failed ? undefined : this.#stack.at(-1)
    return { tokens: this.#out, unclosed: top && { open: top.open, close: top.close } }
  }

  #take(token: Token): void {
    switch (token.type) {
      case 'number':
        if (this.#out.at(-1)?.type !== 'num' || this.#inIndex()) this.#startOperand(token, true)
        this.#emit('num', token)
        this.#ends = true
        this.#position++
        return
      case 'word':
      case 'letter':
      case 'upright':
        this.#takeName(token)
        return
      case 'command':
        this.#takeCommand(token)
        return
      case 'bracket':
        this.#takeBracket(token)
        return
      case 'caret':
        this.#takeCaret(token)
        return
      case 'sub':
        this.#takeSub(token)
        return
      case 'superscript':
        this.#takeSuperscript(token)
        return
      case 'subscript':
        this.#takeSubscript(token)
        return
      case 'sum':
      case 'prod':
        this.#takeBig(token, token.type, this.#position + 1)
        return
      case 'root':
        this.#startOperand(token, false)
        this.#emit('root', token)
        this.#takeArgument(this.#position + 1, token, 0, false)
        return
      case 'partial':
        this.#takePartial(token)
        return
      case 'nabla':
        this.#takeNabla(token)
        return
      case 'vulgar': {
        const [numerator, denominator] = vulgarFractions.get(token.value)!
        this.#startOperand(token, false)
        for (const [type, value] of [
          ['lp', '('],
          ['num', numerator],
          ['divide', '/'],
          ['num', denominator],
          ['rp', ')'],
        ]) {
          this.#emit(type!, token, value)
        }
        this.#ends = true
        this.#position++
        return
      }
      case 'bar':
        this.#takeBar(token)
        return
      case 'leftBar':
        this.#openBar(token)
        return
      case 'rightBar':
        this.#close(token)
        return
      case 'norm':
        this.#takeNorm(token)
        return
      case 'casesOpen':
        this.#startOperand(token, false)
        this.#open(token, 'casesOpen', 'casesClose', '\\end{cases}')
        this.#position++
        return
      case 'casesClose':
        this.#close(token)
        return
      case 'newRow':
      case 'ampersand':
        this.#takeSeparator(token)
        return
      case 'indicator':
        this.#takeIndicator(token, this.#position + 1)
        return
      case 'compare':
        this.#takeComparison(token)
        return
      case 'semicolon':
        if (this.#position === this.#raw.length - 1 && this.#out.length > 0) {
          this.#position++
          return
        }
        this.#operator('semicolon', token)
        return
      case 'comma': {
        const after = this.#raw[this.#position + 1]
        if (
          this.#inCases() &&
          (after?.type === 'ampersand' || after?.type === 'newRow' || after?.type === 'casesClose')
        ) {
          this.#position++
          return
        }
        this.#operator('comma', token)
        return
      }
      case 'unknown': {
        const character = String.fromCodePoint(token.value.codePointAt(0)!)
        this.#fail(token, { message: `unexpected character ${quote(character)}` })
        return
      }
      default:
        this.#operator(token.type, token)
        return
    }
  }

  #takeComparison(token: Token): void {
    const value = comparisons.get(token.value) ?? (token.value === '==' ? '=' : token.value)
    this.#operator(value === 'in' ? 'element' : 'compare', token, value)
  }

  #takeName(token: Token): void {
    const content = uprightContent(token)
    if (token.type !== 'letter' && this.#takeKeyword(token, content)) return
    const reading = this.#words.nameAt(this.#position)
    if (reading === undefined) {
      this.#fail(token, { message: `text ${quote(content)} in the middle of a formula` })
      return
    }
    if (reading.value === 'Sigma' || reading.value === 'Pi') {
      const after = this.#raw[reading.next]?.type
      if (!reading.plain && token.type === 'letter' && (after === 'sub' || after === 'subscript')) {
        this.#takeBig(token, reading.value === 'Sigma' ? 'sum' : 'prod', reading.next)
        return
      }
    }
    this.#takeReading(token, reading)
  }

  #takeReading(token: Token, reading: NameReading): void {
    const { value, next } = reading
    const applied = this.#inIndex() ? undefined : this.#words.functionAt(reading)
    if (applied !== undefined) {
      this.#takeFunction(token, applied.type, applied.value, next)
      return
    }
    if (!this.#inIndex() && this.#words.isUnknownFunction(reading)) {
      const known = suggest(value, [...functionSpellings().words.keys(), 'sum', 'prod', 'mean'])
      this.#fail(token, {
        message: `unknown function ${quote(value)}`,
        hint: known
          ? `did you mean ${known}?`
          : `define it with "let ${value}(x) = …", or write ${value}*(…) for a product`,
      })
      return
    }
    const parts = this.#inIndex() && token.type === 'word' ? this.#splitIndex(value) : undefined
    if (parts !== undefined) {
      this.#takeIndexLetters(token, parts, next)
      return
    }
    this.#startOperand(token, true)
    this.#emit('name', token, value)
    this.#ends = true
    this.#position = next
  }

  #takeIndexLetters(token: Token, parts: string, next: number): void {
    for (let i = 0; i < parts.length; i++) {
      const span = { ...token, at: token.at + i, end: token.at + i + 1 }
      this.#startOperand(span, true)
      this.#emit('name', span, parts[i])
      this.#ends = true
    }
    this.#position = next
  }

  /** `ij` in an index is i and j; `out` is one label. */
  #splitIndex(value: string): string | undefined {
    const { variables, words } = this.#words.vocabulary
    if (!/^[a-dh-np-z]{2,3}$/.test(value) || variables.has(value) || words.has(value)) return undefined
    return letterNames.has(`\\${value}`) || functionSpellings().words.has(value) ? undefined : value
  }

  #takeKeyword(token: Token, word: string): boolean {
    if (this.#words.vocabulary.variables.has(word)) return false
    const cased = this.#inCases()
    switch (word) {
      case 'let':
        if (this.#out.length > 0 && this.#out.at(-1)!.type !== 'semicolon') return false
        this.#operator('define', token)
        return true
      case 'where':
        if (cased) this.#position++
        else if (this.#ends) this.#operator('where', token)
        else return false
        return true
      case 'with':
        if (token.type !== 'upright' || !this.#ends) return false
        this.#operator('where', token)
        return true
      case 'and':
      case 'or':
      case 'not':
        this.#operator(word, token)
        return true
      case 'in':
        if (!this.#ends || this.#inIndex()) return false
        this.#operator('element', token)
        return true
      case 'if':
      case 'for':
      case 'when':
        if (!cased || (word === 'if' && this.#words.isOpen(this.#position + 1) && !this.#afterAmpersand()))
          return false
        this.#position++
        return true
      case 'otherwise':
      case 'else':
        if (!cased) return false
        this.#operator('otherwise', token)
        return true
      default:
        return false
    }
  }

  #afterAmpersand(): boolean {
    return this.#out.at(-1)?.type === 'ampersand'
  }

  #takeCommand(token: Token): void {
    const { value } = token
    const next = this.#position + 1
    const compared = comparisons.get(value)
    if (compared !== undefined) {
      this.#operator(compared === 'in' ? 'element' : 'compare', token, compared)
      return
    }
    const operator = operators.get(value)
    if (operator !== undefined) {
      this.#operator(operator, token)
      return
    }
    if (fractions.has(value)) {
      this.#takeFraction(token)
      return
    }
    const summed = bigCommands.get(value)
    if (summed !== undefined) {
      this.#takeBig(token, summed, next)
      return
    }
    switch (value) {
      case '\\max':
      case '\\min':
        if (this.#raw[next]?.type === 'sub') {
          this.#takeBig(token, value.slice(1), next)
          return
        }
        this.#takeFunction(token, 'func', value.slice(1), next)
        return
      case '\\sqrt':
        this.#startOperand(token, false)
        this.#emit('root', token)
        this.#takeArgument(next, token, 0, true)
        return
      case '\\partial':
        this.#takePartial(token)
        return
      case '\\nabla':
        this.#takeNabla(token)
        return
      case '\\mid':
        this.#takeBar(token)
        return
    }
    if (this.#indicatorEnd() !== undefined) {
      this.#takeIndicator(token, this.#indicatorEnd()!)
      return
    }
    const reading = this.#words.nameAt(this.#position)
    if (reading !== undefined) {
      this.#takeReading(token, reading)
      return
    }
    const func = functionSpellings().commands.get(value)
    if (func !== undefined) {
      this.#takeFunction(token, 'func', func, next)
      return
    }
    if (styleCommands.has(value)) {
      this.#position = next
      return
    }
    const known = suggest(value.slice(1), [
      ...[...functionSpellings().commands.keys(), ...letterNames.keys(), ...fractions, ...knownCommands]
        .filter((name) => name.startsWith('\\'))
        .map((name) => name.slice(1)),
    ])
    const missing = /^\\(text|mathrm|operatorname|hat|bar|tilde|vec|dot|begin|end)$/.test(value)
    this.#fail(token, {
      message: missing ? `${value} needs an argument in braces` : `unknown command ${value}`,
      hint: known && !missing ? `did you mean \\${known}?` : undefined,
      expected: missing ? ['{…}'] : [],
    })
  }

  /** The position after `\mathbb 1` or `\mathbf{1}`. */
  #indicatorEnd(): number | undefined {
    if (!styleCommands.has(this.#raw[this.#position]!.value)) return undefined
    const braced = this.#raw[this.#position + 1]?.value === '{'
    const at = this.#position + (braced ? 2 : 1)
    if (this.#raw[at]?.value !== '1') return undefined
    return braced ? (this.#raw[at + 1]?.value === '}' ? at + 2 : undefined) : at + 1
  }

  #takeIndicator(token: Token, next: number): void {
    this.#startOperand(token, false)
    this.#emit('func', token, 'ind')
    const after = this.#raw[next]
    if (after?.type === 'sub' && this.#raw[next + 1]?.value === '{') {
      this.#open(this.#raw[next + 1]!, 'lp', 'rp', '}')
      this.#position = next + 2
      return
    }
    this.#ends = false
    this.#position = next
  }

  #takeFunction(token: Token, type: 'func' | 'own', value: string, after: number): void {
    let next = after
    const subscripted = this.#raw[next]?.type === 'sub' ? this.#subscriptedFunction(token, next) : undefined
    next = subscripted?.next ?? next
    this.#startOperand(token, false)
    this.#emit(type, token, subscripted?.value ?? value)
    this.#ends = false
    const mark = this.#raw[next]
    if (mark?.type === 'prime') {
      this.#emit('primes', mark, mark.value === '″' ? "''" : mark.value)
      next++
    } else if (mark?.type === 'caret' || mark?.type === 'superscript') {
      const marked =
        mark.type === 'caret' ? (this.#words.primesAt(next) ?? this.#words.ordersAt(next)) : undefined
      if (marked !== undefined) {
        this.#emit(marked.value.startsWith("'") ? 'primes' : 'orders', mark, marked.value)
        next = marked.next
      } else {
        this.#position = next
        this.#takeFunctionPower(mark)
        return
      }
    }
    this.#position = next
    this.#openArguments()
  }

  /** `\\log_2`, `\\log_{10}`. */
  #subscriptedFunction(token: Token, at: number): { value: string; next: number } | undefined {
    const braced = this.#raw[at + 1]?.value === '{'
    const subscript = this.#raw[braced ? at + 2 : at + 1]
    if (braced && this.#raw[at + 3]?.value !== '}') return undefined
    const command = token.value.startsWith('\\') ? token.value : `\\${token.value}`
    const value = functionSpellings().subscripts.get(`${command} ${subscript?.value}`)
    return value === undefined ? undefined : { value, next: at + (braced ? 4 : 2) }
  }

  /** The opening bracket after a function, or the state in which its argument stands bare. */
  #openArguments(): void {
    const token = this.#raw[this.#position]
    if (token?.type === 'bracket' && closers[token.value] !== undefined) {
      this.#open(token, 'lp', 'rp', closers[token.value]!)
      this.#position++
    } else this.#bare = 'waiting'
  }

  /** `sin^2`, `\sin^{-1}`: the exponent in braces, whatever it was. */
  #takeFunctionPower(mark: Token): void {
    this.#emit('funcCaret', mark)
    this.#position++
    if (mark.type === 'superscript') {
      this.#emitScript(mark, 'lb', 'rb')
      this.#openArguments()
      return
    }
    const token = this.#raw[this.#position]
    if (token?.value === '{') {
      this.#open(token, 'lb', 'rb', '}', { rest: -1 })
      this.#position++
      return
    }
    if (token === undefined) return
    this.#emit('lb', token, '')
    if (token.type === 'minus') {
      this.#emit('minus', token)
      this.#position++
    }
    const single = this.#raw[this.#position]
    const reading = this.#words.nameAt(this.#position)
    if (single?.type === 'number') {
      this.#emit('num', single)
      this.#position++
    } else if (reading !== undefined) {
      this.#emit('name', single!, reading.value)
      this.#position = reading.next
    }
    this.#emit('rb', token, '')
    this.#ends = false
    this.#openArguments()
  }

  #takeFraction(token: Token): void {
    const kind = this.#derivativeFraction()
    this.#startOperand(token, false)
    this.#emit(kind ?? 'frac', token)
    this.#takeArgument(this.#position + 1, token, 1, false, kind === 'dop')
  }

  /**
   * Whether the fraction at the position is `\frac{\partial}{\partial m}`, an operator, or
   * `\frac{\partial w}{\partial m}`. A `d` that stands for ∂ becomes ∂.
   */
  #derivativeFraction(): 'dop' | 'dfrac' | undefined {
    const raw = this.#raw
    let numerator = this.#position + 1
    let close = numerator
    if (raw[numerator]?.value === '{') {
      numerator++
      if (raw[numerator] === undefined || !this.#isDifferential(raw[numerator]!)) return undefined
      close = this.#matching(numerator - 1)
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
    if (second === undefined || !this.#isDifferential(first) || !this.#isDifferential(second))
      return undefined
    if (uprightContent(first) === 'd') {
      const named = this.#words.nameAt(start + 1)
      if (named === undefined || this.#words.vocabulary.variables.has('d')) return undefined
    }
    raw[numerator] = { ...first, type: 'partial' }
    const end = this.#matching(start - 1)
    for (let i = start; i < end; i++) {
      if (this.#isDifferential(raw[i]!) && this.#words.nameAt(i + 1) !== undefined)
        raw[i] = { ...raw[i]!, type: 'partial' }
    }
    let rest = numerator + 1
    if (raw[rest]?.type === 'caret')
      rest = raw[rest + 1]?.value === '{' ? this.#matching(rest + 1) + 1 : rest + 2
    raw.splice(numerator + 1, rest - numerator - 1)
    return raw[numerator + 1]?.value === '}' || raw[numerator + 1]?.value === '{' ? 'dop' : 'dfrac'
  }

  #isDifferential(token: Token): boolean {
    return token.type === 'partial' || token.value === '\\partial' || uprightContent(token) === 'd'
  }

  /**
   * The position of the brace that closes the one at `open`. It is looked for only so far as a derivative
   * reaches that a person writes as a fraction: a search to the end from each brace would be quadratic.
   */
  #matching(open: number): number {
    let depth = 0
    for (let i = open; i < Math.min(this.#raw.length, open + fractionLimit); i++) {
      if (this.#raw[i]!.value === '{') depth++
      else if (this.#raw[i]!.value === '}' && --depth === 0) return i
    }
    return this.#raw.length
  }

  /** An argument of a command: in braces, or one sign. */
  #takeArgument(position: number, command: Token, rest: number, optional: boolean, opens = false): void {
    this.#position = position
    this.#ends = false
    const token = this.#raw[position]
    if (optional && token?.value === '[') {
      this.#open(token, 'li', 'ri', ']', { rest: rest + 1, opens })
      this.#position++
      return
    }
    if (token?.value === '{') {
      this.#open(token, 'lb', 'rb', '}', { rest, opens })
      this.#position++
      return
    }
    if (token === undefined || token.value === '}') {
      const name = command.value.startsWith('\\') ? command.value : 'a fraction'
      const problem = {
        message: `${name} needs ${rest > 0 ? 'two arguments' : 'one more argument'}`,
        expected: ['{…}'],
      }
      this.#fail(token ?? { at: this.#text.length, end: this.#text.length }, problem)
      return
    }
    if (token.type === 'bracket' && command.type === 'root') {
      this.#emit('lb', token, '')
      this.#open(token, 'lp', 'rp', closers[token.value] ?? ')', { rest: -2 })
      this.#position++
      return
    }
    this.#emit('lb', token, '')
    if (token.type === 'number') {
      const single = this.#words.latex ? token.value.slice(0, 1) : token.value
      this.#emit('num', { ...token, end: token.at + single.length }, single)
      if (single.length === token.value.length) this.#position++
      else this.#raw[position] = { ...token, value: token.value.slice(1), at: token.at + 1 }
    } else if (token.type === 'partial') {
      this.#emit('partial', token)
      this.#position++
    } else {
      const reading = this.#words.nameAt(position)
      if (reading === undefined) {
        this.#fail(token, {
          message: `${command.value} needs an argument in braces`,
          expected: ['{…}'],
        })
        return
      }
      this.#emit('name', token, reading.value)
      this.#position = reading.next
    }
    this.#emit('rb', token, '')
    this.#endArgument(command, rest, opens)
  }

  #endArgument(command: Token, rest: number, opens: boolean): void {
    this.#ends = true
    if (rest > 0) this.#takeArgument(this.#position, command, rest - 1, false, opens)
    else if (opens) this.#suppressed = true
  }

  #takePartial(token: Token): void {
    const next = this.#raw[this.#position + 1]
    if (next?.type === 'sub') {
      const index = this.#raw[this.#position + 2]
      if (index?.type === 'number') {
        this.#startOperand(token, false)
        this.#emit('slot', token, index.value)
        this.#ends = false
        this.#position += 3
        return
      }
      this.#takeNabla(token)
      return
    }
    if (this.#stack.at(-1)?.type !== 'rb') this.#startOperand(token, false)
    this.#emit('partial', token)
    this.#position++
    this.#ends = false
    if (next?.type !== 'divide') return
    this.#emit('divide', next)
    this.#position++
    const second = this.#raw[this.#position]
    const reading =
      second && this.#isDifferential(second) ? this.#words.nameAt(this.#position + 1) : undefined
    if (reading === undefined) return
    this.#emit('partial', second!)
    this.#emit('name', this.#raw[this.#position + 1]!, reading.value)
    this.#ends = true
    this.#suppressed = true
    this.#position = reading.next
  }

  #takeNabla(token: Token): void {
    this.#startOperand(token, false)
    this.#emit('nabla', token)
    this.#ends = true
    this.#suppressed = true
    this.#position++
  }

  /** A big operator with its bounds; the body follows. */
  #takeBig(token: Token, value: string, after: number): void {
    this.#startOperand(token, false)
    this.#emit('big', token, value)
    this.#position = after
    this.#ends = true
    this.#suppressed = true
    this.#bare = 'no'
  }

  #takeCaret(token: Token): void {
    const next = this.#position + 1
    const opener = this.#raw[next]
    const label = this.#out.length > 0 && this.#ends ? this.#labelAt(next) : undefined
    if (label !== undefined) {
      this.#emit(label.type, token, label.value)
      this.#position = label.next
      this.#ends = true
      return
    }
    this.#emit('caret', token)
    this.#position = next
    const keep = this.#suppressed
    this.#ends = false
    if (opener?.value === '{') {
      this.#open(opener, 'lb', 'rb', '}', { exponent: true })
      this.#position++
    } else if (this.#raw[next]?.type === 'number' || this.#words.latex) {
      const reading = opener?.type === 'number' ? undefined : this.#words.nameAt(next)
      if (opener?.type === 'number') this.#emit('num', opener)
      else if (reading !== undefined && this.#words.functionAt(reading) === undefined)
        this.#emit('name', opener!, reading.value)
      else return
      this.#ends = true
      this.#suppressed = keep
      this.#position = reading?.next ?? next + 1
      if (this.#raw[this.#position]?.type === 'sub' && !keep) this.#takeLateSub()
    }
  }

  /** `^{(2)}` and `^{[1]}` after a name are labels, `^{(i)}` is an index. */
  #labelAt(open: number): { type: string; value: string; next: number } | undefined {
    const raw = this.#raw
    const bracket = raw[open + 1]?.value
    if (raw[open]?.value !== '{' || (bracket !== '(' && bracket !== '[') || !this.#afterName())
      return undefined
    const close = bracket === '(' ? ')' : ']'
    const content = raw[open + 2]
    if (content === undefined || raw[open + 3]?.value !== close || raw[open + 4]?.value !== '}')
      return undefined
    if (content.type === 'number')
      return { type: 'label', value: `^{${bracket}${content.value}${close}}`, next: open + 5 }
    const reading = this.#words.nameAt(open + 2)
    return reading && { type: 'sample', value: reading.value, next: open + 5 }
  }

  #afterName(): boolean {
    const last = this.#out.at(-1)
    if (last?.type === 'name') return last.value !== 'e'
    return (
      last?.type === 'rb' || last?.type === 'label' || last?.type === 'ri' || this.#out.at(-2)?.type === 'sub'
    )
  }

  #takeSub(token: Token): void {
    const last = this.#out.at(-1)
    if (last?.type === 'rb' && this.#exponentEnded && !this.#suppressed) {
      this.#takeLateSub()
      return
    }
    this.#takeScript('sub', token)
  }

  #exponentEnded = false

  #takeLateSub(): void {
    this.#takeScript('lateSub', this.#raw[this.#position]!)
  }

  #takeScript(type: string, token: Token): void {
    this.#emit(type, token)
    const next = ++this.#position
    const opener = this.#raw[next]
    if (opener?.value === '{') {
      this.#open(opener, 'lb', 'rb', '}', { index: true })
      this.#position++
      return
    }
    if (opener?.type === 'number') {
      this.#emit('num', opener)
      this.#ends = true
      this.#position++
      return
    }
    const reading = this.#words.nameAt(next)
    if (reading === undefined) return
    const parts = opener!.type === 'word' ? this.#splitIndex(reading.value) : undefined
    if (parts === undefined) this.#emit('name', opener!, reading.value)
    else {
      this.#emit('lb', opener!, '')
      for (let i = 0; i < parts.length; i++) {
        if (i > 0) this.#emit('comma', opener!, ',')
        this.#emit('name', opener!, parts[i])
      }
      this.#emit('rb', opener!, '')
    }
    this.#ends = true
    this.#position = reading.next
  }

  #takeSuperscript(token: Token): void {
    this.#emit('caret', token)
    this.#emitScript(token, 'lb', 'rb')
    this.#position++
    this.#ends = true
  }

  #takeSubscript(token: Token): void {
    this.#emit('sub', token)
    this.#emitScript(token, 'lb', 'rb')
    this.#position++
    this.#ends = true
  }

  #emitScript(token: Token, open: string, close: string): void {
    this.#emit(open, token, '')
    let names = false
    for (const [part] of plainScript(token.value).matchAll(/\d+|./g)) {
      const type = /\d/.test(part) ? 'num' : part === '+' ? 'plus' : part === '-' ? 'minus' : 'name'
      if (names && (type === 'name' || type === 'num')) this.#emit('comma', token, ',')
      this.#emit(type, token, part)
      names = type === 'name' || type === 'num'
    }
    this.#emit(close, token, '')
  }

  #takeBracket(token: Token): void {
    const close = closers[token.value]
    if (close === undefined) {
      this.#close(token)
      return
    }
    if (token.value === '[' && this.#isIndexBracket(token)) {
      this.#open(token, 'li', 'ri', ']', { index: true })
      this.#position++
      return
    }
    this.#startOperand(token, false)
    this.#open(token, 'lp', 'rp', close)
    this.#position++
  }

  /** `x[i,j]` is an index where `y[a+b]` in LaTeX is a product. */
  #isIndexBracket(token: Token): boolean {
    const last = this.#out.at(-1)
    if (last?.type !== 'name' || last.end !== token.at || !this.#ends || this.#suppressed) return false
    if (!this.#words.latex) return true
    let parts = 0
    for (let i = this.#position + 1; this.#raw[i] !== undefined; i++, parts++) {
      const { type, value } = this.#raw[i]!
      if (value === ']') return parts > 0
      if (parts % 2 === 0 ? type !== 'word' && type !== 'number' : type !== 'comma') return false
    }
    return false
  }

  #takeBar(token: Token): void {
    if (this.#ends && this.#stack.at(-1)?.type === 'rightBar') {
      this.#close(token)
      return
    }
    this.#openBar(token)
  }

  #openBar(token: Token): void {
    this.#startOperand(token, false)
    this.#open(token, 'leftBar', 'rightBar', '|')
    this.#position++
  }

  /** Two bars together are the ends of two absolute values, or a norm. */
  #takeNorm(token: Token): void {
    if (token.value === '||' && this.#stack.at(-1)?.type === 'rightBar') {
      const first = { type: 'bar', value: '|', at: token.at, end: token.at + 1 }
      this.#raw.splice(this.#position, 1, first, { ...first, at: token.at + 1, end: token.end })
      return
    }
    this.#fail(token, {
      message: `a norm ${quote(token.value)} cannot be read here`,
      hint: 'write it with indices: sqrt(sum(j=1..d, x_j^2))',
    })
  }

  #takeSeparator(token: Token): void {
    if (this.#stack.at(-1)?.type !== 'casesClose') {
      this.#position++
      return
    }
    const after = this.#raw[this.#position + 1]?.type
    if (token.type === 'newRow' && after === 'casesClose') this.#position++
    else this.#operator(token.type, token)
  }

  #operator(type: string, token: Token, value = token.value): void {
    this.#emit(type, token, value)
    this.#ends = false
    this.#suppressed = false
    this.#bare = 'no'
    this.#position++
  }

  /** Puts in the sign between two neighbouring operands; `simple` ones continue a bare argument. */
  #startOperand(token: Span, simple: boolean): void {
    const bare = this.#bare
    if (!this.#ends) {
      if (bare === 'waiting') this.#bare = simple ? 'inside' : 'no'
      else if (!simple && this.#out.at(-1)?.type !== 'caret') this.#bare = 'no'
      return
    }
    if (this.#suppressed) {
      this.#suppressed = false
      return
    }
    const between = { at: token.at, end: token.at }
    if (this.#inIndex()) {
      const product = this.#out.at(-1)?.type === 'num' && simple
      this.#emit(product ? 'times' : 'comma', between, product ? '*' : ',')
    } else if (bare === 'inside' && simple) this.#emit('tight', between, '*')
    else {
      this.#emit('times', between, '*')
      this.#bare = 'no'
    }
    this.#ends = false
  }

  #inIndex(): boolean {
    return this.#stack.length > 0 && this.#stack[this.#stack.length - 1]!.index
  }

  #inCases(): boolean {
    return this.#stack.length > 0 && this.#stack[this.#stack.length - 1]!.type === 'casesClose'
  }

  #open(
    token: Token,
    openType: string,
    closeType: string,
    close: string,
    { index = false, rest = 0, opens = false, exponent = false } = {},
  ): void {
    this.#emit(openType, token)
    this.#stack.push({
      open: token,
      close,
      type: closeType,
      index,
      rest,
      opens,
      exponent,
      bare: this.#bare,
      suppressed: this.#suppressed,
    })
    this.#ends = false
    this.#suppressed = false
    this.#bare = 'no'
  }

  #close(token: Token): void {
    const top = this.#stack.at(-1)
    const matches =
      top?.type === 'casesClose' || top?.type === 'rightBar'
        ? top.type === token.type || token.type === 'bar'
        : top?.close === token.value
    if (top === undefined || !matches) {
      this.#fail(
        token,
        top === undefined
          ? { message: `${quote(token.value)} closes nothing` }
          : unclosedProblem(this.#text, top, token),
      )
      return
    }
    this.#stack.pop()
    this.#emit(top.type, token)
    this.#position++
    this.#ends = true
    this.#suppressed = top.suppressed
    this.#bare = top.bare
    this.#exponentEnded = top.exponent
    if (top.rest === -1) {
      this.#ends = false
      this.#openArguments()
    } else if (top.rest === -2) this.#emit('rb', token, '')
    else if (top.type === 'rb' || top.type === 'ri') {
      if (top.rest > 0) this.#takeArgument(this.#position, top.open, top.rest - 1, false, top.opens)
      else if (top.opens) this.#suppressed = true
    }
  }

  #emit(type: string, span: Span & { readonly value?: string }, value = span.value ?? ''): void {
    this.#out.push({ type, value, at: span.at, end: span.end })
  }

  #fail(span: Span, problem: ReadProblem): void {
    this.#out.push({ type: 'bad', value: '', at: span.at, end: span.end, problem } as BadToken)
    this.#failed = true
  }
}

/** That a bracket is not closed where something else stands, or at the end. */
export function unclosedProblem(
  text: string,
  bracket: { readonly open: Token; readonly close: string },
  found: Token | undefined,
): ReadProblem {
  const line = text.lastIndexOf('\n', bracket.open.at - 1)
  const expected = quote(bracket.close)
  const instead = found === undefined ? '' : `, found ${quote(found.value)}`
  return {
    message: `expected ${expected} to close the ${quote(bracket.open.value)} at column ${bracket.open.at - line}${instead}`,
    expected: [expected],
    related: bracket.open.at,
  }
}

export function quote(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`
}
