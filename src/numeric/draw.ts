import type { Value } from './environment.ts'
import type { Limits } from './survey.ts'

/** Intervals from which numbers are drawn; a loss with logarithms or roots is only defined in some. */
export const moods = ['signed', 'positive', 'unit', 'mixed'] as const
export type Mood = (typeof moods)[number]

/** An integer, a half or a quarter, small ones more often. */
export function drawRound({ low, high, values }: Limits, mood: Mood, random: () => number): number {
  const choices = values ?? roundNumbers[mood].filter((value) => value > (low ?? -9) && value < (high ?? 9))
  const inside = choices.length > 0 ? choices : [((low ?? high! - 2) + (high ?? low! + 2)) / 2]
  return inside[Math.floor(inside.length * random())]!
}

const roundNumbers: Readonly<Record<Mood, readonly number[]>> = {
  signed: [0, 1, -1, 2, -2, 3, 1],
  positive: [1, 2, 3, 4, 0.5],
  unit: [0.5, 0.25, 0.75],
  mixed: [1, 2, 0.5],
}

/** Few digits, so that a counterexample can be read. */
export function drawNumber({ low, high, values, sumsTo }: Limits, mood: Mood, random: () => number): number {
  if (values !== undefined) return values[Math.floor(values.length * random())]!
  const u = random()
  const sign = random() < 0.5 ? -1 : 1
  let value = sign * (0.2 + 1.5 * u)
  if (low !== undefined || high !== undefined) {
    const from = low ?? high! - 2
    const to = high ?? from + 2
    value = from + (to - from) * (0.03 + 0.94 * u)
    return value
  }
  if (mood === 'positive' || sumsTo !== undefined) value = 0.2 + 1.8 * u
  if (mood === 'unit') value = 0.05 + 0.9 * u
  return Math.round(value * 1000) / 1000
}

/** Numbers that are 0 but for one, along one index position. */
export function chooseOne(array: Value, sumsTo: NonNullable<Limits['sumsTo']>, random: () => number): void {
  const { position, total } = sumsTo
  const rows = array as Value[]
  if (position > 0) for (const row of rows) chooseOne(row, { position: position - 1, total }, random)
  else if (rows.every((row) => typeof row === 'number')) {
    const chosen = Math.floor(rows.length * random())
    for (const i of rows.keys()) rows[i] = i === chosen ? total : 0
  }
}

/** Scales the numbers along one index position so that they add up to the total. */
export function normalize(array: Value, position: number, total: number): void {
  if (typeof array !== 'object' || array === null) return
  if (position > 0) {
    for (const inner of Array.from(array)) normalize(inner, position - 1, total)
    return
  }
  scale(array as Value[], total)
}

function scale(rows: Value[], total: number): void {
  if (rows.every((row) => typeof row === 'number')) {
    const sum = rows.reduce<number>((all, row) => all + (row as number), 0)
    for (const [i, row] of rows.entries()) rows[i] = ((row as number) * total) / sum
    return
  }
  const length = (rows[0] as ArrayLike<Value>).length
  for (let i = 0; i < length; i++) {
    const column = rows.map((row) => (row as Value[])[i]!)
    scale(column, total)
    for (const [j, row] of rows.entries()) (row as Value[])[i] = column[j]!
  }
}
