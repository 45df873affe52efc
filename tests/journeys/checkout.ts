// A checkout of its own, in which the app is built as one version and then another, and served from one folder.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const OURS = resolve(__dirname, '../..')
const SOURCES = [
  'src',
  'public',
  'vite',
  'index.html',
  'vite.config.ts',
  'package.json',
  'tsconfig.json',
  'openapi.json',
]

export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), 'alongside-checkout-'))
  private readonly pwa = join(this.folder, 'pwa')

  constructor() {
    for (const code of ['api', 'domain'])
      cpSync(join(OURS, code), join(this.folder, code), { recursive: true })
    mkdirSync(this.pwa)
    for (const source of SOURCES) {
      cpSync(join(OURS, 'pwa', source), join(this.pwa, source), { recursive: true })
    }
    symlinkSync(join(OURS, 'pwa', 'node_modules'), join(this.pwa, 'node_modules'))
  }

  /** Builds the app as this version, beside what is served. */
  build(version: string): void {
    const project = readFileSync(join(OURS, 'pyproject.toml'), 'utf8')
    writeFileSync(
      join(this.folder, 'pyproject.toml'),
      project.replace(/^version = ".+"$/m, `version = "${version}"`),
    )
    execFileSync(
      process.execPath,
      [
        join('node_modules', 'vite', 'bin', 'vite.js'),
        'build',
        '--outDir',
        this.built(version),
        '--emptyOutDir',
        '--logLevel',
        'warn',
      ],
      { cwd: this.pwa, stdio: 'inherit', env: { PATH: process.env.PATH } },
    )
  }

  /** What a deployment does: the folder that is served has the files of this version, and no others. */
  deploy(version: string): void {
    const served = join(this.pwa, 'dist')
    rmSync(served, { recursive: true, force: true })
    // The page comes last: it is what the server looks at.
    const names = readdirSync(this.built(version)).sort(
      (a, b) => Number(a === 'index.html') - Number(b === 'index.html'),
    )
    for (const name of names) cpSync(join(this.built(version), name), join(served, name), { recursive: true })
  }

  /** The addresses of the parts of a version. */
  parts(version: string): string[] {
    return readdirSync(join(this.built(version), 'assets')).map((name) => `/assets/${name}`)
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  private built(version: string): string {
    return join(this.folder, `built-${version}`)
  }
}
