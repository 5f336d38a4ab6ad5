import { isFunction } from '../../read/index.ts'

/** What a person writes left of the first equality: `\frac{\partial J}{\partial m}`, `\nabla_w L`, `dJ/dm`, `p_j`. */
export type LeftSide =
  | { readonly kind: 'derivative'; readonly of: string; readonly by: readonly string[] }
  /** `by` is what the nabla carries as its index, where it does. */
  | { readonly kind: 'gradient'; readonly of: string; readonly by: string | undefined }
  /** A name, perhaps with indices or arguments; anything else that stands there; or nothing. */
  | { readonly kind: 'term'; readonly text: string }

/** Reads a left side by its form alone: `J`, `\mathcal L` and `\|XW-Y\|^2` need no meaning to be differentiated. */
export function readLeftSide(text: string): LeftSide {
  const left = text
    .trim()
    .replace(/^\\(?:displaystyle|left\.)\s*/, '')
    .replace(/\\(?:mathrm|operatorname|text)\s*(?:\{\s*d\s*\}|\s+d(?![A-Za-z]))/g, 'd')
  return fraction(left) ?? slashed(left) ?? nabla(left) ?? primed(left) ?? { kind: 'term', text: left }
}

/** The name in front of its arguments, `J` of `J(\theta)`, `L` of `\mathcal{L}_i`; empty where no name stands first. */
export function headName(text: string): string {
  const styled = text
    .trim()
    .replace(
      /\\(?:mathcal|mathbf|mathrm|mathit|operatorname|text|boldsymbol|bm|mathbb|mathscr|mathsf)\s*\{([^{}]*)\}/g,
      '$1',
    )
    .replace(/\\(?:mathcal|mathbf|mathrm|boldsymbol|bm|mathscr)\s*/g, '')
  const found =
    /^\\(?:hat|bar|tilde|dot|vec|widehat|overline)\s*\{?\s*\\?([A-Za-z]+)\}?|^\\?([A-Za-z]+\d*)/.exec(styled)
  if (found === null || /^\\(?:[tdc]?frac|sum|prod|left|sqrt|log|ln|exp|max|min)(?![A-Za-z])/.test(styled))
    return ''
  const accent = /^\\(hat|bar|tilde|dot|vec)/.exec(styled)?.[1] ?? ''
  return `${found[1] ?? found[2] ?? ''}${accent}`
}

const styled =
  /^\\(?:mathcal|mathbf|mathrm|mathit|operatorname|text|boldsymbol|bm|mathbb|mathscr|mathsf|hat|bar|tilde|dot|vec|widehat|overline)\s*(?:\{[^{}]*\}|\\?[A-Za-z])/
const scripts =
  /^(?:\s|'|\\prime|_\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|\\?\w)|\^\s*(?:\*|\\(?:ast|star|prime)\b|\{\s*(?:\*|\(|\[|\\(?:text|mathrm|mathit|ast|star|prime)|[A-Z]{2})(?:[^{}]|\{[^{}]*\})*\}))+/

/**
 * Whether a text is more than the name of something, maybe with arguments: `x^3` and `\\sin x` say what they are, `J(\\theta)`,
 * `L^{\\text{CE}}` and `\\ell_i` do not. In LaTeX letters side by side are a product.
 */
export function isExpression(text: string, latex: boolean): boolean {
  const start = text.trim()
  const word = latex ? /^(?:\\[A-Za-z]+|[A-Z]{2,}\d*|[A-Za-z])/ : /^\\?[A-Za-z]\w*/
  const name = (styled.exec(start) ?? word.exec(start))?.[0]
  if (name === undefined) return start !== ''
  let rest = start.slice(name.length)
  if (isFunction(name)) return rest.trim() !== ''
  rest = rest.replace(scripts, '')
  const brackets = /^\s*(?:\\left\s*)?[([].*[)\]]\s*$/s.exec(rest)
  if (brackets !== null && isOneBracket(rest)) rest = ''
  return rest.trim() !== ''
}

/** Whether the first bracket closes at the end. */
function isOneBracket(text: string): boolean {
  let depth = 0
  const end = text.trimEnd().length
  for (let at = 0; at < end; at++) {
    if (text[at] === '(' || text[at] === '[') depth++
    else if ((text[at] === ')' || text[at] === ']') && --depth === 0) return at === end - 1
  }
  return false
}

const differential = '(?:\\\\partial|∂|d)'
const order = '(?:\\s*(?:\\^\\s*\\{?\\s*(\\d)\\s*\\}?|([²³])))?'

function fraction(text: string): LeftSide | undefined {
  const command = /^\\[tdc]?frac\s*/.exec(text)
  if (command === null) return undefined
  const above = argumentAt(text, command[0].length)
  const below = above && argumentAt(text, above.end)
  if (above === undefined || below === undefined) return undefined
  return derivativeOf(above.content, below.content, text.slice(below.end))
}

function slashed(text: string): LeftSide | undefined {
  const start = new RegExp(`^${differential}${order}`).exec(text)
  const slash = text.indexOf('/')
  if (start === null || slash < 0) return undefined
  const below = new RegExp(
    `^\\s*(?:${differential}\\s*(?:\\\\?[A-Za-z]+(?:_(?:\\{[^{}]*\\}|\\w))?|[^\\s\\w])[²³]?(?:\\^\\d)?\\s*)+`,
  ).exec(text.slice(slash + 1))
  if (below === null) return undefined
  return derivativeOf(text.slice(0, slash), below[0], text.slice(slash + 1 + below[0].length))
}

function derivativeOf(above: string, below: string, rest: string): LeftSide | undefined {
  const start = new RegExp(`^\\s*${differential}${order}\\s*`).exec(above)
  const by = start === null ? [] : variablesOf(below, start[1] !== undefined || start[2] !== undefined)
  if (start === null || by.length === 0) return undefined
  const of = above.slice(start[0].length).trim()
  return { kind: 'derivative', of: of === '' ? bare(rest) : of, by }
}

/** `\partial w\,\partial b` is w and b; `\partial w^2` is w twice below an order, and else the square of w. */
function variablesOf(below: string, hasOrder: boolean): readonly string[] {
  const parts = below.split(
    new RegExp(
      `(?<![A-Za-z\\\\{])${differential}(?![a-z])|\\\\partial(?![A-Za-z])|∂|(?<![A-Za-z\\\\{_^])d(?=[\\\\A-Za-z])`,
    ),
  )
  if (parts[0]!.trim() !== '') return []
  return parts.slice(1).flatMap((part) => {
    const found = /^(.*?)(?:\^\s*\{?\s*([2-4])\s*\}?|([²³]))?$/s.exec(part.replace(/(?:\\[,;:! ]|\s)+$/, ''))!
    const name = plainName(found[1]!)
    const count =
      found[2] === undefined ? (found[3] === undefined ? 1 : found[3] === '²' ? 2 : 3) : Number(found[2])
    if (name === '') return []
    return count > 1 && !hasOrder && parts.length === 2
      ? [`${name}^${count}`]
      : Array.from({ length: count }, () => name)
  })
}

function nabla(text: string): LeftSide | undefined {
  const start = /^(?:\\nabla(?![A-Za-z])|∇|(?:D|\\partial|∂)(?=_))\s*/.exec(text)
  if (start === null) return undefined
  let at = start[0].length
  let by: string | undefined
  if (text[at] === '_') {
    const index = argumentAt(text, at + 1)
    by = index && plainName(index.content)
    at = index?.end ?? at
  }
  return { kind: 'gradient', of: bare(text.slice(at)), by }
}

/** `J'(m)`. */
function primed(text: string): LeftSide | undefined {
  const found = /^(\\?[A-Za-z]+)('+)\s*\(\s*(\\?[A-Za-z]+(?:_\w)?)\s*\)$/.exec(text)
  if (found === null) return undefined
  return {
    kind: 'derivative',
    of: `${found[1]}(${found[3]})`,
    by: Array.from({ length: found[2]!.length }, () => found[3]!),
  }
}

/** A variable without what makes it bold: a vector is so by its use. */
export function plainName(name: string): string {
  return name
    .replace(/\\(?:mathbf|boldsymbol|bm|vec)\s*(?:\{\s*([^{}]*?)\s*\}|(\\?[A-Za-z]+))/g, '$1$2')
    .trim()
}

/** A term without the brackets around all of it. */
function bare(text: string): string {
  const inner = text
    .trim()
    .replace(/^\\left\s*(?=[([{])/, '')
    .replace(/\\right\s*(?=[)\]}]$)/, '')
  return inner === '' ? '' : text.trim()
}

/** A command's argument: in braces, or one sign. */
function argumentAt(
  text: string,
  from: number,
): { readonly content: string; readonly end: number } | undefined {
  let at = from
  while (text[at] === ' ') at++
  if (text[at] !== '{') {
    const single = /^(?:\\[A-Za-z]+|.)/s.exec(text.slice(at))
    return single === null ? undefined : { content: single[0], end: at + single[0].length }
  }
  let depth = 0
  for (let end = at; end < text.length; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === '{') depth++
    else if (text[end] === '}' && --depth === 0) return { content: text.slice(at + 1, end), end: end + 1 }
  }
  return undefined
}
