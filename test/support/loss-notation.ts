import { LatexWriter } from './latex-writer.ts'
import type { Loss } from './loss-language.ts'
import type { Writer } from './loss-writer.ts'
import { PlainWriter } from './plain-writer.ts'
import { Chance } from './random-term.ts'

export interface WrittenLoss {
  readonly text: string
  readonly let: readonly string[]
}

/** The loss as people write it in the plain notation; the seed chooses among the ways. */
export function writePlain(loss: Loss, seed: number): WrittenLoss {
  return write(loss, new PlainWriter(new Chance(seed)))
}

/** The loss as people write it in LaTeX. */
export function writeLatex(loss: Loss, seed: number): WrittenLoss {
  return write(loss, new LatexWriter(new Chance(seed)))
}

function write(loss: Loss, writer: Writer): WrittenLoss {
  const { definitions, body } = loss
  writer.begin(loss)
  const lines = definitions.map((definition) => writer.definition(definition))
  const text = writer.write(body).text
  if (lines.length > 0 && writer.chance.happens(0.3))
    return { text: `let ${lines.join('; let ')}; ${text}`, let: [] }
  return { text, let: lines }
}
