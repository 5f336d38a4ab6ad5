import { Normalizer } from '../../rewrite/normalize.ts'
import { type Rewriting, sequence, type Trace } from '../../rewrite/trace.ts'
import {
  distributeDivisor,
  distributeFactor,
  distributeSign,
  type RuleContext,
  squareOfSum,
  tabulate,
} from '../../rules/index.ts'
import { occursBound } from '../../term/binder.ts'
import type { Expr } from '../../term/expr.ts'
import { bindersAlong, type Path, replaceAt, subtermAt } from '../../term/path.ts'
import type { Samples } from './samples.ts'

/**
 * Multiplies out the terms of a sum over pairs of samples, in which what belongs to either sample alone may then
 * leave one of the two sums: sum(i, sum(j, (u_i + u_j)/2)) is N*sum(i, u_i).
 */
export function multiplyOutPairs(term: Expr, samples: Samples, context: RuleContext): Rewriting {
  const parts: Trace[] = []
  let current = term
  for (const path of pairBodies(term, samples)) {
    const normalizer = new Normalizer(multiplyingOut, context, { isOpaque: (inner) => !isOfBoth(inner) })
    const { term: after, trace } = normalizer.normalize(subtermAt(current, path))
    if (trace === undefined) continue
    parts.push({ kind: 'inside', path, binders: bindersAlong(current, path), trace })
    current = replaceAt(context.store, current, path, after)
  }
  return { term: current, trace: sequence(parts) }
}

const multiplyingOut = tabulate([squareOfSum, distributeFactor, distributeDivisor, distributeSign])

/** Whether both indices of a pair stand in the term; under a binder of its own a term is left as it is. */
function isOfBoth(term: Expr): boolean {
  return term.kind !== 'big' && occursBound(term, 0) && occursBound(term, 1)
}

/** Where the bodies of sums over the samples stand that are the body of another one. */
function pairBodies(term: Expr, samples: Samples, path: Path = [], isInside = false): readonly Path[] {
  if (!samples.mentions(term)) return []
  const isSum = samples.isSampleSum(term)
  const found = isSum && isInside && occursBound(term, 0) ? [[...path, 2]] : []
  return [
    ...term.args.flatMap((arg, i) => pairBodies(arg, samples, [...path, i], isSum && i === 2)),
    ...found,
  ]
}
