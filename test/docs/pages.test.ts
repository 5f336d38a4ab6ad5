import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import katex from 'katex'
import { describe, expect, test } from 'vitest'
import { fillPage, pages } from '../../docs/page.ts'
import { runCommand } from '../../src/cli/command.ts'
import type { Io } from '../../src/cli/io.ts'
import * as library from '../../src/index.ts'

/** The pages of docs/ are what their commands print now. */

const root = fileURLToPath(new URL('../..', import.meta.url))

async function run(argv: readonly string[]): Promise<string> {
  let written = ''
  const silent = { isTerminal: false, write: async () => {} }
  const io: Io = {
    stdin: { isTerminal: true, async *chunks() {} },
    stdout: {
      isTerminal: false,
      write: async (text) => {
        written += text
      },
    },
    stderr: silent,
    env: {},
    async *readFile(path) {
      yield readFileSync(join(root, path), 'utf8')
    },
    writeFile: async () => {},
    temporaryFile: async (name) => name,
    open: async () => {},
    runWithin: async () => 'timeout',
  }
  const code = await runCommand(argv, io, library, '0.0.0')
  expect(code, argv.join(' ')).toBeLessThan(2)
  return written
}

describe.each(pages)('%s', (name) => {
  const page = readFileSync(join(root, 'docs', name), 'utf8')

  test('is what its commands print now; else run: npm run docs', async () => {
    expect(await fillPage(page, run)).toBe(page)
  })

  test('has formulas that KaTeX renders', () => {
    const formulas = [...page.matchAll(/\$\$\n([\s\S]*?)\n\$\$/g)]
    expect(formulas.length).toBeGreaterThan(5)
    for (const [, latex] of formulas) {
      const html = katex.renderToString(latex!, { displayMode: true, strict: 'error', throwOnError: true })
      expect(html).not.toContain('#cc0000')
    }
  })
})
