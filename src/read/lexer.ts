import moo from 'moo'
import type { Token } from './surface.ts'

/**
 * The characters as words, signs and commands. In LaTeX adjacent letters are separate names and `1e3` is a
 * product, so a text with a command in it is split by other rules for words and numbers.
 */
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ'
const subscripts = '₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ'
const plainScripts = new Map(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ'].map((character, i) => [
    character,
    '0123456789+-ni0123456789+-aeoxhklmnpstijruv'[i]!,
  ]),
)

export const vulgarFractions: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['½', ['1', '2']],
  ['⅓', ['1', '3']],
  ['⅔', ['2', '3']],
  ['¼', ['1', '4']],
  ['¾', ['3', '4']],
  ['⅕', ['1', '5']],
  ['⅛', ['1', '8']],
])

function rules(latex: boolean): moo.Rules {
  return {
    blank: {
      match:
        /(?:[\s~\u200b]|\\[,;:!> ]|\\(?:left|right)\s*\.|\\(?:left|right|middle|[bB]igg?[lrm]?|quad|qquad|displaystyle|textstyle|limits|nolimits|nonumber|notag|hfill|strut)(?![A-Za-z])|\\(?:label|tag|hspace|vspace)\*?\s*\{[^{}]*\})+/u,
      lineBreaks: true,
    },
    number: latex
      ? /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)/u
      : /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+(?![\w.]))?/u,
    word: latex
      ? /__[A-Za-z]+__|[A-Za-z]\p{M}+|[A-Za-z]+(?!\p{M})/u
      : /__[A-Za-z]+__|[A-Za-z][A-Za-z0-9]*\p{M}*/u,
    superscript: new RegExp(`[${superscripts}]+`, 'u'),
    subscript: new RegExp(`[${subscripts}]+`, 'u'),
    vulgar: /[½⅓⅔¼¾⅕⅛]/u,
    leftBar: /\\lvert(?![A-Za-z])/u,
    rightBar: /\\rvert(?![A-Za-z])/u,
    norm: /\\(?:[lr]?Vert)(?![A-Za-z])|\\\||‖|\|\|/u,
    bar: /[|∣]|\\vert(?![A-Za-z])/u,
    leftAngle: /\\langle(?![A-Za-z])|⟨/u,
    rightAngle: /\\rangle(?![A-Za-z])|⟩/u,
    transposition: 'ᵀ',
    casesOpen: /\\begin\s*\{[dr]?cases\}/u,
    casesClose: /\\end\s*\{[dr]?cases\}/u,
    wrapper:
      /\$\$?|\\\[|\\\]|\\\(|\\\)|\\(?:begin|end)\s*\{(?:equation|align|aligned|gather|gathered|split|multline|eqnarray|displaymath|math)\*?\}/u,
    upright:
      /\\(?:text|mathrm|operatorname|textrm|textit|textbf|texttt|mbox)\*?\s*\{[^{}]*\}|\\(?:mathrm|text)\s+d(?![A-Za-z])|\{\s*\\rm\s+[A-Za-z]+\s*\}/u,
    newRow: /\\\\(?:\[[^\]]*\])?/u,
    bracket: /\\[{}]|[()[\]{}]/u,
    command: /\\[A-Za-z]+/u,
    caret: /\*\*|\^/u,
    dots: /\.\.\.?|…/u,
    colon: /:(?!=)/u,
    period: '.',
    plus: '+',
    minus: /[-−–]/u,
    times: /[*·×⋅∗⊙∘]/u,
    divide: /[/÷]/u,
    compare: /==?|:=|<=|>=|!=|<|>|[≤⩽≥⩾≠∈]/u,
    factorial: '!',
    percent: /\\%/u,
    top: '⊤',
    and: /&&|∧/u,
    or: '∨',
    not: '¬',
    ampersand: '&',
    comma: ',',
    semicolon: ';',
    sub: '_',
    prime: /['′]+|[″]/u,
    sum: '∑',
    prod: '∏',
    root: '√',
    partial: '∂',
    nabla: '∇',
    indicator: /[𝟙𝟏]/u,
    letter: latex ? /\p{L}\p{M}*/u : /\p{L}\p{M}*[0-9]*/u,
    unknown: moo.error,
  }
}

const lexers: { plain?: moo.Lexer; latex?: moo.Lexer } = {}

/** Whether a text is LaTeX in that adjacent letters are separate names. */
export function isLatex(text: string): boolean {
  return text.includes('\\') || /^\s*\$/.test(text)
}

function lexerFor(notation: 'plain' | 'latex'): moo.Lexer {
  const lexer = lexers[notation] ?? moo.compile(rules(notation === 'latex'))
  lexers[notation] = lexer
  return lexer
}

/** The words and signs of a text, without blanks; one of type `unknown` is the last. */
export function lex(text: string, latex: boolean): Token[] {
  const lexer = lexerFor(latex ? 'latex' : 'plain')
  lexer.reset(text)
  const tokens: Token[] = []
  for (let token = lexer.next(); token !== undefined; token = lexer.next()) {
    const type = token.type!
    if (type === 'blank') continue
    const at = token.offset
    tokens.push({ type, value: token.value, at, end: at + token.value.length })
  }
  return tokens
}

/** `²` → `2`, `ᵢ` → `i`. */
export function plainScript(text: string): string {
  let plain = ''
  for (const character of text) plain += plainScripts.get(character) ?? character
  return plain
}

/** `\text{ if }` → `if`; any other token → what it is. */
export function uprightContent(token: Token): string {
  if (token.type !== 'upright') return token.value
  if (!token.value.includes('{')) return token.value.slice(-1)
  return token.value
    .slice(token.value.indexOf('{') + 1, -1)
    .replace(/^\s*\\rm(?![A-Za-z])/, '')
    .replace(/~|\\[,;:! ]/g, ' ')
    .replace(/\\_/g, '_')
    .trim()
}
