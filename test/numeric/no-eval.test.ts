import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** What `compile` does where code made from text is forbidden, and that names of the user never become code. */

const root = fileURLToPath(new URL('../..', import.meta.url))
const cache = join(root, 'node_modules/.cache')
mkdirSync(cache, { recursive: true })
const scratch = mkdtempSync(join(cache, 'no-eval-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

beforeAll(async () => {
  const bundle = await rolldown({
    input: { library: join(root, 'src/index.ts') },
    cwd: root,
    platform: 'node',
    external: ['katex'],
    tsconfig: false,
  })
  await bundle.write({ dir: scratch, format: 'esm' })
  await bundle.close()
}, 60_000)

const program = `
import { compile } from './library.js'
let isForbidden = false
try { new Function('') } catch { isForbidden = true }
const f = compile('let p_k = exp(z_k)/sum(j=1..K, exp(z_j)); 1/N*sum(i=1..N, (y_i-m*x_i)^2) - sum(k=1..K, t_k*log(p_k))', { wrt: ['m', 'z'], order: 2 })
const values = { N: 3, K: 2, x: new Float32Array([1, 2, 3]), y: [1, 2, 4], m: 0.5, z: [1000, 1001], t: [0, 1] }
const hostile = compile('sum(i=1..N, (y_i - constructor*x_i - toString)^2) + __proto__^2*valueOf', { wrt: ['constructor', 'toString', '__proto__'] })
const names = new Map(Object.entries({ x: [1, 2], y: [3, 5], constructor: 2, toString: 1, valueOf: 3 })).set('__proto__', 4)
const slopes = hostile.gradient(names)
console.log(JSON.stringify([f.loss(values), f.gradient(values), f.lossAndGradient(values), f.hessian(values), hostile.loss(names), Object.entries(slopes)]))
console.error(isForbidden)
`

const run = (...flags: readonly string[]) =>
  spawnSync(process.execPath, [...flags, '--input-type=module', '-e', program], {
    cwd: scratch,
    encoding: 'utf8',
  })

test('the same numbers, with code made from text and without', () => {
  const free = run()
  const forbidden = run('--disallow-code-generation-from-strings')
  expect([free.stderr.trim(), forbidden.stderr.trim()]).toEqual(['false', 'true'])
  expect(forbidden.stdout).toBe(free.stdout)
  const [loss, gradient, , , hostileLoss, hostileSlopes] = JSON.parse(free.stdout)
  const decay = Math.log1p(Math.exp(-1))
  expect(loss).toBeCloseTo((0.25 + 1 + 6.25) / 3 + decay, 12)
  expect(gradient.m).toBeCloseTo((-2 / 3) * (0.5 + 2 + 7.5), 12)
  expect(gradient.z[0]).toBeCloseTo(Math.exp(-1) / (1 + Math.exp(-1)), 12)
  expect(hostileLoss).toBe(48)
  expect(hostileSlopes).toEqual([
    ['constructor', 0],
    ['toString', 0],
    ['__proto__', 24],
  ])
})
