import { functionSpellings, letterNames, styleCommands } from '../spelling.ts'
import { suggest } from '../suggest.ts'
import type { Token } from '../surface.ts'
import { takeNormalDensity, takeSeparatingSign } from './applications.ts'
import { takeArgument } from './arguments.ts'
import { takeBig } from './big-operators.ts'
import { takeBar } from './brackets.ts'
import { takeFraction, takeNabla, takePartial } from './derivatives.ts'
import { expectationEnd, takeExpectation } from './expectations.ts'
import { indicatorEnd, takeFunction, takeIndicator } from './functions.ts'
import { takeReading } from './names.ts'
import { takeDots, takeElement } from './sets.ts'
import type { TokenFilter } from './token-filter.ts'

const comparisons: ReadonlyMap<string, string> = new Map([
  ['\\le', '<='],
  ['\\leq', '<='],
  ['\\leqslant', '<='],
  ['\\ge', '>='],
  ['\\geq', '>='],
  ['\\geqslant', '>='],
  ['\\lt', '<'],
  ['\\gt', '>'],
  ['\\ne', '!='],
  ['\\neq', '!='],
  ['\\in', 'in'],
  ['≤', '<='],
  ['⩽', '<='],
  ['≥', '>='],
  ['⩾', '>='],
  ['≠', '!='],
  ['∈', 'in'],
])
const operators: ReadonlyMap<string, string> = new Map([
  ['\\cdot', 'times'],
  ['\\times', 'times'],
  ['\\ast', 'times'],
  ['\\odot', 'times'],
  ['\\circ', 'times'],
  ['\\div', 'divide'],
  ['\\land', 'and'],
  ['\\wedge', 'and'],
  ['\\lor', 'or'],
  ['\\vee', 'or'],
  ['\\lnot', 'not'],
  ['\\neg', 'not'],
  ['\\ldots', 'dots'],
  ['\\dots', 'dots'],
  ['\\cdots', 'dots'],
  ['\\colon', 'colon'],
])
const fractions: ReadonlySet<string> = new Set(['\\frac', '\\tfrac', '\\dfrac', '\\cfrac'])
const bigCommands: ReadonlyMap<string, string> = new Map([
  ['\\sum', 'sum'],
  ['\\prod', 'prod'],
])
const knownCommands = [
  '\\sum',
  '\\prod',
  '\\max',
  '\\min',
  '\\partial',
  '\\nabla',
  '\\sqrt',
  '\\substack',
  '\\cdot',
  '\\times',
]

/** A LaTeX command, which is a sign, an operator, a letter or a function. */
export function takeCommand(filter: TokenFilter, token: Token): void {
  const { value } = token
  const next = filter.position + 1
  const compared = comparisons.get(value)
  if (compared !== undefined) {
    if (compared === 'in') takeElement(filter, token)
    else filter.operator('compare', token, compared)
    return
  }
  const operator = operators.get(value)
  if (operator === 'dots') {
    takeDots(filter, token)
    return
  }
  if (operator !== undefined) {
    filter.operator(operator, token)
    return
  }
  if (fractions.has(value)) {
    takeFraction(filter, token)
    return
  }
  const summed = bigCommands.get(value)
  if (summed !== undefined) {
    takeBig(filter, token, summed, next)
    return
  }
  switch (value) {
    case '\\max':
    case '\\min':
      if (filter.raw[next]?.type === 'sub') {
        takeBig(filter, token, value.slice(1), next)
        return
      }
      takeFunction(filter, token, 'func', value.slice(1), next)
      return
    case '\\sqrt':
      filter.startOperand(token, false)
      filter.emit('root', token)
      takeArgument(filter, next, token, 0, true)
      return
    case '\\substack':
      if (unstack(filter)) return
      break
    case '\\partial':
      takePartial(filter, token)
      return
    case '\\nabla':
      takeNabla(filter, token)
      return
    case '\\mid':
      if (takeSeparatingSign(filter, token)) return
      takeBar(filter, token)
      return
  }
  if (indicatorEnd(filter) !== undefined) {
    takeIndicator(filter, token, indicatorEnd(filter)!)
    return
  }
  if (takeNormalDensity(filter, token)) return
  const expected = expectationEnd(filter)
  if (expected !== undefined) {
    takeExpectation(filter, token, expected)
    return
  }
  const reading = filter.words.nameAt(filter.position)
  if (reading !== undefined) {
    takeReading(filter, token, reading)
    return
  }
  const func = functionSpellings().commands.get(value)
  if (func !== undefined) {
    takeFunction(filter, token, 'func', func, next)
    return
  }
  if (styleCommands.has(value)) {
    filter.position = next
    return
  }
  const known = suggest(value.slice(1), [
    ...[...functionSpellings().commands.keys(), ...letterNames.keys(), ...fractions, ...knownCommands]
      .filter((name) => name.startsWith('\\'))
      .map((name) => name.slice(1)),
  ])
  const missing = /^\\(text|mathrm|operatorname|hat|bar|tilde|vec|dot|begin|end)$/.test(value)
  filter.fail(token, {
    message: missing ? `${value} needs an argument in braces` : `unknown command ${value}`,
    hint: known && !missing ? `did you mean \\${known}?` : undefined,
    expected: missing ? ['{…}'] : [],
  })
}

/** `\substack{j=1 \\ j \ne k}` below a sum is the list of its rows. */
function unstack({ raw, position }: TokenFilter): boolean {
  if (raw[position + 1]?.value !== '{') return false
  let depth = 0
  for (let i = position + 1; i < raw.length; i++) {
    const token = raw[i]!
    if (token.value === '{') depth++
    if (token.value === '}') depth--
    if (depth === 1 && token.type === 'newRow') raw[i] = { ...token, type: 'comma', value: ',' }
    if (depth > 0) continue
    raw.splice(i, 1)
    raw.splice(position, 2)
    return true
  }
  return false
}

/** A sign that compares, in any spelling. */
export function takeComparison(filter: TokenFilter, token: Token): void {
  const value = comparisons.get(token.value) ?? (token.value === '==' ? '=' : token.value)
  if (value === 'in') takeElement(filter, token)
  else filter.operator('compare', token, value)
}
