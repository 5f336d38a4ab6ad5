import { columns } from './help.ts'
import type { Library, RuleRow } from './library.ts'
import { UsageError } from './options.ts'

/** The table of all rules, or all that is known of one. */
export function printRules(
  { rules, suggest }: Library,
  id: string | undefined,
  format: 'text' | 'json',
): string {
  if (id === undefined) {
    if (format === 'json') return `${JSON.stringify(rules.map(toJson), null, 2)}\n`
    return `${columns(
      rules.map((rule) => [rule.id, rule.title, rule.law]),
      '',
    )}\n`
  }
  const rule = rules.find((candidate) => candidate.id === id)
  if (rule === undefined) {
    const near = suggest(
      id,
      rules.map((candidate) => candidate.id),
    )
    throw new UsageError(
      `unknown rule "${id}"`,
      near === undefined ? 'derive rules lists them' : `did you mean ${near}?`,
    )
  }
  if (format === 'json') return `${JSON.stringify(toJson(rule), null, 2)}\n`
  const facts: [string, string][] = [
    ['law', rule.law],
    ['because', plainly(rule.because)],
    ...(rule.needs ?? []).map((need, i): [string, string] => [i === 0 ? 'needs' : '', need]),
    ...rule.examples.map(([before, after], i): [string, string] => [
      i === 0 ? 'examples' : '',
      `${before} = ${after}`,
    ]),
  ]
  return `${rule.title} (${rule.id})\n${columns(facts)}\n`
}

function toJson({ id, title, law, because, needs, examples }: RuleRow) {
  return { id, title, law, because: plainly(because), needs: needs ?? [], examples }
}

/** The reason of a rule by itself: a word in braces shows the letter that the law has for it. */
function plainly(because: string): string {
  return because.replace('{row}', 'the derivative from the table of functions').replace(/\{(\w+)\}/g, '$1')
}
