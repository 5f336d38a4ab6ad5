import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/command.ts'
import type { Io } from '../../src/cli/io.ts'
import * as library from '../../src/index.ts'

/** The command as a user meets it: arguments and standard input in, two streams and an exit code out. */

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const folder = mkdtempSync(join(tmpdir(), 'gradus-command-'))

async function run(argv: readonly string[], stdin?: string): Promise<Outcome> {
  const written = { stdout: '', stderr: '' }
  const output = (name: 'stdout' | 'stderr') => ({
    isTerminal: false,
    write: async (text: string) => {
      written[name] += text
    },
  })
  async function* chunks() {
    for (let i = 0; i < (stdin ?? '').length; i += 7) yield stdin!.slice(i, i + 7)
  }
  const io: Io = {
    stdin: { isTerminal: stdin === undefined, chunks },
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: {},
    async *readFile(path) {
      yield readFileSync(path, 'utf8')
    },
    writeFile: async (path, text) => writeFileSync(path, text),
    temporaryFile: async (name) => join(folder, name),
    open: async () => {},
    runWithin: async () => 'timeout',
  }
  const code = await runCommand(argv, io, library, '1.2.3')
  return { code, ...written }
}

const owner = '1/N*sum((y-m*x-b)^2)'

describe('deriving', () => {
  test('prints the derivation alone on stdout and the reading on stderr', async () => {
    const { code, stdout, stderr } = await run([owner])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\\begin\{align\*\}\n\\frac\{\\partial J\}\{\\partial m\} &= /)
    expect(stdout).toContain('-\\frac{2}{N} \\sum_{i=1}^{N} x_i (y_i - m x_i - b)')
    expect(stderr).toBe(
      'read as J = (1/N) Σ_{i=1}^{N} (y_i − m·x_i − b)²; data x_i, y_i; parameters m, b; N samples\n',
    )
  })

  test('simplifies as far as is asked', async () => {
    const last = async (...how: readonly string[]) => {
      const { code, stdout } = await run(['a*a*w', '--wrt', 'w', '--format', 'ascii', ...how])
      expect(code).toBe(0)
      return stdout.split('\n')[0]
    }
    expect(await last('--simplify', 'none', '--labels', 'none')).toBe('dJ/dw = a*a')
    expect(await last('--labels', 'none', '--detail', 'brief')).toBe('dJ/dw = a^2')
    const { code, stderr } = await run(['w^2', '--simplify', 'much'])
    expect(code).toBe(2)
    expect(stderr).toContain('none, paper')
  })

  test('reads the expression from a pipe, from - and from a file', async () => {
    const file = join(folder, 'loss.txt')
    writeFileSync(file, owner)
    const direct = await run([owner])
    expect((await run(['-'], owner)).stdout).toBe(direct.stdout)
    expect((await run([], owner)).stdout).toBe(direct.stdout)
    expect((await run(['--file', file])).stdout).toBe(direct.stdout)
  })

  test('an expression may start with a minus', async () => {
    const { code, stdout } = await run(['-log(p)', '--format', 'ascii'])
    expect(code).toBe(0)
    expect(stdout).toContain('-1/p')
    expect((await run(['--format', 'ascii', '--', '-log(p)'])).stdout).toBe(stdout)
  })

  test.each(['latex', 'text', 'ascii', 'markdown', 'json', 'html'])('format %s', async (format) => {
    const { code, stdout } = await run([owner, '--format', format])
    expect(code).toBe(0)
    expect(stdout.length).toBeGreaterThan(300)
  })

  test('json is the object of the contract', async () => {
    const json = JSON.parse((await run([owner, '--format', 'json', '--verify'])).stdout)
    expect(json).toMatchObject({
      version: 1,
      input: owner,
      reading: {
        ascii: '1/N*sum(i=1..N, (y_i - m*x_i - b)^2)',
        data: ['x', 'y'],
        parameters: ['m', 'b'],
        counts: ['N'],
        indices: { i: ['1', 'N'] },
      },
    })
    expect(json.partials.map((partial: { wrt: string }) => partial.wrt)).toEqual(['m', 'b'])
    expect(json.partials[0].verified.points).toBeGreaterThan(0)
    expect(json.partials[0].verified.worst).toBeLessThan(1e-6)
    expect(json.partials[0].lines[0].labels).toEqual(['factor rule'])
  })

  test('the name of the output file says the format', async () => {
    const file = join(folder, 'line.html')
    const { code, stdout } = await run([owner, '-o', file])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>/i)
  })

  test('--order 2 adds the Hessian, symmetric entries once', async () => {
    const json = JSON.parse((await run([owner, '--order', '2', '--format', 'json'])).stdout)
    expect(json.hessian.map((entry: { wrt: string[] }) => entry.wrt)).toEqual([
      ['m', 'm'],
      ['m', 'b'],
      ['b', 'b'],
    ])
    expect(json.hessian[0].result.ascii).toBe('2/N*sum(i=1..N, x_i^2)')
  })

  test('a variable that does not occur is a warning and an honest 0', async () => {
    const { code, stdout, stderr } = await run(['a^2', '--wrt', 'q', '--format', 'ascii'])
    expect(code).toBe(0)
    expect(stdout).toContain('= 0')
    expect(stderr).toContain('q does not occur')
  })
})

describe('linearity', () => {
  test.each([
    [owner, 0, 'Yes: the gradient of the average'],
    ['sum(x*(y-m)^2)/sum(x)', 0, 'Yes, with weights'],
    ['w^2', 0, 'There is nothing to average'],
    [`sqrt(${owner})`, 1, 'No: the gradient of the batch'],
  ])('%s exits with %i', async (expr, code, opening) => {
    const outcome = await run(['linearity', expr, '--format', 'text'])
    expect(outcome.code).toBe(code)
    expect(outcome.stdout.startsWith(opening)).toBe(true)
    expect(outcome.stderr).toMatch(/^read as J = /)
  })

  test('prints what the name of the file says, and refuses what it has no use for', async () => {
    const file = join(folder, 'averaging.json')
    expect((await run(['linearity', owner, '-o', file])).code).toBe(0)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1, verdict: 'mean' })
    expect(await run(['linearity', owner, '--order', '2'])).toMatchObject({ code: 2, stdout: '' })
    expect(await run(['linearity', '1/N*sum((y-'])).toMatchObject({ code: 2, stdout: '' })
  })

  test('an expression may start with a minus', async () => {
    expect((await run(['linearity', '-1/N*sum(y*log(w*x))'])).code).toBe(0)
  })
})

describe('errors', () => {
  test.each([
    [['1/N*sum((y-m*x-b)^2'], 2],
    [['sigmod(x)'], 2],
    [[''], 2],
    [[owner, '--format', 'pdf'], 2],
    [[owner, '--fromat', 'text'], 2],
    [[owner, 'more'], 2],
    [['ruels', 'chain'], 2],
    [['rules', 'no-such-rule'], 2],
    [['--file', '/no/such/file'], 2],
    [[owner, '--max-nodes', '3'], 3],
    [[owner, '--timeout', '0.5'], 3],
  ] as const)('%j exits with %i and leaves stdout empty', async (argv, expected) => {
    const { code, stdout, stderr } = await run(argv)
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    expect(stderr).toMatch(/^gradus: /m)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('an expression nested too deeply exits with 3', async () => {
    const { code, stdout, stderr } = await run([`${'sin('.repeat(9000)}x${')'.repeat(9000)}`, '--wrt', 'x'])
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(/^gradus: [^\n]{1,200}\n$/)
  })

  test('an unknown option is told with the one that was meant', async () => {
    expect((await run([owner, '--fromat', 'text'])).stderr).toContain('--format')
    expect((await run(['ruels', 'chain'])).stderr).toContain('derive rules')
  })

  test('--timeout lets a short computation finish in a process of its own', async () => {
    expect((await run([owner, '--timeout', '5'])).code).toBe(3)
  })
})

describe('rules', () => {
  test('lists every rule once and shows one', async () => {
    const { stdout } = await run(['rules'])
    for (const rule of library.rules) expect(stdout).toContain(rule.id)
    expect(stdout.trimEnd().split('\n').length).toBe(library.rules.length)
    expect((await run(['rules', 'factor'])).stdout).toContain('D(c*u, x) = c*D(u, x)')
  })

  test('reasons are sentences, without placeholders', async () => {
    for (const rule of library.rules) expect((await run(['rules', rule.id])).stdout).not.toMatch(/[{}]\w*[}]/)
  })
})

describe('batch', () => {
  test('answers in order, and a bad line costs only itself', async () => {
    const input = [
      JSON.stringify({ id: 'a', expr: owner, wrt: ['m'] }),
      'not json',
      JSON.stringify({ id: 'c', expr: 'sin(' }),
      '',
      JSON.stringify({ id: '__proto__', expr: '__proto__^2', wrt: ['__proto__'] }),
      JSON.stringify({ id: 5, expr: 'let f(x)=m*x; sum((y-f(x))^2)', order: 2 }),
    ].join('\n')
    const { code, stdout } = await run(['batch'], input)
    expect(code).toBe(0)
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.map((answer) => answer.id)).toEqual(
      ['a', undefined, 'c', '__proto__', 5].map((id) => id ?? null),
    )
    expect(answers[0].partials[0].result.ascii).toBe('-2/N*sum(i=1..N, x_i*(y_i - m*x_i - b))')
    expect(answers[1].error.message).toBeTypeOf('string')
    expect(answers[2].error).toMatchObject({ line: 1, column: 5 })
    expect(answers[4].hessian).toHaveLength(1)
  })
})

test('help begins with examples; the version is the package’s', async () => {
  expect((await run(['--help'])).stdout).toMatch(/^Examples\n {2}derive /)
  expect((await run(['--version'])).stdout).toBe('1.2.3\n')
})

test.each([
  '<script>alert(1)</script>',
  '\\mathrm{<script>}^2',
  '"><img src=x onerror=alert(1)>',
  '\\href{javascript:x}{y}',
])('no markup of a user reaches a page: %s', async (hostile) => {
  for (const argv of [
    [hostile, '--format', 'html'],
    [owner, '--let', `q = ${hostile}`, '--format', 'html'],
    ['x^2', '--wrt', hostile, '--format', 'html'],
  ]) {
    const { stdout } = await run(argv)
    expect(stdout).not.toContain('<script>alert')
    expect(stdout).not.toContain('<img src=x')
    expect(stdout).not.toContain('javascript:')
  }
})
