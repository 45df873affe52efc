// `alongside serve` on a free port over a temporary folder. Stopped, it cannot be reached: that is what offline means.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { endWithUs } from './left-over'

const BIN = resolve(__dirname, '../../.venv/bin')
export const ALONGSIDE = join(BIN, 'alongside')

export interface Account {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly role: 'worker' | 'lead' | 'analyst' | 'admin'
  readonly team: string | null
}

export class Server {
  private process: ChildProcess | null = null
  readonly port: number
  readonly accounts: readonly Account[]
  private readonly folder: string
  private readonly checkout: string | null

  private constructor(port: number, folder: string, accounts: readonly Account[], checkout: string | null) {
    this.port = port
    this.folder = folder
    this.accounts = accounts
    this.checkout = checkout
  }

  get origin() {
    return `http://localhost:${this.port}`
  }

  /** A server over its own copy of the demonstration data; of another checkout, if one is named. */
  static async start(checkout: string | null = null): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'alongside-journey-'))
    const made = process.env.ALONGSIDE_JOURNEY_DATA
    if (!made) throw new Error('the global set-up did not run')
    cpSync(made, folder, { recursive: true })
    const { accounts } = JSON.parse(readFileSync(join(folder, 'accounts.json'), 'utf8'))
    const server = new Server(await freePort(), folder, accounts, checkout)
    await server.resume()
    return server
  }

  /** The file that the server keeps its data in. */
  get database() {
    return join(this.folder, 'alongside.sqlite3')
  }

  /** The first account with this role. */
  account(role: Account['role']): Account {
    const found = this.accounts.find((account) => account.role === role)
    if (!found) throw new Error(`no ${role} among the demo accounts`)
    return found
  }

  /** Signal is back. */
  async resume(): Promise<void> {
    const words = ['serve', '--port', `${this.port}`]
    const serving = endWithUs(
      spawn(
        this.checkout === null ? ALONGSIDE : join(BIN, 'python'),
        this.checkout === null ? words : ['-m', 'api', ...words],
        {
          env: environment(this.folder),
          cwd: this.checkout ?? this.folder,
          stdio: 'ignore',
          detached: true,
        },
      ),
    )
    this.process = serving
    for (let attempt = 0; attempt < 200; attempt++) {
      if (serving.exitCode !== null) throw new Error(`serve ended with ${serving.exitCode}`)
      const answer = await fetch(`${this.origin}/api/health/ready`).catch(() => null)
      if (answer?.ok) return
      await new Promise((wake) => setTimeout(wake, 100))
    }
    throw new Error('the server did not become ready')
  }

  /** No signal. */
  async stop(): Promise<void> {
    const serving = this.process
    this.process = null
    if (!serving || serving.exitCode !== null) return
    const ended = new Promise((wake) => serving.once('exit', wake))
    serving.kill('SIGTERM')
    await ended
  }

  /** Runs a command beside the server; answers what it printed. Throws when it fails. */
  command(...words: string[]): string {
    return execFileSync(ALONGSIDE, words, {
      env: environment(this.folder),
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  async end(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function environment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    ALONGSIDE_DEV: '1',
    ALONGSIDE_DATA_DIR: folder,
    ALONGSIDE_PASSWORD_MEMORY_KIB: '64',
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
