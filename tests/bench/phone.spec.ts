// What a worker waits for on a slow phone that holds years of work, beside the same on a phone that holds one log.
import { expect, type Page, test } from '@playwright/test'
import { PHONES, Phone } from '../journeys/browser'
import { heading, installed, logIn, save } from '../journeys/people'
import { Server } from '../journeys/server'
import { type Figures, ROUNDS } from './phone-table'
import { type Sight, stopwatch } from './stopwatch'

const SLOWER = 6
/** Each takes seconds. */
const SIGNAL_ROUNDS = 5
/** An answer that is long in coming: more than any grace that the app gives it. */
const SLOW_LINK_MS = 3_000
const SAVED: Sight = { selector: '.slot b', words: 'Saved' }
const LOG: Sight = { selector: '#again, h1', words: 'Log again' }
const QUESTION: Sight = { selector: 'h1', words: 'Check and save' }

test('what a worker waits for', async () => {
  const server = await Server.start()
  const phones = { '5,000': new Phone(PHONES.iphone), '1': new Phone(PHONES.iphone) }
  const logins = { '5,000': 'many', '1': 'one' }
  const figures: Figures = {}
  const note = (what: string, held: string, took: number) => {
    figures[what] ??= {}
    figures[what][held] = [...(figures[what][held] ?? []), took]
  }
  try {
    const pages: Record<string, Page> = {}
    for (const [held, phone] of Object.entries(phones)) {
      pages[held] = await onThePhone(
        server,
        phone,
        logins[held as keyof typeof logins],
        Number(held.replace(',', '')),
      )
    }
    // Turn by turn, so that whatever else the machine does falls on both alike.
    const inTurns = async (rounds: number, measure: (held: string, page: Page) => Promise<void>) => {
      for (let round = 0; round < rounds; round++) {
        for (const [held, page] of Object.entries(pages)) {
          const fast = await slowed(page)
          await measure(held, page)
          await fast()
        }
      }
    }
    const aRepeat = (signal: string) => async (held: string, page: Page) => {
      const [repeat, saved] = await repeatALog(page)
      note(`Save, ${signal}`, held, saved)
      note(`repeat a log (two taps), ${signal}`, held, repeat)
      await takeBack(page)
    }
    await inTurns(ROUNDS, aRepeat('with signal'))
    await inTurns(ROUNDS, async (held, page) => {
      const soon = await slowLink(page)
      note('Save, while answers take 3 s', held, (await repeatALog(page))[1])
      await soon()
      await expect(page.locator('.slot b')).toHaveText('Saved and sent.', { timeout: 60_000 })
      await takeBack(page)
    })
    for (let round = 0; round < ROUNDS; round++) {
      for (const [held, phone] of Object.entries(phones)) {
        note('cold start to Log', held, await coldStart(server, pages, held, phone))
      }
    }
    await server.stop()
    await inTurns(ROUNDS, aRepeat('without signal'))
    await server.resume()
    for (const page of Object.values(pages)) await allSent(page)
    await inTurns(Math.min(ROUNDS, SIGNAL_ROUNDS), async (held, page) => {
      await server.stop()
      await repeatALog(page)
      await expect(page.getByText('1 waiting to send')).toBeVisible()
      await server.resume()
      const since = Date.now()
      await allSent(page)
      note('signal is back to All sent', held, Date.now() - since)
      await takeBack(page)
      await allSent(page)
    })
  } finally {
    test.info().annotations.push({ type: 'figures', description: JSON.stringify(figures) })
    for (const phone of Object.values(phones)) await phone.end()
    await server.end()
  }
})

/** Signed in, with all that the server has for the worker pulled, and the app installed. */
async function onThePhone(server: Server, phone: Phone, login: string, entries: number): Promise<Page> {
  const account = server.accounts.find((one) => one.login === login)
  if (!account) throw new Error(`nobody is called ${login}`)
  const page = await phone.open(server.origin)
  await logIn(page, account)
  await installed(page)
  await expect.poll(() => held(page), { timeout: 300_000 }).toBe(entries)
  await page.addInitScript(stopwatch)
  await page.reload()
  await ready(page)
  return page
}

/** How many entries rest on the phone. */
function held(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name = '' }) => name)
    const name = names.find((one) => one.startsWith('alongside-'))
    if (name === undefined) return 0
    const db = await new Promise<IDBDatabase>((done, failed) => {
      const asked = indexedDB.open(name)
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => failed(asked.error)
    })
    const keys = await new Promise<IDBValidKey[]>((done, failed) => {
      const asked = db.transaction('replica').objectStore('replica').getAllKeys()
      asked.onsuccess = () => done(asked.result)
      asked.onerror = () => failed(asked.error)
    })
    db.close()
    return keys.filter((key) => `${key}`.startsWith('entry')).length
  })
}

/**
 * Slowed until it is ended, by what it answers with. Only while it is measured: slowing takes a processor of its own, and
 * two phones that are slow at once would wait for each other.
 */
async function slowed(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  return async () => {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await devtools.detach()
  }
}

/** The same of the link. */
async function slowLink(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  const link = { offline: false, downloadThroughput: -1, uploadThroughput: -1 }
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', { ...link, latency: SLOW_LINK_MS })
  return async () => {
    await devtools.send('Network.emulateNetworkConditions', { ...link, latency: 0 })
    await devtools.detach()
  }
}

/** The Log screen, with something to log again. */
const ready = (page: Page) => page.evaluate((sight) => window.seen(sight), LOG)

/** A tap on the first card of Log again, and on Save: how long both took, and Save alone, until "Saved" is painted. */
async function repeatALog(page: Page): Promise<readonly [repeat: number, saved: number]> {
  await press(page, page.getByRole('region', { name: 'Log again' }).getByRole('link').first())
  const began = await page.evaluate(() => window.touched)
  await page.evaluate((sight) => window.seen(sight), QUESTION)
  await press(page, save(page))
  const seen = await page.evaluate((sight) => window.seen(sight), SAVED)
  const touched = await page.evaluate(() => window.touched)
  return [seen - began, seen - touched]
}

/** As a finger does: no looking around first, which would be measured too. */
async function press(page: Page, target: ReturnType<Page['locator']>): Promise<void> {
  const box = await target.boundingBox()
  if (!box) throw new Error('nothing to press')
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

/** Undone, so that the next round is not asked whether it is a double; and at rest. */
async function takeBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.slot')).not.toContainText('Saved')
  await page.waitForTimeout(500)
}

const allSent = (page: Page) => expect(page.getByText('All sent')).toBeVisible({ timeout: 60_000 })

/** Opened anew, with the app's files on the phone: from the start of the page until Log is painted. */
async function coldStart(
  server: Server,
  pages: Record<string, Page>,
  held: string,
  phone: Phone,
): Promise<number> {
  await phone.close()
  const page = await phone.open('about:blank')
  await page.addInitScript(stopwatch)
  const fast = await slowed(page)
  await page.goto(server.origin)
  const took = await ready(page)
  await fast()
  await expect(heading(page, 'What did you do?')).toBeVisible()
  pages[held] = page
  return took
}
