import { type Loss, type LossTerm, name, number, usesLetter } from './loss-language.ts'

/**
 * A smaller loss that still fails: as long as there is a smaller one, sub-terms are replaced by their own parts
 * or by the simplest term, and what is not used is left out.
 */
export function shrink(loss: Loss, fails: (smaller: Loss) => boolean, tries = 400): Loss {
  let left = tries
  let smallest = loss
  for (let changed = true; changed && left > 0; ) {
    changed = false
    for (const smaller of smallerLosses(smallest)) {
      if (left-- <= 0) break
      if (!fails(smaller)) continue
      smallest = smaller
      changed = true
      break
    }
  }
  return smallest
}

function* smallerLosses({ definitions, body }: Loss): Generator<Loss> {
  for (const smaller of smallerTerms(body)) yield { definitions, body: smaller }
  for (const [i, definition] of definitions.entries()) {
    const others = definitions.filter((_, k) => k !== i)
    if (![body, ...others.map((other) => other.body)].some((term) => mentions(term, definition.name))) {
      yield { definitions: others, body }
    }
    for (const smaller of smallerTerms(definition.body)) {
      yield { definitions: definitions.with(i, { ...definition, body: smaller }), body }
    }
  }
}

function mentions(term: LossTerm, name: string): boolean {
  return term.name === name || term.args.some((arg) => mentions(arg, name))
}

const isCondition = ({ op }: LossTerm): boolean => op === 'relation' || op === 'logic'

function* smallerTerms(term: LossTerm): Generator<LossTerm> {
  const { op, args, range } = term
  if (op === 'logic') yield* args
  else if (!isCondition(term) && args.length > 0) {
    for (const arg of args) {
      const isBound = range !== undefined && usesLetter(arg, range.letter)
      if (!isCondition(arg) && !isBound) yield arg
    }
    yield name('m')
    yield number('2')
  }
  if ((op === 'add' || op === 'mul') && args.length > 2) {
    for (const i of args.keys()) yield { ...term, args: args.filter((_, k) => k !== i) }
  }
  for (const [i, arg] of args.entries()) {
    for (const smaller of smallerTerms(arg)) yield { ...term, args: args.with(i, smaller) }
  }
}
