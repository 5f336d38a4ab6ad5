#!/usr/bin/env node
// Starts the command. Most of a cold start is the compiling of our own code, so the build leaves the bytecode of
// a typical run beside it. Bytecode belongs to one version of V8; any other refuses it and compiles as usual.
// CommonJS, because setting up the loader of modules alone costs a tenth of a start.
'use strict'
const { readFileSync } = require('node:fs')
const nodeModule = require('node:module')
const { join } = require('node:path')
const vm = require('node:vm')

const file = join(__dirname, 'command.cjs')
const cacheFile = join(__dirname, 'command.cache')

/** The command as a script that has not run yet. */
function compile(cachedData) {
  // On the first line, so that the lines of a stack trace are those of the file.
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`
  return new vm.Script(source, { filename: file, cachedData })
}

function run(script) {
  script.runInThisContext()(exports, nodeModule.createRequire(file), module, file, __dirname)
}

function readCache() {
  try {
    return readFileSync(cacheFile)
  } catch {
    return undefined
  }
}

function start() {
  const cachedData = readCache()
  const script = cachedData && compile(cachedData)
  if (script && !script.cachedDataRejected) return run(script)
  // Newer versions of Node keep bytecode themselves when asked to.
  nodeModule.enableCompileCache?.()
  require(file)
}

module.exports = { cacheFile, compile, run }
if (require.main === module) start()
