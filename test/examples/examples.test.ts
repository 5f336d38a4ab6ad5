import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { derive, print, verify } from 'gradus'
import katex from 'katex'
import { afterAll, describe, expect, test } from 'vitest'
import { examples } from '../../examples/losses.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'examples')
const written = mkdtempSync(join(tmpdir(), 'gradus-examples-'))
afterAll(() => rmSync(written, { recursive: true, force: true }))

const names = Object.keys(examples)
const texIn = (where: string) => readdirSync(where).filter((file) => file.endsWith('.tex'))

execFileSync(process.execPath, ['scripts/run.mjs', 'examples/generate.ts', written], { cwd: root })
const tex = (name: string) => readFileSync(join(written, `${name}.tex`), 'utf8')
const html = (name: string) => readFileSync(join(written, 'pages', `${name}.html`), 'utf8')

test('there are many losses, and each is written as LaTeX and as a page', () => {
  expect(names.length).toBeGreaterThanOrEqual(36)
  expect(texIn(written).sort()).toEqual(names.map((name) => `${name}.tex`).sort())
  expect(readdirSync(join(written, 'pages')).sort()).toEqual(
    [...names.map((name) => `${name}.html`), 'index.html', 'style.css'].sort(),
  )
  for (const name of names) expect(html('index')).toContain(`<a href="${name}.html">`)
})

describe.each(names)('%s', (name) => {
  const { title, source, text, options } = examples[name]!

  test('says what it is, and every step is true', () => {
    expect(title).toMatch(/^\S.*\S$/)
    expect(source).toMatch(/^\S.*\.$/)
    const derived = derive(text, options)
    expect(derived.warnings).toEqual([])
    const { points, worst } = verify(derived, { seed: 5, points: 8 })
    expect(points).toBe(8)
    expect(worst).toBeLessThan(1e-9)
    for (const { result } of [...derived.partials, ...derived.hessian]) {
      expect(result.hasDerivative && !text.includes('f(x)')).toBe(false)
    }
    expect(tex(name)).toContain(print(derived, 'latex'))
  })

  test('renders in KaTeX', () => {
    const body = tex(name).replace(/^%.*\n/, '')
    const formulas = body.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}|(?<=\\\[)[\s\S]*?(?=\\\])/g) ?? []
    expect(formulas.length).toBeGreaterThan(0)
    for (const formula of formulas) {
      const drawn = katex.renderToString(formula, { displayMode: true, strict: 'error', throwOnError: true })
      // what KaTeX refuses without throwing it draws in this colour
      expect(drawn).not.toContain('cc0000')
    }
    const prose = formulas.reduce((rest, formula) => rest.replace(formula, ''), body)
    expect(prose.replace(/\\\[|\\\]/g, '')).not.toMatch(/[\\^_$]/)
  })

  test('is a page that loads nothing but its style sheet', () => {
    const page = html(name)
    expect(page.match(/\b(?:src|href|srcset|action|data)\s*=\s*["'](?!#)[^"']*/gi)).toEqual([
      'href="style.css',
      'href="index.html',
      `href="../${name}.tex`,
    ])
    expect(page).not.toMatch(/url\(|@import|<iframe|<img|<script|\bfetch\b|<span[^>]* style="/i)
    expect(page.replace(/ xmlns="http:\/\/www\.w3\.org\/[^"]*"/g, '')).not.toMatch(/https?:\/\//)
    expect(page).not.toContain('cc0000')
    const classes = new Set([...page.matchAll(/class="([^"]*)"/g)].flatMap(([, list]) => list!.split(' ')))
    const sheet = readFileSync(join(written, 'pages', 'style.css'), 'utf8')
    const styles = [...classes].filter((one) => /^k[0-9a-z]{1,2}$/.test(one))
    expect(styles.filter((one) => !sheet.includes(`.katex .${one}{`))).toEqual([])
  })
})

test('the style sheet loads nothing', () => {
  const sheet = readFileSync(join(written, 'pages', 'style.css'), 'utf8')
  expect(sheet.match(/url\(\s*["']?(?!data:)/gi)).toBeNull()
  expect(sheet).not.toContain('@import')
})

test('the folder has a LaTeX file and a page for each loss, and no others', () => {
  expect(texIn(folder).sort()).toEqual(texIn(written).sort())
  const pages = (where: string) => readdirSync(join(where, 'pages')).sort()
  expect(pages(folder)).toEqual(pages(written))
})

test.each(
  names,
)('what stands in the folder of %s is what the script writes now; else run: npm run examples', (name) => {
  for (const file of [`${name}.tex`, `pages/${name}.html`]) {
    expect(readFileSync(join(folder, file), 'utf8'), file).toBe(readFileSync(join(written, file), 'utf8'))
  }
})

test('pdflatex compiles them all in one document', { timeout: 240_000 }, () => {
  const found = spawnSync('pdflatex', ['--version']).error === undefined
  expect(found, 'pdflatex is missing: run scripts/install-test-tools.sh').toBe(true)
  const sections = names.map((name) => `\\section*{${name}}\n${tex(name)}\n\\clearpage`)
  const document = [
    '\\documentclass{article}',
    '\\usepackage{amsmath, amssymb}',
    '\\begin{document}',
    ...sections,
    '\\end{document}',
  ]
  writeFileSync(join(written, 'all.tex'), document.join('\n'))
  const run = spawnSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'all.tex'], {
    cwd: written,
  })
  const log = run.stdout.toString()
  expect(run.status, log).toBe(0)
  expect(log).not.toMatch(/LaTeX Warning: Command|undefined|Missing character/)
  expect(existsSync(join(written, 'all.pdf'))).toBe(true)
})
