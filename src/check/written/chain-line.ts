import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { headName, type LeftSide } from './left-side.ts'

/** `\partial a/\partial b`, as a link from a to b. */
interface Link {
  readonly from: SymbolTerm
  readonly to: SymbolTerm
}

/**
 * Judges a chain rule that is stated for quantities nobody defines, `∂L/∂w = ∂L/∂z · ∂z/∂w`: there are no numbers to
 * compare, but the links must lead from the left side's quantity to its variable. The answer is what is wrong, if
 * anything is; or nothing for a line that is more than such a product.
 */
export function judgeChain(left: LeftSide, line: Expr): { readonly fault?: string } | undefined {
  if (left.kind !== 'derivative' || left.by.length !== 1) return undefined
  const links = linksOf(line)
  const [start, end] = [headName(left.of), headName(left.by[0]!)]
  if (links === undefined || links.length < 2 || start === '' || end === '') return undefined
  let at: string = start
  const rest = [...links]
  while (rest.length > 0) {
    const next = rest.findIndex(({ from }) => from.name === at)
    if (next < 0) return { fault: `no factor leads on from ${at}: the links of the chain do not meet` }
    at = rest.splice(next, 1)[0]!.to.name
  }
  return at === end ? {} : { fault: `the chain ends at ${at}, not at ${end}` }
}

/** The factors of a product of derivatives of names by names, also under sums. */
function linksOf(term: Expr): readonly Link[] | undefined {
  if (term.kind === 'big' && term.name === 'sum') return linksOf(term.args[2]!)
  if (term.kind === 'mul') {
    const parts = term.args.map(linksOf)
    return parts.includes(undefined) ? undefined : parts.flatMap((part) => part!)
  }
  const [from, to] = term.args
  return term.kind === 'derivative' && from?.kind === 'symbol' && to?.kind === 'symbol'
    ? [{ from, to }]
    : undefined
}
