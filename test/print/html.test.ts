import { expect, test } from 'vitest'
import type { Derivation } from '../../src/derivation/step.ts'
import { renderHtml } from '../../src/print/index.ts'
import { makePostDerivation } from '../support/post-derivation.ts'

const post = makePostDerivation()

test('a document is complete in itself', async () => {
  const html = await renderHtml({ ...post, title: 'Least squares' })
  expect(html).toMatch(/^<!doctype html>/)
  expect(html).toContain('<title>Least squares</title>')
  expect(html.length).toBeLessThan(400_000)
  expect(html).not.toContain('cc0000')
  expect(html.match(/\b(?:src|href)="(?!#)[^"]*"/g)).toBeNull()
  expect(html.match(/url\((?!data:)/g)).toBeNull()
  expect(html).not.toContain('aria-label')
  expectBalanced(html)
})

test('a step is a list item with its formula, rules, reasons and marks', async () => {
  const html = await renderHtml(post, { fragment: true })
  expect(html.match(/<li id="step-\d-\d"/g)).toHaveLength(12)
  expect(html).toContain('<p class="gradus-labels">factor rule</p><p>this is the factor rule</p>')
  expect(html.match(/class="enclosing gradus-mark"/g)?.length).toBeGreaterThanOrEqual(12)
  expect(html.match(/<math /g)).toHaveLength(14)
  expect(html).not.toMatch(/<style|<script|<html/)
  expectBalanced(html)
})

test('nothing from the user becomes markup', async () => {
  const evil = '<script>alert("x")</script>'
  const [first] = post.partials
  const named = post.store.symbol(evil)
  const term = post.store.add([named, post.store.symbol('\\href{javascript:1}{x}')])
  const hostile: Derivation = {
    ...first!,
    variables: [named],
    result: term,
    lines: () => [{ term, labels: [evil, '"onclick="'], because: [evil], marks: [[0]], conditions: [] }],
  }
  const html = await renderHtml({
    ...post,
    partials: [hostile],
    loss: term,
    title: evil,
    closing: [evil],
    name: evil,
  })
  expect(html.match(/<script>/g)).toHaveLength(1)
  expect(html).not.toContain('href="javascript')
  expect(html).not.toContain('cc0000')
  expectBalanced(html)
})

/** Every element that is opened is closed, in order. */
function expectBalanced(html: string): void {
  const open: string[] = []
  const content = html
    .replace(/<(style|script|textarea)\b[^>]*>[\s\S]*?<\/\1>/g, '')
    .replace(/<!doctype[^>]*>/, '')
  for (const [, closing, name, rest] of content.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/g)) {
    if (rest?.endsWith('/') || ['meta', 'br', 'img', 'hr', 'link'].includes(name!)) continue
    if (closing === '') open.push(name!)
    else expect(open.pop()).toBe(name)
  }
  expect(open).toEqual([])
}
