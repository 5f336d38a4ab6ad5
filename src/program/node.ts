import type { BinderOperation, RelationOperation } from '../term/expr.ts'

/** `log-sum` is the logarithm of the sum of what its body is the logarithm of. */
export type Reduction = BinderOperation | 'log-sum'

/** What a node computes from the values of its `args`. */
export type Operation =
  /** As it was written, exact: `0.1`, `1/3` is a division. */
  | { readonly kind: 'number'; readonly written: string }
  | { readonly kind: 'constant'; readonly name: 'pi' | 'e' }
  /** The whole value of a name of the environment: a number, or an array. */
  | { readonly kind: 'input'; readonly name: string; readonly isArray: boolean }
  /** `[array, index]`; element 0 has the index `base`. `isArray` where it is a row. */
  | { readonly kind: 'element'; readonly base: 0 | 1; readonly isArray: boolean }
  /** `[array]`: how many elements it has. */
  | { readonly kind: 'length' }
  /** `[from, to]`: the index of a loop. Loops inside each other over the same range have different copies. */
  | { readonly kind: 'index'; readonly isFree: boolean; readonly copy: number }
  /** `[value]`: the value, which must be an integer up to rounding. */
  | { readonly kind: 'integer' }
  | { readonly kind: 'add' | 'multiply' | 'negate' | 'divide' | 'power' }
  /** A function of the function table. */
  | { readonly kind: 'call'; readonly name: string }
  /** 1 or 0; not a number where a side is not. */
  | { readonly kind: 'compare'; readonly relation: RelationOperation }
  /** `[value]`: 1 where it is not a number, else 0. */
  | { readonly kind: 'is-undefined' }
  /** `[condition]`, and lazily `[then, otherwise]`; not a number where the condition is not. */
  | { readonly kind: 'choose' }
  /** `[index, body]`. With `over`, an array with a value for each combination of these indices. */
  | { readonly kind: 'reduce'; readonly reduction: Reduction; readonly over: readonly Node[] }
  /** `[array, ...indices]`: one of the values of a reduction `over` these indices. */
  | { readonly kind: 'entry' }

/** A value in the graph that loss, gradient and Hessian share: the same computation is the same node. */
export interface Node {
  readonly id: number
  readonly operation: Operation
  readonly args: readonly Node[]
  /** Computed only when the node chooses it. */
  readonly lazy: readonly Node[]
  /** The indices of loops on whose present values it depends. */
  readonly indices: ReadonlySet<Node>
}

/** Builds nodes and keeps each computation once. */
export class Graph {
  readonly #nodes = new Map<string, Node>()

  /** How many nodes there are. */
  get size(): number {
    return this.#nodes.size
  }

  node(operation: Operation, args: readonly Node[] = [], lazy: readonly Node[] = []): Node {
    const key = JSON.stringify([operation, args.map(idOf), lazy.map(idOf)], (name, value) =>
      name === 'over' ? (value as readonly Node[]).map(idOf) : value,
    )
    let node = this.#nodes.get(key)
    if (node === undefined) {
      const id = this.#nodes.size
      const parts = [...args, ...lazy]
      const indices = indicesOf(operation, parts)
      node = { id, operation, args, lazy, indices }
      if (operation.kind === 'index') indices.add(node)
      this.#nodes.set(key, node)
    }
    return node
  }

  number(value: number): Node {
    return this.node({ kind: 'number', written: String(value) })
  }

  call(name: string, ...args: readonly Node[]): Node {
    return this.node({ kind: 'call', name }, args)
  }

  negate(value: Node): Node {
    if (value.operation.kind === 'negate') return value.args[0]!
    return this.node({ kind: 'negate' }, [value])
  }

  add(terms: readonly Node[]): Node {
    return terms.length === 1 ? terms[0]! : this.node({ kind: 'add' }, terms)
  }

  subtract(left: Node, right: Node): Node {
    return this.node({ kind: 'add' }, [left, this.negate(right)])
  }

  multiply(factors: readonly Node[]): Node {
    return factors.length === 1 ? factors[0]! : this.node({ kind: 'multiply' }, factors)
  }

  compare(relation: RelationOperation, left: Node, right: Node): Node {
    return this.node({ kind: 'compare', relation }, [left, right])
  }

  choose(condition: Node, then: Node, otherwise: Node): Node {
    return this.node({ kind: 'choose' }, [condition], [then, otherwise])
  }

  /** The first where it is a number, else the second. */
  orElse(value: Node, otherwise: Node): Node {
    return this.choose(this.node({ kind: 'is-undefined' }, [value]), otherwise, value)
  }

  /**
   * A reduction whose value depends on free indices, such as the k of a partial derivative by w_k, is computed
   * for all of them in one loop where the loops would otherwise repeat what does not depend on k. A loop up to k
   * is another loop for each k.
   */
  reduce(reduction: Reduction, index: Node, body: Node): Node {
    const over = [...body.indices].filter(isFreeIndex).sort((a, b) => a.id - b.id)
    const isOneLoop = over.length > 0 && !over.some((free) => index.indices.has(free))
    if (!isOneLoop || !sharesWork(body, index, over)) {
      return this.node({ kind: 'reduce', reduction, over: [] }, [index, body])
    }
    const array = this.node({ kind: 'reduce', reduction, over }, [index, body])
    return this.node({ kind: 'entry' }, [array, ...over])
  }
}

function idOf(node: Node): number {
  return node.id
}

export function isFreeIndex({ operation }: Node): boolean {
  return operation.kind === 'index' && operation.isFree
}

/** All nodes that must have a value before, or inside, a node's own computation; without lazy ones. */
export function operandsOf({ operation, args }: Node): readonly Node[] {
  return operation.kind === 'reduce' && operation.over.length > 0 ? [...args, ...operation.over] : args
}

function indicesOf(operation: Operation, parts: readonly Node[]): Set<Node> {
  const inner = operation.kind === 'reduce' ? [parts[0]!, ...operation.over] : []
  const indices = new Set<Node>()
  for (const part of parts) for (const index of part.indices) indices.add(index)
  for (const index of inner) indices.delete(index)
  return indices
}

/** Whether an operation inside depends on the index of the loop, but not on all the free ones. */
function sharesWork(body: Node, index: Node, over: readonly Node[]): boolean {
  const seen = new Set<Node>([body])
  for (const node of seen) {
    if (!node.indices.has(index)) continue
    const { kind } = node.operation
    const isRead = kind === 'element' || kind === 'index' || kind === 'entry'
    if (!isRead && over.some((free) => !node.indices.has(free))) return true
    for (const part of [...node.args, ...node.lazy]) seen.add(part)
  }
  return false
}
