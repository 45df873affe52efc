// Every screen in the states that a browser can be brought to, in an order in which each leads to the next.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { Phone, type Size } from './browser'
import { answer, heading, logIn, logOne, save } from './people'
import type { Account, Server } from './server'
import { Thumb } from './thumb'

export type Theme = 'phone' | 'light' | 'cream' | 'dark'
export type Look = (page: Page, what: string) => Promise<void>

interface State {
  readonly what: string
  readonly show: (page: Page, origin: string) => Promise<unknown>
}

const at =
  (path: string): State['show'] =>
  (page, origin) =>
    page.goto(origin + path)

const BEFORE_LOG_IN: readonly State[] = [
  { what: 'log in', show: at('/') },
  {
    what: 'log in with nothing filled in',
    show: (page) => page.getByRole('button', { name: 'Log in' }).click(),
  },
  { what: 'join', show: at('/join') },
  { what: 'join with nothing filled in', show: (page) => page.getByRole('button', { name: 'Join' }).click() },
  { what: 'comfort settings before log-in', show: at('/help/comfort') },
]

const AS_WORKER: readonly State[] = [
  {
    what: 'just saved',
    async show(page, origin) {
      await page.goto(origin)
      await logOne(page, new Thumb(page), 'One-to-one')
    },
  },
  { what: 'a form', show: at('/log/signposting') },
  { what: 'a form with errors', show: (page) => save(page).click() },
  {
    what: 'a form with everything open',
    async show(page) {
      await answer(page, 'What was it about?', 'Housing').check({ force: true })
      const more = page.getByRole('button', { name: /^More answers/ })
      while ((await more.count()) > 0) await more.first().click()
      await page.getByText('More questions').click()
    },
  },
  {
    what: 'asked whether it is another day',
    async show(page, origin) {
      await page.goto(`${origin}/log/one-to-one`)
      await page.getByRole('button', { name: /Today/ }).click()
      await page.getByLabel('Another day').check({ force: true })
    },
  },
  {
    what: 'one log',
    async show(page, origin) {
      await page.goto(`${origin}/my-log`)
      await page
        .getByRole('main')
        .getByRole('link', { name: /One-to-one/ })
        .first()
        .click()
      await expect(heading(page, 'One-to-one')).toBeVisible()
    },
  },
  { what: 'change a log', show: (page) => page.getByRole('link', { name: 'Change' }).first().click() },
  {
    what: 'asked whether to delete',
    async show(page) {
      await page.goBack()
      await page.getByRole('link', { name: 'Delete this log' }).click()
    },
  },
  {
    what: 'deleted',
    async show(page) {
      await page.getByRole('button', { name: 'Delete log' }).click()
      await expect(page.getByText('Deleted. You can bring it back')).toBeVisible()
    },
  },
  { what: 'recently deleted', show: at('/my-log/deleted') },
  {
    what: 'no signal, and something waits',
    async show(page, origin) {
      await page.goto(origin)
      await expect(page.getByText('All sent')).toBeVisible()
      await page.context().route('**/api/**', (route) => route.abort())
      await logOne(page, new Thumb(page), 'Discharge support')
      await expect(page.getByText('1 waiting to send')).toBeVisible()
    },
  },
  { what: 'waiting', show: at('/waiting') },
  { what: 'log out with something waiting', show: at('/log-out') },
  {
    what: 'the phone is almost full',
    async show(page, origin) {
      await page.context().unroute('**/api/**')
      await page.addInitScript(() => {
        navigator.storage.estimate = async () => ({ usage: 90, quota: 100 })
      })
      await page.goto(origin)
      await expect(page.getByText('This phone is almost full')).toBeVisible()
    },
  },
]

/** Brings a browser to each state and lets it be looked at. */
export async function eachState(server: Server, size: Size, theme: Theme, look: Look): Promise<void> {
  const paths = screensOf(readFileSync(resolve(__dirname, '../../pwa/src/app.tsx'), 'utf8'))
  const worker = new Phone(size)
  const seen = async (page: Page, what: string) => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, what)
  }
  try {
    const page = await worker.open(server.origin)
    // What cannot be done is said where it is, and not when the whole test is out of time.
    page.setDefaultTimeout(20_000)
    await choose(page, theme)
    for (const { what, show } of BEFORE_LOG_IN) {
      await show(page, server.origin)
      await seen(page, what)
    }
    await page.goto(server.origin)
    await logIn(page, server.account('worker'))
    let left = await screens(page, server, [...paths, ...forms(), '/nothing-here'], seen)
    for (const { what, show } of AS_WORKER) {
      await show(page, server.origin)
      await seen(page, what)
    }
    await worker.kill()
    for (const role of ['lead', 'analyst', 'admin'] as const) {
      left = await as(server.account(role), server, size, theme, left, seen)
    }
    expect(left, 'screens that nobody may see').toEqual([])
  } finally {
    await worker.end()
  }
}

async function as(account: Account, server: Server, size: Size, theme: Theme, paths: string[], look: Look) {
  if (paths.length === 0) return []
  const phone = new Phone(size)
  try {
    const page = await phone.open(server.origin)
    await choose(page, theme)
    await logIn(page, account)
    return await screens(page, server, paths, (shown, what) => look(shown, `${what} (${account.role})`))
  } finally {
    await phone.end()
  }
}

/** Looks at each screen that this user may see; answers the others. */
async function screens(page: Page, server: Server, paths: readonly string[], look: Look): Promise<string[]> {
  const left: string[] = []
  for (const path of paths) {
    await page.goto(server.origin + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    if (await heading(page, 'You do not have access to this page').isVisible()) {
      left.push(path)
      continue
    }
    if (path === '/team' || path === '/reports') await expect(page.getByRole('table').first()).toBeVisible()
    await look(page, path)
  }
  return left
}

/** The addresses in the app's own table that need nothing filled in: a new screen is looked at without being named here. */
export function screensOf(app: string): string[] {
  const patterns = [...app.matchAll(/path: \/\^(.+?)\$\/,/g)].map(([, pattern]) => pattern ?? '')
  const plain = patterns.filter((pattern) => !pattern.includes('('))
  const asked = ['/sign-in', '/join']
  return plain.map((pattern) => pattern.replaceAll('\\/', '/')).filter((path) => !asked.includes(path))
}

const forms = () =>
  ['one-to-one', 'accompanied-appointment', 'discharge-support'].map((kind) => `/log/${kind}`)

export async function choose(page: Page, theme: Theme): Promise<void> {
  await page.evaluate((words) => localStorage.setItem('comfort', words), theme === 'phone' ? '' : theme)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}
