// Compiles grammar/gradus.ne into src/read/generated/gradus.ts, which is never edited.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = join(dirname(fileURLToPath(import.meta.url)), '..')
const compiler = join(
  dirname(createRequire(import.meta.url).resolve('nearley/package.json')),
  'bin/nearleyc.js',
)
const output = join(project, 'src/read/generated/gradus.ts')

mkdirSync(dirname(output), { recursive: true })
const { status } = spawnSync(process.execPath, [compiler, 'gradus.ne', '-o', output], {
  cwd: join(project, 'grammar'),
  stdio: 'inherit',
})
process.exit(status ?? 1)
