import { describe, expect, test } from 'vitest'
import { print } from '../../src/library/print.ts'
import { readLoss } from '../../src/read/index.ts'

const read = (text: string) => {
  const { loss, scope } = readLoss(text, {})
  return { ascii: print(loss, 'ascii'), parameters: scope.namesWithRole('parameter') }
}

describe('functions by the names that programs have for them', () => {
  test.each([
    ['log_sigmoid(w)', 'logsigmoid(w)'],
    ['leaky_relu(2*w)', 'leakyrelu(2*w)'],
    ['log_ndtr(w)', 'lognormcdf(w)'],
    ['\\operatorname{LeakyReLU}(w)', 'leakyrelu(w)'],
    ['\\mathrm{logit}(w)', 'logit(w)'],
    ['ELU(w)', 'elu(w)'],
    ['betaln(a, b)', 'lbeta(a, b)'],
  ])('%s is %s', (text, ascii) => {
    expect(read(text).ascii).toBe(ascii)
  })
})

describe('words that are also names of variables', () => {
  test.each([
    ['softplus(logit)', ['logit']],
    ['clip + elu^2', ['clip', 'elu']],
    ['2*mish*w', ['mish', 'w']],
    ['theta_max*(w + 1)', ['theta_max', 'w']],
  ])('%s', (text, parameters) => {
    expect(read(text).parameters.toSorted()).toEqual(parameters.toSorted())
  })

  test('a definition takes the word', () => {
    expect(read('let logit = w*v; softplus(logit)').ascii).toBe('softplus(logit)')
  })
})
