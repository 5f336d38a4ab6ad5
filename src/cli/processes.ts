// Other processes are rarely needed and costly to load, so they are loaded when asked for.

/** Shows a file in the program the system has for it. */
export async function openFile(path: string): Promise<void> {
  const { spawn } = await import('node:child_process')
  const [program, args] = openerOf(path)
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}

function openerOf(path: string): [program: string, args: string[]] {
  if (process.platform === 'darwin') return ['open', [path]]
  if (process.platform === 'win32') return ['cmd', ['/c', 'start', '', path]]
  return ['xdg-open', [path]]
}

/**
 * Runs the command in a process that is ended after so many seconds; answers its exit code. A computation
 * cannot be interrupted from within.
 */
export async function runWithin(seconds: number, argv: readonly string[]): Promise<number | 'timeout'> {
  const { spawn } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [process.argv[1]!, ...argv], { stdio: 'inherit' })
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, seconds * 1000)
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      // Ended by someone else's signal: no answer was given.
      resolve(late ? 'timeout' : (code ?? 70))
    })
  })
}
