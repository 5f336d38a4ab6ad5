import type { Expr } from '../term/expr.ts'
import { choiceOf } from '../term/fact.ts'
import type { Scope } from '../term/scope.ts'
import { printTerm, type TermFormat } from './term.ts'

/** A fact as it is asserted: `y_i \\in \\{0, 1\\}` for a choice of values, else as a condition. */
export function writeFact(fact: Expr, format: TermFormat): string {
  const choice = choiceOf(fact)
  if (choice === undefined) return printTerm(fact, format)
  const values = choice.written.map((value) => printTerm(value, format)).join(', ')
  const subject = printTerm(choice.subject, format)
  switch (format) {
    case 'latex':
      return `${subject} \\in \\{${values}\\}`
    case 'text':
      return `${subject} ∈ {${values}}`
    case 'ascii':
      return `${subject} in {${values}}`
  }
}

/** The facts that were given in these words. */
export function factsGivenAs(text: string, scope: Scope): readonly Expr[] {
  return scope.facts.filter((fact) => scope.factTexts.get(fact) === text)
}
