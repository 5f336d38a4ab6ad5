import type { ReadProblem } from '../error.ts'
import { Words } from '../names.ts'
import type { Span, Token } from '../surface.ts'
import type { Vocabulary } from '../vocabulary.ts'

/** A token that the grammar refuses wherever it stands, and why. */
export interface BadToken extends Token {
  readonly problem: ReadProblem
}

interface Opening {
  readonly index?: boolean
  readonly exponent?: boolean
  readonly application?: boolean
  readonly conditional?: boolean
  readonly beforeClose?: () => void
  readonly onClose?: () => void
}

interface Bracket {
  readonly open: Token
  /** What closes it, as written. */
  readonly close: string
  /** The type of the closing token for the grammar. */
  readonly type: string
  /** Inside, neighbours are separate indices, not factors. */
  readonly index: boolean
  readonly exponent: boolean
  /** The arguments of a function of the user's. */
  readonly application: boolean
  /** One bar inside separates, as in `p(y | x)`. */
  readonly conditional: boolean
  readonly beforeClose: (() => void) | undefined
  /** What follows at once when it is closed, such as the next argument of a command. */
  readonly onClose: (() => void) | undefined
  readonly bare: Bare
  readonly suppressed: boolean
}

/** Whether a function without parentheses waits for its argument, or is in the middle of it. */
type Bare = 'no' | 'waiting' | 'inside'

export const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '\\{': '\\}' }

/** The state of the filter: where it reads, what it has written, which brackets are open, what may follow. */
export class TokenFilter {
  readonly words: Words
  readonly raw: Token[]
  readonly text: string
  readonly out: (Token | BadToken)[] = []
  readonly stack: Bracket[] = []
  position = 0
  /** The last token ends an operand. */
  ends = false
  /** The next operand is no factor of the last one. */
  suppressed = false
  bare: Bare = 'no'
  /** The bracket closed last held an exponent. */
  exponentEnded = false
  failed = false

  constructor(text: string, vocabulary: Vocabulary) {
    this.text = text
    this.words = new Words(text, vocabulary)
    this.raw = this.words.raw
  }

  operator(type: string, token: Token, value = token.value): void {
    this.emit(type, token, value)
    this.ends = false
    this.suppressed = false
    this.bare = 'no'
    this.position++
  }

  /** Puts in the sign between two neighbouring operands; `simple` ones continue a bare argument. */
  startOperand(token: Span, simple: boolean): void {
    const bare = this.bare
    if (!this.ends) {
      if (bare === 'waiting') this.bare = simple ? 'inside' : 'no'
      else if (!simple && this.out.at(-1)?.type !== 'caret') this.bare = 'no'
      return
    }
    if (this.suppressed) {
      this.suppressed = false
      return
    }
    const between = { at: token.at, end: token.at }
    if (this.inIndex()) {
      const product = this.out.at(-1)?.type === 'num' && simple
      this.emit(product ? 'times' : 'comma', between, product ? '*' : ',')
    } else if (bare === 'inside' && simple) this.emit('tight', between, '*')
    else {
      this.emit('times', between, '*')
      this.bare = 'no'
    }
    this.ends = false
  }

  inIndex(): boolean {
    return this.stack.length > 0 && this.stack[this.stack.length - 1]!.index
  }

  inCases(): boolean {
    return this.stack.length > 0 && this.stack[this.stack.length - 1]!.type === 'casesClose'
  }

  open(
    token: Token,
    openType: string,
    closeType: string,
    close: string,
    {
      index = false,
      exponent = false,
      application = false,
      conditional = false,
      beforeClose,
      onClose,
    }: Opening = {},
  ): void {
    this.emit(openType, token)
    this.stack.push({
      open: token,
      close,
      type: closeType,
      index,
      exponent,
      application,
      conditional,
      beforeClose,
      onClose,
      bare: this.bare,
      suppressed: this.suppressed,
    })
    this.ends = false
    this.suppressed = false
    this.bare = 'no'
  }

  close(token: Token): void {
    const top = this.stack.at(-1)
    const matches =
      top?.type === 'casesClose' || top?.type === 'rightBar'
        ? top.type === token.type || (token.type === 'bar' && top.type === 'rightBar')
        : top?.type === 'rightNorm'
          ? token.type === 'norm'
          : top?.close === token.value
    if (top === undefined || !matches) {
      this.fail(
        token,
        top === undefined
          ? { message: `${quote(token.value)} closes nothing` }
          : unclosedProblem(this.text, top, token),
      )
      return
    }
    this.stack.pop()
    top.beforeClose?.()
    this.emit(top.type, token)
    this.position++
    this.ends = true
    this.suppressed = top.suppressed
    this.bare = top.bare
    this.exponentEnded = top.exponent
    top.onClose?.()
  }

  emit(type: string, span: Span & { readonly value?: string }, value = span.value ?? '', bold = false): void {
    const { at, end } = span
    this.out.push(bold ? { type, value, at, end, bold } : { type, value, at, end })
  }

  fail(span: Span, problem: ReadProblem): void {
    this.out.push({ type: 'bad', value: '', at: span.at, end: span.end, problem } as BadToken)
    this.failed = true
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
