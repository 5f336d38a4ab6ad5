// Derives every loss of losses.ts, and writes each derivation as LaTeX and as a page: npm run examples [FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { derive, print, renderHtml } from 'gradus'
import { type Example, examples, families } from './losses.ts'

const folder = process.argv[2] ?? dirname(process.argv[1]!)
const pages = join(folder, 'pages')
mkdirSync(pages, { recursive: true })

/** The options of the command that say the same as the options of the library. */
function commandOptions({ options = {} }: Example): string[] {
  const { let: definitions = [], wrt = [], data = [], hyper = [], assume = [], order } = options
  return [
    ...definitions.map((definition) => `--let "${definition}"`),
    ...wrt.map((name) => `--wrt "${name}"`),
    ...data.map((name) => `--data ${name}`),
    ...hyper.map((name) => `--hyper ${name}`),
    ...assume.map((fact) => `--assume "${fact}"`),
    ...(order === undefined ? [] : [`--order ${order}`]),
  ]
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * KaTeX writes the same few hundred inline styles ten thousands of times. As classes of the sheet that the pages
 * share they take a seventh of the room. The LaTeX stands in a file of its own, not in each formula.
 */
const styles = new Map<string, string>()
const withoutStyles = (html: string): string =>
  html
    .replaceAll(/<annotation.*?<\/annotation>/g, '')
    .replace(/<(\w+)(?: class="([^"]*)")? style="([^"]*)"/g, (_, tag, classes = '', style) => {
      const name = styles.get(style) ?? `k${styles.size.toString(36)}`
      styles.set(style, name)
      return `<${tag} class="${`${classes} ${name}`.trim()}"`
    })

/** A page that has its look, its fonts included, from the style sheet beside it. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`

const entries = new Map<string, string[]>(families.map((family) => [family, []]))
for (const [name, example] of Object.entries(examples)) {
  const { family, title, source, text, options } = example
  const derived = derive(text, options)
  writeFileSync(
    join(folder, `${name}.tex`),
    `% Needs \\usepackage{amsmath, amssymb}.\n${print(derived, 'latex')}\n`,
  )
  const command = [`derive '${text}'`, ...commandOptions(example)].join(' \\\n  ')
  const head = `<header class="gradus">
<p><a href="index.html">All losses</a></p>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(source)}</p>
<pre><code>${escapeHtml(command)}</code></pre>
<p><a href="../${name}.tex">LaTeX</a></p>
</header>`
  const article = withoutStyles(await renderHtml(derived, { fragment: true }))
  writeFileSync(join(pages, `${name}.html`), page(title, `${head}\n${article}`))
  entries.get(family)!.push(`<li><a href="${name}.html">${escapeHtml(title)}</a>. ${escapeHtml(source)}</li>`)
}

const parts = [...entries].map(([family, items]) => `<h2>${family}</h2>\n<ul>\n${items.join('\n')}\n</ul>`)
const index = `<article class="gradus">\n<h1>Losses and their gradients</h1>\n${parts.join('\n')}\n</article>`
writeFileSync(join(pages, 'index.html'), page('Losses and their gradients', index))
const whole = await renderHtml(derive('x^2', { wrt: ['x'] }))
const own = /<style>([\s\S]*?)<\/style>/.exec(whole)![1]!
const rules = [...styles].map(([style, name]) => `.katex .${name}{${style}}\n`)
const header = 'header.gradus { padding-block-end: 0 }\nheader pre { overflow-x: auto }\n'
writeFileSync(join(pages, 'style.css'), `${own}\n${header}${rules.join('')}`)
