import type { IndexRange } from '../../term/scope.ts'
import { isOpenBound } from '../binders.ts'
import type { Elaborator } from '../elaborator.ts'
import { ReadError } from '../error.ts'
import { type Binder, letterOf, type NameUse, type PositionUse } from '../uses.ts'

/** Letters for the number of components of vectors that the text gives no name. */
const dimensionLetters = ['d', 'K', 'p', 'm', 'q', 'r', 'h', 'M', 'D', 'L']

/** In `\|y - Xw\|^2` the rows are the samples. */
const sampleRows: ReadonlySet<string> = new Set(['X', 'Y', 'y', 't'])
/** `x` alone is one sample, and its axis are the features. */
const features: ReadonlySet<string> = new Set(['x', 'z'])

interface Meeting {
  readonly binders: Binder[]
  readonly positions: { readonly use: NameUse; readonly place: number; readonly position: PositionUse }[]
}

/**
 * Gives each axis of a vector its range, once the ranges of written indices are known. Axes that meet at one place
 * of one name run over the same count: one that is written somewhere, or a new letter for each.
 * @throws ReadError where two different counts meet
 */
export function rangeAxes(reader: Elaborator, declared: ReadonlyMap<string, IndexRange>): void {
  const axes = reader.allBinders.filter(({ axis }) => axis)
  if (axes.length === 0) return
  const taken = new Set([
    ...reader.uses.keys(),
    ...reader.counts,
    ...reader.freeIndices.keys(),
    ...reader.allBinders.map(({ name }) => letterOf(name)),
  ])
  for (const meeting of meetings(reader)) {
    if (!meeting.binders.some(({ axis }) => axis)) continue
    // An earlier text about the same names has said how many components these have.
    const said = meeting.binders.find(({ axis, range }) => axis && range && !isOpenBound(range.to))?.range
    const range = knownCount(meeting, declared) ?? said ?? newCount(reader, meeting, taken)
    for (const binder of meeting.binders) {
      if (!binder.axis) continue
      binder.range = range
      for (const name of range.to.names) reader.counts.add(name)
    }
  }
}

/** Binders and places that are joined by standing at one place of one name. */
function meetings(reader: Elaborator): Meeting[] {
  const parents = new Map<object, object>()
  const root = (member: object): object => {
    let at = member
    for (let next = parents.get(at); next !== undefined; next = parents.get(at)) at = next
    // Later searches take the short way; without it they would be quadratic.
    for (let next = member; next !== at; ) {
      const parent = parents.get(next)!
      parents.set(next, at)
      next = parent
    }
    return at
  }
  const places = [...reader.uses.values()].flatMap((use) =>
    use.positions.map((position, place) => ({ use, place, position })),
  )
  for (const { position } of places) {
    for (const binder of position.binders) {
      const [one, other] = [root(position), root(binder)]
      if (one !== other) parents.set(one, other)
    }
  }
  const all = new Map<object, Meeting>()
  const meetingOf = (member: object): Meeting => {
    const key = root(member)
    const meeting = all.get(key) ?? { binders: [], positions: [] }
    all.set(key, meeting)
    return meeting
  }
  for (const binder of reader.allBinders) meetingOf(binder).binders.push(binder)
  for (const place of places) meetingOf(place.position).positions.push(place)
  return [...all.values()]
}

/** The one count of the written indices; it starts at 1, or lower where an index does. */
function knownCount(meeting: Meeting, declared: ReadonlyMap<string, IndexRange>): IndexRange | undefined {
  const isClosed = (range: IndexRange | undefined): range is IndexRange =>
    range !== undefined && range.from.loose === 0 && range.to.loose === 0
  const found: { range: IndexRange; use: NameUse }[] = []
  for (const { use, position } of meeting.positions) {
    for (const binder of position.binders) {
      const range = binder.axis ? undefined : (declared.get(binder.name) ?? binder.range)
      if (isClosed(range)) found.push({ range, use })
    }
    for (const range of position.shifted) if (isClosed(range)) found.push({ range, use })
    for (const name of position.free) {
      const range = declared.get(name)
      if (range !== undefined) found.push({ range, use })
    }
  }
  const whole = found.filter(({ range: { to } }) => to.kind === 'symbol' || to.kind === 'number')
  const best = whole[0] ?? found[0]
  if (best === undefined) return undefined
  const other = whole.find(({ range }) => range.to !== best.range.to)
  if (other !== undefined) {
    throw new ReadError(other.use.source, other.use.span, {
      message: `${other.use.name} has ${shown(other.range)} components, and ${best.use.name}, which it meets, has ${shown(best.range)}`,
      hint: 'vectors that are added or multiplied need the same number of components',
    })
  }
  const starts = found.map(({ range }) => range.from)
  const lowest = starts.reduce((low, from) =>
    from.kind === 'number' && low.kind === 'number' && from.value.compare(low.value) < 0 ? from : low,
  )
  return { from: lowest, to: best.range.to }
}

function shown({ to }: IndexRange): string {
  return to.kind === 'symbol' || to.kind === 'number' ? to.name : '…'
}

/** N, or what the loss is divided by, as in `\frac{1}{2m} \|X\theta - y\|^2`. */
function sampleCount(reader: Elaborator): string | undefined {
  return reader.context.sampleCount ?? (reader.uses.has('N') ? undefined : 'N')
}

function newCount(reader: Elaborator, { positions }: Meeting, taken: Set<string>): IndexRange {
  const { store } = reader
  const isRow = positions.some(({ use, place }) => place === 0 && sampleRows.has(use.name))
  const isFeature = positions.some(({ use }) => features.has(use.name))
  let name = isRow && !isFeature ? sampleCount(reader) : undefined
  name ??= dimensionLetters.find((letter) => !taken.has(letter))
  for (let i = 1; name === undefined; i++) if (!taken.has(`d${i}`)) name = `d${i}`
  taken.add(name)
  return { from: store.number(1), to: store.symbol(name) }
}
