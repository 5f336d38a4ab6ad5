import type { FunctionSpec } from './spec.ts'

/** What a row of one argument `u` says; the rest follows from it. */
interface Row {
  readonly derivative: string
  readonly evaluate: (u: number) => number
  /** The interval from which the tests draw u. */
  readonly domain: readonly [number, number]
  /** Where it is differentiable, if not everywhere. */
  readonly needs?: readonly string[]
  /** Unsaid, an operator name made of the function's. */
  readonly latex?: string
  readonly text?: string
  readonly aliases?: readonly string[]
  readonly bracketed?: true
  /** Unsaid, the sentence that reads the row aloud. */
  readonly because?: string
  readonly range?: NonNullable<FunctionSpec['range']>
  /** Unsaid, a helper of the compiler of the function's name. */
  readonly js?: string
}

/** The row of a function of one argument. */
export function row(
  name: string,
  { derivative, evaluate, domain, latex, because, js, ...rest }: Row,
): FunctionSpec {
  return {
    name,
    args: ['u'],
    latex: latex ?? `\\operatorname{${name}}`,
    derivative: [derivative],
    because: because ?? `the derivative of ${name}(u) is ${derivative}`,
    domain: [domain],
    evaluate,
    code: { js: js ?? `${name}({u})` },
    ...rest,
  }
}
