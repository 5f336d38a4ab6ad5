import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { median, printTable } from './measure.ts'

/** The command from nothing to its output, beside node that does nothing. Run in turns: the machine drifts. */
export function benchColdStart(): void {
  const { bin }: { bin: { derive: string } } = JSON.parse(readFileSync('package.json', 'utf8'))
  const command = resolve(bin.derive)
  if (!existsSync(command)) {
    console.log('\nThe command is not built: npm run build')
    return
  }
  const tasks = [
    { name: 'node -e 0', args: ['-e', '0'], times: [] as number[] },
    { name: 'derive "1/N*sum((y-m*x-b)^2)"', args: [command, '1/N*sum((y-m*x-b)^2)'], times: [] as number[] },
  ]
  for (let round = 0; round < 21; round++) {
    for (const { args, times } of tasks) {
      const from = performance.now()
      const { status } = spawnSync(process.execPath, args, { stdio: 'pipe' })
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`)
      times.push(performance.now() - from)
    }
  }
  const bare = median(tasks[0]!.times)
  const rows = tasks.map(({ name, times }) => {
    const each = median(times)
    return [name, `${each.toFixed(1)} ms`, (each / bare).toFixed(2)]
  })
  printTable('Cold start, as built in dist/ (aim: ratio 1.5)', ['command', 'time', 'ratio'], rows)
}
