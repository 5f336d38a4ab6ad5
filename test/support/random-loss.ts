import { functions } from '../../src/functions/index.ts'
import {
  type Axis,
  firstOf,
  type Loss,
  type LossDefinition,
  type LossIndex,
  type LossName,
  type LossRange,
  type LossTerm,
  lossNames,
  make,
  name,
  number,
} from './loss-language.ts'
import { Chance } from './random-term.ts'

/** An index in scope: how far it may be shifted without leaving its axis. */
interface Frame {
  readonly letter: string
  readonly axis: Axis
  readonly down: number
  readonly up: number
}

/** Where a term stands: the indices around it, and in the body of a function its parameter. */
interface Place {
  readonly frames: readonly Frame[]
  readonly argument?: string
  readonly definitions: readonly LossDefinition[]
}

const letters: Readonly<Record<Axis, readonly string[]>> = {
  N: ['i', 'i', 'p'],
  d: ['j', 'j', 'k'],
  K: ['k', 'k', 'l'],
  n: ['i', 'j', 'p', 'h'],
  T: ['t', 't', 'i'],
  M: ['k', 'j'],
}

const smooth = ['sin', 'cos', 'tanh', 'sigmoid', 'softplus', 'atan', 'erf', 'erfc', 'Phi', 'gelu', 'swish']
const kinked = ['abs', 'relu', 'sign', 'abs', 'relu']
const ofPositive = ['log', 'sqrt', 'log1p', 'lgamma', 'digamma', 'log2', 'log10', 'cbrt']
/** Functions that have every value only in a part of the line, or grow fast: their argument is a small one. */
const wild = [...functions.keys()].filter((key) => {
  const spec = functions.get(key)!
  return spec.args.length === 1 && spec.variadic !== true && ![...smooth, ...kinked].includes(key)
})

/** A random loss, the same one for the same seed, of roughly `size` operations. */
export function randomLoss(seed: number, size: number): Loss {
  return new LossDrawer(new Chance(seed)).loss(size)
}

class LossDrawer {
  constructor(readonly chance: Chance) {}

  loss(size: number): Loss {
    const { chance } = this
    const definitions: LossDefinition[] = []
    while (chance.happens(0.25) && definitions.length < 3)
      definitions.push(this.#definition(definitions, size / 2))
    const place: Place = { frames: [], definitions }
    let body = this.#whole(size, place)
    if (chance.happens(0.25)) body = make('add', [body, this.#penalty(place)])
    return { definitions, body }
  }

  #definition(earlier: readonly LossDefinition[], size: number): LossDefinition {
    const { chance } = this
    const used = new Set(earlier.map((definition) => definition.name))
    const free = (names: readonly string[]) => names.find((entry) => !used.has(entry)) ?? 'unused'
    const form = chance.below(4)
    if (form < 2) {
      const argument = chance.one(['x', 'o', 'y', 'w'])
      const body = this.#term(size, { frames: [], argument, definitions: earlier })
      return { name: free(['f', 'h', 'phi', 'psi']), argument, body }
    }
    if (form === 2) {
      const axis = chance.one<Axis>(['N', 'N', 'K', 'n'])
      const letter = chance.one(letters[axis])
      const frames = [{ letter, axis, down: 0, up: 0 }]
      return {
        name: free(['yhat', 'pbar', 'eta', 'kappa']),
        letter,
        axis,
        body: this.#term(size, { frames, definitions: earlier }),
      }
    }
    return {
      name: free(['mu', 'nu', 'xi', 'rho']),
      body: this.#term(size, { frames: [], definitions: earlier }),
    }
  }

  /** A sum or mean over samples, classes, pairs or times, or a function of one; or a scalar loss. */
  #whole(size: number, place: Place): LossTerm {
    const { chance } = this
    const body = chance.happens(0.9) ? this.#big(size, place) : this.#term(size, place)
    switch (chance.below(10)) {
      case 0:
        return make('mul', [make('div', [number('1'), number('2')]), body])
      case 1:
        return make('neg', [body])
      case 2:
        return make(
          'call',
          [make('add', [number('1'), make('pow', [body, number('2')])])],
          chance.one(['sqrt', 'log']),
        )
      case 3:
        return make('div', [body, this.#positive(size / 3, place)])
      case 4:
        return make('add', [body, this.#big(size / 2, place)])
      default:
        return body
    }
  }

  #penalty(place: Place): LossTerm {
    const { chance } = this
    const hyper = name(chance.one(['lambda', 'tau']))
    const factor = chance.happens(0.5) ? hyper : make('div', [hyper, number('2')])
    const axis = chance.one<Axis>(['d', 'K', 'n'])
    const range = this.#fullRange(axis, place, false)
    const one = this.#element(
      axis === 'd' ? 'w' : axis === 'K' ? 'theta' : 'beta',
      this.#inside(place, range),
    )
    const body = chance.happens(0.6) ? make('pow', [one, number('2')]) : make('call', [one], 'abs')
    return make('mul', [factor, { ...make('big', [body], 'sum'), range }])
  }

  #inside(place: Place, range: LossRange): Place {
    const { from, to, letter, axis } = range
    const first = from.base === '' ? from.plus - firstOf(axis) : Math.max(0, from.plus)
    const frame = { letter, axis, down: first, up: Math.max(0, -to.plus) }
    return { ...place, frames: [...place.frames.filter((entry) => entry.letter !== letter), frame] }
  }

  #freeLetter(axis: Axis, place: Place): string | undefined {
    const taken = new Set(place.frames.map(({ letter }) => letter))
    return [this.chance.one(letters[axis]), ...letters[axis], 'r', 's'].find((letter) => !taken.has(letter))
  }

  #fullRange(axis: Axis, place: Place, implied: boolean): LossRange {
    const letter = implied ? 'i' : this.#freeLetter(axis, place)!
    return { letter, axis, from: { base: '', plus: firstOf(axis) }, to: { base: axis, plus: 0 }, implied }
  }

  #range(place: Place): LossRange {
    const { chance } = this
    const isOuter = place.frames.length === 0 && place.argument === undefined
    if (isOuter && chance.happens(0.35)) return this.#fullRange('N', place, true)
    const around = place.frames.filter(({ axis }) => axis === 'n')
    const axis = chance.one<Axis>(
      around.length > 0
        ? ['n', 'n', 'd']
        : isOuter
          ? ['N', 'N', 'n', 'T', 'K', 'd']
          : ['d', 'd', 'K', 'M', 'n'],
    )
    const full = this.#fullRange(axis, place, false)
    const outer = around.at(-1)
    if (axis === 'n' && outer !== undefined && chance.happens(0.6)) {
      const base = outer.letter
      return chance.one([
        { ...full, from: { base, plus: 1 } },
        { ...full, from: { base, plus: 0 } },
        { ...full, to: { base, plus: 0 } },
        { ...full, to: { base, plus: -1 } },
      ])
    }
    if ((axis === 'T' || axis === 'n') && chance.happens(axis === 'T' ? 0.7 : 0.2)) {
      return chance.one([
        { ...full, from: { base: '', plus: 2 } },
        { ...full, to: { base: axis, plus: -1 } },
        { ...full, from: { base: '', plus: 2 }, to: { base: axis, plus: -1 } },
      ])
    }
    return full
  }

  #big(size: number, place: Place): LossTerm {
    const { chance } = this
    if (place.frames.length >= 3) return this.#leaf(place)
    const range = this.#range(place)
    const inner = this.#inside(place, range)
    const isFull = range.from.base === '' && range.to.plus === 0 && range.to.base === range.axis
    const isSimple = isFull && range.from.plus === 1
    const operations = ['sum', 'sum', 'sum', 'sum', 'prod']
    if (isSimple) operations.push('mean', 'mean')
    // An empty range has no largest element.
    if (isSimple && !range.implied) operations.push('max', 'min', 'logsumexp', 'logsumexp')
    const operation = chance.one(operations)
    const body = this.#bodyOf(operation, size, inner)
    return { ...make('big', [body], operation), range }
  }

  #bodyOf(operation: string, size: number, place: Place): LossTerm {
    if (operation === 'prod') return this.#positive(size / 2, place)
    return this.#term(operation === 'max' || operation === 'min' ? size / 2 : size - 1, place)
  }

  #index(frame: Frame): LossIndex {
    const { chance } = this
    let shift = 0
    if (frame.down > 0 && chance.happens(0.4)) shift = -1
    else if (frame.up > 0 && chance.happens(0.4)) shift = 1
    return { letter: frame.letter, shift }
  }

  /** An element of a name whose axes all have an index here. */
  #element(text: string, place: Place): LossTerm {
    const { axes } = lossNames.find((entry) => entry.name === text)!
    return name(
      text,
      axes.map((axis) => this.#index(this.chance.one(place.frames.filter((frame) => frame.axis === axis)))),
    )
  }

  #leaf(place: Place): LossTerm {
    const { chance } = this
    const { frames, argument } = place
    if (argument !== undefined && chance.happens(0.5)) return { op: 'argument', name: argument, args: [] }
    const pick = chance.number()
    if (pick < 0.12) return number(chance.one(['2', '3', '0.5', '1', '10', '0.1', '1.50', '4']))
    const fits = (entry: LossName) => entry.axes.every((axis) => frames.some((frame) => frame.axis === axis))
    const isShadowed = (entry: LossName) => entry.name === argument
    const possible = lossNames.filter(
      (entry) => fits(entry) && !isShadowed(entry) && entry.indexes === undefined,
    )
    const indexed = possible.filter((entry) => entry.axes.length > 0)
    if (pick < 0.2) {
      const sample = frames.find((frame) => frame.axis === 'N')
      if (sample !== undefined) return name('theta', [{ letter: sample.letter, shift: 0, through: 'a' }])
      const power = frames.find((frame) => frame.axis === 'M')
      if (power !== undefined) return make('pow', [name(chance.one(['m', 'b'])), name(power.letter)])
    }
    return this.#entry(chance.one(indexed.length > 0 && chance.happens(0.7) ? indexed : possible), place)
  }

  #entry(entry: LossName, place: Place): LossTerm {
    return entry.axes.length === 0 ? name(entry.name) : this.#element(entry.name, place)
  }

  #positive(size: number, place: Place): LossTerm {
    const inner = this.#term(size - 2, place)
    const one = number('1')
    const two = number('2')
    return this.chance.one([
      make('add', [one, make('pow', [inner, two])]),
      make('add', [two, make('call', [inner], 'sin')]),
      make('add', [one, make('call', [inner], 'abs')]),
      make('call', [inner], 'cosh'),
      make('call', [inner], 'sigmoid'),
      make('call', [make('neg', [make('pow', [inner, two])])], 'exp'),
    ])
  }

  #condition(size: number, place: Place): LossTerm {
    const { chance } = this
    const relation = () =>
      make(
        'relation',
        [this.#term(size / 2, place), chance.happens(0.5) ? number('0') : this.#term(size / 2, place)],
        chance.one(['<', '<=', '>', '>=']),
      )
    if (chance.happens(0.85)) return relation()
    return make('logic', [relation(), relation()], chance.one(['and', 'or']))
  }

  #defined(size: number, place: Place): LossTerm | undefined {
    const usable = place.definitions.filter(
      ({ axis }) => axis === undefined || place.frames.some((frame) => frame.axis === axis),
    )
    if (usable.length === 0) return undefined
    const { name: text, argument, axis } = this.chance.one(usable)
    if (argument !== undefined) return make('defined', [this.#term(size - 1, place)], text)
    if (axis === undefined) return make('defined', [], text)
    const frame = this.chance.one(place.frames.filter((entry) => entry.axis === axis))
    return { ...make('defined', [], text), indices: [this.#index(frame)] }
  }

  #term(size: number, place: Place): LossTerm {
    const { chance } = this
    if (place.definitions.length > 0 && chance.happens(0.2)) {
      const defined = this.#defined(size, place)
      if (defined !== undefined) return defined
    }
    if (size < 2) return this.#leaf(place)
    const half = () => this.#term(size / 2, place)
    const most = () => this.#term(size - 1, place)
    const positive = () => this.#positive(size - 1, place)
    switch (chance.below(22)) {
      case 0:
      case 1:
        return make('add', [half(), half()])
      case 2:
      case 3:
        return make('add', [half(), make('neg', [half()])])
      case 4:
      case 5:
        return make('mul', [half(), half()])
      case 6:
        return make('mul', [half(), this.#leaf(place), half()])
      case 7:
        return make('div', [half(), this.#positive(size / 2, place)])
      case 8:
        return make('pow', [most(), number(chance.one(['2', '2', '2', '3', '4']))])
      case 9: {
        const exponents = [number('0.5'), number('-1'), make('div', [number('3'), number('2')]), name('tau')]
        return make('pow', [positive(), chance.one(exponents)])
      }
      case 10:
        return make('pow', [this.#positive(size / 2, place), half()])
      case 11:
        return make('call', [positive()], chance.one(ofPositive))
      case 12:
      case 13:
        return make('call', [most()], chance.one(smooth))
      case 14:
        return make('call', [most()], chance.one(kinked))
      case 15:
        return make('call', [this.#leaf(place)], chance.one(wild))
      case 16:
        return make('call', [half(), chance.happens(0.4) ? number('0') : half()], chance.one(['max', 'min']))
      case 17:
        return chance.happens(0.6)
          ? make('if', [this.#condition(size / 3, place), half(), half()])
          : make('mul', [make('ind', [this.#condition(size / 3, place)]), half()])
      case 18:
        return make('neg', [most()])
      case 19:
        return make('open', [make('mul', [name(chance.one(['m', 'b'])), this.#leaf(place)])], 'g')
      default:
        return this.#nested(size, place)
    }
  }

  #nested(size: number, place: Place): LossTerm {
    const classes = place.frames.find((frame) => frame.axis === 'K')
    if (classes !== undefined && this.chance.happens(0.5)) {
      // The entry of the softmax belongs to the class around it, so its range has the same letter.
      const range: LossRange = {
        letter: classes.letter,
        axis: 'K',
        from: { base: '', plus: 1 },
        to: { base: 'K', plus: 0 },
        implied: false,
      }
      return { ...make('big', [this.#term(size - 2, place)], 'softmax'), range }
    }
    return this.#big(size - 1, place)
  }
}
