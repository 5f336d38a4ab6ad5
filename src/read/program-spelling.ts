import { uprightContent } from './lexer.ts'
import type { Token } from './surface.ts'

/**
 * Losses as programs and their documentation have them: `np.mean(u)` is mean(u), `(u).mean()` too, `x.size(0)` is the
 * number of elements of x.
 */

const modules =
  /^(?:np|numpy|jnp|jax|lax|linalg|torch|nn|functional|special|tf|math|keras|ops|backend|scipy|optax|K|F)$/

const methods: ReadonlySet<string> = new Set([
  'mean',
  'sum',
  'abs',
  'exp',
  'log',
  'sqrt',
  'square',
  'sigmoid',
  'tanh',
  'relu',
  'sign',
])
const sizes: ReadonlySet<string> = new Set(['size', 'shape', 'nelement', 'numel'])

export function inFormulas(tokens: readonly Token[]): readonly Token[] {
  const isProgram = tokens.some(({ type, value }) => type === 'period' || /^(?:reduce|len|norm)$/.test(value))
  const isSized = tokens.some((token) => token.type === 'upright' && /\.\w/.test(uprightContent(token)))
  return isProgram || isSized ? withMethods(withoutModules(apart(tokens))) : tokens
}

/** `\text{x.size}` is x, a point and size. */
function apart(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => {
    const [, name, method] =
      (token.type === 'upright' && /^([A-Za-z]\w*)\.(\w+)$/.exec(uprightContent(token))) || []
    if (name === undefined || method === undefined) return [token]
    const { at, end } = token
    return [
      { type: 'upright', value: `\\text{${name}}`, at, end },
      { type: 'period', value: '.', at, end },
      { type: 'word', value: method, at, end },
    ]
  })
}

/** `torch.nn.functional.softplus(` is `softplus(`, `tf.reduce_mean(` is `mean(`. */
function withoutModules(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const [point, next] = [tokens[i + 1], tokens[i + 2]]
    if (
      token.type === 'word' &&
      modules.test(token.value) &&
      point?.type === 'period' &&
      next?.type === 'word'
    )
      i++
    else if (token.value === 'reduce' && point?.value === '_' && next?.type === 'word') {
      out.push({ ...next, at: token.at })
      i += 2
    } else out.push(token)
  }
  return out
}

function withMethods(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    const name = tokens[i + 1]
    if (token.value === 'norm' && name?.value === '(' && !tokens[i - 1]?.value.startsWith('_')) {
      const close = closeOf(tokens, i + 1)
      if (close !== undefined) {
        const inside = withMethods(tokens.slice(i + 2, close))
        const [open, end] = [tokens[i + 1]!, tokens[close]!]
        out.push({ ...open, type: 'norm', value: '\\lVert', at: token.at }, ...inside)
        out.push({ ...end, type: 'norm', value: '\\rVert' })
        i = close
        continue
      }
    }
    const call = token.value === 'len' ? sizeOf(tokens, i + 1) : undefined
    if (call !== undefined) {
      out.push({ ...token, type: 'word', value: 'size' })
      continue
    }
    const start = token.type === 'period' && name?.type === 'word' ? startOfOperand(out) : undefined
    const open = tokens[i + 2]
    if (start === undefined || name === undefined || !/^[([]$/.test(open?.value ?? '')) {
      out.push(token)
      continue
    }
    const close = tokens.findIndex(({ value }, at) => at > i && /^[)\]]$/.test(value))
    const inside = tokens.slice(i + 3, close)
    if (sizes.has(name.value) && inside.length <= 1) {
      put(out, start, { ...name, value: 'size' }, inside)
    } else if (methods.has(name.value) && inside.length === 0) put(out, start, name, [])
    else if (name.value === 'pow' && inside.length > 0) {
      out.push({ ...token, type: 'caret', value: '^' }, ...tokens.slice(i + 2, close + 1))
    } else {
      out.push(token)
      continue
    }
    i = close
  }
  return out
}

function closeOf(tokens: readonly Token[], open: number): number | undefined {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    const { type, value } = tokens[i]!
    if (type === 'comma' && depth === 1) return undefined
    if (type !== 'bracket') continue
    if (/[([{]$/.test(value)) depth++
    else if (--depth === 0) return i
  }
  return undefined
}

function sizeOf(tokens: readonly Token[], open: number): true | undefined {
  return tokens[open]?.value === '(' && tokens[open + 2]?.value === ')' ? true : undefined
}

/** A call around the operand that ends the list. */
function put(out: Token[], start: number, name: Token, rest: readonly Token[]): void {
  const first = out[start]!
  const { end } = out.at(-1)!
  const grouped = first.value === '(' && start === startOfBracket(out)
  const bracket = (value: string, at: number): Token => ({ type: 'bracket', value, at, end: at })
  const comma = rest.length === 0 ? [] : [{ type: 'comma', value: ',', at: end, end }, ...rest]
  const head = { ...name, at: first.at, end: first.at }
  if (grouped && rest.length === 0) out.splice(start, 0, head)
  else {
    out.splice(start, 0, head, bracket('(', first.at))
    out.push(...comma, bracket(')', end))
  }
}

/** Where the operand begins that ends the list: a bracket with the name in front of it, or a name. */
function startOfOperand(out: readonly Token[]): number | undefined {
  const last = out.at(-1)
  if (last === undefined) return undefined
  if (last.value !== ')' && last.value !== ']') {
    return /^(?:word|letter|upright)$/.test(last.type) ? out.length - 1 : undefined
  }
  const open = startOfBracket(out)
  if (open === undefined) return undefined
  const before = out[open - 1]
  return before !== undefined && (before.type === 'word' || before.type === 'upright') ? open - 1 : open
}

function startOfBracket(out: readonly Token[]): number | undefined {
  let depth = 0
  for (let i = out.length - 1; i >= 0; i--) {
    const { type, value } = out[i]!
    if (type !== 'bracket') continue
    if (/[)\]}]$/.test(value)) depth++
    else if (--depth === 0) return i
  }
  return undefined
}
