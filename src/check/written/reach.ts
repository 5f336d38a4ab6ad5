import { partsOf, type Surface } from '../../read/index.ts'

/** An operator that stands without parentheses, and how far its author may have meant it to reach. */
export interface OpenOperator {
  /** `sum`, `derivative`, or the name of a function. */
  readonly name: string
  /** Where its operand begins. */
  readonly at: number
  /** Where the operand ends when read literally. */
  readonly end: number
  /** Later ends within the same bracket, the nearest first. */
  readonly later: readonly number[]
  /** Which of them end a product that the operand belongs to. */
  readonly products: ReadonlySet<number>
}

/** Another reading of a line: where parentheses are put, and the line with them. */
export interface Reach {
  readonly text: string
  /** The operators that reach further, by name, each with the place of its end among `later`, counted from the last. */
  readonly extended: readonly string[]
  readonly inserted: readonly { readonly at: number; readonly end: number }[]
  /**
   * Whether nothing but derivatives reaches further, and only over the factors beside: `\frac{d}{dw} \frac12 w^2` is
   * the derivative of the product for most authors, and of its first factor for none.
   */
  readonly isCommon: boolean
}

const reachLimit = 80

/** Where a term begins in the text: in front of the `\\left` that belongs to its bracket. */
export function startOf(text: string, at: number): number {
  const size = /\\(?:left|[bB]igg?l?)\s*$/.exec(text.slice(Math.max(0, at - 12), at))
  return size === null ? at : at - size[0].length
}

/** Where a term that begins at `at` ends in the text: behind the braces that its last token, as in `\\frac{1}{2}`, leaves open. */
function endOf(text: string, at: number, end: number): number {
  let open = 0
  for (const sign of text.slice(at, end)) open += sign === '{' ? 1 : sign === '}' ? -1 : 0
  let place = end
  for (; open > 0 && text[place] === '}'; open--) place++
  return place
}

/** The operators of a line whose operand is not closed by a bracket of its own. */
export function openOperators(tree: Surface, text: string): readonly OpenOperator[] {
  const found: OpenOperator[] = []
  const products = new Set<number>()
  const visit = (node: Surface, later: readonly number[]): void => {
    switch (node.kind) {
      case 'chain':
        if (node.op === '*' || node.op === '/') products.add(node.end)
        visit(node.left, [node.end, ...later])
        visit(node.right, later)
        return
      case 'negation':
        visit(node.body, later)
        return
      case 'derivative':
      case 'big':
        if (node.body.end === node.end)
          note(node.kind === 'big' ? node.name : 'derivative', node.body, node.end, later)
        if (node.body.end === node.end) visit(node.body, later)
        else visit(node.body, [])
        return
      case 'call': {
        const [only] = node.args
        if (node.args.length === 1 && only!.end === node.end && !node.own)
          note(node.name, only!, node.end, later)
        for (const arg of node.args) visit(arg, arg.end === node.end ? later : [])
        return
      }
      default:
        for (const part of partsOf(node)) visit(part, [])
    }
  }
  const note = (name: string, body: Surface, end: number, enclosing: readonly number[]): void => {
    const at = startOf(text, body.at)
    const close = (place: number) => endOf(text, at, place)
    const later = [...new Set(enclosing.filter((place) => place > end).map(close))].sort((a, b) => a - b)
    // A braced argument such as \sqrt{x} is closed by its brace.
    if (later.length === 0 || text[close(end)] === '}') return
    found.push({ name, at, end: close(end), later, products: new Set([...products].map(close)) })
  }
  visit(tree, [])
  return found.sort((a, b) => a.at - b.at)
}

/**
 * The other readings that charity allows: operators reach further than their literal scope, to a later end of the
 * same bracket. Parentheses are put nowhere else. One operator is extended before two are, and what reached further
 * in the line before (`habits`) does so first.
 */
export function reaches(text: string, tree: Surface, habits: readonly string[]): readonly Reach[] {
  const operators = openOperators(tree, text)
  const choices = operators.flatMap((operator) =>
    operator.later.map((end, i) => ({
      at: operator.at,
      end,
      habit: `${operator.name} ${operator.later.length - i}`,
      isCommon: operator.name === 'derivative' && operator.products.has(end),
    })),
  )
  const ranked = [...choices].sort((a, b) => rank(a.habit, habits) - rank(b.habit, habits))
  const sets: (typeof choices)[] = ranked.map((choice) => [choice])
  for (const [i, first] of ranked.entries()) {
    for (const second of ranked.slice(i + 1)) {
      if (sets.length >= reachLimit) break
      if (first.at !== second.at && !crosses(first, second)) sets.push([first, second])
    }
  }
  return sets.slice(0, reachLimit).map((set) => ({
    text: parenthesize(text, set),
    extended: set.map(({ habit }) => habit),
    inserted: set.map(({ at, end }) => ({ at, end })),
    isCommon: set.every(({ isCommon }) => isCommon),
  }))
}

function rank(habit: string, habits: readonly string[]): number {
  return habits.includes(habit)
    ? 0
    : habits.some((other) => other.split(' ')[0] === habit.split(' ')[0])
      ? 1
      : 2
}

function crosses(a: { at: number; end: number }, b: { at: number; end: number }): boolean {
  const [first, second] = a.at < b.at ? [a, b] : [b, a]
  return second.at < first.end && second.end > first.end
}

/** The text with a pair of parentheses around each span; spans may be nested but never cross. */
export function parenthesize(
  text: string,
  spans: readonly { readonly at: number; readonly end: number }[],
): string {
  const signs = spans.flatMap(({ at, end }) => [
    { place: at, sign: '(', order: -end },
    { place: end, sign: ')', order: -at },
  ])
  // At one place the outer parenthesis opens first and closes last; closing ones stand before opening ones.
  signs.sort((a, b) => a.place - b.place || (a.sign === b.sign ? a.order - b.order : a.sign === ')' ? -1 : 1))
  let result = ''
  let from = 0
  for (const { place, sign } of signs) {
    result += text.slice(from, place) + sign
    from = place
  }
  return result + text.slice(from)
}
