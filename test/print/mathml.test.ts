import { describe, expect, test } from 'vitest'
import { derive, parse, print } from '../../src/index.ts'
import { lossOptions, readLossCases } from '../support/cases.ts'
import { byKatex, isWellFormed, visible } from '../support/mathml.ts'

describe('every loss and gradient of the corpus says in MathML what KaTeX says of its LaTeX', () => {
  test.each(readLossCases().map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
    const derived = derive(entry.ascii, lossOptions(entry))
    for (const term of [derived.reading.loss, ...derived.partials.map(({ result }) => result)]) {
      const mathml = print(term, 'mathml')
      expect(isWellFormed(mathml)).toBe(true)
      expect(visible(mathml)).toBe(visible(byKatex(print(term, 'latex'))))
    }
  })
})

test('arguments of an element are one element each', () => {
  const arities = { mfrac: 2, msub: 2, msup: 2, msubsup: 3, mroot: 2, munder: 2, munderover: 3 }
  const text = print(parse('sum(i=1..n, x_i^(a+b)/(1+cbrt(y_{i,2}))) + max(k=1..K, theta_k^2)'), 'mathml')
  for (const [name, count] of Object.entries(arities)) {
    for (const inner of childrenOf(text, name))
      expect({ name, inner: inner.length }).toEqual({ name, inner: count })
  }
})

/** The children of each element of a name. */
function childrenOf(mathml: string, name: string): string[][] {
  const found: string[][] = []
  const stack: { readonly name: string; readonly children: string[] }[] = []
  for (const [, end, tag] of mathml.matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
    if (end !== '/') {
      stack.at(-1)?.children.push(tag!)
      stack.push({ name: tag!, children: [] })
    } else {
      const closed = stack.pop()!
      if (closed.name === name) found.push(closed.children)
    }
  }
  return found
}

test('a name is text, whatever it is', () => {
  const derived = derive('a*x', { wrt: ['a'], data: ['x'] })
  const { store } = derived.reading
  const mathml = print(store.symbol('<script>&"'), 'mathml')
  expect(mathml).toContain('<mi>&lt;script&gt;&amp;&quot;</mi>')
})

describe('a derivation in MathML', () => {
  const derived = derive('1/N*sum((y-m*x-b)^2)', { order: 2 })
  const mathml = print(derived, 'mathml')

  test('has a table a derivation, the gradient, the Hessian and the closing sentence', () => {
    expect(isWellFormed(mathml)).toBe(true)
    const blocks = mathml.split('\n')
    expect(
      blocks.every((block) => block.startsWith('<math xmlns="http://www.w3.org/1998/Math/MathML"')),
    ).toBe(true)
    expect(blocks).toHaveLength(2 + 3 + 2 + derived.closing.length)
    expect(blocks[0]!.match(/<mtr>/g)).toHaveLength(derived.partials[0]!.lines().length)
    expect(blocks[0]).toContain('<mtext>factor rule</mtext>')
  })

  test('says what the LaTeX says, as KaTeX reads it', () => {
    const latex = print(derived, 'latex', { env: 'aligned', labels: 'none' }).split('\n\n')
    const own = print(derived, 'mathml', { labels: 'none' }).split('\n')
    for (let i = 0; i < 6; i++) expect(visible(own[i]!)).toBe(visible(byKatex(latex[i]!)))
  })
})
