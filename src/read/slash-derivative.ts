import type { Token } from './surface.ts'

/**
 * `d/dw` in front of an operand is ∂/∂w, and `du/dw` a derivative of u, where neither d nor dw is a name: neither stands
 * anywhere else, and the user has not named them.
 */
export function withSlashDerivatives(tokens: readonly Token[], named: ReadonlySet<string>): readonly Token[] {
  if (named.has('d') || !tokens.some((_, i) => isSlashDerivative(tokens, i))) return tokens
  const others = tokens.filter((_, i) => !isSlashDerivative(tokens, i) && !isSlashDerivative(tokens, i - 2))
  const words = new Set(others.flatMap(({ type, value }) => (type === 'word' ? [value] : [])))
  if (words.has('d')) return tokens
  const out: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const below = tokens[i + 2]
    if (!isSlashDerivative(tokens, i) || words.has(below!.value) || named.has(below!.value)) {
      out.push(token)
      continue
    }
    const { at, end, value } = below!
    out.push({ ...token, type: 'partial', value: '∂' }, tokens[i + 1]!)
    out.push(
      { type: 'partial', value: '∂', at, end: at + 1 },
      { type: 'word', value: value.slice(1), at: at + 1, end },
    )
    i += 2
  }
  return out
}

function isSlashDerivative(tokens: readonly Token[], i: number): boolean {
  const [above, slash, below, operand] = [tokens[i], tokens[i + 1], tokens[i + 2], tokens[i + 3]]
  if (above?.type !== 'word' || above.value !== 'd' || slash?.type !== 'divide') return false
  if (below?.type !== 'word' || !/^d[A-Za-z]\w*$/.test(below.value)) return false
  return operand !== undefined && startsOperand(operand, below.end)
}

/** `dw(x)` without a space is an application. */
function startsOperand({ type, value, at }: Token, end: number): boolean {
  return (
    type === 'word' || type === 'number' || type === 'sub' || (value === '(' && at > end) || value === '['
  )
}
