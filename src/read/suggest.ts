/** The known name most like a misspelled one, if any is like it. */
export function suggest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = written.length <= 3 ? 1.5 : written.length <= 6 ? 2.5 : 3.5
  for (const candidate of known) {
    if (Math.abs(candidate.length - written.length) > 3 || candidate.length < 2) continue
    const distance = editDistance(written.toLowerCase(), candidate.toLowerCase())
    // Of two that are as near, the one of the same length: letters are swapped more often than lost.
    const isNearer =
      distance < bestDistance || (distance === bestDistance && candidate.length === written.length)
    if (isNearer && distance < candidate.length / 2 + 0.5) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforePrevious[j - 2]! + 1)
      }
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length]!
}
