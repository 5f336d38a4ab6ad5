// Runs every example, and writes each derivation as LaTeX and as a page: `npm run examples [FOLDER]`
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { print, renderHtml } from 'gradus'
import anyModel from './any-model.ts'
import exponentialDecay from './exponential-decay.ts'
import gaussianLikelihood from './gaussian-likelihood.ts'
import hiddenUnit from './hidden-unit.ts'
import hinge from './hinge.ts'
import leastSquares from './least-squares.ts'
import line from './line.ts'
import logCosh from './log-cosh.ts'
import logisticHessian from './logistic-hessian.ts'
import logisticRegression from './logistic-regression.ts'
import poissonRegression from './poisson-regression.ts'
import ridgeRegression from './ridge-regression.ts'
import rootMeanSquare from './root-mean-square.ts'
import softmaxCrossEntropy from './softmax-cross-entropy.ts'
import studentT from './student-t.ts'

const examples = {
  'any-model': anyModel,
  'exponential-decay': exponentialDecay,
  'gaussian-likelihood': gaussianLikelihood,
  'hidden-unit': hiddenUnit,
  hinge: hinge,
  'least-squares': leastSquares,
  line: line,
  'log-cosh': logCosh,
  'logistic-hessian': logisticHessian,
  'logistic-regression': logisticRegression,
  'poisson-regression': poissonRegression,
  'ridge-regression': ridgeRegression,
  'root-mean-square': rootMeanSquare,
  'softmax-cross-entropy': softmaxCrossEntropy,
  'student-t': studentT,
}

const folder = process.argv[2] ?? dirname(process.argv[1]!)
for (const [name, loss] of Object.entries(examples)) {
  const latex = print(loss, 'latex')
  writeFileSync(join(folder, `${name}.tex`), `% Needs \\usepackage{amsmath, amssymb}.\n${latex}\n`)
  writeFileSync(join(folder, `${name}.html`), await renderHtml(loss))
}
