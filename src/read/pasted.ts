import type { Token } from './surface.ts'

/**
 * What stands around a formula where it was copied from: `$`, `\[`, `\begin{align*}`, a closing full stop, the words
 * "minimize" and `\arg` before an objective. Inside of a formula these signs stay, and are told as errors.
 */
export function unwrap(tokens: readonly Token[], latex: boolean, text: string): readonly Token[] {
  let start = 0
  let end = tokens.length
  while (start < end && isWrapper(tokens[start]!)) start++
  while (end > start && (isWrapper(tokens[end - 1]!) || (latex && isEnding(tokens[end - 1]!)))) end--
  if (latex) end = withoutNumber(tokens, end, text)
  const constraints = latex ? tokens.findIndex(isConstraint) : -1
  if (constraints > start) end = Math.min(end, constraints)
  const inner = start === 0 && end === tokens.length ? tokens : tokens.slice(start, end)
  return latex ? withoutList(withPlainObjective(withoutStop(inner))) : inner
}

/** `\text{s.t.}`, `\text{subject to}`: what follows are constraints. */
function isConstraint(token: Token): boolean {
  return token.type === 'upright' && constraint.test(token.value)
}

/** What a text calls its constraints by. */
export const constraint = /\{\s*(?:s\.\s*t\.?|subject to|such that)\s*:?\s*\}/i

/** `… \qquad (3)`: the number of an equation stands apart from it. */
function withoutNumber(tokens: readonly Token[], end: number, text: string): number {
  const [before, open, number, close] = tokens.slice(end - 4, end)
  const isNumber = open?.value === '(' && number?.type === 'number' && close?.value === ')'
  const gap = isNumber && before !== undefined ? text.slice(before.end, open.at) : ''
  return /\\(?:q?quad|hspace|hfill)/.test(gap) ? end - 3 : end
}

/** The full stop after a number is not its point. */
function withoutStop(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.at(-1)
  if (last?.type !== 'number' || !last.value.endsWith('.')) return tokens
  return [...tokens.slice(0, -1), { ...last, value: last.value.slice(0, -1), end: last.end - 1 }]
}

/** `L = \{l_1,\dots,l_N\}^\top, \quad l_n = …`: the losses of the samples, of which one follows. */
function withoutList(tokens: readonly Token[]): readonly Token[] {
  const open = tokens.findIndex(({ value }, i) => value === '\\{' && tokens[i - 1]?.value === '=')
  const close = open < 0 ? -1 : tokens.findIndex(({ value }, i) => i > open && value === '\\}')
  const isList = tokens.slice(open, close).some(({ value }) => /^(?:\\[lc]?dots|\.{3}|…)$/.test(value))
  if (close < 0 || !isList) return tokens
  let end = close + 1
  if (tokens[end]?.type === 'caret') end += tokens[end + 1]?.value === '{' ? 4 : 2
  return tokens[end]?.type === 'comma' ? tokens.slice(end + 1) : tokens
}

function isWrapper({ type }: Token): boolean {
  return type === 'wrapper'
}

function isEnding({ type }: Token): boolean {
  return type === 'period' || type === 'comma' || type === 'newRow' || type === 'ampersand'
}

/** `\arg\min_w`, `\operatorname*{arg\,min}_w`, `\text{minimize}` all become `\min_w`. */
function withPlainObjective(tokens: readonly Token[]): readonly Token[] {
  const [first, second] = tokens
  if (first === undefined || second === undefined) return tokens
  if (first.value === '\\arg' && /^\\(?:min|max)$/.test(second.value)) return tokens.slice(1)
  const named = objectiveOf(first)
  if (named !== undefined) return [named, ...tokens.slice(1)]
  return tokens
}

function objectiveOf(token: Token): Token | undefined {
  if (token.type !== 'upright') return undefined
  const [, word] = /\{\s*(?:arg\s*(?:\\[,; ])?\s*)?(min|max)(?:imi[sz]e)?\s*:?\s*\}$/i.exec(token.value) ?? []
  return word === undefined ? undefined : { ...token, type: 'command', value: `\\${word.toLowerCase()}` }
}
