export {
  type DerivationFormat,
  type DerivationJson,
  type DerivationOptions,
  derivationToJson,
  hessianEntryToJson,
  type LineJson,
  printDerivation,
  type StepJson,
  type TermJson,
} from './derivation/index.ts'
export { type HtmlInput, type HtmlOptions, renderHtml } from './html.ts'
export {
  type LinearityFormat,
  type LinearityJson,
  linearityToJson,
  printLinearity,
  renderLinearity,
} from './linearity/index.ts'
export { printMathml } from './mathml.ts'
export { type NextLine, nextLineToJson, printNextLine } from './next-line.ts'
export { lossName, printReading, type ReadingJson, type ReadingOptions, readingToJson } from './reading.ts'
export { type PrintOptions, printTerm, type TermFormat } from './term.ts'
