// Builds dist/: the library a file a module with its types, and the command as one file with its bytecode.
//
// The command is bundled because a cold start pays for every file it opens; what only HTML needs stays out
// of it and is loaded when asked for.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(import.meta.url)

function runNode(args, options) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', ...options })
  if (status !== 0) process.exit(status ?? 1)
}

rmSync(`${root}/dist`, { recursive: true, force: true })

const typescript = require.resolve('typescript/package.json')
runNode([typescript.replace('package.json', require(typescript).bin.tsc), '-p', 'tsconfig.build.json'])

const bundle = await rolldown({
  input: { command: `${root}/src/cli/main.ts` },
  cwd: root,
  platform: 'node',
  external: ['katex'],
  tsconfig: false,
})
await bundle.write({
  dir: `${root}/dist`,
  format: 'cjs',
  // Code that comes from bytecode cannot import(); it can require().
  dynamicImportInCjs: false,
  entryFileNames: '[name].cjs',
  chunkFileNames: 'command-[name].cjs',
  minify: true,
})
await bundle.close()

copyFileSync(`${root}/src/cli/start.cjs`, `${root}/dist/cli.cjs`)
chmodSync(`${root}/dist/cli.cjs`, 0o755)
runNode(['scripts/write-bytecode.cjs'], { stdio: ['ignore', 'ignore', 'pipe'] })
