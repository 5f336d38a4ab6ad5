import type { Linearity } from '../../derivation/linearity.ts'
import { fraction, leaf, operator, row } from '../mathml.ts'
import { printTerm } from '../term.ts'
import type { Wording } from './wording.ts'

/** ∇J from the gradients of the micro-batches B. */
export function combinationFormula(
  { combination, weight, index, scale, count, rest }: Linearity,
  wording: Wording,
): string {
  if (combination === undefined) return ''
  const J = wording.loss
  const of = (letter: string, below: string) =>
    wording.words(
      `${letter}_${below}`,
      `${letter}_${below}`,
      `${letter}_${below}`,
      `<msub>${letter.startsWith('<') ? letter : leaf('mi', letter)}${leaf('mi', below)}</msub>`,
    )
  const name = (letter: string) => wording.words(letter, letter, letter, leaf('mi', letter))
  const B = name('B')
  const minus = wording.words(
    `(${of(J, 'B')} - R_B)`,
    `(${of(J, 'B')} − R_B)`,
    `(${of(J, 'B')} - R_B)`,
    row(operator('('), of(J, 'B'), operator('−'), of('R', 'B'), operator(')')),
  )
  const each = wording.gradient(combination.restOnce ? minus : of(J, 'B'))
  const overBatches = wording.words('\\sum_B ', 'Σ_B ', 'sum_B ', `<munder>${operator('∑')}${B}</munder>`)
  const added = combination.restOnce
    ? `${wording.words(' + ', ' + ', ' + ', operator('+'))}${wording.gradient(name('R'))}`
    : ''
  const sum = (factor: string): string => {
    const formula = wording.equation(wording.gradient(J), `${overBatches}${factor}${each}${added}`)
    if (!combination.restOnce || rest === undefined) return formula
    return `${formula}${wording.comma}${wording.equation(name('R'), wording.print(rest))}`
  }
  const ratio = (above: string, below: string) =>
    wording.words(
      `\\frac{${above}}{${below}} `,
      `(${above}/${below})·`,
      `${above}/${below}*`,
      fraction(above, below),
    )
  const also = (left: string, right: string) => `${wording.comma}${wording.equation(left, right)}`
  const size = count === undefined ? name('N') : wording.print(count)
  const factor = scale === undefined ? name('1') : wording.print(scale)
  switch (combination.by) {
    case 'sum':
      return sum('')
    case 'size':
      return sum(ratio(of('n', 'B'), size))
    case 'scale': {
      const c = (argument: string) =>
        wording.words(
          `c(${argument})`,
          `c(${argument})`,
          `c(${argument})`,
          row(leaf('mi', 'c'), operator('('), argument, operator(')')),
        )
      return `${sum(ratio(c(size), c(of('n', 'B'))))}${also(c(size), factor)}`
    }
    case 'statistic':
      return `${sum(ratio(name('c'), of('c', 'B')))}${also(name('c'), factor)}`
    case 'weight': {
      const weights = weight === undefined || index === undefined ? name('v') : wording.print(weight)
      const i = index === undefined ? name('i') : wording.print(index)
      const inBatch = wording.words(
        `\\sum_{${i} \\in B} ${weights}`,
        `Σ_{${i} ∈ B} ${weights}`,
        `sum(${i} in B, ${weights})`,
        `<munder>${operator('∑')}${row(i, operator('∈'), B)}</munder>${weights}`,
      )
      const total = also(name('V'), `${overBatches}${of('V', 'B')}`)
      return `${sum(ratio(of('V', 'B'), name('V')))}${also(of('V', 'B'), inBatch)}${total}`
    }
  }
}

/** One line of training code a micro-batch, with which the gradients add up to that of the whole batch. */
export function trainingCode({ combination, weight, count, scale }: Linearity): string {
  if (combination === undefined) return ''
  const loss = combination.restOnce ? '(loss - rest)' : 'loss'
  const size = count === undefined ? 'N' : printTerm(count, 'ascii')
  const once = combination.restOnce ? ['once: rest.backward()'] : []
  const line = (factor: string, ...remarks: readonly string[]): string => {
    const said = [...remarks, ...once].join('; ')
    return `${factor}.backward()${said === '' ? '' : `  # ${said}`}`
  }
  switch (combination.by) {
    case 'size':
      return line(`(${loss} * len(batch) / ${size})`)
    case 'sum':
      return line(loss)
    case 'scale': {
      const factor = scale === undefined ? '1' : printTerm(scale, 'ascii')
      return line(`(${loss} * c(${size}) / c(len(batch)))`, `c(${size}) = ${factor}`)
    }
    case 'statistic': {
      const factor = scale === undefined ? '1' : printTerm(scale, 'ascii')
      return line(`(${loss} * c / c_batch)`, `c = ${factor} of all samples, c_batch of the micro-batch`)
    }
    case 'weight': {
      const weights = weight === undefined ? 'v' : printTerm(weight, 'ascii')
      return line(
        `(${loss} * v.sum() / v_total)`,
        `v = ${weights} of the micro-batch, v_total its sum over all`,
      )
    }
  }
}
