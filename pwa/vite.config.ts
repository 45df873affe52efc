import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { description } from './vite/description.ts'
import { serviceWorker } from './vite/service-worker.ts'

// The version of the whole product: the phone says it in each push.
const version = /^version = "(.+)"$/m.exec(
  readFileSync(new URL('../pyproject.toml', import.meta.url), 'utf8'),
)?.[1]
if (version === undefined) throw new Error('pyproject.toml names no version')

export default defineConfig({
  define: { __APP__: JSON.stringify(version) },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [description(new URL('./openapi.json', import.meta.url)), serviceWorker('src/service-worker.ts')],
  build: {
    target: ['chrome109', 'firefox115', 'safari16.4'],
    // The content security policy allows no inline script, style or font.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
  test: {
    root: '..',
    include: ['tests/pwa/**/*.test.{ts,tsx}'],
    environment: 'node',
    setupFiles: ['tests/pwa/setup.ts'],
    testTimeout: 10_000,
  },
})
