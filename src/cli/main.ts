#!/usr/bin/env node
import { createReadStream } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isatty } from 'node:tty'
import manifest from '../../package.json' with { type: 'json' }
import * as library from '../index.ts'
import { exitCodes, runCommand } from './command.ts'
import type { Io, Output } from './io.ts'

const io: Io = {
  // The streams of `process` are made when first touched, so an unread input costs nothing.
  stdin: { isTerminal: isatty(0), chunks: () => process.stdin.setEncoding('utf8') },
  stdout: outputTo(process.stdout),
  stderr: outputTo(process.stderr),
  env: process.env,
  readFile: (path) => createReadStream(path, 'utf8'),
  writeFile,
  temporaryFile: async (name) => join(await mkdtemp(join(tmpdir(), 'gradus-')), name),
  open: openFile,
  runWithin,
}

function outputTo(stream: NodeJS.WriteStream): Output {
  return {
    isTerminal: stream.isTTY === true,
    write: (text) =>
      new Promise((resolve) => {
        if (stream.write(text)) resolve()
        else stream.once('drain', resolve)
      }),
  }
}

function openFile(path: string): Promise<void> {
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', path]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', path]
        : ['xdg-open', path]
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}

/** A computation cannot be interrupted from within, so it gets a process of its own. */
function runWithin(seconds: number, argv: readonly string[]): Promise<number | 'timeout'> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [process.argv[1]!, ...argv], { stdio: 'inherit' })
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, seconds * 1000)
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve(late ? 'timeout' : (code ?? 1))
    })
  })
}

// A reader that has seen enough, as `head` has, is no failure: what is left to do would be for nobody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  process.stderr.write(`gradus: cannot write to the standard output: ${error.message}\n`)
  process.exit(exitCodes.badInput)
})
process.stderr.on('error', () => {})

// Set, not exited with: a pipe may still have to take what was written.
process.exitCode = await runCommand(process.argv.slice(2), io, library, manifest.version)
