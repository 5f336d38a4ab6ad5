import { expect, test } from 'vitest'
import { evaluate } from '../../src/index.ts'

const z = [0.3, -1.2, 2]
const total = z.reduce((sum, value) => sum + Math.exp(value), 0)

test('logsumexp over an index is the logarithm of the sum of exponentials', () => {
  expect(evaluate('logsumexp(k=1..K, z_k)', { K: 3, z })).toBeCloseTo(Math.log(total), 14)
})

test('softmax over an index is the entry of that index, which is bound outside', () => {
  const entropy = -z.reduce(
    (sum, value) => sum + (Math.exp(value) / total) * Math.log(Math.exp(value) / total),
    0,
  )
  const text = '-sum(k=1..K, softmax(k=1..K, z_k)*log(softmax(k=1..K, z_k)))'
  expect(evaluate(text, { K: 3, z })).toBeCloseTo(entropy, 14)
})
