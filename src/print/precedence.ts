/**
 * The one precedence table. Every notation takes its parentheses from here: a rendered part has the level of
 * what stands outermost in it, a place has the least level it takes, and `needsParentheses` compares the two.
 */
export const level = {
  /** `a or b` */
  or: 1,
  /** `a and b` */
  and: 2,
  /** `not a` */
  not: 3,
  /** `a < b` */
  relation: 4,
  /** `a + b` */
  sum: 5,
  /** `-a` */
  negation: 6,
  /** `a*b` */
  product: 7,
  /** `a/b`, where a quotient is written in a line */
  quotient: 8,
  /** What multiplies as it stands but is no base of a power: a fraction, a sum sign with its body. */
  factor: 9,
  /** `a^b` */
  power: 10,
  /** A name, a number, an application, anything in brackets. */
  atom: 11,
} as const

export type Level = (typeof level)[keyof typeof level]

/** The places a sub-term stands in. */
export type Place =
  | 'firstTerm'
  | 'term'
  | 'negated'
  | 'firstFactor'
  | 'factor'
  | 'numerator'
  | 'denominator'
  | 'base'
  | 'exponent'
  | 'argument'
  | 'index'
  | 'bound'
  | 'bigBody'
  | 'derivativeBody'
  | 'side'
  | 'conjunct'
  | 'disjunct'
  | 'negatedCondition'

/** The least level that stands in a place without parentheses. */
export type Places = Readonly<Record<Place, Level>>

/** A place that encloses what stands in it. */
export const encloses: Level = level.or

/** What all notations agree on; `a/b*c` is a quotient times c, so that a quotient may come first. */
const common = {
  firstTerm: level.negation,
  term: level.product,
  negated: level.product,
  firstFactor: level.quotient,
  factor: level.factor,
  base: level.atom,
  argument: encloses,
  index: encloses,
  bound: level.sum,
  side: level.sum,
  conjunct: level.not,
  disjunct: level.and,
  negatedCondition: level.atom,
} as const

/** Plain notation: sums and derivatives have brackets of their own, quotients have none. */
export const plainPlaces: Places = {
  ...common,
  numerator: level.product,
  denominator: level.factor,
  exponent: level.atom,
  bigBody: encloses,
  derivativeBody: encloses,
}

/**
 * LaTeX: fractions, roots and exponents enclose; a sum reaches over a product, a derivative over a factor. A
 * quotient with a slash stands only in exponents, and beside a factor it takes parentheses: `(1/2) x`.
 */
export const latexPlaces: Places = {
  ...common,
  firstFactor: level.factor,
  numerator: encloses,
  denominator: encloses,
  exponent: encloses,
  bigBody: level.product,
  derivativeBody: level.factor,
}

/** Unicode in a line: a quotient beside a factor takes parentheses, `(1/N) Σ …`, for it is read by eye. */
export const textPlaces: Places = {
  ...common,
  firstFactor: level.factor,
  numerator: level.product,
  denominator: level.factor,
  exponent: level.atom,
  bigBody: level.product,
  derivativeBody: level.factor,
}

/** A rendered sub-term and what its surroundings must know of it. */
export interface Part {
  readonly text: string
  readonly level: Level
  /** It ends in a sum or a derivative whose body would swallow a factor that followed. */
  readonly open: boolean
  /** Parentheses around it must grow. */
  readonly tall: boolean
  /** How it begins: digits would run together, and a bracket after a function's name is its argument. */
  readonly start: 'digit' | 'bracket' | 'other'
  /** It ends in a name after which a bracket is read as an argument. */
  readonly callable: boolean
}

/** Whether a part needs parentheses in a place; `last` when nothing follows it that an open end could swallow. */
export function needsParentheses(part: Part, least: Level, last: boolean): boolean {
  return part.level < least || (part.open && !last)
}

/** A part, an atom unless said otherwise. */
export function part(text: string, properties: Partial<Omit<Part, 'text'>> = {}): Part {
  return {
    text,
    level: properties.level ?? level.atom,
    open: properties.open ?? false,
    tall: properties.tall ?? false,
    start: properties.start ?? 'other',
    callable: properties.callable ?? false,
  }
}

/** The texts of the sides with the signs between them: `1 <= k <= d`. */
export function joinSides(signs: readonly string[], sides: readonly Part[]): string {
  return sides
    .map(({ text }, position) => (position === 0 ? text : `${signs[position - 1]} ${text}`))
    .join(' ')
}
