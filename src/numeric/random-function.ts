import type { OpenFunction } from './environment.ts'
import { randomNumbers } from './random.ts'

const waves = 3

/**
 * A smooth function of any number of arguments with all its partial derivatives: a sum of sines of linear
 * forms. What is hidden moves the phases, so that the function also depends on the parameters.
 */
export function randomFunction(seed: number): OpenFunction {
  const constant = 2 * randomNumbers(seed)()
  const amplitude = (wave: number) => 0.4 + draw(seed, wave, 0)
  const weight = (wave: number, argument: number) => 0.3 + draw(seed, wave, 2 * argument + 2)
  const hiddenWeight = (wave: number, argument: number) => 0.2 + 0.3 * draw(seed, wave, 2 * argument + 3)
  return (args, orders, hidden) => {
    const order = orders.reduce((sum, entry) => sum + entry, 0)
    let value = order === 0 ? constant : 0
    for (let wave = 0; wave < waves; wave++) {
      let phase = 6 * draw(seed, wave, 1) + (order * Math.PI) / 2
      let factor = amplitude(wave)
      for (const [i, arg] of args.entries()) {
        phase += weight(wave, i) * arg
        factor *= weight(wave, i) ** (orders[i] ?? 0)
      }
      for (const [i, entry] of hidden.entries()) phase += hiddenWeight(wave, i) * entry
      value += factor * Math.sin(phase)
    }
    return value
  }
}

/** A number in [0, 1) that belongs to a wave and a purpose. */
function draw(seed: number, wave: number, purpose: number): number {
  return randomNumbers(seed ^ Math.imul(wave + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b))()
}
