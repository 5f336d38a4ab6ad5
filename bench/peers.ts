import { derive, print } from 'gradus'
import { derivative } from 'mathjs'
import nerdamer from 'nerdamer'
import 'nerdamer/Calculus.js'
import { measure, printTable, showTime } from './measure.ts'

const losses = [
  ['(y-m*x-b)^2', 'm'],
  ['log(1+exp(-y*(w*x+b)))', 'w'],
  ['sin(x)^2*exp(3*x)/(1+x^2)', 'x'],
] as const

/** Scalar losses, which the peers can read too: from the text to the text of the derivative. */
export function benchPeers(): void {
  const rows = losses.flatMap(([text, variable]) => {
    const options = { wrt: [variable] }
    const ours = measure(() => print(derive(text, options).partials[0]!.result, 'ascii'))
    const tasks: [string, () => unknown][] = [
      ['gradus, with steps, as LaTeX', () => print(derive(text, options), 'latex')],
      ['mathjs', () => derivative(text, variable).toString()],
      ['mathjs, not simplified', () => derivative(text, variable, { simplify: false }).toString()],
      ['nerdamer', () => nerdamer.diff(text, variable).toString()],
    ]
    return [
      [`${text} by ${variable}`, 'gradus', showTime(ours), '1.00'],
      ...tasks.map(([name, act]) => {
        const each = measure(act)
        return ['', name, showTime(each), (each / ours).toFixed(2)]
      }),
    ]
  })
  printTable('Beside peers, from the text to the derivative, warm', ['loss', '', 'time', 'ratio'], rows)
}
