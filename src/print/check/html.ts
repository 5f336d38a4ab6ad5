import type { CheckedLine, CheckReport } from '../../check/written/report.ts'
import { escapeHtml, formula, loadTypeset, type Typeset, writeDocument } from '../html.ts'
import { counterexampleText, linesOfEquation, summary, verdictSigns, warningOf } from './sentence.ts'
import { typesetLine, verbatim } from './typeset.ts'

const verdictWords = {
  valid: 'follows',
  invalid: 'wrong',
  unreadable: 'cannot be read',
  undecided: 'undecided',
} as const

const style = `<style>
.gradus-verdict { flex: 0 0 4.5rem; font-weight: 600; }
.gradus-invalid .gradus-verdict, .gradus-unreadable .gradus-verdict { color: #c0392b; }
.gradus-valid .gradus-verdict { color: #1e8449; }
.gradus-wrong { display: inline-block; border-block-end: 0.15em solid #c0392b; }
</style>`

/** The report as a page: a list item a line with its verdict in words, the part at fault underlined. */
export async function reportToHtml(
  report: CheckReport,
  options: { readonly fragment?: boolean } = {},
): Promise<string> {
  const typeset = await loadTypeset()
  const sections = report.equations.map((equation) => {
    const items = linesOfEquation(report, equation).map((line) => itemOf(line, report.latex, typeset))
    const left =
      equation.left === ''
        ? ''
        : setOrShow(report.latex ? equation.left : verbatim(equation.left), equation.left, typeset)
    return `<section>\n${left}\n<ol class="gradus-steps">\n${items.join('\n')}\n</ol>\n</section>`
  })
  const closing = [summary(report), report.next].flatMap((text) =>
    text === undefined ? [] : [`<p>${escapeHtml(text)}</p>`],
  )
  const article = `<article class="gradus">\n${style}\n${sections.join('\n')}\n${closing.join('\n')}\n</article>`
  return options.fragment === true ? article : writeDocument('Derivation, checked', article)
}

function itemOf(line: CheckedLine, isLatex: boolean, typeset: Typeset): string {
  const marked = typesetLine(line, (part) => `{\\htmlClass{gradus-wrong}{${part}}}`)
  const sentences = [
    line.label === undefined ? undefined : line.label.given,
    warningOf(line),
    line.counterexample === undefined ? undefined : counterexampleText(line.counterexample),
    line.label?.because,
  ].flatMap((text, i) =>
    text === undefined ? [] : [`<p${i === 0 ? ' class="gradus-labels"' : ''}>${escapeHtml(text)}</p>`],
  )
  const { suggestion } = line
  const mended =
    suggestion === undefined
      ? ''
      : `<p>It should read:</p>${setOrShow(isLatex ? suggestion.latex : verbatim(suggestion.latex), suggestion.latex, typeset)}`
  const verdict = `<div class="gradus-verdict">${verdictSigns[line.verdict]} ${line.n} ${verdictWords[line.verdict]}</div>`
  return `<li id="line-${line.n}" class="gradus-${line.verdict}">${verdict}${setOrShow(`= ${marked}`, `= ${line.latex}`, typeset)}<div class="gradus-why">${sentences.join('')}${mended}</div></li>`
}

/** What a person wrote may be LaTeX that KaTeX does not know; then it is shown as it is. */
function setOrShow(latex: string, written: string, typeset: Typeset): string {
  try {
    return formula(typeset, latex)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return `<div class="gradus-formula"><code>${escapeHtml(written)}</code></div>`
  }
}
