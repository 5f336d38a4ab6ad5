import { describe, expect, test } from 'vitest'
import { TermStore } from '../../src/term/store.ts'
import { compileTemplate } from '../../src/term/template.ts'

const store = new TermStore()
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => store.symbol(name)) as [
  ReturnType<TermStore['symbol']>,
  ReturnType<TermStore['symbol']>,
  ReturnType<TermStore['symbol']>,
  ReturnType<TermStore['symbol']>,
]
const one = store.number(1)
const two = store.number(2)
const read = (text: string) => compileTemplate(text)(store, new Map())

describe('structure', () => {
  test.each([
    ['a + b - c', store.add([a, b, store.neg(c)])],
    ['a + (b + c)', store.add([a, store.add([b, c])])],
    ['a*b*c', store.mul([a, b, c])],
    ['a*b/c*d', store.mul([store.div(store.mul([a, b]), c), d])],
    ['1/2*a', store.mul([store.div(one, two), a])],
    ['-a*b', store.neg(store.mul([a, b]))],
    ['-a^2', store.neg(store.pow(a, two))],
    ['a^-b^c', store.pow(a, store.neg(store.pow(b, c)))],
    ['a^b^c', store.pow(a, store.pow(b, c))],
    ['0.1*a', store.mul([store.number('0.1'), a])],
    ['f(a, b + 1)', store.call('f', [a, store.add([b, one])])],
    ['if(a >= b, c, 1)', store.piecewise([store.relation('>=', a, b), c, one])],
    ['a != 1', store.relation('!=', a, one)],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  test('bindings replace names, with their loose indices as they are', () => {
    const x = store.symbol('x', [store.bound(0)])
    expect(compileTemplate('sin(u)^2')(store, new Map([['u', x]]))).toBe(
      store.pow(store.call('sin', [x]), two),
    )
  })

  test.each(['a +', '(a', 'a b', '*a', 'a $ b', 'f()', ''])('%j is refused', (text) => {
    expect(() => compileTemplate(text)).toThrow(SyntaxError)
  })
})
