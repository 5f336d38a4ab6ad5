import { row } from './row.ts'
import type { FunctionSpec } from './spec.ts'

/** Exponential, logarithms, roots, absolute value and sign, maximum and minimum. */
export const elementary: readonly FunctionSpec[] = [
  row('exp', {
    latex: '\\exp',
    derivative: 'exp(u)',
    because: 'the exponential function is its own derivative',
    domain: [-5, 5],
    range: 'positive',
    evaluate: Math.exp,
    js: 'Math.exp({u})',
  }),
  row('expm1', {
    derivative: 'exp(u)',
    domain: [-5, 5],
    evaluate: Math.expm1,
    js: 'Math.expm1({u})',
  }),
  row('log', {
    aliases: ['ln'],
    latex: '\\log',
    derivative: '1/u',
    needs: ['u > 0'],
    domain: [0.05, 20],
    evaluate: Math.log,
    js: 'Math.log({u})',
  }),
  row('log1p', {
    derivative: '1/(1 + u)',
    needs: ['u > -1'],
    domain: [-0.9, 10],
    evaluate: Math.log1p,
    js: 'Math.log1p({u})',
  }),
  row('log2', {
    aliases: ['lb'],
    latex: '\\log_2',
    derivative: '1/(u*log(2))',
    needs: ['u > 0'],
    domain: [0.05, 20],
    evaluate: Math.log2,
    js: 'Math.log2({u})',
  }),
  row('log10', {
    aliases: ['lg'],
    latex: '\\log_{10}',
    derivative: '1/(u*log(10))',
    needs: ['u > 0'],
    domain: [0.05, 20],
    evaluate: Math.log10,
    js: 'Math.log10({u})',
  }),
  {
    name: 'logbase',
    overload: 'log',
    args: ['u', 'b'],
    latex: '\\log',
    text: 'log',
    derivative: ['1/(u*log(b))', '-log(u)/(b*log(b)^2)'],
    because: 'the logarithm to the base b is log(u)/log(b)',
    needs: ['u > 0', 'b > 0', 'b != 1'],
    domain: [
      [0.05, 20],
      [1.5, 12],
    ],
    evaluate: (u = Number.NaN, b = Number.NaN) =>
      b === 10 ? Math.log10(u) : b === 2 ? Math.log2(u) : Math.log(u) / Math.log(b),
    code: { js: 'Math.log({u}) / Math.log({b})' },
  },
  row('sqrt', {
    latex: '\\sqrt',
    text: '√',
    derivative: '1/(2*sqrt(u))',
    needs: ['u > 0'],
    domain: [0.05, 20],
    range: 'nonnegative',
    evaluate: Math.sqrt,
    js: 'Math.sqrt({u})',
  }),
  row('cbrt', {
    latex: '\\sqrt[3]',
    text: '∛',
    derivative: '1/(3*cbrt(u)^2)',
    needs: ['u != 0'],
    domain: [0.05, 20],
    evaluate: Math.cbrt,
    js: 'Math.cbrt({u})',
  }),
  row('abs', {
    derivative: 'sign(u)',
    because: 'the slope of the absolute value is the sign',
    needs: ['u != 0'],
    domain: [0.1, 10],
    range: 'nonnegative',
    evaluate: Math.abs,
    js: 'Math.abs({u})',
  }),
  row('sign', {
    aliases: ['sgn', 'signum'],
    derivative: '0',
    because: 'the sign is constant on either side of 0',
    needs: ['u != 0'],
    domain: [0.1, 10],
    evaluate: Math.sign,
    js: 'Math.sign({u})',
  }),
  {
    name: 'max',
    aliases: ['maximum'],
    args: ['u', 'v'],
    variadic: true,
    latex: '\\max',
    derivative: [],
    because: 'the slope of a maximum is that of the largest argument',
    domain: [
      [-5, 5],
      [-5, 5],
    ],
    evaluate: Math.max,
    code: { js: 'Math.max({...})' },
  },
  {
    name: 'min',
    aliases: ['minimum'],
    args: ['u', 'v'],
    variadic: true,
    latex: '\\min',
    derivative: [],
    because: 'the slope of a minimum is that of the smallest argument',
    domain: [
      [-5, 5],
      [-5, 5],
    ],
    evaluate: Math.min,
    code: { js: 'Math.min({...})' },
  },
  {
    name: 'logaddexp',
    args: ['u', 'v'],
    latex: '\\operatorname{logaddexp}',
    derivative: ['sigmoid(u - v)', 'sigmoid(v - u)'],
    because: 'logaddexp(u, v) is log(exp(u) + exp(v)), and each exponential has its share of the sum',
    domain: [
      [-5, 5],
      [-5, 5],
    ],
    evaluate: (u = Number.NaN, v = Number.NaN) => logAddExp(u, v),
    code: { js: 'logaddexp({u}, {v})' },
  },
  {
    name: 'xlogy',
    args: ['u', 'v'],
    latex: '\\operatorname{xlogy}',
    derivative: ['log(v)', 'u/v'],
    because: 'xlogy(u, v) is u*log(v), and 0 where u is 0',
    needs: ['v > 0'],
    domain: [
      [-5, 5],
      [0.05, 20],
    ],
    evaluate: (u = Number.NaN, v = Number.NaN) => (u === 0 && !Number.isNaN(v) ? 0 : u * Math.log(v)),
    code: { js: 'xlogy({u}, {v})' },
  },
]

/** log(exp(u) + exp(v)), in which the larger exponential is taken out; minus infinity is the logarithm of 0. */
export function logAddExp(u: number, v: number): number {
  const largest = Math.max(u, v)
  if (!Number.isFinite(largest)) return largest
  return largest + Math.log1p(Math.exp(Math.min(u, v) - largest))
}
