import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { limits } from '../../src/term/limits.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')

// Inside the project, so that the snippets' imports are found as in a file of ours.
const cache = join(root, 'node_modules/.cache')
mkdirSync(cache, { recursive: true })
const scratch = mkdtempSync(join(cache, 'readme-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Block {
  readonly language: string
  readonly text: string
  /** The block right behind this one, if nothing stands between. */
  readonly output?: string
}

const blocks = readBlocks(readme)
const commands = blocks.filter(({ language }) => language === 'sh')
const snippets = blocks.filter(({ language }) => language === 'ts')

function readBlocks(markdown: string): Block[] {
  const found = [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
  return found.map((match, i) => {
    const next = found[i + 1]
    const between = next && markdown.slice(match.index + match[0].length, next.index)
    const isOutput = between?.trim() === '' && ['text', 'latex', 'json'].includes(next![1]!)
    return { language: match[1]!, text: match[2]!, ...(isOutput ? { output: next![2]! } : {}) }
  })
}

/** Runs a line of the README with the command as the sources are now; what is installed counts as installed. */
function runLine(line: string) {
  const prelude = [
    `npx() { shift; "${process.execPath}" "${root}/scripts/run.mjs" "${root}/src/cli/main.ts" "$@"; }`,
    'npm() { :; }',
  ]
  return spawnSync('bash', ['-c', [...prelude, line].join('\n')], {
    cwd: scratch,
    encoding: 'utf8',
    input: '',
  })
}

test('the README has the commands to start with', () => {
  const lines = commands.map(({ text }) => text.trim())
  expect(lines).toContain('npm ci && npx derive "1/N*sum((y-m*x-b)^2)"')
  expect(lines).toContain('npm ci && npm test')
  expect(commands.length).toBeGreaterThanOrEqual(10)
  expect(snippets.length).toBeGreaterThanOrEqual(1)
})

test.each(commands)('$text', ({ text, output }) => {
  const { status, stdout, stderr } = runLine(text)
  if (output === undefined) expect({ status, stderr }).toMatchObject({ status: 0 })
  // A negative verdict has a result too; only what failed says why on the standard error alone.
  else expect(stdout === '' ? stderr : stdout).toBe(output)
})

test('a page is written where it is asked for', () => {
  expect(runLine('npx derive "m^2" -o here.html').status).toBe(0)
  expect(readFileSync(join(scratch, 'here.html'), 'utf8')).toMatch(/^<!doctype html>/)
})

test.each(snippets)('a TypeScript snippet runs, and prints what stands beside its lines', ({ text }) => {
  const file = join(scratch, 'snippet.ts')
  writeFileSync(file, text)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', file], {
    cwd: root,
    encoding: 'utf8',
  })
  const promised = [...text.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map((match) => match[1]!)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(promised.length).toBeGreaterThan(0)
  expect(stdout.trimEnd().split('\n')).toEqual(promised)
})

test('the TypeScript snippets have the right types', () => {
  snippets.forEach(({ text }, i) => {
    writeFileSync(join(scratch, `typed-${i}.ts`), text)
  })
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      paths: { gradus: [join(root, 'src/index.ts')] },
      typeRoots: [join(root, 'node_modules/@types')],
    },
    include: ['typed-*.ts'],
  }
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify(config))
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', scratch], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('')
  expect(status).toBe(0)
})

test('the files that the README names exist', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!)
  expect(links.length).toBeGreaterThan(3)
  for (const link of links) expect(existsSync(join(root, link)), link).toBe(true)
})

test('the limits are those of the engine', () => {
  expect(readme).toContain(`${limits.depth.toLocaleString('en')} levels deep`)
  expect(readme).toContain(`hold ${limits.binders} sums`)
})
