import { vulgarFractions } from '../lexer.ts'
import type { Token } from '../surface.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { takeSeparatingSign } from './applications.ts'
import { takeArgument } from './arguments.ts'
import { takeBig } from './big-operators.ts'
import { openBar, takeBar, takeBracket, takeSeparator } from './brackets.ts'
import { takeCommand, takeComparison } from './commands.ts'
import { takeNabla, takePartial } from './derivatives.ts'
import { takeIndicator } from './functions.ts'
import { takeName } from './names.ts'
import { takeTrailingDefinition } from './rows.ts'
import { takeCaret, takeSub, takeSubscript, takeSuperscript } from './scripts.ts'
import { takeCardinality, takeColon, takeDots } from './sets.ts'
import { type BadToken, quote, TokenFilter } from './token-filter.ts'
import { openAngle, takeNorm, takeTransposingPrime } from './vectors.ts'

export { type BadToken, quote, unclosedProblem } from './token-filter.ts'

/** A way out for signs that programs have and formulas do not. */
const hints: ReadonlyMap<string, string> = new Map([
  ['@', 'write the product of matrices in LaTeX, X w, or as a sum: sum(j=1..d, X_{i,j}*w_j)'],
  ['.', 'names have no points: write the loss itself, such as mean((y-w*x)^2)'],
])

export interface Filtered {
  readonly tokens: readonly (Token | BadToken)[]
  /** The innermost bracket that nothing closes. */
  readonly unclosed: { readonly open: Token; readonly close: string } | undefined
}

/**
 * From words and signs to the tokens of the grammar: puts in the `*` that people leave out, tells functions
 * from variables, names brackets by what they are for, wraps arguments of commands. All that depends on
 * neighbours is decided here, so that the grammar has one parse.
 */
export function filterTokens(text: string, vocabulary: Vocabulary): Filtered {
  const filter = new TokenFilter(text, vocabulary)
  while (filter.position < filter.raw.length && !filter.failed) take(filter, filter.raw[filter.position]!)
  const top = filter.failed ? undefined : filter.stack.at(-1)
  return { tokens: filter.out, unclosed: top && { open: top.open, close: top.close } }
}

function take(filter: TokenFilter, token: Token): void {
  switch (token.type) {
    case 'number':
      if (filter.out.at(-1)?.type !== 'num' || filter.inIndex()) filter.startOperand(token, true)
      filter.emit('num', token)
      filter.ends = true
      filter.position++
      return
    case 'word':
    case 'letter':
    case 'upright':
      takeName(filter, token)
      return
    case 'command':
      takeCommand(filter, token)
      return
    case 'bracket':
      takeBracket(filter, token)
      return
    case 'caret':
      takeCaret(filter, token)
      return
    case 'sub':
      takeSub(filter, token)
      return
    case 'superscript':
      takeSuperscript(filter, token)
      return
    case 'subscript':
      takeSubscript(filter, token)
      return
    case 'sum':
    case 'prod':
      takeBig(filter, token, token.type, filter.position + 1)
      return
    case 'root':
      filter.startOperand(token, false)
      filter.emit('root', token)
      takeArgument(filter, filter.position + 1, token, 0, false)
      return
    case 'partial':
      takePartial(filter, token)
      return
    case 'nabla':
      takeNabla(filter, token)
      return
    case 'vulgar': {
      const [numerator, denominator] = vulgarFractions.get(token.value)!
      filter.startOperand(token, false)
      for (const [type, value] of [
        ['lp', '('],
        ['num', numerator],
        ['divide', '/'],
        ['num', denominator],
        ['rp', ')'],
      ]) {
        filter.emit(type!, token, value)
      }
      filter.ends = true
      filter.position++
      return
    }
    case 'dots':
      takeDots(filter, token)
      return
    case 'bar':
      if (takeSeparatingSign(filter, token) || takeCardinality(filter, token)) return
      takeBar(filter, token)
      return
    case 'leftBar':
      if (takeCardinality(filter, token)) return
      openBar(filter, token)
      return
    case 'rightBar':
      filter.close(token)
      return
    case 'norm':
      if (takeSeparatingSign(filter, token)) return
      takeNorm(filter, token)
      return
    case 'leftAngle':
      openAngle(filter, token)
      return
    case 'rightAngle':
      filter.close(token)
      return
    case 'prime':
      if (takeTransposingPrime(filter, token)) return
      filter.operator(token.type, token)
      return
    case 'factorial':
    case 'transposition':
      filter.emit(token.type === 'factorial' ? 'factorial' : 'transpose', token)
      filter.position++
      return
    case 'casesOpen':
      filter.startOperand(token, false)
      filter.open(token, 'casesOpen', 'casesClose', '\\end{cases}')
      filter.position++
      return
    case 'casesClose':
      filter.close(token)
      return
    case 'newRow':
    case 'ampersand':
      takeSeparator(filter, token)
      return
    case 'indicator':
      takeIndicator(filter, token, filter.position + 1)
      return
    case 'compare':
      takeComparison(filter, token)
      return
    case 'colon':
      takeColon(filter, token)
      return
    case 'semicolon':
      if (takeSeparatingSign(filter, token)) return
      if (filter.position === filter.raw.length - 1 && filter.out.length > 0) {
        filter.position++
        return
      }
      filter.operator('semicolon', token)
      return
    case 'comma': {
      if (takeTrailingDefinition(filter, token)) return
      const after = filter.raw[filter.position + 1]
      if (
        filter.inCases() &&
        (after?.type === 'ampersand' || after?.type === 'newRow' || after?.type === 'casesClose')
      ) {
        filter.position++
        return
      }
      filter.operator('comma', token)
      return
    }
    case 'period':
    case 'wrapper':
    case 'unknown': {
      const character = String.fromCodePoint(token.value.codePointAt(0)!)
      const hint = hints.get(character)
      const message = `unexpected character ${quote(character)}`
      filter.fail(token, hint === undefined ? { message } : { message, hint })
      return
    }
    default:
      filter.operator(token.type, token)
      return
  }
}
