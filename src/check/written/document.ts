/**
 * What a person hands in: LaTeX, Markdown with formulas, or plain lines. Formulas are told from prose, and comments
 * at the head may name the loss and the roles of the names.
 */
export interface WrittenDocument {
  /** What comments such as `% loss: …` say. */
  readonly headers: Headers
  /** The rows of all displayed formulas, in order. */
  readonly rows: readonly Row[]
  /** Text between the formulas, with the formulas that stand in it. */
  readonly prose: readonly string[]
  /** Whether adjacent letters are separate names. */
  readonly latex: boolean
}

export interface Headers {
  readonly loss?: string
  readonly let: readonly string[]
  readonly wrt: readonly string[]
  readonly data: readonly string[]
  readonly hyper: readonly string[]
  readonly range: readonly string[]
  readonly assume: readonly string[]
}

/** One row of a formula: what `\\` or the end of a line separates. */
export interface Row {
  readonly text: string
  /** The formula the row belongs to; another formula starts anew. */
  readonly formula: number
}

const environments =
  'align|aligned|alignedat|alignat|gather|gathered|equation|eqnarray|flalign|multline|split|displaymath|math'
const beginEnvironment = new RegExp(`\\\\begin\\s*\\{(${environments})\\*?\\}(?:\\s*\\[[a-z]\\])?`, 'y')
const anyEnvironmentMark = new RegExp(
  `\\\\(?:begin|end)\\s*\\{(?:${environments})\\*?\\}(?:\\s*\\[[a-z]\\])?(?:\\{\\d+\\})?`,
  'g',
)

/** Reads a document; there may be no formula in it. */
export function readDocument(text: string): WrittenDocument {
  const headers = readHeaders(text)
  const body = dropComments(text)
  const { formulas, prose } = findFormulas(body)
  const latex = body.includes('\\')
  const display = formulas.filter(({ inline }) => !inline)
  const inline = formulas.filter((formula) => formula.inline)
  if (display.length > 0) {
    const rows = display.flatMap(({ content }, formula) =>
      rowsOf(content).map((row) => ({ text: row, formula })),
    )
    return { headers, rows, prose, latex }
  }
  const derivations = inline.filter(
    ({ content }) => /[^<>!:=]=[^=]/.test(content) && /∂|\\partial|\\nabla|∇|\bd/.test(content),
  )
  if (derivations.length > 0) {
    const rows = derivations.map(({ content }, formula) => ({ text: content, formula }))
    return { headers, rows, prose, latex }
  }
  const lines = plainRows(body)
  return { headers, ...lines, latex }
}

interface Formula {
  readonly content: string
  readonly inline: boolean
}

/** Displayed and inline formulas, and the prose with the inline ones in it. */
function findFormulas(text: string): {
  readonly formulas: readonly Formula[]
  readonly prose: readonly string[]
} {
  const formulas: Formula[] = []
  const prose: string[] = []
  let from = 0
  const endProse = (at: number) => {
    const words = text.slice(from, at).trim()
    if (words !== '') prose.push(words)
  }
  for (let at = 0; at < text.length; ) {
    const found = formulaAt(text, at)
    if (found === undefined) {
      at += text[at] === '\\' ? 2 : 1
      continue
    }
    formulas.push(found)
    if (!found.inline) {
      endProse(at)
      from = found.end
    }
    at = found.end
  }
  endProse(text.length)
  return { formulas, prose: formulas.length === 0 ? [] : prose }
}

function formulaAt(text: string, at: number): (Formula & { readonly end: number }) | undefined {
  const until = (close: string, open: number, inline: boolean) => {
    const end = text.indexOf(close, at + open)
    if (end < 0) return undefined
    return { content: text.slice(at + open, end), inline, end: end + close.length }
  }
  if (text.startsWith('$$', at)) return until('$$', 2, false)
  if (text[at] === '$') return until('$', 1, true)
  if (text.startsWith('\\[', at)) return until('\\]', 2, false)
  if (text.startsWith('\\(', at)) return until('\\)', 2, true)
  if (text.startsWith('```math', at) || text.startsWith('```latex', at) || text.startsWith('```tex', at))
    return until('```', text.slice(at).search(/\n|$/), false)
  beginEnvironment.lastIndex = at
  const begin = beginEnvironment.exec(text)
  if (begin === null) return undefined
  const name = begin[1]!
  const close = new RegExp(`\\\\end\\s*\\{${name}\\*?\\}`, 'g')
  close.lastIndex = at + begin[0].length
  const end = close.exec(text)
  // An environment that nothing ends reaches to the end: what stands in it is judged all the same.
  const stop = end === null ? text.length : end.index
  const content = text.slice(at + begin[0].length, stop)
  return { content, inline: false, end: end === null ? text.length : stop + end[0].length }
}

/** The rows of a formula; those of `cases` and of matrices inside it are none of its own. */
export function rowsOf(content: string): readonly string[] {
  const text = content.replace(anyEnvironmentMark, '')
  const rows: string[] = []
  let start = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('\\begin', at)) depth++
    else if (text.startsWith('\\end', at)) depth--
    if (text[at] === '{') depth++
    else if (text[at] === '}') depth--
    if (text[at] !== '\\') continue
    if (text[at + 1] === '\\' && depth <= 0) {
      rows.push(text.slice(start, at))
      const skip = /^\\\\\*?(?:\s*\[-?[\d.]+\s*[a-z]{2}\])?/.exec(text.slice(at, at + 40))!
      at += skip[0].length - 1
      start = at + 1
    } else at++
  }
  rows.push(text.slice(start))
  return rows.filter((row) => row.trim() !== '')
}

/** Plain lines: a blank line ends a formula, what reads like a sentence is prose. */
function plainRows(text: string): { readonly rows: readonly Row[]; readonly prose: readonly string[] } {
  const rows: Row[] = []
  const prose: string[] = []
  let formula = 0
  let open = ''
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (/^```/.test(trimmed)) continue
    if (trimmed === '') {
      if (open !== '') rows.push({ text: open, formula })
      open = ''
      formula++
      continue
    }
    if (open === '' && isSentence(trimmed)) {
      prose.push(trimmed)
      continue
    }
    // A bracket that is still open goes on in the next line.
    open = open === '' ? trimmed : `${open} ${trimmed}`
    if (depthOf(open) > 0) continue
    for (const row of rowsOf(open)) rows.push({ text: row, formula })
    open = ''
  }
  if (open !== '') rows.push({ text: open, formula })
  return { rows, prose }
}

function depthOf(text: string): number {
  let depth = 0
  for (const [sign] of text.matchAll(/[()[\]{}]/g)) depth += /[([{]/.test(sign) ? 1 : -1
  return depth
}

/** Whether a plain line is words rather than a formula: three words in a row that no formula has. */
function isSentence(line: string): boolean {
  const bare = line.replace(/\([^()]*\)\s*$/, '').replace(/\s(?:#|\/\/).*$/, '')
  if (/^[-*>#]+\s+[A-Za-z]{3}/.test(bare)) return true
  return /(?:^|\s)[A-Za-z][a-z]+[,:]?(?:\s+[a-z]{2,}[,.:]?){2,}/.test(bare.replace(/\s{2,}\S.*$/, ''))
}

function dropComments(text: string): string {
  if (!text.includes('\\')) return text.replace(/^\s*(?:%|#(?!#)\s*(?=\w+\s*:)).*$/gm, '')
  return text.replace(/(^|[^\\])%.*$/gm, '$1').replace(/^\s*#\s*(?=\w+\s*:).*$/gm, '')
}

const headerKeys = 'loss|where|let|wrt|data|hyper|free indices|index ranges|ranges?|assume'

/** `% wrt: m   data: x y` and the like. */
function readHeaders(text: string): Headers {
  const headers: { loss?: string } & Record<'let' | 'wrt' | 'data' | 'hyper' | 'range' | 'assume', string[]> =
    {
      let: [],
      wrt: [],
      data: [],
      hyper: [],
      range: [],
      assume: [],
    }
  const key = new RegExp(`(?:^|\\s)(${headerKeys})\\s*:`, 'gi')
  for (const [, comment] of text.matchAll(/^\s*[%#]+\s*(.*)$/gm)) {
    const keys = [...comment!.matchAll(key)]
    if (keys[0]?.index !== 0) continue
    for (const [i, found] of keys.entries()) {
      const value = comment!.slice(found.index + found[0].length, keys[i + 1]?.index).trim()
      if (value === '') continue
      const names = () => value.split(/[\s,]+(?![^{]*\})/).filter((name) => name !== '')
      switch (found[1]!.toLowerCase()) {
        case 'loss':
          headers.loss = value
          break
        case 'where':
        case 'let':
          headers.let.push(...value.split(/\s*;\s*/))
          break
        case 'wrt':
        case 'data':
        case 'hyper':
          headers[found[1]!.toLowerCase() as 'wrt' | 'data' | 'hyper'].push(...names())
          break
        case 'assume':
          headers.assume.push(...value.split(/\s*;\s*/))
          break
        default:
          headers.range.push(...value.split(/\s*,\s*/).map((range) => range.replace(/\s+in\s+/, '=')))
      }
    }
  }
  return headers
}
