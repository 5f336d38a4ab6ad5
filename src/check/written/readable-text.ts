import { takeBars } from './evaluation-bar.ts'
import { withoutOrnaments } from './ornament.ts'

/**
 * A line with what is not read blanked out: places in it are places in the line. A vector of ones is the number 1 at
 * each component, and the unit vector e_j, where the component `k` is asked for, the Kronecker delta of k and j.
 */
export function readableText(text: string, [letter, second]: readonly string[] = []): string {
  const bare = withoutOrnaments(takeBars(text).text)
  if (letter === undefined || second !== undefined) return bare
  const written = bare
    .replace(ones, (found) => '(1)'.padStart(found.length))
    .replace(unit, (found, index: string) => `\\delta_{${letter} ${inner(index)}}`.padEnd(found.length))
  // Beside them the other vectors stand by components too.
  return written === bare || products.test(bare)
    ? written
    : written.replace(bold, (found, name: string, index?: string) =>
        `${name}_{${index === undefined ? '' : `${inner(index)},`}${letter}}`.padEnd(found.length),
      )
}

const products = /\\top|\^\s*\{?T\b|\\\||Vert|ᵀ/
const bold = /\\(?:mathbf|boldsymbol)\{(\\?[A-Za-z]+)\}(?:_(\w|\{[^{}]*\}))?/g

const ones = /\\(?:mathbf|boldsymbol|mathbb|bm)\s*(?:\{\s*1\s*\}|1)(?!\s*(?:[[({_^]|\\[{l]))/g
const unit = /\\(?:mathbf|boldsymbol)\s*\{e\}_(\w|\{(?:[^{}]|\{[^{}]*\})*\})/g

function inner(index: string): string {
  return index.replace(/^\{|\}$/g, '')
}
