import katex from 'katex'
import { checkStep } from '../../src/check/step.ts'
import type { Condition, Derivation, Step } from '../../src/derivation/step.ts'
import type { Environment, Value } from '../../src/numeric/environment.ts'
import { compileTerms } from '../../src/numeric/evaluate.ts'
import { printTerm } from '../../src/print/index.ts'
import { type ReadOptions, readTerm } from '../../src/read/index.ts'
import { instantiateAll } from '../../src/term/binder.ts'
import type { BigTerm, Expr } from '../../src/term/expr.ts'
import { replaceAt, subtermAt } from '../../src/term/path.ts'
import type { Scope } from '../../src/term/scope.ts'

/**
 * The laws of ARCHITECTURE.md as functions that answer what is wrong: an empty list where the law holds.
 * A corpus test gathers the answers of all cases, so that one failure does not hide the others.
 */

/** Law 1: whatever the detail, the last line's term is the result. */
export function lastLineIsResult(derivation: Derivation): string[] {
  return (['brief', 'paper', 'detailed'] as const).flatMap((detail) => {
    const lines = derivation.lines(detail)
    const last = lines.length === 0 ? derivation.start : lines.at(-1)!.term
    return last === derivation.result ? [] : [`${detail}: the last line is ${show(last)}, not the result`]
  })
}

/** Law 2: each step starts where the one before ended, and nothing outside its position changes. */
export function stepsAreAChain(derivation: Derivation, scope: Scope): string[] {
  const { store } = scope
  let previous = derivation.start
  for (const [k, step] of derivation.steps.entries()) {
    const { before, after, at } = step
    if (before !== previous) return [`step ${k} (${step.rule}) starts from ${show(before)}`]
    if (replaceAt(store, before, at, subtermAt(after, at)) !== after) {
      return [`step ${k} (${step.rule}) changes something outside of ${at.join('.')}`]
    }
    if (before === after) return [`step ${k} (${step.rule}) changes nothing`]
    if (step.title === '' || step.because === '' || /(^|[^_])\{/.test(step.because)) {
      return [`step ${k} (${step.rule}) has no sentence: "${step.because}"`]
    }
    previous = after
  }
  return previous === derivation.result ? [] : ['the last step does not end in the result']
}

/** What the numbers say of the steps of many derivations. */
export interface StepCounts {
  steps: number
  /** Steps of which both sides had a value at some point. */
  tested: number
  /** Differences beyond the tolerance that are no larger than the rounding errors of the sides. */
  rounding: number
}

export const noSteps = (): StepCounts => ({ steps: 0, tested: 0, rounding: 0 })

const tolerance = 1e-6

/** Law 3: what a step replaced and what it put there have the same value. */
export function stepsAreTrue(
  derivation: Derivation,
  scope: Scope,
  points: readonly Environment[],
  counts: StepCounts,
): string[] {
  const wrong: string[] = []
  for (const [k, step] of derivation.steps.entries()) {
    counts.steps++
    const check = checkStep(step, scope, points)
    if (check.points > 0) counts.tested++
    if (check.worst <= tolerance) continue
    if (isWithinRounding(step, scope, points)) counts.rounding++
    else
      wrong.push(
        `step ${k} (${step.rule}) is ${check.worst} off: ${show(step.before)} --> ${show(step.after)}`,
      )
  }
  return wrong
}

/**
 * Near a pole, or where large terms cancel, a value in double precision has few right digits, and two ways
 * to write it differ. The rounding error of a side is taken to be what moving all inputs by a few units in
 * the last place does to it: that asks nothing of the rules, and is tiny for a side that is well conditioned.
 */
function isWithinRounding(step: Step, scope: Scope, points: readonly Environment[]): boolean {
  const { store } = scope
  const binders = bindersAlong(step.before, step.at)
  const indices = binders.map((_, i) => store.symbol(`#${i}`))
  const sides = [step.before, step.after].map((term) =>
    instantiateAll(store, subtermAt(term, step.at), indices),
  )
  const evaluateSides = compileTerms(sides, scope)
  return points.every((point) =>
    indexValues(binders, point, scope).every((values) => {
      const at = (factor: number) =>
        evaluateSides(new Map([...entriesOf(move(point, factor)), ...values])) as readonly [number, number]
      const [left, right] = at(1)
      if (!Number.isFinite(left) || !Number.isFinite(right)) return true
      let noise = 0
      for (const ulps of [-8, -3, 3, 8]) {
        const [movedLeft, movedRight] = at(1 + ulps * Number.EPSILON)
        noise = Math.max(noise, Math.abs(movedLeft - left), Math.abs(movedRight - right))
      }
      return Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(left), Math.abs(right)) + 8 * noise
    }),
  )
}

/** Every value of the indices of some binders, at a point. */
function indexValues(
  binders: readonly BigTerm[],
  point: Environment,
  scope: Scope,
): readonly (readonly (readonly [string, number])[])[] {
  const { store } = scope
  let all: (readonly (readonly [string, number])[])[] = [[]]
  for (const [depth, binder] of binders.entries()) {
    const outer = Array.from({ length: depth }, (_, i) => store.symbol(`#${i}`))
    const bounds = compileTerms(
      binder.args.slice(0, 2).map((bound) => instantiateAll(store, bound, outer)),
      scope,
    )
    all = all.flatMap((values) => {
      const [from, to] = bounds(new Map([...entriesOf(point), ...values])) as [number, number]
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => [
        ...values,
        [`#${depth}`, from + i] as const,
      ])
    })
  }
  return all
}

function bindersAlong(term: Expr, path: readonly number[]): readonly BigTerm[] {
  return path.flatMap((position, depth) => {
    const node = subtermAt(term, path.slice(0, depth))
    return node.kind === 'big' && position === 2 ? [node] : []
  })
}

function entriesOf(environment: Environment): readonly (readonly [string, Value])[] {
  return environment instanceof Map ? [...environment] : Object.entries(environment)
}

/** All numbers but the whole ones, which may be counts and indices, times a factor. */
function move(environment: Environment, factor: number): Environment {
  const moved = (value: Value): Value => {
    if (typeof value === 'number') return Number.isInteger(value) ? value : value * factor
    return typeof value === 'function' ? value : Array.from(value, moved)
  }
  return new Map(entriesOf(environment).map(([name, value]) => [name, moved(value)]))
}

/** Law 7: a printed term is read back as the same term, up to the letters of bound indices. */
export function readsBack(
  term: Expr,
  format: 'ascii' | 'latex',
  options: ReadOptions,
  scope: Scope,
  taken: Iterable<string> = [],
): string[] {
  const { store } = scope
  const printed = printTerm(term, format, { taken })
  let again: Expr
  try {
    again = readTerm(printed, { ...options, store })
  } catch (error) {
    return [`${format} cannot be read: ${printed}\n      ${String(error)}`]
  }
  if (again === term || withoutLetters(scope, again) === withoutLetters(scope, term)) return []
  return [`${format} ${printed}\n      is read as ${printTerm(again, format)}`]
}

function withoutLetters({ store }: Scope, term: Expr, memo = new Map<Expr, Expr>()): Expr {
  const known = memo.get(term)
  if (known !== undefined) return known
  const args = term.args.map((arg) => withoutLetters({ store } as Scope, arg, memo))
  const result =
    term.kind === 'big' ? store.big(term.name, '', args[0]!, args[1]!, args[2]!) : store.rebuild(term, args)
  memo.set(term, result)
  return result
}

/** KaTeX renders it with everything forbidden that it frowns at; a command it refuses is drawn in #cc0000. */
export function renders(latex: string): string[] {
  try {
    const html = katex.renderToString(latex, { strict: 'error', throwOnError: true, displayMode: true })
    return html.includes('cc0000') ? [`KaTeX refuses a part of ${latex}`] : []
  } catch (error) {
    return [`KaTeX does not render ${latex}: ${String(error)}`]
  }
}

/** Whether a condition holds at a point for every value of its indices, and of free indices such as w_k's k. */
export function conditionHolds(
  condition: Condition,
  scope: Scope,
  point: Environment,
  free: readonly (readonly [string, number])[] = [],
): boolean {
  const names = condition.indices.map(({ name }) => name)
  const evaluateRelation = compileTerms([condition.relation], scope)
  const loop = (values: readonly (readonly [string, number])[], depth: number): boolean => {
    const environment = new Map([...entriesOf(point), ...values])
    const index = condition.indices[depth]
    if (index === undefined) return evaluateRelation(environment)[0] === 1
    const [from, to] = compileTerms([index.from, index.to], scope)(environment) as [number, number]
    for (let value = from; value <= to; value++) {
      if (!loop([...values, [names[depth]!, value]], depth + 1)) return false
    }
    return true
  }
  return loop(free, 0)
}

/** A term for a message: not more of it than a person reads. */
export function show(term: Expr): string {
  const text = printTerm(term, 'ascii')
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** How far two numbers are apart, relative to the expected one, absolute below 1. */
export function relativeError(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.max(1, Math.abs(expected))
}
