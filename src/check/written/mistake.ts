import { ReadError } from '../../read/index.ts'
import type { Expr, SymbolTerm } from '../../term/expr.ts'
import { editsOf } from './edit.ts'
import { applyEdit, type Edit, type MistakeKind } from './edit-list.ts'
import { freeIndicesIn, freeIndicesOf } from './free-index.ts'
import { ingredientsFrom, type Parsed } from './ingredients.ts'
import type { Judge } from './judge.ts'
import { readableText } from './readable-text.ts'
import type { ReadDerivation } from './reading.ts'
import type { JudgedLine } from './verdict.ts'

/** What is wrong with a line, as far as it can be told. */
export interface Mistake {
  readonly kind: MistakeKind
  /** One sentence. */
  readonly because: string
  /** The line with the mistake mended, in its author's own form. */
  readonly suggestion?: string
  /** Offsets into the line. */
  readonly marks: readonly { readonly from: number; readonly to: number }[]
}

const titles: ReadonlyMap<MistakeKind, string> = new Map([
  ['sign', 'sign'],
  ['lost-or-extra-factor', 'lost or extra factor'],
  ['inner-derivative', 'inner derivative'],
  ['exponent', 'exponent'],
  ['index', 'index'],
  ['unbound-index', 'index'],
  ['missing-parentheses', 'missing parentheses'],
  ['extra-parentheses', 'parentheses'],
  ['sum-into-function', 'sum pulled out of a function'],
  ['function', 'wrong function'],
  ['term', 'lost or extra term'],
])

/**
 * Each change is read anew, which costs as many steps as the line has letters. So many letters are read for one line and
 * for a whole document; then a line gets a short search: time stays bounded however much is wrong.
 */
const lettersOfLine = 120_000
const lettersOfDocument = 250_000
const shortSearch = 80

/** Names the mistakes of lines that do not follow. */
export class Mistakes {
  readonly #read: ReadDerivation
  readonly #judge: Judge
  #letters = 0

  constructor(read: ReadDerivation, judge: Judge) {
    this.#read = read
    this.#judge = judge
  }

  /** The sentence starts with the name of the mistake, where it has one. */
  explain(judged: JudgedLine, before: JudgedLine | undefined): Mistake {
    const mistake = this.#find(judged, before)
    const title = titles.get(mistake.kind)
    return title === undefined ? mistake : { ...mistake, because: `${title}: ${mistake.because}` }
  }

  #find(judged: JudgedLine, before: JudgedLine | undefined): Mistake {
    const { line, term, previous, value, unbound, brokenChain } = judged
    if (brokenChain !== undefined) {
      const marks = [{ from: 0, to: line.text.length }]
      return { kind: 'inner-derivative', because: brokenChain, marks }
    }
    if (term === undefined || previous === undefined)
      return { kind: 'not-equal-to-previous', because: 'this line does not equal the line before', marks: [] }
    if (value === 'right' && before?.value === 'wrong') {
      return {
        kind: 'not-equal-to-previous',
        because: 'this line is the true derivative, but it does not follow from the line before',
        marks: [],
      }
    }
    const mended = this.#mend(judged, before)
    if (mended !== undefined) return mended
    const start = before === undefined ? this.#wrongStart(term) : undefined
    if (start !== undefined) return start
    if (unbound.length > 0) {
      const places = indexPlaces(line.text, unbound)
      return {
        kind: 'unbound-index',
        because: `the index ${unbound.join(', ')} stands outside of any sum that binds it`,
        marks: places,
      }
    }
    const ratio = this.#ratio(judged)
    return {
      kind: ratio === undefined ? 'not-equal-to-previous' : ratio === -1 ? 'sign' : 'lost-or-extra-factor',
      because:
        ratio === undefined
          ? 'this line does not equal the line before'
          : ratio === -1
            ? 'the sign of the line is wrong'
            : `this line is ${ratio} times what it should be`,
      marks: [{ from: 0, to: line.text.length }],
    }
  }

  /** The smallest usual mistake whose mending makes the line follow. */
  #mend(judged: JudgedLine, before: JudgedLine | undefined): Mistake | undefined {
    const { line, previous, reach, known } = judged
    const { facts } = known
    const parsed = this.#parsed(line.text)
    if (parsed === undefined || previous === undefined) return undefined
    const probe = this.#judge.probe(previous, judged.term ?? previous, facts)
    if (probe === undefined) return undefined
    const allowed = freeIndicesIn([judged.equation.goal, previous], this.#read.scope)
    const given = ingredientsFrom(
      before === undefined ? undefined : this.#parsed(before.line.text),
      this.#read.lossText === undefined ? undefined : this.#parsed(this.#read.lossText),
      parsed,
      this.#read.scope,
      { wrt: this.#read.wrt, latex: this.#read.latex },
    )
    const texts = [line.text, ...(reach === undefined ? [] : [reach.text])]
    for (const text of texts) {
      const tree = text === line.text ? parsed.tree : this.#parsed(text)?.tree
      if (tree === undefined) continue
      const edits = editsOf(text, tree, given, this.#read.latex)
      for (const edit of edits.slice(0, this.#searchLimit(text))) {
        this.#letters += text.length
        const suggestion = applyEdit(text, edit)
        const reading = this.#readAgain(line, suggestion)
        if (reading === undefined || !probe.matches(reading)) continue
        if ([...freeIndicesOf(reading, this.#read.scope)].some((name) => !allowed.has(name))) continue
        if (this.#judge.compare(reading, previous, facts).verdict !== 'equal') continue
        return { kind: edit.kind, because: edit.because, suggestion, marks: marksOf(edit, text, line.text) }
      }
    }
    return undefined
  }

  #searchLimit({ length }: string): number {
    return this.#letters > lettersOfDocument
      ? shortSearch
      : Math.max(shortSearch, lettersOfLine / (length + 1))
  }

  /** A first line that is the derivative by another name, or belongs to another loss. */
  #wrongStart(term: Expr): Mistake | undefined {
    const { loss, scope, store, wrt } = this.#read
    if (loss === undefined) return undefined
    for (const name of scope.namesWithRole('parameter')) {
      if (name === wrt || !loss.names.has(name) || (scope.declaration(name)?.ranges.length ?? 0) > 0) continue
      const other = store.derivative(loss, store.symbol(name) as SymbolTerm)
      if (this.#judge.compare(term, other).verdict === 'equal') {
        return {
          kind: 'other-variable',
          because: `this is the derivative by ${name}, not by ${wrt}`,
          marks: [],
        }
      }
    }
    const known = new Set(loss.names)
    for (const { name, role, definition } of scope.declarations) {
      if (role === 'count' || role === 'index') known.add(name)
      if (definition !== undefined) for (const inner of [name, ...definition.body.names]) known.add(inner)
    }
    const strange = [...term.names].filter(
      (name) => !known.has(name) && name !== wrt && /^[A-Za-z]/.test(name),
    )
    const shared = [...term.names].filter((name) => loss.names.has(name))
    if (strange.length === 0 || shared.length > strange.length) return undefined
    return {
      kind: 'different-problem',
      because: `this belongs to another problem: ${strange.join(', ')} ${strange.length === 1 ? 'does' : 'do'} not occur in the loss`,
      marks: [],
    }
  }

  /** A simple number by which the line is too large or too small. */
  #ratio({ counterexample, term, previous }: JudgedLine): number | undefined {
    if (
      counterexample === undefined ||
      counterexample.previous === 0 ||
      term === undefined ||
      previous === undefined
    )
      return undefined
    const ratio = counterexample.line / counterexample.previous
    const simple = Math.round(ratio * 12) / 12
    if (simple === 0 || Math.abs(ratio - simple) > 1e-6) return undefined
    const { store } = this.#read
    const scaled = store.mul([
      store.number(String(Math.abs(Math.round(simple * 12)))),
      store.div(previous, store.number(12)),
    ])
    const expected = simple < 0 ? store.neg(scaled) : scaled
    return this.#judge.compare(term, expected).verdict === 'equal' ? simple : undefined
  }

  #parsed(text: string): Parsed | undefined {
    const tree = this.#read.shared.parse({ text: readableText(text), latex: this.#read.latex })
    return tree === undefined ? undefined : { text, tree }
  }

  #readAgain({ source }: JudgedLine['line'], text: string): Expr | undefined {
    try {
      return this.#read.shared.read({ ...source, text: readableText(text) })
    } catch (error) {
      if (error instanceof ReadError) return undefined
      throw error
    }
  }
}

/** The places of the changes in the line, also where they were found in the line with parentheses put in. */
function marksOf(
  edit: Edit,
  text: string,
  line: string,
): readonly { readonly from: number; readonly to: number }[] {
  const back = (place: number): number => {
    if (text === line) return place
    let at = 0
    for (let i = 0; i < place && at < line.length; i++) if (text[i] === line[at]) at++
    return at
  }
  if (edit.kind === 'missing-parentheses' && edit.changes.length === 2) {
    const [open, close] = edit.changes
    return [{ from: back(open!.from), to: back(close!.to) }]
  }
  return edit.changes.map(({ from, to }) => {
    const start = back(from)
    // What is lost is shown by the sign in front of which it belongs.
    return { from: start, to: Math.max(back(to), Math.min(line.length, start + 1)) }
  })
}

function indexPlaces(
  text: string,
  letters: readonly string[],
): readonly { readonly from: number; readonly to: number }[] {
  const places: { from: number; to: number }[] = []
  for (const letter of letters) {
    for (const found of text.matchAll(new RegExp(`_(?:\\{[^{}]*)?${letter}(?![A-Za-z])`, 'g'))) {
      places.push({ from: found.index + found[0].length - letter.length, to: found.index + found[0].length })
    }
  }
  return places
}
