import { describe, expect, test } from 'vitest'
import { accepts, findFunction, functions, spellings } from '../../src/functions/index.ts'

/** Values by arithmetic of 40 digits (mpmath), none by the functions under test. */
const values: readonly (readonly [name: string, args: readonly number[], value: number])[] = [
  ['erf', [0.5], 0.5204998778130465],
  ['erf', [-1.25], -0.9229001282564583],
  ['erf', [2.75], 0.9998993780778803],
  ['erf', [1e-10], 1.1283791670955126e-10],
  ['erfc', [0.25], 0.7236736098317631],
  ['erfc', [1], 0.15729920705028513],
  ['erfc', [5], 1.537459794428035e-12],
  ['erfc', [26], 5.663192408856143e-296],
  ['erfc', [-2], 1.9953222650189528],
  ['Phi', [-37], 5.725571222524577e-300],
  ['Phi', [-8], 6.220960574271784e-16],
  ['Phi', [-1], 0.15865525393145705],
  ['Phi', [0.5], 0.6914624612740131],
  ['Phi', [3], 0.9986501019683699],
  ['gamma', [0.5], 1.772453850905516],
  ['gamma', [-1.5], 2.363271801207355],
  ['gamma', [-40.25], -2.1568447683825584e-48],
  ['gamma', [5], 24.0],
  ['gamma', [33.5], 1.505856975626702e36],
  ['gamma', [150.25], 1.3321507761951635e261],
  ['gamma', [171.5], 9.4833675668248e307],
  ['lgamma', [0.001], 6.907178885383853],
  ['lgamma', [1.0009765625], -0.0005629031799912047],
  ['lgamma', [1.9990234375], -0.0004125677359714894],
  ['lgamma', [7.5], 7.534364236758733],
  ['lgamma', [1000], 5905.220423209181],
  ['lgamma', [-2.5], -0.056243716497674054],
  ['digamma', [1], -0.5772156649015329],
  ['digamma', [0.25], -4.2274535333762655],
  ['digamma', [-3.75], -1.6923885983113303],
  ['digamma', [100], 4.600161852738087],
  ['trigamma', [1], 1.6449340668482264],
  ['trigamma', [0.125], 65.38813344498803],
  ['trigamma', [-2.5], 9.539246644989124],
  ['trigamma', [50], 0.020201333226697125],
  ['sigmoid', [-700], 9.85967654375977e-305],
  ['sigmoid', [-40], 4.248354255291589e-18],
  ['sigmoid', [40], 1.0],
  ['softplus', [-700], 9.85967654375977e-305],
  ['softplus', [-30], 9.357622968839737e-14],
  ['softplus', [1000], 1000.0],
  ['asech', [0.9990234375], 0.04421216781462641],
  ['acoth', [1.0009765625], 3.81255357411945],
  ['acoth', [-3], -0.34657359027997264],
  ['gelu', [-30], -1.472014178144456e-196],
  ['gelu', [2], 1.9544997361036416],
  ['polygamma', [2, 1], -2.4041138063191885],
  ['polygamma', [3, 0.5], 97.40909103400244],
  ['polygamma', [5, -1.25], 492230.21062287455],
  ['polygamma', [2, 40], -0.0006408202718352986],
  ['lognormcdf', [-50], -1254.8313611394199],
  ['lognormcdf', [-39.7], -792.6459231991503],
  ['lognormcdf', [-38], -726.5572160188201],
  ['lognormcdf', [-4.1], -10.787431773744634],
  ['lognormcdf', [-3], -6.607726221510349],
  ['lognormcdf', [-1], -1.8410216450092636],
  ['lognormcdf', [2], -0.023012909328963486],
  ['lognormcdf', [8], -6.220960574271786e-16],
  ['lognormcdf', [-10000000000], -5e19],
  ['lbeta', [0.5, 3], 0.06453852113757118],
  ['lbeta', [2, 10000000000], -46.051701859980916],
  ['lbeta', [100000, 2000000], -402037.38523948815],
  ['lbeta', [12, 13], -17.295207056576547],
  ['lbeta', [1e-5, 40], 11.51288292962082],
  ['logsigmoid', [-1000], -1000.0],
  ['logsigmoid', [50], -1.9287498479639178e-22],
  ['logit', [1e-20], -46.051701859880914],
  ['logit', [0.75], 1.0986122886681098],
  ['elu', [-1e-10], -9.999999999500001e-11],
  ['elu', [-3], -0.950212931632136],
  ['selu', [-2], -1.5201664685956948],
  ['selu', [3], 3.1521029620664414],
  ['mish', [-40], -1.6993417021166355e-16],
  ['mish', [2], 1.9439589595339946],
  ['softsign', [-3], -0.75],
  ['logaddexp', [1000, 1001], 1001.3132616875182],
  ['logaddexp', [-1000, -1000], -999.30685281944],
  ['xlogy', [3, 0.25], -4.1588830833596715],
  ['asinh', [1e300], 691.4686750787737],
  ['asinh', [-1e-9], -1e-9],
  ['asinh', [-100000], -12.206072645555174],
  ['tanh', [1e-10], 1e-10],
  ['tanh', [-19], -0.9999999999999999],
  ['log1p', [1e-18], 1e-18],
  ['expm1', [-1e-12], -9.999999999995e-13],
  ['acosh', [1e300], 691.4686750787737],
  ['acosh', [1.0009765625], 0.044190578083110096],
  ['atanh', [-1e-9], -1e-9],
  ['swish', [-50], -9.643749239819589e-21],
  ['erfc', [27], 5.23705e-319],
  ['digamma', [10000000000], 23.025850929890456],
  ['digamma', [1e-8], -100000000.57721566],
  ['trigamma', [1e-6], 1000000000001.645],
  ['trigamma', [100000000], 1.000000005e-8],
  ['lgamma', [10000000000], 220258509288.81058],
  ['lgamma', [1e-10], 23.025850929882736],
  ['lgamma', [-1000.25], -5912.363970042725],
  ['gelu', [-37], -2.1184613523340935e-298],
  ['Phi', [-30], 4.906713927148187e-198],
  ['csch', [300], 1.0296400444824029e-130],
  ['sech', [-300], 1.0296400444824029e-130],
  ['coth', [1e-9], 999999999.9999999],
  ['cbrt', [1e-30], 1e-10],
  ['erf', [-1e-300], -1.1283791670955126e-300],
  ['erf', [2], 0.9953222650189527],
]

describe('values', () => {
  for (const [name, args, value] of values) {
    test(`${name}(${args.join(', ')})`, () => {
      const actual = functions.get(name)!.evaluate(...args)
      expect(Math.abs(actual - value) / Math.abs(value), `${actual} is not ${value}`).toBeLessThan(3e-15)
    })
  }

  const known: readonly (readonly [string, readonly number[], number])[] = [
    ['sigmoid', [-1000], 0],
    ['sigmoid', [1000], 1],
    ['softplus', [1e6], 1e6],
    ['relu', [-3], 0],
    ['acot', [-1], -Math.PI / 4],
    ['asec', [-1], Math.PI],
    ['acsc', [-1], -Math.PI / 2],
    ['logbase', [1000, 10], 3],
    ['logbase', [1024, 2], 10],
    ['max', [1, 5, 3], 5],
    ['min', [4, -2], -2],
    ['erfc', [30], 0],
    ['erfc', [-30], 2],
    ['Phi', [0], 0.5],
    ['gamma', [5], 24],
    ['gamma', [200], Infinity],
    ['gamma', [-3], Number.NaN],
    ['lgamma', [1], 0],
    ['lgamma', [2], 0],
    ['tanh', [1000], 1],
  ]
  for (const [name, args, value] of known) {
    test(`${name}(${args.join(', ')}) is ${value}`, () => {
      expect(functions.get(name)!.evaluate(...args) + 0).toBe(value)
    })
  }

  test('functional equations of the gamma family', () => {
    const evaluate = (name: string, ...args: number[]) => functions.get(name)!.evaluate(...args)
    for (let x = 0.0625; x < 60; x *= 1.37) {
      const close = (a: number, b: number) =>
        expect(Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)), `at ${x}`).toBeLessThan(1e-13)
      close(evaluate('gamma', x + 1), x * evaluate('gamma', x))
      close(evaluate('lgamma', x + 1) + 10, evaluate('lgamma', x) + Math.log(x) + 10)
      close(evaluate('digamma', x + 1) + 10, evaluate('digamma', x) + 1 / x + 10)
      close(evaluate('trigamma', x), evaluate('trigamma', x + 1) + 1 / (x * x))
      close(evaluate('polygamma', 3, x), evaluate('polygamma', 3, x + 1) + 6 / x ** 4)
      close(evaluate('erf', x) + evaluate('erfc', x), 1)
    }
  })
})

describe('spellings', () => {
  test('no spelling means two functions', () => {
    const count = [...functions.values()].reduce((sum, spec) => sum + 1 + (spec.aliases?.length ?? 0), 0)
    expect(spellings.size).toBe(count)
  })

  test('the number of arguments tells log from logbase', () => {
    expect(findFunction('log', 1)?.name).toBe('log')
    expect(findFunction('ln', 1)?.name).toBe('log')
    expect(findFunction('log', 2)?.name).toBe('logbase')
    expect(findFunction('arcsin', 1)?.name).toBe('asin')
    expect(findFunction('constructor', 1)).toBeUndefined()
    expect(accepts(findFunction('log', 3)!, 3)).toBe(false)
    expect(accepts(findFunction('max', 4)!, 4)).toBe(true)
  })
})
