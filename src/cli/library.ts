/** What the command asks of the library's face; kept narrow so that tests can stand in for it. */
export interface Library {
  derive(text: string, options: DeriveOptions): Derived
  print(derived: Derived, format: TextFormat, options: PrintOptions): string
  print(report: LinearityReport, format: Exclude<Format, 'html'>): string
  toJson(derived: Derived, options: { readonly detail?: Detail }): DerivedJson
  renderHtml(derived: Derived | LinearityReport, options: { readonly detail?: Detail }): Promise<string>
  linearity(text: string, options: DeriveOptions): LinearityReport
  /** The next step only; nothing where the derivation is done. */
  nextStep(text: string, options: DeriveOptions & { readonly after?: number }): NextStep | undefined
  printNextStep(step: NextStep, format: NextFormat, show: 'rule' | 'line'): string
  verify(derived: Derived, options: VerifyOptions): Verification
  check(text: string, options: CheckOptions): CheckReport
  printCheck(report: CheckReport, format: CheckFormat, options: { readonly color?: boolean }): string
  renderCheckHtml(report: CheckReport): Promise<string>
  suggest(written: string, known: Iterable<string>): string | undefined
  readonly rules: readonly RuleRow[]
  readonly ReadError: new (...args: never[]) => ReadFailure
  readonly LimitError: new (...args: never[]) => Error
}

export type Detail = 'brief' | 'paper' | 'detailed'
export type Simplification = 'none' | 'paper' | 'full'
export type TextFormat = 'latex' | 'text' | 'ascii' | 'markdown' | 'mathml'
export type Format = TextFormat | 'json' | 'html'

/** The options of `derive` in the library. */
export interface DeriveOptions {
  wrt?: readonly string[]
  data?: readonly string[]
  hyper?: readonly string[]
  let?: readonly string[]
  assume?: readonly string[]
  range?: readonly string[]
  order?: 1 | 2
  simplify?: Simplification
  maxNodes?: number
}

export interface PrintOptions {
  detail?: Detail
  env?: 'align*' | 'aligned'
  labels?: 'text' | 'none'
}

export interface Derived {
  readonly reading: {
    /** `read as J = …`, on one line. */
    readonly sentence: string
  }
  readonly warnings: readonly string[]
}

/** What `linearity` answers; the command only hands it on. */
export interface LinearityReport {
  readonly verdict: string
  readonly sentence: string
  readonly warnings: readonly string[]
}

/** The object of `--format json`; what the command adds to it goes on each partial. */
export interface DerivedJson {
  readonly partials: readonly object[]
  readonly hessian?: readonly object[]
}

/** The options of `check` in the library. */
export interface CheckOptions {
  loss?: string
  wrt?: readonly string[]
  data?: readonly string[]
  hyper?: readonly string[]
  let?: readonly string[]
  assume?: readonly string[]
  range?: readonly string[]
  seed?: number
}

/** What `check` answers; the command only hands it on. */
export interface CheckReport {
  readonly lines: readonly { readonly verdict: string; readonly strict: string }[]
}

export type CheckFormat = 'text' | 'latex' | 'markdown' | 'json'

export interface NextStep {
  /** What the derivative is taken by. */
  readonly wrt: string
  readonly sentence: string
  readonly warnings: readonly string[]
}

export type NextFormat = 'latex' | 'text' | 'ascii' | 'json'

export interface VerifyOptions {
  readonly seed?: number
  readonly points?: number
}

/** What numbers say of one derivation. */
export interface Check {
  readonly wrt: readonly string[]
  readonly verdict: 'true' | 'false' | 'undecided'
  /** How many sample points lay in the domain. */
  readonly points: number
  /** The largest relative difference met. */
  readonly worst: number
  readonly where: { readonly step: number; readonly rule: string } | 'result' | undefined
  readonly steps: number
  /** How many of the steps have no value at any point. */
  readonly undecided: number
}

export interface Verification {
  readonly seed: number
  /** A check for each partial derivative, then for each entry of the Hessian. */
  readonly partials: readonly Check[]
}

export interface RuleRow {
  readonly id: string
  readonly title: string
  readonly law: string
  readonly because: string
  readonly needs?: readonly string[]
  readonly examples: readonly (readonly [before: string, after: string])[]
}

export interface ReadFailure extends Error {
  readonly line: number
  readonly column: number
  readonly expected: readonly string[]
  readonly hint?: string
  report(): string
}
