import { describe, expect, test } from 'vitest'
import { compileLoss } from '../../src/numeric/compile.ts'
import { writeJavaScript } from '../../src/numeric/javascript.ts'
import { Programmer } from '../../src/program/index.ts'
import { Scope } from '../../src/term/scope.ts'
import { TermStore } from '../../src/term/store.ts'

describe('names of the user are data, never code', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    '];process.exit(3);//',
    '"+process.exit(3)+"',
    '`;process.exit(3);`',
    '\u2028process.exit(3)\u2028',
    '\\u0041',
    '名前',
    'inputs',
    'functions',
    't0',
    'fail',
  ]
  test.each(names)('%j', (name) => {
    const store = new TermStore()
    const scope = new Scope(store)
    const scalar = store.symbol(name)
    const indexed = store.symbol(`${name} `, [store.bound(0)])
    const one = store.number(1)
    const loss = store.add([
      store.pow(scalar, store.number(2)),
      store.big(
        'sum',
        name,
        one,
        store.symbol(`${name}  `),
        store.mul([scalar, store.call('exp', [indexed])]),
      ),
    ])
    const entries = new Map<string, number | readonly number[]>([
      [name, 3],
      [`${name} `, [0, 0]],
      [`${name}  `, 2],
    ])
    const request = { loss, gradient: [store.mul([store.number(2), scalar])], variables: [scalar], scope }
    for (const environment of [entries, Object.fromEntries(entries)]) {
      const compiled = compileLoss(request)
      expect(compiled.loss(environment)).toBe(15)
      expect(new Map(Object.entries(compiled.gradient(environment))).get(name)).toBe(6)
    }
    const { text } = writeJavaScript(new Programmer(scope).program([{ term: loss, variables: [] }]))
    const words = text
      .replace(/"use strict";/, '')
      .match(/[\p{L}_$][\p{L}\p{N}_$.]*|[^\s\w$()[\]{},;:.?=<>!+*/&|'-]/gu)
    const allowed =
      /^(let|const|for|if|else|return|typeof|null|new|inputs|functions|fail|toInteger|Float64Array|NaN|Infinity|number|object|values|lengths|length|Math\.\w+|[traflo]\d+(\.\w+)?|[svubpce])$/
    expect(words?.filter((word) => !allowed.test(word))).toEqual([])
  })
})
