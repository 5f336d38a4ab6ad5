import { row } from './row.ts'
import type { FunctionSpec } from './spec.ts'

/** Hyperbolic functions and their inverses. */
export const hyperbolic: readonly FunctionSpec[] = [
  row('sinh', {
    latex: '\\sinh',
    derivative: 'cosh(u)',
    domain: [-5, 5],
    evaluate: Math.sinh,
    js: 'Math.sinh({u})',
  }),
  row('cosh', {
    latex: '\\cosh',
    derivative: 'sinh(u)',
    domain: [-5, 5],
    range: 'positive',
    evaluate: Math.cosh,
    js: 'Math.cosh({u})',
  }),
  row('tanh', {
    latex: '\\tanh',
    derivative: '1 - tanh(u)^2',
    domain: [-3, 3],
    evaluate: Math.tanh,
    js: 'Math.tanh({u})',
  }),
  row('coth', {
    latex: '\\coth',
    derivative: '-csch(u)^2',
    needs: ['u != 0'],
    domain: [0.3, 4],
    evaluate: (u) => 1 / Math.tanh(u),
    js: '1 / Math.tanh({u})',
  }),
  row('sech', {
    derivative: '-sech(u)*tanh(u)',
    domain: [-4, 4],
    range: 'positive',
    evaluate: (u) => 1 / Math.cosh(u),
    js: '1 / Math.cosh({u})',
  }),
  row('csch', {
    aliases: ['cosech'],
    derivative: '-csch(u)*coth(u)',
    needs: ['u != 0'],
    domain: [0.3, 4],
    evaluate: (u) => 1 / Math.sinh(u),
    js: '1 / Math.sinh({u})',
  }),
  row('asinh', {
    aliases: ['arcsinh', 'arsinh', 'argsinh'],
    latex: '\\operatorname{arsinh}',
    derivative: '1/sqrt(1 + u^2)',
    domain: [-8, 8],
    evaluate: Math.asinh,
    js: 'Math.asinh({u})',
  }),
  row('acosh', {
    aliases: ['arccosh', 'arcosh', 'argcosh'],
    latex: '\\operatorname{arcosh}',
    derivative: '1/sqrt(u^2 - 1)',
    needs: ['u > 1'],
    domain: [1.1, 8],
    evaluate: (u) => acoshFromExcess(u - 1),
    js: 'Math.acosh({u})',
  }),
  row('atanh', {
    aliases: ['arctanh', 'artanh', 'argtanh'],
    latex: '\\operatorname{artanh}',
    derivative: '1/(1 - u^2)',
    needs: ['abs(u) < 1'],
    domain: [-0.9, 0.9],
    evaluate: Math.atanh,
    js: 'Math.atanh({u})',
  }),
  row('acoth', {
    aliases: ['arccoth', 'arcoth'],
    latex: '\\operatorname{arcoth}',
    derivative: '1/(1 - u^2)',
    needs: ['abs(u) > 1'],
    domain: [-8, -1.1],
    // atanh(1/u) would lose the digits of u near 1.
    evaluate: (u) => (Math.sign(u) * Math.log1p(2 / (Math.abs(u) - 1))) / 2,
    js: 'Math.atanh(1 / {u})',
  }),
  row('asech', {
    aliases: ['arcsech', 'arsech'],
    latex: '\\operatorname{arsech}',
    derivative: '-1/(u*sqrt(1 - u^2))',
    needs: ['u > 0', 'u < 1'],
    domain: [0.05, 0.95],
    evaluate: (u) => acoshFromExcess((1 - u) / u),
    js: 'Math.acosh(1 / {u})',
  }),
  row('acsch', {
    aliases: ['arccsch', 'arcsch'],
    latex: '\\operatorname{arcsch}',
    derivative: '-1/(abs(u)*sqrt(1 + u^2))',
    needs: ['u != 0'],
    domain: [-8, -0.1],
    evaluate: (u) => Math.asinh(1 / u),
    js: 'Math.asinh(1 / {u})',
  }),
]

/** acosh(1 + t), in which t keeps its digits near 0; beyond 2^28 its square would overflow in the end. */
function acoshFromExcess(t: number): number {
  return t > 2 ** 28 ? Math.log1p(t) + Math.LN2 : Math.log1p(t + Math.sqrt(2 * t + t * t))
}
