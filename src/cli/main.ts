import { createReadStream, writeSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import * as library from '../index.ts'
import { exitCodes, runCommand } from './command.ts'
import type { Io, Output } from './io.ts'
import { openFile, runWithin } from './processes.ts'

/**
 * Writes without the streams of `process`, which cost a tenth of a cold start to set up; they are used where
 * the other end cannot take everything at once.
 */
function outputTo(descriptor: 1 | 2): Output {
  const streamOf = () => (descriptor === 1 ? process.stdout : process.stderr)
  let streaming = false
  return {
    get isTerminal() {
      return streamOf().isTTY === true
    },
    async write(text) {
      let rest: Uint8Array = Buffer.from(text)
      try {
        while (!streaming && rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest))
      } catch (error) {
        if (!isBusy(error)) return stopWriting(descriptor, error)
        streaming = true
        streamOf().on('error', (failure) => stopWriting(descriptor, failure))
      }
      if (rest.length === 0 || streamOf().write(rest)) return
      await new Promise((resolve) => streamOf().once('drain', resolve))
    },
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}

/** A reader that has seen enough, as `head` has, is no failure: what is left to do would be for nobody. */
function stopWriting(descriptor: 1 | 2, error: unknown): void {
  if (descriptor === 2) return
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(exitCodes.done)
  process.stderr.write(`gradus: cannot write to the standard output: ${String(error)}\n`)
  process.exit(exitCodes.badInput)
}

const io: Io = {
  stdin: {
    get isTerminal() {
      return process.stdin.isTTY === true
    },
    chunks: () => process.stdin.setEncoding('utf8'),
  },
  stdout: outputTo(1),
  stderr: outputTo(2),
  env: process.env,
  readFile: (path) => createReadStream(path, 'utf8'),
  writeFile,
  temporaryFile: async (name) => {
    const { tmpdir } = await import('node:os')
    return join(await mkdtemp(join(tmpdir(), 'gradus-')), name)
  },
  open: openFile,
  runWithin,
}

// Set, not exited with: a pipe may still have to take what was written.
void runCommand(process.argv.slice(2), io, library, manifest.version).then((code) => {
  process.exitCode = code
})
