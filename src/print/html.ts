import type { Derivation, Detail, Line } from '../derivation/step.ts'
import type { Expr } from '../term/expr.ts'
import type { Path } from '../term/path.ts'
import type { Scope } from '../term/scope.ts'
import { printDerivation } from './derivation/index.ts'
import { conditionsToLatex, matricesToLatex, wholeToLatex } from './derivation/latex.ts'
import { nameLoss, type WrittenDerivation, writeAll } from './derivation/written.ts'
import { copyScript, documentStyle } from './html-style.ts'
import { printReading } from './reading.ts'
import { printTerm } from './term.ts'

export interface HtmlInput {
  readonly partials: readonly Derivation[]
  /** The entries of the Hessian on and above its diagonal, row by row. */
  readonly hessian?: readonly Derivation[] | undefined
  readonly scope: Scope
  readonly loss: Expr
  readonly variables: readonly Expr[]
  readonly title?: string | undefined
  /** What the loss is called; `J`, or the next letter the loss does not use. */
  readonly name?: string | undefined
  readonly closing?: readonly string[] | undefined
}

export interface HtmlOptions {
  /** Only the derivation, to stand in a page that has KaTeX's style sheet. */
  readonly fragment?: boolean | undefined
  /** `paper` unless said otherwise. */
  readonly detail?: Detail | undefined
}

/** Renders one formula, in display style. */
export type Typeset = (latex: string) => string

const markClass = 'gradus-mark'

/**
 * The derivations as HTML: one step a list item with its formula, its rules and its reasons, what changed
 * marked. The document is complete in itself: style, fonts and script are inside. KaTeX is loaded only here.
 */
export async function renderHtml(input: HtmlInput, options: HtmlOptions = {}): Promise<string> {
  const article = writeArticle(input, options, await loadTypeset())
  return options.fragment === true ? article : writeDocument(input.title ?? 'Derivation', article)
}

/** KaTeX, loaded when it is first needed. */
export async function loadTypeset(): Promise<Typeset> {
  const { default: katex } = await import('katex')
  return (latex) =>
    katex.renderToString(latex, {
      displayMode: true,
      output: 'htmlAndMathml',
      throwOnError: true,
      strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'),
      // a name cannot smuggle in more than a class: everything else is refused
      trust: ({ command }) => command === '\\htmlClass',
    })
}

/** A document that is complete in itself around an article. */
export async function writeDocument(title: string, article: string): Promise<string> {
  const { katexCss } = await import('./generated/katex-css.ts')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${katexCss}${documentStyle}</style>
</head>
<body>
<main>
${article}
</main>
<script>${copyScript}</script>
</body>
</html>
`
}

function writeArticle(input: HtmlInput, { fragment, detail }: HtmlOptions, typeset: Typeset): string {
  const { partials, hessian = [], scope, loss, variables, title, name, closing } = input
  const named = nameLoss(partials, scope, { detail, name, hessian })
  const derivations = [...partials, ...hessian]
  const marked = writeAll(named, 'latex', markChanges)
  const unmarked = writeAll(named, 'latex')
  const second = hessian.map((entry) => entry.variables[1]!)
  const reading = printReading(loss, scope, 'latex', variables, { name: named.options.name, second })
  const matrices = matricesToLatex(named, unmarked.partials, unmarked.hessian)
  const parts = [
    title === undefined ? '' : `<h1>${escapeHtml(title)}</h1>`,
    `<div class="gradus-reading">${formula(typeset, reading.replaceAll(';\\; ', ';\\; \\allowbreak '))}</div>`,
    ...[...marked.partials, ...marked.hessian].map((derivation, position) =>
      [
        writeSteps(derivation, derivations[position]!, position, typeset),
        ...wholeToLatex(derivations[position]!, named).map((whole) => formula(typeset, whole)),
      ].join('\n'),
    ),
    ...matrices.map(
      (matrix, row) => `<h2>${row === 0 ? 'Gradient' : 'Hessian'}</h2>\n${formula(typeset, matrix)}`,
    ),
    ...(closing ?? []).map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
    fragment === true
      ? ''
      : writeCopyButton(printDerivation(partials, scope, 'latex', { detail, name, hessian, closing })),
  ]
  return `<article class="gradus">\n${parts.filter((text) => text !== '').join('\n')}\n</article>`
}

function markChanges(line: Line): (path: Path) => string | undefined {
  const changed = new Set(line.marks.map((path) => path.join('.')))
  return (path) => (changed.has(path.join('.')) ? markClass : undefined)
}

function writeSteps(
  written: WrittenDerivation,
  derivation: Derivation,
  position: number,
  typeset: Typeset,
): string {
  const variables = derivation.variables.map((variable) => printTerm(variable, 'text')).join(' and ')
  return `<section>\n<h2>Derivative by ${escapeHtml(variables)}</h2>\n${writeLines(written, position, typeset)}\n</section>`
}

/** The lines of a derivation as a list, each with its rules and reasons. */
export function writeLines({ left, lines }: WrittenDerivation, position: number, typeset: Typeset): string {
  const items = lines.map(({ term, conditions, line }, row) => {
    const opening = row === 0 ? left : `\\phantom{${left}}`
    const latex = `${opening} = ${term}${conditionsToLatex(conditions)}`
    const labels =
      line.labels.length === 0 ? '' : `<p class="gradus-labels">${escapeHtml(line.labels.join(', '))}</p>`
    const id = `step-${position + 1}-${row + 1}`
    return `<li id="${id}" data-rules="${escapeHtml(line.labels.join(', '))}">${formula(typeset, latex)}<div class="gradus-why">${labels}${writeReasons(line.because)}</div></li>`
  })
  return `<ol class="gradus-steps">\n${items.join('\n')}\n</ol>`
}

/** Where a line closes many small steps, their sentences are kept folded: the formulas stay close together. */
function writeReasons(because: readonly string[]): string {
  const sentences = because.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('')
  if (because.length <= 2) return sentences
  return `<details><summary>${because.length} small steps</summary>${sentences}</details>`
}

export function formula(typeset: Typeset, latex: string): string {
  return `<div class="gradus-formula">${typeset(latex)}</div>`
}

export function writeCopyButton(latex: string): string {
  return `<p><button type="button" data-copies="gradus-latex">Copy LaTeX</button></p>
<textarea id="gradus-latex" hidden readonly>\n${escapeHtml(latex)}</textarea>`
}

/** Text inside HTML, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
