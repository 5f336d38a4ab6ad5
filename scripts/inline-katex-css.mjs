/**
 * Writes src/print/generated/katex-css.ts: KaTeX's style sheet with the fonts that our formulas use inside it,
 * so that an HTML document needs no other file and the browser's library reads none from a disk.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'

const fonts = [
  'Main-Regular',
  'Main-Italic',
  'Math-Italic',
  'AMS-Regular',
  'Size1-Regular',
  'Size2-Regular',
  'Size3-Regular',
  'Size4-Regular',
]
const katex = new URL('../node_modules/katex/dist/', import.meta.url)
const target = new URL('../src/print/generated/', import.meta.url)

const css = await readFile(new URL('katex.min.css', katex), 'utf8')
const faces = css.match(/@font-face\{[^}]*\}/g) ?? []
let inlined = css
for (const face of faces) {
  const font = fonts.find((name) => face.includes(`fonts/KaTeX_${name}.woff2`))
  if (font === undefined) {
    inlined = inlined.replace(face, '')
    continue
  }
  const data = await readFile(new URL(`fonts/KaTeX_${font}.woff2`, katex), 'base64')
  const source = `src:url(data:font/woff2;base64,${data}) format("woff2")`
  inlined = inlined.replace(face, face.replace(/src:[^}]*/, source))
}
if (faces.length < fonts.length || /url\((?!data:)/.test(inlined)) {
  throw new Error('the KaTeX style sheet is not laid out as expected')
}

await mkdir(target, { recursive: true })
await writeFile(
  new URL('katex-css.ts', target),
  `/** KaTeX's style sheet with its fonts. Generated; see scripts/inline-katex-css.mjs. */\nexport const katexCss: string = ${JSON.stringify(inlined)}\n`,
)
