import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Examples and the tests that run them import the package by its name; here that is the source. */
const alias = { gradus: root('./src/index.ts') }

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/laws/**', 'test/package/**'],
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        // Laws loop over the whole corpus, so a single one may take minutes on a slow core.
        test: {
          name: 'laws',
          include: ['test/laws/**/*.test.ts'],
          testTimeout: 400_000,
          hookTimeout: 400_000,
        },
      },
      {
        // These run the packed tarball, installed in an empty folder, never the source.
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
