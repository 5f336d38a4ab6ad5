import { exitCodes } from './exit-code.ts'
import type { Io } from './io.ts'
import type { Check, DerivedJson, Verification } from './library.ts'
import { fault, note, warn } from './tell.ts'

/** The object with what the check found on each derivation. */
export function withVerification(json: DerivedJson, { partials, seed }: Verification): DerivedJson {
  const mark = (derivations: readonly object[], checks: readonly Check[]) =>
    derivations.map((derivation, i) => {
      const check = checks[i]
      if (check === undefined) return derivation
      const { verdict, points, worst, where, undecided } = check
      return { ...derivation, verified: { verdict, points, worst, where: where ?? null, undecided, seed } }
    })
  const marked = { ...json, partials: mark(json.partials, partials) }
  if (json.hessian === undefined) return marked
  return { ...marked, hessian: mark(json.hessian, partials.slice(json.partials.length)) }
}

/** Tells what the check found, and answers the exit code: what numbers cannot decide is told, and is no fault. */
export async function tellVerification({ partials, seed }: Verification, io: Io): Promise<number> {
  const found = new Map<Check['verdict'], Check[]>([
    ['true', []],
    ['undecided', []],
    ['false', []],
  ])
  for (const check of partials) found.get(check.verdict)!.push(check)
  const [fine, undecided, wrong] = [...found.values()] as [Check[], Check[], Check[]]
  if (fine.length > 0) {
    const points = Math.min(...fine.map((check) => check.points))
    const worst = fine.reduce((a, b) => (b.worst > a.worst ? b : a))
    const whose = fine.length === partials.length ? '' : `${fine.map(nameOf).join(', ')}: `
    await note(
      io,
      `verified: ${whose}every step and result at ${points} points; worst relative difference ${differenceOf(worst)}; seed ${seed}`,
    )
  }
  for (const check of fine) {
    if (check.undecided === 0) continue
    await warn(
      io,
      `${nameOf(check)}: ${check.undecided} of ${check.steps} steps could not be decided by these points`,
    )
  }
  for (const check of undecided) {
    await warn(
      io,
      `${nameOf(check)} is not verified: no sample point was found where all of it has a value (seed ${seed})`,
    )
  }
  for (const check of wrong) {
    await fault(
      io,
      `the check with numbers failed for ${nameOf(check)}: ${differenceOf(check)}, seed ${seed}`,
    )
  }
  return wrong.length > 0 ? exitCodes.negative : exitCodes.done
}

/** `1.3e-14 (dJ/dm, step 4, chain)` */
function differenceOf(check: Check): string {
  const { worst, where } = check
  if (where === undefined) return worst.toPrecision(2)
  const place = where === 'result' ? 'result' : `step ${where.step + 1}, rule ${where.rule}`
  return `${worst.toPrecision(2)} (${nameOf(check)}, ${place})`
}

function nameOf({ wrt }: Check): string {
  const [first, second] = wrt
  if (first === '∇') return '∇J'
  if (second === undefined) return `∂J/∂${first}`
  return first === second ? `∂²J/∂${first}²` : `∂²J/∂${first}∂${second}`
}
