import { distribution } from './error-integral.ts'
import { row } from './row.ts'
import type { FunctionSpec } from './spec.ts'

/** The nonlinearities of neural networks; tanh is among the hyperbolic functions. */
export const activation: readonly FunctionSpec[] = [
  row('sigmoid', {
    aliases: ['σ', 'logistic', 'expit'],
    latex: '\\sigma',
    text: 'σ',
    derivative: 'sigmoid(u)*(1 - sigmoid(u))',
    because: 'the derivative of the sigmoid is sigmoid times one minus sigmoid',
    domain: [-8, 8],
    range: 'unit interval',
    evaluate: sigmoid,
    js: '1 / (1 + Math.exp(-{u}))',
  }),
  row('softplus', {
    derivative: 'sigmoid(u)',
    because: 'the slope of softplus is the logistic sigmoid',
    domain: [-8, 8],
    range: 'positive',
    evaluate: (u) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))),
    js: 'Math.max({u}, 0) + Math.log1p(Math.exp(-Math.abs({u})))',
  }),
  row('relu', {
    aliases: ['ReLU', 'ReLu'],
    latex: '\\operatorname{ReLU}',
    text: 'ReLU',
    derivative: 'if(u > 0, 1, 0)',
    because: 'the slope of the rectifier is 1 where its argument is positive, else 0',
    needs: ['u != 0'],
    domain: [0.1, 8],
    range: 'nonnegative',
    evaluate: (u) => Math.max(u, 0),
    js: 'Math.max({u}, 0)',
  }),
  row('gelu', {
    aliases: ['GELU'],
    latex: '\\operatorname{GELU}',
    text: 'GELU',
    derivative: 'Phi(u) + u*exp(-u^2/2)/sqrt(2*pi)',
    because: 'gelu(u) is u*Phi(u), differentiated by the product rule',
    domain: [0.2, 4],
    evaluate: (u) => u * distribution(u),
  }),
  row('swish', {
    aliases: ['silu', 'SiLU'],
    derivative: 'swish(u) + sigmoid(u)*(1 - swish(u))',
    because: 'swish(u) is u*sigmoid(u), differentiated by the product rule',
    domain: [0.2, 6],
    evaluate: (u) => u * sigmoid(u),
    js: '{u} / (1 + Math.exp(-{u}))',
  }),
]

/** The logistic function; each half takes the exponential that cannot overflow. */
function sigmoid(u: number): number {
  const decay = Math.exp(-Math.abs(u))
  return u >= 0 ? 1 / (1 + decay) : decay / (1 + decay)
}
