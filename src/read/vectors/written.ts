import type { Linked, Span, Surface, Token } from '../surface.ts'
import * as s from '../surface-builders.ts'
import type { Factor } from './shape.ts'

/** Trees that no text has, made of parts of one. */

export function listOf<T>(values: readonly T[]): Linked<T> {
  let list: Linked<T> | undefined
  for (const value of values) list = s.linked(list, value)
  return list!
}

export function tokenOf(value: string, at: Span): Token {
  return { type: '', value, at: at.at, end: at.end }
}

export function two(at: Span): Surface {
  return s.number(tokenOf('2', at))
}

export function power(base: Surface, exponent: Surface): Surface {
  return s.power(base, exponent)
}

export function times(left: Surface, right: Surface): Surface {
  return s.chain(left, { type: 'times', value: '*', at: right.at, end: right.at }, right)
}

export function chainOf(factors: readonly Factor[]): Surface {
  let result: Surface | undefined
  for (const { node, op } of factors) {
    const sign = { type: op === '/' ? 'divide' : 'times', value: '*', at: node.at, end: node.at }
    result = result === undefined ? node : s.chain(result, sign, node)
  }
  return result!
}

export function grouped(body: Surface): Surface {
  return { kind: 'group', at: body.at, end: body.end, depth: body.depth, body }
}
