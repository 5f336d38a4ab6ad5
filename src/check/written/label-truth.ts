/** Whether the rule that an author names is the one that leads to the line. */

/** The textbook names of the rules, by the ids of ours. */
const groups: ReadonlyMap<string, readonly string[]> = new Map([
  ['negation', ['factor']],
  ['factor', ['factor']],
  ['constant-divisor', ['factor']],
  ['sum', ['sum']],
  ['indexed-sum', ['sum']],
  ['product', ['product']],
  ['indexed-product', ['product']],
  ['logarithmic-product', ['product']],
  ['quotient', ['quotient']],
  ['reciprocal', ['reciprocal']],
  ['power', ['power']],
  ['power-chain', ['chain', 'power']],
  ['general-power', ['power', 'chain']],
  ['exponential', ['exponential', 'chain']],
  ['table', ['elementary']],
  ['chain', ['chain']],
  ['undefined-function', ['chain']],
  ['indexed-maximum', ['maximum']],
])

/** The rules as textbooks name them; `algebra` where no rule of differentiation was needed. */
export function textbookRules(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return ['algebra']
  return [...new Set(ids.flatMap((id) => groups.get(id) ?? [id]))]
}

/** What a label may mean where one of these rules was used: other names of the same step. */
const alsoCalled: ReadonlyMap<string, readonly string[]> = new Map([
  ['quotient', ['product', 'chain', 'power']],
  ['reciprocal', ['quotient', 'chain', 'power', 'product']],
  ['power', ['chain']],
  ['exponential', ['power']],
  ['elementary', ['chain', 'power', 'quotient']],
  ['maximum', ['chain']],
  ['piecewise', ['chain']],
])

/** Rules that a label can name so that it can be said to be wrong; words such as `simplify` name none. */
const named: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ['chain', /\bchain\b/i],
  ['product', /\bproduct\b(?=.*\brule)|\bleibniz/i],
  ['quotient', /\bquotient\b(?=.*\brule)/i],
  ['power', /\bpower\b(?=.*\brule)/i],
  ['factor', /\bfactor\b(?=.*\brules?\b)|\bconstant (?:factor|multiple)|\blinear/i],
  ['sum', /\b(?:sum|difference|addition)\b(?=.*\brules?\b)|\badditivity|\blinear/i],
]
/** Words beside which nothing is claimed: the label says more than the names of rules. */
const beyond =
  /inner|deriv|algebra|simplif|expan|cancel|definition|distrib|logarithm|\blog\b|exponent|matrix/i

/** Closing an inner derivative belongs to the chain rule as much as to the rules that close it. */
const closing = new Set([
  'sum',
  'factor',
  'constant',
  'identity',
  'kronecker',
  'definition',
  'elementary',
  'power',
])

/**
 * What is wrong with a label; nothing where it is right, vague, or where it cannot be told. A label such as
 * `simplify`, `algebra` or `plug in` names no rule and counts as right. `hasGoal` says whether a derivative stands in
 * the line before.
 */
export function faultOfLabel(label: string, ids: readonly string[], hasGoal: boolean): string | undefined {
  const claimed = named.filter(([, pattern]) => pattern.test(label)).map(([rule]) => rule)
  if (claimed.length === 0 || beyond.test(label)) return undefined
  const used = textbookRules(ids)
  if (ids.length === 0) {
    const impossible = claimed.every((rule) => rule === 'chain') && !hasGoal
    return impossible ? 'there is no derivative left to which the chain rule could be applied' : undefined
  }
  // Beside a product rule the derivative of sine closes a factor: no other name for it is a name of the step.
  const leading = used.filter((rule) => !closing.has(rule))
  const others = (leading.length > 0 ? leading : used).flatMap((rule) => alsoCalled.get(rule) ?? [])
  const possible = new Set([...used, ...others])
  if (claimed.some((rule) => possible.has(rule))) return undefined
  const closes = used.some((rule) => rule === 'constant' || rule === 'identity' || rule === 'kronecker')
  if (closes && claimed.includes('chain') && used.every((rule) => closing.has(rule))) return undefined
  if (closes && claimed.includes('factor') && !claimed.includes('product')) return undefined
  return `this is ${phrase(used)}, not ${phrase(claimed)}`
}

const phrases: ReadonlyMap<string, string> = new Map([
  ['kronecker', 'Kronecker delta'],
  ['elementary', 'elementary derivative'],
  ['definition', 'definition'],
  ['piecewise', 'case by case'],
])

function phrase(rules: readonly string[]): string {
  const telling = rules.filter((rule) => rule !== 'constant' && rule !== 'identity')
  const words = (telling.length > 0 ? telling : rules).map((rule) => phrases.get(rule) ?? `${rule} rule`)
  return `the ${words.length < 2 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`}`
}
