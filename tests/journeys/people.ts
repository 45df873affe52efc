// What people do on every journey: log in, choose answers, read the status.
import { expect, type Page } from '@playwright/test'
import type { Account } from './server'
import type { Thumb } from './thumb'

export async function logIn(page: Page, account: Account): Promise<void> {
  await page.getByLabel('Login name').fill(account.login)
  await page.getByLabel('Passphrase', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByLabel('Login name')).toBeHidden()
}

/** The service worker holds the app: from now on it opens without signal. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    while (!navigator.serviceWorker.controller) {
      await new Promise((wake) => setTimeout(wake, 50))
    }
  })
}

export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
export const tile = (page: Page, kind: string) =>
  page.getByRole('list', { name: 'New log' }).getByRole('link', { name: kind })
export const answer = (page: Page, question: string, name: string) =>
  page.getByRole('group', { name: question, exact: true }).getByLabel(name, { exact: true })
export const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })

type Answers = readonly (readonly [question: string, answer: string])[]

/** The required answers of each kind, in the order asked. */
export const REQUIRED = {
  'One-to-one': [
    ['How long?', '45 min'],
    ['How?', 'In person'],
  ],
  'Accompanied appointment': [
    ['How long?', '1 hour'],
    ['What was it about?', 'Housing'],
    ['How?', 'In person'],
  ],
  Signposting: [
    ['What was it about?', 'Housing'],
    ['What did you do?', 'Gave information'],
    ['How long?', '15 min'],
    ['How?', 'Phone'],
  ],
  'Discharge support': [
    ['What stage?', 'After leaving'],
    ['How long?', '30 min'],
    ['How?', 'In person'],
  ],
} as const satisfies Record<string, Answers>
export type KindName = keyof typeof REQUIRED

/** Logs one of a kind from the Log screen with the thumb that counts. */
export async function logOne(page: Page, thumb: Thumb, kind: KindName): Promise<void> {
  await thumb.tap(tile(page, kind))
  for (const [question, name] of REQUIRED[kind]) await thumb.tap(answer(page, question, name))
  await thumb.tap(save(page))
  await expect(page.getByText('Saved', { exact: false }).first()).toBeVisible()
  await expect(heading(page, 'What did you do?')).toBeVisible()
}
