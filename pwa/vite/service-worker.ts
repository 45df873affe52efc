// Builds src/service-worker.ts into dist/sw.js, with the list of the files that the app is made of.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, utimesSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { build, type Plugin } from 'vite'

export interface Shell {
  url: string
  revision: string | null
  /** A deployment in the middle of an install must not mix two versions: what is not this, is refused. */
  integrity: string
}

export function serviceWorker(source: string): Plugin {
  let out = ''
  let root = ''
  let written = false
  return {
    name: 'alongside-service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root
      out = resolve(config.root, config.build.outDir)
    },
    buildStart() {
      this.addWatchFile(resolve(root, source))
    },
    writeBundle() {
      written = true
    },
    async closeBundle() {
      // Also called after a build that failed, whose error would be hidden by ours.
      if (!written) return
      written = false
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: 'warn',
        define: { __SHELL__: JSON.stringify(shell(out)), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: out,
          emptyOutDir: false,
          rolldownOptions: {
            input: resolve(root, source),
            output: { format: 'iife', entryFileNames: 'sw.js' },
          },
        },
      })
      // Who watches the folder looks at the page: it is touched last, when the build is complete.
      const now = new Date()
      utimesSync(join(out, 'index.html'), now, now)
    },
  }
}

/** Every built file but the worker itself. What carries its hash in its name needs no revision. */
export function shell(out: string): Shell[] {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name !== 'sw.js' && !/\.(map|br|gz)$/.test(file.name))
    .map((file) => {
      const path = join(file.parentPath, file.name)
      const url = `/${relative(out, path).split(sep).join('/')}`
      const hash = createHash('sha256').update(readFileSync(path)).digest()
      const revision = url.startsWith('/assets/') ? null : hash.toString('hex').slice(0, 16)
      return { url, revision, integrity: `sha256-${hash.toString('base64')}` }
    })
    .sort((a, b) => (a.url < b.url ? -1 : 1))
}
