import { derive, parse, print } from 'gradus'
import { measure, printTable, showTime } from './measure.ts'

/** The line the project is measured by: from the text to the derivations of both partials. */
export function benchOwnersLine(): void {
  const line = '1/N*sum((y-m*x-b)^2)'
  const tasks: [string, () => unknown][] = [
    ['read the text', () => parse(line)],
    ['both results', () => derive(line)],
    ['both results, every micro-step', () => derive(line).partials.map(({ steps }) => steps.length)],
    ['both derivations as LaTeX (aim: 500 µs)', () => print(derive(line), 'latex')],
  ]
  const rows = tasks.map(([name, act]) => {
    const each = measure(act)
    return [name, showTime(each), Math.round(1e6 / each).toLocaleString('en')]
  })
  printTable(`The owner's line, ${line}, warm`, ['from the text to', 'time', 'a second'], rows)
}
