import fc from 'fast-check'
import { Chance } from './random-term.ts'

/** A loss as a person types it, with what its names are. */
export interface DrawnLoss {
  readonly text: string
  readonly wrt: readonly string[]
  readonly data: readonly string[]
  readonly seed: number
  readonly size: number
}

/**
 * A random loss over the samples i: parameters m and b, weights w_j, data x_i, y_i and features z_{i,j}, made
 * of sums, nested sums, powers, quotients and functions. Arguments of logarithms and roots and denominators
 * are kept positive, so that most points lie in the domain.
 */
export function randomLoss(seed: number, size: number): DrawnLoss {
  const chance = new Chance(seed)

  const leaf = (inSample: boolean, inFeature: boolean): string => {
    const pick = chance.number()
    if (pick < 0.3) return chance.one(['m', 'b'])
    if (pick < 0.45) return chance.one(['2', '3', '0.5', 'lambda'])
    if (inFeature && pick < 0.8) return inSample && chance.happens(0.5) ? 'z_{i,j}' : 'w_j'
    return inSample ? chance.one(['x_i', 'y_i', 'x_i']) : chance.one(['m', 'b', 'w_1'].slice(0, 2))
  }

  const positive = (size: number, inSample: boolean, inFeature: boolean): string => {
    const inner = term(size - 2, inSample, inFeature)
    return chance.one([`1 + (${inner})^2`, `2 + sin(${inner})`, `1 + exp(${inner})`, `cosh(${inner})`])
  }

  const term = (size: number, inSample: boolean, inFeature: boolean): string => {
    if (size < 2) return leaf(inSample, inFeature)
    const part = () => term(size / 2, inSample, inFeature)
    switch (chance.below(14)) {
      case 0:
        return `${part()} + ${part()}`
      case 1:
        return `${part()} - (${part()})`
      case 2:
      case 3:
        return `(${part()})*(${part()})`
      case 4:
        return `(${part()})/(${positive(size / 2, inSample, inFeature)})`
      case 5:
        return `(${term(size - 1, inSample, inFeature)})^${chance.one(['2', '2', '3', '4'])}`
      case 6:
        return `(${positive(size - 1, inSample, inFeature)})^${chance.one(['0.5', '(1/3)', '(-1)', '(-3/2)', 'gamma'])}`
      case 7:
        return `${chance.one(['log', 'sqrt'])}(${positive(size - 1, inSample, inFeature)})`
      case 8:
      case 9: {
        const name = chance.one(['sin', 'cos', 'tanh', 'sigmoid', 'softplus', 'atan', 'erf', 'exp'])
        const inner = term(size - 1, inSample, inFeature)
        return name === 'exp' ? `exp(-(${inner})^2)` : `${name}(${inner})`
      }
      case 10:
        return `-(${term(size - 1, inSample, inFeature)})`
      case 11:
        return `(${positive(size / 2, inSample, inFeature)})^(${part()})`
      default:
        if (inFeature) return `(${part()})*(${part()})`
        return `sum(j=1..d, ${term(size - 1, inSample, true)})`
    }
  }

  const summand = term(size, true, false)
  const mean = chance.one(['1/N*', '', '-1/N*', '1/2*', '-', '1/(2*N)*'])
  const whole = `${mean}sum(i=1..N, ${summand})`
  const penalty = chance.one(['', '', ' + lambda*m^2', ' + lambda/2*sum(j=1..d, w_j^2)', ' + exp(-b)'])
  const outer = chance.happens(0.15) ? `${chance.one(['sqrt', 'log'])}(1 + (${whole})^2)` : whole
  const text = `${outer}${penalty}`
  const wrt = ['m', 'b'].filter((name) => new RegExp(`\\b${name}\\b`).test(text))
  if (text.includes('w_')) wrt.push('w')
  return { text, wrt: wrt.length === 0 ? ['m'] : wrt, data: ['x', 'y', 'z'], seed, size }
}

/** Random losses for fast-check; a failing run is shrunk by size. */
export function arbitraryLoss(maximum: number): fc.Arbitrary<DrawnLoss> {
  return fc
    .tuple(fc.integer(), fc.integer({ min: 1, max: maximum }))
    .map(([seed, size]) => randomLoss(seed, size))
}
