import type { Derivation } from '../../derivation/step.ts'
import type { Scope } from '../../term/scope.ts'
import { derivationToJson, hessianEntryToJson } from './json.ts'
import { derivationsToLatex } from './latex.ts'
import { derivationsToMarkdown } from './markdown.ts'
import { derivationsToMathml } from './mathml.ts'
import { derivationsToText } from './text.ts'
import { type DerivationFormat, type DerivationOptions, nameLoss } from './written.ts'

export * from './json.ts'
export type { DerivationFormat, DerivationOptions } from './written.ts'

/**
 * The derivations of all partial derivatives and of the Hessian's entries, then gradient and Hessian, then the
 * closing sentences.
 */
export function printDerivation(
  partials: readonly Derivation[],
  scope: Scope,
  format: DerivationFormat,
  options: DerivationOptions = {},
): string {
  const input = nameLoss(partials, scope, options)
  switch (format) {
    case 'latex':
      return derivationsToLatex(input)
    case 'markdown':
      return derivationsToMarkdown(input)
    case 'mathml':
      return derivationsToMathml(input)
    case 'text':
    case 'ascii':
      return derivationsToText(input, format)
    case 'json':
      return JSON.stringify(
        [
          ...partials.map((partial) => derivationToJson(partial, scope, options.detail)),
          ...input.hessian.map((entry) => hessianEntryToJson(entry, scope, options.detail)),
        ],
        null,
        2,
      )
  }
}
