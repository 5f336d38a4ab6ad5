import type { Condition } from '../../derivation/step.ts'
import { instantiate } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import { isNumber } from '../../term/expr.ts'
import { isIndicator } from '../../term/guarded.ts'
import { TermStore } from '../../term/store.ts'
import { printTerm, type TermFormat } from '../term.ts'

/**
 * Each condition as it stands beside a line, none twice. `bound` are the letters that sums of the line bind: an
 * index that is not among them is said to stand for all its values.
 */
export function writeConditions(
  conditions: readonly Condition[],
  format: TermFormat,
  taken: ReadonlySet<string>,
  bound?: ReadonlySet<string>,
): string[] {
  const written = conditions.map((condition) => {
    const relation = writeRelation(condition.relation, format, taken)
    const others = condition.indices.map(({ name }) => name).filter((name) => bound?.has(name) === false)
    if (others.length === 0) return relation
    const letters = others.join(', ')
    return format === 'latex' ? `${relation} \\text{ for all } ${letters}` : `${relation} for all ${letters}`
  })
  return [...new Set(written)]
}

/** The letters of the indices that sums and products of a term bind. */
export function boundLetters(term: Expr, letters = new Set<string>(), seen = new Set<Expr>()): Set<string> {
  if (seen.has(term)) return letters
  seen.add(term)
  if (term.kind === 'big') letters.add(term.hint)
  for (const arg of term.args) boundLetters(arg, letters, seen)
  return letters
}

function writeRelation(relation: Expr, format: TermFormat, taken: ReadonlySet<string>): string {
  const print = (term: Expr) => printTerm(term, format, { taken })
  if (format !== 'ascii') {
    const words = (text: string) => (format === 'latex' ? `\\text{${text} }` : `${text} `)
    const single = singleExtreme(relation)
    if (single !== undefined) return `${words(`a single ${single.size}`)}${print(single.term)}`
    const pole = nonPole(relation)
    if (pole !== undefined) {
      return format === 'latex'
        ? `${print(pole)} \\notin \\{0, -1, -2, \\ldots\\}`
        : `${print(pole)} ∉ {0, −1, −2, …}`
    }
  }
  return print(relation)
}

/** "One term alone is the largest", which a rule says as `sum(k, [u_k == max(k, u_k)]) == 1`. */
function singleExtreme(relation: Expr): { readonly size: string; readonly term: Expr } | undefined {
  if (relation.kind !== 'relation' || relation.name !== '==' || !isNumber(relation.args[1]!, 1))
    return undefined
  const sum = relation.args[0]!
  const indicator = sum.kind === 'big' && sum.name === 'sum' ? sum.args[2]! : undefined
  if (indicator === undefined || sum.kind !== 'big' || !isIndicator(indicator)) return undefined
  const [term, extreme] = indicator.args[0]!.args
  if (extreme?.kind !== 'big' || (extreme.name !== 'max' && extreme.name !== 'min')) return undefined
  const store = new TermStore()
  return {
    size: extreme.name === 'max' ? 'largest' : 'smallest',
    term: instantiate(store, store.adopt(term!), store.symbol(sum.hint)),
  }
}

/** That a gamma function has no pole, which its row says as `u > 0 or sin(pi*u) != 0`. */
function nonPole(relation: Expr): Expr | undefined {
  if (relation.kind !== 'logical' || relation.name !== 'or') return undefined
  const [positive, sine] = relation.args
  if (positive?.kind !== 'relation' || sine?.kind !== 'relation') return undefined
  const call = sine.args[0]!
  const isPole = positive.name === '>' && sine.name === '!=' && call.kind === 'call' && call.name === 'sin'
  return isPole ? positive.args[0] : undefined
}
