import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import katex from 'katex'
import { afterAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'examples')
const written = mkdtempSync(join(tmpdir(), 'gradus-examples-'))
afterAll(() => rmSync(written, { recursive: true, force: true }))

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'generate.ts')
  .map((file) => file.slice(0, -3))
const kept = readFileSync(join(folder, '.gitignore'), 'utf8').match(/(?<=^!).*(?=\.html$)/gm) ?? []

execFileSync(process.execPath, ['scripts/run.mjs', 'examples/generate.ts', written], { cwd: root })
const tex = (name: string) => readFileSync(join(written, `${name}.tex`), 'utf8')
const html = (name: string) => readFileSync(join(written, `${name}.html`), 'utf8')

test('there are at least ten examples, and each is written as LaTeX and as a page', () => {
  expect(names.length).toBeGreaterThanOrEqual(10)
  expect(readdirSync(written).sort()).toEqual(names.flatMap((name) => [`${name}.html`, `${name}.tex`]).sort())
})

test('an example runs by itself', () => {
  const told = execFileSync(process.execPath, ['scripts/run.mjs', 'examples/line.ts'], { cwd: root })
  expect(told.toString()).toContain('∂J/∂m = (1/N) ∂/∂m Σ_{i=1}^{N} (y_i − m·x_i − b)²')
})

test.each(names)('%s.tex is what the example gives now; else run: npm run examples', (name) => {
  expect(readFileSync(join(folder, `${name}.tex`), 'utf8')).toBe(tex(name))
})

test.each(kept)('%s.html is what the example gives now; else run: npm run examples', (name) => {
  expect(readFileSync(join(folder, `${name}.html`), 'utf8') === html(name)).toBe(true)
})

test.each(names)('%s.tex renders in KaTeX', (name) => {
  const source = tex(name).replace(/^%.*\n/, '')
  const formulas = source.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}|(?<=\\\[)[\s\S]*?(?=\\\])/g) ?? []
  expect(formulas.length).toBeGreaterThan(0)
  for (const formula of formulas) {
    const drawn = katex.renderToString(formula, { displayMode: true, strict: 'error', throwOnError: true })
    // what KaTeX refuses without throwing it draws in this colour
    expect(drawn).not.toContain('cc0000')
  }
  const prose = formulas.reduce((rest, formula) => rest.replace(formula, ''), source)
  expect(prose.replace(/\\\[|\\\]/g, '')).not.toMatch(/[\\^_$]/)
})

test.each(names)('%s.html loads nothing', (name) => {
  const page = html(name)
  expect(page.match(/\b(?:src|href|srcset|action|data)\s*=\s*["'](?!#)/gi)).toBeNull()
  expect(page.match(/url\(\s*["']?(?!data:)/gi)).toBeNull()
  expect(page).not.toMatch(/@import|<link|<iframe|<img|\bfetch\b|\bimport\b/i)
  expect(page.replace(/ xmlns="http:\/\/www\.w3\.org\/[^"]*"/g, '')).not.toMatch(/https?:\/\//)
  expect(page).not.toContain('cc0000')
})

test('pdflatex compiles them all in one document', { timeout: 120_000 }, () => {
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
