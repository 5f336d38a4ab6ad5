import type { Condition } from '../../src/derivation/step.ts'
import { compile } from '../../src/index.ts'
import type { Slope } from '../../src/numeric/compile.ts'
import type { Environment } from '../../src/numeric/environment.ts'
import { evaluate } from '../../src/numeric/evaluate.ts'
import { printTerm } from '../../src/print/index.ts'
import { type Reading, type ReadOptions, readLoss } from '../../src/read/index.ts'
import { Differentiator } from '../../src/tasks/differentiate.ts'
import { differentiateLoss, PartialDerivation } from '../../src/tasks/gradient.ts'
import type { Expr, SymbolTerm } from '../../src/term/expr.ts'
import {
  conditionHolds,
  lastLineIsResult,
  noSteps,
  readsBack,
  renders,
  type StepCounts,
  show,
  stepsAreAChain,
  stepsAreTrue,
} from './laws.ts'
import {
  type Element,
  elementAt,
  elementsOf,
  environmentOf,
  slopeOf,
  valueInside,
  withElement,
} from './loss-elements.ts'
import { counts as axisNames, type Loss, lossNames, namesIn } from './loss-language.ts'
import { drawValues, type LossValues, largestPart, meaningOf } from './loss-meaning.ts'
import { type WrittenLoss, writeLatex, writePlain } from './loss-notation.ts'
import { Chance } from './random-term.ts'

/** What is wrong with a loss; `kind` stays the same while a loss is made smaller. */
export interface Fault {
  readonly kind: string
  readonly message: string
}

export interface LossCounts extends StepCounts {
  losses: number
  /** Values of the loss, and elements of its gradient and Hessian, that were compared with the tests' own. */
  values: number
  slopes: number
  curvatures: number
  /** Elements where a condition fails although there is a derivative and the result is right. */
  tooStrong: number
  /** Elements where a condition fails and the result is not the derivative, so that it is needed. */
  needed: number
  /** Elements whose index is out of the range that the conditions state. */
  outside: number
  /** The texts of some losses with a condition that is too strong. */
  readonly strong: Set<string>
}

export const noLosses = (): LossCounts => ({
  ...noSteps(),
  losses: 0,
  values: 0,
  slopes: 0,
  curvatures: 0,
  tooStrong: 0,
  needed: 0,
  outside: 0,
  strong: new Set(),
})

/** How much is asked of a loss; the dear questions are asked of a part of them. */
export interface Questions {
  readonly seed: number
  readonly isCompiled: boolean
  readonly isDerivedTwice: boolean
}

type Meaning = (values: LossValues) => number
/** Everything that is wrong with what the engine makes of a loss. */
export function faultsOf(loss: Loss, questions: Questions, counts: LossCounts): Fault[] {
  const plain = writePlain(loss, questions.seed)
  const latex = writeLatex(loss, questions.seed)
  const meaning = meaningOf(loss)
  const chance = new Chance(questions.seed)
  const points = (['signed', 'signed', 'positive', 'positive'] as const)
    .map((mood) => drawValues(chance, mood))
    .filter((values) => largestPart(loss, values) < 1e4)
  counts.losses++
  const faults: Fault[] = []
  for (const written of [latex, plain]) faults.push(...readingFaults(written, loss, points, meaning, counts))
  if (faults.length === 0) faults.push(...derivationFaults(plain, loss, points, meaning, questions, counts))
  return faults
}

/** What is said with a text: its parameters and data are named, so that each stands for what was drawn. */
export function optionsOf({ let: definitions }: WrittenLoss, loss: Loss): ReadOptions & { wrt: string[] } {
  const used = namesIn(loss)
  const named = (role: string) =>
    lossNames.filter((entry) => entry.role === role && used.has(entry.name)).map((entry) => entry.name)
  const wrt = named('parameter')
  return { wrt: wrt.length === 0 ? ['m'] : wrt, data: named('data'), let: definitions }
}

/** Both notations mean what was drawn, and are printed so that they are read back. */
function readingFaults(
  written: WrittenLoss,
  loss: Loss,
  points: readonly LossValues[],
  meaning: Meaning,
  counts: LossCounts,
): Fault[] {
  const options = optionsOf(written, loss)
  const said = [...written.let, written.text].join('; ')
  let reading: Reading
  try {
    reading = readLoss(written.text, options)
  } catch (error) {
    return [{ kind: 'unread', message: `${said}\n  is not read: ${String(error)}` }]
  }
  const faults: Fault[] = []
  const { loss: term, scope } = reading
  for (const values of points) {
    const expected = meaning(values)
    const actual = evaluateAt(term, values, scope)
    counts.values++
    if (isNear(actual, expected, 1e-9 * sizeOf(values, meaning))) continue
    faults.push({
      kind: 'misread',
      message: `${said}\n  read as ${show(term)}\n  is ${actual}, expected ${expected}`,
    })
    break
  }
  if (written.let.length > 0 || scope.hasDefinitions) return faults
  for (const format of ['ascii', 'latex'] as const) {
    const back = readsBack(term, format, options, scope)
    faults.push(...back.map((message) => ({ kind: `${format} back`, message: `${said}\n  ${message}` })))
  }
  return faults
}

function derivationFaults(
  written: WrittenLoss,
  loss: Loss,
  points: readonly LossValues[],
  meaning: Meaning,
  questions: Questions,
  counts: LossCounts,
): Fault[] {
  const options = optionsOf(written, loss)
  const said = [...written.let, written.text].join('; ')
  const { loss: term, scope, variables } = readLoss(written.text, options)
  const differentiator = new Differentiator(scope)
  const faults: Fault[] = []
  const add = (kind: string, messages: readonly string[]): void => {
    faults.push(...messages.map((message) => ({ kind, message: `${said}\n  ${message}` })))
  }
  const derivations: PartialDerivation[] = []
  for (const variable of variables) {
    const derivation = new PartialDerivation(differentiator.differentiate(term, variable))
    const { result, wrt } = derivation
    derivations.push(derivation)
    const environments = points.flatMap((values) =>
      elementsOf(variable, values)
        .slice(0, 2)
        .map(({ free }) => environmentOf(values, free)),
    )
    add('last line', lastLineIsResult(derivation))
    add('chain of steps', stepsAreAChain(derivation, scope))
    const holding = environments.filter((environment) => holdsInside(derivation.conditions, environment, []))
    add(
      'false step',
      stepFaults(derivation, holding).map((fault) => `by ${wrt}: ${fault}`),
    )
    if (differentiator.canTidy(result)) add('untidy', [`a tidy rule applies to ${show(result)}`])
    if (result.hasDerivative) add('derivative left', [`by ${wrt}: ${show(result)}`])
    const own = { ...options, let: [...(options.let ?? []), ...definitionsIn(written)] }
    for (const line of derivation.lines('paper')) {
      for (const format of ['ascii', 'latex'] as const) {
        add(`${format} back`, readsBack(line.term, format, own, scope))
      }
    }
    add('katex', renders(printTerm(result, 'latex')))
    for (const values of points) {
      for (const element of elementsOf(variable, values)) {
        const fault = slopeFault(derivation, element, values)
        if (fault !== undefined) add(fault.kind, [`by ${wrt}: ${fault.message}`])
      }
    }
  }
  if (faults.length > 0) return faults
  if (questions.isCompiled) add('compile', compiledFaults())
  if (questions.isDerivedTwice) add('second derivative', secondFaults())
  return faults

  /** A step may have no value at the border of an index; then the points are taken by themselves. */
  function stepFaults(derivation: PartialDerivation, environments: readonly Environment[]): string[] {
    const test = (some: readonly Environment[]) =>
      valueInside(() => stepsAreTrue(derivation, scope, some, counts))
    return test(environments) ?? environments.flatMap((environment) => test([environment]) ?? [])
  }

  function holdsInside(
    conditions: readonly Condition[],
    environment: Environment,
    free: Element['free'],
  ): boolean {
    const holds = () => conditions.every((condition) => conditionHolds(condition, scope, environment, free))
    return valueInside(holds) ?? false
  }

  /** Compares the result with differences of what the loss means. */
  function slopeFault(
    derivation: PartialDerivation,
    element: Element,
    values: LossValues,
  ): Fault | undefined {
    const along = (moved: number) => meaning(withElement(values, element, moved))
    const expected = slopeOf(along, elementAt(values, element))
    if (expected === undefined) return undefined
    const environment = environmentOf(values, element.free)
    const failing = derivation.conditions.filter(
      (condition) => !holdsInside([condition], environment, element.free),
    )
    // Where an index is out of its range, which the condition says, the loss has no such element.
    if (failing.some(({ relation }) => isRange(relation, element))) {
      counts.outside++
      return expected === 0 ? undefined : { kind: 'lost element', message: `by differences ${expected}` }
    }
    const actual = evaluateAt(derivation.result, environment, scope)
    const isRight = isNear(actual, expected, 1e-6 * sizeOf(values, meaning))
    if (failing.length === 0) {
      counts.slopes++
      if (isRight) return undefined
      return {
        kind: Number.isFinite(actual) ? 'wrong derivative' : 'no derivative',
        message: `${show(derivation.result)}\n  is ${actual}, by differences ${expected} at ${JSON.stringify(values)}`,
      }
    }
    if (!isRight) counts.needed++
    else {
      counts.tooStrong++
      if (counts.strong.size < 1000) {
        counts.strong.add(`${said} by ${derivation.wrt}: for ${show(failing[0]!.relation)}`)
      }
    }
    return undefined
  }

  /** The compiled program tells the loss, and its gradient to the last element of every array. */
  function compiledFaults(): string[] {
    const compiled = compile(written.text, options)
    return points.flatMap((values) => {
      const environment = environmentOf(values, [])
      const expected = evaluateAt(term, environment, scope)
      const found = compiled.loss(environment)
      const wrong = isNear(found, expected, 1e-12) ? [] : [`the loss is ${found}, evaluated ${expected}`]
      const gradient = compiled.gradient(environment)
      for (const { result, conditions, variables: own } of derivations) {
        for (const element of elementsOf(own[0] as SymbolTerm, values)) {
          const { path, free, name } = element
          let slope: Slope | undefined = gradient[name]
          for (const position of path) slope = typeof slope === 'object' ? slope[position] : undefined
          const at = environmentOf(values, free)
          const isOutside = conditions.some(
            (condition) => isRange(condition.relation, element) && !holdsInside([condition], at, free),
          )
          const value = isOutside ? 0 : evaluateAt(result, at, scope)
          if (typeof slope === 'number' && (Object.is(slope, value) || isNear(slope, value, 1e-11))) continue
          wrong.push(`by ${name} at ${path}: compiled ${slope}, evaluated ${value}`)
        }
      }
      return wrong
    })
  }

  /** The Hessian and differences of the first derivatives, which were compared before. */
  function secondFaults(): string[] {
    const { partials, hessian } = differentiateLoss(term, scope, variables, 2)
    const wrong: string[] = []
    for (const entry of hessian) {
      const [first, second] = entry.variables as readonly [SymbolTerm, SymbolTerm]
      const partial = partials.find(({ variables: [variable] }) => variable === first)!
      for (const values of points) {
        for (const row of elementsOf(first, values).slice(0, 2)) {
          for (const column of elementsOf(second, values)) {
            const free = [...row.free, ...column.free]
            const environment = environmentOf(values, free)
            if (!holdsInside([...partial.conditions, ...entry.conditions], environment, free)) continue
            const along = (moved: number) =>
              evaluateAt(partial.result, environmentOf(withElement(values, column, moved), free), scope)
            const expected = valueInside(() => slopeOf(along, elementAt(values, column)))
            if (expected === undefined) continue
            counts.curvatures++
            const actual = valueInside(() => evaluateAt(entry.result, environment, scope))
            if (actual === undefined) continue
            if (isNear(actual, expected, 1e-6 * Math.max(1, Math.abs(along(elementAt(values, column))))))
              continue
            wrong.push(`by ${entry.wrt}: ${show(entry.result)} is ${actual}, by differences ${expected}`)
          }
        }
      }
    }
    return wrong
  }
}

/** `1 <= k and k <= d`: nothing but the indices of an element and counts. */
function isRange({ names }: Expr, { free }: Element): boolean {
  const known = new Set<string>([...axisNames, ...free.map(([letter]) => letter)])
  return names.size > 0 && [...names].every((name) => known.has(name))
}

/** The definitions that a text begins with, for reading its lines back. */
function definitionsIn({ text }: WrittenLoss): string[] {
  return text
    .split('; ')
    .filter((part) => part.startsWith('let '))
    .map((part) => part.slice('let '.length))
}

function sizeOf(values: LossValues, meaning: Meaning): number {
  return Math.max(1, 1e-3 * Math.abs(meaning(values)))
}

function isNear(actual: number, expected: number, tolerance: number): boolean {
  return Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected))
}

function evaluateAt(term: Expr, values: Parameters<typeof evaluate>[1], scope: Reading['scope']): number {
  return evaluate(term, 'g' in values ? values : environmentOf(values as LossValues, []), scope)
}
