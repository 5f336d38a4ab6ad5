// Runs the built command on a typical loss and keeps the bytecode of all that ran; see src/cli/start.cjs.
const { writeFileSync } = require('node:fs')
const { cacheFile, compile, run } = require('../dist/cli.cjs')

process.argv = [process.argv[0], 'derive', '1/N*sum((y-m*x-b)^2) + lambda*sum(j=1..d, w_j^2)']
const script = compile(undefined)
run(script)
process.once('exit', () => writeFileSync(cacheFile, script.createCachedData()))
