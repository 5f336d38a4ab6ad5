import {
  assertedEqual,
  choiceTimesSum,
  functionOfKnownSign,
  knownCase,
  knownDelta,
  powerOfChoice,
} from './assumption.ts'
import { sumOfKnownTerms } from './known-sum.ts'
import type { Rule } from './rule.ts'

/** What the user's facts make simpler; each step is labelled with its fact. */
export const factRules = [
  assertedEqual,
  powerOfChoice,
  choiceTimesSum,
  functionOfKnownSign,
  knownCase,
  knownDelta,
  sumOfKnownTerms,
] as const satisfies readonly Rule[]
