// A browser, its server and whoever is logged in: where a state is brought about and looked at.
import { DatabaseSync } from 'node:sqlite'
import { expect, type Page } from '@playwright/test'
import type { Phone } from './browser'
import { heading, installed, logIn } from './people'
import type { Account, Server } from './server'

export type Theme = 'phone' | 'light' | 'cream' | 'dark'

export interface State {
  readonly what: string
  /** The route of the app whose screen it is, such as /my-log/:id. */
  readonly at: string
  /** Words that stand there in this state, so that no other state is looked at in its place. */
  readonly sees: string | RegExp
  readonly show: (scene: Scene) => Promise<unknown>
}

/** A state that comes about by going to an address. */
export const visit = (path: string, sees: State['sees'], what = path): State => ({
  what,
  at: path.split('?')[0] ?? path,
  sees,
  show: (scene) => scene.open(path),
})

const DOORS = '**/api/**'

export class Scene {
  page: Page
  readonly server: Server
  readonly phone: Phone
  readonly theme: Theme

  constructor(page: Page, server: Server, phone: Phone, theme: Theme) {
    this.page = page
    this.server = server
    this.phone = phone
    this.theme = theme
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.server.origin + path)
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible()
  }

  /** A new tab in place of this one: without what was put into this page. */
  async freshPage(): Promise<void> {
    const page = await this.page.context().newPage()
    const size = this.page.viewportSize()
    if (size) await page.setViewportSize(size)
    await this.page.close()
    this.page = page
  }

  /** The colours that somebody chose before. */
  async choose(): Promise<void> {
    const { theme } = this
    await this.page.evaluate(
      (words) => localStorage.setItem('comfort', words),
      theme === 'phone' ? '' : theme,
    )
    await this.page.reload()
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible()
  }

  async logIn(account: Account): Promise<void> {
    await this.open('/')
    await logIn(this.page, account)
    await installed(this.page)
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible()
  }

  async logOut(): Promise<void> {
    await this.open('/log-out')
    await this.page.getByRole('button', { name: 'Log out' }).click()
    await expect(heading(this.page, 'Log in')).toBeVisible()
  }

  async noSignal(): Promise<void> {
    await this.signal()
    await this.page.context().route(DOORS, (route) => route.abort())
  }

  /** The server answers everything like this. */
  async answers(status: number, code: string): Promise<void> {
    await this.signal()
    await this.page.context().route(DOORS, (route) =>
      route.fulfill({
        status,
        contentType: 'application/problem+json',
        body: JSON.stringify({ server: 'alongside', status, code, problems: [] }),
      }),
    )
  }

  /** There is a network, and no answer ever comes. */
  async neverAnswers(): Promise<void> {
    await this.signal()
    await this.page.context().route(DOORS, () => new Promise(() => undefined))
  }

  async signal(): Promise<void> {
    await this.page.context().unroute(DOORS)
  }

  async allSent(): Promise<void> {
    await expect(this.page.getByRole('link', { name: 'All sent' })).toBeVisible({ timeout: 20_000 })
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** A link of the page itself, not of what is around it. */
  link(name: string | RegExp) {
    return this.page.getByRole('main').getByRole('link', { name }).first()
  }

  /** The settings of the service are in its database, and no command changes them yet. */
  settings(change: object): void {
    this.inDatabase((database) => {
      const settings = JSON.stringify({ ...this.settingsIn(database), ...change })
      database.prepare('UPDATE service SET settings = ?').run(settings)
    })
  }

  /** The activities of the service. */
  kinds(): { kind: string; offered: boolean }[] {
    return this.inDatabase((database) => this.settingsIn(database).kinds)
  }

  private settingsIn(database: DatabaseSync) {
    const found = database.prepare('SELECT settings FROM service').get() as { settings: string }
    return JSON.parse(found.settings)
  }

  private inDatabase<T>(work: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(this.server.database)
    try {
      database.exec('PRAGMA busy_timeout = 5000')
      return work(database)
    } finally {
      database.close()
    }
  }
}
