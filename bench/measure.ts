/** The median time of one call in microseconds, warm: several runs, each of many calls. */
export function measure(act: () => unknown, { warmUp = 400, run = 120, runs = 7 } = {}): number {
  const started = performance.now()
  let calls = 0
  do {
    act()
    calls++
  } while (performance.now() - started < warmUp)
  const each = Math.max(1, Math.round(calls * (run / (performance.now() - started))))
  return median(Array.from({ length: runs }, () => time(act, each)))
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

function time(act: () => unknown, calls: number): number {
  const from = performance.now()
  for (let i = 0; i < calls; i++) act()
  return ((performance.now() - from) * 1000) / calls
}

/** `12.3 µs`, with three digits that count. */
export function showTime(microseconds: number): string {
  if (microseconds < 1000) return `${microseconds.toPrecision(3)} µs`
  if (microseconds < 1e6) return `${(microseconds / 1000).toPrecision(3)} ms`
  return `${(microseconds / 1e6).toPrecision(3)} s`
}

/** Prints rows under a heading, each column as wide as its widest cell, all but the first to the right. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const write = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('   ')
  console.log(`\n${title}\n${write(head)}\n${widths.map((width) => '-'.repeat(width)).join('   ')}`)
  for (const row of rows) console.log(write(row))
}
