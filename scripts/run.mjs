// Runs a TypeScript program of this repository: node scripts/run.mjs FILE [ARGUMENTS]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const [file, ...rest] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: node scripts/run.mjs FILE [ARGUMENTS]')
  process.exit(2)
}
const bundle = await rolldown({
  input: { [basename(file, '.ts')]: resolve(file) },
  cwd: root,
  platform: 'node',
  external: ['katex'],
  resolve: { alias: { gradus: join(root, 'src/index.ts') } },
  tsconfig: false,
})
// Inside node_modules, so that packages are found as from the source.
const cache = join(root, 'node_modules/.cache')
mkdirSync(cache, { recursive: true })
const dir = mkdtempSync(join(cache, 'run-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
const { output } = await bundle.write({ dir, format: 'esm' })
await bundle.close()
process.argv = [process.argv[0], resolve(file), ...rest]
await import(pathToFileURL(join(dir, output[0].fileName)).href)
