// The test command: every check by name, then the tests; the last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const failures = []
let passed = 0

/** Runs a program of node_modules/.bin or of the system; true if it ended well. */
const run = (command, args) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
  }).status === 0

const check = (name, command, args) => {
  console.log(`\n== ${name}`)
  if (run(command, args)) passed++
  else failures.push(name)
}

check('tools', 'bash', ['scripts/install-test-tools.sh'])
check('format', 'biome', ['check', '--linter-enabled=false', '.'])
check('lint', 'biome', ['lint', '--error-on-warnings', '.'])
check('types', 'tsc', ['-p', '.'])

console.log('\n== tests')
const scratch = mkdtempSync(join(tmpdir(), 'gradus-test-'))
const report = join(scratch, 'vitest.json')
const ended = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
const failedBefore = failures.length
let skipped = 0
try {
  for (const suite of JSON.parse(readFileSync(report, 'utf8')).testResults) {
    const file = relative(root, suite.name)
    for (const test of suite.assertionResults) {
      if (test.status === 'passed') passed++
      else if (test.status === 'failed') failures.push(`${file} > ${test.fullName}`)
      else skipped++
    }
    // A file that cannot be loaded has no tests to count, and would vanish from the sum.
    if (suite.assertionResults.every((test) => test.status !== 'failed') && suite.status === 'failed')
      failures.push(`${file} (could not run)`)
  }
} catch (error) {
  failures.push(`vitest wrote no report (${error.message})`)
}
rmSync(scratch, { recursive: true, force: true })
if (!ended && failures.length === failedBefore) failures.push('vitest ended with an error outside the tests')

console.log()
for (const name of failures) console.log(`FAILED ${name}`)
if (skipped > 0) console.log(`${skipped} skipped`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1
