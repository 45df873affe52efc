// What a worker does in any engine: log in, log a visit, look at the status.
import { expect } from '@playwright/test'
import type { Account } from '../journeys/server'
import { answer, fill, press, SOON, shows, type Tab } from './tab'

export async function logIn(tab: Tab, account: Account): Promise<void> {
  await fill(tab, 'Login name', account.login)
  await fill(tab, 'Passphrase', account.password)
  await press(tab, 'button', 'Log in')
  await home(tab)
}

/** The service worker holds the app: from now on it opens without signal. */
export async function installed(tab: Tab): Promise<void> {
  await expect
    .poll(() => tab.run(() => navigator.serviceWorker.controller !== null), {
      message: 'a worker in control',
      intervals: SOON,
    })
    .toBe(true)
}

export const home = (tab: Tab) => shows(tab, 'What did you do?')

/** Fills the form for a one-to-one, up to Save. Its own length tells it from others, and from a slip. */
export async function filled(tab: Tab, minutes: number): Promise<void> {
  await press(tab, 'link', 'One-to-one')
  await answer(tab, 'How?', 'In person')
  await answer(tab, 'How long?', 'Other')
  await fill(tab, 'Minutes, like 25', `${minutes}`)
}

export const save = (tab: Tab) => press(tab, 'button', 'Save')

export async function logOne(tab: Tab, minutes: number): Promise<void> {
  await filled(tab, minutes)
  await save(tab)
  await shows(tab, 'Saved')
  await home(tab)
}

export const waiting = (tab: Tab, logs: number) => shows(tab, `${logs} waiting to send`)
export const allSent = (tab: Tab) => shows(tab, 'All sent', 40_000)
