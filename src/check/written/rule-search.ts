import type { Environment, Value } from '../../numeric/environment.ts'
import { hashText } from '../../numeric/random.ts'
import { randomFunction } from '../../numeric/random-function.ts'
import { differentiationRules, type RuleContext } from '../../rules/index.ts'
import type { Expr } from '../../term/expr.ts'
import { type Path, replaceAt, subtermAt } from '../../term/path.ts'
import type { Scope } from '../../term/scope.ts'
import { Atoms } from './atoms.ts'
import { drawPoints, evaluator, noFacts } from './points.ts'

/** What leads from one line to the next: ids of rules, in the order they were used; none where algebra alone does. */
export interface RulesFound {
  readonly ids: readonly string[]
}

interface State {
  readonly term: Expr
  readonly used: readonly string[]
  readonly steps: number
}

const stateLimit = 150
const pointCount = 3
const stepLimit = 12
const closingLimit = 60

/**
 * Finds which rules of differentiation lead from a line to the next. The rules are applied at derivatives, breadth
 * first, one at a time, at all derivatives at once, or until none is left; a state is the goal when it equals the
 * line by algebra alone, with the derivatives that are left taken as quantities of their own.
 */
export class RuleSearch {
  readonly #scope: Scope
  readonly #context: RuleContext
  readonly #atoms: Atoms
  readonly #seed: number

  constructor(scope: Scope, seed: number) {
    this.#scope = scope
    this.#seed = seed
    this.#atoms = new Atoms(scope)
    this.#context = { store: scope.store, scope, isWritten: () => false }
  }

  /** Nothing where the search did not find a way: then nothing is known. */
  find(previous: Expr, line: Expr): RulesFound | undefined {
    const points = this.#points(previous, line)
    if (points.length === 0) return undefined
    const goal = this.#values(line, points)
    const isGoal = (term: Expr) => agree(this.#values(term, points), goal)
    if (isGoal(previous)) return { ids: this.#unfolds(previous, line) ? ['definition'] : [] }
    const seen = new Set<Expr>([previous])
    let frontier: State[] = [{ term: previous, used: [], steps: 0 }]
    let states = 0
    while (frontier.length > 0 && states < stateLimit) {
      const next: State[] = []
      for (const state of frontier) {
        for (const move of this.#moves(state)) {
          if (seen.has(move.term)) continue
          seen.add(move.term)
          if (++states > stateLimit) break
          if (isGoal(move.term)) return { ids: [...new Set(move.used)] }
          if (move.steps < stepLimit) next.push(move)
        }
      }
      frontier = next
    }
    return undefined
  }

  /** One rule at one derivative; the next rule at every derivative; one or all derivatives taken to the end. */
  #moves({ term, used, steps }: State): State[] {
    const paths = derivativePaths(term)
    const moves: State[] = []
    const push = (after: Expr, rules: readonly string[]) => {
      if (after !== term) moves.push({ term: after, used: [...used, ...rules], steps: steps + 1 })
    }
    for (const path of paths.slice(0, 8)) {
      const step = this.#step(subtermAt(term, path))
      if (step !== undefined) push(replaceAt(this.#scope.store, term, path, step.after), [step.id])
    }
    if (paths.length > 1) {
      const ids: string[] = []
      let after = term
      for (const path of paths) {
        const step = this.#step(subtermAt(after, path))
        if (step === undefined) continue
        after = replaceAt(this.#scope.store, after, path, step.after)
        ids.push(step.id)
      }
      push(after, ids)
    }
    for (const path of paths.slice(0, 4)) {
      const ids: string[] = []
      push(replaceAt(this.#scope.store, term, path, this.#close(subtermAt(term, path), ids)), ids)
    }
    if (paths.length > 1) {
      const ids: string[] = []
      push(this.#close(term, ids), ids)
    }
    return moves
  }

  /** The first rule that fires on a derivative; where none does, the definition of what is differentiated. */
  #step(goal: Expr): { readonly after: Expr; readonly id: string } | undefined {
    for (const rule of differentiationRules) {
      if (!rule.on.includes(goal.kind)) continue
      const result = rule.apply(goal, this.#context)
      if (result !== undefined) return { after: 'after' in result ? result.after : result, id: rule.id }
    }
    const [body, variable] = goal.args
    const unfolded = body?.kind === 'symbol' || body?.kind === 'apply' ? this.#scope.unfold(body) : undefined
    if (unfolded === undefined) return undefined
    return { after: this.#scope.store.derivative(unfolded, variable!), id: 'definition' }
  }

  #close(term: Expr, ids: string[]): Expr {
    let current = term
    for (let count = 0; count < closingLimit; count++) {
      let changed = false
      for (const path of derivativePaths(current)) {
        const step = this.#step(subtermAt(current, path))
        if (step === undefined) continue
        ids.push(step.id)
        current = replaceAt(this.#scope.store, current, path, step.after)
        changed = true
        break
      }
      if (!changed) break
    }
    return current
  }

  /** Whether one of the two names what the other writes out. */
  #unfolds(previous: Expr, line: Expr): boolean {
    for (const { name, definition } of this.#scope.declarations) {
      if (definition !== undefined && previous.names.has(name) && !line.names.has(name)) return true
      if (definition !== undefined && line.names.has(name) && !previous.names.has(name)) return true
    }
    return this.#definitionsIn(previous) !== this.#definitionsIn(line)
  }

  /** How often names with a definition stand under derivatives. */
  #definitionsIn(term: Expr): number {
    let count = 0
    const visit = (node: Expr, inside: boolean): void => {
      if (!node.hasDerivative && !inside) return
      const within = inside || node.kind === 'derivative'
      const isDefined = node.kind === 'symbol' || node.kind === 'apply'
      if (within && isDefined && this.#scope.declaration(node.name)?.definition !== undefined) count++
      for (const arg of node.args) visit(arg, within)
    }
    visit(term, false)
    return count
  }

  #points(previous: Expr, line: Expr): readonly Environment[] {
    const terms = [previous, line].map((term) => this.#atoms.replace(this.#atoms.unfold(term)))
    try {
      return drawPoints([terms[1]!], this.#scope, noFacts, {
        count: pointCount,
        seed: this.#seed,
        beside: [terms[0]!, this.#atoms.unfold(previous)],
      })
    } catch {
      return []
    }
  }

  /** The values at the points, each derivative standing for itself. */
  #values(term: Expr, points: readonly Environment[]): readonly number[] {
    const replaced = this.#atoms.replace(term)
    const values = evaluator([replaced], this.#scope)
    return points.map((point) => {
      const entries = new Map<string, Value>(Object.entries(point as Readonly<Record<string, Value>>))
      for (const name of replaced.names) {
        if (name.startsWith('atom ')) entries.set(name, randomFunction(hashText(name) >>> 1))
      }
      return values(entries)[0]!
    })
  }
}

function agree(left: readonly number[], right: readonly number[]): boolean {
  return left.every((value, i) => {
    const other = right[i]!
    return Math.abs(value - other) <= 1e-8 * Math.max(1e-6, Math.abs(value), Math.abs(other))
  })
}

/** The paths of the derivatives that stand in no other derivative. */
function derivativePaths(term: Expr): readonly Path[] {
  const paths: Path[] = []
  const visit = (node: Expr, path: Path): void => {
    if (!node.hasDerivative || paths.length >= 40) return
    if (node.kind === 'derivative') {
      // Of a second derivative, the inner one is taken first.
      if (node.args[0]!.hasDerivative) visit(node.args[0]!, [...path, 0])
      else paths.push(path)
      return
    }
    for (const [i, arg] of node.args.entries()) visit(arg, [...path, i])
  }
  visit(term, [])
  return paths
}
