import { distribution, erf, erfc, logDistribution } from './error-integral.ts'
import { digamma, gamma, lgamma, logBeta, polygamma } from './gamma.ts'
import { row } from './row.ts'
import type { FunctionSpec } from './spec.ts'

/** The poles of the gamma function are 0 and the negative integers. */
const notAPole = 'u > 0 or sin(pi*u) != 0'

/** The error integrals and the family of the gamma function. */
export const special: readonly FunctionSpec[] = [
  row('erf', {
    derivative: '2/sqrt(pi)*exp(-u^2)',
    domain: [-2, 2],
    evaluate: erf,
  }),
  row('erfc', {
    derivative: '-2/sqrt(pi)*exp(-u^2)',
    domain: [-1, 3],
    range: 'positive',
    evaluate: erfc,
  }),
  row('Phi', {
    aliases: ['Φ', 'normcdf'],
    latex: '\\Phi',
    text: 'Φ',
    derivative: 'exp(-u^2/2)/sqrt(2*pi)',
    because: 'the slope of the normal distribution function is the normal density',
    domain: [-3, 2],
    range: 'unit interval',
    evaluate: distribution,
  }),
  row('lognormcdf', {
    aliases: ['log_ndtr', 'logPhi'],
    latex: '\\operatorname{lognormcdf}',
    derivative: 'exp(-u^2/2 - lognormcdf(u))/sqrt(2*pi)',
    because: 'lognormcdf(u) is log(Phi(u)), whose slope is the normal density over Phi(u)',
    domain: [-6, 3],
    evaluate: logDistribution,
  }),
  row('gamma', {
    aliases: ['Gamma', 'Γ'],
    latex: '\\Gamma',
    text: 'Γ',
    derivative: 'gamma(u)*digamma(u)',
    needs: [notAPole],
    domain: [2, 8],
    evaluate: gamma,
  }),
  row('lgamma', {
    aliases: ['gammaln', 'lnGamma', 'logGamma', 'loggamma'],
    derivative: 'digamma(u)',
    because: 'the slope of the logarithm of the gamma function is the digamma function',
    needs: [notAPole],
    domain: [2, 20],
    evaluate: lgamma,
  }),
  {
    name: 'lbeta',
    aliases: ['betaln', 'logBeta', 'lnBeta'],
    args: ['u', 'v'],
    latex: '\\operatorname{lbeta}',
    derivative: ['digamma(u) - digamma(u + v)', 'digamma(v) - digamma(u + v)'],
    because: 'lbeta(u, v) is lgamma(u) + lgamma(v) - lgamma(u + v)',
    needs: ['u > 0', 'v > 0'],
    domain: [
      [0.5, 12],
      [0.5, 12],
    ],
    evaluate: (u = Number.NaN, v = Number.NaN) => logBeta(u, v),
    code: { js: 'lbeta({u}, {v})' },
  },
  row('digamma', {
    derivative: 'trigamma(u)',
    needs: [notAPole],
    domain: [0.5, 12],
    evaluate: digamma,
  }),
  row('trigamma', {
    derivative: 'polygamma(2, u)',
    needs: [notAPole],
    domain: [0.5, 12],
    range: 'positive',
    evaluate: (u) => polygamma(1, u),
  }),
  {
    name: 'polygamma',
    args: ['n', 'u'],
    latex: '\\operatorname{polygamma}',
    derivative: [undefined, 'polygamma(n + 1, u)'],
    because: 'polygamma(n, u) is the derivative of order n of the digamma function',
    needs: [notAPole],
    domain: [
      [2, 2],
      [0.5, 12],
    ],
    evaluate: (n = Number.NaN, u = Number.NaN) => polygamma(n, u),
    code: { js: 'polygamma({n}, {u})' },
  },
]
