import { expect, test } from 'vitest'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { type ReadOptions, readLoss } from '../../src/read/index.ts'
import { type JsonEnvironment, lossOptions, readLossCases } from '../support/cases.ts'

/**
 * Every LaTeX form of a loss means what its plain form means: both are evaluated at the points whose values other
 * programs computed. What a form leaves open is told here, as the text around it told its reader.
 */
interface Told {
  readonly let?: readonly string[]
  /** Names that the form writes otherwise. */
  readonly env?: (env: JsonEnvironment) => JsonEnvironment
}

const rows = (value: JsonEnvironment[string] | undefined): JsonEnvironment[string] => [value ?? 0]

const told: ReadonlyMap<string, Told> = new Map<string, Told>([
  ['tukey', { let: ['r_i = y_i - m*x_i - b'] }],
  ['expectile', { let: ['a_i = m*x_i + b'] }],
  ['cubic-laurae', { let: ['x_i = p_i - y_i'] }],
  ['focal-binary', { let: ['p_i = sigmoid(m*x_i + b)'] }],
  ['multiclass-hinge', { env: ({ W }) => ({ w: W ?? 0 }) }],
  ['poly-loss', { let: ['P_i = exp(z_{i,c_i})/sum(l=1..K, exp(z_{i,l}))'] }],
  ['gce', { let: ['p_i = y_i*sigmoid(m*x_i) + (1-y_i)*(1-sigmoid(m*x_i))'] }],
  ['zip', { env: ({ pi0 }) => ({ pi_0: pi0 ?? 0 }) }],
  ['gamma-deviance', { let: ['mu_i = m*x_i + b'] }],
  ['contrastive', { let: ['D_i = sqrt(sum(j=1..d, w_j^2*(x_{i,j} - z_{i,j})^2))'] }],
  ['sgns', { env: ({ u, v }) => ({ u: rows(u), v: rows(v), o: 1, c: 1 }) }],
  ['matrix-fact', { env: ({ K }) => ({ d: K ?? 0 }) }],
  ['gelu-neuron', { let: ['z_i = w*x_i + b'] }],
  [
    'batchnorm-mse',
    {
      let: ['u_i = w*x_i', 'ubar = 1/N*sum(n=1..N, u_n)'],
      env: ({ g, c }) => ({ gamma: g ?? 0, beta: c ?? 0 }),
    },
  ],
])

for (const entry of readLossCases()) {
  const { let: definitions = [], env: renamed = () => ({}) } = told.get(entry.id) ?? {}
  const { let: functions = [], ...rest } = lossOptions(entry)
  const range = Object.entries(entry.index_ranges ?? {}).map(([name, [from, to]]) => `${name}=${from}..${to}`)
  const options: ReadOptions = { ...rest, range, let: [...functions, ...definitions] }
  test.each([entry.latex, ...(entry.latex_variants ?? [])])(`${entry.id}: %s`, (text) => {
    const { loss, scope } = readLoss(text, options)
    for (const { env, loss: value } of entry.numeric) {
      const actual = evaluate(loss, { ...env, ...renamed(env) }, scope)
      expect(Math.abs(actual - Number(value))).toBeLessThanOrEqual(
        1e-9 * Math.max(1, Math.abs(Number(value))),
      )
    }
  })
}
