import { type Node, operandsOf, type Reduction } from './node.ts'
import type { Shape, Statement, Variable } from './program.ts'

/** What is done with a value, for each combination of some free indices. */
interface Action {
  readonly over: readonly Node[]
  readonly value: Node
  /** What comes before the loops over these indices. */
  readonly prepare?: (block: Scheduled) => void
  readonly effect: (block: Scheduled, value: Variable) => void
}

/** A value of the program that is asked for: `over` are the free indices that it is an array of. */
export interface Demand {
  readonly value: Node
  readonly over: readonly Node[]
}

/** A block under construction, with what can be seen from inside. */
class Scheduled {
  readonly statements: Statement[] = []
  readonly #variables = new Map<Node, Variable>()

  constructor(
    /** The index that this block is the loop of. */
    readonly index?: Node,
    readonly outer?: Scheduled,
  ) {}

  /** The variable that holds a node's value here; not one of an outer loop over an index that is bound anew. */
  find(node: Node): Variable | undefined {
    const variable = this.#variables.get(node)
    if (variable !== undefined) return variable
    if (this.index !== undefined && node.indices.has(this.index)) return undefined
    return this.outer?.find(node)
  }

  get(node: Node): Variable {
    const variable = this.find(node)
    if (variable === undefined) throw new Error(`no value for ${node.operation.kind} ${node.id}`)
    return variable
  }

  set(node: Node, variable: Variable): void {
    this.#variables.set(node, variable)
  }

  isBound(index: Node): boolean {
    return this.index === index || (this.outer?.isBound(index) ?? false)
  }
}

/**
 * Brings a graph into an order. Each node is computed in the outermost loop that has all indices it depends on;
 * there, reductions over the same index become one loop, unless one needs the result of another; what is
 * needed only for one choice is computed in its branch.
 */
export class Schedule {
  #variables = 0

  get variables(): number {
    return this.#variables
  }

  /** The statements that compute and store the values, in the order of the demands. */
  run(demands: readonly Demand[]): readonly Statement[] {
    const block = new Scheduled()
    this.#fill(
      block,
      demands.map(({ value, over }, output) => ({
        over,
        value,
        prepare: (inner: Scheduled) => {
          inner.statements.push({ kind: 'output', output, shape: shapeOf(over, inner) })
        },
        effect: (inner: Scheduled, result: Variable) => {
          const at = over.map((index) => inner.get(index))
          inner.statements.push({ kind: 'store', output, shape: shapeOf(over, inner), at, value: result })
        },
      })),
    )
    return block.statements
  }

  #fresh(): Variable {
    return this.#variables++
  }

  /** Computes in the block what the actions need, then performs them. */
  #fill(block: Scheduled, actions: readonly Action[]): void {
    const roots = actions.flatMap(({ value, over }) => [value, ...over.flatMap(({ args }) => args)])
    for (const level of this.#levels(block, roots)) {
      for (const { node, isCertain } of level.plain) this.#compute(block, node, isCertain)
      for (const group of level.loops) this.#loop(block, group)
    }
    for (const { prepare } of actions) prepare?.(block)
    for (const { over, value, effect } of actions) {
      if (over.length === 0) effect(block, block.get(value))
    }
    const inner = groupBy(
      actions.filter(({ over }) => over.length > 0),
      ({ over }) => over[0]!,
    )
    for (const [index, group] of inner) {
      this.#inLoop(
        block,
        index,
        group.map(({ over, value, effect }) => ({ over: over.slice(1), value, effect })),
      )
    }
  }

  #inLoop(block: Scheduled, index: Node, actions: readonly Action[], sums: readonly Sum[] = []): void {
    const body = new Scheduled(index, block)
    const variable = this.#fresh()
    body.set(index, variable)
    const [from, to] = index.args.map((side) => block.get(side)) as [Variable, Variable]
    this.#fill(body, actions)
    block.statements.push({ kind: 'loop', index: variable, from, to, body: body.statements, sums })
  }

  /**
   * The nodes to compute in this block, level by level. A reduction is one level above what it needs, so that
   * those of one level can share a loop.
   */
  #levels(block: Scheduled, roots: readonly Node[]): Level[] {
    const here = this.#needed(block, roots)
    const levels: Level[] = []
    const levelAt = (i: number): Level => {
      levels[i] ??= { plain: [], loops: [] }
      return levels[i]
    }
    const heights = new Map<Node, number>()
    const reductions: { readonly node: Node; readonly level: number }[] = []
    for (const node of inOrder(roots, (part) =>
      partsOf(part).filter((next) => block.find(next) === undefined),
    )) {
      let height = 0
      for (const part of partsOf(node)) height = Math.max(height, heights.get(part) ?? 0)
      if (here.has(node)) {
        if (node.operation.kind === 'reduce') reductions.push({ node, level: height++ })
        else levelAt(height).plain.push({ node, isCertain: here.get(node) === 'certain' })
      }
      heights.set(node, height)
    }
    for (const [level, members] of groupBy(reductions, (entry) => entry.level)) {
      const nodes = members.map(({ node }) => node)
      levelAt(level).loops.push(...groupBy(nodes, (node) => node.args[0]!).values())
    }
    for (let i = 0; i < levels.length; i++) levelAt(i)
    return levels
  }

  /**
   * What to compute in this block: what is needed here, also inside loops, or for two choices or more, and
   * depends on no index that is not bound. Only what is certain to be needed here may fail.
   */
  #needed(block: Scheduled, roots: readonly Node[]): ReadonlyMap<Node, 'certain' | 'perhaps'> {
    const needed = new Map<Node, 'certain' | 'perhaps'>()
    const isInner = ({ indices }: Node) => ![...indices].every((index) => block.isBound(index))
    const choices: Node[] = []
    const visit = (from: readonly Node[], state: 'certain' | 'perhaps'): void => {
      const pending = [...from]
      for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
        if (needed.has(node) || block.find(node) !== undefined) continue
        needed.set(node, state)
        // A choice in an inner loop is made often: what it may need of here is computed once.
        if (isInner(node) && !isRescue(node)) visit(node.lazy, 'perhaps')
        else choices.push(...node.lazy)
        if (node.operation.kind !== 'reduce') pending.push(...node.args)
        else visit(operandsOf(node), 'perhaps')
      }
    }
    visit(roots, 'certain')
    const choiceOf = new Map<Node, Node>()
    for (const choice of choices) {
      const pending = [choice]
      for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
        if (needed.has(node) || block.find(node) !== undefined) continue
        const earlier = choiceOf.get(node)
        if (earlier === choice) continue
        if (earlier !== undefined) visit([node], 'perhaps')
        else {
          choiceOf.set(node, choice)
          choices.push(...node.lazy)
          pending.push(...operandsOf(node))
        }
      }
    }
    for (const node of needed.keys()) if (isInner(node)) needed.delete(node)
    return needed
  }

  #compute(block: Scheduled, node: Node, isCertain: boolean): void {
    const { operation, args } = node
    const target = this.#fresh()
    if (operation.kind === 'choose') {
      const condition = block.get(args[0]!)
      const [yes, no] = node.lazy.map((value) => this.#branch(block, value)) as [Branch, Branch]
      block.statements.push({
        kind: 'choose',
        target,
        condition,
        yes: yes.statements,
        yesValue: yes.value,
        no: no.statements,
        noValue: no.value,
      })
    } else if (operation.kind === 'entry') {
      const [array, ...at] = args
      block.statements.push({
        kind: 'read',
        target,
        array: block.get(array!),
        shape: shapeOf(at, block),
        at: at.map((index) => block.get(index)),
      })
    } else {
      const values = args.map((arg) => block.get(arg))
      block.statements.push({ kind: 'set', target, operation, args: values, mayFail: isCertain })
    }
    block.set(node, target)
  }

  #branch(block: Scheduled, value: Node): Branch {
    const inner = new Scheduled(undefined, block)
    this.#fill(inner, [{ over: [], value, effect: () => {} }])
    return { statements: inner.statements, value: inner.get(value) }
  }

  /** One loop for several reductions over the same index. */
  #loop(block: Scheduled, reductions: readonly Node[]): void {
    const index = reductions[0]!.args[0]!
    const entries = reductions.map((node) => {
      const { reduction, over } = node.operation as { reduction: Reduction; over: readonly Node[] }
      return { node, over, reduction, target: this.#fresh(), shape: shapeOf(over, block) }
    })
    for (const { reduction, target, shape } of entries) {
      block.statements.push({ kind: 'begin', target, reduction, shape })
    }
    this.#inLoop(
      block,
      index,
      entries.map(({ node, over, reduction, target, shape }) => ({
        over,
        value: node.args[1]!,
        effect: (inner: Scheduled, value: Variable) => {
          const at = over.map((free) => inner.get(free))
          inner.statements.push({ kind: 'take', target, reduction, shape, at, value })
        },
      })),
      entries.filter(({ reduction }) => reduction === 'sum').map(({ target, shape }) => ({ target, shape })),
    )
    for (const { node, reduction, target, shape } of entries) {
      block.statements.push({ kind: 'end', target, reduction, shape })
      block.set(node, target)
    }
  }
}

type Sum = (Statement & { kind: 'loop' })['sums'][number]

interface Level {
  readonly plain: { readonly node: Node; readonly isCertain: boolean }[]
  /** The reductions of each loop. */
  readonly loops: Node[][]
}

interface Branch {
  readonly statements: readonly Statement[]
  readonly value: Variable
}

function shapeOf(over: readonly Node[], block: Scheduled): Shape {
  return over.map(({ args }) => ({ from: block.get(args[0]!), to: block.get(args[1]!) }))
}

/** Whether this is a choice for the rare case that a value is not a number. */
function isRescue({ operation, args }: Node): boolean {
  return operation.kind === 'choose' && args[0]!.operation.kind === 'is-undefined'
}

function partsOf(node: Node): readonly Node[] {
  return [...operandsOf(node), ...node.lazy]
}

/** All nodes below the roots, each after its parts. */
function inOrder(roots: readonly Node[], partsOf: (node: Node) => readonly Node[]): readonly Node[] {
  const order: Node[] = []
  const seen = new Set<Node>()
  const pending: { readonly node: Node; isOpen: boolean }[] = []
  for (const root of roots.toReversed()) pending.push({ node: root, isOpen: false })
  for (let next = pending.at(-1); next !== undefined; next = pending.at(-1)) {
    if (next.isOpen) {
      order.push(next.node)
      pending.pop()
    } else if (seen.has(next.node)) {
      pending.pop()
    } else {
      next.isOpen = true
      seen.add(next.node)
      for (const part of partsOf(next.node)) {
        if (!seen.has(part)) pending.push({ node: part, isOpen: false })
      }
    }
  }
  return order
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
