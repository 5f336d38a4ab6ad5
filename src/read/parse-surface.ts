import nearley from 'nearley'
import { LimitError } from '../term/limits.ts'
import { ReadError, type Source } from './error.ts'
import { type BadToken, type Filtered, filterTokens, quote, unclosedProblem } from './filter/index.ts'
import grammar from './generated/gradus.ts'
import { LookaheadGrammar } from './lookahead.ts'
import type { Item, Linked, Token } from './surface.ts'
import type { Vocabulary } from './vocabulary.ts'

const nestingLimit = 20_000

let compiled: nearley.Grammar | undefined
let lookahead: LookaheadGrammar | undefined

interface Column {
  readonly scannable: readonly {
    readonly rule: { readonly symbols: readonly unknown[] }
    readonly dot: number
  }[]
}

/** Nearley's own report walks its whole table: 175 kB for 300 brackets, a stack overflow for 2,000. */
class QuietParser extends nearley.Parser {
  declare readonly table: readonly Column[]

  reportError(): string {
    return ''
  }

  reportLexerError(): string {
    return ''
  }
}

/** What the types of tokens are called in an error, in the order of telling. */
const words: readonly (readonly [type: string, word: string])[] = [
  ['num', 'a number'],
  ['name', 'a name'],
  ['lp', '"("'],
  ['lb', '"{"'],
  ['compare', '"="'],
  ['comma', '","'],
  ['dots', '".."'],
  ['times', 'an operator'],
]

/** All readings that the grammar has of a text: exactly one, or an error is thrown. */
export function parseSurface(source: Source, vocabulary: Vocabulary): Linked<Item>[] {
  const filtered = filterTokens(source.text, vocabulary)
  const { tokens } = filtered
  if (tokens.length === 0) {
    throw new ReadError(source, 0, {
      message: 'there is nothing to read',
      expected: ['an expression'],
      hint: 'write a loss such as 1/N*sum((y-m*x-b)^2)',
    })
  }
  checkSize(tokens)
  const parses = parseTokens(tokens)
  if (parses.length === 0) throw findSyntaxError(source, filtered)
  return parses
}

/** All parses, none when the tokens are no sentence of the grammar. */
function parseTokens(tokens: readonly Token[]): Linked<Item>[] {
  lookahead ??= new LookaheadGrammar(compileGrammar())
  const { grammar } = lookahead
  let position = 0
  lookahead.expect(tokens[0]?.type)
  const parser = new QuietParser(grammar, {
    lexer: tokenLexer(() => {
      lookahead?.expect(tokens[position + 1]?.type)
      return tokens[position++]
    }),
  })
  try {
    parser.feed('')
  } catch (error) {
    if (isRefusal(error)) return []
    throw error
  }
  return parser.results as Linked<Item>[]
}

/** Where the grammar refuses the tokens, and what it could have gone on with: all rules are tried for this. */
function findSyntaxError(source: Source, filtered: Filtered): ReadError {
  const { tokens } = filtered
  let position = 0
  const parser = new QuietParser(compileGrammar(), { lexer: tokenLexer(() => tokens[position++]) })
  let refused: Token | undefined
  try {
    parser.feed('')
  } catch (error) {
    if (!isRefusal(error)) throw error
    refused = tokens[position - 1]
  }
  return syntaxError(source, refused, filtered, expectedTypes(parser))
}

function compileGrammar(): nearley.Grammar {
  compiled ??= nearley.Grammar.fromCompiled(grammar as nearley.CompiledRules)
  return compiled
}

function tokenLexer(next: () => Token | undefined): nearley.Lexer {
  return { reset() {}, next, save: () => ({}), formatError: () => '' }
}

/** Whether this is the parser's word that a token cannot stand where it stands. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'offset' in error && 'token' in error
}

function checkSize(tokens: readonly Token[]): void {
  if (tokens.length < nestingLimit) return
  let depth = 0
  for (const { type } of tokens) {
    if (type === 'lp' || type === 'lb' || type === 'leftBar') depth++
    else if (type === 'rp' || type === 'rb' || type === 'rightBar') depth--
    if (depth > nestingLimit) throw new LimitError(`brackets are nested more than ${nestingLimit} deep`)
  }
}

/** The types of token that the parser could have gone on with. */
function expectedTypes(parser: QuietParser): Set<string> {
  const types = new Set<string>()
  for (const { rule, dot } of parser.table[parser.current]?.scannable ?? []) {
    const symbol = rule.symbols[dot]
    if (typeof symbol === 'object' && symbol !== null && 'type' in symbol) types.add(String(symbol.type))
  }
  return types
}

function syntaxError(
  source: Source,
  token: Token | BadToken | undefined,
  { unclosed }: Filtered,
  types: ReadonlySet<string>,
): ReadError {
  if (token !== undefined && 'problem' in token) return new ReadError(source, token, token.problem)
  const at = token ?? source.text.trimEnd().length
  const operand = types.has('num') && types.has('lp')
  if (token === undefined && unclosed !== undefined && !operand) {
    return new ReadError(source, at, unclosedProblem(source.text, unclosed, undefined))
  }
  // After a value an operator is what is missing; that a definition could go on with "=" is of no help.
  const told = types.has('times') ? words.filter(([type]) => type !== 'compare') : words
  const expected = operand ? ['a value'] : told.flatMap(([type, word]) => (types.has(type) ? [word] : []))
  if (unclosed !== undefined && !operand) expected.unshift(quote(unclosed.close))
  const found =
    token === undefined
      ? 'the end'
      : `"${token.value === '' ? source.text.slice(token.at, token.at + 1) : token.value}"`
  const wanted = expected.length === 0 ? '' : `expected ${list(expected)}, `
  return new ReadError(source, at, {
    message: `${wanted}${wanted === '' ? 'unexpected' : 'found'} ${found}`,
    expected,
    hint: operandHint(token, operand),
  })
}

function operandHint(token: Token | undefined, operand: boolean): string | undefined {
  if (token?.type === 'prime') return "f'(x) is the derivative of a function; in front of the mark is none"
  if (!operand) return undefined
  if (token === undefined) return 'the text ends in the middle of an expression'
  if (['times', 'divide', 'caret'].includes(token.type))
    return `something to the left of "${token.value}" is missing`
  if (token.type === 'rp' || token.type === 'rb')
    return 'something in front of the closing bracket is missing'
  return undefined
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
