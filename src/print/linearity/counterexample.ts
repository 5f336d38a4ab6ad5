import type { Counterexample, Numbers } from '../../derivation/linearity.ts'
import type { SymbolTerm } from '../../term/expr.ts'
import type { Block } from './content.ts'
import type { Wording } from './wording.ts'

/** The batch, the gradients of its parts, their average, and the gradient that is another. */
export function counterexampleBlocks(example: Counterexample, wording: Wording): readonly Block[] {
  const { store } = wording.answer.scope
  const settings = Object.entries(example.env).map(([name, value]) =>
    wording.equation(wording.print(store.symbol(name)), writeNumbers(value, wording)),
  )
  for (const { left, right } of example.definitions) {
    settings.push(wording.equation(wording.print(left), wording.print(right)))
  }
  const entries = wording.list(example.entries.map((entry) => writeEntry(entry, wording)))
  const rows: [string, string][] = example.parts.map((part, k) => [
    `${part.length === 1 ? 'sample' : 'samples'} ${part.join(', ')}`,
    writeVector(example.partGradients[k]!, wording),
  ])
  const what = example.isPerSample ? 'samples' : 'micro-batches'
  rows.push([`average of the ${what}`, writeVector(example.averageOfParts, wording)])
  rows.push(['the whole batch', writeVector(example.batchGradient, wording)])
  return [
    { kind: 'sentence', text: 'To check by hand, take' },
    { kind: 'formulas', lines: [settings.join(wording.comma)] },
    {
      kind: 'sentence',
      text: `${example.isPerSample ? '' : 'On one sample the loss has no value. '}The gradients are`,
    },
    { kind: 'values', rows: [['by', entries], ...rows] },
    {
      kind: 'sentence',
      text: `The gradient of the batch and the average differ by ${Number(example.difference.toPrecision(6))}.`,
    },
  ]
}

/** `w_2` and `m` as the notation writes them. */
function writeEntry(entry: string, wording: Wording): string {
  const [, name = entry, indices] = /^(.*?)_\{?([\d,]+)\}?$/.exec(entry) ?? []
  const { store } = wording.answer.scope
  const terms = (indices ?? '').split(',').filter((digit) => digit !== '')
  const isIndexed = indices !== undefined && wording.answer.scope.declaration(entry) === undefined
  const symbol: SymbolTerm = isIndexed
    ? store.symbol(
        name,
        terms.map((digit) => store.number(digit)),
      )
    : store.symbol(entry)
  return wording.print(symbol)
}

function writeNumbers(value: Numbers, wording: Wording): string {
  return typeof value === 'number'
    ? wording.number(value)
    : wording.list(value.map((inner) => writeNumbers(inner, wording)))
}

function writeVector(values: readonly number[], wording: Wording): string {
  return wording.list(values.map((value) => wording.number(value)))
}
