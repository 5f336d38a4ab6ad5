import { row } from './row.ts'
import type { FunctionSpec } from './spec.ts'

/** Sine and its kin, and their inverses; `acot(u)` is `atan(1/u)` and `asec(u)` is `acos(1/u)`. */
export const trigonometric: readonly FunctionSpec[] = [
  row('sin', {
    latex: '\\sin',
    derivative: 'cos(u)',
    because: 'the derivative of sine is cosine',
    domain: [-6, 6],
    evaluate: Math.sin,
    js: 'Math.sin({u})',
  }),
  row('cos', {
    latex: '\\cos',
    derivative: '-sin(u)',
    because: 'the derivative of cosine is minus sine',
    domain: [-6, 6],
    evaluate: Math.cos,
    js: 'Math.cos({u})',
  }),
  row('tan', {
    aliases: ['tg'],
    latex: '\\tan',
    derivative: 'sec(u)^2',
    needs: ['cos(u) != 0'],
    domain: [-1.3, 1.3],
    evaluate: Math.tan,
    js: 'Math.tan({u})',
  }),
  row('cot', {
    aliases: ['cotan', 'ctg'],
    latex: '\\cot',
    derivative: '-csc(u)^2',
    needs: ['sin(u) != 0'],
    domain: [0.3, 2.8],
    evaluate: (u) => 1 / Math.tan(u),
    js: '1 / Math.tan({u})',
  }),
  row('sec', {
    latex: '\\sec',
    derivative: 'sec(u)*tan(u)',
    needs: ['cos(u) != 0'],
    domain: [-1.3, 1.3],
    evaluate: (u) => 1 / Math.cos(u),
    js: '1 / Math.cos({u})',
  }),
  row('csc', {
    aliases: ['cosec'],
    latex: '\\csc',
    derivative: '-csc(u)*cot(u)',
    needs: ['sin(u) != 0'],
    domain: [0.3, 2.8],
    evaluate: (u) => 1 / Math.sin(u),
    js: '1 / Math.sin({u})',
  }),
  row('asin', {
    aliases: ['arcsin'],
    latex: '\\arcsin',
    derivative: '1/sqrt(1 - u^2)',
    needs: ['abs(u) < 1'],
    domain: [-0.95, 0.95],
    evaluate: Math.asin,
    js: 'Math.asin({u})',
  }),
  row('acos', {
    aliases: ['arccos'],
    latex: '\\arccos',
    derivative: '-1/sqrt(1 - u^2)',
    needs: ['abs(u) < 1'],
    domain: [-0.95, 0.95],
    evaluate: Math.acos,
    js: 'Math.acos({u})',
  }),
  row('atan', {
    aliases: ['arctan', 'arctg'],
    latex: '\\arctan',
    derivative: '1/(1 + u^2)',
    domain: [-8, 8],
    evaluate: Math.atan,
    js: 'Math.atan({u})',
  }),
  row('acot', {
    aliases: ['arccot', 'arcctg'],
    latex: '\\operatorname{arccot}',
    derivative: '-1/(1 + u^2)',
    needs: ['u != 0'],
    domain: [-8, -0.1],
    evaluate: (u) => Math.atan(1 / u),
    js: 'Math.atan(1 / {u})',
  }),
  row('asec', {
    aliases: ['arcsec'],
    latex: '\\operatorname{arcsec}',
    derivative: '1/(abs(u)*sqrt(u^2 - 1))',
    needs: ['abs(u) > 1'],
    domain: [-8, -1.1],
    // acos(1/u) would lose the digits of u near 1.
    evaluate: (u) => (u > 0 ? Math.atan(legOf(u)) : Math.PI - Math.atan(legOf(u))),
    js: 'Math.acos(1 / {u})',
  }),
  row('acsc', {
    aliases: ['arccsc', 'acosec', 'arccosec'],
    latex: '\\operatorname{arccsc}',
    derivative: '-1/(abs(u)*sqrt(u^2 - 1))',
    needs: ['abs(u) > 1'],
    domain: [-8, -1.1],
    evaluate: (u) => Math.sign(u) * Math.atan(1 / legOf(u)),
    js: 'Math.asin(1 / {u})',
  }),
]

/** The other leg of the triangle with hypotenuse |u| and leg 1. */
function legOf(u: number): number {
  const size = Math.abs(u)
  return Math.sqrt((size - 1) * (size + 1))
}
