import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The folder table of ARCHITECTURE.md is the rule; this test reads it and judges every import of src/. */

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Row {
  readonly folder: string
  readonly allowed: 'everything' | readonly string[]
}

function readTable(): readonly Row[] {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  return [...text.matchAll(/^\| `src\/([\w-]+)(?:\/|\.ts)` \|[^|]*\| ([^|]*) \|$/gm)].map((match) => {
    const words = match[2]!.trim()
    const allowed = words === 'everything' ? 'everything' : words === 'nothing' ? [] : words.split(', ')
    return { folder: match[1]!, allowed }
  })
}

const files = listFiles(join(root, 'src'))

function listFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return listFiles(path)
    return name.endsWith('.ts') ? [path] : []
  })
}

/** The files of the project that a file imports, types included, and those it loads on demand. */
function importsOf(file: string): string[] {
  return targetsIn(file, readFileSync(file, 'utf8'))
}

/** Without the imports of types alone, which are gone when the program runs. */
function valueImportsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return targetsIn(file, text.replace(/^(?:import|export) type [^']*'[^']+'$/gm, ''))
}

function targetsIn(file: string, text: string): string[] {
  const statements = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g)]
  return statements.map((match) => join(dirname(file), match[1]!))
}

function folderOf(file: string): string {
  const [first = ''] = relative(join(root, 'src'), file).split('/')
  return first.replace(/\.ts$/, '')
}

test('the table names every folder of src', () => {
  const folders = new Set(files.map(folderOf))
  expect([...folders].sort()).toEqual(
    readTable()
      .map(({ folder }) => folder)
      .sort(),
  )
})

for (const { folder, allowed } of readTable()) {
  test(`${folder} imports only what the table allows`, () => {
    const wrong = files
      .filter((file) => folderOf(file) === folder)
      .flatMap((file) =>
        importsOf(file)
          .map((target) => folderOf(target))
          .filter((target) => target !== folder && allowed !== 'everything' && !allowed.includes(target))
          .map((target) => `${relative(root, file)} imports ${target}`),
      )
    expect(wrong).toEqual([])
  })
}

test('no file imports itself by a detour', () => {
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      circles.push(
        [...trail.slice(trail.indexOf(file)), file].map((path) => relative(root, path)).join(' -> '),
      )
      return
    }
    state.set(file, 'open')
    for (const target of valueImportsOf(file)) visit(target, [...trail, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('only the command reads and writes', () => {
  const inAndOut = files.filter(
    (file) => folderOf(file) !== 'cli' && /from 'node:/.test(readFileSync(file, 'utf8')),
  )
  expect(inAndOut.map((file) => relative(root, file))).toEqual([])
})
