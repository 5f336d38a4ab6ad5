import { describe, expect, test } from 'vitest'
import { derive, print, verify } from '../../src/index.ts'
import { lastLineIsResult } from '../support/laws.ts'
import type { Loss } from '../support/loss-language.ts'
import { type Fault, faultsOf, noLosses, optionsOf, type Questions } from '../support/loss-laws.ts'
import { writePlain } from '../support/loss-notation.ts'
import { randomLoss } from '../support/random-loss.ts'
import { shrink } from '../support/shrink-loss.ts'

/** `GRADUS_RANDOM_LOSSES=20000 GRADUS_RANDOM_SEED=7 npx vitest run test/laws/random-losses.test.ts` asks for more. */
const count = Number(process.env.GRADUS_RANDOM_LOSSES ?? 1500)
const seed = Number(process.env.GRADUS_RANDOM_SEED ?? 20261125)
const parts = 8
const counts = noLosses()

/** A loss that throws is one that fails. */
function examine(loss: Loss, questions: Questions, into = noLosses()): readonly Fault[] {
  try {
    return faultsOf(loss, questions, into)
  } catch (error) {
    const { let: definitions, text } = writePlain(loss, questions.seed)
    return [{ kind: 'thrown', message: `${[...definitions, text].join('; ')}\n  ${String(error)}` }]
  }
}

function complaint(loss: Loss, questions: Questions, kind: string): string {
  const small = shrink(loss, (smaller) => examine(smaller, questions)[0]?.kind === kind)
  const [fault] = examine(small, questions)
  return `seed ${questions.seed}, ${kind}: ${fault!.message}`
}

describe(`random losses of the whole grammar (${count} from seed ${seed})`, () => {
  test.each(Array.from({ length: parts }, (_, part) => part))('part %i', { timeout: 4_000_000 }, (part) => {
    const complaints: string[] = []
    for (let k = part; k < count && complaints.length < 5; k += parts) {
      const own = seed + k
      const questions = { seed: own, isCompiled: k % 3 === 0, isDerivedTwice: k % 5 === 0 }
      const loss = randomLoss(own, 1 + (k % 13))
      const [fault] = examine(loss, questions, counts)
      if (fault !== undefined) complaints.push(complaint(loss, questions, fault.kind))
    }
    if (complaints.length > 0) expect.fail(complaints.join('\n\n'))
  })

  test('nearly all of them could be tested by numbers', () => {
    const { strong, ...numbers } = counts
    const shortest = [...strong].sort((a, b) => a.length - b.length).slice(0, 8)
    console.log(
      `random losses: ${JSON.stringify(numbers)}\nconditions too strong, such as\n  ${shortest.join('\n  ')}`,
    )
    expect(counts.slopes).toBeGreaterThan(4 * counts.losses)
    expect(counts.curvatures).toBeGreaterThan(counts.losses)
    expect(counts.tested / counts.steps).toBeGreaterThan(0.9)
    expect(counts.rounding).toBeLessThan(counts.steps / 200)
    expect(counts.tooStrong).toBeLessThan(counts.slopes / 20)
  })

  test('do not depend on what was derived before', () => {
    const once = (own: number) => {
      const loss = randomLoss(own, 6)
      const written = writePlain(loss, own)
      return print(derive(written.text, optionsOf(written, loss)), 'latex')
    }
    for (let k = 0; k < 40; k++) {
      const first = once(seed + k)
      once(seed + k + 1)
      expect(once(seed + k)).toBe(first)
    }
  })
})
describe('no index is captured', () => {
  const result = (text: string, wrt: string, data: readonly string[] = []) =>
    print(derive(text, { wrt: [wrt], data }).partials[0]!.result, 'ascii')

  test.each([
    // the variable's index has the letter of the sum's
    ['sum(k=1..d, w_k^2)', 'w_k', '2*w_k'],
    ['sum(k=1..d, w_k^2)', 'w_j', '2*w_j'],
    ['sum(j=1..d, w_j*x_j)', 'w_j', 'x_j'],
    // two sums side by side and one in the other
    ['sum(k=1..d, w_k^2) + sum(k=1..d, w_k)', 'w_k', '2*w_k + 1'],
    ['sum(j=1..d, sum(k=1..d, w_j*w_k))', 'w_k', '2*sum(k=1..d, w_k)'],
  ])('d(%s)/d%s is %s', (text, wrt, expected) => {
    expect(result(text, wrt, ['x'])).toBe(expected)
  })
})

describe('an unknown function is never taken to be constant', () => {
  test.each([
    ['f(x)', ['x']],
    ['f(x)^2', ['m']],
    ['m*g(m^2)', ['m']],
    ['1/N*sum((y-f(x))^2)', ['theta']],
    ['1/N*sum(l(y, f(x, theta)))', ['theta']],
    ['sum(j=1..d, w_j*h(z_j))', ['m']],
    ['f(g(x))', ['m']],
  ] as const)('%s by %s', (text, wrt) => {
    const { result } = derive(text, { wrt }).partials[0]!
    expect(print(result, 'ascii')).not.toBe('0')
    expect([...result.names].some((name) => /^[fghl]$/.test(name))).toBe(true)
  })
})

describe('corners of arithmetic', () => {
  test.each([
    ['2^5000*x + x', 'a number too large to write out'],
    ['x*(b - b) + 3 + x', 'a term that cancels to nothing beside a number'],
    ['x^2*(y - y)/(y - y + 1) + x', 'a quotient of nothing'],
    ['x*x*y + x*x', 'a factor that stands twice'],
    ['((b - b)*x)^2', 'a difference that is its own negative'],
  ])('%s: %s', (text) => {
    const derived = derive(text, { wrt: ['x'], data: [] })
    const [partial] = derived.partials
    expect(partial!.result.hasDerivative).toBe(false)
    expect(lastLineIsResult(partial!)).toEqual([])
  })

  test('a variable that does not occur has the derivative 0, which can be verified', () => {
    const derived = derive('sum(y^2)', { wrt: ['m'] })
    expect(print(derived.partials[0]!.result, 'ascii')).toBe('0')
    expect(verify(derived)).toMatchObject({ worst: 0, points: 20 })
  })
})

describe('a definition that is only another name', () => {
  test.each([
    ['let f(x) = b*x; let mu = f(m); mu', 'b', 'm'],
    ['let f(x) = b; let g(x) = f(x); sum(g(y))', 'b', 'N'],
    ['let mu = b; let f(x) = mu; sum(f(x))', 'b', 'N'],
    ['let a = b^2; let c = a; let d = c; d', 'b', '2*b'],
    ['let c = g(b*y); sum(c)', 'b', "sum(i=1..N, y_i*g'(b*y_i))"],
  ])('%s by %s is %s', (text, wrt, expected) => {
    expect(print(derive(text, { wrt: [wrt] }).partials[0]!.result, 'ascii')).toBe(expected)
  })
})
