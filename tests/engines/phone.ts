// Chromium and Firefox as a phone has them: a profile of their own, which stays when the browser is killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, connect, type Page } from 'puppeteer-core'
import { pause } from '../journeys/browser'
import { endWithUs } from '../journeys/left-over'
import { newFolder, removeFolder } from './folder'
import type { Tab } from './tab'

export type Engine = 'Chromium' | 'Firefox'

const SIZE = { width: 375, height: 667 }

interface Program {
  readonly path: string
  words(profile: string): string[]
  /** The file in the profile that says how to speak with it, and how to read that file. */
  readonly says: string
  address(said: string): string
  readonly protocol: 'cdp' | 'webDriverBiDi'
  /** What its profile holds before it is started for the first time. */
  readonly files: Readonly<Record<string, string>>
  /** What a killed one leaves in its profile. */
  readonly locks: readonly string[]
}

/** A phone opens where it was told, asks nobody for anything, and does not offer to restore what a crash closed. */
const FIREFOX_SETTINGS: Readonly<Record<string, boolean | number>> = {
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'browser.sessionstore.resume_from_crash': false,
  'toolkit.startup.max_resumed_crashes': -1,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'app.normandy.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
}

const PROGRAMS: Record<Engine, Program> = {
  Chromium: {
    path: process.env.ALONGSIDE_CHROMIUM ?? '/usr/bin/chromium',
    words: (profile) => [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    says: 'DevToolsActivePort',
    address: (said) => {
      const [port, path] = said.split('\n')
      return `ws://127.0.0.1:${port}${path}`
    },
    protocol: 'cdp',
    files: {},
    locks: ['SingletonLock', 'SingletonCookie', 'SingletonSocket'],
  },
  Firefox: {
    path: process.env.ALONGSIDE_FIREFOX ?? '/usr/bin/firefox-esr',
    words: (profile) => [
      '--headless',
      '--no-remote',
      '--remote-debugging-port=0',
      '--profile',
      profile,
      'about:blank',
    ],
    says: 'WebDriverBiDiServer.json',
    address: (said) => {
      const { ws_host, ws_port } = JSON.parse(said)
      return `ws://${ws_host}:${ws_port}/session`
    },
    protocol: 'webDriverBiDi',
    files: {
      'user.js': Object.entries(FIREFOX_SETTINGS)
        .map(([name, value]) => `user_pref('${name}', ${value});\n`)
        .join(''),
    },
    locks: ['lock', '.parentlock'],
  },
}

export class Phone {
  private readonly program: Program
  private readonly folder = newFolder('engine')
  private readonly profile = join(this.folder, 'profile')
  private process: ChildProcess | null = null
  private browser: Browser | null = null

  constructor(engine: Engine) {
    this.program = PROGRAMS[engine]
    mkdirSync(this.profile)
    for (const [name, text] of Object.entries(this.program.files)) {
      writeFileSync(join(this.profile, name), text)
    }
  }

  /** Starts the browser; `first` is run in every page before the page's own code, and `heard` gets what it says. */
  async open(first?: () => void, heard?: (said: string) => void): Promise<PageTab> {
    const { path, words, says, address, protocol } = this.program
    const said = join(this.profile, says)
    rmSync(said, { force: true })
    this.process = endWithUs(
      spawn(path, words(this.profile), {
        stdio: 'ignore',
        detached: true,
        // Its own home: nothing of the person who runs the tests is read or written.
        env: { ...process.env, HOME: this.folder },
      }),
    )
    await written(said, this.process)
    this.browser = await connect({
      browserWSEndpoint: address(readFileSync(said, 'utf8')),
      protocol,
      defaultViewport: SIZE,
      protocolTimeout: 30_000,
    })
    const page = (await this.browser.pages())[0] ?? (await this.browser.newPage())
    if (heard) page.on('console', (message) => heard(message.text()))
    if (first) await page.evaluateOnNewDocument(first)
    return new PageTab(page)
  }

  /** Another tab of the same browser. */
  async another(): Promise<PageTab> {
    if (this.browser === null) throw new Error('the browser is not open')
    return new PageTab(await this.browser.newPage())
  }

  /** Closed as people close it, so that the browser writes down its cookies. */
  async close(): Promise<void> {
    const running = this.process
    if (running === null) return
    const ended = gone(running)
    void this.browser?.close().catch(() => undefined)
    await Promise.race([ended, pause(10_000)])
    await this.kill()
  }

  /** The battery is pulled: SIGKILL to every process of the browser, at once. */
  async kill(): Promise<void> {
    const running = this.process
    this.process = null
    if (running?.pid !== undefined) {
      const ended = gone(running)
      try {
        process.kill(-running.pid, 'SIGKILL')
      } catch {
        // Closed already, and its children with it.
      }
      await ended
    }
    await this.browser?.disconnect().catch(() => undefined)
    this.browser = null
    for (const lock of this.program.locks) rmSync(join(this.profile, lock), { force: true })
  }

  async end(): Promise<void> {
    await this.kill()
    removeFolder(this.folder)
  }
}

export class PageTab implements Tab {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async go(address: string): Promise<void> {
    await this.page.goto(address, { waitUntil: 'load', timeout: 30_000 })
  }

  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'load', timeout: 30_000 })
  }

  run<R, A extends readonly unknown[]>(work: (...given: A) => R | Promise<R>, ...given: A): Promise<R> {
    return this.page.evaluate(work as never, ...(given as unknown as [])) as Promise<R>
  }

  async pressAt({ x, y }: { x: number; y: number }): Promise<void> {
    await this.page.mouse.click(x, y)
  }

  async write(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }
}

async function written(file: string, by: ChildProcess): Promise<void> {
  for (let attempt = 0; !existsSync(file) || !/[\n}]/.test(readFileSync(file, 'utf8')); attempt++) {
    if (by.exitCode !== null || attempt > 600) throw new Error('the browser did not start')
    await pause(50)
  }
}

function gone(running: ChildProcess): Promise<unknown> {
  if (running.exitCode !== null || running.signalCode !== null) return Promise.resolve()
  return new Promise((done) => running.once('exit', done))
}
