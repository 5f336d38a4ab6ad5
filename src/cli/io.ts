/** All that the command touches outside itself; a test passes its own. */
export interface Io {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readFile(path: string): AsyncIterable<string>
  writeFile(path: string, text: string): Promise<void>
  /** A path for a file that nobody asked to keep. */
  temporaryFile(name: string): Promise<string>
  /** Shows a file in the program the system has for it. */
  open(path: string): Promise<void>
  /** Runs the command again in a process of its own that is ended after so many seconds. */
  runWithin(seconds: number, argv: readonly string[]): Promise<number | 'timeout'>
}

export interface Input {
  readonly isTerminal: boolean
  /** The text in pieces, as it comes. */
  chunks(): AsyncIterable<string>
}

export interface Output {
  readonly isTerminal: boolean
  /** Settles when more may be written, so that a slow reader holds the writer back. */
  write(text: string): Promise<void>
}

/** Longer inputs are refused: nobody writes such a loss, and reading it would only use up memory. */
export const maxInputLength = 16 * 2 ** 20

/** Everything there is to read; `undefined` where it is longer than the limit. */
export async function readAll(chunks: AsyncIterable<string>): Promise<string | undefined> {
  const parts: string[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > maxInputLength) return undefined
    parts.push(chunk)
  }
  return parts.join('').replace(/^\uFEFF/, '')
}

/** The lines without their ends; `undefined` stands for a line longer than the limit. */
export async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  // Pieces of the line that has not ended yet: joined once, or a long line would cost quadratic time.
  let pending: string[] = []
  let length = 0
  const finish = () => {
    const line = length > maxInputLength ? undefined : pending.join('').replace(/\r$/, '')
    pending = []
    length = 0
    return line
  }
  const append = (piece: string) => {
    length += piece.length
    if (length > maxInputLength) pending = []
    else pending.push(piece)
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      append(chunk.slice(start, end))
      yield finish()
      start = end + 1
    }
    if (start < chunk.length) append(chunk.slice(start))
  }
  if (length > 0) yield finish()
}
