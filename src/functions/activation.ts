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
    evaluate: softplus,
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
  row('logsigmoid', {
    aliases: ['LogSigmoid', 'log_sigmoid'],
    derivative: 'sigmoid(-u)',
    because: 'the slope of log(sigmoid(u)) is one minus sigmoid(u), which is sigmoid(-u)',
    domain: [-8, 8],
    evaluate: (u) => -softplus(-u),
  }),
  row('logit', {
    bracketed: true,
    derivative: '1/(u*(1 - u))',
    because: 'logit(u) is log(u) - log(1 - u), the inverse of the sigmoid',
    needs: ['u > 0', 'u < 1'],
    domain: [0.05, 0.95],
    evaluate: (u) => Math.log(u) - Math.log1p(-u),
  }),
  row('elu', {
    aliases: ['ELU'],
    bracketed: true,
    latex: '\\operatorname{ELU}',
    text: 'ELU',
    derivative: 'if(u > 0, 1, exp(u))',
    because: 'elu(u) is u where u is positive, else exp(u) - 1, and both slopes are 1 at 0',
    domain: [0.1, 4],
    evaluate: (u) => (u > 0 ? u : Math.expm1(u)),
  }),
  row('selu', {
    aliases: ['SELU'],
    bracketed: true,
    latex: '\\operatorname{SELU}',
    text: 'SELU',
    derivative: 'if(u > 0, 1.0507009873554805, selu(u) + 1.7580993408473768)',
    because:
      'selu(u) is s*u where u is positive, else s*a*(exp(u) - 1), with the constants s and a of its authors',
    needs: ['u != 0'],
    domain: [-4, -0.1],
    evaluate: (u) => 1.0507009873554805 * (u > 0 ? u : 1.6732632423543772 * Math.expm1(u)),
  }),
  // The slope on the negative side is PyTorch's.
  row('leakyrelu', {
    aliases: ['LeakyReLU', 'leaky_relu'],
    latex: '\\operatorname{LeakyReLU}',
    text: 'LeakyReLU',
    derivative: 'if(u > 0, 1, 0.01)',
    because: 'the slope of the leaky rectifier is 1 where its argument is positive, else 0.01',
    needs: ['u != 0'],
    domain: [0.1, 8],
    evaluate: (u) => (u > 0 ? u : 0.01 * u),
  }),
  row('softsign', {
    aliases: ['Softsign'],
    derivative: '1/(1 + abs(u))^2',
    because: 'softsign(u) is u/(1 + abs(u)), whose slope is 1 at 0 from both sides',
    domain: [0.1, 6],
    evaluate: (u) => u / (1 + Math.abs(u)),
  }),
  row('mish', {
    aliases: ['Mish'],
    bracketed: true,
    derivative: 'tanh(softplus(u)) + u*sigmoid(u)*(1 - tanh(softplus(u))^2)',
    because: 'mish(u) is u*tanh(softplus(u)), differentiated by the product rule',
    domain: [0.2, 6],
    evaluate: (u) => u * Math.tanh(softplus(u)),
  }),
  row('hardtanh', {
    aliases: ['Hardtanh'],
    derivative: 'if(abs(u) < 1, 1, 0)',
    because: 'the slope of hardtanh is 1 where its argument is between -1 and 1, else 0',
    needs: ['abs(u) != 1'],
    domain: [-0.95, 0.95],
    evaluate: (u) => Math.min(Math.max(u, -1), 1),
  }),
]

/** log(1 + exp(u)). */
function softplus(u: number): number {
  return Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)))
}

/** The logistic function; each half takes the exponential that cannot overflow. */
function sigmoid(u: number): number {
  const decay = Math.exp(-Math.abs(u))
  return u >= 0 ? 1 / (1 + decay) : decay / (1 + decay)
}
