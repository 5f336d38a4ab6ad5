import type { Counterexample } from '../../check/written/judge.ts'
import type { CheckedLine, CheckReport } from '../../check/written/report.ts'

/** The sentences that all formats of a report share. */

/** What is said beside a line; a line that is right only when read with charity gets a warning. */
export function warningOf(line: CheckedLine): string | undefined {
  if (line.because === undefined) return undefined
  return line.verdict === 'valid' && line.strict === 'invalid' ? `warning: ${line.because}` : line.because
}

export function counterexampleText({ env, line, previous }: Counterexample): string {
  const values = Object.entries(env).map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
  const where = values.length === 0 ? '' : `for ${values.join(', ')}: `
  return `${where}this line is ${line}, the line before ${previous}`
}

/** A few words for the margin; nothing beside a line that is right. */
export function remarkOf(line: CheckedLine): string | undefined {
  if (line.verdict === 'unreadable') return 'cannot be read'
  if (line.verdict === 'undecided') return 'undecided'
  const mistake = line.mistake?.replaceAll('-', ' ')
  return mistake ?? (line.label?.right === false ? 'wrong label' : undefined)
}

export const verdictSigns = { valid: '✓', invalid: '✗', unreadable: '✗', undecided: '?' } as const

export function linesOfEquation(
  { lines, equations }: CheckReport,
  equation: CheckReport['equations'][number],
): readonly CheckedLine[] {
  const next = equations[equations.indexOf(equation) + 1]?.firstLine ?? Number.POSITIVE_INFINITY
  return lines.filter(({ n }) => n >= equation.firstLine && n < next)
}

/** The verdict on the whole. */
export function summary({ lines, ok, firstInvalid }: CheckReport): string {
  const count = (test: (line: CheckedLine) => boolean) => lines.filter(test).map(({ n }) => n)
  const loose = count(({ verdict, strict }) => verdict === 'valid' && strict === 'invalid')
  const labels = count(({ label }) => label?.right === false)
  const undecided = count(({ verdict }) => verdict === 'undecided')
  const wrong = count(({ verdict }) => verdict === 'invalid' || verdict === 'unreadable')
  const parts: string[] = []
  if (lines.every(({ isStart }) => isStart))
    parts.push(
      'Nothing was judged: what is differentiated is not said, so each line is a start; give the loss.',
    )
  else if (ok) parts.push(lines.length === 1 ? 'The line is right.' : `All ${lines.length} lines follow.`)
  else if (firstInvalid === null)
    parts.push(`No line was found wrong; ${named(undecided)} could not be decided.`)
  else if (lines.length === 1) parts.push('The line is wrong.')
  else if (wrong.length === 1)
    parts.push(`${capital(named(wrong))} is wrong; the others follow from the lines before them.`)
  else parts.push(`The first error is in line ${firstInvalid}; wrong are ${named(wrong)}.`)
  if (loose.length > 0) parts.push(`Read literally, ${named(loose)} would be wrong: parentheses are missing.`)
  if (labels.length > 0) parts.push(`The name of the rule is wrong in ${named(labels)}.`)
  return parts.join(' ')
}

function named(numbers: readonly number[]): string {
  const last = numbers.at(-1)
  if (numbers.length === 1) return `line ${last}`
  return `lines ${numbers.slice(0, -1).join(', ')} and ${last}`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
