/** The words beside a line: which rule its author names, and the conditions and facts that stand there. */
export interface Remark {
  /** The label as plain words, `comm., distr.`; empty where there is none. */
  readonly label: string
  /** What the line holds for, as it is written: `u > 0`. */
  readonly conditions: readonly string[]
}

const textCommand = '(?:text|texttt|textrm|textit|textbf|textsf|textnormal|mbox|hbox)'
const words = new RegExp(`^\\s*(?:\\(|\\[)?\\s*\\\\${textCommand}\\b`)
const spacing =
  /^(?:\s|~|\\(?:quad|qquad|hfill|hspace\*?\{[^}]*\}|,|;|:|!| |because|triangleright|leftarrow|Leftarrow|tag\b))*/

/** Whether a cell of a row is words: it starts with a text command. */
export function isLabel(cell: string): boolean {
  const rest = cell.replace(spacing, '')
  return (
    words.test(rest) ||
    /^\{?\\(?:small|footnotesize|scriptsize|tiny|color|textcolor)\b/.test(rest) ||
    /^%/.test(rest)
  )
}

/** The words of a label without commands: `\texttt{cancel p\_j}` is `cancel p_j`. */
export function plainLabel(cell: string): string {
  return cell
    .replace(
      /\\(?:small|footnotesize|scriptsize|tiny|quad|qquad|hfill|because|triangleright|leftarrow|Leftarrow)\b/g,
      ' ',
    )
    .replace(/\\(?:hspace\*?|color)\{[^}]*\}/g, ' ')
    .replace(new RegExp(`\\\\${textCommand}\\s*\\{`, 'g'), '{')
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/\\_/g, '_')
    .replace(/\$/g, '')
    .replace(/\{([^{}]*)\}/g, (whole: string, inner: string, at: number, all: string) =>
      /[_^]$|\\\w+$/.test(all.slice(0, at)) ? whole : inner,
    )
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[([]([^()[\]]*)[)\]]$/, '$1')
    .trim()
}

/**
 * Takes the words off the end of a line: `… \quad\text{(chain rule)}`, `… \quad \text{for } u > 0`, `… \tag{chain}`, and
 * in plain lines `… (chain rule)` and `… # chain rule`.
 */
export function splitRemark(line: string, latex: boolean): { readonly formula: string } & Remark {
  let formula = line
  const labels: string[] = []
  const conditions: string[] = []
  const take = (pattern: RegExp, use: (words: string) => boolean) => {
    const found = pattern.exec(formula)
    if (found === null || !use(found[1]!)) return
    formula = formula.slice(0, found.index) + formula.slice(found.index + found[0].length)
  }
  const label = (text: string) => {
    const plain = plainLabel(text)
    if (plain !== '') labels.unshift(plain)
    return true
  }
  const condition = (text: string) => {
    conditions.push(text.trim())
    return true
  }
  take(/\\tag\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}/, label)
  take(/\\(?:label|cref|eqref|ref)\s*\{([^{}]*)\}/, () => true)
  for (let taken = ''; taken !== formula; ) {
    taken = formula
    formula = formula.replace(/(?:\\(?:nonumber|notag|quad|qquad|hfill)\b|\\[,;:! ]|\\$|[\s.,;~])+$/, '')
    take(/\\q?quad\s*\\text\s*\{\s*for\s*\}((?:(?!\\end\b).)*)$/s, condition)
    take(/\\text\s*\{\s*for all\s*\}((?:(?!\\text\b).)*)$/s, () => true)
    take(
      /(?:\\q?quad\b|\\hspace\*?\{[^}]*\}|\\[;, ]|~|\s|,)*(\\text\s*\{\s*,?\s*(?:where|with|since|because|using|as|if)\b[^{}]*\}(?:(?!\\text\b).)*)$/s,
      label,
    )
    take(
      new RegExp(
        `(?:\\\\q?quad\\b|\\\\hspace\\*?\\{[^}]*\\}|\\\\;|\\\\,|\\\\ |~|\\s{2,})+\\s*((?:\\(|\\[)?\\\\${textCommand}\\s*\\{(?:[^{}]|\\{[^{}]*\\})*\\}(?:[^=]|\\\\)*)$`,
        's',
      ),
      (text) => isLabel(text) && balanced(text) && label(text),
    )
    take(new RegExp(`(\\(\\s*\\\\${textCommand}\\s*\\{[^{}]*\\}[^=()]*\\))$`, 's'), label)
    take(
      new RegExp(
        `(\\\\${textCommand}\\s*\\{\\s*(?:\\(|\\[|by |since |because |using |as )[^{}]*\\}[^={}]*)$`,
        's',
      ),
      label,
    )
    take(new RegExp(`(\\\\${textCommand}\\s*\\{[^{}]*\\brule\\b[^{}]*\\})$`, 's'), label)
    if (!latex) {
      take(/\s+(?:#|\/\/|%|<-|←|--)\s*(.*)$/s, label)
      take(/\s{3,}(for .*?)(?=\s{3,}|$)/s, (text) => condition(text.slice(4)))
      take(/\s{2,}([A-Za-z][A-Za-z' -]*(?:\.?,\s*[A-Za-z][A-Za-z' -]*)*\.?)$/s, label)
    }
    take(
      /\s*[([]\s*([A-Za-z][A-Za-z'-]*\.?(?:(?:,\s*|\s+and\s+|\s+|\s*&\s*)[A-Za-z][A-Za-z'-]*\.?)*)\s*[)\]]$/s,
      (text) => readsLikeWords(text) && label(text),
    )
  }
  return { formula, label: labels.join(', '), conditions }
}

function balanced(text: string): boolean {
  let depth = 0
  for (const sign of text) {
    if (sign === '{' || sign === '(') depth++
    if (sign === '}' || sign === ')') depth--
    if (depth < 0) return false
  }
  return depth === 0
}

const ruleWords =
  /rule|law|identity|lineari|distr|comm|assoc|cancel|simplif|expand|factor|chain|product|quotient|definition|algebra|delta|sifting|derivative|substitut|collect|one-hot|assum|plug|constant|since|because|by |using/i

function readsLikeWords(text: string): boolean {
  return ruleWords.test(text) && /[A-Za-z]{3}/.test(text)
}
