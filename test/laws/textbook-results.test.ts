import { afterAll, describe, expect, test } from 'vitest'
import type { Environment } from '../../src/numeric/environment.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { samplePoints } from '../../src/numeric/sample.ts'
import { printTerm } from '../../src/print/index.ts'
import { type ReadOptions, readLoss, readTerm } from '../../src/read/index.ts'
import { differentiateLoss, type PartialDerivation } from '../../src/tasks/gradient.ts'
import type { Expr } from '../../src/term/expr.ts'
import type { Scope } from '../../src/term/scope.ts'
import { lossOptions, readLossCases } from '../support/cases.ts'
import { handGradients } from '../support/hand-gradients/index.ts'

/**
 * Results are compared with those that people print. Both are written in the plain notation, and their names,
 * numbers and operators counted, brackets not: a result may be as long as the hand's, and is the same number.
 */

/**
 * A hand names what it has no room for: with the name given our result has to be as short. Where a hand writes
 * what the plain reader of a line does not take, such as a product of vectors, it is typed with indices.
 */
const hands: Readonly<Record<string, { readonly let?: readonly string[]; readonly hand?: string }>> = {
  'tukey b': { let: ['r = y - m*x - b'] },
  'cubic-laurae p_k': { let: ['x_k = p_k - y_k'] },
  'gamma-deviance m': { let: ['mu = m*x + b'] },
  'bradley-terry beta_k': {
    hand: '-sum(j=1..n, c_{k,j}*(1 - exp(beta_k)/(exp(beta_k) + exp(beta_j)))) + sum(i=1..n, c_{i,k}*(exp(beta_k)/(exp(beta_i) + exp(beta_k))))',
  },
  'frobenius-index w_{a,b}': {
    hand: 'sum(k=1..N, 2*x_{k,a}*(sum(i=1..d, x_{k,i}*w_{i,b}) - y_{k,b}))',
  },
  'softmax-entry z_j': {
    hand: 'exp(z_1)/sum(k=1..K, exp(z_k))*(delta_{1,j} - exp(z_j)/sum(k=1..K, exp(z_k)))',
  },
  'ranknet w_k': {
    hand: '-s*sum(i=1..N, (x_{i,k} - z_{i,k})/(1 + exp(s*(sum(j=1..d, w_j*x_{i,j}) - sum(j=1..d, w_j*z_{i,j})))))',
  },
  'cox b_k': {
    hand: '-sum(i=1..N, delta_i*(x_{i,k} - sum(l=i..N, x_{l,k}*exp(sum(j=1..d, x_{l,j}*b_j)))/sum(l=i..N, exp(sum(j=1..d, x_{l,j}*b_j)))))',
  },
  'td-error w_k': { hand: '-sum(i=1..N, (r_i + gamma*v_i - sum(j=1..d, w_j*x_{i,j}))*x_{i,k})' },
  'sgns v_q': {
    hand: '(sigmoid(sum(j=1..d, u_j*v_j)) - 1)*u_q + sum(k=1..K, sigmoid(sum(j=1..d, n_{k,j}*v_j))*n_{k,q})',
  },
  'matrix-fact p_{a,c}': {
    hand: '-2*sum(i=1..m, M_{a,i}*(r_{a,i} - sum(k=1..K, p_{a,k}*q_{i,k}))*q_{i,c}) + 2*lambda*sum(i=1..m, M_{a,i}*p_{a,c})',
  },
  'l2-not-squared mu_k': {
    hand: '-sum(i=1..N, (x_{i,k} - mu_k)/sqrt(sum(j=1..d, (x_{i,j} - mu_j)^2)))',
  },
}

/** Names, numbers and operators of a line of plain notation. */
function lengthOf(ascii: string): number {
  return (ascii.match(/[A-Za-z]\w*|\d+(?:\.\d+)?|[<>=!]=|[-+*/^<>=]/g) ?? []).length
}

interface Comparison {
  readonly name: string
  readonly ours: string
  readonly theirs: string
  readonly ratio: number
  readonly differences: readonly string[]
  /** How many more fractions stand in the numerators of fractions than in the hand's. */
  readonly nested: number
}

/** Our derivative of a loss beside the hand's. */
function compare(text: string, options: ReadOptions, wrt: string, hand: string): Comparison {
  const { loss, scope, store, variables } = readLoss(text, options)
  const position = variables.findIndex((variable) => printTerm(variable, 'ascii') === wrt)
  const partial = differentiateLoss(loss, scope, variables).partials[position]
  if (partial === undefined) expect.fail(`no derivative by ${wrt}`)
  // A hand's n is the number of samples, which the loss calls N.
  const book = readTerm(scope.declaration('n') === undefined ? hand.replaceAll(/\^(n|\{n\})/g, '^N') : hand, {
    ...options,
    store,
  })
  const [ours, theirs] = [partial.result, book].map((term) => printTerm(term, 'ascii')) as [string, string]
  return {
    name: `${text} by ${wrt}`,
    ours,
    theirs,
    ratio: lengthOf(ours) / lengthOf(theirs),
    differences: differencesOf(partial, [partial.result, book], scope),
    nested: nestingOf(partial.result) - nestingOf(book),
  }
}

/** Fractions with a sum of fractions above; a softmax in a numerator counts as a name does. */
function nestingOf(term: Expr): number {
  const isFraction = (part: Expr): boolean =>
    part.kind === 'neg'
      ? isFraction(part.args[0]!)
      : part.kind === 'div' && part.args[1]!.kind !== 'number' && part.args[1]!.kind !== 'big'
  const above = term.kind === 'div' ? term.args[0]! : undefined
  const factors = above?.kind === 'mul' ? above.args : above === undefined ? [] : [above]
  const own = factors.some((factor) => factor.kind === 'add' && factor.args.some(isFraction)) ? 1 : 0
  return term.args.reduce((count, arg) => count + nestingOf(arg), own)
}

/** Points at which two terms differ, of those where the derivation holds. */
function differencesOf(
  partial: PartialDerivation,
  terms: Parameters<typeof compileTerms>[0],
  scope: Scope,
): readonly string[] {
  const points: readonly Environment[] = samplePoints([partial.subject, ...terms], scope, {
    count: 6,
    seed: 17,
    conditions: partial.conditions.map(({ relation }) => relation),
  })
  const values = compileTerms(terms, scope)
  const wrong = points.flatMap((point) => {
    const [a, b] = values(point) as [number, number]
    return Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(b)) ? [] : [`${a} and ${b}`]
  })
  return points.length === 0 ? ['no point'] : wrong
}

/** Collects comparisons; told in the end, and held to what is asked of a corpus. */
function recorded(): { readonly compared: Comparison[]; readonly record: (comparison: Comparison) => void } {
  const compared: Comparison[] = []
  afterAll(() => {
    const longer = compared.filter(({ ratio }) => ratio > 1)
    console.log(
      `${compared.length - longer.length} of ${compared.length} as short as by hand${longer
        .map(({ name, ratio, ours, theirs }) => `\n  ${name} ${ratio.toFixed(2)}\n    ${ours}\n    ${theirs}`)
        .join('')}`,
    )
  })
  const record = (comparison: Comparison): void => {
    compared.push(comparison)
    const { ours, theirs, ratio, differences, nested } = comparison
    expect(differences, `${ours}, by hand ${theirs}`).toEqual([])
    expect(nested, `${ours}, by hand ${theirs}`).toBeLessThanOrEqual(0)
    expect(ratio, `${ours}, by hand ${theirs}`).toBeLessThanOrEqual(1.3)
  }
  return { compared, record }
}

function inNineOfTen(compared: readonly Comparison[]): void {
  const longer = compared.filter(({ ratio }) => ratio > 1)
  expect(longer.length, longer.map(({ name }) => name).join(', ')).toBeLessThanOrEqual(compared.length / 10)
}

describe('a result is no longer than what a person prints', () => {
  const { compared, record } = recorded()

  for (const entry of readLossCases()) {
    const gradient = Object.entries(entry.hand_gradient_latex ?? {})
    const names = gradient.map(([name]) => name)
    test.each(gradient)(`${entry.id} by %s`, (name, latex) => {
      const { let: definitions = [], hand = latex } = hands[`${entry.id} ${name}`] ?? {}
      const read = lossOptions(entry)
      const options = { ...read, wrt: names, let: [...(read.let ?? []), ...definitions] }
      record(compare(entry.ascii, options, name, hand))
    })
  }

  test('in nine of ten it is as short', () => inNineOfTen(compared))
})

describe('a gradient of a textbook comes out as short', () => {
  const { compared, record } = recorded()

  test.each(handGradients)('$loss by $wrt', ({ loss, wrt, hand, options = {} }) => {
    record(compare(loss, { ...options, wrt: options.wrt ?? [wrt] }, wrt, hand))
  })

  test('in nine of ten it is as short', () => inNineOfTen(compared))
})
