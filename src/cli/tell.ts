import type { Io } from './io.ts'

/** Something worth knowing that is not the result. */
export async function note(io: Io, text: string): Promise<void> {
  await io.stderr.write(`${paint(io, dim, text)}\n`)
}

/** Something that may not be what was meant. */
export async function warn(io: Io, text: string): Promise<void> {
  await io.stderr.write(`${paint(io, yellow, 'gradus: warning:')} ${text}\n`)
}

/** The reason why there is no result, and what to do about it. */
export async function fault(io: Io, text: string, hint = ''): Promise<void> {
  await io.stderr.write(`${paint(io, red, 'gradus:')} ${text}\n${hint === '' ? '' : `  ${hint}\n`}`)
}

/** What to say of a failure that has no place in the text. */
export function messageOf(error: unknown): string {
  // The stack of a recursion that went too deep says nothing to a person.
  if (error instanceof RangeError) return 'the expression is too large or nested too deeply'
  return error instanceof Error ? error.message : String(error)
}

const dim = 2
const red = 31
const yellow = 33

/** Colour only for a person who looks at a terminal and has not asked for none (no-color.org). */
function paint({ stderr, env }: Io, code: number, text: string): string {
  const plain = !stderr.isTerminal || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb'
  return plain ? text : `\u001B[${code}m${text}\u001B[0m`
}
