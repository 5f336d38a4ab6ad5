// Builds dist/: the library a file a module with its types, and the command as one file.
//
// The command is bundled because a cold start pays for every file it opens; what only HTML needs stays out
// of it and is loaded when asked for. Those parts are left where the library has them, not copied.
import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

/** Fonts and style sheet as data: half a megabyte that the library already carries. */
const sharedData = {
  name: 'shared-data',
  resolveId: {
    filter: { id: /generated\/katex-css\.ts$/ },
    handler: () => ({ id: './print/generated/katex-css.js', external: 'absolute' }),
  },
}

rmSync(`${root}/dist`, { recursive: true, force: true })

const tsc = require
  .resolve('typescript/package.json')
  .replace('package.json', require('typescript/package.json').bin.tsc)
const emitted = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
if (emitted.status !== 0) process.exit(emitted.status ?? 1)

const bundle = await rolldown({
  input: { cli: `${root}/src/cli/main.ts` },
  cwd: root,
  platform: 'node',
  external: ['katex'],
  plugins: [sharedData],
  tsconfig: false,
})
await bundle.write({
  dir: `${root}/dist`,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'cli-[name].js',
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
})
await bundle.close()
chmodSync(`${root}/dist/cli.js`, 0o755)
