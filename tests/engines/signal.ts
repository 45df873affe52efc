// The network between a phone and the server. It can be switched off, and hold what is sent at the worst moment.
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server as Listener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Server } from '../journeys/server'

const PULL = '/api/sync/pull'
const LONGEST_MS = 30_000

/** Before the server hears it, or before the phone hears the answer. */
type Where = 'request' | 'answer'

/** Something that is held on its way. */
interface Stopped {
  /** When it was stopped. Nothing that comes is an error. */
  readonly reached: Promise<void>
  /** Lets it go further, even when the phone is gone. */
  goOn(): void
}

interface Hold {
  readonly path: string
  readonly where: Where
  readonly arrived: () => void
  readonly ended: Promise<void>
}

interface Passed {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

export class Signal {
  private readonly server: Server
  /** Another build of the app than the server's. */
  private readonly app: string | null
  private readonly listener: Listener
  private port = 0
  private hold: Hold | null = null
  private oneRowFirst = false

  private constructor(server: Server, app: string | null) {
    this.server = server
    this.app = app
    this.listener = createServer((asked, answer) => {
      this.pass(asked).then(
        ({ status, headers, body }) => answer.writeHead(status, headers).end(body),
        () => answer.destroy(),
      )
    })
  }

  static async to(server: Server, app: string | null = null): Promise<Signal> {
    const signal = new Signal(server, app)
    await signal.on()
    return signal
  }

  get origin() {
    return `http://localhost:${this.port}`
  }

  async on(): Promise<void> {
    if (this.listener.listening) return
    await new Promise<void>((done) => this.listener.listen(this.port, '127.0.0.1', done))
    this.port = (this.listener.address() as AddressInfo).port
  }

  async off(): Promise<void> {
    if (!this.listener.listening) return
    const closed = new Promise((done) => this.listener.close(done))
    this.listener.closeAllConnections()
    await closed
  }

  /** Stops the next one on this path. */
  stop(path: string, where: Where): Stopped {
    let goOn = () => {}
    const ended = new Promise<void>((done) => {
      goOn = done
    })
    const reached = new Promise<void>((arrived, failed) => {
      const never = setTimeout(failed, LONGEST_MS, new Error(`nothing came on ${path}`))
      this.hold = {
        path,
        where,
        ended,
        arrived() {
          clearTimeout(never)
          arrived()
        },
      }
    })
    // Whoever failed before waiting for it has said why already.
    reached.catch(() => undefined)
    return { reached, goOn }
  }

  /** Lets one page of one row through, and stops the phone when it asks for the next. */
  stopAtSecondPage(): Stopped {
    this.oneRowFirst = true
    return this.stop(PULL, 'request')
  }

  private async pass(asked: IncomingMessage): Promise<Passed> {
    const path = asked.url ?? '/'
    const body = await all(asked)
    if (this.oneRowFirst && path === PULL) {
      this.oneRowFirst = false
      return this.ask(asked, path, withLimit(body, 1))
    }
    const hold = this.hold?.path === path ? this.hold : null
    if (hold !== null) this.hold = null
    if (hold?.where === 'request') await stopped(hold)
    const passed = await this.ask(asked, path, body)
    if (hold?.where === 'answer') await stopped(hold)
    return passed
  }

  private ask(asked: IncomingMessage, path: string, body: Buffer): Promise<Passed> {
    const { connection: _, 'accept-encoding': __, ...headers } = asked.headers
    const length = body.length > 0 ? { 'content-length': `${body.length}` } : {}
    return new Promise((done, failed) => {
      const onward = request(
        {
          host: '127.0.0.1',
          port: this.server.port,
          path,
          method: asked.method,
          headers: { ...headers, ...length },
        },
        (answer) => this.answered(answer, path).then(done, failed),
      )
      onward.on('error', failed)
      onward.end(body)
    })
  }

  private async answered(answer: IncomingMessage, path: string): Promise<Passed> {
    const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers
    const passed = { status: answer.statusCode ?? 502, headers, body: await all(answer) }
    return this.app === null || path.startsWith('/api') ? passed : this.own(this.app, path, passed)
  }

  /** A file of the other build, under the server's own policy. */
  private own(app: string, path: string, { headers }: Passed): Passed {
    const { 'content-length': _, etag: __, ...policy } = headers
    const named = join(app, path.split('?')[0] ?? '/')
    const file = path !== '/' && existsSync(named) ? named : join(app, 'index.html')
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    const kept = { ...policy, 'content-type': type, 'cache-control': 'no-cache' }
    return { status: 200, headers: kept, body: readFileSync(file) }
  }
}

async function all(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

function withLimit(pull: Buffer, limit: number): Buffer {
  return Buffer.from(JSON.stringify({ ...JSON.parse(pull.toString()), limit }))
}

async function stopped(hold: Hold): Promise<void> {
  hold.arrived()
  await hold.ended
}
