import type { Token } from '../surface.ts'
import { closers, type TokenFilter } from './token-filter.ts'

/** An argument of a command: in braces, or one sign. */
export function takeArgument(
  filter: TokenFilter,
  position: number,
  command: Token,
  rest: number,
  optional: boolean,
  opens = false,
): void {
  filter.position = position
  filter.ends = false
  const token = filter.raw[position]
  if (optional && token?.value === '[') {
    filter.open(token, 'li', 'ri', ']', { onClose: () => endArgument(filter, token, rest + 1, opens) })
    filter.position++
    return
  }
  if (token?.value === '{') {
    filter.open(token, 'lb', 'rb', '}', { onClose: () => endArgument(filter, token, rest, opens) })
    filter.position++
    return
  }
  if (token === undefined || token.value === '}') {
    const name = command.value.startsWith('\\') ? command.value : 'a fraction'
    const problem = {
      message: `${name} needs ${rest > 0 ? 'two arguments' : 'one more argument'}`,
      expected: ['{…}'],
    }
    filter.fail(token ?? { at: filter.text.length, end: filter.text.length }, problem)
    return
  }
  if (token.type === 'bracket' && command.type === 'root') {
    filter.emit('lb', token, '')
    filter.open(token, 'lp', 'rp', closers[token.value] ?? ')', {
      onClose: () => filter.emit('rb', token, ''),
    })
    filter.position++
    return
  }
  filter.emit('lb', token, '')
  if (token.type === 'number') {
    const single = filter.words.latex ? token.value.slice(0, 1) : token.value
    filter.emit('num', { ...token, end: token.at + single.length }, single)
    if (single.length === token.value.length) filter.position++
    else filter.raw[position] = { ...token, value: token.value.slice(1), at: token.at + 1 }
  } else if (token.type === 'partial') {
    filter.emit('partial', token)
    filter.position++
  } else {
    const reading = filter.words.nameAt(position)
    if (reading === undefined) {
      filter.fail(token, {
        message: `${command.value} needs an argument in braces`,
        expected: ['{…}'],
      })
      return
    }
    filter.emit('name', token, reading.value)
    filter.position = reading.next
  }
  filter.emit('rb', token, '')
  endArgument(filter, command, rest, opens)
}

function endArgument(filter: TokenFilter, command: Token, rest: number, opens: boolean): void {
  filter.ends = true
  if (rest > 0) takeArgument(filter, filter.position, command, rest - 1, false, opens)
  else if (opens) filter.suppressed = true
}
