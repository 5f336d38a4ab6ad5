import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** The package as a stranger gets it: packed, installed in an empty folder, run and imported with types. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'gradus-package-'))
const consumer = join(scratch, 'consumer')
const bin = join(root, 'node_modules', '.bin')

function run(command: string, args: readonly string[], folder = consumer) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
  return { status, stdout, stderr }
}

beforeAll(() => {
  // The copy is built by itself, as npm does before packing, so that a dist/ left over proves nothing.
  const copy = join(scratch, 'copy')
  const left = new Set(['node_modules', 'dist', '.git', 'generated'])
  cpSync(root, copy, { recursive: true, filter: (path) => !left.has(path.split('/').at(-1) ?? '') })
  expect(run('ln', ['-s', join(root, 'node_modules'), 'node_modules'], copy).status).toBe(0)
  const packed = run('npm', ['pack', '--silent', '--pack-destination', scratch], copy)
  expect(packed).toMatchObject({ status: 0 })
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'))!
  expect(run('mkdir', ['consumer'], scratch).status).toBe(0)
  writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }')
  const installed = run('npm', ['install', '--silent', '--no-audit', '--no-fund', join(scratch, tarball)])
  expect(installed).toMatchObject({ status: 0 })
}, 240_000)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('installed in an empty folder', () => {
  test('npx derive prints the derivation', () => {
    const { status, stdout } = run('npx', ['derive', '1/N*sum((y-m*x-b)^2)'])
    expect(status).toBe(0)
    expect(stdout).toContain('-\\frac{2}{N} \\sum_{i=1}^{N} x_i (y_i - m x_i - b)')
  })

  test('npx derive writes a page that needs no network', () => {
    expect(run('npx', ['derive', 'x^2', '--wrt', 'x', '-o', 'page.html']).status).toBe(0)
    expect(existsSync(join(consumer, 'page.html'))).toBe(true)
  })

  describe('the command as a process', () => {
    const owner = '1/N*sum((y-m*x-b)^2)'
    const command = join(consumer, 'node_modules', 'gradus', 'dist', 'cli.cjs')
    const derive = (...args: string[]) => run(process.execPath, [command, ...args])
    const shell = (line: string) => run('bash', ['-c', line.replaceAll('DERIVE', `node '${command}'`)])

    test('exit codes reach the shell', () => {
      expect(derive('sin(x')).toMatchObject({ status: 2, stdout: '' })
      expect(derive(owner, '--max-nodes', '3')).toMatchObject({ status: 3, stdout: '' })
      expect(derive('--version')).toMatchObject({ status: 0, stderr: '' })
    })

    test('a reader that stops early is no failure', () => {
      const line = `yes '{"expr":"w^2"}' | DERIVE batch | head -n 3 | wc -l; echo "\${PIPESTATUS[1]}"`
      expect(shell(line)).toMatchObject({ stdout: '3\n0\n', stderr: expect.not.stringContaining('Error') })
    })

    test('a full disk is told, and is no verdict', () => {
      const { status, stderr } = shell(`DERIVE '${owner}' > /dev/full`)
      expect({ status, told: stderr.includes('gradus: cannot write') }).toEqual({ status: 2, told: true })
    })

    test('a large result passes a slow pipe whole', () => {
      const { stdout } = shell(`DERIVE '${owner}' --format html 2> told | (sleep 1; tail -c 8)`)
      expect(stdout).toBe('</html>\n')
    })

    test('--timeout lets a short computation finish and ends a long one', () => {
      expect(derive('x^2', '--wrt', 'x', '--timeout', '60')).toMatchObject({ status: 0 })
      const endless = shell(
        `yes '{"expr":"w^2"}' | DERIVE batch --timeout 1 > answers; exit \${PIPESTATUS[1]}`,
      )
      expect(endless).toMatchObject({ status: 3, stderr: expect.stringContaining('stopped after 1 s') })
    })

    test('other bytecode than this V8 made is refused without a word', () => {
      const plain = derive(owner)
      // Bytecode belongs to the flags of V8 too.
      const others = run(process.execPath, ['--no-opt', '--stack-size=900', command, owner])
      expect(others).toEqual(plain)
      const cache = join(consumer, 'node_modules', 'gradus', 'dist', 'command.cache')
      const whole = readFileSync(cache)
      for (const broken of [Buffer.alloc(0), Buffer.from('junk'), whole.subarray(0, 1000)]) {
        writeFileSync(cache, broken)
        expect(derive(owner)).toEqual(plain)
      }
      writeFileSync(cache, whole)
    })
  })

  test('import has types that hold', () => {
    writeFileSync(
      join(consumer, 'use.ts'),
      `import { compile, type DerivedLoss, derive, evaluate, type Expr, parse, print } from 'gradus'
const loss: DerivedLoss = derive('1/N*sum((y-m*x-b)^2)', { wrt: ['m', 'b'] })
const result: Expr = loss.partials[0]!.result
const text: string = print(result, 'ascii')
const value: number = evaluate(parse('(y-m)^2'), { y: 1, m: 3 })
// @ts-expect-error an option that does not exist
derive('x^2', { wtr: ['x'] })
console.log(text, value, compile('x^2', { wrt: ['x'] }).gradient({ x: 3 })['x'])
`,
    )
    const strict = [
      '--strict',
      '--noEmit',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      '',
      'use.ts',
    ]
    expect(run(join(bin, 'tsc'), strict)).toMatchObject({ status: 0 })
  })

  test('import and require run', () => {
    const program = "console.log(print(derive('x^3', { wrt: ['x'] }).partials[0].result, 'ascii'))"
    writeFileSync(join(consumer, 'use.mjs'), `import { derive, print } from 'gradus'\n${program}`)
    writeFileSync(join(consumer, 'use.cjs'), `const { derive, print } = require('gradus')\n${program}`)
    expect(run(process.execPath, ['use.mjs'])).toMatchObject({ status: 0, stdout: '3*x^2\n' })
    const required = run(process.execPath, ['use.cjs'])
    expect(required).toMatchObject({ status: 0, stdout: '3*x^2\n' })
  })

  test('renderHtml finds KaTeX', () => {
    writeFileSync(
      join(consumer, 'page.mjs'),
      "import { derive, renderHtml } from 'gradus'\nconsole.log((await renderHtml(derive('x^3', { wrt: ['x'] }))).length > 1e5)",
    )
    expect(run(process.execPath, ['page.mjs'])).toMatchObject({ status: 0, stdout: 'true\n' })
  })
})

describe('the tarball', () => {
  const tarball = () => join(scratch, readdirSync(scratch).find((name) => name.endsWith('.tgz'))!)

  test('publint has nothing to say', () => {
    const { status, stdout, stderr } = run(join(bin, 'publint'), [tarball(), '--strict'], scratch)
    expect({ status, said: `${stdout}${stderr}`.includes('All good!') }).toEqual({ status: 0, said: true })
  })

  test('its types resolve for every ESM consumer', () => {
    const { status, stdout } = run(join(bin, 'attw'), [tarball(), '--profile', 'esm-only'], scratch)
    expect({ status, stdout }).toMatchObject({ status: 0 })
  })

  test('holds no sources and no tests', () => {
    const { stdout } = run('tar', ['tzf', tarball()], scratch)
    const names = stdout.trim().split('\n')
    expect(names).toContain('package/dist/index.js')
    expect(names).toContain('package/dist/cli.cjs')
    expect(names).toContain('package/dist/command.cache')
    expect(names.filter((name) => /\/(src|test|bench|grammar)\//.test(name))).toEqual([])
  })
})
