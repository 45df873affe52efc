// The phone's real data layer and a fake IndexedDB, each as a function that can be called once for each phone.
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import type { openPhone } from '../../../pwa/src/data/open-phone'
import { description } from '../../../pwa/vite/description.ts'
import { type Planted, plant } from './plant.ts'

const PWA = new URL('../../../pwa/', import.meta.url)

export interface Browser {
  readonly factory: IDBFactory
  readonly classes: Readonly<Record<string, unknown>>
}

/** What the data layer finds in the browser, by name. */
const GLOBALS = ['indexedDB', 'crypto', 'setTimeout', 'clearTimeout', 'console'] as const
const IDB_CLASSES = [
  'IDBIndex',
  'IDBObjectStore',
  'IDBCursor',
  'IDBDatabase',
  'IDBTransaction',
  'IDBRequest',
] as const

export type Globals = Readonly<Record<(typeof GLOBALS)[number], unknown>>

export interface Code {
  /** A browser's storage, whose work is queued with `soon`. */
  newBrowser(soon: (work: () => void) => void): Browser
  /** The app as it is loaded into a tab. */
  load(globals: Globals, classes: Browser['classes']): typeof openPhone
}

export async function bundle(planted: readonly Planted[]): Promise<Code> {
  const app = await bundled('src/data/open-phone.ts', { __APP__: '"2026.12.1"' }, [
    description(new URL('openapi.json', PWA)),
    plant(planted),
    loads(planted.map(({ file }) => file)),
  ])
  const browser = await bundled('node_modules/fake-indexeddb/build/esm/index.js', {
    'globalThis.setImmediate': '__soon',
  })
  if (!browser.includes('__soon')) throw new Error('fake-indexeddb no longer queues with setImmediate')
  const asApp = new Function('module', 'exports', ...GLOBALS, ...IDB_CLASSES, app)
  const asBrowser = new Function('module', 'exports', '__soon', browser)
  return {
    newBrowser(soon) {
      const module = { exports: {} as Record<string, unknown> }
      asBrowser(module, module.exports, soon)
      const Factory = module.exports.IDBFactory as new () => IDBFactory
      return { factory: new Factory(), classes: module.exports }
    },
    load(globals, classes) {
      const module = { exports: {} as { openPhone: typeof openPhone } }
      const given = [...GLOBALS.map((name) => globals[name]), ...IDB_CLASSES.map((name) => classes[name])]
      asApp(module, module.exports, ...given)
      return module.exports.openPhone
    },
  }
}

async function bundled(
  entry: string,
  define: Record<string, string>,
  plugins: Plugin[] = [],
): Promise<string> {
  const result = await build({
    root: fileURLToPath(PWA),
    configFile: false,
    logLevel: 'silent',
    define,
    plugins,
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL(entry, PWA)), formats: ['cjs'] },
    },
  })
  const [first] = Array.isArray(result) ? result : [result]
  if (first === undefined || !('output' in first)) throw new Error(`${entry} was not bundled`)
  return first.output[0].code
}

/** Each of these files is part of the bundle, or what was planted in it would never be seen. */
function loads(files: readonly string[]): Plugin {
  const left = new Set(files)
  return {
    name: 'loads-what-is-broken',
    transform(_, id) {
      for (const file of left) if (id.endsWith(`/src/data/${file}`)) left.delete(file)
    },
    buildEnd(error) {
      if (error === undefined && left.size > 0) throw new Error(`not bundled: ${[...left].join(', ')}`)
    },
  }
}
