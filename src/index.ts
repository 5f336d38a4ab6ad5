export type { Verdict } from './derivation/linearity.ts'
export type { Condition, Derivation, Detail, Line, Step } from './derivation/step.ts'
export {
  type CheckedLine,
  type CheckFormat,
  type CheckOptions,
  type CheckReport,
  check,
  printCheck,
  renderCheckHtml,
} from './library/check.ts'
export { type DerivedLoss, type DeriveOptions, derive, type ToldReading } from './library/derive.ts'
export { compile, evaluate, parse } from './library/evaluate.ts'
export { type LinearityReport, linearity } from './library/linearity.ts'
export { type NextStep, type NextStepOptions, nextStep, printNextStep } from './library/next-step.ts'
export { type DerivedLossJson, type Format, print, renderHtml, toJson } from './library/print.ts'
export { type PartialCheck, type Verification, type VerifyOptions, verify } from './library/verify.ts'
export type { CompiledCurvature, CompiledLoss, Slope } from './numeric/compile.ts'
export { type Environment, EvaluateError, type Value } from './numeric/environment.ts'
export { ReadError, type ReadOptions } from './read/index.ts'
export { suggest } from './read/suggest.ts'
export { type Rule, rules } from './rules/index.ts'
export type { Simplification } from './tasks/simplify.ts'
export type { Expr } from './term/expr.ts'
export { LimitError } from './term/limits.ts'
