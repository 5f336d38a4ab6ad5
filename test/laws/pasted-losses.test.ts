import { afterAll, describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import {
  type JsonEnvironment,
  type JsonSlope,
  type PastedLoss,
  pastedOptions,
  readPastedLosses,
} from '../support/cases.ts'

/**
 * Losses as documentation, textbooks and papers print them are read as their authors mean them: value and gradient are
 * those of functions written by hand in another program.
 */

/** The relative error of a value or of arrays of them; infinite where the shapes differ. */
function errorOf(actual: unknown, expected: JsonSlope): number {
  if (typeof expected === 'string') {
    const value = Number(expected)
    return typeof actual === 'number'
      ? Math.abs(actual - value) / Math.max(1, Math.abs(value))
      : Number.POSITIVE_INFINITY
  }
  if (!Array.isArray(actual) || actual.length !== expected.length) return Number.POSITIVE_INFINITY
  return Math.max(0, ...expected.map((part, i) => errorOf(actual[i], part)))
}

/** Of the slopes by w_k for all k, those at the indices that the environment has. */
function slopesOf(
  gradient: Readonly<Record<string, unknown>>,
  parameter: string,
  env: JsonEnvironment,
): unknown {
  if (parameter in gradient) return gradient[parameter]
  const [name = '', indices = ''] = parameter.split('_')
  let slopes = gradient[name]
  for (const index of indices.replace(/[{}]/g, '').split(',')) {
    const at = env[index]
    if (typeof at === 'number' && Array.isArray(slopes)) slopes = slopes[at - 1]
  }
  return slopes
}

function faultsOf(text: string, { numeric, ...entry }: PastedLoss): string[] {
  const compiled = compile(text, pastedOptions(entry))
  return numeric.flatMap(({ env, loss, grad }) => {
    const value = compiled.loss(env)
    if (!(errorOf(value, loss) < 1e-9)) return [`the loss is ${value}, expected ${loss}`]
    const gradient = compiled.gradient(env)
    return Object.entries(grad).flatMap(([parameter, slope]) => {
      const actual = slopesOf(gradient, parameter, env)
      if (errorOf(actual, slope) < 1e-8) return []
      return [`by ${parameter}: ${JSON.stringify(actual)}, expected ${JSON.stringify(slope)}`]
    })
  })
}

describe('every loss of pasted-losses.jsonl is read as it is meant', () => {
  const cases = readPastedLosses()
  let read = 0

  test.each(cases.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
    const texts = [entry.latex, entry.ascii, ...(entry.latex_variants ?? [])].filter(
      (text) => text !== undefined,
    )
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) expect(faultsOf(text, entry), text).toEqual([])
    read++
  })

  afterAll(() => console.log(`pasted-losses.jsonl: ${read} of ${cases.length} are read as they are meant`))
})
