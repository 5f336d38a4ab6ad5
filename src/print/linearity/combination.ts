import type { Linearity } from '../../derivation/linearity.ts'
import { printTerm } from '../term.ts'
import type { Wording } from './wording.ts'

/** ∇J from the gradients of the micro-batches B. */
export function combinationFormula(
  { combination, weight, index, scale, count, rest }: Linearity,
  wording: Wording,
): string {
  if (combination === undefined) return ''
  const J = wording.loss
  const once = combination.restOnce
  const size = count === undefined ? 'N' : wording.print(count)
  const each = once
    ? wording.words(`\\nabla (${J}_B - R_B)`, `∇(${J}_B − R_B)`, `grad (${J}_B - R_B)`)
    : wording.words(`\\nabla ${J}_B`, `∇${J}_B`, `grad ${J}_B`)
  const added = once ? wording.words(' + \\nabla R', ' + ∇R', ' + grad R') : ''
  const restName =
    once && rest !== undefined ? `${wording.words(', \\quad ', ', ', ', ')}R = ${wording.print(rest)}` : ''
  const whole = wording.words(`\\nabla ${J}`, `∇${J}`, `grad ${J}`)
  const sum = (factor: string) =>
    `${whole} = ${wording.words('\\sum_B ', 'Σ_B ', 'sum_B ')}${factor}${each}${added}${restName}`
  switch (combination.by) {
    case 'sum':
      return sum('')
    case 'size':
      return sum(wording.words(`\\frac{n_B}{${size}} `, `(n_B/${size})·`, `n_B/${size}*`))
    case 'scale': {
      const factor = scale === undefined ? '1' : wording.print(scale)
      const formula = sum(
        wording.words(`\\frac{c(${size})}{c(n_B)} `, `(c(${size})/c(n_B))·`, `c(${size})/c(n_B)*`),
      )
      return `${formula}${wording.words(', \\quad ', ', ', ', ')}c(${size}) = ${factor}`
    }
    case 'statistic': {
      const factor = scale === undefined ? '1' : wording.print(scale)
      const formula = sum(wording.words('\\frac{c}{c_B} ', '(c/c_B)·', 'c/c_B*'))
      return `${formula}${wording.words(', \\quad ', ', ', ', ')}c = ${factor}`
    }
    case 'weight': {
      const weights = weight === undefined || index === undefined ? 'v' : wording.print(weight)
      const i = index === undefined ? 'i' : wording.print(index)
      const formula = sum(wording.words('\\frac{V_B}{V} ', '(V_B/V)·', 'V_B/V*'))
      return wording.words(
        `${formula}, \\quad V_B = \\sum_{${i} \\in B} ${weights}, \\quad V = \\sum_B V_B`,
        `${formula}, V_B = Σ_{${i} ∈ B} ${weights}, V = Σ_B V_B`,
        `${formula}, V_B = sum(${i} in B, ${weights}), V = sum_B V_B`,
      )
    }
  }
}

/** One line of training code a micro-batch, with which the gradients add up to that of the whole batch. */
export function trainingCode({ combination, weight, count, scale }: Linearity): string {
  if (combination === undefined) return ''
  const loss = combination.restOnce ? '(loss - rest)' : 'loss'
  const size = count === undefined ? 'N' : printTerm(count, 'ascii')
  const after = combination.restOnce ? '; once: rest.backward()' : ''
  switch (combination.by) {
    case 'size':
      return `(${loss} * len(batch) / ${size}).backward()${after}`
    case 'sum':
      return `${loss}.backward()${after}`
    case 'scale': {
      const factor = scale === undefined ? '1' : printTerm(scale, 'ascii')
      return `(${loss} * c(${size}) / c(len(batch))).backward()  # c(${size}) = ${factor}${after}`
    }
    case 'statistic': {
      const factor = scale === undefined ? '1' : printTerm(scale, 'ascii')
      return `(${loss} * c / c_batch).backward()  # c = ${factor} of all samples, c_batch of the micro-batch${after}`
    }
    case 'weight': {
      const weights = weight === undefined ? 'v' : printTerm(weight, 'ascii')
      return `((v * l).sum() / v_total).backward()  # v = ${weights} of the micro-batch, v_total its sum over all${after}`
    }
  }
}
