import { LimitError } from '../term/limits.ts'
import { definedFunctions } from './defined-functions.ts'
import { isLatex, lex, uprightContent } from './lexer.ts'
import { ordersAt, primesAt } from './marks.ts'
import { inOneSpelling } from './one-spelling.ts'
import { unwrap } from './pasted.ts'
import { inFormulas } from './program-spelling.ts'
import { withSlashDerivatives } from './slash-derivative.ts'
import {
  accentNames,
  boldCommands,
  functionSpellings,
  isAccented,
  letterName,
  letterNames,
  letterWords,
  styleCommands,
} from './spelling.ts'
import { suggest } from './suggest.ts'
import type { Token } from './surface.ts'
import {
  endsPrimedName,
  hasOneBar,
  openersOfLists,
  primedIndices,
  standsInExponents,
} from './token-survey.ts'
import { keywords, notationFunctions, type Vocabulary } from './vocabulary.ts'

export interface NameReading {
  readonly value: string
  /** Position after the name. */
  readonly next: number
  /** Whether it is spelt in plain letters, not as a command or a Unicode letter. */
  readonly plain: boolean
  /** Whether it is set as vectors are: bold, or under an arrow. */
  readonly bold?: boolean
}

/** More tokens than this are refused: the parser keeps some kilobytes for each. */
const tokenLimit = 200_000

const appliedLetters: ReadonlySet<string> = new Set(['f', 'g', 'h', 'l', 'ell', 'phi', 'psi'])

/** The head of a definition, `f(x, y)`, has fewer tokens than this. */
const headLimit = 200

/** The tokens of one text, and what its names are. */
export class Words {
  readonly raw: Token[] = []
  readonly latex: boolean
  readonly vocabulary: Vocabulary
  readonly #bare = new Map<string, boolean>()
  readonly #exponents = new Map<string, boolean>()
  readonly #indices = new Map<string, boolean>()
  readonly #conditionals = new Map<Token, boolean>()
  #functions: ReadonlySet<string> = new Set()
  #lists: ReadonlySet<Token> | undefined
  #sets: Set<string> | undefined
  #primed: ReadonlySet<string> = new Set()

  constructor(text: string, vocabulary: Vocabulary) {
    this.latex = vocabulary.latex ?? isLatex(text)
    this.vocabulary = vocabulary
    const tokens = lex(text, this.latex)
    if (tokens.length > tokenLimit)
      throw new LimitError(`the text has more than ${tokenLimit} words and signs`)
    const formulas = inFormulas(this.latex ? inOneSpelling(tokens) : tokens)
    const written = this.latex ? formulas : withSlashDerivatives(formulas, vocabulary.variables)
    for (const token of unwrap(written, this.latex, text)) {
      if (token.type === 'word' && this.latex && token.value.length > 1 && !this.#isWord(token.value)) {
        this.#split(token)
      } else if (token.type === 'number' && this.latex && this.#isNumbered(token)) {
        const letter = this.raw.pop()!
        this.raw.push({ ...letter, value: letter.value + token.value, end: token.end })
      } else this.raw.push(token)
    }
    if (text.includes("'")) this.#primed = primedIndices(this.raw)
    if (vocabulary.defines && text.includes('=')) this.#functions = definedFunctions(this)
  }

  /** The name that starts at a position: a word, a letter, a command; with accents, type styles and primes. */
  nameAt(position: number): NameReading | undefined {
    const reading = this.#unprimed(position)
    if (reading === undefined || this.raw[reading.next]?.type !== 'prime') return reading
    if (!endsPrimedName(this.raw[reading.next + 1])) return reading
    const marks = 'prime'.repeat(
      this.raw[reading.next]!.value === '″' ? 2 : this.raw[reading.next]!.value.length,
    )
    return { ...reading, value: `${reading.value}${marks}`, next: reading.next + 1 }
  }

  #unprimed(position: number): NameReading | undefined {
    const token = this.raw[position]
    if (token === undefined) return undefined
    const next = position + 1
    switch (token.type) {
      case 'word':
        if (this.#primed.has(token.value) && this.raw[next]?.value === "'") {
          return { value: `${token.value} '`, next: next + 1, plain: true }
        }
        if (token.value.charCodeAt(token.value.length - 1) < 128)
          return { value: token.value, next, plain: true }
        return { value: letterName(token.value), next, plain: true }
      case 'letter':
        return { value: letterName(token.value), next, plain: false }
      case 'upright': {
        const value = uprightContent(token).replace(/[.,;]$/, '')
        return /^[A-Za-z][\w-]*$/.test(value)
          ? { value: value.replaceAll('-', ''), next, plain: true }
          : undefined
      }
      case 'command': {
        const letter = letterNames.get(token.value)
        if (letter !== undefined) return { value: letter, next, plain: false }
        const accent = accentNames.get(token.value)
        if (accent === undefined && !styleCommands.has(token.value)) return undefined
        const inner = this.#argumentName(next)
        if (inner === undefined) return undefined
        const bold = inner.bold === true || boldCommands.has(token.value)
        return { value: `${inner.value}${accent ?? ''}`, next: inner.next, plain: false, bold }
      }
      default:
        return undefined
    }
  }

  /** What is applied here: a function of the table, one of the user's, or nothing, so that it is a variable. */
  functionAt(reading: NameReading): { type: 'func' | 'own'; value: string } | undefined {
    const { value, next, plain } = reading
    // D(u, x) is a derivative even where D is a variable, which no comma can follow in parentheses.
    const isDerivative = value === 'D' && plain && this.#hasTwoArguments(next)
    if (this.vocabulary.variables.has(value)) return isDerivative ? { type: 'func', value } : undefined
    if (this.vocabulary.functions.has(value) || this.#functions.has(value)) {
      return this.isCall(next) || this.isSubscriptedCall(reading) ? { type: 'own', value } : undefined
    }
    // An l that is defined is also written ℓ.
    if (value === 'ell' && this.vocabulary.functions.has('l') && this.isCall(next))
      return { type: 'own', value: 'l' }
    const spelt = functionSpellings()
    // Upright text names functions with capitals, too: \text{Tanh}(x), \text{ReLU}(x).
    const isText = this.raw[next - 1]?.type === 'upright' && this.isCall(next)
    const lower = isText ? value.toLowerCase() : value
    const word = plain ? (spelt.words.get(value) ?? spelt.words.get(lower)) : undefined
    const mayBeName = spelt.bracketed.has(value) && !this.raw[next - 1]!.value.startsWith('\\operatorname')
    if (word !== undefined && (!mayBeName || this.isCall(next))) return { type: 'func', value: word }
    if (plain && notationFunctions.has(lower) && this.isCall(next)) return { type: 'func', value: lower }
    if (isDerivative) return { type: 'func', value }
    const sign = spelt.letters.get(value) ?? (plain ? spelt.letterWords.get(value) : undefined)
    if (sign !== undefined && this.isCall(next) && !this.isBare(value)) return { type: 'func', value: sign }
    if (this.#isUprightCall(reading)) return { type: 'own', value }
    if (this.isSubscriptedCall(reading)) return { type: 'own', value }
    if (this.#isApplied(reading)) return { type: 'own', value }
    if (appliedLetters.has(value) && this.isCall(next) && !this.isBare(value)) return { type: 'own', value }
    return undefined
  }

  /** `\mathrm{sim}(u, v)`: upright words of several arguments are functions, if they are not misspelt. */
  #isUprightCall({ value, next, plain }: NameReading): boolean {
    if (!this.latex || !plain || value.length < 2 || !this.#hasTwoArguments(next)) return false
    if (this.raw[next - 1]!.type !== 'upright') return false
    return value.length < 5 || suggest(value, functionSpellings().words.keys()) === undefined
  }

  /** Whether this looks like a function that nobody knows: several letters in front of a parenthesis. */
  isUnknownFunction(reading: NameReading): boolean {
    const { value, next, plain } = reading
    if (!plain || value.length < 2 || !this.isOpen(next) || /^[A-Za-z]\d+$/.test(value)) return false
    if (this.vocabulary.variables.has(value) || this.vocabulary.words.has(value)) return false
    if (letterWords.has(value) || isAccented(value)) return false
    return !this.isBare(value)
  }

  isOpen(position: number): boolean {
    const token = this.raw[position]
    return token !== undefined && token.type === 'bracket' && token.value === '('
  }

  /** Whether a call follows: `(`, `'(`, `^{(0,1)}(`, `^\prime(`. */
  isCall(position: number): boolean {
    if (this.isOpen(position)) return true
    const token = this.raw[position]
    if (token?.type === 'prime') return this.isOpen(position + 1)
    if (token?.type !== 'caret') return false
    const mark = primesAt(this.raw, position) ?? ordersAt(this.raw, position)
    return mark !== undefined && this.isOpen(mark.next)
  }

  /** The position after a subscript: one sign, or what stands in braces. */
  scriptEnd(at: number): number | undefined {
    if (this.raw[at + 1]?.value !== '{') return this.nameAt(at + 1)?.next ?? at + 2
    for (let i = at + 2, depth = 1; i < Math.min(this.raw.length, at + headLimit); i++) {
      if (this.raw[i]!.value === '{') depth++
      else if (this.raw[i]!.value === '}' && --depth === 0) return i + 1
    }
    return undefined
  }

  /** Whether a letter stands below some name or sum. */
  isIndex(value: string): boolean {
    let known = this.#indices.get(value)
    if (known === undefined) {
      known = this.raw.some((token, i) => {
        if (token.type !== 'sub') return false
        const end = this.scriptEnd(i) ?? i
        // Below another expectation it is no index.
        if (this.raw[i - 1]?.value === 'E' || this.raw[i - 2]?.value === 'E') return false
        for (let at = i + 1; at < end; at++) if (this.nameAt(at)?.value === value) return true
        return false
      })
      this.#indices.set(value, known)
    }
    return known
  }

  /** Whether the bracket at a position has one bar inside, as `p(y | x)` has; two are an absolute value. */
  isConditional(open: number): boolean {
    let known = this.#conditionals.get(this.raw[open]!)
    if (known === undefined) {
      known = hasOneBar(this.raw.slice(open, open + headLimit))
      this.#conditionals.set(this.raw[open]!, known)
    }
    return known
  }

  /** Whether a name with something below it is applied: `f_\theta(x)`, `p_\theta(y | x)`, `r_t(\theta)`. */
  isSubscriptedCall({ value, next }: NameReading): boolean {
    if (this.raw[next]?.type !== 'sub' || this.vocabulary.variables.has(value)) return false
    const end = this.scriptEnd(next)
    if (end === undefined || !this.isOpen(end)) return false
    if (appliedLetters.has(value) || this.vocabulary.functions.has(value) || this.#functions.has(value))
      return true
    if (this.#isParametric(next + 1, end) || this.isConditional(end) || this.#hasTwoArguments(end))
      return true
    return this.#isTheta(end) || (this.latex && isAccented(value) && this.#onlyName(end) !== undefined)
  }

  /** The name that stands alone in parentheses, as in `\hat p(x_i)` and in `\sum_x P(x)`: it is no factor. */
  #onlyName(open: number): string | undefined {
    const reading = this.nameAt(open + 1)
    if (reading === undefined) return undefined
    const end = this.raw[reading.next]?.type === 'sub' ? this.scriptEnd(reading.next) : reading.next
    return end !== undefined && this.raw[end]?.value === ')' ? reading.value : undefined
  }

  /** `p(y | x)`, `d(a_i, b_i)`, `r(\theta)`: what stands in these parentheses is no factor. */
  #isApplied({ value, next, plain }: NameReading): boolean {
    if (!this.isOpen(next) || (plain && value.length > 1 && !isAccented(value))) return false
    const inside = this.latex ? this.#onlyName(next) : undefined
    const isModel = inside !== undefined && (isAccented(value) || this.isIndex(inside) || !this.isBare(value))
    return this.isConditional(next) || this.#hasTwoArguments(next) || this.#isTheta(next) || isModel
  }

  /** Below stands what a model is called by: θ, φ or ψ. */
  #isParametric(from: number, to: number): boolean {
    for (let i = from; i < to; i++) {
      const reading = this.nameAt(i)
      if (reading !== undefined && /^(?:theta|phi|psi)$/.test(reading.value)) return true
    }
    return false
  }

  /** `(\theta)`: nobody puts a factor θ in parentheses. */
  #isTheta(open: number): boolean {
    const reading = this.latex ? this.nameAt(open + 1) : undefined
    return reading?.value === 'theta' && this.raw[reading.next]?.value === ')'
  }

  /** Whether a name stands nowhere but in exponents, as the T of `w^T x` does. */
  isOnlyExponent(value: string): boolean {
    const only = this.#exponents.get(value) ?? standsInExponents(this.raw, value)
    this.#exponents.set(value, only)
    return only
  }

  #argumentName(position: number): NameReading | undefined {
    if (this.raw[position]?.value !== '{') return this.nameAt(position)
    const inner = this.nameAt(position + 1)
    return inner && this.raw[inner.next]?.value === '}' ? { ...inner, next: inner.next + 1 } : undefined
  }

  /** Whether a name also stands without parentheses, which makes it a variable that multiplies. */
  isBare(value: string): boolean {
    const known = this.#bare.get(value)
    if (known !== undefined) return known
    let bare = false
    for (let i = 0; i < this.raw.length && !bare; i++) {
      const reading = this.nameAt(i)
      if (reading === undefined) continue
      const at = i
      // What a command such as \boldsymbol takes is no name beside it.
      i = reading.next - 1
      if (reading.value !== value || this.isCall(reading.next)) continue
      const before = this.raw[at - 1]
      bare = before?.type !== 'partial' && before?.value !== '\\partial'
    }
    this.#bare.set(value, bare)
    return bare
  }

  #hasTwoArguments(position: number): boolean {
    if (!this.isOpen(position)) return false
    this.#lists ??= openersOfLists(this.raw)
    return this.#lists.has(this.raw[position]!)
  }

  /** Names of sets, which stand after `\in` below a sum. */
  sets(): ReadonlySet<string> {
    if (this.#sets !== undefined) return this.#sets
    this.#sets = new Set()
    this.raw.forEach(({ value }, i) => {
      const set = value === '\\in' || value === '∈' ? this.nameAt(i + 1) : undefined
      if (set !== undefined) this.#sets?.add(set.value)
    })
    return this.#sets
  }

  #isWord(word: string): boolean {
    const { variables, functions, words } = this.vocabulary
    if (variables.has(word) || functions.has(word) || words.has(word)) return true
    // A run of five letters is a word, such as margin; nobody means a product of so many.
    if (word.length >= 5) return true
    if (keywords.has(word) || notationFunctions.has(word) || functionSpellings().words.has(word)) return true
    return (letterWords.has(word) && (word.length > 2 || word === 'pi')) || isAccented(word)
  }

  /** The 1 of `x1`: nobody writes x times 1 so. After a command or `_` the letter is an argument. */
  #isNumbered({ at, value }: Token): boolean {
    const letter = this.raw.at(-1)
    if (letter?.type !== 'word' || letter.end !== at || !/^\d+$/.test(value)) return false
    const before = this.raw.at(-2)
    return (
      before?.type !== 'sub' &&
      before?.type !== 'caret' &&
      !(before?.type === 'command' && /frac$|sqrt$/.test(before.value))
    )
  }

  #split(token: Token): void {
    for (let i = 0; i < token.value.length; i++) {
      this.raw.push({ type: 'word', value: token.value[i]!, at: token.at + i, end: token.at + i + 1 })
    }
  }
}
