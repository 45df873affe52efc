// WebKitGTK's own small browser on a screen that nobody sees, driven over WebDriver. It keeps nothing when it ends.
import { type ChildProcess, spawn } from 'node:child_process'
import { pause } from '../journeys/browser'
import { endWithUs } from '../journeys/left-over'
import { newFolder, removeFolder } from './folder'
import { freePort } from './free-port'
import type { Point, Tab } from './tab'

const BROWSER = process.env.ALONGSIDE_WEBKIT ?? ''

export class WebKit implements Tab {
  private readonly folder = newFolder('webkit')
  private readonly programs: ChildProcess[] = []
  private session = ''

  async open(): Promise<this> {
    const screen = await this.screen()
    const port = await freePort()
    this.begin('WebKitWebDriver', [`--port=${port}`], {
      DISPLAY: screen,
      // The browser's own sandbox needs rights that a container does not give.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      GTK_A11Y: 'none',
      NO_AT_BRIDGE: '1',
    })
    const driver = `http://127.0.0.1:${port}`
    for (let attempt = 0; !(await fetch(`${driver}/status`).catch(() => null))?.ok; attempt++) {
      if (attempt > 200) throw new Error('WebKitWebDriver did not start')
      await pause(50)
    }
    this.session = `${driver}/session`
    const { sessionId } = await this.call('POST', '', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation', '--geometry=390x760'] },
        },
      },
    })
    this.session += `/${sessionId}`
    await this.call('POST', '/timeouts', { script: 30_000, pageLoad: 30_000 })
    return this
  }

  async go(address: string): Promise<void> {
    await this.call('POST', '/url', { url: address })
  }

  async reload(): Promise<void> {
    await this.call('POST', '/refresh', {})
  }

  run<R, A extends readonly unknown[]>(work: (...given: A) => R | Promise<R>, ...given: A): Promise<R> {
    const script = `const done = arguments[arguments.length - 1]
      Promise.resolve((${work})(...Array.from(arguments).slice(0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error) }))`
    return this.call('POST', '/execute/async', { script, args: given }).then(({ value, error }) => {
      if (error !== undefined) throw new Error(error)
      return value as R
    })
  }

  async pressAt({ x, y }: Point): Promise<void> {
    await this.act('pointer', 'finger', [
      { type: 'pointerMove', duration: 0, origin: 'viewport', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ])
  }

  async write(text: string): Promise<void> {
    const keys = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ])
    await this.act('key', 'keyboard', keys)
  }

  async end(): Promise<void> {
    if (this.session !== '') {
      await Promise.race([this.call('DELETE', '', undefined).catch(() => undefined), pause(5_000)])
    }
    for (const program of this.programs.reverse()) await killed(program)
    removeFolder(this.folder)
  }

  /** A screen in memory, under a number that is free. */
  private screen(): Promise<string> {
    const words = ['-displayfd', '3', '-screen', '0', '400x800x24', '-nolisten', 'tcp']
    const xvfb = spawn('Xvfb', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true })
    this.programs.push(endWithUs(xvfb))
    return new Promise((done, failed) => {
      xvfb.stdio[3]?.once('data', (number) => done(`:${String(number).trim()}`))
      xvfb.once('error', failed)
      xvfb.once('exit', (code) => failed(new Error(`Xvfb ended with ${code}`)))
    })
  }

  private begin(program: string, words: string[], environment: Record<string, string>): void {
    const env = { PATH: process.env.PATH, HOME: this.folder, XDG_RUNTIME_DIR: this.folder, ...environment }
    this.programs.push(endWithUs(spawn(program, words, { env, stdio: 'ignore', detached: true })))
  }

  private act(type: string, id: string, actions: readonly object[]): Promise<unknown> {
    const mouse = type === 'pointer' ? { parameters: { pointerType: 'mouse' } } : {}
    return this.call('POST', '/actions', { actions: [{ type, id, ...mouse, actions }] })
  }

  // biome-ignore lint/suspicious/noExplicitAny: the answers of WebDriver are as many as its commands.
  private async call(method: string, path: string, body: unknown): Promise<any> {
    const answer = await fetch(`${this.session}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { value } = (await answer.json()) as { value: { error?: string; message?: string } | null }
    if (!answer.ok) throw new Error(`WebDriver, ${path}: ${value?.error}: ${value?.message}`)
    return value
  }
}

async function killed(program: ChildProcess): Promise<void> {
  if (program.pid === undefined || program.exitCode !== null || program.signalCode !== null) return
  const ended = new Promise((done) => program.once('exit', done))
  process.kill(-program.pid, 'SIGKILL')
  await ended
}
