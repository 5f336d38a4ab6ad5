import { BeyondLimit } from './exit-code.ts'
import { type Io, maxInputLength, readAll } from './io.ts'
import { UsageError } from './options.ts'
import { note, warn } from './tell.ts'

/** Where the text of a command comes from, and where its result goes. */

/** All of a file or a pipe; `failure` says what could not be read. */
export async function readInput(failure: string, chunks: AsyncIterable<string>): Promise<string> {
  const text = await orSay(failure, () => readAll(chunks))
  if (text === undefined) throw new BeyondLimit(`the input is longer than ${maxInputLength} characters`)
  return text.replace(/\s+$/, '')
}

/** Writes the result to where it is wanted. */
export async function deliver(result: string, file: string | undefined, io: Io, open = false): Promise<void> {
  if (file === undefined || file === '-') return io.stdout.write(result)
  await orSay(`cannot write ${file}`, () => io.writeFile(file, result))
  await note(io, `written to ${file}`)
  if (!open) return
  try {
    await io.open(file)
  } catch {
    await warn(io, `no program was found that shows it; open ${file} in a browser`)
  }
}

/** Failures of files and pipes are the user's to mend, so they are told in a sentence. */
export async function orSay<T>(failure: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error) || error.code === 'EPIPE') throw error
    throw new UsageError(`${failure}: ${reasons.get(String(error.code)) ?? error.message}`, '')
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or folder'],
  ['EACCES', 'not permitted'],
  ['EISDIR', 'it is a folder'],
  ['ENOSPC', 'the disk is full'],
])
