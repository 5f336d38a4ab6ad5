/** The names that the options and definitions of one reading make known. */
export interface Vocabulary {
  /** Named in `wrt`, `data` or `hyper`: variables, whatever else the name may mean. */
  readonly variables: ReadonlySet<string>
  /** Functions with a definition. */
  readonly functions: ReadonlySet<string>
  /** Defined names. */
  readonly words: ReadonlySet<string>
  /** Whether `=` in the text defines, as in `f(x) = …`; in a fact it does not. */
  readonly defines: boolean
  /** Whether adjacent letters are separate names; unsaid, they are where the text has a command in it. */
  readonly latex?: boolean | undefined
  /** Whether the text is a loss, in which `D_\theta(x)` is rather a discriminator than a derivative. */
  readonly loss?: boolean | undefined
}

/** Where nothing is known of names. */
export const noVocabulary: Vocabulary = {
  variables: new Set(),
  functions: new Set(),
  words: new Set(),
  defines: false,
}

/** Words of the notation itself, as they are called. */
export const notationFunctions: ReadonlySet<string> = new Set([
  'sum',
  'prod',
  'mean',
  'logsumexp',
  'softmax',
  'tr',
  'clip',
  'clamp',
  'square',
  'size',
  'binom',
  'if',
  'ind',
])
/** Words that join the parts of a text. */
export const keywords: ReadonlySet<string> = new Set(['let', 'where', 'and', 'or', 'not', 'otherwise', 'in'])
