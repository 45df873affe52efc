// Chromium as a phone has it: its own profile, which stays when the browser is killed and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { endWithUs } from './left-over'

export interface Size {
  readonly width: number
  readonly height: number
}

export const PHONES = {
  iphone: { width: 375, height: 667 },
  /** The same with the app installed: what is left under the phone's own bar. */
  iphoneInstalled: { width: 375, height: 647 },
  androidInstalled: { width: 360, height: 728 },
} as const
export const LAPTOP: Size = { width: 1280, height: 800 }

const CHROMIUM = process.env.ALONGSIDE_CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--hide-scrollbars',
  '--remote-debugging-port=0',
]

export class Phone {
  private process: ChildProcess | null = null
  private browser: Browser | null = null
  private readonly profile = mkdtempSync(join(tmpdir(), 'alongside-profile-'))
  private readonly size: Size

  constructor(size: Size) {
    this.size = size
  }

  /** Opens the browser at an address. */
  async open(address: string): Promise<Page> {
    const said = join(this.profile, 'DevToolsActivePort')
    rmSync(said, { force: true })
    this.process = endWithUs(
      spawn(CHROMIUM, [...FLAGS, `--user-data-dir=${this.profile}`, 'about:blank'], {
        stdio: 'ignore',
        detached: true,
      }),
    )
    for (let attempt = 0; !existsSync(said) || !readFileSync(said, 'utf8').includes('\n'); attempt++) {
      if (attempt > 200) throw new Error('Chromium did not start')
      await pause(50)
    }
    const port = readFileSync(said, 'utf8').split('\n')[0]
    this.browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    const context = this.browser.contexts()[0]
    if (!context) throw new Error('Chromium has no window')
    // What cannot be done is said where it is, and not when the whole test is out of time.
    context.setDefaultTimeout(30_000)
    const page = context.pages()[0] ?? (await context.newPage())
    await page.setViewportSize(this.size)
    await page.goto(address)
    return page
  }

  /** Closed as people close it, so that the browser writes down its cookies, which it does every half minute. */
  async close(): Promise<void> {
    const running = this.process
    if (!running || !this.browser) return
    const ended = new Promise((wake) => running.once('exit', wake))
    const devtools = await this.browser.newBrowserCDPSession()
    // The answer may be lost with the browser that gives it.
    void devtools.send('Browser.close').catch(() => undefined)
    await ended
    this.process = null
    await this.browser.close()
  }

  /** The battery is pulled: SIGKILL to every process of the browser. */
  async kill(): Promise<void> {
    const running = this.process
    this.process = null
    if (running?.pid === undefined) return
    const ended = new Promise((wake) => running.once('exit', wake))
    process.kill(-running.pid, 'SIGKILL')
    await ended
    await this.browser?.close().catch(() => undefined)
    for (const lock of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) {
      rmSync(join(this.profile, lock), { force: true })
    }
  }

  async end(): Promise<void> {
    await this.kill()
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

export const pause = (milliseconds: number) => new Promise((wake) => setTimeout(wake, milliseconds))
