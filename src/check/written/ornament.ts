/**
 * What stands in a line for the eye alone: braces under a factor, boxes, colours, struck out factors. It is blanked out
 * letter for letter, so that a place in the result is the same place in the line.
 */

/** Commands whose first argument is how something looks and whose second is what it is. */
const coloured = /\\(?:textcolor|colorbox|color)\s*(?:\[\w*\])?\s*\{[^{}]*\}/g
/** Commands around what a line says. */
const framed =
  /\\(?:underbrace|overbrace|boxed|fbox|cancel|bcancel|xcancel|underline|smash|mathstrut|mathord|mathbin|mathrel|mathopen|mathclose|mathinner|ensuremath|vcenter)(?![A-Za-z])/g
/** Commands with an argument that is only as large as it looks. */
const invisible = /\\(?:[vh]?phantom|label|hspace\*?|vspace\*?|nobreak|kern)\s*\{[^{}]*\}/g
/** Commands without an argument that end a line or a proof. */
const closing =
  /\\(?:numberthis|qedhere|qed|blacksquare|square|checkmark|hfill|nonumber|notag|displaystyle|textstyle|scriptstyle|strut|allowbreak|null)(?![A-Za-z])/g

/** The text with its ornaments replaced by blanks. */
export function withoutOrnaments(text: string): string {
  if (!text.includes('\\')) return text
  let result = text
    .replace(invisible, blank)
    .replace(coloured, blank)
    .replace(closing, blank)
    .replace(/([.,;])(\s*(?:\\\\|\\end\s*\{[a-z]*cases\}))/g, ' $2')
  for (const { index, 0: command } of [...result.matchAll(framed)].reverse()) {
    const open = skipBlanks(result, index + command.length)
    const close = result[open] === '{' ? closingBrace(result, open) : open - 1
    const remark = /brace$/.test(command) ? remarkAfter(result, close + 1) : ''
    result = blankAt(blankAt(result, close + 1, remark.length), index, command.length)
  }
  return result
}

/** What is written under or over a brace: `_{\partial L/\partial \hat y}`. */
function remarkAfter(text: string, from: number): string {
  const start = /^\s*[_^]\s*/.exec(text.slice(from))
  if (start === null) return ''
  const at = from + start[0].length
  const end =
    text[at] === '{'
      ? closingBrace(text, at) + 1
      : at + /^(?:\\[A-Za-z]+|.)?/s.exec(text.slice(at))![0].length
  return text.slice(from, end)
}

/** The place of the brace that closes the one at `open`; the end where none does. */
export function closingBrace(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at
  }
  return text.length
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return at
}

function blank(found: string): string {
  return ' '.repeat(found.length)
}

function blankAt(text: string, from: number, length: number): string {
  return text.slice(0, from) + ' '.repeat(length) + text.slice(from + length)
}
