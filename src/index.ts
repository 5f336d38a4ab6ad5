export { type DeriveOptions, type DerivedLoss, derive } from './library/derive.ts'
export { compile, evaluate, parse } from './library/evaluate.ts'
export { type DerivedLossJson, type Format, print, renderHtml, tellReading, toJson } from './library/print.ts'
