import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check, printCheck, renderCheckHtml } from 'gradus'
import katex from 'katex'
import { expect, test } from 'vitest'

/** What `check` prints is held to those who read it: KaTeX, a LaTeX compiler, a parser of JSON. */

const folder = new URL('../cases/derivations/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.tex'))
const reports = names.map(
  (name) => [name, check(readFileSync(new URL(name, folder), 'utf8'), { seed: 1 })] as const,
)

const unreadable = String.raw`\begin{align*}
\frac{\partial J}{\partial m} &= \sum_{i=1}^N 2 (y_i - m x_i)(-x_i) \\
&= -2 \sum_{i=1}^N x_i (y_i - m x_i)) \\
&= -2 \sum_{i=1}^N ( x_i (y_i - m x_i) \\
&= -2 \sum_{i=1}^N x_i (y_i - m x_i)
\end{align*}`
const withUnreadable = check(unreadable, { loss: 'sum((y-m*x)^2)', wrt: 'm', data: ['x', 'y'] })

test('a line that cannot be read leaves nothing behind: the lines after it are judged as ever', () => {
  expect(withUnreadable.lines.map(({ verdict }) => verdict)).toEqual([
    'valid',
    'unreadable',
    'unreadable',
    'valid',
  ])
})

test.each([
  ...reports,
  ['with unreadable lines', withUnreadable] as const,
])('%s: KaTeX and JSON', (_, report) => {
  const latex = printCheck(report, 'latex')
  const formulas = latex.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g) ?? []
  expect(formulas.length).toBeGreaterThan(0)
  for (const formula of formulas) {
    const html = katex.renderToString(formula, { displayMode: true, strict: 'error', throwOnError: true })
    expect(html).not.toContain('cc0000')
  }
  expect(JSON.parse(printCheck(report, 'json')).lines).toHaveLength(report.lines.length)
})

test('the page draws every line, says each fault in words, and escapes what stands in the text', async () => {
  for (const [name, report] of reports) {
    const page = await renderCheckHtml(report)
    expect(page, name).not.toContain('cc0000')
    for (const { because } of report.lines) {
      const words = because?.replace(/[^A-Za-z ].*$/s, '').trim() ?? ''
      expect(page.toLowerCase(), name).toContain(words.toLowerCase())
    }
  }
  const hostile = check('dJ/dm = 2*m\n = 2*m<script>alert(1)</script>', { loss: 'm^2', wrt: 'm' })
  const page = await renderCheckHtml(hostile)
  expect(page).not.toContain('<script>alert')
  // One script is the page's own, which copies.
  expect(page.split('<script')).toHaveLength(2)
})

test('pdflatex compiles every report', { timeout: 120_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'gradus-check-'))
  const body = [...reports.map(([, report]) => report), withUnreadable].map((report) =>
    printCheck(report, 'latex'),
  )
  // Of xcolor only \color{red} is needed, which the color package of every distribution has too.
  const document = ['\\documentclass{article}', '\\usepackage{amsmath,amssymb,color}', '\\begin{document}']
  writeFileSync(join(scratch, 'all.tex'), [...document, ...body, '\\end{document}'].join('\n\n'))
  const run = spawnSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'all.tex'], {
    cwd: scratch,
    encoding: 'utf8',
  })
  rmSync(scratch, { recursive: true, force: true })
  expect(run.status, run.stdout?.slice(-1500)).toBe(0)
})
