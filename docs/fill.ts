// Writes into the pages of this folder what their commands print: `npm run docs`
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillPage, pages } from './page.ts'

const root = process.cwd()

/** Runs the command as the sources are now; a negative verdict is a result like any other. */
function run(argv: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, 'scripts/run.mjs'), join(root, 'src/cli/main.ts'), ...argv],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0 && status !== 1) throw new Error(stderr)
  return stdout
}

for (const page of pages) {
  const file = join(root, 'docs', page)
  writeFileSync(file, await fillPage(readFileSync(file, 'utf8'), async (argv) => run(argv)))
}
