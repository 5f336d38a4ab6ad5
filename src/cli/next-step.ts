import { deliver } from './delivery.ts'
import { exitCodes } from './exit-code.ts'
import type { Io } from './io.ts'
import type { DeriveOptions, Library, NextFormat } from './library.ts'
import { type Arguments, only, readCount, UsageError } from './options.ts'
import { note, warn } from './tell.ts'

const formats: readonly NextFormat[] = ['latex', 'text', 'ascii', 'json']

/** `derive EXPR --next`: the rule of the next step, so that one can go on alone; with `=line` the line too. */
export async function tellNextStep(
  text: string,
  options: DeriveOptions,
  args: Arguments,
  io: Io,
  library: Library,
): Promise<number> {
  const asked = only(args, 'format') ?? 'text'
  const format = formats.find((candidate) => candidate === asked)
  if (format === undefined) throw new UsageError(`--next prints ${formats.join(', ')}, not ${asked}`)
  if (args.switches.has('verify')) throw new UsageError('--verify is for a whole derivation, not for --next')
  const after = readCount(args, 'after', 0)
  const step = library.nextStep(text, { ...options, ...(after === undefined ? {} : { after }) })
  if (step === undefined) {
    await note(io, 'the derivation is done: there is no next step')
    return exitCodes.done
  }
  await note(io, step.sentence)
  for (const warning of step.warnings) await warn(io, warning)
  await note(io, `the next step of the derivative by ${step.wrt}:`)
  const shown = library.printNextStep(step, format, only(args, 'next') === 'line' ? 'line' : 'rule')
  await deliver(`${shown}\n`, only(args, 'output'), io)
  return exitCodes.done
}
